story   the environment programme: toilets and repairs, a demonstration, an inspection, contracts, funds and a fee
given   county 513431, today 2025-04-01
user    officer  county_officer    513431
user    chen     village_officer   513431100200
user    elsewhere village_officer  513431101200
user    luo      township_reviewer 513431100

as      officer
UPLOAD  /api/registry/imports file=tests/data/feeds/户信息.csv file=tests/data/feeds/成员信息.csv -> 202
keep    job = /job
keep    import = /id
wait    {job} -> done
POST    /api/registry/imports/{import}/apply -> 202
keep    job = /job
wait    {job} -> done
GET     /api/programmes -> 200 {"items": [{"name": "environment", "registers": 6}], "broken": []}
GET     /api/programmes/environment -> 200 {"registers": [{"name": "toilet", "rows": 0}], "figures":
        [{"value": "2501000", "unit": "户"}, {"value": "70", "definition_known": false}, {"value": "8290"}],
        "area": {"code": "513431000000"}, "indicators": [{"name": "sanitary_toilet_rate", "numerator": 0, "denominator": 2, "percent": "0.00"}, {"name": "sound_rate", "percent": null}]}
GET     /api/programmes/nothing -> 404 programmes.no_such_programme
# Where nobody asks for an area, a village officer is shown the figures of the village.
as      chen
GET     /api/programmes/environment -> 200 {"area": {"code": "513431100200"}}
as      officer
GET     /api/registry/households?area=513431100200 -> 200
keep    home = /items/0/id

# A toilet: typed values, once a household, what is due to it.
as      chen
POST    /api/programmes/environment/records {"register": "toilet", "household": "{home}", "values": {"kind": "golden", "sanitary": "yes", "harmless": "yes", "built_on": "2020-05-01", "condition": "sound"}, "key": "a"} -> 422 programmes.not_a_choice
POST    /api/programmes/environment/records {"register": "toilet", "household": "{home}", "values": {"kind": "flush", "sanitary": "yes", "harmless": "yes", "built_on": "2025-04-02", "condition": "sound"}, "key": "a"} -> 422 programmes.in_future
POST    /api/programmes/environment/records {"register": "toilet", "household": "{home}", "values": {"kind": "flush", "sanitary": "yes", "built_on": "2020-05-01", "condition": "sound"}, "key": "a"} -> 422 programmes.required
POST    /api/programmes/environment/records {"register": "toilet", "household": "{home}", "values": {"kind": "flush", "sanitary": "yes", "harmless": "yes", "built_on": "2020年5月1日", "cost": "2,600.50", "condition": "sound"}, "key": "a"} -> 201
        {"values": {"built_on": "2020-05-01", "cost": "2600.50"}, "due": {"eligible": false, "fen": 0}, "version": 1}
keep    toilet = /id
POST    /api/programmes/environment/records {"register": "toilet", "household": "{home}", "values": {"kind": "flush", "sanitary": "yes", "harmless": "yes", "built_on": "2020-05-01", "condition": "sound"}, "key": "a"} -> 201 {"id": "{toilet}"}
POST    /api/programmes/environment/records {"register": "toilet", "household": "{home}", "values": {"kind": "flush", "sanitary": "yes", "harmless": "yes", "built_on": "2020-05-01", "condition": "sound"}, "key": "b"} -> 409 programmes.received_before
PATCH   /api/programmes/environment/records/{toilet} {"version": 1, "values": {"accepted_on": "2020-06-01"}} -> 200
        {"version": 2, "due": {"eligible": true, "fen": 80000, "assumed": true}, "changes": [{"version": 2, "after": {"accepted_on": "2020-06-01"}}]}
PATCH   /api/programmes/environment/records/{toilet} {"version": 1, "values": {"condition": "broken"}} -> 409 programmes.changed_meanwhile
# Each side of an indicator opens the rows that it counts, within one's own area.
GET     /api/programmes/environment -> 200 {"indicators": [{"name": "sound_rate", "numerator": 1, "denominator": 1, "numerator_in": "toilet", "denominator_in": "toilet"}, {"name": "sanitary_toilet_rate", "denominator_in": ""}]}
GET     /api/programmes/environment/records?indicator=sound_rate&side=numerator -> 200 {"total": 1, "items": [{"id": "{toilet}"}]}
GET     /api/programmes/environment/records?indicator=sanitary_toilet_rate&side=denominator -> 404 programmes.no_list
GET     /api/programmes/environment/records?indicator=nothing -> 404 programmes.no_list
# The same rows as a workbook.
POST    /api/programmes/environment/sheet?register=toilet -> 200 {"台账": [["对象", "乡镇（或以上）", "村（社区）"], ["新城镇", "俄尔古取村"]]}
POST    /api/programmes/environment/sheet?register=toilet&indicator=sound_rate&side=numerator -> 200
POST    /api/programmes/environment/sheet?register=repair&indicator=sound_rate&side=numerator -> 404 programmes.no_list
POST    /api/programmes/environment/sheet -> 404 programmes.no_such_register
POST    /api/programmes/environment/sheet?register=repair -> 404 api.nothing_to_export
GET     /api/registry/summary -> 200 {"area": {"code": "513431100200"}}
as      elsewhere
GET     /api/programmes/environment/records?indicator=sound_rate&side=numerator -> 200 {"total": 0}
as      chen

# A repair of it: rows of a procedure, a sealed phone.
POST    /api/programmes/environment/records {"register": "repair", "values": {"fault": "blocked"}, "key": "r0"} -> 404 programmes.no_parent
POST    /api/programmes/environment/records {"register": "repair", "parent": "{toilet}", "values": {"fault": "blocked", "reporter_phone": "13800138000"}, "key": "r"} -> 201
        {"state": {"code": "reported"}, "masked": {"reporter_phone": "138****8000"}, "steps": ["assign"]}
keep    repair = /id
POST    /api/programmes/environment/records/{repair}/steps {"version": 1, "action": "assign"} -> 422 programmes.required
POST    /api/programmes/environment/records/{repair}/steps {"version": 1, "action": "confirm"} -> 409 programmes.no_such_step
POST    /api/programmes/environment/records/{repair}/steps {"version": 1, "action": "assign", "values": {"repairer": "镇管护站"}} -> 200 {"state": {"code": "assigned"}}
POST    /api/programmes/environment/records/{repair}/steps {"version": 2, "action": "repair", "values": {"repaired_on": "2025-04-01", "cost": "-1"}} -> 422 programmes.too_small
POST    /api/programmes/environment/records/{repair}/steps {"version": 2, "action": "repair", "values": {"repaired_on": "2025-04-01", "cost": "120"}} -> 200 {"values": {"cost": "120.00"}}
POST    /api/programmes/environment/records/{repair}/steps {"version": 3, "action": "again"} -> 422 programmes.note_missing
POST    /api/programmes/environment/records/{repair}/steps {"version": 3, "action": "confirm"} -> 200 {"live": false, "steps": []}
# A register says as many rows as its list shows, those that are over among them.
GET     /api/programmes/environment -> 200 {"registers": [{"name": "repair", "rows": 1}]}
GET     /api/programmes/environment/records?register=repair -> 200 {"total": 1}
PATCH   /api/programmes/environment/records/{repair} {"version": 4, "values": {"fault": "full"}} -> 409 programmes.over
POST    /api/programmes/environment/records/{repair}/reveal {"field": "reporter_phone", "purpose": "回访"} -> 403 auth.not_allowed
as      luo
POST    /api/programmes/environment/records/{repair}/reveal {"field": "reporter_phone", "purpose": " "} -> 422 programmes.purpose_missing
POST    /api/programmes/environment/records/{repair}/reveal {"field": "reporter_phone", "purpose": "回访"} -> 200 {"value": "13800138000"}
as      elsewhere
GET     /api/programmes/environment/records/{toilet} -> 404 programmes.no_such_record
GET     /api/programmes/environment/records?register=toilet -> 200 {"total": 0}
GET     /api/households/{home}/aid -> 404 registry.no_household
as      chen
GET     /api/programmes/environment/records?register=toilet&field=condition&value=sound -> 200 {"total": 1}
GET     /api/households/{home}/aid -> 200 {"items": [{"register": "repair"}, {"register": "toilet", "twice": false}]}

# The same reward for the same family and year by two clerks: both stand, and are found; one is withdrawn with a reason.
POST    /api/programmes/environment/records {"register": "courtyard", "household": "{home}", "values": {"year": "2025", "rank": "five", "reward": "300"}, "key": "y1"} -> 201
GET     /api/aid/twice -> 200 {"total": 0}
POST    /api/programmes/environment/records {"register": "courtyard", "household": "{home}", "values": {"year": "2024", "rank": "five", "reward": "300"}, "key": "y2"} -> 201
GET     /api/aid/twice -> 200 {"total": 0}
POST    /api/programmes/environment/records {"register": "courtyard", "household": "{home}", "values": {"year": "2025", "rank": "four", "reward": "200"}, "key": "y3"} -> 201
keep    second = /id
GET     /api/aid/twice -> 200 {"total": 1, "items": [{"household": "{home}", "rows": [{"id": "{second}", "receiver": "family", "twice": true}]}]}
GET     /api/households/{home}/aid -> 200 {"items": [{"register": "courtyard", "twice": true}, {"register": "toilet", "receiver": "dwelling", "twice": false}, {"register": "repair", "receiver": null, "twice": false}]}
as      elsewhere
GET     /api/aid/twice -> 200 {"total": 0}
as      luo
POST    /api/programmes/environment/records/{second}/steps {"version": 1, "action": "withdraw"} -> 422 programmes.note_missing
POST    /api/programmes/environment/records/{second}/steps {"version": 1, "action": "withdraw", "note": "春季已享受"} -> 200 {"live": false}
GET     /api/aid/twice -> 200 {"total": 0}
as      chen

# A demonstration village: whoever entered it does not review it; the county names it.
POST    /api/programmes/environment/records {"register": "demonstration", "area": "513431999001", "subject": "示范村", "values": {"tier": "village", "grade": "county"}, "key": "d0"} -> 404 areas.unknown
POST    /api/programmes/environment/records {"register": "demonstration", "area": "513431100200", "subject": "示范村庄", "values": {"tier": "village", "grade": "county"}, "key": "d"} -> 201 {"state": {"code": "applied"}, "steps": []}
keep    village = /id
POST    /api/programmes/environment/records/{village}/steps {"version": 1, "action": "review", "values": {"score": "88"}} -> 403 programmes.step_not_yours
as      officer
POST    /api/programmes/environment/records {"register": "demonstration", "area": "513431999001", "subject": "示范村", "values": {"tier": "village", "grade": "county"}, "key": "d0"} -> 422 programmes.area_moved
as      luo
POST    /api/programmes/environment/records/{village}/steps {"version": 1, "action": "review", "values": {"score": "101"}} -> 422 programmes.too_large
POST    /api/programmes/environment/records/{village}/steps {"version": 1, "action": "review", "values": {"score": "88"}} -> 200 {"state": {"code": "reviewed"}}
POST    /api/programmes/environment/records/{village}/steps {"version": 2, "action": "begin"} -> 403 programmes.step_not_yours
as      officer
POST    /api/programmes/environment/records/{village}/steps {"version": 2, "action": "begin"} -> 200 {"state": {"code": "in_building"}}

# An inspection by score; a photo proves nothing without a place.
as      chen
POST    /api/programmes/environment/activities {"kind": "inspection", "area": "513431100200", "on": "2025-04-01", "points": {"garbage": 20, "toilets": 20, "sewage": 15}, "key": "i"} -> 422 programmes.points_missing
POST    /api/programmes/environment/activities {"kind": "inspection", "area": "513431100200", "on": "2025-04-01", "points": {"garbage": 31, "toilets": 20, "sewage": 15, "looks": 20}, "key": "i"} -> 422 programmes.points_outside
POST    /api/programmes/environment/activities {"kind": "inspection", "area": "513431100200", "on": "2025-04-01", "points": {"garbage": 20, "toilets": 20, "sewage": 15, "looks": 20}, "key": "i"} -> 201
        {"score": 75, "pass_score": 80, "passed": false, "highest": 100, "proven": false}
keep    inspection = /id
UPLOAD  /api/programmes/environment/activities/{inspection}/photos file=src/delivery/demo/data/门前.jpg -> 422 programmes.photo_without_place
POST    /api/programmes/environment/activities {"kind": "cleanup", "area": "513431100200", "on": "2025-04-02", "venue": "村口", "people": 35, "key": "c"} -> 422 programmes.activity_in_future
POST    /api/programmes/environment/activities {"kind": "cleanup", "area": "513431100200", "on": "2025-03-30", "venue": "村口", "key": "c"} -> 422 programmes.people_missing
POST    /api/programmes/environment/activities {"kind": "cleanup", "area": "513431100200", "on": "2025-03-30", "venue": "村口", "people": 35, "key": "c"} -> 201 {"proven": false}
keep    cleanup = /id
UPLOAD  /api/programmes/environment/activities/{cleanup}/photos file=src/delivery/demo/data/门前.jpg -> 201 {"proven": true}
keep    photo = /photos/0
GET     /api/programmes/environment/activities/{cleanup}/photos/{photo} -> 200
GET     /api/programmes/environment/activities?failed=true -> 200 {"total": 1, "items": [{"id": "{inspection}"}]}
GET     /api/programmes/environment/activities/sheet -> 200 {"活动": [["村庄环境检查", "新城镇", "俄尔古取村", "2025-04-01", "75", "100", "否"], ["村口", "35", "1"]]}
GET     /api/programmes/environment/activities/sheet?kind=nothing -> 404 api.nothing_to_export

# Contracts: marked 180, 90 and 30 days before their end; no two at the same time for the same thing.
as      officer
POST    /api/programmes/environment/contracts {"kind": "sanitation", "area": "513431100000", "party": "洁城环卫公司", "price_fen": 36000000, "begins_on": "2024-05-01", "ends_on": "2024-04-30", "key": "k"} -> 422 programmes.ends_before
POST    /api/programmes/environment/contracts {"kind": "sanitation", "area": "513431100000", "party": "洁城环卫公司", "price_fen": 36000000, "begins_on": "2024-05-01", "ends_on": "2025-05-01", "key": "k"} -> 201
keep    contract = /id
POST    /api/programmes/environment/contracts {"kind": "sanitation", "area": "513431100000", "party": "另一家公司", "price_fen": 1, "begins_on": "2025-05-01", "ends_on": "2026-05-01", "key": "k2"} -> 409 programmes.contract_overlaps
GET     /api/programmes/environment/contracts -> 200 {"total": 1, "items": [{"mark": "red", "days_left": 30, "assumed": true, "may_end": true}]}
GET     /api/programmes/environment/contracts/sheet -> 200 {"合同": [["承包方", "合同金额（元）", "状态", "剩余天数"], ["新城镇", "洁城环卫公司", "360000", "2024-05-01", "2025-05-01", "履行中", "30"]]}
GET     /api/programmes/environment/projects/sheet -> 404 api.nothing_to_export
# Its villages see what it holds for them, and end nothing; a village of another township does not.
as      chen
GET     /api/programmes/environment/contracts -> 200 {"total": 1, "items": [{"id": "{contract}", "area": {"code": "513431100000"}, "may_end": false}]}
POST    /api/programmes/environment/contracts/{contract}/end {"version": 1} -> 403 auth.not_allowed
as      elsewhere
GET     /api/programmes/environment/contracts -> 200 {"total": 0}
as      officer
GET     /api/programmes/environment/contracts?area=513431100200 -> 200 {"total": 1, "items": [{"may_end": true}]}
GET     /api/programmes/environment/contracts?area=513431101200 -> 200 {"total": 0}
POST    /api/programmes/environment/contracts/{contract}/end {"version": 1} -> 204
POST    /api/programmes/environment/contracts/{contract}/end {"version": 2} -> 409 programmes.over
POST    /api/programmes/environment/projects {"kind": "works", "area": "513431100000", "title": "污水管网", "begins_on": "2025-01-01", "ends_on": "2025-12-31", "funds": [{"source": "central", "fen": 50000000}, {"source": "central", "fen": 1}], "key": "p"} -> 422 programmes.source_twice
POST    /api/programmes/environment/projects {"kind": "works", "area": "513431100000", "title": "污水管网", "begins_on": "2025-01-01", "ends_on": "2025-12-31", "funds": [{"source": "central", "fen": 50000000}, {"source": "county", "fen": 20000050}], "key": "p"} -> 201
GET     /api/programmes/environment/projects -> 200 {"items": [{"total_fen": 70000050}]}
GET     /api/programmes/environment/projects/sheet -> 200 {"项目": [["项目名称", "资金合计（元）"], ["污水管网", "新城镇", "700000.5", "500000", "200000.5"]]}

# The fee pilot: 1,236 people, 87 exempt, 3 yuan a month: 1,149 × 3 = 3,447.00; never without a period.
as      chen
POST    /api/programmes/environment/fees/calculate {"village": "513431100200", "items": ["cleaning"], "amount_fen": 300, "persons": 1236, "exempt": 87, "present": 120, "in_favour": 90, "approved_on": "2025-03-20", "from": "2025-04-01", "to": "2025-06-30"} -> 422 programmes.fee_without_period
POST    /api/programmes/environment/fees/calculate {"village": "513431100200", "items": ["cleaning"], "amount_fen": 600, "period": "month", "persons": 1236, "exempt": 87, "present": 120, "in_favour": 90, "approved_on": "2025-03-20", "from": "2025-04-01", "to": "2025-06-30"} -> 422 programmes.fee_out_of_range
POST    /api/programmes/environment/fees/calculate {"village": "513431100200", "items": ["cleaning"], "amount_fen": 300, "period": "month", "persons": 1236, "exempt": 87, "present": 120, "in_favour": 90, "approved_on": "2025-03-20", "from": "2025-04-01", "to": "2025-06-30"} -> 200
        {"paying": 1149, "a_period_fen": 344700, "periods": 3, "whole_fen": 1034100, "assumed": true}
POST    /api/programmes/environment/fees {"village": "513431100200", "items": ["cleaning"], "amount_fen": 300, "period": "month", "persons": 1236, "exempt": 87, "present": 120, "in_favour": 79, "approved_on": "2025-03-20", "from": "2025-04-01", "to": "2025-06-30", "key": "f"} -> 422 programmes.fee_not_approved
POST    /api/programmes/environment/fees {"village": "513431100200", "items": ["cleaning"], "amount_fen": 300, "period": "month", "persons": 1236, "exempt": 87, "present": 120, "in_favour": 80, "approved_on": "2025-03-20", "from": "2025-04-01", "to": "2025-06-30", "key": "f"} -> 201 {"a_period_fen": 344700}
keep    fee = /id
POST    /api/programmes/environment/fees {"village": "513431100200", "items": ["cleaning"], "amount_fen": 300, "period": "month", "persons": 1236, "exempt": 87, "present": 120, "in_favour": 80, "approved_on": "2025-03-20", "from": "2025-06-30", "to": "2025-07-30", "key": "f2"} -> 409 programmes.fee_overlaps
POST    /api/programmes/environment/fees/{fee}/entries {"on": "2025-04-01", "expense": false, "fen": 344700, "note": "4月收费", "key": "e1"} -> 201
POST    /api/programmes/environment/fees/{fee}/entries {"on": "2025-04-01", "expense": true, "item": "greening", "fen": 100, "key": "e2"} -> 422 programmes.fee_used_otherwise
POST    /api/programmes/environment/fees/{fee}/entries {"on": "2025-04-01", "expense": true, "item": "cleaning", "fen": 120000, "note": "保洁员工资", "key": "e3"} -> 201
POST    /api/programmes/environment/fees/{fee}/entries {"on": "2025-04-02", "expense": false, "fen": 1, "key": "e4"} -> 422 programmes.fee_entry_outside
GET     /api/programmes/environment/fees/{fee} -> 200 {"income_fen": 344700, "expense_fen": 120000, "entries": [{"expense": true, "item": "cleaning"}]}
GET     /api/programmes/environment/fees/{fee}/sheet?month=2025-04 -> 200
GET     /api/programmes/environment/fees/heads?village=513431100200 -> 200 {"persons": 2, "exempt": 0}
audit   programmes.enter, programmes.amend, programmes.step, programmes.reveal, programmes.activity, programmes.photo, programmes.contract, programmes.contract_end, programmes.project, programmes.fee, programmes.fee_entry
