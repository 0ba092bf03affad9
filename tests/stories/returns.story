story   one form: filled in from what is known, only the rest is asked, remembered, submitted, sent back, accepted
given   county 513431, today 2025-03-20
user    officer  county_officer    513431
user    luo      township_reviewer 513431100
user    chen     village_officer   513431100200
user    elsewhere village_officer  513431101200
user    wide     editor            00

as      officer
UPLOAD  /api/registry/imports file=tests/data/feeds/户信息.csv file=tests/data/feeds/成员信息.csv -> 202
keep    job = /job
keep    import = /id
wait    {job} -> done
POST    /api/registry/imports/{import}/apply -> 202
keep    job = /job
wait    {job} -> done
POST    /api/indicators/count {} -> 200

# The register and the indicators know most of it; what nobody knows is asked.
as      chen
GET     /api/returns -> 200 {"broken": [], "items": [{"name": "village_basics", "assumed": true, "level": "village", "term": "year"}]}
GET     /api/returns/village_basics?term=2025 -> 200 {"may_enter": true, "return": {"state": "draft"}, "sections": [{"fields": [{"name": "households", "value": "2", "origin": "registered", "asked": false}]}, {"fields": [{"name": "committee_members", "value": "", "origin": "nothing", "asked": true}]}]}
GET     /api/returns/nothing -> 404 returns.no_such_form
GET     /api/returns/township_quarter?term=2025-Q1 -> 422 returns.other_level
GET     /api/returns/village_basics?term=2025-Q1 -> 422 indicators.other_term
GET     /api/returns/village_basics?term=2026 -> 422 indicators.future_term
GET     /api/returns/village_basics?term=2019 -> 422 returns.not_valid
GET     /api/returns/village_basics?area=513431101200 -> 404 areas.unknown
POST    /api/returns/village_basics/actions {"term": "2025", "area": "513431100200", "action": "submit", "version": 0} -> 422 returns.missing

# Kept as typed; bad input says what is wrong; what is known is mended where it comes from.
PUT     /api/returns/village_basics/answers {"term": "2025", "area": "513431100200", "field": "committee_members", "value": "五", "version": 0} -> 422 indicators.not_a_number
PUT     /api/returns/village_basics/answers {"term": "2025", "area": "513431100200", "field": "committee_members", "value": "31", "version": 0} -> 422 returns.outside
PUT     /api/returns/village_basics/answers {"term": "2025", "area": "513431100200", "field": "clinic", "value": "maybe", "version": 0} -> 422 returns.no_such_choice
PUT     /api/returns/village_basics/answers {"term": "2025", "area": "513431100200", "field": "households", "value": "9", "version": 0} -> 409 returns.not_asked
PUT     /api/returns/village_basics/answers {"term": "2025", "area": "513431100200", "field": "funds_spent", "value": "9", "version": 0} -> 404 returns.not_on_form
PUT     /api/returns/village_basics/answers {"term": "2025", "area": "513431101200", "field": "committee_members", "value": "5", "version": 0} -> 404 areas.unknown
PUT     /api/returns/village_basics/answers {"term": "2025", "area": "513431100200", "field": "committee_members", "value": "25", "version": 0} -> 200 {"value": "25", "origin": "typed", "version": 1}
PUT     /api/returns/village_basics/answers {"term": "2025", "area": "513431100200", "field": "committee_members", "value": "6", "version": 0} -> 409 returns.changed_meanwhile
PUT     /api/returns/village_basics/answers {"term": "2025", "area": "513431100200", "field": "village_secretary", "value": "阿木", "version": 0} -> 200
PUT     /api/returns/village_basics/answers {"term": "2025", "area": "513431100200", "field": "legal_adviser", "value": "yes", "version": 0} -> 200
PUT     /api/returns/village_basics/answers {"term": "2025", "area": "513431100200", "field": "clinic", "value": "own", "version": 0} -> 200
PUT     /api/returns/village_basics/answers {"term": "2025", "area": "513431100200", "field": "cooperatives", "value": "2", "version": 0} -> 200
PUT     /api/returns/village_basics/answers {"term": "2025", "area": "513431100200", "field": "collective_income", "value": "12.5", "version": 0} -> 200 {"value": "12.50"}

# A register of toilets that holds nothing is not kept here: it is asked, and so is land of which no household says anything.
GET     /api/returns/village_basics?term=2025 -> 200 {"sections": [{"fields": [{"name": "land_forest", "asked": true}]}, {"fields": [{"name": "toilets", "asked": true}]}], "broken": [{"printed": "25"}]}
PUT     /api/returns/village_basics/answers {"term": "2025", "area": "513431100200", "field": "toilets", "value": "1", "version": 0} -> 200
PUT     /api/returns/village_basics/answers {"term": "2025", "area": "513431100200", "field": "land_forest", "value": "3.2", "version": 0} -> 200
PUT     /api/returns/village_basics/answers {"term": "2025", "area": "513431100200", "field": "land_orchard", "value": "0", "version": 0} -> 200
PUT     /api/returns/village_basics/answers {"term": "2025", "area": "513431100200", "field": "land_arable", "value": "12.5", "version": 0} -> 200
PUT     /api/returns/village_basics/answers {"term": "2025", "area": "513431100200", "field": "villager_groups", "value": "2", "version": 0} -> 200

# Twenty-five members in a village of fewer people: mended, or submitted with the reason.
POST    /api/returns/village_basics/actions {"term": "2025", "area": "513431100200", "action": "submit", "version": 1} -> 422 returns.explain
PUT     /api/returns/village_basics/answers {"term": "2025", "area": "513431100200", "field": "committee_members", "value": "2", "version": 1} -> 200 {"version": 2}
POST    /api/returns/village_basics/actions {"term": "2025", "area": "513431100200", "action": "submit", "version": 7} -> 409 returns.changed
POST    /api/returns/village_basics/actions {"term": "2025", "area": "513431100200", "action": "submit", "version": 1} -> 200 {"return": {"state": "submitted", "by": "chen"}, "may_enter": false, "next": ["take_back"]}
PUT     /api/returns/village_basics/answers {"term": "2025", "area": "513431100200", "field": "committee_members", "value": "3", "version": 2} -> 409 returns.under_way
POST    /api/returns/village_basics/actions {"term": "2025", "area": "513431100200", "action": "accept", "version": 2} -> 403 returns.not_receiver

# The next form does not ask again what holds: members, adviser and cooperatives stand until they change, the income for the year.
GET     /api/returns/village_quarter?term=2025-Q1 -> 200 {"sections": [{"fields": [{"name": "committee_members", "value": "2", "origin": "remembered", "from": "村情基本情况表"}, {"name": "legal_adviser", "value": "yes", "shown": "有", "origin": "remembered"}, {"name": "collective_income", "value": "12.50", "origin": "remembered"}, {"name": "projects", "origin": "nothing"}]}]}
PUT     /api/returns/village_quarter/answers {"term": "2025-Q1", "area": "513431100200", "field": "projects", "value": "1", "version": 0} -> 200
GET     /api/returns/village_quarter/areas?term=2025-Q1 -> 200 {"items": [{"area": {"code": "513431100200"}, "begun": true, "spared": {"remembered": 4}}]}

# The township sends it back with a reason; whoever submitted does not accept; names are not read far away.
as      luo
GET     /api/returns/village_basics/areas?term=2025 -> 200 {"items": [{"area": {"code": "513431100200"}, "state": "submitted", "overdue": false}]}
POST    /api/returns/village_basics/actions {"term": "2025", "area": "513431100200", "action": "send_back", "version": 2} -> 422 returns.reason_missing
POST    /api/returns/village_basics/actions {"term": "2025", "area": "513431100200", "action": "send_back", "version": 2, "reason": "卫生室请核实"} -> 200 {"return": {"state": "sent_back", "reason": "卫生室请核实"}}
as      chen
PUT     /api/returns/village_basics/answers {"term": "2025", "area": "513431100200", "field": "clinic", "value": "shared", "version": 1} -> 200
POST    /api/returns/village_basics/actions {"term": "2025", "area": "513431100200", "action": "submit", "version": 3} -> 200 {"return": {"state": "submitted"}}
as      luo
POST    /api/returns/village_basics/actions {"term": "2025", "area": "513431100200", "action": "accept", "version": 4} -> 200 {"return": {"state": "accepted"}}
POST    /api/returns/village_basics/actions {"term": "2025", "area": "513431100200", "action": "accept", "version": 5} -> 409 returns.no_such_step
as      wide
GET     /api/returns/village_basics?term=2025&area=513431100200 -> 200 {"may_enter": false, "next": [], "sections": [{"fields": [{"name": "village_secretary", "value": "", "hidden": true}]}]}
PUT     /api/returns/village_basics/answers {"term": "2025", "area": "513431100200", "field": "clinic", "value": "own", "version": 2} -> 403 auth.not_allowed

# What was filed stands as it was, whatever is answered afterwards; on paper and as a workbook.
as      chen
PUT     /api/returns/village_quarter/answers {"term": "2025-Q1", "area": "513431100200", "field": "cooperatives", "value": "3", "version": 1} -> 200 {"origin": "typed"}
GET     /api/returns/village_basics?term=2025 -> 200 {"return": {"state": "accepted"}, "sections": [{"fields": [{"name": "cooperatives", "value": "2"}]}]}
GET     /api/returns/village_basics/sheet?term=2025 -> 200
GET     /api/returns/village_basics/paper?term=2025 -> 200

# A township's: small counts of people stay hidden above the village, and count as known.
as      luo
GET     /api/returns/township_quarter?term=2025-Q1&area=513431100 -> 200 {"sections": [{"fields": [{"name": "households", "hidden": true, "asked": false}]}]}
audit   returns.answer, returns.submit, returns.send_back, returns.accept
