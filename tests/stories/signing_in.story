story   who is let in, who is not, and what is seen of it
given   county 513431, today 2025-03-03
user    chen village_officer 513431100200
user    luo  auditor         513431

as      nobody
GET     /api/meta -> 200 {"area": {"code": "513431000000", "name": "昭觉县"}, "today": "2025-03-03", "demo": false}
GET     /api/session -> 401 auth.signed_out
GET     /api/areas/513431000000 -> 401 auth.signed_out
POST    /api/session {"account": "chen"} -> 422 http.missing_field
POST    /api/session {"account": "chen", "password": 7} -> 422 http.wrong_type
POST    /api/session {"account": "chen", "password": "guess"} -> 403 auth.wrong_password
POST    /api/session {"account": "nobody-of-that-name", "password": "guess"} -> 403 auth.wrong_password

as      chen
GET     /api/session -> 200 {"user": {"account": "chen", "grants": [{"role": "village_officer", "role_title": "村信息员"}]},
        "rights": ["signed_in"]}
GET     /api/areas/search?q=zjx&level=county -> 200 {"items": [{"code": "513431000000", "name": "昭觉县"}]}
GET     /api/areas/search?q=zjx&level=street -> 422 http.bad_parameter
GET     /api/areas/513431000000 -> 200 {"name": "昭觉县", "level": "county", "parents": [{"name": "四川省"}],
        "children": [{"level": "township"}]}
GET     /api/areas/513499000000 -> 404 http.no_such_thing
GET     /api/areas/../etc -> 404 http.no_such_thing
GET     /api/audit -> 403 auth.not_allowed
GET     /api/users -> 403 auth.not_allowed
GET     /api/jobs/1 -> 404 jobs.no_such_job
FORGED  DELETE /api/session -> 403 http.csrf
DELETE  /api/session -> 204
GET     /api/session -> 401 auth.signed_out

# Five wrong passwords within a quarter of an hour close the account's door, for the right one too; later it opens.
as      nobody
POST    /api/session {"account": "chen", "password": "1"} -> 403 auth.wrong_password
POST    /api/session {"account": "chen", "password": "2"} -> 403 auth.wrong_password
POST    /api/session {"account": "chen", "password": "3"} -> 403 auth.wrong_password
POST    /api/session {"account": "chen", "password": "4"} -> 403 auth.wrong_password
POST    /api/session {"account": "chen", "password": "5"} -> 403 auth.wrong_password
POST    /api/session {"account": "chen", "password": "chen-password"} -> 503 auth.throttled
later   16 min
POST    /api/session {"account": "chen", "password": "chen-password"} -> 200

as      luo
GET     /api/audit?action=auth.sign_in -> 200 {"items": [{"account": "chen", "action_label": "登录"}, {"account": "luo"}]}
GET     /api/audit/verdict -> 200 {"breaks": []}
later   13 h
GET     /api/session -> 401 auth.signed_out

audit   auth.add_user, auth.sign_in, auth.sign_in_refused, auth.sign_out
