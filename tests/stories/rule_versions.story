story   a county raises a threshold: drafted, tried, checked, approved by a second person, begun on its day
given   county 513431, today 2025-03-03
user    officer  county_officer  513431
user    second   county_officer  513431
user    leader   county_leader   513431
user    other    county_officer  513432
user    narrow   county_officer  513431101
user    chen     village_officer 513431100200

as      officer
UPLOAD  /api/registry/imports file=tests/data/feeds/户信息.csv file=tests/data/feeds/成员信息.csv -> 202
keep    job = /job
keep    import = /id
wait    {job} -> done
POST    /api/registry/imports/{import}/apply -> 202
keep    job = /job
wait    {job} -> done
UPLOAD  /api/feeds/batches file=tests/data/feeds/医保局_住院及门诊费用明细_513431_202502_01.csv -> 202
keep    job = /job
wait    {job} -> done
GET     /api/rules/screening -> 200 {"differences": null}
keep    built_in = /hash

# A draft, with a threshold from its first day on; only of one's own area, and of a county at least.
POST    /api/rule-versions {"set": "screening", "title": "住院门槛提高到五万元", "authority": "昭防贫办〔2025〕3号", "starts_on": "2025-03-10",
        "values": [{"parameter": "hosp_limit_ex_poor", "value": "5000000", "from": "2025-03-10", "area": "513431", "authority": "昭防贫办〔2025〕3号"}]} -> 201
        {"stage": {"code": "draft"}, "findings": [], "may": ["edit", "check", "discard"], "differences": {"from_hash": "{built_in}",
        "values": [{"before": null, "after": {"value": "5000000", "from": "2025-03-10"}}], "texts": []}}
keep    id = /id
POST    /api/rule-versions {"set": "screening", "area": "513431100000", "title": "乡镇版本", "authority": "乡镇文件", "starts_on": "2025-03-10"} -> 422 rules.area_level
POST    /api/rule-versions {"set": "screening", "area": "513432", "title": "别县版本", "authority": "别县文件", "starts_on": "2025-03-10"} -> 404 rules.area_outside
POST    /api/rule-versions {"set": "tasks", "title": "没有", "authority": "没有", "starts_on": "2025-03-10"} -> 404 rules.no_such_set
POST    /api/rule-versions {"set": "screening", "title": "一", "authority": "县文件", "starts_on": "2025-03-10"} -> 422 rules.text.title
as      narrow
POST    /api/rule-versions {"set": "screening", "title": "越级版本", "authority": "县文件", "starts_on": "2025-03-10"} -> 404 rules.area_outside
GET     /api/rule-versions/{id} -> 200 {"may": []}
as      other
GET     /api/rule-versions -> 200 {"items": []}
GET     /api/rule-versions/{id} -> 404 rules.no_such_version
as      chen
GET     /api/rule-versions -> 403 auth.not_allowed

# Tried at once on the whole register, as it will be on its first day.
as      officer
POST    /api/rules/screening/what-if {"version": "{id}", "rule": "R01"} -> 200 {"before": 1, "after": 0, "leaving": 1}
POST    /api/rules/screening/what-if/households {"version": "{id}", "rule": "R01", "group": "leaving"} -> 200 {"total": 1}
POST    /api/rules/screening/what-if {"version": "999"} -> 404 rules.no_such_version
POST    /api/rules/screening/back-test {"months": 2, "rule": "R01"} -> 200 {"begun": 1}
POST    /api/rules/screening/back-test {"version": "{id}", "months": 2, "rule": "R01"} -> 200 {"begun": 0, "by_month": [{"month": "2025-01"}, {"begun": 0}]}
POST    /api/rules/screening/back-test/households {"version": "{id}", "months": 2, "rule": "R01", "group": "begun"} -> 200 {"total": 0}
POST    /api/rules/screening/back-test {"version": "999", "months": 2} -> 404 rules.no_such_version

# What is wrong with it is said, and cannot be approved.
PUT     /api/rule-versions/{id}/values {"version": 1, "parameter": "recent_days", "value": "99999", "from": "2025-03-10", "area": "513431",
        "authority": "笔误"} -> 200 {"version": 2, "findings": [{"id": "screening.bad_days"}]}
POST    /api/rule-versions/{id}/check {"version": 2} -> 200 {"stage": {"code": "draft"}, "version": 2}
DELETE  /api/rule-versions/{id}/values {"version": 1, "parameter": "recent_days", "from": "2025-03-10", "area": "513431"} -> 409 rules.stale
DELETE  /api/rule-versions/{id}/values {"version": 2, "parameter": "recent_days", "from": "2025-03-10", "area": "513431"} -> 200 {"version": 3, "findings": []}
PUT     /api/rule-versions/{id}/values {"version": 3, "parameter": "nothing", "value": "1", "from": "2025-03-10", "area": "513431", "authority": "无"} -> 422 rules.unknown_parameter
as      leader
POST    /api/rule-versions/{id}/approve {"version": 3} -> 409 rules.wrong_state
as      officer
POST    /api/rule-versions/{id}/check {"version": 3} -> 200 {"stage": {"code": "checked"}, "version": 4}

# Nobody approves what they had a hand in; another officer or the leader does. It can be given back.
POST    /api/rule-versions/{id}/approve {"version": 4} -> 403 rules.second_person
as      leader
GET     /api/rule-versions/{id} -> 200 {"may": ["approve", "give_back"]}
POST    /api/rule-versions/{id}/give-back {"version": 4, "note": "请补文号"} -> 200 {"stage": {"code": "draft"}, "version": 5}
as      officer
PATCH   /api/rule-versions/{id} {"version": 5, "authority": "昭防贫办〔2025〕4号", "starts_on": "2025-03-03"} -> 200
POST    /api/rule-versions/{id}/check {"version": 6} -> 200 {"stage": {"code": "checked"}}
as      second
POST    /api/rule-versions/{id}/approve {"version": 7} -> 409 rules.starts_too_early
as      officer
PATCH   /api/rule-versions/{id} {"version": 7, "starts_on": "2025-03-10"} -> 200
POST    /api/rule-versions/{id}/check {"version": 8} -> 200
as      second
POST    /api/rule-versions/{id}/approve {"version": 9} -> 200 {"stage": {"code": "planned"}, "may": ["withdraw"],
        "steps": [{"action": {"code": "approve"}}, {"action": {"code": "check"}}]}
keep    hash = /hash
as      officer
PUT     /api/rule-versions/{id}/values {"version": 10, "parameter": "recent_days", "value": "60", "from": "2025-03-10", "area": "513431", "authority": "县文件"} -> 409 rules.wrong_state

# The day before it begins all is as it was; on the day it holds, and a run keeps its hash.
today   2025-03-09
as      officer
GET     /api/rules/screening -> 200 {"hash": "{built_in}"}
POST    /api/rules/screening/what-if {"rule": "R01"} -> 200 {"before": 1}
today   2025-03-10
as      officer
GET     /api/rules/screening -> 200 {"hash": "{hash}"}
GET     /api/rule-versions -> 200 {"items": [{"id": "{id}", "stage": {"code": "in_force"}}]}
POST    /api/rules/screening/what-if {"rule": "R01"} -> 200 {"before": 0}
POST    /api/screening/runs {} -> 202
keep    job = /job
wait    {job} -> done
GET     /api/screening/runs -> 200 {"items": [{"pack_hash": "{hash}"}]}

# Begun, it is replayed as on its first day, in the months before it too; what holds keeps the values of each month.
POST    /api/rules/screening/back-test {"version": "{id}", "months": 2, "rule": "R01"} -> 200 {"begun": 0}
POST    /api/rules/screening/back-test {"months": 2, "rule": "R01"} -> 200 {"begun": 1}
as      leader
POST    /api/rule-versions/{id}/withdraw {"version": 10, "note": "不行"} -> 409 rules.has_begun

# The next one takes its place on its own day; one that is withdrawn never does.
as      officer
POST    /api/rule-versions {"set": "screening", "title": "恢复内置门槛", "authority": "昭防贫办〔2025〕9号", "starts_on": "2025-03-20", "from_built_in": true} -> 201 {"hash": "{built_in}"}
keep    back = /id
POST    /api/rule-versions/{back}/check {"version": 1} -> 200
POST    /api/rule-versions {"set": "screening", "title": "另一版本", "authority": "昭防贫办〔2025〕10号", "starts_on": "2025-03-15"} -> 201 {"hash": "{hash}"}
keep    third = /id
POST    /api/rule-versions/{third}/check {"version": 1} -> 200
as      leader
POST    /api/rule-versions/{back}/approve {"version": 2} -> 200 {"stage": {"code": "planned"}}
POST    /api/rule-versions/{third}/approve {"version": 2} -> 200
POST    /api/rule-versions/{third}/withdraw {"version": 3, "note": "与上级文件重复"} -> 200 {"stage": {"code": "withdrawn"}}
today   2025-03-20
as      officer
GET     /api/rule-versions -> 200 {"items": [{"stage": {"code": "in_force"}}, {"stage": {"code": "withdrawn"}}, {"stage": {"code": "superseded"}}]}
GET     /api/rules/screening -> 200 {"hash": "{built_in}", "differences": null}
as      officer
POST    /api/rule-versions {"set": "screening", "title": "不要的草稿", "authority": "无", "starts_on": "2025-04-01"} -> 422 rules.text.authority
POST    /api/rule-versions {"set": "screening", "title": "不要的草稿", "authority": "暂无文件", "starts_on": "2025-04-01"} -> 201
keep    thrown = /id
POST    /api/rule-versions/{thrown}/discard {"version": 1} -> 200 {"stage": {"code": "discarded"}}
audit   rules.draft
audit   rules.check
audit   rules.give_back
audit   rules.approve
audit   rules.withdraw

# Decision tables: what an editor writes of an untouched model must say the same; then one cell is changed.
as      officer
POST    /api/rule-versions {"set": "screening", "title": "热线预警的风险类型", "authority": "昭防贫办〔2025〕12号", "starts_on": "2025-04-01"} -> 201
keep    edited = /id
GET     /api/rule-versions/{edited}/tables/hotline.dmn -> 200 {"file": "hotline.dmn"}
GET     /api/rule-versions/{edited}/tables/nothing.dmn -> 404 rules.no_such_table
GET     /api/rule-versions/{edited}/tables/parameters.toml -> 404 rules.no_such_table
POST    /api/rule-versions/{edited}/tables/hotline.dmn/round-trip {"unchanged": "<definitions"} -> 200 {"kept": false}
PUT     /api/rule-versions/{edited}/tables/hotline.dmn {"version": 1, "unchanged": "<definitions", "changed": "<definitions"} -> 422 dmn.malformed
as      chen
GET     /api/rule-versions/{edited}/tables/hotline.dmn -> 403 auth.not_allowed
as      leader
PUT     /api/rule-versions/{edited}/tables/hotline.dmn {"version": 1, "unchanged": "", "changed": ""} -> 403 auth.not_allowed
as      other
GET     /api/rule-versions/{edited}/tables/hotline.dmn -> 404 rules.no_such_version

# A rule set without rules, the terms of casework, has versions as well.
as      officer
POST    /api/rule-versions {"set": "casework", "title": "核查期限", "authority": "昭防贫办〔2025〕13号", "starts_on": "2025-04-01"} -> 201
        {"set": "casework", "findings": [], "tables": []}
keep    terms = /id
POST    /api/rule-versions/{terms}/check {"version": 1} -> 200 {"stage": {"code": "checked"}}
as      leader
POST    /api/rule-versions/{terms}/approve {"version": 2} -> 200 {"stage": {"code": "planned"}}
