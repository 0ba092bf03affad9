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
