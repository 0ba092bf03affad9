story   packs: a demonstration village within its quota, a campaign's venues, a school's matrix, and a child out of school who becomes a clue
given   county 513431, today 2025-04-01
user    officer  county_officer    513431
user    chen     village_officer   513431100200
user    luo      township_reviewer 513431100

as      officer
UPLOAD  /api/registry/imports file=tests/data/feeds/户信息.csv file=tests/data/feeds/成员信息.csv -> 202
keep    job = /job
keep    import = /id
wait    {job} -> done
POST    /api/registry/imports/{import}/apply -> 202
keep    job = /job
wait    {job} -> done
GET     /api/programmes -> 200 {"items": [{"name": "continuity"}, {"name": "education"}, {"name": "environment"}, {"name": "governance"}, {"name": "relocation"}], "broken": []}
GET     /api/registry/households?area=513431100200 -> 200
keep    home = /items/0/id
GET     /api/registry/households/{home} -> 200
keep    child = /members/0/id

# Figures that were printed, and what is derived from them.
GET     /api/programmes/governance -> 200 {"figures": [{"value": "44", "derived": true}, {"value": "20", "qualifier": "over"}], "outlines": [{"branches": [{"number": "一", "known": false}, {"number": "四", "known": true}, {"number": "五", "known": false}]}]}
GET     /api/programmes/education -> 200 {"figures": [{"value": "87.08", "unit": "%", "derived": true}, {"value": "8.00", "unit": "节/所"}, {"value": "13.00", "unit": "人/班"}]}
GET     /api/programmes/continuity -> 200 {"figures": [{"value": "692.31", "unit": "斤/亩"}]}
GET     /api/programmes/relocation -> 200 {"figures": [{"value": "353200", "unit": "人"}]}

# A demonstration village: a passing score first, no veto, and a place within the quota.
as      chen
POST    /api/programmes/governance/records {"register": "demo_village", "area": "513431100200", "values": {"batch": "second", "veto_gang": "yes", "veto_petition": "no", "veto_duty": "no", "veto_safety": "no", "recommended_on": "2025-03-30"}, "key": "v"} -> 201 {"state": {"code": "self_assessed"}}
keep    village = /id
POST    /api/programmes/governance/records {"register": "demo_township", "area": "513431100200", "values": {"batch": "second", "veto_gang": "no", "veto_petition": "no", "veto_duty": "no", "veto_safety": "no"}, "key": "t"} -> 422 programmes.township_needed
POST    /api/programmes/governance/records {"register": "village_comment", "parent": "{village}", "values": {"department": "justice", "opinion": "agree"}, "key": "c"} -> 201
as      luo
POST    /api/programmes/governance/records/{village}/steps {"version": 1, "action": "review"} -> 409 programmes.not_passed
POST    /api/programmes/governance/activities {"kind": "village_assessment", "record": "{village}", "on": "2025-04-01", "points": {"party": 18, "self_government": 14, "law": 14, "culture": 14, "development": 14, "order": 14}, "key": "s"} -> 201 {"score": 88, "passed": true}
POST    /api/programmes/governance/records/{village}/steps {"version": 1, "action": "review"} -> 200 {"state": {"code": "township_reviewed"}}
as      officer
POST    /api/programmes/governance/records/{village}/steps {"version": 2, "action": "recommend"} -> 409 programmes.step_holds
as      chen
PATCH   /api/programmes/governance/records/{village} {"version": 2, "values": {"veto_gang": "no"}} -> 200
as      officer
POST    /api/programmes/governance/records/{village}/steps {"version": 3, "action": "recommend"} -> 409 programmes.not_heard

# The same venue twice counts once.
POST    /api/programmes/governance/records {"register": "campaign", "area": "513431000000", "subject": "扫黑除恶宣传", "values": {"issuer": "县扫黑办", "begins_on": "2025-03-01", "ends_on": "2025-05-01", "target_shop": "10"}, "key": "k"} -> 201
keep    campaign = /id
POST    /api/programmes/governance/records {"register": "visit", "parent": "{campaign}", "values": {"venue_type": "shop", "venue": "东街超市", "on": "2025-03-02", "people": "12"}, "key": "k1"} -> 201
POST    /api/programmes/governance/records {"register": "visit", "parent": "{campaign}", "values": {"venue_type": "shop", "venue": "东街超市", "on": "2025-03-09", "people": "7"}, "key": "k2"} -> 201
GET     /api/programmes/governance -> 200 {"indicators": [{"name": "visited_shop", "numerator": 1, "denominator": 10, "percent": "10.00"}]}

# A commitment that is late says so.
POST    /api/programmes/governance/records {"register": "conference", "area": "513431000000", "subject": "新闻发布会", "values": {"held_on": "2025-03-01"}, "key": "p"} -> 201
keep    conference = /id
POST    /api/programmes/governance/records {"register": "commitment", "parent": "{conference}", "values": {"text": "示范带建设", "owner": "县乡村振兴局", "due_on": "2025-03-31"}, "key": "p1"} -> 201 {"overdue": true}

# Schools: a small central school is told from the others, and the matrix shows the gaps of a township.
POST    /api/programmes/education/records {"register": "school", "area": "513431100000", "subject": "新城镇中心小学", "values": {"kind": "primary", "central": "yes", "pupils": "78", "classes": "6", "continuity_pilot": "no", "recognised": "yes"}, "key": "e"} -> 201
GET     /api/programmes/education -> 200 {"indicators": [{"name": "class_size", "average": "13.00", "per": "班", "percent": null}, {"name": "small_with_central", "numerator": 1}, {"name": "small_without_central", "numerator": 0}],
        "matrices": [{"name": "three_good", "rows": [{"area": {"code": "513431100000"}, "counts": [0, 1, 0]}]}]}
# A school that nobody recognised is in no number of the matrix, nor in the list behind one.
POST    /api/programmes/education/records {"register": "school", "area": "513431100000", "subject": "新城镇第二小学", "values": {"kind": "primary", "central": "no", "pupils": "300", "classes": "6", "continuity_pilot": "no", "recognised": "no"}, "key": "e2"} -> 201
GET     /api/programmes/education/records?matrix=three_good&value=primary&area=513431100000 -> 200 {"total": 1, "items": [{"about": "新城镇中心小学"}]}
GET     /api/programmes/education/records?matrix=nothing&value=primary -> 404 programmes.no_list

# A township has its own line in the matrix, never one for each of its villages; a village has none.
as      luo
GET     /api/programmes/education -> 200 {"matrices": [{"name": "three_good", "rows": [{"area": {"code": "513431100000"}, "counts": [0, 1, 0]}]}]}
# Of a year a township says its children once; the rate is that of its latest year, never a sum over years.
POST    /api/programmes/education/records {"register": "enrolment", "area": "513431100000", "values": {"year": "2023", "enrolled": "50", "population": "100"}, "key": "y1"} -> 201
POST    /api/programmes/education/records {"register": "enrolment", "area": "513431100000", "values": {"year": "2023", "enrolled": "60", "population": "100"}, "key": "y2"} -> 409 programmes.entered_before
POST    /api/programmes/education/records {"register": "enrolment", "area": "513431100000", "values": {"year": "2024", "enrolled": "90", "population": "100"}, "key": "y3"} -> 201
keep    later = /id
GET     /api/programmes/education -> 200 {"indicators": [{"name": "gross_enrolment", "numerator": 90, "denominator": 100, "percent": "90.00"}]}
GET     /api/programmes/education/records?indicator=gross_enrolment -> 200 {"total": 1, "items": [{"id": "{later}"}]}
PATCH   /api/programmes/education/records/{later} {"version": 1, "values": {"year": "2023"}} -> 409 programmes.entered_before
PATCH   /api/programmes/education/records/{later} {"version": 1, "values": {"enrolled": "91"}} -> 200

# A child out of school becomes a clue, once.
as      chen
POST    /api/programmes/education/records {"register": "pupil", "person": "{child}", "values": {"year": "2025", "status": "in_school"}, "key": "u"} -> 201
keep    pupil = /id
GET     /api/clues -> 200 {"total": 0}
PATCH   /api/programmes/education/records/{pupil} {"version": 1, "values": {"status": "out"}} -> 200
GET     /api/clues -> 200 {"total": 1, "items": [{"household": {"id": "{home}"}}]}
PATCH   /api/programmes/education/records/{pupil} {"version": 2, "values": {"school": "中心小学"}} -> 200
GET     /api/clues -> 200 {"total": 1}

# A house for the same dwelling by two programmes.
as      officer
POST    /api/programmes/relocation/records {"register": "household", "household": "{home}", "values": {"moved_on": "2019-10-01", "site": "安置点", "labour": "2", "working": "1", "has_worker": "yes", "certificate": "yes"}, "key": "h"} -> 201
POST    /api/programmes/continuity/records {"register": "house_repair", "household": "{home}", "values": {"year": "2025", "grade": "d", "amount": "26000"}, "key": "r"} -> 201
GET     /api/aid/twice -> 200 {"total": 1, "items": [{"household": "{home}", "rows": [{"register": "household", "receiver": "dwelling"}, {"register": "house_repair"}]}]}

# Sown and not yet harvested: no output is no nought.
POST    /api/programmes/continuity/records {"register": "grain", "area": "513431100000", "values": {"year": "2025", "target_area": "1000", "area": "900", "target_output": "600000"}, "key": "g"} -> 201
keep    grain = /id
GET     /api/programmes/continuity -> 200 {"indicators": [{"name": "grain_area", "percent": "90.00"}, {"name": "grain_output", "numerator": 0, "denominator": 600000, "percent": null}, {"name": "grain_yield", "average": null}]}
PATCH   /api/programmes/continuity/records/{grain} {"version": 1, "values": {"output": "630000"}} -> 200
GET     /api/programmes/continuity -> 200 {"indicators": [{"name": "grain_area"}, {"name": "grain_output", "percent": "105.00"}, {"name": "grain_yield", "average": "700.00"}]}
