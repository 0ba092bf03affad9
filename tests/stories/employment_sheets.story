story   employment: posts and wishes as sheets, whole or not at all, every fault with its row; sent again, nothing comes twice
given   county 513431, today 2025-03-03
user    officer  county_officer    513431
user    chen     village_officer   513431100200
user    other    county_officer    513431
user    elsewhere village_officer  513431101200

as      officer
UPLOAD  /api/registry/imports file=tests/data/employment/户信息.csv file=tests/data/employment/成员信息.csv -> 202
keep    job = /job
keep    import = /id
wait    {job} -> done
POST    /api/registry/imports/{import}/apply -> 202
keep    job = /job
wait    {job} -> done

# Posts.
as      chen
UPLOAD  /api/employment/sheets/posts file=tests/data/employment/岗位有误.csv -> 200 {"accepted": false, "rows": 4, "changed": 0, "faults": [{"row": 4, "id": "employment.cell_wrong"}, {"row": 5, "id": "areas.unknown"}, {"row": 6, "id": "employment.post_twice"}]}
GET     /api/employment/posts?state=every -> 200 {"total": 0}
UPLOAD  /api/employment/sheets/posts file=tests/data/employment/户信息.csv -> 422 table.missing_columns
as      officer
UPLOAD  /api/employment/sheets/posts file=tests/data/employment/岗位.csv -> 200 {"accepted": true, "rows": 2, "changed": 2}
UPLOAD  /api/employment/sheets/posts file=tests/data/employment/岗位.csv -> 200 {"accepted": true, "rows": 2, "changed": 0}
GET     /api/employment/posts?state=every -> 200 {"total": 2, "items": [{"title": "护林员", "kind": {"code": "public"}, "hours": 80}, {"title": "缝纫工", "wage_fen": 320000, "openings": 12}]}
as      other
UPLOAD  /api/employment/sheets/posts file=tests/data/employment/岗位.csv -> 200 {"accepted": true, "rows": 2, "changed": 0}

# Wishes, by ID number.
as      officer
UPLOAD  /api/employment/sheets/wishes file=tests/data/employment/就业意愿.csv -> 200 {"accepted": true, "rows": 2, "changed": 2}
UPLOAD  /api/employment/sheets/wishes file=tests/data/employment/就业意愿.csv -> 200 {"accepted": true, "rows": 2, "changed": 0}
as      elsewhere
UPLOAD  /api/employment/sheets/wishes file=tests/data/employment/就业意愿.csv -> 200 {"accepted": false, "faults": [{"row": 2, "id": "employment.no_person"}, {"row": 3, "id": "employment.no_person"}]}
as      chen
UPLOAD  /api/employment/sheets/wishes file=tests/data/employment/就业意愿有误.csv -> 200 {"accepted": false, "changed": 0, "faults": [{"row": 2, "id": "employment.name_differs"}, {"row": 3, "id": "employment.asked_before"}, {"row": 4, "id": "employment.person_twice"}, {"row": 5, "id": "employment.cell_wrong"}]}
GET     /api/employment/people?area=513431100200&state=wants_job -> 200 {"total": 2, "items": [{"name": "王秀英"}, {"name": "勒格老六"}]}
keep    lao = /items/1/id
GET     /api/employment/people/{lao} -> 200 {"profile": {"wants_job": true, "reach": {"code": "township"}, "skills": [{"code": "planting"}, {"code": "breeding"}], "wage_fen": 280000, "bears": "***"}}
audit   employment.post, employment.profile
