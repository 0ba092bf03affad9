story   an administrator opens accounts, each within bounds
given   county 513431, today 2025-03-03
user    admin system_admin 513431
user    admin2 system_admin 513431
user    luo auditor 513431
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
GET     /api/users -> 200 {"items": [{"account": "wang", "name": "王芳", "must_change_password": true}, {"account": "admin", "must_change_password": false}]}
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
# Whoever was given a password changes it before anything else.
POST    /api/session {"account": "lin", "password": "another-one"} -> 200 {"user": {"must_change_password": true}}
as      admin2
GET     /api/users -> 200 {"items": [{"account": "lin", "must_change_password": true}, {"account": "admin", "must_change_password": false}]}
POST    /api/users {"account": "lin2", "name": "林海", "password": "lin2-password", "grants":
        [{"role": "village_officer", "area": "513431100200"}]} -> 201 {"must_change_password": true}
keep    lin2 = /id
as      lin2
GET     /api/session -> 200 {"user": {"must_change_password": true}}
GET     /api/clues -> 403 auth.password_to_change
GET     /api/areas/513431000000 -> 403 auth.password_to_change
POST    /api/session/password {"old": "lin2-password", "new": "lin2-password"} -> 422 auth.same_password
GET     /api/clues -> 403 auth.password_to_change
POST    /api/session/password {"old": "lin2-password", "new": "only-I-know-it"} -> 204
GET     /api/session -> 200 {"user": {"must_change_password": false}}
GET     /api/clues -> 200
GET     /api/audit -> 403 auth.not_allowed

# Another role, another area: what the account had ends at once, with its sessions.
POST    /api/users/{lin2}/grants {"grants": [{"role": "auditor", "area": "513431"}]} -> 403 auth.not_allowed
as      admin2
POST    /api/users/{lin2}/grants {"grants": []} -> 422 auth.no_grant
POST    /api/users/{lin2}/grants {"grants": [{"role": "village_officer", "area": "513431"}]} -> 422 auth.area_too_wide
POST    /api/users/{lin2}/grants {"grants": [{"role": "county_officer", "area": "513432"}]} -> 403 auth.area_outside
POST    /api/users/{lin2}/grants {"grants": [{"role": "auditor", "area": "513431"}, {"role": "county_officer", "area": "513431"}]} -> 409 auth.roles_exclude
POST    /api/users/999/grants {"grants": [{"role": "auditor", "area": "513431"}]} -> 404 auth.no_such_user
POST    /api/users/{lin2}/grants {"grants": [{"role": "auditor", "area": "513431"}]} -> 200 {"grants": [{"role": "auditor"}]}
audit   user:{lin2} has auth.add_user, auth.set_grants
# Where the role was and where it is now.
as      luo
GET     /api/audit?action=auth.set_grants&object=user:{lin2} -> 200 {"items": [{"area": "513431100200"}, {"area": "513431000000"}]}
audit   auth.deactivate, auth.reactivate, auth.set_password, auth.change_password
