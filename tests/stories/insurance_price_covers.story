story   covers of price, income and quality, each from its prices and reports to the fen
given   county 513431, today 2025-10-08
user    officer county_officer 513431
user    insurer insurer_operator 513431
user    chen village_officer 513431100200

as      officer
POST    /api/insurance/insurers {"area": "513431", "name": "财险支公司"} -> 201
keep    company = /id
keep    book = /fund
POST    /api/insurance/insurers/{company}/operators {"account": "insurer"} -> 204

# Garlic: 60,000.00 insured for 30 mu, at 6 %.
as      insurer
POST    /api/insurance/quotes {"product": "garlic_price", "area": "513431100200", "season": 2025, "units": "30"} -> 200
        {"amount_fen": 200000, "sum_insured_fen": 6000000, "premium_fen": 360000, "parts": {"province_fen": 108000, "county_fen": 144000, "farmer_fen": 108000}, "tariff": {"assumed": true}}
POST    /api/insurance/quotes {"product": "garlic_price", "area": "513431100200", "season": 2025, "units": "-30"} -> 422 insurance.out_of_range
as      insurer
POST    /api/insurance/policies {"product": "garlic_price", "area": "513431100200", "holder_kind": "village", "holder": "村民委员会", "season": 2025, "key": "g"} -> 201
keep    policy = /id
UPLOAD  /api/insurance/policies/{policy}/list?version=1 file=tests/data/insurance/大蒜投保清单.csv -> 200 {"accepted": true, "rows": 2, "policy": {"sum_insured_fen": 6874000}}
POST    /api/insurance/policies/{policy}/steps {"version": 2, "action": "submit"} -> 200
GET     /api/insurance/policies/{policy}/rows -> 200
keep    first = /items/0/id
keep    second = /items/1/id
as      chen
POST    /api/insurance/policies/{policy}/rows/{first}/measure {"measured": "-30"} -> 422 insurance.out_of_range
POST    /api/insurance/policies/{policy}/rows/{first}/measure {"measured": "30"} -> 200
POST    /api/insurance/policies/{policy}/rows/{second}/measure {"measured": "4.37"} -> 200
POST    /api/insurance/policies/{policy}/steps {"version": 5, "action": "inspect"} -> 200
POST    /api/insurance/policies/{policy}/steps {"version": 6, "action": "publicise"} -> 200
today   2025-10-20
as      insurer
POST    /api/insurance/policies/{policy}/payments {"all": true, "on": "2025-10-20"} -> 200
POST    /api/insurance/policies/{policy}/steps {"version": 8, "action": "collect"} -> 200
POST    /api/insurance/policies/{policy}/steps {"version": 9, "action": "activate"} -> 200 {"effective_on": "2025-10-21"}

# The maize of the next summer.
today   2026-05-20
as      insurer
POST    /api/insurance/quotes {"product": "maize_income", "area": "513431100200", "season": 2026, "units": "36.8"} -> 200
        {"sum_insured_fen": 3753600, "premium_fen": 225216, "parts": {"central_fen": 101347, "province_fen": 56304, "county_fen": 22522, "farmer_fen": 45043}}
as      insurer
POST    /api/insurance/policies {"product": "maize_income", "area": "513431100200", "holder_kind": "village", "holder": "村民委员会", "season": 2026, "key": "m"} -> 201
keep    policy = /id
UPLOAD  /api/insurance/policies/{policy}/list?version=1 file=tests/data/insurance/玉米投保清单.csv -> 200 {"accepted": true, "rows": 2, "policy": {"sum_insured_fen": 5028600}}
POST    /api/insurance/policies/{policy}/steps {"version": 2, "action": "submit"} -> 200
GET     /api/insurance/policies/{policy}/rows -> 200
keep    first = /items/0/id
keep    second = /items/1/id
as      chen
POST    /api/insurance/policies/{policy}/rows/{first}/measure {"measured": "36.8"} -> 200
POST    /api/insurance/policies/{policy}/rows/{second}/measure {"measured": "12.5"} -> 200
POST    /api/insurance/policies/{policy}/steps {"version": 5, "action": "inspect"} -> 200
POST    /api/insurance/policies/{policy}/steps {"version": 6, "action": "publicise"} -> 200
today   2026-05-28
as      insurer
POST    /api/insurance/policies/{policy}/payments {"all": true, "on": "2026-05-28"} -> 200
POST    /api/insurance/policies/{policy}/steps {"version": 8, "action": "collect"} -> 200
POST    /api/insurance/policies/{policy}/steps {"version": 9, "action": "activate"} -> 200 {"effective_on": "2026-06-01"}
POST    /api/insurance/deposits {"amount_fen": 10000000, "note": "总公司拨款", "key": "d"} -> 201

# A week without a quote is named with its row; the whole series pays T-2: 3,907.89 for 30 mu.
today   2026-08-03
as      insurer
UPLOAD  /api/insurance/series file=tests/data/insurance/大蒜收购价_缺一周.csv kind=market code=garlic_purchase variable=price source=收购周报 -> 200
        {"accepted": false, "findings": [{"row": 5, "id": "insurance.week_missing", "says": "缺 2026-06-22 至 2026-06-28 的报价。请补齐：缺一周会改变平均价。"}]}
POST    /api/insurance/settlements {"product": "garlic_price", "area": "513431", "season": 2025, "key": "g1"} -> 409 insurance.no_series
# A file that ends before the window does is taken, for a season may go on; it is not settled from.
UPLOAD  /api/insurance/series file=tests/data/insurance/大蒜收购价_未完.csv kind=market code=garlic_purchase variable=price source=收购周报 -> 200 {"accepted": true}
POST    /api/insurance/settlements {"product": "garlic_price", "area": "513431", "season": 2025, "key": "g2"} -> 422 pricing.quotes_missing
UPLOAD  /api/insurance/series file=tests/data/insurance/大蒜收购价.csv kind=market code=garlic_purchase variable=price source=收购周报 -> 200 {"accepted": true, "added": 3}
POST    /api/insurance/settlements {"product": "garlic_price", "area": "513431", "season": 2025, "key": "gs"} -> 201
keep    settlement = /id
keep    job = /job
wait    {job} -> done
GET     /api/insurance/settlements/{settlement} -> 200 {"index": "1.4500", "paying": 2, "payable_fen": 447714, "terms": {"kind": "cost_price", "trigger": "1.90", "full_cost": "2.00", "every": {"code": "week"}}}
GET     /api/insurance/settlements/{settlement}/rows -> 200 {"items": [{"line": 1, "payable_fen": 390789}, {"line": 2, "payable_fen": 56925}]}
as      officer
POST    /api/insurance/settlements/{settlement}/steps {"version": 2, "action": "check"} -> 200
as      insurer
POST    /api/insurance/settlements/{settlement}/steps {"version": 3, "action": "publicise"} -> 200
today   2026-08-07
as      officer
POST    /api/insurance/settlements/{settlement}/steps {"version": 4, "action": "confirm"} -> 200
as      insurer
POST    /api/insurance/settlements/{settlement}/payment {"version": 5} -> 202
keep    job = /job
wait    {job} -> done
GET     /api/insurance/settlements/{settlement} -> 200 {"state": {"code": "paid"}, "paid_fen": 447714}
GET     /api/insurance/burn?product=garlic_price -> 200 {"known": 1, "items": [{"season": 2025, "index": "1.45", "share": "0.065132"}], "series": ["garlic_purchase"]}

# Oranges are insured while the maize ripens.
today   2026-09-01
as      insurer
as      insurer
POST    /api/insurance/policies {"product": "orange_quality", "area": "513431100200", "holder_kind": "village", "holder": "村民委员会", "season": 2026, "key": "o"} -> 201
keep    policy = /id
UPLOAD  /api/insurance/policies/{policy}/list?version=1 file=tests/data/insurance/脐橙投保清单.csv -> 200 {"accepted": true, "rows": 2, "policy": {"sum_insured_fen": 12672000}}
POST    /api/insurance/policies/{policy}/steps {"version": 2, "action": "submit"} -> 200
GET     /api/insurance/policies/{policy}/rows -> 200
keep    first = /items/0/id
keep    second = /items/1/id
as      chen
POST    /api/insurance/policies/{policy}/rows/{first}/measure {"measured": "6.4"} -> 200
POST    /api/insurance/policies/{policy}/rows/{second}/measure {"measured": "20"} -> 200
POST    /api/insurance/policies/{policy}/steps {"version": 5, "action": "inspect"} -> 200
POST    /api/insurance/policies/{policy}/steps {"version": 6, "action": "publicise"} -> 200
today   2026-09-10
as      insurer
POST    /api/insurance/policies/{policy}/payments {"all": true, "on": "2026-09-10"} -> 200
POST    /api/insurance/policies/{policy}/steps {"version": 8, "action": "collect"} -> 200
POST    /api/insurance/policies/{policy}/steps {"version": 9, "action": "activate"} -> 200 {"effective_on": "2026-09-11"}

# Maize is quoted monthly: the month that is missing is named, a second quote of a month is refused, and so is
# a season without its report of yields. Then I-1: 7,012.31 for 36.8 mu.
today   2026-12-02
as      insurer
UPLOAD  /api/insurance/series file=tests/data/insurance/玉米收购价_缺一月.csv kind=market code=maize_purchase variable=price source=月报 -> 200
        {"accepted": false, "findings": [{"row": 3, "id": "insurance.month_missing", "says": "缺 2026-10-01 至 2026-10-31 的报价。这个价格每月一次，缺一个月会改变平均价。请补齐。"}]}
UPLOAD  /api/insurance/series file=tests/data/insurance/大蒜收购价.csv kind=market code=maize_purchase variable=price source=月报 -> 200
        {"accepted": false, "findings": [{"row": 3, "id": "insurance.month_twice"}]}
UPLOAD  /api/insurance/series file=tests/data/insurance/玉米收购价.csv kind=market code=maize_purchase variable=price source=月报 -> 200 {"accepted": true, "added": 3}
POST    /api/insurance/settlements {"product": "maize_income", "area": "513431", "season": 2026, "key": "m1"} -> 409 insurance.no_series
UPLOAD  /api/insurance/series file=tests/data/insurance/玉米测产.csv kind=report code=maize_yield variable=price source=测产报告 -> 422 insurance.no_such_variable
UPLOAD  /api/insurance/series file=tests/data/insurance/玉米测产.csv kind=report code=maize_yield variable=yield source=测产报告 -> 200 {"accepted": true}
POST    /api/insurance/settlements {"product": "maize_income", "area": "513431", "season": 2026, "key": "ms"} -> 201
keep    settlement = /id
keep    job = /job
wait    {job} -> done
GET     /api/insurance/settlements/{settlement} -> 200 {"index": "829.4482", "payable_fen": 939421, "terms": {"kind": "income", "yield": "428.6000", "price": "1.935250", "every": {"code": "month"}}}
GET     /api/insurance/settlements/{settlement}/rows -> 200 {"items": [{"line": 1, "payable_fen": 701231}, {"line": 2, "payable_fen": 238190}]}
as      officer
POST    /api/insurance/settlements/{settlement}/steps {"version": 2, "action": "check"} -> 200
as      insurer
POST    /api/insurance/settlements/{settlement}/steps {"version": 3, "action": "publicise"} -> 200
today   2026-12-06
as      officer
POST    /api/insurance/settlements/{settlement}/steps {"version": 4, "action": "confirm"} -> 200
as      insurer
POST    /api/insurance/settlements/{settlement}/payment {"version": 5} -> 202
keep    job = /job
wait    {job} -> done
GET     /api/insurance/settlements/{settlement} -> 200 {"state": {"code": "paid"}, "paid_fen": 939421}

# Grades by the test report, which must add up.
today   2027-02-02
as      insurer
UPLOAD  /api/insurance/series file=tests/data/insurance/脐橙_一级.csv kind=market code=orange_first variable=price source=分级周报 -> 200 {"accepted": true}
UPLOAD  /api/insurance/series file=tests/data/insurance/脐橙占比_一级.csv kind=report code=orange_first variable=grade_share source=检测报告 -> 200 {"accepted": true}
UPLOAD  /api/insurance/series file=tests/data/insurance/脐橙_二级.csv kind=market code=orange_second variable=price source=分级周报 -> 200 {"accepted": true}
UPLOAD  /api/insurance/series file=tests/data/insurance/脐橙占比_二级.csv kind=report code=orange_second variable=grade_share source=检测报告 -> 200 {"accepted": true}
UPLOAD  /api/insurance/series file=tests/data/insurance/脐橙_等外.csv kind=market code=orange_third variable=price source=分级周报 -> 200 {"accepted": true}
UPLOAD  /api/insurance/series file=tests/data/insurance/脐橙占比_等外_有误.csv kind=report code=orange_third variable=grade_share source=检测报告 -> 200 {"accepted": true}
POST    /api/insurance/settlements {"product": "orange_quality", "area": "513431", "season": 2026, "key": "o1"} -> 409 insurance.grades_do_not_add_up
UPLOAD  /api/insurance/series file=tests/data/insurance/脐橙占比_等外.csv kind=report code=orange_third variable=grade_share source=检测报告 reason=抄录有误 -> 200 {"accepted": true, "changed": 1}
POST    /api/insurance/settlements {"product": "orange_quality", "area": "513431", "season": 2026, "key": "os"} -> 201
keep    settlement = /id
keep    job = /job
wait    {job} -> done
GET     /api/insurance/settlements/{settlement} -> 200 {"index": "139.2500", "payable_fen": 367620, "terms": {"kind": "quality", "grades": [{"label": "一级", "agreed": "5200", "price": "4950.5000", "share": "0.500000"}, {"label": "二级"}, {"price": "3900.0000"}]}}
as      officer
POST    /api/insurance/settlements/{settlement}/steps {"version": 2, "action": "check"} -> 200
as      insurer
POST    /api/insurance/settlements/{settlement}/steps {"version": 3, "action": "publicise"} -> 200
today   2027-02-06
as      officer
POST    /api/insurance/settlements/{settlement}/steps {"version": 4, "action": "confirm"} -> 200
as      insurer
POST    /api/insurance/settlements/{settlement}/payment {"version": 5} -> 202
keep    job = /job
wait    {job} -> done
GET     /api/insurance/settlements/{settlement} -> 200 {"state": {"code": "paid"}, "paid_fen": 367620}
as      officer
GET     /api/funds/{book} -> 200 {"year": {"payments_fen": 367620}}
audit   insurance.series, insurance.settlement.pay
