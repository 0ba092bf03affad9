story   a loan is about to mature: pointed out while its household has an open case, to those who may read that case, and never to the bank
include casework/opened.steps
user    clerk     bank_operator     513431
user    manager   bank_operator     513431
user    luo       township_reviewer 513431100
user    elsewhere village_officer   513431101200

as      office
POST    /api/loans/banks {"area": "513431", "name": "昭觉农商银行"} -> 201
keep    bank = /id
POST    /api/loans/banks/{bank}/clerks {"account": "clerk"} -> 204
POST    /api/loans/banks/{bank}/clerks {"account": "manager"} -> 204
as      chen
POST    /api/loans/files {"person": "{person}", "bank": "{bank}", "scheme": "startup_support", "amount_fen": 2000000, "months": 3, "use": "production", "what": "购买鸡苗", "key": "a"} -> 201 {"matures_in": null}
keep    loan = /id
POST    /api/loans/files/{loan}/steps {"version": 1, "action": "check_village", "credit": "good"} -> 200
as      luo
POST    /api/loans/files/{loan}/steps {"version": 2, "action": "recommend"} -> 200
as      clerk
POST    /api/loans/files/{loan}/steps {"version": 3, "action": "approve", "amount_fen": 2000000, "months": 3, "rate": "0.0385", "repayment": "interest_only", "months_between": 3} -> 200
as      manager
POST    /api/loans/files/{loan}/steps {"version": 4, "action": "disburse", "contract_number": "XD-2021-009", "id_number": "513431195002030345", "account": "6217996510001234572"} -> 200 {"maturity": "2021-09-01", "matures_in": null}
# Another household's loan of the same days; nobody has a case open for it.
as      chen
POST    /api/registry/search {"q": "吉克·阿依"} -> 200
keep    other = /items/0/id
GET     /api/registry/households/{other} -> 200
keep    ayi = /members/0/id
POST    /api/loans/files {"person": "{ayi}", "bank": "{bank}", "scheme": "microloan", "amount_fen": 1000000, "months": 3, "use": "production", "what": "购买仔猪", "key": "b"} -> 201
keep    calm = /id
POST    /api/loans/files/{calm}/steps {"version": 1, "action": "check_village", "credit": "good"} -> 200
as      luo
POST    /api/loans/files/{calm}/steps {"version": 2, "action": "recommend"} -> 200
as      clerk
POST    /api/loans/files/{calm}/steps {"version": 3, "action": "approve", "amount_fen": 1000000, "months": 3, "rate": "0.0385", "repayment": "at_maturity", "months_between": 1} -> 200
as      manager
POST    /api/loans/files/{calm}/steps {"version": 4, "action": "disburse", "contract_number": "XD-2021-010", "id_number": "513431198003010120", "account": "6217996510001234564"} -> 200 {"maturity": "2021-09-01"}

# Thirty days before, and not one day earlier.
today   2021-08-01
as      chen
GET     /api/loans/files?matures_soon=true -> 200 {"total": 0, "items": []}
today   2021-08-02
as      chen
GET     /api/loans/files?matures_soon=true -> 200 {"total": 1, "outstanding_fen": 2000000, "items": [{"id": "{loan}", "matures_in": 30}]}
GET     /api/loans/files/{loan} -> 200 {"matures_in": 30}
GET     /api/loans/files?household={household} -> 200 {"items": [{"matures_in": 30}]}
as      office
GET     /api/loans/files?matures_soon=true&bank={bank} -> 200 {"total": 1, "items": [{"matures_in": 30}]}
as      elsewhere
GET     /api/loans/files?matures_soon=true -> 200 {"total": 0}
# The bank sees its loan and when it matures, and nothing of the household's case.
as      clerk
GET     /api/loans/files -> 200 {"total": 2, "items": [{"id": "{loan}", "maturity": "2021-09-01", "matures_in": null}]}
GET     /api/loans/files?matures_soon=true -> 200 {"total": 0}

# Overdue is told as overdue.
today   2021-09-01
as      chen
GET     /api/loans/files?matures_soon=true -> 200 {"total": 1, "items": [{"matures_in": 0, "days_overdue": 0}]}
today   2021-09-02
as      chen
GET     /api/loans/files?matures_soon=true -> 200 {"total": 0}
GET     /api/loans/files?overdue=true -> 200 {"total": 2, "items": [{"id": "{loan}", "matures_in": null, "days_overdue": 1}]}
