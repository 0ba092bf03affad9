story   a rice policy from its list to a claim that is paid, every fen in the ledger
given   county 513431, today 2025-04-01
user    officer   county_officer    513431
user    leader    county_leader     513431
user    insurer   insurer_operator  513431
user    rival     insurer_operator  513431
user    chen      village_officer   513431100200
user    elsewhere village_officer   513431101200

as      officer
UPLOAD  /api/registry/imports file=tests/data/feeds/户信息.csv file=tests/data/feeds/成员信息.csv -> 202
keep    job = /job
keep    import = /id
wait    {job} -> done
POST    /api/registry/imports/{import}/apply -> 202
keep    job = /job
wait    {job} -> done
POST    /api/insurance/insurers {"area": "513431", "name": "平安财险昭觉支公司"} -> 201
keep    company = /id
keep    book = /fund
POST    /api/insurance/insurers {"area": "513431", "name": "平安财险昭觉支公司"} -> 409 insurance.insurer_exists
POST    /api/insurance/insurers/{company}/operators {"account": "chen"} -> 404 insurance.no_such_account
POST    /api/insurance/insurers/{company}/operators {"account": "insurer"} -> 204
POST    /api/insurance/insurers {"area": "513431", "name": "太平洋财险昭觉支公司"} -> 201
keep    other = /id
POST    /api/insurance/insurers/{other}/operators {"account": "rival"} -> 204
POST    /api/funds {"area": "513431", "kind": "insurance", "name": "不行"} -> 422 finance.no_such_kind
POST    /api/funds {"area": "513431", "kind": "subsidy", "name": "保费补贴"} -> 201
keep    subsidy = /id

# A quote: what the operator of 63.50 mu pays (P-1).
as      insurer
POST    /api/insurance/quotes {"product": "rice_full_cost", "area": "513431100200", "season": 2025, "units": "63.50"} -> 200
        {"amount_fen": 80000, "sum_insured_fen": 5080000, "premium_fen": 304800, "subsidy_fen": 243840, "parts": {"central_fen": 137160, "county_fen": 30480, "farmer_fen": 60960}, "tariff": {"assumed": true}}
POST    /api/insurance/quotes {"product": "rice_full_cost", "area": "513431100200", "season": 2025, "units": "-1"} -> 422 insurance.out_of_range
POST    /api/insurance/policies {"product": "snow_index", "area": "513431100200", "holder_kind": "village", "holder": "村民委员会", "season": 2025, "key": "p0"} -> 409 insurance.not_on_sale
POST    /api/insurance/policies {"product": "rice_full_cost", "area": "513431", "holder_kind": "village", "holder": "村民委员会", "season": 2025, "key": "p0"} -> 422 insurance.wrong_area
POST    /api/insurance/policies {"product": "rice_full_cost", "area": "513431100200", "holder_kind": "village", "holder": "村民委员会", "season": 2025, "key": "p"} -> 201
        {"state": {"code": "draft"}, "version": 1, "steps": [{"code": "submit", "missing": ["还没有投保清单。请先上传。"]}, {"code": "cancel"}]}
keep    policy = /id
keep    number = /number
POST    /api/insurance/policies {"product": "rice_full_cost", "area": "513431100200", "holder_kind": "village", "holder": "村民委员会", "season": 2025, "key": "p"} -> 201 {"id": "{policy}"}

# A list with faults is not taken, and every fault is named with its row; a good one is taken whole.
UPLOAD  /api/insurance/policies/{policy}/list?version=1 file=tests/data/insurance/投保清单_有误.csv -> 200
        {"accepted": false, "findings": [{"row": 3, "id": "insurance.farmer_twice"}, {"row": 3, "id": "insurance.plots_overlap"}, {"row": 4, "id": "insurance.account_of_another"}, {"row": 5, "id": "insurance.row_value"}, {"row": 6, "id": "insurance.plots_overlap"}], "policy": {"farmers": 0}}
POST    /api/insurance/policies/{policy}/steps {"version": 1, "action": "submit"} -> 409 insurance.list_missing
GET     /api/insurance/policies/{policy}/paper -> 404 insurance.nothing_to_print
UPLOAD  /api/insurance/policies/{policy}/list?version=1 file=src/delivery/demo/data/门前.jpg -> 422
UPLOAD  /api/insurance/policies/{policy}/list?version=1 file=tests/data/insurance/投保清单.csv -> 200
        {"accepted": true, "rows": 2, "findings": [{"row": 2, "error": false, "id": "insurance.no_land_on_file"}, {"row": 3, "error": false, "id": "insurance.not_on_file"}],
         "policy": {"version": 2, "farmers": 2, "units": "75.80", "sum_insured_fen": 5579380, "premium_fen": 334763, "parts": {"central_fen": 150643, "province_fen": 83691, "county_fen": 33476, "farmer_fen": 66953}}}
UPLOAD  /api/insurance/policies/{policy}/list?version=1 file=tests/data/insurance/投保清单.csv -> 409 insurance.changed_meanwhile
POST    /api/insurance/policies/{policy}/steps {"version": 2, "action": "submit"} -> 200 {"state": {"code": "listed"}, "version": 3, "steps": [{"code": "cancel"}], "awaited": [{"code": "inspect", "label": "验标通过", "by": "村或乡镇", "missing": ["验标样本中还有 2 行没有查看。"]}]}
GET     /api/insurance/policies/{policy}/rows -> 200 {"total": 2, "items": [{"name": "罗志强", "phone": "139****9000", "amount_fen": 80000, "sampled": true}]}
keep    small = /items/0/id
keep    large = /items/1/id
as      rival
GET     /api/insurance/policies/{policy} -> 404 insurance.no_such_policy
GET     /api/insurance/policies/{policy}/paper -> 404 insurance.no_such_policy
GET     /api/insurance/policies -> 200 {"total": 0}
as      elsewhere
GET     /api/insurance/policies/{policy} -> 404 insurance.no_such_policy

# The village: looks at the sample, puts the list up.
as      chen
GET     /api/insurance/policies/{policy}/paper -> 200
POST    /api/insurance/policies/{policy}/steps {"version": 3, "action": "inspect"} -> 409 insurance.sample_open
POST    /api/insurance/policies/{policy}/rows/{small}/measure {"measured": "12.30"} -> 200
POST    /api/insurance/policies/{policy}/rows/{large}/measure {"measured": "60.00"} -> 200
POST    /api/insurance/policies/{policy}/steps {"version": 5, "action": "inspect"} -> 409 insurance.sample_differs
POST    /api/insurance/policies/{policy}/rows/{large}/measure {"measured": "63.50"} -> 200 {"version": 6}
POST    /api/insurance/policies/{policy}/steps {"version": 6, "action": "collect"} -> 409 insurance.wrong_state
POST    /api/insurance/policies/{policy}/steps {"version": 6, "action": "inspect"} -> 200 {"state": {"code": "inspected"}}
POST    /api/insurance/policies/{policy}/steps {"version": 7, "action": "publicise"} -> 200 {"posted_on": "2025-04-01"}
POST    /api/insurance/policies/{policy}/steps {"version": 8, "action": "send_back"} -> 422 insurance.note_missing

# The farmers pay; then the policy comes into force.
as      insurer
POST    /api/insurance/policies/{policy}/payments {"rows": ["{small}"], "on": "2025-04-02"} -> 422 insurance.paid_in_future
POST    /api/insurance/policies/{policy}/payments {"rows": [], "on": "2025-04-01"} -> 422 insurance.rows_or_all
POST    /api/insurance/policies/{policy}/payments {"all": true, "on": "2025-04-01"} -> 200 {"version": 9}
POST    /api/insurance/policies/{policy}/steps {"version": 9, "action": "cancel", "note": "不办了"} -> 409 insurance.farmers_have_paid
POST    /api/insurance/policies/{policy}/payments {"rows": ["{large}"], "returned": true, "note": " "} -> 422 insurance.note_missing
POST    /api/insurance/policies/{policy}/payments {"rows": ["{large}"], "returned": true, "note": "多收"} -> 200 {"version": 10}
POST    /api/insurance/policies/{policy}/steps {"version": 10, "action": "collect"} -> 409 insurance.publicity_runs
today   2025-04-05
as      insurer
POST    /api/insurance/policies/{policy}/steps {"version": 10, "action": "collect"} -> 409 insurance.farmers_unpaid
POST    /api/insurance/policies/{policy}/payments {"rows": ["{large}"], "on": "2025-04-05"} -> 200
POST    /api/insurance/policies/{policy}/steps {"version": 11, "action": "collect"} -> 200 {"state": {"code": "paid"}}
POST    /api/insurance/claims {"policy": "{policy}", "cause": "drought", "occurred_on": "2025-04-05", "reporter": "陈秀英", "phone": "13800138000", "place": "坝上", "found": "叶黄", "key": "c0"} -> 409 insurance.not_in_force
POST    /api/insurance/policies/{policy}/steps {"version": 12, "action": "activate"} -> 200 {"state": {"code": "effective"}, "effective_on": "2025-05-01"}
as      officer
GET     /api/funds/{book} -> 200 {"balance_fen": 66953, "lines": [{"reference": "policy:{policy}", "amount_fen": 66953}]}

# The premium subsidy of the quarter, out of the county's fund, once.
POST    /api/insurance/subsidies {"insurer": "{company}", "fund": "{subsidy}", "quarter": "2025Q2"} -> 422 insurance.quarter_runs
today   2025-07-02
as      officer
POST    /api/insurance/subsidies {"insurer": "{company}", "fund": "{subsidy}", "quarter": "2025Q2"} -> 409 finance.fund_exhausted
POST    /api/funds/{subsidy}/entries {"account": "contribution", "on": "2025-07-01", "amount_fen": 1000000, "note": "预算", "key": "b"} -> 201
GET     /api/insurance/subsidies?quarter=2025Q2 -> 200 {"items": [{"policies": 1, "farmers": 2, "amount_fen": 267810}]}
POST    /api/insurance/subsidies {"insurer": "{company}", "fund": "{subsidy}", "quarter": "2025Q2"} -> 201 {"amount_fen": 267810}
POST    /api/insurance/subsidies {"insurer": "{company}", "fund": "{subsidy}", "quarter": "2025Q2"} -> 409 insurance.no_subsidy_due
GET     /api/funds/{subsidy} -> 200 {"balance_fen": 732190}
GET     /api/funds/{book} -> 200 {"balance_fen": 334763}
POST    /api/funds/{book}/entries {"account": "payment", "on": "2025-07-01", "amount_fen": 1, "key": "x"} -> 403 finance.insurers_book

# A drought: reported by the village, surveyed by two with a photo, a loss sheet for each farmer.
today   2025-08-05
as      chen
POST    /api/insurance/claims {"policy": "{policy}", "cause": "drought", "occurred_on": "2025-04-30", "reporter": "陈秀英", "phone": "13800138000", "place": "坝上", "found": "叶黄", "key": "c"} -> 422 insurance.loss_outside_cover
POST    /api/insurance/claims {"policy": "{policy}", "cause": "drought", "occurred_on": "2025-08-06", "reporter": "陈秀英", "phone": "13800138000", "place": "坝上", "found": "叶黄", "key": "c"} -> 422 insurance.loss_in_future
POST    /api/insurance/claims {"policy": "{policy}", "cause": "drought", "occurred_on": "2025-08-04", "reporter": "陈秀英", "phone": "13800138000", "place": "坝上和河湾", "found": "穗而不实", "key": "c"} -> 201 {"state": {"code": "reported"}, "due_on": "2025-08-06", "steps": [], "awaited": [{"code": "survey", "by": "保险机构"}]}
keep    claim = /id
GET     /api/insurance/claims -> 200 {"items": [{"id": "{claim}", "due_on": "2025-08-06"}]}
UPLOAD  /api/insurance/claims/{claim}/photos file=tests/data/insurance/投保清单.csv -> 422 insurance.photo_type
UPLOAD  /api/insurance/claims/{claim}/photos file=src/delivery/demo/data/门前.jpg -> 201 {"version": 2}
as      elsewhere
GET     /api/insurance/claims/{claim} -> 404 insurance.no_such_claim
GET     /api/insurance/claims/{claim}/papers/losses -> 404 insurance.no_such_claim
today   2025-08-08
as      insurer
POST    /api/insurance/claims/{claim}/steps {"version": 2, "action": "survey", "surveyor": "周工", "assistant": "陈秀英"} -> 422 insurance.survey_late
POST    /api/insurance/claims/{claim}/steps {"version": 2, "action": "survey", "surveyor": "周工", "assistant": "周工", "note": "道路中断"} -> 422 insurance.two_must_sign
POST    /api/insurance/claims/{claim}/steps {"version": 2, "action": "survey", "surveyor": "周工", "assistant": "陈秀英", "note": "道路中断"} -> 200 {"state": {"code": "surveyed"}, "version": 3}
PUT     /api/insurance/claims/{claim}/losses {"version": 3, "losses": [{"insured": "{small}", "stage": "ripening", "loss": "0.83", "area": "12.30", "planted": "12.30"}]} -> 422 insurance.stage_not_then
PUT     /api/insurance/claims/{claim}/losses {"version": 3, "losses": [{"insured": "{small}", "stage": "booting", "loss": "0.83", "area": "12.31", "planted": "12.30"}]} -> 422 insurance.lost_more_than_planted
PUT     /api/insurance/claims/{claim}/losses {"version": 3, "losses": [{"insured": "{small}", "stage": "booting", "loss": "0.83", "area": "12.30", "planted": "12.30"}, {"insured": "{large}", "stage": "booting", "loss": "0.46", "area": "60", "planted": "63.50"}]} -> 200
        {"version": 4, "assessed_fen": 2192978, "losses": [{"line": 1, "claimed_fen": 404498}, {"line": 2, "claimed_fen": 1788480}]}
GET     /api/insurance/claims/{claim}/papers/losses -> 200
GET     /api/insurance/claims/{claim}/papers/payments -> 404 insurance.nothing_to_print
GET     /api/insurance/claims/{claim}/papers/others -> 404 insurance.no_such_paper
POST    /api/insurance/claims/{claim}/steps {"version": 4, "action": "estimate"} -> 200 {"state": {"code": "surveyed"}, "version": 5}
POST    /api/insurance/claims/{claim}/steps {"version": 5, "action": "assess"} -> 409 insurance.before_harvest
POST    /api/insurance/claims/{claim}/steps {"version": 5, "action": "assess", "harvest_on": "2025-10-10"} -> 409 insurance.harvest_to_come
today   2025-10-12
as      insurer
POST    /api/insurance/claims/{claim}/steps {"version": 5, "action": "assess", "harvest_on": "2025-08-01"} -> 422 insurance.harvest_before_loss
POST    /api/insurance/claims/{claim}/steps {"version": 5, "action": "assess", "harvest_on": "2025-10-10"} -> 200 {"state": {"code": "assessed"}, "harvest_on": "2025-10-10"}
as      chen
POST    /api/insurance/claims/{claim}/steps {"version": 6, "action": "publicise"} -> 200
POST    /api/insurance/claims/{claim}/steps {"version": 7, "action": "agree"} -> 409 insurance.publicity_runs
today   2025-10-16
as      chen
POST    /api/insurance/claims/{claim}/steps {"version": 7, "action": "agree"} -> 200 {"state": {"code": "agreed"}, "due_on": "2025-10-26"}
POST    /api/insurance/claims/{claim}/steps {"version": 8, "action": "pay"} -> 403 auth.not_allowed
as      insurer
POST    /api/insurance/claims/{claim}/steps {"version": 8, "action": "pay"} -> 409 finance.fund_exhausted
POST    /api/insurance/deposits {"amount_fen": 3000000, "note": "总公司拨款", "key": "d"} -> 201
POST    /api/insurance/claims/{claim}/steps {"version": 8, "action": "pay"} -> 200 {"state": {"code": "paid"}, "paid_fen": 2192978, "losses": [{"line": 1, "paid_fen": 404498}]}
POST    /api/insurance/claims/{claim}/steps {"version": 8, "action": "pay"} -> 409 insurance.wrong_state
GET     /api/insurance/claims/{claim}/papers/payments -> 200
POST    /api/insurance/claims/{claim}/steps {"version": 9, "action": "close"} -> 200 {"state": {"code": "closed"}, "steps": [{"code": "reopen"}]}
POST    /api/insurance/policies/{policy}/rows/{small}/account {"purpose": " "} -> 422 insurance.purpose_missing
POST    /api/insurance/policies/{policy}/rows/{small}/account {"purpose": "支付赔款"} -> 200
as      officer
GET     /api/funds/{book} -> 200 {"balance_fen": 1141785, "year": {"payments_fen": 2192978, "top_ups_fen": 3000000, "closing_fen": 1141785}, "lines": [{"reference": "claim:{claim}", "amount_fen": -404498}]}
keep    payment = /lines/0/journal

# What a claim has posted is corrected in the claim; the insurer's book takes and gives nothing by hand.
as      leader
POST    /api/journals/{payment}/reversal {"on": "2025-10-16", "note": "错付"} -> 409 finance.correct_where_made
POST    /api/funds/{book}/appropriations {"on": "2025-10-16", "amount_fen": 1, "key": "g1", "parts": [{"fund": "{subsidy}", "weight": "1"}]} -> 403 finance.insurers_book
POST    /api/funds/{subsidy}/appropriations {"on": "2025-10-16", "amount_fen": 1, "key": "g2", "parts": [{"fund": "{book}", "weight": "1"}]} -> 403 finance.insurers_book

# A second loss pays only what is left of the sum insured: 4,993.80 less 4,044.98.
as      insurer
POST    /api/insurance/claims {"policy": "{policy}", "cause": "hail", "occurred_on": "2025-10-14", "reporter": "陈秀英", "phone": "13800138000", "place": "坝上", "found": "雹灾", "key": "c2"} -> 201
keep    second = /id
PUT     /api/insurance/claims/{second}/losses {"version": 1, "losses": [{"insured": "{small}", "stage": "ripening", "loss": "1", "area": "12.30", "planted": "12.30"}]} -> 200
        {"losses": [{"claimed_fen": 449442, "assessed_fen": 94882}]}

# The farmer looks by policy and phone, without an account. Somebody who guesses at the phone is stopped; the farmers are not.
as      nobody
POST    /api/public/insurance {"policy_no": "{number}", "phone": "13800138000"} -> 200
        {"items": [{"name": "吉***依", "farmer_fen": 5993, "claims": [{"paid_fen": 404498, "paid_on": "2025-10-16"}]}]}
POST    /api/public/insurance {"policy_no": "{number}", "phone": "13800138001"} -> 404 insurance.not_found_publicly
POST    /api/public/insurance {"policy_no": "{number}", "phone": "13800138001"} -> 404 insurance.not_found_publicly
POST    /api/public/insurance {"policy_no": "{number}", "phone": "13800138001"} -> 404 insurance.not_found_publicly
POST    /api/public/insurance {"policy_no": "{number}", "phone": "13800138001"} -> 404 insurance.not_found_publicly
POST    /api/public/insurance {"policy_no": "{number}", "phone": "13800138001"} -> 404 insurance.not_found_publicly
POST    /api/public/insurance {"policy_no": "{number}", "phone": "13800138001"} -> 503 insurance.too_many_attempts
POST    /api/public/insurance {"policy_no": "{number}", "phone": "13800138000"} -> 200 {"items": [{"name": "吉***依"}]}
audit   insurance.list_sent, insurance.list_checked, insurance.policy.collect, insurance.claim.pay, insurance.unmask, insurance.subsidy
