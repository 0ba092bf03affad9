story   what is wrong in the register is somebody's work until it is mended
given   county 513431, today 2025-04-01
user    officer  county_officer    513431
user    chen     village_officer   513431100200
user    elsewhere village_officer  513431101200
user    narrow   county_officer    513431101
user    leader   county_leader     513431

as      officer
UPLOAD  /api/registry/imports file=tests/data/feeds/户信息.csv file=tests/data/feeds/成员信息.csv -> 202
keep    job = /job
keep    import = /id
wait    {job} -> done
POST    /api/registry/imports/{import}/apply -> 202
keep    job = /job
wait    {job} -> done
GET     /api/quality -> 200 {"total": 0, "run": null}

# One is said to have left, and is still active.
POST    /api/registry/search {"q": "5134310001"} -> 200
keep    household = /items/0/id
GET     /api/registry/households/{household} -> 200
keep    version = /version
keep    person = /members/0/id
POST    /api/registry/households/{household}/changes {"version": {version}, "since": "2025-03-01", "reason": "走访", "changes":
        [{"person": "{person}", "field": "left_on", "value": "2025-03-01"}]} -> 200
as      narrow
POST    /api/quality/runs -> 404 areas.unknown
as      leader
POST    /api/quality/runs -> 403 auth.not_allowed
as      officer
POST    /api/quality/runs -> 202
keep    job = /job
wait    {job} -> done
as      chen
GET     /api/quality?rule=DQ10 -> 200 {"total": 1, "overdue": 0, "items": [{"rule": {"code": "DQ10", "label": "已去世或离开，仍为在册"},
        "household": {"head_name": "吉克·阿依"}, "person": "{person}", "owner": {"code": "village"}, "found_on": "2025-04-01",
        "due_on": "2025-04-11"}], "by_rule": [{"rule": {"code": "DQ10"}, "count": 1}]}
POST    /api/quality/runs -> 403 auth.not_allowed
as      elsewhere
GET     /api/quality -> 200 {"total": 0}

# Nobody mends it: it stays the same finding, and overdue.
today   2025-04-12
as      officer
POST    /api/quality/runs -> 202
keep    job = /job
wait    {job} -> done
GET     /api/quality?rule=DQ10&overdue=true -> 200 {"total": 1, "items": [{"found_on": "2025-04-01", "overdue": true}]}

# Mended, it is gone.
GET     /api/registry/households/{household} -> 200
keep    version = /version
POST    /api/registry/households/{household}/changes {"version": {version}, "since": "2025-04-12", "reason": "更正", "changes":
        [{"person": "{person}", "field": "left_on", "value": ""}]} -> 200
POST    /api/quality/runs -> 202
keep    job = /job
wait    {job} -> done
GET     /api/quality?rule=DQ10 -> 200 {"total": 0, "run": {"gone": 1, "as_of": "2025-04-12"}}
audit   quality.run
