story   a household that illness would make poor again: proposed, visited, computed, put up, approved by another, paid to the fen; the year carried over
given   county 513431, today 2025-01-10
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
GET     /api/registry/households?area=513431100200 -> 200
keep    first = /items/0/id
keep    second = /items/1/id
POST    /api/insurance/insurers {"area": "513431", "name": "平安财险昭觉支公司"} -> 201
keep    company = /id
POST    /api/insurance/insurers/{company}/operators {"account": "insurer"} -> 204
POST    /api/insurance/insurers {"area": "513431", "name": "太平洋财险昭觉支公司"} -> 201
keep    other = /id
POST    /api/insurance/insurers/{other}/operators {"account": "rival"} -> 204

# The scheme: groups, not names; causes with their lines.
GET     /api/insurance/prevention/scheme -> 200 {"groups": [{"code": "ex_poor"}, {"code": "low_income"}], "causes": [{"code": "medical", "terms": {"warning_line_fen": 2000000, "mode": "excess", "tiers": [{"from_fen": 3000000, "rate": "0.5"}]}}], "assumed": true}

# The year begins: eighty thousand heads at fifty yuan are four million in the fund.
as      chen
POST    /api/insurance/prevention/cases {"household": "{first}", "cause": "medical", "happened_on": "2025-01-05", "told": "住院", "key": "a"} -> 409 insurance.no_prevention_year
as      officer
POST    /api/insurance/prevention/years {"insurer": "{company}", "year": 2024, "heads": 80000} -> 422 insurance.year_not_now
POST    /api/insurance/prevention/years {"insurer": "{company}", "year": 2025, "heads": 0} -> 422 insurance.out_of_range
POST    /api/insurance/prevention/years {"insurer": "{company}", "year": 2025, "heads": 79000} -> 201 {"premium_fen": 395000000, "standing": {"contributions_fen": 395000000}, "version": 1}
keep    year = /id
keep    fund = /fund
POST    /api/insurance/prevention/years {"insurer": "{other}", "year": 2025, "heads": 1} -> 409 insurance.year_exists
POST    /api/insurance/prevention/years/{year}/heads {"version": 1, "heads": 80000, "note": ""} -> 422 insurance.note_missing
POST    /api/insurance/prevention/years/{year}/heads {"version": 1, "heads": 80000, "note": "新增迁入人口"} -> 200 {"heads": 80000, "premium_fen": 400000000, "standing": {"closing_fen": 400000000}, "most_fee_fen": 32000000, "version": 2}
POST    /api/insurance/prevention/years/{year}/heads {"version": 1, "heads": 1, "note": "迟到"} -> 409 insurance.changed_meanwhile

# Proposed by the village; what befell the household is seen by nobody else, and by nobody in clear without a purpose.
as      elsewhere
POST    /api/insurance/prevention/cases {"household": "{first}", "cause": "medical", "happened_on": "2025-01-05", "told": "住院", "key": "a"} -> 404 registry.no_household
as      chen
POST    /api/insurance/prevention/cases {"household": "{first}", "cause": "drought", "happened_on": "2025-01-05", "told": "住院", "key": "a"} -> 422 insurance.no_such_cause
POST    /api/insurance/prevention/cases {"household": "{first}", "cause": "medical", "happened_on": "2025-01-11", "told": "住院", "key": "a"} -> 422 insurance.loss_in_future
POST    /api/insurance/prevention/cases {"household": "{first}", "cause": "medical", "happened_on": "2025-01-05", "told": " ", "key": "a"} -> 422 insurance.text_missing
POST    /api/insurance/prevention/cases {"household": "{first}", "cause": "medical", "source": "warning", "happened_on": "2025-01-05", "told": "住院", "key": "a"} -> 422 insurance.no_such_source
POST    /api/insurance/prevention/cases {"household": "{first}", "cause": "medical", "happened_on": "2025-01-05", "told": "肺部手术住院，自付八万多", "key": "a"} -> 201
        {"state": {"code": "proposed"}, "group": {"code": "ex_poor"}, "head": "吉***依", "facts": {"told": "***"}, "steps": []}
keep    case = /id
keep    number = /number
POST    /api/insurance/prevention/cases {"household": "{first}", "cause": "medical", "happened_on": "2025-01-05", "told": "住院", "key": "a"} -> 201 {"id": "{case}"}
POST    /api/insurance/prevention/cases {"household": "{first}", "cause": "medical", "happened_on": "2025-01-05", "told": "再报一次", "key": "b"} -> 409 insurance.prevention_case_exists
as      elsewhere
GET     /api/insurance/prevention/cases/{case} -> 404 insurance.no_such_prevention_case
GET     /api/insurance/prevention/cases -> 200 {"total": 0}
as      rival
GET     /api/insurance/prevention/cases/{case} -> 404 insurance.no_such_prevention_case
GET     /api/insurance/prevention/years -> 200 {"items": []}

# The insurer's investigator: bills, proof, the visit.
as      insurer
GET     /api/insurance/prevention/cases/{case} -> 200 {"steps": [{"code": "survey", "missing": ["还没有登记费用票据。", "还没有上传票据或入户照片。"]}, {"code": "reject"}]}
POST    /api/insurance/prevention/cases/{case}/reveal {"purpose": " "} -> 422 insurance.purpose_missing
POST    /api/insurance/prevention/cases/{case}/reveal {"purpose": "入户核查"} -> 200 {"head": "吉克·阿依", "told": "肺部手术住院，自付八万多"}
PUT     /api/insurance/prevention/cases/{case}/expenses {"version": 1, "expenses": [{"on": "2024-12-31", "amount_fen": 100, "person": "阿依", "what": "住院", "payee": "县医院", "bill": "B1"}]} -> 422 insurance.expense_outside_year
PUT     /api/insurance/prevention/cases/{case}/expenses {"version": 1, "expenses": [{"on": "2025-01-05", "amount_fen": 100, "compensated_fen": 101, "person": "阿依", "what": "住院", "payee": "县医院", "bill": "B1"}]} -> 422 insurance.compensated_more
PUT     /api/insurance/prevention/cases/{case}/expenses {"version": 1, "expenses": [{"on": "2025-01-05", "amount_fen": 100, "person": "阿依", "what": "住院", "payee": "县医院", "bill": "B1"}, {"on": "2025-01-06", "amount_fen": 100, "person": "阿依", "what": "住院", "payee": "县医院", "bill": "B1"}]} -> 422 insurance.bill_twice
PUT     /api/insurance/prevention/cases/{case}/expenses {"version": 1, "expenses": [{"on": "2025-01-05", "amount_fen": 16543210, "compensated_fen": 8000000, "person": "阿依", "what": "肺部手术", "payee": "州医院", "bill": "B1"}, {"on": "2025-01-08", "amount_fen": 222222, "person": "阿依", "what": "门诊", "payee": "县医院", "bill": "B2"}, {"on": "2025-01-09", "amount_fen": 500000, "excluded": "cosmetic", "person": "阿依", "what": "整形", "payee": "县医院", "bill": "B3"}]} -> 200
        {"version": 2, "facts": {"expenses": [{"amount_fen": 16543210, "what": "***", "person": "阿*"}]}}
UPLOAD  /api/insurance/prevention/cases/{case}/proofs file=tests/data/insurance/投保清单.csv -> 422 insurance.photo_type
UPLOAD  /api/insurance/prevention/cases/{case}/proofs file=src/delivery/demo/data/门前.jpg -> 201 {"version": 3}
keep    photo = /proofs/0
GET     /api/insurance/prevention/cases/{case}/proofs/{photo} -> 200
POST    /api/insurance/prevention/cases/{case}/steps {"version": 3, "action": "survey", "surveyor": "周工", "assistant": "周工", "found": "属实", "income_per_head_fen": 540000} -> 422 insurance.two_must_sign
POST    /api/insurance/prevention/cases/{case}/steps {"version": 3, "action": "survey", "surveyor": "周工", "assistant": "陈秀英", "found": "属实"} -> 422 insurance.income_missing
POST    /api/insurance/prevention/cases/{case}/steps {"version": 3, "action": "survey", "surveyor": "周工", "assistant": "陈秀英", "found": "票据属实，家中无劳力", "income_per_head_fen": 600001} -> 200 {"state": {"code": "surveyed"}, "income_limit_fen": 600000}
POST    /api/insurance/prevention/cases/{case}/steps {"version": 4, "action": "assess"} -> 409 insurance.income_above
PUT     /api/insurance/prevention/cases/{case}/account {"version": 4, "holder": "吉克·阿依", "bank": "农村信用社", "account": "123"} -> 422 bank_card.malformed
PUT     /api/insurance/prevention/cases/{case}/account {"version": 4, "holder": "别人", "bank": "农村信用社", "account": "6217996510001234564"} -> 422 insurance.account_outside_household
PUT     /api/insurance/prevention/cases/{case}/account {"version": 4, "holder": "吉克·阿依", "bank": "农村信用社", "account": "6217996510001234564"} -> 200 {"facts": {"account": "**** **** **** 4564"}}
# The bills are entered anew, and so the visit is held anew.
PUT     /api/insurance/prevention/cases/{case}/expenses {"version": 5, "expenses": [{"on": "2025-01-05", "amount_fen": 16543210, "compensated_fen": 8000000, "person": "阿依", "what": "肺部手术", "payee": "州医院", "bill": "B1"}, {"on": "2025-01-08", "amount_fen": 222222, "person": "阿依", "what": "门诊", "payee": "县医院", "bill": "B2"}, {"on": "2025-01-09", "amount_fen": 500000, "excluded": "cosmetic", "person": "阿依", "what": "整形", "payee": "县医院", "bill": "B3"}]} -> 200 {"state": {"code": "proposed"}}
POST    /api/insurance/prevention/cases/{case}/steps {"version": 6, "action": "survey", "surveyor": "周工", "assistant": "陈秀英", "found": "票据属实，家中无劳力", "income_per_head_fen": 540000} -> 200

# Computed, every step shown: 87,654.32 borne, 67,654.32 above the line, 29,358.02 to pay (B-1).
POST    /api/insurance/prevention/cases/{case}/steps {"version": 7, "action": "assess"} -> 200
        {"state": {"code": "assessed"}, "payable_fen": 2935802,
         "reckoning": {"self_paid_fen": 17265432, "excluded_fen": 500000, "compensated_fen": 8000000, "borne_fen": 8765432, "counted_fen": 6765432, "crossed": true, "by_tiers_fen": 2935802, "payable_fen": 2935802, "assumed": true,
           "slices": [{"amount_fen": 3000000, "rate": "0.3", "part": "9000.00"}, {"amount_fen": 3000000, "rate": "0.5", "part": "15000.00"}, {"amount_fen": 765432, "rate": "0.7", "part": "5358.024"}]}}

# On display in the village, masked and without the reason; objections are looked into.
as      chen
POST    /api/insurance/prevention/cases/{case}/steps {"version": 8, "action": "publicise"} -> 200 {"posted_on": "2025-01-10", "publicity_until": "2025-01-15", "notice": "四川省凉山彝族自治州昭觉县新城镇俄尔古取村：吉***依（家庭人口 1 人）因家庭突发困难，拟由防贫保基金赔付 29,358.02 元。公示时间 2025-01-10 至 2025-01-15。如有异议，请拨打 12317。"}
POST    /api/insurance/prevention/cases/{case}/steps {"version": 9, "action": "object"} -> 422 insurance.note_missing
as      leader
POST    /api/insurance/prevention/cases/{case}/steps {"version": 9, "action": "approve"} -> 409 insurance.publicity_runs
POST    /api/insurance/prevention/cases/{case}/steps {"version": 9, "action": "pay"} -> 409 insurance.wrong_state
today   2025-01-16
as      officer
POST    /api/insurance/prevention/cases/{case}/steps {"version": 9, "action": "approve"} -> 403 auth.not_allowed
as      leader
POST    /api/insurance/prevention/cases/{case}/steps {"version": 9, "action": "approve"} -> 200 {"state": {"code": "approved"}, "steps": []}

# Paid out of the fund, which never falls below zero.
as      officer
POST    /api/funds/{fund}/entries {"account": "payment", "on": "2025-01-16", "amount_fen": 399999999, "note": "历年赔付", "key": "too much"} -> 201
keep    wrong = /journal
POST    /api/insurance/prevention/cases/{case}/steps {"version": 10, "action": "pay"} -> 409 finance.fund_exhausted
as      leader
POST    /api/journals/{wrong}/reversal {"on": "2025-01-16", "note": "金额有误"} -> 201
as      officer
POST    /api/funds/{fund}/entries {"account": "payment", "on": "2025-01-16", "amount_fen": 309809876, "note": "上线前已赔付", "key": "before"} -> 201
POST    /api/insurance/prevention/cases/{case}/steps {"version": 10, "action": "pay"} -> 200 {"state": {"code": "paid"}, "paid_fen": 2935802, "paid_on": "2025-01-16", "steps": [{"code": "recover"}]}
keep    paid = /journal
GET     /api/funds/{fund} -> 200 {"balance_fen": 87254322, "year": {"payments_fen": 312745678}, "lines": [{"reference": "prevention:{case}", "amount_fen": -2935802}]}
as      leader
POST    /api/journals/{paid}/reversal {"on": "2025-01-16", "note": "不行"} -> 409 finance.correct_where_made

# A second case of the same household and cause pays the difference; a bill is paid once.
as      chen
POST    /api/insurance/prevention/cases {"household": "{first}", "cause": "medical", "happened_on": "2025-01-12", "told": "复诊", "key": "c"} -> 201
keep    again = /id
as      insurer
PUT     /api/insurance/prevention/cases/{again}/expenses {"version": 1, "expenses": [{"on": "2025-01-12", "amount_fen": 100000, "person": "阿依", "what": "复诊", "payee": "州医院", "bill": "B1"}]} -> 409 insurance.bill_used
PUT     /api/insurance/prevention/cases/{again}/expenses {"version": 1, "expenses": [{"on": "2025-01-12", "amount_fen": 100000, "person": "阿依", "what": "复诊", "payee": "州医院", "bill": "B9"}]} -> 200
UPLOAD  /api/insurance/prevention/cases/{again}/proofs file=src/delivery/demo/data/门前.jpg -> 201
PUT     /api/insurance/prevention/cases/{again}/account {"version": 3, "holder": "吉克·阿依", "bank": "农村信用社", "account": "6217996510001234564"} -> 200
POST    /api/insurance/prevention/cases/{again}/steps {"version": 4, "action": "survey", "surveyor": "周工", "assistant": "陈秀英", "found": "属实", "income_per_head_fen": 540000} -> 200
POST    /api/insurance/prevention/cases/{again}/steps {"version": 5, "action": "assess"} -> 200 {"reckoning": {"borne_before_fen": 8765432, "borne_fen": 8865432, "paid_this_year_fen": 2935802, "by_tiers_fen": 3005802, "payable_fen": 70000}}
POST    /api/insurance/prevention/cases/{again}/steps {"version": 6, "action": "reject", "note": "病人自愿撤回"} -> 200 {"state": {"code": "rejected"}}

# One that stays below the line is never put up.
as      chen
POST    /api/insurance/prevention/cases {"household": "{second}", "cause": "schooling", "happened_on": "2025-01-12", "told": "学费", "key": "d"} -> 201 {"group": {"code": "low_income"}}
keep    below = /id
as      insurer
PUT     /api/insurance/prevention/cases/{below}/expenses {"version": 1, "expenses": [{"on": "2025-01-12", "amount_fen": 800000, "person": "木果", "what": "学费", "payee": "职校", "bill": "S1"}]} -> 200
UPLOAD  /api/insurance/prevention/cases/{below}/proofs file=src/delivery/demo/data/门前.jpg -> 201
PUT     /api/insurance/prevention/cases/{below}/account {"version": 3, "holder": "王秀英", "bank": "农村信用社", "account": "6217996510001234564"} -> 200
POST    /api/insurance/prevention/cases/{below}/steps {"version": 4, "action": "survey", "surveyor": "周工", "assistant": "陈秀英", "found": "属实", "income_per_head_fen": 540000} -> 200
POST    /api/insurance/prevention/cases/{below}/steps {"version": 5, "action": "assess"} -> 200 {"payable_fen": 0, "reckoning": {"crossed": false}}
as      chen
POST    /api/insurance/prevention/cases/{below}/steps {"version": 6, "action": "publicise"} -> 409 insurance.below_line

# The household's risk remains: it becomes a clue. From a clue another may be proposed.
POST    /api/insurance/prevention/cases/{below}/clue {"note": "家中无劳力"} -> 409 insurance.wrong_state
POST    /api/insurance/prevention/cases/{case}/clue {"note": "赔付后仍欠债，家中无劳力"} -> 201
keep    clue = /clue
POST    /api/insurance/prevention/cases/{case}/clue {"note": "再移交"} -> 409 insurance.handed_over
GET     /api/clues/{clue} -> 200 {"household": {"id": "{first}"}}
GET     /api/insurance/prevention/candidates -> 200 {"items": []}
POST    /api/insurance/prevention/cases {"household": "{first}", "cause": "disaster", "source": "clue", "source_id": "{clue}", "happened_on": "2025-01-12", "told": "房屋受灾", "key": "e"} -> 201 {"source": {"code": "clue"}}
keep    fourth = /id
as      insurer
POST    /api/insurance/prevention/cases/{fourth}/steps {"version": 1, "action": "reject", "note": "不属实"} -> 200
POST    /api/insurance/prevention/cases/{below}/steps {"version": 6, "action": "reject", "note": "未超过预警线"} -> 200

# The year ends: the fee within the contract, the rest carried over.
as      officer
POST    /api/insurance/prevention/years/{year}/close {"version": 2, "fee_fen": 32000000} -> 409 insurance.year_runs
today   2026-01-05
as      officer
POST    /api/insurance/prevention/years/{year}/heads {"version": 2, "heads": 1, "note": "迟到"} -> 409 insurance.year_over
POST    /api/insurance/prevention/years/{year}/close {"version": 2, "fee_fen": 32000001} -> 422 finance.fee_above_contract
POST    /api/insurance/prevention/years/{year}/close {"version": 2, "fee_fen": 32000000} -> 200 {"carried_fen": 55254322, "fee_fen": 32000000, "closed_on": "2026-01-05", "alarms": [{"code": "usage_high"}], "standing": {"closing_fen": 55254322, "usage": "0.7819"}}
POST    /api/insurance/prevention/years/{year}/close {"version": 3, "fee_fen": 0} -> 409 insurance.year_closed
POST    /api/insurance/prevention/years {"insurer": "{company}", "year": 2026, "heads": 80000} -> 201 {"fund": "{fund}", "standing": {"opening_fen": 55254322, "contributions_fen": 400000000, "closing_fen": 455254322}}
as      chen
POST    /api/insurance/prevention/cases {"household": "{second}", "cause": "schooling", "happened_on": "2025-12-30", "told": "学费", "key": "f"} -> 409 insurance.year_closed

# What was paid wrongly comes back into the fund.
as      officer
POST    /api/insurance/prevention/cases/{case}/steps {"version": 12, "action": "recover", "note": "重复享受，已退回"} -> 200 {"state": {"code": "recovered"}, "paid_fen": 0}
GET     /api/funds/{fund} -> 200 {"balance_fen": 458190124, "year": {"recoveries_fen": 2935802}}
audit   insurance.prevention_year_begin, insurance.prevention_year_heads, insurance.prevention_year_close, insurance.prevention.propose, insurance.prevention.pay, insurance.unmask
