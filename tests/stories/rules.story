story   what the rules would say of the whole register if a threshold were another, and what they said in past months
given   county 513431, today 2025-03-03
user    officer  county_officer  513431
user    leader   county_leader   513431
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

# Rule sets with their authority; what nobody has decided is called assumed.
as      leader
GET     /api/rules -> 200 {"items": [{"name": "screening", "title": "防返贫筛查预警", "of_the_register": true, "from": "2021-01-01"},
        {"name": "negative", "of_the_register": false}, {"name": "casework"}]}
GET     /api/rules/screening -> 200 {"differences": null, "findings": [], "rules": [{"id": "R01"}], "parameters": [{"name": "hosp_limit_ex_poor", "value": "500000",
        "unit": "fen", "decides": true, "values": [{"in_force": true, "assumed": false}]}],
        "tables": [{"file": "screening/illness.dmn", "hit_policy": "COLLECT", "rows": [{"id": "R01",
        "cells": ["true", ">= 住院年度自付阈值（脱贫户、监测户）"]}]}]}
GET     /api/rules/nothing -> 404 rules.no_such_set

# Nothing was sent yet; then a bill comes, and the rule means a household.
POST    /api/rules/screening/what-if {} -> 200 {"entering": 0, "leaving": 0, "as_of": "2025-03-03"}
as      officer
UPLOAD  /api/feeds/batches file=tests/data/feeds/医保局_住院及门诊费用明细_513431_202502_01.csv -> 202
keep    job = /job
wait    {job} -> done
as      leader
POST    /api/rules/screening/what-if {} -> 200 {"by_rule": [{"rule": "R01", "before": 1, "after": 1, "leaving": 0}]}

# Ten times the threshold, and it leaves; the number opens its list.
POST    /api/rules/screening/what-if {"changes": [{"parameter": "hosp_limit_ex_poor", "value": "5000000"}], "rule": "R01"} -> 200
        {"before": 1, "after": 0, "leaving": 1, "entering": 0, "by_rule": [{"rule": "R01", "before": 1, "leaving": 1}],
        "by_area": [{"area": {"level": "township"}, "before": 1, "leaving": 1}]}
POST    /api/rules/screening/what-if/households {"changes": [{"parameter": "hosp_limit_ex_poor", "value": "5000000"}], "rule": "R01",
        "group": "leaving"} -> 200 {"total": 1, "items": [{"rules": [{"id": "R01"}]}]}
POST    /api/rules/screening/what-if/households {"changes": [], "rule": "R01", "group": "leaving"} -> 200 {"total": 0, "items": []}

# Another township's officer does not see it; nor does a village.
as      narrow
POST    /api/rules/screening/what-if {"rule": "R01"} -> 200 {"before": 0}
POST    /api/rules/screening/what-if {"area": "513431100"} -> 404 rules.area_outside
POST    /api/rules/screening/what-if/households {"rule": "R01", "group": "before", "area": "513431"} -> 200 {"total": 0}
as      chen
GET     /api/rules -> 403 auth.not_allowed
POST    /api/rules/screening/what-if {} -> 403 auth.not_allowed

# What cannot be asked is refused by name.
as      leader
POST    /api/rules/screening/what-if {"changes": [{"parameter": "nothing", "value": "1"}]} -> 422 rules.unknown_parameter
POST    /api/rules/screening/what-if {"changes": [{"parameter": "hosp_limit_ex_poor", "value": "12.5"}]} -> 422 rules.bad_value
POST    /api/rules/screening/what-if {"changes": [{"parameter": "recent_days", "value": "-1"}]} -> 422 rules.bad_value
POST    /api/rules/screening/what-if {"changes": [{"parameter": "recent_days", "value": "99999"}]} -> 422 screening.bad_days
POST    /api/rules/screening/what-if {"rule": "R99"} -> 422 rules.no_such_rule
POST    /api/rules/screening/what-if {"area": "110000"} -> 404 rules.area_outside
POST    /api/rules/screening/what-if/households {"group": "all"} -> 422 http.bad_parameter
POST    /api/rules/negative/what-if {} -> 422 rules.not_of_the_register

# The month of the bill: a visit to be made, of which nobody has said anything yet.
POST    /api/rules/screening/back-test {"months": 2, "rule": "R01"} -> 200 {"begun": 1, "in_time": 0, "missed": 0,
        "by_month": [{"month": "2025-01", "begun": 0}, {"month": "2025-02", "begun": 1, "meant": 1}]}
POST    /api/rules/screening/back-test/households {"months": 2, "rule": "R01", "group": "begun", "month": "2025-02"} -> 200
        {"total": 1, "items": [{"rules": [{"id": "R01"}]}]}
POST    /api/rules/screening/back-test/households {"months": 2, "group": "begun", "month": "2024-02"} -> 422 http.bad_parameter
POST    /api/rules/screening/back-test {"months": 2, "rule": "R01", "changes": [{"parameter": "hosp_limit_ex_poor",
        "value": "5000000"}]} -> 200 {"begun": 0}
POST    /api/rules/screening/back-test {"months": 99} -> 422 rules.bad_months

# A month later somebody has looked: no risk. What the rule asked for was for nothing.
today   2025-03-05
as      officer
POST    /api/rules/screening/what-if/households {"rule": "R01", "group": "before"} -> 200 {"total": 1}
keep    household = /items/0/household/id
GET     /api/clues?area=513431 -> 200
keep    clue = /items/0/id
as      chen
GET     /api/clues/{clue} -> 200
keep    version = /version
POST    /api/clues/{clue}/actions {"action": "begin", "version": {version}} -> 200 {"state": {"code": "verifying"}}
keep    version = /version
POST    /api/clues/{clue}/actions {"action": "close", "version": {version}, "reason": "no_risk", "note": "已入户，报销到账"} -> 200
today   2025-04-02
as      leader
POST    /api/rules/screening/back-test {"months": 2, "rule": "R01"} -> 200 {"no_risk": 1, "in_time": 0, "by_month":
        [{"month": "2025-02", "no_risk": 0}, {"month": "2025-03", "no_risk": 1}], "by_area": [{"no_risk": 1}]}
POST    /api/rules/screening/back-test/households {"months": 2, "rule": "R01", "group": "no_risk"} -> 200 {"total": 1,
        "items": [{"household": {"id": "{household}"}}]}
