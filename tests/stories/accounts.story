story   an administrator opens accounts, each within bounds
given   county 513431, today 2025-03-03
user    admin system_admin 513431
as      admin
POST    /api/users {"account": "wang", "name": "王芳", "password": "long-enough", "grants":
        [{"role": "county_officer", "area": "513431"}]} -> 201 {"account": "wang", "active": true}
POST    /api/users {"account": "wang", "name": "王芳", "password": "long-enough", "grants":
        [{"role": "county_officer", "area": "513431"}]} -> 409 auth.account_taken
POST    /api/users {"account": "li", "name": "李四", "password": "short", "grants":
        [{"role": "county_officer", "area": "513431"}]} -> 422 auth.weak_password
POST    /api/users {"account": "li", "name": "李四", "password": "long-enough", "grants":
        [{"role": "emperor", "area": "513431"}]} -> 422 auth.no_such_role
POST    /api/users {"account": "li", "name": "李四", "password": "long-enough", "grants":
        [{"role": "county_officer", "area": "513432"}]} -> 403 auth.area_outside
POST    /api/users {"account": "li", "name": "李四", "password": "long-enough", "grants": ["x"]} -> 422 http.wrong_type
GET     /api/users -> 200 {"items": [{"account": "wang", "name": "王芳"}, {"account": "admin"}]}
audit   auth.add_user

# Who may have what; an account ended and let in again; a forgotten password; one's own.
GET     /api/users/choices -> 200 {"roles": [{"role": "department_clerk", "widest": "prefecture", "department": true}],
        "departments": [{"code": "medical_insurance"}]}
POST    /api/users {"account": "lin", "name": "林海", "password": "long-enough", "grants":
        [{"role": "village_officer", "area": "513431100200"}]} -> 201
keep    lin = /id
POST    /api/users/{lin}/deactivate {} -> 200 {"active": false}
as      nobody
POST    /api/session {"account": "lin", "password": "long-enough"} -> 403 auth.wrong_password
as      admin
POST    /api/users/{lin}/reactivate {} -> 200 {"active": true}
POST    /api/users/{lin}/password {"password": "short"} -> 422 auth.weak_password
POST    /api/users/{lin}/password {"password": "another-one"} -> 200 {"account": "lin"}
POST    /api/users/999/deactivate {} -> 404 auth.no_such_user
POST    /api/session/password {"old": "not-it-at-all", "new": "admin-password-2"} -> 403 auth.wrong_password
POST    /api/session/password {"old": "admin-password", "new": "short"} -> 422 auth.weak_password
POST    /api/session/password {"old": "admin-password", "new": "admin-password-2"} -> 204
GET     /api/session -> 200
as      nobody
POST    /api/session {"account": "lin", "password": "another-one"} -> 200
audit   auth.deactivate, auth.reactivate, auth.set_password, auth.change_password
