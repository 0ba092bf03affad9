story   inputs go out in kind, grain comes in, the rest goes to the loan and into the grower's own account: every fen of two seasons
given   county 513431, today 2021-03-01
user    officer   county_officer    513431
user    clerk     bank_operator     513431
user    manager   bank_operator     513431
user    rival     bank_operator     513431
user    chen      village_officer   513431100200
user    luo       township_reviewer 513431100
user    elsewhere village_officer   513431101200

as      officer
UPLOAD  /api/registry/imports file=tests/data/feeds/户信息.csv file=tests/data/feeds/成员信息.csv -> 202
keep    job = /job
keep    import = /id
wait    {job} -> done
POST    /api/registry/imports/{import}/apply -> 202
keep    job = /job
wait    {job} -> done
POST    /api/registry/search {"q": "吉克·阿依"} -> 200
keep    home = /items/0/id
GET     /api/registry/households/{home} -> 200
keep    ayi = /members/0/id
POST    /api/registry/search {"q": "王秀英"} -> 200
keep    other = /items/0/id
GET     /api/registry/households/{other} -> 200
keep    wang = /members/0/id
POST    /api/loans/banks {"area": "513431", "name": "昭觉农商银行"} -> 201
keep    bank = /id
POST    /api/loans/banks {"area": "513431", "name": "邮储银行昭觉支行"} -> 201
keep    post = /id
POST    /api/loans/banks/{bank}/clerks {"account": "clerk"} -> 204
POST    /api/loans/banks/{bank}/clerks {"account": "manager"} -> 204
POST    /api/loans/banks/{post}/clerks {"account": "rival"} -> 204

# The loan whose money bought the inputs.
as      chen
POST    /api/loans/files {"person": "{ayi}", "bank": "{bank}", "scheme": "microloan", "amount_fen": 2000000, "months": 12, "use": "production", "what": "购买种子化肥", "key": "a"} -> 201
keep    loan = /id
POST    /api/loans/files/{loan}/steps {"version": 1, "action": "check_village", "credit": "good"} -> 200
as      luo
POST    /api/loans/files/{loan}/steps {"version": 2, "action": "recommend"} -> 200
as      clerk
POST    /api/loans/files/{loan}/steps {"version": 3, "action": "approve", "amount_fen": 2000000, "months": 12, "rate": "0.0385", "repayment": "at_maturity", "months_between": 1} -> 200
as      manager
POST    /api/loans/files/{loan}/steps {"version": 4, "action": "disburse", "contract_number": "XD-2021-010", "id_number": "513431198003010120", "account": "6217996510001234564"} -> 200

# The county names the company; a village cannot.
as      chen
POST    /api/loans/buyers {"area": "513431", "name": "固始县粮油集团"} -> 403
as      officer
POST    /api/loans/buyers {"area": "513431", "name": "昭"} -> 422 finance.buyer_name_missing
POST    /api/loans/buyers {"area": "513431", "name": "昭觉粮油集团"} -> 201
keep    buyer = /id
POST    /api/loans/buyers {"area": "513431", "name": "昭觉粮油集团"} -> 409 finance.buyer_exists
POST    /api/loans/orders/sheet -> 404 finance.no_orders_to_export

as      chen
GET     /api/loans/buyers -> 200 {"items": [{"id": "{buyer}", "name": "昭觉粮油集团"}]}
# What no contract can be.
POST    /api/loans/orders {"person": "{ayi}", "buyer": "{buyer}", "crop": "小麦", "year": 2021, "mu": "12.5", "kg": "6000", "pricing": "floor", "price": "2.60", "first_day": "2021-06-01", "last_day": "2021-09-30", "signed_on": "2021-03-02", "account": "6217996510001234564", "account_name": "吉克·阿依", "key": "o"} -> 422 finance.future_date
POST    /api/loans/orders {"person": "{ayi}", "buyer": "{buyer}", "crop": "小麦", "year": 2021, "mu": "-12.5", "kg": "6000", "pricing": "floor", "price": "2.60", "first_day": "2021-06-01", "last_day": "2021-09-30", "account": "6217996510001234564", "account_name": "吉克·阿依", "key": "o"} -> 422 finance.out_of_range
POST    /api/loans/orders {"person": "{ayi}", "buyer": "{buyer}", "crop": "小麦", "year": 2021, "mu": "12.5", "kg": "6000", "pricing": "floor", "price": "2.60", "first_day": "2021-09-30", "last_day": "2021-06-01", "account": "6217996510001234564", "account_name": "吉克·阿依", "key": "o"} -> 422 finance.window_wrong
POST    /api/loans/orders {"person": "{ayi}", "buyer": "{buyer}", "crop": "小麦", "year": 2021, "mu": "12.5", "kg": "6000", "pricing": "floor", "price": "2.60", "first_day": "2021-06-01", "last_day": "2021-09-30", "account": "6217996510001234564", "account_name": "王秀英", "key": "o"} -> 422 finance.account_of_another
POST    /api/loans/orders {"person": "{ayi}", "buyer": "{buyer}", "crop": "小麦", "year": 2021, "mu": "12.5", "kg": "6000", "pricing": "dear", "price": "2.60", "first_day": "2021-06-01", "last_day": "2021-09-30", "account": "6217996510001234564", "account_name": "吉克·阿依", "key": "o"} -> 422 finance.no_such_pricing
POST    /api/loans/orders {"person": "{wang}", "buyer": "{buyer}", "crop": "小麦", "year": 2021, "mu": "12.5", "kg": "6000", "pricing": "floor", "price": "2.60", "first_day": "2021-06-01", "last_day": "2021-09-30", "account": "6217996510001234564", "account_name": "王秀英", "loan": "{loan}", "key": "o"} -> 404 finance.no_such_loan
POST    /api/loans/orders {"person": "{ayi}", "buyer": "999", "crop": "小麦", "year": 2021, "mu": "12.5", "kg": "6000", "pricing": "floor", "price": "2.60", "first_day": "2021-06-01", "last_day": "2021-09-30", "account": "6217996510001234564", "account_name": "吉克·阿依", "key": "o"} -> 404 finance.no_such_buyer

POST    /api/loans/orders {"person": "{ayi}", "buyer": "{buyer}", "crop": "小麦", "year": 2021, "mu": "12.5", "kg": "6000", "pricing": "floor", "price": "2.60", "first_day": "2021-06-01", "last_day": "2021-09-30", "account": "6217996510001234564", "account_name": "吉克·阿依", "loan": "{loan}", "key": "o"} -> 201 {"state": {"code": "growing"}, "account_masked": "**** **** **** 4564", "loan_owed_fen": 2000000, "policies": [], "may_enter": true, "steps": [{"code": "settle"}, {"code": "cancel", "missing": []}]}
keep    order = /id
POST    /api/loans/orders {"person": "{ayi}", "buyer": "{buyer}", "crop": "小麦", "year": 2021, "mu": "12.5", "kg": "6000", "pricing": "floor", "price": "2.60", "first_day": "2021-06-01", "last_day": "2021-09-30", "account": "6217996510001234564", "account_name": "吉克·阿依", "key": "o"} -> 201 {"id": "{order}"}
POST    /api/loans/orders {"person": "{ayi}", "buyer": "{buyer}", "crop": "小麦", "year": 2021, "mu": "1", "kg": "500", "pricing": "fixed", "price": "2.60", "first_day": "2021-06-01", "last_day": "2021-09-30", "account": "6217996510001234564", "account_name": "吉克·阿依", "key": "other"} -> 409 finance.order_exists
POST    /api/loans/orders {"person": "{wang}", "buyer": "{buyer}", "crop": "小麦", "year": 2021, "mu": "5", "kg": "2500", "pricing": "fixed", "price": "2.50", "first_day": "2021-06-01", "last_day": "2021-09-30", "signed_on": "2021-02-20", "account": "6217996510001234572", "account_name": "王秀英", "key": "w"} -> 201
keep    poor = /id

# Inputs go out; one was written down twice and is taken back.
today   2021-03-05
as      chen
POST    /api/loans/orders/{order}/lines {"kind": "input", "on": "2021-03-06", "item": "复合肥", "quantity": "10", "unit": "袋", "price": "165", "slip": "F-001", "key": "i1"} -> 422 finance.future_date
POST    /api/loans/orders/{order}/lines {"kind": "input", "on": "2021-02-28", "item": "复合肥", "quantity": "10", "unit": "袋", "price": "165", "slip": "F-001", "key": "i1"} -> 422 finance.before_signing
POST    /api/loans/orders/{order}/lines {"kind": "input", "on": "2021-03-05", "item": "复合肥", "quantity": "10", "unit": "", "price": "165", "slip": "F-001", "key": "i1"} -> 422 finance.order_text_missing
POST    /api/loans/orders/{order}/lines {"kind": "input", "on": "2021-03-05", "item": "复合肥", "quantity": "10", "unit": "袋", "price": "165", "slip": "F-001", "key": "i1"} -> 200 {"inputs_fen": 165000}
POST    /api/loans/orders/{order}/lines {"kind": "input", "on": "2021-03-05", "item": "复合肥", "quantity": "10", "unit": "袋", "price": "165", "slip": "F-001", "key": "i1"} -> 200 {"inputs_fen": 165000}
POST    /api/loans/orders/{order}/lines {"kind": "input", "on": "2021-03-05", "item": "复合肥", "quantity": "10", "unit": "袋", "price": "165", "slip": "F-001", "key": "i2"} -> 409 finance.slip_used
POST    /api/loans/orders/{order}/lines {"kind": "input", "on": "2021-03-05", "item": "种子", "quantity": "50", "unit": "公斤", "price": "92", "slip": "F-002", "key": "i3"} -> 200 {"inputs_fen": 625000}
keep    wrong = /lines/1/id
POST    /api/loans/orders/{order}/lines/{wrong}/take_back {"reason": ""} -> 422 finance.note_missing
POST    /api/loans/orders/{poor}/lines/{wrong}/take_back {"reason": "单价多写一位"} -> 404 finance.no_such_line
POST    /api/loans/orders/{order}/lines/{wrong}/take_back {"reason": "单价多写一位"} -> 200 {"inputs_fen": 165000, "lines": [{"taken_back": null}, {"item": "种子", "taken_back": {"on": "2021-03-05", "by": "chen", "reason": "单价多写一位"}}]}
POST    /api/loans/orders/{order}/lines/{wrong}/take_back {"reason": "单价多写一位"} -> 409 finance.order_taken_back_before
POST    /api/loans/orders/{order}/lines {"kind": "input", "on": "2021-03-05", "item": "种子", "quantity": "50", "unit": "公斤", "price": "9.2", "slip": "F-002", "key": "i4"} -> 200 {"inputs_fen": 211000, "steps": [{"code": "settle", "missing": ["物资或交粮是您录入的，结算须由另一人办理。"]}, {"code": "cancel", "missing": ["已有物资或交粮记录，不能取消。请先逐行撤回，或办理结算。"]}]}
POST    /api/loans/orders/{poor}/lines {"kind": "input", "on": "2021-02-25", "item": "农机作业", "quantity": "5", "unit": "亩", "price": "600", "slip": "F-003", "key": "i5"} -> 200 {"inputs_fen": 300000}

# Grain comes in: below the floor the floor is paid, above it the market.
today   2021-06-25
as      chen
POST    /api/loans/orders/{order}/lines {"kind": "grain", "on": "2021-05-31", "item": "二等", "quantity": "5230.5", "price": "2.55", "deduction": "1.85", "slip": "B-101", "key": "g1"} -> 422 finance.outside_window
POST    /api/loans/orders/{order}/lines {"kind": "grain", "on": "2021-06-20", "item": "二等", "quantity": "5230.5", "price": "2.55", "deduction": "100", "slip": "B-101", "key": "g1"} -> 422 finance.out_of_range
POST    /api/loans/orders/{order}/lines {"kind": "grain", "on": "2021-06-20", "item": "二等", "quantity": "5230.5", "price": "", "slip": "B-101", "key": "g1"} -> 422 finance.out_of_range
POST    /api/loans/orders/{order}/lines {"kind": "grain", "on": "2021-06-20", "item": "二等", "quantity": "5230.5", "price": "2.55", "deduction": "1.85", "slip": "B-101", "key": "g1"} -> 200 {"lines": [{"kind": {"code": "grain"}, "net": "5133.74", "price": "2.60", "amount_fen": 1334772}]}
POST    /api/loans/orders/{order}/lines {"kind": "grain", "on": "2021-06-22", "item": "一等", "quantity": "800", "price": "2.72", "deduction": "0", "slip": "B-102", "key": "g2"} -> 200 {"grain_fen": 1552372, "delivered_kg": "5933.74", "settlement": {"inputs_fen": 211000, "grain_fen": 1552372, "earlier_fen": 0, "balance_fen": 1341372}}
POST    /api/loans/orders/{poor}/lines {"kind": "grain", "on": "2021-06-22", "item": "二等", "quantity": "960", "price": "", "slip": "B-102", "key": "g3"} -> 409 finance.slip_used
POST    /api/loans/orders/{poor}/lines {"kind": "grain", "on": "2021-06-22", "item": "二等", "quantity": "960", "price": "", "slip": "B-103", "key": "g3"} -> 200 {"grain_fen": 240000, "settlement": {"balance_fen": -60000, "owed_fen": 60000}}
GET     /api/loans/orders/{order} -> 200
keep    version = /version
POST    /api/loans/orders/{order}/steps {"version": {version}, "action": "settle", "to_loan_fen": 1000000} -> 409 finance.order_two_people

# Another settles it, within what is left and what the loan owes, over what he has seen.
as      luo
POST    /api/loans/orders/{order}/steps {"version": 1, "action": "settle", "to_loan_fen": 1000000} -> 409 finance.order_changed
POST    /api/loans/orders/{order}/steps {"version": {version}, "action": "settle", "on": "2021-06-21", "to_loan_fen": 1000000} -> 422 finance.order_before_last
POST    /api/loans/orders/{order}/steps {"version": {version}, "action": "settle", "to_loan_fen": 1341373} -> 422 finance.withheld_too_much
POST    /api/loans/orders/{order}/steps {"version": {version}, "action": "pay"} -> 409 finance.not_this_step
POST    /api/loans/orders/{order}/steps {"version": {version}, "action": "settle", "to_loan_fen": 1000000} -> 200 {"state": {"code": "settled"}, "settlement": {"to_loan_fen": 1000000, "to_grower_fen": 341372, "owed_fen": 0}, "steps": [{"code": "pay", "missing": []}, {"code": "reopen"}]}
keep    version = /version
POST    /api/loans/orders/{order}/lines {"kind": "grain", "on": "2021-06-24", "item": "一等", "quantity": "100", "price": "2.72", "slip": "B-104", "key": "g4"} -> 409 finance.order_not_growing
POST    /api/loans/orders/{order}/steps {"version": {version}, "action": "reopen", "note": "代扣金额与农户重新商定"} -> 200 {"state": {"code": "growing"}, "settlement": {"to_loan_fen": 0, "balance_fen": 1341372}}
keep    version = /version
POST    /api/loans/orders/{order}/steps {"version": {version}, "action": "settle", "to_loan_fen": 800000} -> 200 {"to_grower_fen": 541372}
keep    version = /version
POST    /api/loans/orders/{order}/steps {"version": {version}, "action": "pay", "on": "2021-06-24"} -> 422 finance.order_before_last
POST    /api/loans/orders/{order}/steps {"version": {version}, "action": "pay"} -> 200 {"state": {"code": "paid"}, "paid_on": "2021-06-25", "steps": [], "history": [{"label": "签订"}, {"label": "登记物资"}, {"label": "撤回一行记录", "note": "单价多写一位"}, {"label": "登记交粮"}, {"label": "结算"}, {"label": "退回重算", "note": "代扣金额与农户重新商定"}, {"label": "登记已付款"}]}
audit   order:{order} has finance.order.pay

# The bank records what was withheld with the loan.
as      clerk
GET     /api/loans/files/{loan} -> 200
keep    version = /version
POST    /api/loans/files/{loan}/repayments {"version": {version}, "on": "2021-06-25", "amount_fen": 800000, "key": "r"} -> 200 {"outstanding_fen": 1200000}
GET     /api/loans/orders/{order} -> 200 {"loan_owed_fen": 1200000, "may_enter": false, "steps": []}

# A poor harvest: what is owed goes over to the next season.
as      luo
GET     /api/loans/orders/{poor} -> 200
keep    version = /version
POST    /api/loans/orders/{poor}/steps {"version": {version}, "action": "settle", "to_loan_fen": 1} -> 422 finance.withheld_too_much
POST    /api/loans/orders/{poor}/steps {"version": {version}, "action": "settle", "to_loan_fen": 0} -> 200 {"owed_fen": 60000, "to_grower_fen": 0}
keep    version = /version
POST    /api/loans/orders/{poor}/steps {"version": {version}, "action": "pay"} -> 409 finance.nothing_to_pay
today   2022-03-01
as      chen
POST    /api/loans/orders {"person": "{wang}", "buyer": "{buyer}", "crop": "小麦", "year": 2022, "mu": "5", "kg": "2500", "pricing": "fixed", "price": "2.50", "first_day": "2022-06-01", "last_day": "2022-09-30", "account": "6217996510001234572", "account_name": "王秀英", "key": "w2"} -> 201 {"settlement": {"earlier_fen": 60000, "balance_fen": -60000}}
keep    next = /id
today   2022-06-25
as      chen
POST    /api/loans/orders/{next}/lines {"kind": "grain", "on": "2022-06-20", "item": "一等", "quantity": "2000", "price": "", "slip": "B-201", "key": "g5"} -> 200 {"settlement": {"grain_fen": 500000, "earlier_fen": 60000, "balance_fen": 440000}}
keep    nversion = /version
as      luo
POST    /api/loans/orders/{next}/steps {"version": {nversion}, "action": "settle", "to_loan_fen": 0} -> 200 {"to_grower_fen": 440000}
POST    /api/loans/orders/{poor}/steps {"version": {version}, "action": "reopen", "note": "重算"} -> 409 finance.owed_carried
GET     /api/loans/orders/{poor} -> 200 {"owed_fen": 60000}

# What a year has linked, on screen and as a workbook; each sees what is theirs.
GET     /api/loans/orders?year=2021 -> 200 {"total": 2, "linked": [{"year": 2021, "contracts": 2, "households": 2, "mu": "17.50", "delivered_kg": "6893.74", "inputs_fen": 511000, "grain_fen": 1792372, "to_grower_fen": 541372}]}
GET     /api/loans/orders?year=20210 -> 422 http.bad_parameter
GET     /api/loans/orders?household={home} -> 200 {"total": 1, "items": [{"id": "{order}"}]}
POST    /api/loans/orders/sheet?year=2021 -> 200
audit   finance.orders_export
as      elsewhere
GET     /api/loans/orders -> 200 {"total": 0, "linked": [], "items": []}
GET     /api/loans/orders/{order} -> 404 finance.no_such_order
as      clerk
GET     /api/loans/orders -> 200 {"total": 1, "items": [{"id": "{order}"}]}
as      rival
GET     /api/loans/orders -> 200 {"total": 0}
GET     /api/loans/orders/{order} -> 404 finance.no_such_order

# A contract of which nothing went out or came in may end.
as      chen
POST    /api/loans/orders {"person": "{ayi}", "buyer": "{buyer}", "crop": "土豆", "year": 2022, "mu": "2", "kg": "3000", "pricing": "fixed", "price": "1.20", "first_day": "2022-08-01", "last_day": "2022-10-31", "account": "6217996510001234564", "account_name": "吉克·阿依", "key": "p"} -> 201
keep    potato = /id
POST    /api/loans/orders/{potato}/steps {"version": 1, "action": "cancel", "note": ""} -> 422 finance.note_missing
POST    /api/loans/orders/{potato}/steps {"version": 1, "action": "cancel", "note": "改种玉米"} -> 200 {"state": {"code": "cancelled"}, "may_enter": false}
POST    /api/loans/orders {"person": "{ayi}", "buyer": "{buyer}", "crop": "土豆", "year": 2022, "mu": "2", "kg": "3000", "pricing": "fixed", "price": "1.20", "first_day": "2022-08-01", "last_day": "2022-10-31", "account": "6217996510001234564", "account_name": "吉克·阿依", "key": "p2"} -> 201
