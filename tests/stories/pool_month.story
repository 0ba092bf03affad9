story   a coinsurance pool's month: the lead writes, pays and settles; every member's share to the fen in its own book
given   county 513431, today 2025-04-01
user    officer   county_officer    513431
user    lead      insurer_operator  513431
user    second    insurer_operator  513431
user    third     insurer_operator  513431
user    outsider  insurer_operator  513431
user    chen      village_officer   513431100200

as      officer
UPLOAD  /api/registry/imports file=tests/data/feeds/户信息.csv file=tests/data/feeds/成员信息.csv -> 202
keep    job = /job
keep    import = /id
wait    {job} -> done
POST    /api/registry/imports/{import}/apply -> 202
keep    job = /job
wait    {job} -> done
POST    /api/insurance/insurers {"area": "513431", "name": "主办财险支公司"} -> 201
keep    a = /id
keep    a_book = /fund
POST    /api/insurance/insurers {"area": "513431", "name": "共保甲支公司"} -> 201
keep    b = /id
keep    b_book = /fund
POST    /api/insurance/insurers {"area": "513431", "name": "共保乙支公司"} -> 201
keep    c = /id
keep    c_book = /fund
POST    /api/insurance/insurers {"area": "513431", "name": "局外财险支公司"} -> 201
keep    d = /id
POST    /api/insurance/insurers/{a}/operators {"account": "lead"} -> 204
POST    /api/insurance/insurers/{b}/operators {"account": "second"} -> 204
POST    /api/insurance/insurers/{c}/operators {"account": "third"} -> 204
POST    /api/insurance/insurers/{d}/operators {"account": "outsider"} -> 204

# Founded by the county: shares of exactly 100 %, the lead's the largest, one pool of a field at a time.
POST    /api/insurance/pools {"area": "513431", "name": "水稻共保体", "product": "rice_full_cost", "first_day": "2025-01-01", "last_day": "2025-12-31", "members": [{"insurer": "{a}", "share": "0.6"}, {"insurer": "{b}", "share": "0.25"}, {"insurer": "{c}", "share": "0.14"}], "key": "k"} -> 422 insurance.bad_shares
POST    /api/insurance/pools {"area": "513431", "name": "水稻共保体", "product": "rice_full_cost", "first_day": "2025-01-01", "last_day": "2025-12-31", "members": [{"insurer": "{c}", "share": "0.15"}, {"insurer": "{a}", "share": "0.6"}, {"insurer": "{b}", "share": "0.25"}], "key": "k"} -> 422 insurance.lead_not_largest
POST    /api/insurance/pools {"area": "513431", "name": "水稻共保体", "product": "rice_full_cost", "first_day": "2025-12-31", "last_day": "2025-01-01", "members": [{"insurer": "{a}", "share": "1"}], "key": "k"} -> 422 insurance.bad_period
POST    /api/insurance/pools {"area": "513431", "name": "水稻共保体", "product": "rice_full_cost", "first_day": "2025-01-01", "last_day": "2025-12-31", "members": [{"insurer": "{a}", "share": "0.6"}, {"insurer": "{b}", "share": "0.25"}, {"insurer": "{c}", "share": "0.15"}], "key": "k"} -> 201 {"lead_fee": "0.0500", "fee_assumed": true, "leads": false}
keep    pool = /id
POST    /api/insurance/pools {"area": "513431", "name": "又一个", "product": "", "first_day": "2025-06-01", "last_day": "2026-05-31", "members": [{"insurer": "{d}", "share": "1"}], "key": "l"} -> 409 insurance.pool_overlaps

# The lead writes the policy; a follower may not write beside it, and somebody outside learns nothing of the pool.
as      second
POST    /api/insurance/policies {"product": "rice_full_cost", "area": "513431100200", "holder_kind": "village", "holder": "村民委员会", "season": 2025, "key": "p"} -> 409 insurance.pool_leads
as      outsider
GET     /api/insurance/pools -> 200 {"items": []}
GET     /api/insurance/pools/{pool} -> 404 insurance.no_such_pool
as      lead
POST    /api/insurance/policies {"product": "rice_full_cost", "area": "513431100200", "holder_kind": "village", "holder": "村民委员会", "season": 2025, "key": "p"} -> 201
keep    policy = /id
keep    number = /number
UPLOAD  /api/insurance/policies/{policy}/list?version=1 file=tests/data/insurance/投保清单_大户.csv -> 200 {"accepted": true, "policy": {"premium_fen": 304800}}
POST    /api/insurance/policies/{policy}/steps {"version": 2, "action": "submit"} -> 200
GET     /api/insurance/policies/{policy}/rows -> 200
keep    row = /items/0/id
as      chen
POST    /api/insurance/policies/{policy}/rows/{row}/measure {"measured": "63.50"} -> 200
POST    /api/insurance/policies/{policy}/steps {"version": 4, "action": "inspect"} -> 200
POST    /api/insurance/policies/{policy}/steps {"version": 5, "action": "publicise"} -> 200
today   2025-04-06
as      lead
POST    /api/insurance/policies/{policy}/payments {"all": true, "on": "2025-04-06"} -> 200
POST    /api/insurance/policies/{policy}/steps {"version": 7, "action": "collect"} -> 200
POST    /api/insurance/policies/{policy}/steps {"version": 8, "action": "activate"} -> 200 {"effective_on": "2025-05-01"}
POST    /api/insurance/deposits {"amount_fen": 5000000, "note": "总公司拨款", "key": "d"} -> 201

# May: 3,048.00 at 60/25/15, and 5 % of the others' premium for the lead.
GET     /api/insurance/pools/{pool}/months/2025-04 -> 200 {"settled": false, "items": []}
GET     /api/insurance/pools/{pool}/months/2025-4 -> 422 insurance.bad_month
today   2025-05-20
as      lead
POST    /api/insurance/pools/{pool}/months/2025-05 -> 409 insurance.month_runs
today   2025-06-02
as      second
POST    /api/insurance/pools/{pool}/months/2025-05 -> 404 insurance.no_such_pool
as      lead
POST    /api/insurance/pools/{pool}/months/2025-05 -> 201
        {"settled": true, "premium_fen": 304800, "claims_fen": 0, "items": [{"kind": "premium", "number": "{number}", "amount_fen": 304800, "parts_fen": [182880, 76200, 45720]}],
         "members": [{"premium_fen": 182880, "fee_fen": -6096, "net_fen": 188976}, {"premium_fen": 76200, "fee_fen": 3810, "net_fen": 72390}, {"premium_fen": 45720, "fee_fen": 2286, "net_fen": 43434}]}
keep    journal = /journal
POST    /api/insurance/pools/{pool}/months/2025-05 -> 409 insurance.month_settled
POST    /api/insurance/pools/{pool}/months/2025-04 -> 409 insurance.month_before
as      officer
GET     /api/funds/{b_book} -> 200 {"balance_fen": 72390, "year": {"transfers_in_fen": 76200, "service_fees_fen": 3810}}
GET     /api/funds/{a_book} -> 200 {"year": {"transfers_out_fen": 121920, "service_fees_fen": -6096}}

# August: a claim that the lead paid; each member bears its part in its own book. Who has not enough is told so.
today   2025-08-05
as      chen
POST    /api/insurance/claims {"policy": "{policy}", "cause": "drought", "occurred_on": "2025-08-04", "reporter": "陈秀英", "phone": "13800138000", "place": "坝上", "found": "穗而不实", "key": "c"} -> 201
keep    claim = /id
UPLOAD  /api/insurance/claims/{claim}/photos file=src/delivery/demo/data/门前.jpg -> 201
as      lead
POST    /api/insurance/claims/{claim}/steps {"version": 2, "action": "survey", "surveyor": "周工", "assistant": "陈秀英"} -> 200
PUT     /api/insurance/claims/{claim}/losses {"version": 3, "losses": [{"insured": "{row}", "stage": "booting", "loss": "0.83", "area": "12.30", "planted": "63.50"}]} -> 200
keep    assessed = /assessed_fen
POST    /api/insurance/claims/{claim}/steps {"version": 4, "action": "assess"} -> 200
as      chen
POST    /api/insurance/claims/{claim}/steps {"version": 5, "action": "publicise"} -> 200
today   2025-08-10
as      chen
POST    /api/insurance/claims/{claim}/steps {"version": 6, "action": "agree"} -> 200
as      lead
POST    /api/insurance/claims/{claim}/steps {"version": 7, "action": "pay"} -> 200 {"paid_fen": 797040}
today   2025-09-01
as      lead
POST    /api/insurance/pools/{pool}/months/2025-08 -> 409 finance.fund_exhausted
as      second
POST    /api/insurance/deposits {"amount_fen": 1000000, "note": "总公司拨款", "key": "d"} -> 201
as      third
POST    /api/insurance/deposits {"amount_fen": 1000000, "note": "总公司拨款", "key": "d"} -> 201
as      lead
POST    /api/insurance/pools/{pool}/months/2025-08 -> 201
        {"claims_fen": 797040, "premium_fen": 0, "members": [{"claims_fen": 478224, "net_fen": -478224}, {"claims_fen": 199260}, {"claims_fen": 119556}]}
as      third
GET     /api/insurance/pools/{pool} -> 200 {"leads": false, "months": [{"month": "2025-08", "claims_fen": 797040}, {"month": "2025-05", "premium_fen": 304800}]}
GET     /api/insurance/pools/{pool}/months/2025-08/sheet -> 200
as      officer
GET     /api/funds/{c_book} -> 200 {"balance_fen": 923878, "year": {"payments_fen": 119556}}
as      lead
POST    /api/insurance/pools/{pool}/months/2025-09 -> 409 insurance.month_runs
audit   insurance.pool, insurance.pool_settle
