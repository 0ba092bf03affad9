story   a season of snow, from a station's days to money in the insurer's book
given   county 513431, today 2025-08-10
user    officer county_officer 513431
user    insurer insurer_operator 513431
user    rival insurer_operator 513431
user    chen village_officer 513431100200
user    luo village_officer 513431101200

as      officer
POST    /api/insurance/insurers {"area": "513431", "name": "财险支公司"} -> 201
keep    company = /id
keep    book = /fund
POST    /api/insurance/insurers/{company}/operators {"account": "insurer"} -> 204

# Two herds of one village are insured; a third joins when the snow has begun.
as      insurer
POST    /api/insurance/policies {"product": "snow_index", "area": "513431100200", "holder_kind": "village", "holder": "村民委员会", "season": 2025, "key": "p"} -> 201
keep    policy = /id
UPLOAD  /api/insurance/policies/{policy}/list?version=1 file=tests/data/insurance/牦牛投保清单.csv -> 200 {"accepted": true, "rows": 2, "policy": {"sum_insured_fen": 26000000}}
POST    /api/insurance/policies/{policy}/steps {"version": 2, "action": "submit"} -> 200
GET     /api/insurance/policies/{policy}/rows -> 200
keep    first = /items/0/id
keep    second = /items/1/id
as      chen
POST    /api/insurance/policies/{policy}/rows/{first}/measure {"measured": "120"} -> 200
POST    /api/insurance/policies/{policy}/rows/{second}/measure {"measured": "10"} -> 200
POST    /api/insurance/policies/{policy}/steps {"version": 5, "action": "inspect"} -> 200
POST    /api/insurance/policies/{policy}/steps {"version": 6, "action": "publicise"} -> 200
today   2025-08-20
as      insurer
POST    /api/insurance/policies/{policy}/payments {"all": true, "on": "2025-08-20"} -> 200
POST    /api/insurance/policies/{policy}/steps {"version": 8, "action": "collect"} -> 200
POST    /api/insurance/policies/{policy}/steps {"version": 9, "action": "activate"} -> 200 {"effective_on": "2025-10-01"}

# Nothing is settled before the window is over, nor from nothing.
POST    /api/insurance/settlements {"product": "snow_index", "area": "513431", "season": 2025, "key": "s0"} -> 409 insurance.window_runs
today   2026-05-04
as      insurer
POST    /api/insurance/settlements {"product": "snow_index", "area": "513431", "season": 2025, "key": "s1"} -> 409 insurance.no_series
POST    /api/insurance/settlements {"product": "rice_full_cost", "area": "513431", "season": 2025, "key": "s2"} -> 422 insurance.not_by_series

# A file with faults is not taken, and each is named with its row.
UPLOAD  /api/insurance/series file=tests/data/insurance/降雪_有误.csv kind=weather code=56137 variable=snowfall source=气象证明 -> 200
        {"accepted": false, "id": null, "findings": [{"row": 3, "id": "insurance.day_twice"}, {"row": 4, "id": "insurance.value_impossible"}, {"row": 5, "id": "insurance.row_value"}, {"row": 6, "error": false, "id": "insurance.days_missing"}]}
UPLOAD  /api/insurance/series file=tests/data/insurance/降雪_56137.csv kind=weather code=56137 variable=snowfall -> 422 insurance.source_missing
UPLOAD  /api/insurance/series file=tests/data/insurance/降雪_56137.csv kind=weather code=56137 variable=price source=气象证明 -> 422 insurance.no_such_variable
UPLOAD  /api/insurance/series file=tests/data/insurance/降雪_56137.csv kind=weather code=56137 variable=snowfall source=气象证明2026-17号 -> 200 {"accepted": true, "revision": 1, "added": 212}
keep    series = /id
UPLOAD  /api/insurance/series file=tests/data/insurance/降雪_56137.csv kind=weather code=56137 variable=snowfall source=气象证明2026-17号 -> 200 {"accepted": true, "revision": 1, "added": 212}
UPLOAD  /api/insurance/series file=tests/data/insurance/降雪_更正.csv kind=weather code=56137 variable=snowfall source=气象证明 -> 200
        {"accepted": false, "findings": [{"row": 2, "id": "insurance.day_on_file"}]}
as      luo
GET     /api/insurance/series -> 200 {"items": []}
GET     /api/insurance/series/{series} -> 404 insurance.no_such_series
as      rival
GET     /api/insurance/series/{series} -> 404 insurance.no_such_series
UPLOAD  /api/insurance/series file=tests/data/insurance/降雪_56137.csv kind=weather code=56137 variable=snowfall source=证明 -> 409 insurance.no_insurer

# 41.7 mm reach the second step, 25 %: W-3 of the specification for the herd of 120.
as      insurer
POST    /api/insurance/settlements {"product": "snow_index", "area": "513431", "season": 2025, "key": "s"} -> 201 {"index": "41.7000", "calculated": false, "version": 1}
keep    settlement = /id
keep    job = /job
wait    {job} -> done
GET     /api/insurance/settlements/{settlement} -> 200 {"version": 2, "calculated": true, "policies": 1, "insured": 2, "paying": 2, "payable_fen": 6500000, "terms": {"steps": [{"from": "35", "share": "0.25", "reached": true}, {"from": "50", "reached": false}]}}
POST    /api/insurance/settlements {"product": "snow_index", "area": "513431", "season": 2025, "key": "s"} -> 201 {"id": "{settlement}", "version": 2}
POST    /api/insurance/settlements {"product": "snow_index", "area": "513431100200", "season": 2025, "key": "again"} -> 409 insurance.nothing_to_settle
GET     /api/insurance/settlements/{settlement}/rows -> 200 {"total": 2, "items": [{"line": 1, "counted_days": 212, "payable_fen": 6000000}, {"line": 2, "payable_fen": 500000}]}
POST    /api/insurance/settlements/{settlement}/payment {"version": 2} -> 409 insurance.wrong_state
POST    /api/insurance/settlements/{settlement}/steps {"version": 2, "action": "check"} -> 403 auth.not_allowed

# The village sees it with its own rows; another village and another insurer do not.
as      chen
GET     /api/insurance/settlements -> 200 {"total": 1, "items": [{"payable_fen": 6500000}]}
GET     /api/insurance/series/{series} -> 200 {"revision": 1, "revisions": [{"source": "气象证明2026-17号"}]}
as      luo
GET     /api/insurance/settlements -> 200 {"total": 0}
GET     /api/insurance/settlements/{settlement} -> 404 insurance.no_such_settlement
GET     /api/insurance/settlements/{settlement}/rows -> 404 insurance.no_such_settlement
as      rival
GET     /api/insurance/settlements/{settlement} -> 404 insurance.no_such_settlement

# A day is corrected: the settlement waits to be worked out again, and the old value stays on file.
as      insurer
UPLOAD  /api/insurance/series file=tests/data/insurance/降雪_更正.csv kind=weather code=56137 variable=snowfall source=气象证明2026-21号 reason=观测更正 -> 200 {"accepted": true, "revision": 2, "changed": 1}
as      officer
POST    /api/insurance/settlements/{settlement}/steps {"version": 2, "action": "check"} -> 409 insurance.series_revised
as      insurer
POST    /api/insurance/settlements/{settlement}/calculation {"version": 2} -> 202
keep    job = /job
wait    {job} -> done
GET     /api/insurance/settlements/{settlement} -> 200 {"version": 3, "index": "50.0000", "payable_fen": 13000000, "series": [{"code": "56137", "revision": 2}]}

as      officer
POST    /api/insurance/settlements/{settlement}/steps {"version": 3, "action": "check"} -> 200 {"state": {"code": "checked"}}
as      insurer
POST    /api/insurance/settlements/{settlement}/steps {"version": 4, "action": "publicise"} -> 200 {"posted_on": "2026-05-04"}
as      luo
POST    /api/insurance/settlements/{settlement}/steps {"version": 5, "action": "object", "note": "不对"} -> 404 insurance.no_such_settlement
as      officer
POST    /api/insurance/settlements/{settlement}/steps {"version": 5, "action": "confirm"} -> 409 insurance.publicity_runs
today   2026-05-08
as      officer
POST    /api/insurance/settlements/{settlement}/steps {"version": 5, "action": "confirm"} -> 200 {"state": {"code": "confirmed"}}
as      insurer
POST    /api/insurance/settlements/{settlement}/payment {"version": 6} -> 202
keep    job = /job
wait    {job} -> failed
GET     /api/insurance/settlements/{settlement} -> 200 {"state": {"code": "confirmed"}, "paid_fen": 0}
POST    /api/insurance/deposits {"amount_fen": 20000000, "note": "总公司拨款", "key": "d"} -> 201
POST    /api/insurance/settlements/{settlement}/payment {"version": 6} -> 202
keep    job = /job
wait    {job} -> done
GET     /api/insurance/settlements/{settlement} -> 200 {"state": {"code": "paid"}, "paid_fen": 13000000, "version": 7}
POST    /api/insurance/settlements/{settlement}/payment {"version": 7} -> 409 insurance.wrong_state
GET     /api/insurance/policies/{policy} -> 200
keep    number = /number
# The farmer looks by policy and phone: what was measured, and what came of it.
as      nobody
POST    /api/public/insurance {"policy_no": "{number}", "phone": "13800138000"} -> 200
        {"items": [{"seasons": [{"season": 2025, "measure": "降雪量（毫米）", "index": "50.00", "state": {"code": "paid"}, "payable_fen": 12000000, "paid_on": "2026-05-08"}]}]}
as      insurer
GET     /api/insurance/policies/{policy}/rows -> 200 {"items": [{"line": 1}]}
as      officer
GET     /api/funds/{book} -> 200 {"year": {"payments_fen": 13000000}, "lines": [{"reference": "settlement:{settlement}", "amount_fen": -13000000}]}
GET     /api/insurance/burn?product=snow_index&first=2025&last=2026 -> 200 {"known": 1, "mean": "0.500000", "items": [{"season": 2025, "index": "50.00", "share": "0.500000"}, {"season": 2026, "share": null}]}
POST    /api/insurance/valuations {"futures": 17500, "strike": 17500, "rate": 0, "volatility": 0.28, "valuation": "2026-05-08", "first": "2026-09-01", "last": "2026-11-30", "samples": 2000} -> 200 {"samples": 2000, "settled": 0}
audit   insurance.series, insurance.settlement.calculate, insurance.settlement.check, insurance.settlement.pay
