story   a product is changed in mid-season: who bought before is settled by the old terms, who buys afterwards by the new
given   county 513431, today 2025-04-01
user    officer  county_officer    513431
user    insurer  insurer_operator  513431
user    chen     village_officer   513431100200

as      officer
UPLOAD  /api/registry/imports file=tests/data/feeds/户信息.csv file=tests/data/feeds/成员信息.csv -> 202
keep    job = /job
keep    import = /id
wait    {job} -> done
POST    /api/registry/imports/{import}/apply -> 202
keep    job = /job
wait    {job} -> done
POST    /api/insurance/insurers {"area": "513431", "name": "财险支公司"} -> 201
keep    company = /id
POST    /api/insurance/insurers/{company}/operators {"account": "insurer"} -> 204
as      insurer
POST    /api/insurance/deposits {"amount_fen": 50000000, "note": "总公司拨款", "key": "d"} -> 201

# Rice and snow as the packs have them today.
POST    /api/insurance/policies {"product": "rice_full_cost", "area": "513431100200", "holder_kind": "village", "holder": "村民委员会", "season": 2025, "key": "r1"} -> 201 {"terms_kept": true, "terms_changed": false}
keep    policy = /id
keep    rice_before = /id
UPLOAD  /api/insurance/policies/{policy}/list?version=1 file=tests/data/insurance/投保清单_大户.csv -> 200 {"accepted": true, "policy": {"premium_fen": 304800}}
include insurance/in_force.steps
keep    ignored = /id
GET     /api/insurance/policies/{rice_before}/rows -> 200
keep    rice_row_before = /items/0/id
today   2025-07-01
as      insurer
POST    /api/insurance/policies {"product": "snow_index", "area": "513431100200", "holder_kind": "village", "holder": "村民委员会", "season": 2025, "key": "s1"} -> 201
keep    policy = /id
keep    snow_before = /id
UPLOAD  /api/insurance/policies/{policy}/list?version=1 file=tests/data/insurance/牦牛投保清单_阿依.csv -> 200 {"accepted": true, "policy": {"premium_fen": 1440000}}
include insurance/in_force.steps

# The county changes both products: booted rice is worth half, a ninth becomes a fifth to bear; snow costs 8 % and its second step pays 40 %.
packs   packs
amend   insurance/rice_full_cost.toml share = "0.9" => share = "0.5"
amend   insurance/rice_full_cost.toml kind = "absolute", value = "0.1" => kind = "absolute", value = "0.2"
amend   insurance/snow_index.toml rate = "0.06" => rate = "0.08"
amend   insurance/snow_index.toml from = "35", share = "0.25" => from = "35", share = "0.40"
as      insurer
GET     /api/insurance/policies/{rice_before} -> 200 {"terms_changed": true, "terms_kept": true}
POST    /api/insurance/policies {"product": "rice_full_cost", "area": "513431100200", "holder_kind": "village", "holder": "村民委员会", "season": 2025, "key": "r2"} -> 201 {"terms_changed": false}
keep    policy = /id
keep    rice_after = /id
UPLOAD  /api/insurance/policies/{policy}/list?version=1 file=tests/data/insurance/投保清单_小户.csv -> 200 {"accepted": true}
include insurance/in_force.steps
GET     /api/insurance/policies/{rice_after}/rows -> 200
keep    rice_row_after = /items/0/id
POST    /api/insurance/policies {"product": "snow_index", "area": "513431100200", "holder_kind": "village", "holder": "村民委员会", "season": 2025, "key": "s2"} -> 201
keep    policy = /id
UPLOAD  /api/insurance/policies/{policy}/list?version=1 file=tests/data/insurance/牦牛投保清单_志强.csv -> 200 {"accepted": true, "policy": {"premium_fen": 160000}}
include insurance/in_force.steps

# The same loss of 83 % in the same field: 800 x 0.9 x 12.30 x 0.9 for who bought before, 406 x 0.5 x 10.00 x 0.8 for who bought after.
today   2025-08-05
as      chen
POST    /api/insurance/claims {"policy": "{rice_before}", "cause": "drought", "occurred_on": "2025-08-04", "reporter": "陈秀英", "phone": "13800138000", "place": "坝上", "found": "穗而不实", "key": "c1"} -> 201 {"sold_before": true, "stages": [{"code": "booting", "share": "0.9"}]}
keep    claim = /id
as      insurer
PUT     /api/insurance/claims/{claim}/losses {"version": 1, "losses": [{"insured": "{rice_row_before}", "stage": "booting", "loss": "0.83", "area": "12.30", "planted": "63.50"}]} -> 200 {"assessed_fen": 797040}
as      chen
POST    /api/insurance/claims {"policy": "{rice_after}", "cause": "drought", "occurred_on": "2025-08-04", "reporter": "陈秀英", "phone": "13800138000", "place": "坝上", "found": "穗而不实", "key": "c2"} -> 201 {"sold_before": false, "stages": [{"code": "booting", "share": "0.5"}]}
keep    claim = /id
as      insurer
PUT     /api/insurance/claims/{claim}/losses {"version": 1, "losses": [{"insured": "{rice_row_after}", "stage": "booting", "loss": "0.83", "area": "10.00", "planted": "10.00"}]} -> 200 {"assessed_fen": 162400}

# 41.7 mm: a settlement for each of the two terms, the ones that were sold first before the others; each says that there is the other.
today   2026-05-04
as      insurer
UPLOAD  /api/insurance/series file=tests/data/insurance/降雪_56137.csv kind=weather code=56137 variable=snowfall source=气象证明2026-17号 -> 200 {"accepted": true}
POST    /api/insurance/settlements {"product": "snow_index", "area": "513431", "season": 2025, "key": "a"} -> 201 {"index": "41.7000", "sold_before": true, "sold_otherwise": 1}
keep    before = /id
keep    job = /job
wait    {job} -> done
GET     /api/insurance/settlements/{before} -> 200 {"policies": 1, "payable_fen": 6000000, "sold_before": true, "sold_otherwise": 1, "terms": {"steps": [{"from": "35", "share": "0.25", "reached": true}]}}
POST    /api/insurance/settlements {"product": "snow_index", "area": "513431", "season": 2025, "key": "b"} -> 201 {"sold_before": false, "sold_otherwise": 0}
keep    after = /id
keep    job = /job
wait    {job} -> done
GET     /api/insurance/settlements/{after} -> 200 {"policies": 1, "payable_fen": 800000, "terms": {"steps": [{"from": "35", "share": "0.40", "reached": true}]}}
POST    /api/insurance/settlements {"product": "snow_index", "area": "513431", "season": 2025, "key": "c"} -> 409 insurance.nothing_to_settle

# A change after that holds neither up: both were sold under terms that are on file.
amend   insurance/snow_index.toml from = "35", share = "0.40" => from = "35", share = "0.45"
as      officer
POST    /api/insurance/settlements/{before}/steps {"version": 2, "action": "check"} -> 200 {"state": {"code": "checked"}}
POST    /api/insurance/settlements/{after}/steps {"version": 2, "action": "check"} -> 200 {"state": {"code": "checked"}, "sold_before": true, "payable_fen": 800000}
