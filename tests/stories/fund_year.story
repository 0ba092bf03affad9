story   a fund's year: appropriated to the fen, spent, alarming, corrected, held against the bank's list
given   county 513431, today 2025-01-10
user    officer   county_officer  5134
user    leader    county_leader   5134
user    butuo     county_officer  513429

as      officer
POST    /api/funds {"area": "5134", "kind": "guarantee", "name": "凉山州防贫保障基金"} -> 201
keep    prefecture = /id
POST    /api/funds {"area": "5134", "kind": "guarantee", "name": "再开一个"} -> 409 finance.fund_exists
POST    /api/funds {"area": "513431", "kind": "guarantee", "name": "昭觉县防贫保障基金"} -> 201
keep    zhaojue = /id
POST    /api/funds {"area": "513429", "kind": "guarantee", "name": "布拖县防贫保障基金"} -> 201
keep    butuo_fund = /id
POST    /api/funds {"area": "513430", "kind": "guarantee", "name": "金阳县防贫保障基金"} -> 201
keep    jinyang = /id
POST    /api/funds {"area": "110101", "kind": "guarantee", "name": "别处"} -> 404 areas.unknown
POST    /api/funds/{prefecture}/entries {"account": "contribution", "on": "2025-01-10", "amount_fen": 2000000000, "note": "州级预算", "key": "a"} -> 201
POST    /api/funds/{prefecture}/entries {"account": "contribution", "on": "2025-01-11", "amount_fen": 1, "key": "b"} -> 422 finance.future_date
POST    /api/funds/{prefecture}/entries {"account": "bank", "on": "2025-01-10", "amount_fen": 1, "key": "b"} -> 422 finance.no_such_account
POST    /api/funds/{prefecture}/appropriations {"on": "2025-01-10", "amount_fen": 2000000000, "key": "g", "parts": [{"fund": "{zhaojue}", "weight": "1"}]} -> 403 auth.not_allowed

# Twenty million to three counties alike: by largest remainder, exact.
today   2025-02-01
as      leader
POST    /api/funds/{prefecture}/appropriations {"on": "2025-02-01", "amount_fen": 2000000000, "key": "g", "parts": [{"fund": "{zhaojue}", "weight": "1"}, {"fund": "{zhaojue}", "weight": "1"}]} -> 422 finance.fund_twice
POST    /api/funds/{prefecture}/appropriations {"on": "2025-02-01", "amount_fen": 2000000001, "key": "g", "parts": [{"fund": "{zhaojue}", "weight": "1"}]} -> 409 finance.fund_exhausted
POST    /api/funds/{prefecture}/appropriations {"on": "2025-02-01", "amount_fen": 2000000000, "key": "g", "parts": [{"fund": "{zhaojue}", "weight": "1"}, {"fund": "{butuo_fund}", "weight": "1"}, {"fund": "{jinyang}", "weight": "1"}]} -> 201
POST    /api/funds/{prefecture}/appropriations {"on": "2025-02-01", "amount_fen": 2000000000, "key": "g", "parts": [{"fund": "{zhaojue}", "weight": "1"}, {"fund": "{butuo_fund}", "weight": "1"}, {"fund": "{jinyang}", "weight": "1"}]} -> 201
GET     /api/funds/{prefecture} -> 200 {"balance_fen": 0, "floor_fen": 300000000}
GET     /api/funds/{zhaojue} -> 200 {"balance_fen": 666666667, "alarms": [], "floor_authority": "凉山州：每县不少于 300 万元（简报第 3 条）"}
GET     /api/funds/{jinyang} -> 200 {"balance_fen": 666666666}
POST    /api/funds/{zhaojue}/entries {"account": "payment", "on": "2025-02-01", "amount_fen": 1, "key": "c"} -> 403 auth.not_allowed

# Spent: below its floor, and above both limits of use; a payment that was wrong is turned back.
today   2025-06-01
as      officer
POST    /api/funds/{zhaojue}/entries {"account": "payment", "on": "2025-06-01", "amount_fen": 650000000, "note": "大病救助", "key": "c"} -> 201
keep    wrong = /journal
POST    /api/funds/{zhaojue}/entries {"account": "payment", "on": "2025-06-01", "amount_fen": 16666668, "key": "d"} -> 409 finance.fund_exhausted
GET     /api/funds/{zhaojue} -> 200 {"balance_fen": 16666667, "year": {"usage": "0.9750"}, "alarms": [{"code": "below_floor"}, {"code": "usage_critical"}]}
POST    /api/journals/{wrong}/reversal {"on": "2025-06-01", "note": "重复"} -> 403 auth.not_allowed
as      leader
POST    /api/journals/{wrong}/reversal {"on": "2025-05-31", "note": "重复"} -> 422 finance.before_original
POST    /api/journals/{wrong}/reversal {"on": "2025-06-01", "note": "重复"} -> 201
POST    /api/journals/{wrong}/reversal {"on": "2025-06-01", "note": "重复"} -> 409 finance.reversed_before
as      officer
today   2025-08-02
as      officer
POST    /api/funds/{zhaojue}/entries {"account": "interest", "on": "2025-07-01", "amount_fen": 32100, "key": "i"} -> 201
POST    /api/funds/{zhaojue}/entries {"account": "payment", "on": "2025-08-02", "amount_fen": 10000000, "key": "p"} -> 201
GET     /api/funds/{zhaojue} -> 200 {"balance_fen": 656698767, "alarms": [], "year": {"opening_fen": 0, "transfers_in_fen": 666666667, "interest_fen": 32100, "payments_fen": 10000000, "closing_fen": 656698767}}
GET     /api/funds/{zhaojue}?from=2025-07-01&to=2025-08-02 -> 200 {"year": {"opening_fen": 666666667}, "lines": [{"on": "2025-07-01", "balance_fen": 666698767}]}

GET     /api/funds/{zhaojue}/sheet?from=2025-06-01&to=2025-08-02 -> 200
GET     /api/funds/{zhaojue}/sheet?from=2025-08-03&to=2025-08-03 -> 404 finance.no_movements
GET     /api/funds/{zhaojue}/sheet?from=2025-08-02&to=2025-06-01 -> 422 http.bad_parameter

# Against the bank: one line is nine fen apart, the others agree within three days.
UPLOAD  /api/funds/{zhaojue}/reconciliation file=tests/data/insurance/银行流水_有误.csv -> 422 finance.bank_row
UPLOAD  /api/funds/{zhaojue}/reconciliation file=tests/data/insurance/银行流水.csv -> 200
        {"agreed": 4, "only_in_book": [{"amount_fen": 32100}], "only_at_bank": [{"amount_fen": 32109, "reference": "B004"}], "difference_fen": 9}
as      butuo
GET     /api/funds -> 200 {"items": [{"id": "{butuo_fund}"}]}
GET     /api/funds/{zhaojue} -> 404 finance.no_such_fund
GET     /api/funds/{zhaojue}/sheet -> 404 finance.no_such_fund
audit   finance.open_fund, finance.post, finance.reverse
