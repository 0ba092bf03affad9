story   figures of five levels: entered, rolled up, held against each other, frozen, and moved with their village
given   county 513431, today 2025-04-01
user    officer  county_officer    513431
user    luo      township_reviewer 513431100
user    chen     village_officer   513431100200
user    wu       village_officer   513431100200
user    elsewhere village_officer  513431101200
user    above    prefecture_supervisor 5134

as      officer
UPLOAD  /api/registry/imports file=tests/data/feeds/户信息.csv file=tests/data/feeds/成员信息.csv -> 202
keep    job = /job
keep    import = /id
wait    {job} -> done
POST    /api/registry/imports/{import}/apply -> 202
keep    job = /job
wait    {job} -> done

# What the platform counts itself opens a list that is as long as the figure; small counts are hidden above the village.
GET     /api/indicators -> 200 {"broken": [], "figures": [{"name": "trained", "unit": "人次"}], "forms": [{"name": "village_month"}]}
POST    /api/indicators/count {} -> 200
GET     /api/indicators/behind/households?area=513431100200&month=2025-04 -> 200 {"total": 2, "about": "household"}
GET     /api/indicators/behind/nothing -> 404 indicators.no_such_figure
POST    /api/indicators/behind/households/sheet?area=513431100200&month=2025-04 -> 200 {"名单": [["编号", "乡镇（或以上）", "村（社区）", "户主"], ["新城镇", "俄尔古取村"]]}
POST    /api/indicators/behind/households/sheet?area=513431101200&month=2025-04 -> 404 api.nothing_to_export
# Two households of a county are a small count: whoever may read the register opens their list, the level above does not.
POST    /api/indicators/behind/households/sheet?area=513431&month=2025-04 -> 200 {"名单": [["新城镇", "俄尔古取村"]]}
GET     /api/indicators/behind/persons?area=513431100200&month=2025-04 -> 200 {"about": "person", "items": [{"label": "王秀英"}]}
POST    /api/indicators/behind/persons/sheet?area=513431100200&month=2025-04 -> 200 {"名单": [["编号", "姓名"], ["新城镇", "俄尔古取村", "王秀英"]]}
as      above
GET     /api/indicators/behind/persons?area=513431100200&month=2025-04 -> 200 {"items": [{"label": ""}]}
GET     /api/indicators/behind/households?area=513431&month=2025-04 -> 403 indicators.list_hidden
POST    /api/indicators/behind/households/sheet?area=513431&month=2025-04 -> 403 indicators.list_hidden
as      officer
GET     /api/indicators/board?area=513431&month=2025-04 -> 200 {"items": [{"indicator": "monitored", "value": "0", "expected": 163}, {"indicator": "toilet_rate", "hidden": true, "value": null, "denominator": null}]}
as      chen
GET     /api/indicators/board?month=2025-04 -> 200 {"area": {"code": "513431100200"}, "items": [{"indicator": "toilet_rate", "hidden": false, "numerator": "0", "denominator": "2", "value": "0.00"}, {"indicator": "posts", "value": null}]}
GET     /api/indicators/board?area=513431101200 -> 404 areas.unknown
POST    /api/indicators/count {} -> 403 auth.not_allowed

# A village's month, cell by cell: bad input says where and what.
GET     /api/indicators/forms/village_month?term=2025-03 -> 200 {"due_on": "2025-04-05", "may_enter": true, "closed": null, "rows": [{"state": "empty", "filled": 0, "wanted": 6}], "cells": []}
PUT     /api/indicators/forms/village_month/cell {"term": "2025-03", "area": "513431100200", "figure": "trained", "value": "十二", "version": 0} -> 422 indicators.not_a_number
PUT     /api/indicators/forms/village_month/cell {"term": "2025-03", "area": "513431100200", "figure": "trained", "value": "12.5", "version": 0} -> 422 indicators.too_many_places
PUT     /api/indicators/forms/village_month/cell {"term": "2025-05", "area": "513431100200", "figure": "trained", "value": "12", "version": 0} -> 422 indicators.future_term
PUT     /api/indicators/forms/village_month/cell {"term": "2025", "area": "513431100200", "figure": "trained", "value": "12", "version": 0} -> 422 indicators.other_term
PUT     /api/indicators/forms/village_month/cell {"term": "2025-03", "area": "513431100200", "figure": "grain_area", "value": "12", "version": 0} -> 404 indicators.not_on_form
PUT     /api/indicators/forms/village_month/cell {"term": "2025-03", "area": "513431101200", "figure": "trained", "value": "12", "version": 0} -> 404 areas.unknown
PUT     /api/indicators/forms/village_month/cell {"term": "2025-03", "area": "513431100200", "figure": "trained", "part": "young", "value": "12", "version": 0} -> 404 indicators.no_such_part
PUT     /api/indicators/forms/village_month/cell {"term": "2025-03", "area": "513431100200", "figure": "trained", "value": "12", "version": 0} -> 200 {"value": "12", "version": 1}

# Two clerks in one cell: the second is told what the first has entered, and nothing is overwritten.
as      wu
PUT     /api/indicators/forms/village_month/cell {"term": "2025-03", "area": "513431100200", "figure": "trained", "value": "15", "version": 0} -> 409 indicators.changed_meanwhile
PUT     /api/indicators/forms/village_month/cell {"term": "2025-03", "area": "513431100200", "figure": "trained", "value": "12", "version": 0} -> 200 {"version": 1}
PUT     /api/indicators/forms/village_month/cell {"term": "2025-03", "area": "513431100200", "figure": "trained", "value": "20", "version": 1} -> 200 {"version": 2}
PUT     /api/indicators/forms/village_month/cell {"term": "2025-03", "area": "513431100200", "figure": "trained", "part": "ex_poor", "value": "13", "version": 0} -> 200
PUT     /api/indicators/forms/village_month/cell {"term": "2025-03", "area": "513431100200", "figure": "trained", "part": "other", "value": "8", "version": 0} -> 200
GET     /api/indicators/forms/village_month/cells/trained?term=2025-03&area=513431100200 -> 200 {"items": [{"version": 2, "before": "12", "after": "20"}]}
POST    /api/indicators/forms/village_month/actions {"term": "2025-03", "area": "513431100200", "action": "complete"} -> 422 indicators.not_whole

# Rolled up at once; the township states itself what its villages do not add up to.
as      luo
GET     /api/indicators/by-area/trained?area=513431100&month=2025-03 -> 200 {"items": [{"area": {"code": "513431100200"}, "value": "20"}]}
GET     /api/indicators/board?area=513431100&month=2025-03 -> 200 {"items": [{"indicator": "trained", "value": "20", "reported": 1}]}
GET     /api/indicators/history/trained/sheet?area=513431100&month=2025-03 -> 200 {"历史": [["期间", "数值", "单位"], ["2025-03", "20"], ["2025-02", "未上报"]], "构成": [["13"], ["8"]], "分区划": [["俄尔古取村", "2025-03", "20"]]}
GET     /api/indicators/history/trained/sheet?area=513431101 -> 404 areas.unknown
POST    /api/indicators/findings {"area": "513431100", "month": "2025-03"} -> 200 {"open": 1}
GET     /api/indicators/findings?area=513431100 -> 200 {"items": [{"rule": {"code": "trained_parts"}, "verdict": "fails", "printed": "20", "computed": "21", "priority": "high", "due_on": "2025-04-04"}]}
keep    finding = /items/0/id
POST    /api/indicators/findings/{finding}/explanation {"version": 1, "note": " "} -> 422 indicators.reason_missing
POST    /api/indicators/findings/{finding}/explanation {"version": 9, "note": "一人两类"} -> 409 indicators.finding_changed
POST    /api/indicators/findings/{finding}/explanation {"version": 1, "note": "一人两类"} -> 204
POST    /api/indicators/findings {"area": "513431100", "month": "2025-03"} -> 200 {"open": 0}

# Targets: not below the sum of their level; who answers for an area.
as      officer
PUT     /api/indicators/targets {"indicator": "trained", "term": "2025-03", "area": "513431100", "value": "30", "direction": "at_least", "version": 0} -> 204
PUT     /api/indicators/targets {"indicator": "trained", "term": "2025-03", "area": "513431", "value": "29", "direction": "at_least", "version": 0} -> 409 indicators.target_below_sum
PUT     /api/indicators/targets {"indicator": "trained", "term": "2025-03", "area": "513431", "value": "50", "direction": "at_least", "version": 0} -> 204
PUT     /api/indicators/targets {"indicator": "trained", "term": "2025-03", "area": "513431101", "value": "21", "direction": "at_least", "version": 0} -> 409 indicators.target_below_sum
PUT     /api/indicators/targets {"indicator": "trained", "term": "2025-03", "area": "513431", "value": "60", "direction": "at_least", "version": 0} -> 409 indicators.target_changed
PUT     /api/indicators/targets {"indicator": "trained", "term": "2025-03", "area": "513431", "value": "-1", "direction": "at_least", "version": 1} -> 422 indicators.bad_target
GET     /api/indicators/board?area=513431&month=2025-03 -> 200 {"items": [{"indicator": "trained", "value": "20", "target": "50", "standing": "missed", "gap": "-30", "attained": "40.00"}]}
PUT     /api/indicators/responsible {"area": "513431100", "name": "阿木", "post": "乡镇党委书记", "version": 0} -> 204
GET     /api/indicators/responsible?area=513431 -> 200 {"items": [{"name": "阿木", "version": 1, "until": null}], "before": []}
PUT     /api/indicators/responsible {"area": "513431100", "name": "沙马", "post": "乡镇党委书记", "version": 0} -> 409 indicators.person_changed
PUT     /api/indicators/responsible {"area": "513431100", "name": "沙马", "post": "乡镇党委书记", "version": 1} -> 204
PUT     /api/indicators/responsible {"area": "513431100", "name": "", "version": 2} -> 204
PUT     /api/indicators/responsible {"area": "513431100", "name": "", "version": 3} -> 422 indicators.name_missing
PUT     /api/indicators/responsible {"area": "513431101", "name": "沙马", "version": 7} -> 409 indicators.person_changed
GET     /api/indicators/responsible?area=513431 -> 200 {"items": [{"name": "", "version": 3}], "before": [{"name": "沙马"}, {"name": "阿木"}], "gaps": [{"code": "513431000000"}, {"code": "513431100000"}]}
GET     /api/indicators/board/sheet?area=513431&month=2025-03 -> 200
GET     /api/indicators/forms/village_month/sheet?term=2025-03&area=513431100 -> 200
as      above
GET     /api/indicators/board?area=513431&month=2025-03 -> 200
PUT     /api/indicators/targets {"indicator": "trained", "term": "2025-03", "area": "513431", "value": "60", "direction": "at_least", "version": 1} -> 403 auth.not_allowed

# Education (items 15 to 17): 288 lessons for 36 schools are 8; enrolment above 100 % may be, and nought is never divided by.
as      luo
POST    /api/dataValueSets {"dataSet": "township_year", "period": "2024", "orgUnit": "513431100000", "dataValues": [{"dataElement": "lessons", "value": "288"}, {"dataElement": "paired_schools", "value": "36"}, {"dataElement": "children", "value": "9091"}, {"dataElement": "age_3_5", "value": "10000"}]} -> 200
        {"status": "SUCCESS", "importCount": {"imported": 4, "updated": 0, "ignored": 0, "deleted": 0}, "conflicts": []}
GET     /api/indicators/board?area=513431100&month=2024-12 -> 200 {"items": [{"indicator": "lessons_per_school", "value": "8.0", "unit": "节/所"}, {"indicator": "gross_enrolment", "value": "90.91"}]}
POST    /api/dataValueSets {"period": "2024", "orgUnit": "513431100000", "dataValues": [{"dataElement": "lessons", "value": "300"}, {"dataElement": "paired_schools", "value": "many"}, {"dataElement": "nothing", "value": "1"}]} -> 409
POST    /api/dataValueSets {"nothing": []} -> 422 indicators.bad_value_set
GET     /api/dataValueSets?dataSet=township_year&period=2024&orgUnit=513431100000 -> 200 {"period": "2024", "dataValues": [{"dataElement": "lessons", "categoryOptionCombo": "default", "value": "288"}]}
PUT     /api/indicators/forms/township_year/cell {"term": "2024", "area": "513431100", "figure": "paired_schools", "value": "0", "version": 1} -> 200
GET     /api/indicators/board?area=513431100&month=2024-12 -> 200 {"items": [{"indicator": "lessons_per_school", "value": null, "numerator": "288", "denominator": "0"}]}

# Frozen: recomputed to the digit and as long as its list, whatever changes afterwards.
as      officer
POST    /api/indicators/snapshots {"area": "513431", "term": "2025-03", "title": " "} -> 422 indicators.title_missing
POST    /api/indicators/snapshots {"area": "513431", "term": "2019-03", "title": "三月"} -> 409 indicators.nothing_to_freeze
POST    /api/indicators/snapshots {"area": "513431", "term": "2025-03", "title": "三月月报"} -> 201
keep    march = /id
POST    /api/indicators/snapshots {"area": "513431", "term": "2025-04", "title": "四月在册"} -> 201
keep    april = /id
as      chen
PUT     /api/indicators/forms/village_month/cell {"term": "2025-03", "area": "513431100200", "figure": "trained", "value": "99", "version": 2} -> 200
as      officer
GET     /api/indicators/snapshots/{march} -> 200 {"items": [{"figure": "trained", "part": "", "value": "20"}]}
GET     /api/indicators/snapshots/{march}/rows/trained -> 200 {"total": 1, "sum": "20"}
GET     /api/indicators/snapshots/{march}/sheet -> 200 {"快照": [["数据项", "数值", "单位"], ["20", "人次"]]}
POST    /api/indicators/snapshots/{march}/rows/trained/sheet -> 200 {"名单": [["俄尔古取村", "20"]]}
GET     /api/indicators/snapshots/{march}/recomputed -> 200 {"equal": true, "differences": []}
GET     /api/indicators/snapshots/{april}/recomputed -> 200 {"equal": true}
GET     /api/indicators/snapshots/{april}/rows/households?area=513431100200 -> 200 {"total": 2, "sum": "2", "about": "household"}
GET     /api/indicators/snapshots/999 -> 404 indicators.no_such_snapshot

# A closed period takes nothing, and opens again only with a reason.
POST    /api/indicators/forms/village_month/actions {"term": "2025-03", "area": "513431", "action": "close"} -> 204
as      chen
PUT     /api/indicators/forms/village_month/cell {"term": "2025-03", "area": "513431100200", "figure": "trained", "value": "98", "version": 3} -> 409 indicators.closed
POST    /api/indicators/forms/village_month/actions {"term": "2025-03", "area": "513431100200", "action": "reopen", "reason": "更正"} -> 403 auth.not_allowed
as      officer
POST    /api/indicators/forms/village_month/actions {"term": "2025-03", "area": "513431", "action": "reopen"} -> 422 indicators.reason_missing
POST    /api/indicators/forms/village_month/actions {"term": "2025-03", "area": "513431", "action": "reopen", "reason": "更正培训人次"} -> 204

# A village moves to another township: its figures go with it, and the county's sum stays.
POST    /api/indicators/area-changes {"on": "2025-04-01", "from": "513431100200", "to": []} -> 422 indicators.no_heir
POST    /api/indicators/area-changes {"on": "2025-04-01", "from": "513431100200", "to": [{"area": "513431101"}]} -> 422 indicators.heir_level
POST    /api/indicators/area-changes {"on": "2025-04-01", "from": "513431100200", "to": [{"area": "513431101299"}]} -> 201
POST    /api/indicators/area-changes {"on": "2025-04-01", "from": "513431100200", "to": [{"area": "513431101298"}]} -> 422 indicators.changed_twice
POST    /api/indicators/area-changes {"on": "2025-05-01", "from": "513431100200", "to": [{"area": "513431101298"}]} -> 422 indicators.area_moved
GET     /api/indicators/board?area=513431&month=2025-03 -> 200 {"items": [{"indicator": "trained", "value": "99"}]}
GET     /api/indicators/board?area=513431101&month=2025-03 -> 200 {"items": [{"indicator": "trained", "value": "99"}]}
GET     /api/indicators/board?area=513431100&month=2025-03 -> 200 {"items": [{"indicator": "trained", "value": null, "reported": 0}]}
PUT     /api/indicators/forms/village_month/cell {"term": "2025-04", "area": "513431100200", "figure": "trained", "value": "1", "version": 0} -> 422 indicators.area_moved
PUT     /api/indicators/forms/village_month/cell {"term": "2025-04", "area": "513431101299", "figure": "trained", "value": "7", "version": 0} -> 200
# On both sides of the date the townships add up to their county.
GET     /api/indicators/by-area/trained?area=513431&month=2025-04 -> 200 {"items": [{"area": {"code": "513431101000"}, "value": "7"}]}
GET     /api/indicators/board?area=513431&month=2025-04 -> 200 {"items": [{"indicator": "trained", "value": "7"}]}
GET     /api/indicators/board?area=513431100&month=2025-04 -> 200 {"items": [{"indicator": "trained", "value": null}]}
GET     /api/indicators/by-area/trained?area=513431&month=2025-03 -> 200 {"items": [{"area": {"code": "513431101000"}, "value": "99"}]}
audit   indicators.enter, indicators.freeze, indicators.close, indicators.reopen, indicators.area_change
