story   an officer keeps a household up to date by hand
given   county 513431, today 2025-03-03
user    officer county_officer 513431
user    chen    village_officer 513431100200
user    luo     auditor 513431
user    far     village_officer 513431100001

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
keep    batch = /result/batch

as      chen
GET     /api/registry/form -> 200 {"household": [{"section": "land", "fields": [{"field": "land_arable", "unit": "亩"}]}],
        "income": [{"code": "I4.pension", "label": "养老金"}]}
GET     /api/registry/households?page=1 -> 200 {"total": 2}
keep    first = /items/0/id
keep    second = /items/1/id
GET     /api/registry/households/{first}/form -> 200 {"version": 1, "members": [{"name": "吉克·阿依", "values": {"relation": "01"},
        "masked": {"id_number": "513431********0120"}}]}
keep    head = /members/0/id

# What it would do, old beside new; what is wrong stands beside its field; nothing is stored.
POST    /api/registry/households/{first}/changes/check {"version": 1, "since": "2025-03-01", "reason": "入户走访",
        "changes": [{"field": "land_arable", "value": "2.50"}, {"person": "{head}", "field": "phone", "value": "139"}]}
        -> 200 {"pairs": [{"field": "land_arable", "label": "耕地面积", "before": "", "after": "2.5"}],
        "slips": [{"person": "{head}", "field": "phone", "id": "registry.bad_phone"}]}
POST    /api/registry/households/{first}/changes {"version": 1, "since": "2025-03-01", "reason": "",
        "changes": [{"field": "land_arable", "value": "2.5"}]} -> 422 registry.source_missing
POST    /api/registry/households/{first}/changes {"version": 1, "since": "2025-03-04", "reason": "入户走访",
        "changes": [{"field": "land_arable", "value": "2.5"}]} -> 422 registry.since_ahead

# Fields, a newborn and income in one act.
POST    /api/registry/households/{first}/changes {"version": 1, "since": "2025-03-01", "reason": "入户走访",
        "changes": [{"field": "land_arable", "value": "2.5"}, {"field": "guarantee.water", "value": "secured"},
        {"field": "guarantee.water.evidence", "value": "自来水到户"}],
        "joining": [{"name": "吉克·木呷", "id_number": "513431202502010116", "relation": "03", "joined": "1"}],
        "income": [{"first": "2024-01-01", "last": "2024-12-31", "item": "I2", "amount": "8000"}]}
        -> 200 {"version": 2, "members": [{"name": "吉克·木呷", "birth": "2025-02-01"}],
        "guarantees": [{"status": "secured", "evidence": "自来水到户"}], "incomes": [{"year": 2024, "net_fen": 800000}]}
GET     /api/registry/households/{first}/history -> 200 {"items": [{"label": "耕地面积", "new": "2.5", "source": "入户走访", "by": "chen",
        "since": "2025-03-01"}]}

# Two at once: the second is told, and nothing of theirs is lost or half stored.
POST    /api/registry/households/{first}/changes {"version": 1, "since": "2025-03-01", "reason": "入户走访",
        "changes": [{"field": "land_arable", "value": "9"}]} -> 409 registry.stale

# Nobody is a member twice; a household needs a head.
POST    /api/registry/households/{first}/changes {"version": 2, "since": "2025-03-01", "reason": "入户走访",
        "joining": [{"name": "王秀英", "id_number": "513431195002030345", "relation": "12"}]} -> 422 registry.person_elsewhere
POST    /api/registry/households/{first}/changes {"version": 2, "since": "2025-03-01", "reason": "死亡证明",
        "changes": [{"person": "{head}", "field": "member_status", "value": "2"}]} -> 422 registry.no_head

# A household of its own.
POST    /api/registry/households/check {"village": "513431100200", "since": "2025-03-01", "reason": "分户",
        "joining": [{"name": "沙马·木果", "id_number": "513431198205090026", "relation": "02"}]} -> 200 {"slips": [{"id": "registry.no_head"}]}
POST    /api/registry/households {"village": "513431100001", "since": "2025-03-01", "reason": "分户",
        "joining": [{"name": "沙马·木果", "id_number": "513431198205090026", "relation": "01"}]} -> 404 registry.no_area
POST    /api/registry/households {"village": "513431100200", "since": "2025-03-01", "reason": "分户",
        "changes": [{"field": "household_kind", "value": "01"}],
        "joining": [{"name": "沙马·木果", "id_number": "513431198205090026", "relation": "01"}]} -> 201 {"head_name": "沙马·木果", "kind": "ordinary"}
keep    third = /id
keep    number = /household_no

# The newborn becomes head's heir of nothing yet: only the head's own move is refused, for none would be left.
POST    /api/registry/persons/{head}/move {"version": 2, "household_no": "{number}", "relation": "99", "since": "2025-03-02",
        "reason": "投靠亲属"} -> 422 registry.no_head
POST    /api/registry/households/{first}/changes {"version": 2, "since": "2025-03-01", "reason": "更换户主",
        "changes": [{"person": "{head}", "field": "relation", "value": "99"}],
        "joining": [{"name": "阿尔·拉则", "birth": "1975-05-05", "sex": "1", "relation": "01", "joined": "3"}]} -> 200 {"version": 3}
POST    /api/registry/persons/{head}/move {"version": 3, "household_no": "{number}", "relation": "99", "since": "2025-03-02",
        "reason": "投靠亲属"} -> 200 {"id": "{third}", "members": [{"name": "吉克·阿依"}]}

# What the bureau said of her goes along.
as      officer
GET     /api/feeds/batches/{batch}/rows?state=matched -> 200 {"items": [{"persons": [{"household": "{third}"}]}]}

# The rules are asked again of a village alone; a run says why, of whom and for how long.
POST    /api/screening/runs {"area": "513431100200"} -> 202
keep    job = /job
wait    {job} -> done
GET     /api/screening/runs -> 200 {"items": [{"cause": "area:513431100200", "area": {"code": "513431100200"}, "households": 3, "seconds": 0}]}
POST    /api/screening/runs {"area": "513432000000"} -> 404 screening.area_outside

# Without an area: as far as the user's own reach.
user    narrow county_officer 513431100
user    beyond county_officer 513432
as      beyond
POST    /api/screening/runs {} -> 404 screening.area_outside
as      narrow
POST    /api/screening/runs {"area": "513431101200"} -> 404 screening.area_outside
POST    /api/screening/runs {} -> 202
keep    job = /job
wait    {job} -> done
as      officer
GET     /api/screening/runs -> 200 {"items": [{"cause": "area:513431100000", "area": {"code": "513431100000"}, "households": 3}]}

# Outside one's village there is nothing to be changed; who may not write sees no form.
as      far
GET     /api/registry/households/{first}/form -> 404 registry.no_household
POST    /api/registry/households/{first}/changes {"version": 3, "since": "2025-03-01", "reason": "入户走访",
        "changes": [{"field": "land_arable", "value": "9"}]} -> 404 registry.no_household
as      luo
GET     /api/registry/form -> 403 auth.not_allowed

audit   household:{first} has registry.change, registry.move_out
audit   household:{third} has registry.add_household, registry.move_in
