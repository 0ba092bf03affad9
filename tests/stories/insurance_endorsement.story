story   rows of a policy in force change: added, smaller, with another account, and what that costs, to the fen
given   county 513431, today 2025-04-01
user    officer   county_officer    513431
user    insurer   insurer_operator  513431
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
POST    /api/insurance/insurers/{company}/operators {"account": "insurer"} -> 204
POST    /api/funds {"area": "513431", "kind": "subsidy", "name": "保费补贴"} -> 201
keep    subsidy = /id

as      insurer
POST    /api/insurance/policies {"product": "rice_full_cost", "area": "513431100200", "holder_kind": "village", "holder": "村民委员会", "season": 2025, "key": "p"} -> 201
keep    policy = /id
keep    number = /number
UPLOAD  /api/insurance/policies/{policy}/list?version=1 file=tests/data/insurance/投保清单.csv -> 200
        {"accepted": true, "policy": {"premium_fen": 334763, "parts": {"central_fen": 150643, "province_fen": 83691, "county_fen": 33476, "farmer_fen": 66953}}}
GET     /api/insurance/policies/{policy}/rows -> 200
keep    small = /items/0/id
keep    large = /items/1/id
POST    /api/insurance/policies/{policy}/steps {"version": 2, "action": "submit"} -> 200
as      chen
POST    /api/insurance/policies/{policy}/rows/{small}/measure {"measured": "12.30"} -> 200
POST    /api/insurance/policies/{policy}/rows/{large}/measure {"measured": "63.50"} -> 200
POST    /api/insurance/policies/{policy}/steps {"version": 5, "action": "inspect"} -> 200
POST    /api/insurance/policies/{policy}/steps {"version": 6, "action": "publicise"} -> 200
today   2025-04-05
as      insurer
POST    /api/insurance/policies/{policy}/endorsements {"from": "2025-06-01", "reason": "漏报", "key": "e0", "changes": [{"kind": "remove", "row": "{small}"}]} -> 409 insurance.not_in_force
POST    /api/insurance/policies/{policy}/payments {"all": true, "on": "2025-04-05"} -> 200
POST    /api/insurance/policies/{policy}/steps {"version": 8, "action": "collect"} -> 200
POST    /api/insurance/policies/{policy}/steps {"version": 9, "action": "activate"} -> 200 {"effective_on": "2025-05-01"}

# The subsidy of the quarter is paid before anything changes.
today   2025-07-02
as      officer
POST    /api/funds/{subsidy}/entries {"account": "contribution", "on": "2025-07-01", "amount_fen": 1000000, "note": "预算", "key": "b"} -> 201
POST    /api/insurance/subsidies {"insurer": "{company}", "fund": "{subsidy}", "quarter": "2025Q2"} -> 201 {"amount_fen": 267810}

# What cannot be: a day that has passed, no reason, a row twice, nobody's row, another's account, a plot that lies in another, the whole list.
as      insurer
POST    /api/insurance/policies/{policy}/endorsements {"from": "2025-07-02", "reason": "面积有误", "key": "e1", "changes": [{"kind": "change", "row": "{small}", "units": "10"}]} -> 422 insurance.endorsement_from
POST    /api/insurance/policies/{policy}/endorsements {"from": "2025-07-10", "reason": " ", "key": "e1", "changes": [{"kind": "change", "row": "{small}", "units": "10"}]} -> 422 insurance.note_missing
POST    /api/insurance/policies/{policy}/endorsements {"from": "2025-07-10", "reason": "面积有误", "key": "e1", "changes": []} -> 422 insurance.nothing_changes
POST    /api/insurance/policies/{policy}/endorsements {"from": "2025-07-10", "reason": "面积有误", "key": "e1", "changes": [{"kind": "change", "row": "{small}", "units": "12.30"}]} -> 422 insurance.nothing_changes
POST    /api/insurance/policies/{policy}/endorsements {"from": "2025-07-10", "reason": "面积有误", "key": "e1", "changes": [{"kind": "change", "row": "{small}", "units": "-1"}]} -> 422 insurance.out_of_range
POST    /api/insurance/policies/{policy}/endorsements {"from": "2025-07-10", "reason": "面积有误", "key": "e1", "changes": [{"kind": "change", "row": "{small}", "units": "10"}, {"kind": "remove", "row": "{small}"}]} -> 422 insurance.row_twice
POST    /api/insurance/policies/{policy}/endorsements {"from": "2025-07-10", "reason": "面积有误", "key": "e1", "changes": [{"kind": "remove", "row": "999999"}]} -> 404 insurance.no_such_row
POST    /api/insurance/policies/{policy}/endorsements {"from": "2025-07-10", "reason": "换卡", "key": "e1", "changes": [{"kind": "change", "row": "{small}", "account": "6228481234567890128", "holder": "罗志强"}]} -> 422 insurance.account_of_another
POST    /api/insurance/policies/{policy}/endorsements {"from": "2025-07-10", "reason": "地块有误", "key": "e1", "changes": [{"kind": "change", "row": "{small}", "ring": "102.901 28.011; 102.909 28.011; 102.909 28.019; 102.901 28.019"}]} -> 422 insurance.plots_overlap
POST    /api/insurance/policies/{policy}/endorsements {"from": "2025-07-10", "reason": "退保", "key": "e1", "changes": [{"kind": "remove", "row": "{small}"}, {"kind": "remove", "row": "{large}"}]} -> 422 insurance.list_empty

# 2.30 mu less of one farmer, 8 mu of another who was forgotten: 56.03 back, 194.88 on top; the parts add up again.
POST    /api/insurance/policies/{policy}/endorsements {"from": "2025-07-10", "reason": "核实面积，补漏报户", "key": "e2", "changes": [{"kind": "change", "row": "{small}", "units": "10.00"}, {"kind": "add", "name": "沙马木呷", "id_number": "513431198505050042", "phone": "13700137000", "plot": "沟边", "units": "8.00", "bank": "邮储银行", "account": "6217996510001234564", "holder": "沙马木呷"}]} -> 201
        {"items": [{"place": 1, "state": {"code": "draft"}, "premium_fen": 13885, "sum_insured_fen": 231420,
          "parts": {"central_fen": 6249, "province_fen": 3471, "prefecture_fen": 0, "county_fen": 1388, "farmer_fen": 2777},
          "rows": [{"kind": {"code": "change"}, "line": 1, "units_before": "12.30", "premium_fen": 24360, "due_fen": -1121}, {"kind": {"code": "add"}, "name": "沙马木呷", "premium_fen": 19488, "due_fen": 3898}],
          "steps": [{"code": "cancel"}]}]}
POST    /api/insurance/policies/{policy}/endorsements {"from": "2025-07-10", "reason": "又一项", "key": "e3", "changes": [{"kind": "remove", "row": "{large}"}]} -> 409 insurance.endorsement_open
POST    /api/insurance/policies/{policy}/endorsements/1/steps {"version": 1, "action": "publicise"} -> 403 auth.not_allowed
POST    /api/insurance/policies/{policy}/endorsements/2/steps {"version": 1, "action": "cancel", "note": "不办"} -> 404 insurance.no_such_endorsement
as      elsewhere
GET     /api/insurance/policies/{policy}/endorsements -> 404 insurance.no_such_policy
as      chen
POST    /api/insurance/policies/{policy}/endorsements/1/steps {"version": 1, "action": "publicise"} -> 200 {"items": [{"posted_on": "2025-07-02"}]}
as      insurer
POST    /api/insurance/policies/{policy}/endorsements/1/steps {"version": 2, "action": "activate"} -> 409 insurance.wrong_state
POST    /api/insurance/policies/{policy}/endorsements/1/steps {"version": 2, "action": "collect"} -> 409 insurance.publicity_runs
today   2025-07-06
as      insurer
POST    /api/insurance/policies/{policy}/endorsements/1/steps {"version": 1, "action": "collect"} -> 409 insurance.changed_meanwhile
POST    /api/insurance/policies/{policy}/endorsements/1/steps {"version": 2, "action": "collect"} -> 200 {"items": [{"state": {"code": "paid"}}]}
POST    /api/insurance/policies/{policy}/endorsements/1/steps {"version": 3, "action": "activate"} -> 200 {"items": [{"state": {"code": "effective"}, "from": "2025-07-10", "steps": []}]}
GET     /api/insurance/policies/{policy}/paper -> 200
GET     /api/insurance/policies/{policy} -> 200 {"farmers": 3, "units": "81.50", "premium_fen": 348648, "parts": {"central_fen": 156892, "province_fen": 87162, "county_fen": 34864, "farmer_fen": 69730}}
GET     /api/insurance/policies/{policy}/rows -> 200 {"total": 3, "items": [{"line": 2}, {"line": 3, "units": "10.00", "sum_insured_fen": 406000}, {"line": 4, "name": "沙马木呷"}]}
keep    smaller = /items/1/id
keep    added = /items/2/id
GET     /api/insurance/policies/{policy}/rows_then?on=2025-07-09 -> 200 {"total": 2, "items": [{"line": 1, "units": "12.30"}, {"line": 2}]}
GET     /api/insurance/policies/{policy}/rows_then?on=2025-07-10 -> 200 {"total": 3}
as      officer
GET     /api/funds/{book} -> 200 {"balance_fen": 337540}

# A loss of the day before takes the list of that day.
today   2025-07-20
as      chen
POST    /api/insurance/claims {"policy": "{policy}", "cause": "flood", "occurred_on": "2025-07-09", "reporter": "陈秀英", "phone": "13800138000", "place": "坝上", "found": "水淹", "key": "c"} -> 201
keep    claim = /id
as      insurer
POST    /api/insurance/policies/{policy}/endorsements {"from": "2025-08-01", "reason": "面积有误", "key": "e4", "changes": [{"kind": "change", "row": "{smaller}", "units": "9"}]} -> 409 insurance.claim_without_sheet
PUT     /api/insurance/claims/{claim}/losses {"version": 1, "losses": [{"insured": "{smaller}", "stage": "tillering", "loss": "0.50", "area": "10.00", "planted": "10.00"}]} -> 422 insurance.row_not_then
PUT     /api/insurance/claims/{claim}/losses {"version": 1, "losses": [{"insured": "{added}", "stage": "tillering", "loss": "0.50", "area": "8.00", "planted": "8.00"}]} -> 422 insurance.row_not_then
PUT     /api/insurance/claims/{claim}/losses {"version": 1, "losses": [{"insured": "{small}", "stage": "tillering", "loss": "0.50", "area": "12.30", "planted": "12.30"}]} -> 200
POST    /api/insurance/policies/{policy}/endorsements {"from": "2025-08-01", "reason": "面积有误", "key": "e4", "changes": [{"kind": "change", "row": "{smaller}", "units": "9"}]} -> 409 insurance.loss_reported

# An account may be changed all the same; nothing is owed, and the row stays. A change that is withdrawn after it was paid gives it back.
POST    /api/insurance/policies/{policy}/endorsements {"from": "2025-08-01", "reason": "换卡", "key": "e5", "changes": [{"kind": "change", "row": "{smaller}", "account": "6228481234567890128", "holder": "吉克·阿依", "bank": "农业银行"}]} -> 201
        {"items": [{"place": 2, "premium_fen": 0, "rows": [{"due_fen": 0}]}, {"place": 1}]}
POST    /api/insurance/policies/{policy}/endorsements/2/steps {"version": 1, "action": "cancel", "note": " "} -> 422 insurance.note_missing
as      chen
POST    /api/insurance/policies/{policy}/endorsements/2/steps {"version": 1, "action": "publicise"} -> 200
today   2025-07-24
as      insurer
POST    /api/insurance/policies/{policy}/endorsements/2/steps {"version": 2, "action": "collect"} -> 200
POST    /api/insurance/policies/{policy}/endorsements/2/steps {"version": 3, "action": "activate"} -> 200
GET     /api/insurance/policies/{policy}/rows -> 200 {"total": 3, "items": [{"line": 2}, {"line": 3, "bank": "农业银行"}, {"line": 4}]}
POST    /api/insurance/policies/{policy}/endorsements {"from": "2025-08-10", "reason": "退耕", "key": "e6", "changes": [{"kind": "remove", "row": "{added}"}]} -> 201
        {"items": [{"place": 3, "premium_fen": -19488, "parts": {"farmer_fen": -3898}}, {"place": 2}, {"place": 1}]}
as      chen
POST    /api/insurance/policies/{policy}/endorsements/3/steps {"version": 1, "action": "publicise"} -> 200
today   2025-07-28
as      insurer
POST    /api/insurance/policies/{policy}/endorsements/3/steps {"version": 2, "action": "collect"} -> 200
as      officer
GET     /api/funds/{book} -> 200 {"balance_fen": 333642}
as      insurer
POST    /api/insurance/policies/{policy}/endorsements/3/steps {"version": 3, "action": "cancel", "note": "仍种稻"} -> 200 {"items": [{"state": {"code": "cancelled"}}]}
as      officer
GET     /api/funds/{book} -> 200 {"balance_fen": 337540}

# The subsidy of what was added is claimed with the quarter in which it took effect.
today   2025-10-02
as      officer
GET     /api/insurance/subsidies?quarter=2025Q3 -> 200 {"items": [{"policies": 0, "amount_fen": 11108}]}
POST    /api/insurance/subsidies {"insurer": "{company}", "fund": "{subsidy}", "quarter": "2025Q3"} -> 201 {"amount_fen": 11108}
POST    /api/insurance/subsidies {"insurer": "{company}", "fund": "{subsidy}", "quarter": "2025Q3"} -> 409 insurance.no_subsidy_due
GET     /api/funds/{book} -> 200 {"balance_fen": 348648}
GET     /api/funds/{subsidy} -> 200 {"balance_fen": 721082}

# A row taken off after its subsidy was paid: the farmer has 38.98 back at once, and the insurer pays 155.90 back to the county.
as      insurer
POST    /api/insurance/policies/{policy}/endorsements {"from": "2025-10-10", "reason": "退耕", "key": "e7", "changes": [{"kind": "remove", "row": "{added}"}]} -> 201 {"items": [{"place": 4, "premium_fen": -19488}]}
as      chen
POST    /api/insurance/policies/{policy}/endorsements/4/steps {"version": 1, "action": "publicise"} -> 200
today   2025-10-09
as      insurer
POST    /api/insurance/policies/{policy}/endorsements/4/steps {"version": 2, "action": "collect"} -> 200
POST    /api/insurance/policies/{policy}/endorsements/4/steps {"version": 3, "action": "activate"} -> 200 {"items": [{"from": "2025-10-10"}]}
today   2026-01-05
as      officer
GET     /api/funds/{book}?from=2025-01-01&to=2025-12-31 -> 200 {"balance_fen": 344750}
GET     /api/insurance/subsidies?quarter=2025Q4 -> 200 {"items": [{"policies": 0, "amount_fen": -15590}]}
POST    /api/insurance/subsidies {"insurer": "{company}", "fund": "{subsidy}", "quarter": "2025Q4"} -> 201 {"policies": 0, "amount_fen": -15590}
GET     /api/insurance/subsidies?quarter=2025Q4 -> 200 {"items": []}
POST    /api/insurance/subsidies {"insurer": "{company}", "fund": "{subsidy}", "quarter": "2025Q4"} -> 409 insurance.no_subsidy_due
GET     /api/funds/{book} -> 200 {"balance_fen": 329160, "lines": [{"on": "2026-01-05", "amount_fen": -15590, "account": {"code": "transfer_out"}}]}
GET     /api/funds/{subsidy} -> 200 {"balance_fen": 736672, "lines": [{"on": "2026-01-05", "amount_fen": 15590, "account": {"code": "transfer_in"}}]}
audit   insurance.subsidy, insurance.endorsement.draft, insurance.endorsement.publicise, insurance.endorsement.collect, insurance.endorsement.activate, insurance.endorsement.cancel, insurance.policy.endorse
