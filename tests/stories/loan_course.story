story   two loans, every fen of them: one paid back with its interest subsidised, one compensated, recovered, written off
given   county 513431, today 2021-03-01
user    officer   county_officer    513431
user    second    county_officer    513431
user    leader    county_leader     513431
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
GET     /api/registry/households?area=513431100200 -> 200 {"total": 2}
POST    /api/registry/search {"q": "吉克·阿依"} -> 200
keep    home = /items/0/id
GET     /api/registry/households/{home} -> 200
keep    ayi = /members/0/id
POST    /api/registry/search {"q": "王秀英"} -> 200
keep    other = /items/0/id
GET     /api/registry/households/{other} -> 200
keep    wang = /members/0/id

# Banks, who acts for them, and the county's two purses.
POST    /api/loans/banks {"area": "513431", "name": "昭觉农商银行"} -> 201
keep    bank = /id
POST    /api/loans/banks {"area": "513431", "name": "昭觉农商银行"} -> 409 finance.bank_exists
POST    /api/loans/banks {"area": "513431", "name": "邮储银行昭觉支行"} -> 201
keep    post = /id
POST    /api/loans/banks/{bank}/clerks {"account": "chen"} -> 404 finance.no_such_clerk
POST    /api/loans/banks/{bank}/clerks {"account": "clerk"} -> 204
POST    /api/loans/banks/{bank}/clerks {"account": "manager"} -> 204
POST    /api/loans/banks/{post}/clerks {"account": "rival"} -> 204
POST    /api/funds {"area": "513431", "kind": "risk_sharing", "name": "政银保风险共担基金"} -> 201
keep    risk = /id
POST    /api/funds/{risk}/entries {"account": "contribution", "on": "2021-03-01", "amount_fen": 10000000, "note": "财政注入", "key": "r"} -> 201
POST    /api/funds {"area": "513431", "kind": "subsidy", "name": "贷款贴息资金"} -> 201
keep    budget = /id
POST    /api/funds/{budget}/entries {"account": "contribution", "on": "2021-03-01", "amount_fen": 500000, "note": "预算", "key": "b"} -> 201
PUT     /api/loans/covers {"area": "513431", "scheme": "bank_insurance", "year": 2021, "premium_fen": 2500000} -> 204

# The microloan: what stands against it, then the course of the procedure, by two of the village and township and two of the bank.
as      elsewhere
POST    /api/loans/files {"person": "{ayi}", "bank": "{bank}", "scheme": "microloan", "amount_fen": 5000000, "months": 12, "use": "production", "what": "购买仔猪二十头", "key": "a"} -> 404 finance.no_such_person
as      chen
GET     /api/loans/schemes -> 200 {"items": [{"name": "microloan", "most_fen": 5000000, "most_rate_to_a_year": "0.038500", "assumed": true}]}
POST    /api/loans/files {"person": "{ayi}", "bank": "{bank}", "scheme": "microloan", "amount_fen": 5000001, "months": 12, "use": "production", "what": "购买仔猪二十头", "key": "a"} -> 422 finance.amount_above_scheme
POST    /api/loans/files {"person": "{ayi}", "bank": "{bank}", "scheme": "microloan", "amount_fen": 5000000, "months": 37, "use": "production", "what": "购买仔猪二十头", "key": "a"} -> 422 finance.term_above_scheme
POST    /api/loans/files {"person": "{ayi}", "bank": "{bank}", "scheme": "microloan", "amount_fen": 5000000, "months": 12, "use": "lent_on", "what": "购买仔猪二十头", "key": "a"} -> 422 finance.use_not_allowed
POST    /api/loans/files {"person": "{wang}", "bank": "{bank}", "scheme": "microloan", "amount_fen": 5000000, "months": 12, "use": "production", "what": "购买仔猪二十头", "key": "a"} -> 422 finance.household_not_meant
POST    /api/loans/files {"person": "{ayi}", "bank": "{bank}", "scheme": "microloan", "amount_fen": 5000000, "months": 12, "use": "production", "what": "购买仔猪二十头", "jobs": 1, "key": "a"} -> 201
        {"state": {"code": "applied"}, "name": "吉克·阿依", "steps": [{"code": "check_village", "missing": []}, {"code": "refuse"}]}
keep    loan = /id
POST    /api/loans/files {"person": "{ayi}", "bank": "{bank}", "scheme": "microloan", "amount_fen": 5000000, "months": 12, "use": "production", "what": "购买仔猪二十头", "jobs": 1, "key": "a"} -> 201 {"id": "{loan}"}
POST    /api/loans/files {"person": "{ayi}", "bank": "{post}", "scheme": "microloan", "amount_fen": 1000000, "months": 12, "use": "production", "what": "购买仔猪二十头", "key": "a2"} -> 409 finance.household_has_loan
POST    /api/loans/files/{loan}/steps {"version": 1, "action": "check_village", "credit": "splendid"} -> 422 finance.no_such_credit
POST    /api/loans/files/{loan}/steps {"version": 1, "action": "check_village", "credit": "good", "note": "三人评议"} -> 200 {"state": {"code": "village_checked"}, "credit": {"code": "good"}, "version": 2, "awaited": []}
POST    /api/loans/files/{loan}/steps {"version": 2, "action": "recommend"} -> 409 finance.two_people
POST    /api/loans/files/{loan}/steps {"version": 2, "action": "approve", "amount_fen": 5000000, "months": 12, "rate": "0.0385", "repayment": "at_maturity", "months_between": 1} -> 409 finance.wrong_state
as      luo
POST    /api/loans/files/{loan}/steps {"version": 1, "action": "recommend"} -> 409 finance.changed_meanwhile
POST    /api/loans/files/{loan}/steps {"version": 2, "action": "recommend"} -> 200 {"state": {"code": "recommended"}, "steps": [], "awaited": [{"code": "approve", "by": "银行"}]}
as      rival
GET     /api/loans/files/{loan} -> 404 finance.no_such_loan
GET     /api/loans/files -> 200 {"total": 0, "items": []}
as      clerk
GET     /api/loans/files -> 200 {"total": 1, "items": [{"id": "{loan}"}]}
POST    /api/loans/files/{loan}/steps {"version": 3, "action": "approve", "amount_fen": 5000000, "months": 12, "rate": "0.0386", "repayment": "at_maturity", "months_between": 1} -> 422 finance.rate_above_scheme
POST    /api/loans/files/{loan}/steps {"version": 3, "action": "approve", "amount_fen": 5000000, "months": 12, "rate": "0.0385", "repayment": "equal_principal", "months_between": 1} -> 422 finance.repayment_not_offered
POST    /api/loans/files/{loan}/steps {"version": 3, "action": "approve", "amount_fen": 5000000, "months": 12, "rate": "0.0385", "repayment": "at_maturity", "months_between": 1} -> 200
        {"state": {"code": "approved"}, "decision": {"rate": "0.038500", "borrower_rate": "0.000000", "basis": 360}, "steps": [{"code": "disburse", "missing": ["前一步是您办理的，这一步须由另一人办理。"]}]}
today   2021-03-10
as      clerk
POST    /api/loans/files/{loan}/steps {"version": 4, "action": "disburse", "on": "2021-03-10", "contract_number": "XD-2021-001", "id_number": "513431198003010120", "account": "6217996510001234564"} -> 409 finance.two_people
as      manager
POST    /api/loans/files/{loan}/steps {"version": 4, "action": "disburse", "on": "2021-03-10", "contract_number": "XD-2021-001", "id_number": "513431195002030345", "account": "6217996510001234564"} -> 422 finance.not_the_borrower
POST    /api/loans/files/{loan}/steps {"version": 4, "action": "disburse", "on": "2021-03-11", "contract_number": "XD-2021-001", "id_number": "513431198003010120", "account": "6217996510001234564"} -> 422 finance.future_date
POST    /api/loans/files/{loan}/steps {"version": 4, "action": "disburse", "on": "2021-03-10", "contract_number": "XD-2021-001", "id_number": "513431198003010120", "account": "6217996510001234564"} -> 200
        {"state": {"code": "disbursed"}, "maturity": "2022-03-10", "outstanding_fen": 5000000, "account_masked": "**** **** **** 4564", "schedule": [{"due": "2022-03-10", "principal_fen": 5000000, "borrower_interest_fen": 0, "fiscal_interest_fen": 195174}]}
POST    /api/loans/files/{loan}/reveal {"field": "account", "purpose": " "} -> 422 finance.purpose_missing
POST    /api/loans/files/{loan}/reveal {"field": "account", "purpose": "放款"} -> 200 {"value": "6217996510001234564"}

# A loan whose risk government, bank and insurer share: 65,000 in four parts of 16,250.
as      chen
POST    /api/loans/files {"person": "{wang}", "bank": "{bank}", "scheme": "bank_insurance", "amount_fen": 6500000, "months": 12, "use": "production", "what": "大棚蔬菜", "key": "w"} -> 201
keep    risky = /id
POST    /api/loans/files/{risky}/steps {"version": 1, "action": "check_village", "credit": "ordinary"} -> 200
as      luo
POST    /api/loans/files/{risky}/steps {"version": 2, "action": "recommend"} -> 200
as      manager
POST    /api/loans/files/{risky}/steps {"version": 3, "action": "approve", "amount_fen": 6500000, "months": 12, "rate": "0.0585", "repayment": "equal_principal", "months_between": 3} -> 200
today   2021-03-12
as      clerk
POST    /api/loans/files/{risky}/steps {"version": 4, "action": "disburse", "contract_number": "XD-2021-002", "id_number": "513431195002030345", "account": "6217996510001234572"} -> 200
        {"schedule": [{"due": "2021-06-12", "days": 92, "principal_fen": 1625000, "borrower_interest_fen": 97175, "amount_fen": 1722175}]}
today   2021-06-12
as      clerk
POST    /api/loans/files/{risky}/repayments {"version": 5, "on": "2021-06-13", "amount_fen": 1722175, "key": "p1"} -> 422 finance.future_date
POST    /api/loans/files/{risky}/repayments {"version": 5, "on": "2021-06-12", "amount_fen": 6597176, "key": "p1"} -> 422 finance.repaid_too_much
POST    /api/loans/files/{risky}/repayments {"version": 5, "on": "2021-06-12", "amount_fen": 1722175, "key": "p1"} -> 200
        {"state": {"code": "in_repayment"}, "outstanding_fen": 4875000, "next_due": "2021-09-12", "money": [{"principal_fen": 1625000, "interest_fen": 97175}], "version": 6}
POST    /api/loans/files/{risky}/repayments {"version": 5, "on": "2021-06-12", "amount_fen": 1722175, "key": "p1"} -> 200 {"outstanding_fen": 4875000, "version": 6}
POST    /api/loans/files/{risky}/steps {"version": 6, "action": "miss"} -> 409 finance.nothing_missed

# Missed: overdue from the day on which it was due, claimed after sixty days by the bank, decided by the county.
today   2021-09-20
as      clerk
GET     /api/loans/files?overdue=true -> 200 {"total": 1, "items": [{"id": "{risky}", "days_overdue": 8}]}
POST    /api/loans/files/{risky}/steps {"version": 6, "action": "miss"} -> 200 {"state": {"code": "overdue"}}
POST    /api/loans/files/{risky}/steps {"version": 7, "action": "ask_claim"} -> 409 finance.claimed_too_early
# Our own book warns too (R29): thirty days after the day on which it was due, without any ledger from the bank.
today   2021-10-11
as      officer
POST    /api/screening/runs {"area": "513431000000"} -> 202
keep    job = /job
wait    {job} -> done
GET     /api/warnings?rule=R29 -> 200 {"total": 0}
today   2021-10-12
as      officer
POST    /api/screening/runs {"area": "513431000000"} -> 202
keep    job = /job
wait    {job} -> done
GET     /api/warnings?rule=R29 -> 200 {"total": 1}
today   2021-11-12
as      officer
POST    /api/loans/files/{risky}/steps {"version": 7, "action": "claim"} -> 409 finance.claim_not_asked
POST    /api/loans/files/{risky}/steps {"version": 7, "action": "ask_claim"} -> 403 finance.not_your_step
as      clerk
POST    /api/loans/files/{risky}/steps {"version": 7, "action": "ask_claim", "note": "催收三次未还"} -> 200 {"state": {"code": "overdue"}, "claim_asked": true}
POST    /api/loans/files/{risky}/steps {"version": 8, "action": "ask_claim"} -> 409 finance.asked_before
as      officer
POST    /api/loans/files/{risky}/steps {"version": 8, "action": "claim"} -> 200
        {"state": {"code": "claimed"}, "loss_fen": 4875000, "borne": {"insurer_fen": 3412500, "fund_fen": 975000, "bank_fen": 487500}, "steps": [{"code": "write_off", "missing": ["前一步是您办理的，这一步须由另一人办理。"]}]}
GET     /api/funds/{risk} -> 200 {"balance_fen": 9025000, "lines": [{"reference": "loan:{risky}", "amount_fen": -975000}]}
keep    paid = /lines/1/journal
GET     /api/loans/portfolio -> 200 {"items": [{"scheme": {"code": "bank_insurance"}, "ratio": "1.0000", "fuse": {"code": "blown"}}, {"scheme": {"code": "microloan"}, "ratio": "0.0000", "fuse": {"code": "open"}}]}
GET     /api/loans/files?bank={bank}&out=true -> 200 {"total": 2, "outstanding_fen": 9875000}
as      leader
POST    /api/journals/{paid}/reversal {"on": "2021-11-12", "note": "错付"} -> 409 finance.correct_where_made
as      chen
POST    /api/loans/files {"person": "{ayi}", "bank": "{bank}", "scheme": "bank_insurance", "amount_fen": 100000, "months": 12, "use": "production", "what": "大棚蔬菜", "key": "w2"} -> 409 finance.fuse_blown

# Recovered: shared as it was borne, the fund's part into the fund.
today   2021-12-20
as      officer
POST    /api/loans/files/{risky}/recoveries {"version": 9, "on": "2021-12-20", "amount_fen": 4875001, "key": "v0"} -> 422 finance.out_of_range
POST    /api/loans/files/{risky}/recoveries {"version": 9, "on": "2021-12-20", "amount_fen": 1000000, "key": "v"} -> 200
        {"recovered_fen": 1000000, "outstanding_fen": 3875000, "money": [{"recovery": true, "shared": {"insurer_fen": 700000, "fund_fen": 200000, "bank_fen": 100000}}]}
GET     /api/funds/{risk} -> 200 {"balance_fen": 9225000, "year": {"contributions_fen": 10000000, "payments_fen": 975000, "recoveries_fen": 200000, "closing_fen": 9225000}}
POST    /api/loans/files/{risky}/steps {"version": 10, "action": "write_off", "note": "无可执行财产"} -> 409 finance.two_people
as      second
POST    /api/loans/files/{risky}/steps {"version": 10, "action": "write_off"} -> 422 finance.note_missing
POST    /api/loans/files/{risky}/steps {"version": 10, "action": "write_off", "note": "无可执行财产"} -> 200 {"state": {"code": "written_off"}, "outstanding_fen": 0, "steps": []}

# Government's interest by the quarter: 1,582.78 up to the year's end, the rest with the last day; together 1,951.74.
today   2022-01-05
as      officer
POST    /api/loans/subsidies {"bank": "{bank}", "fund": "{budget}", "quarter": "2022Q1"} -> 422 finance.quarter_runs
POST    /api/loans/subsidies {"bank": "{bank}", "fund": "{risk}", "quarter": "2021Q4"} -> 404 finance.no_such_fund
GET     /api/loans/subsidies?quarter=2021Q4 -> 200 {"items": [{"loans": 1, "amount_fen": 158278}]}
POST    /api/loans/subsidies {"bank": "{bank}", "fund": "{budget}", "quarter": "2021Q4"} -> 201 {"loans": 1, "amount_fen": 158278}
POST    /api/loans/subsidies {"bank": "{bank}", "fund": "{budget}", "quarter": "2021Q4"} -> 409 finance.no_interest_due
today   2022-03-10
as      clerk
POST    /api/loans/files/{loan}/repayments {"version": 6, "on": "2021-12-30", "amount_fen": 5000000, "key": "q0"} -> 422 finance.before_last_money
POST    /api/loans/files/{loan}/repayments {"version": 6, "on": "2022-03-10", "amount_fen": 5000000, "key": "q"} -> 200
        {"state": {"code": "settled"}, "outstanding_fen": 0, "next_due": null, "standing": {"fiscal_fen": 195174, "payoff_fen": 0}, "steps": []}
POST    /api/loans/files/{loan}/repayments {"version": 7, "on": "2022-03-10", "amount_fen": 1, "key": "q2"} -> 409 finance.not_out
today   2022-04-01
as      officer
POST    /api/loans/subsidies {"bank": "{bank}", "fund": "{budget}", "quarter": "2022Q1"} -> 201 {"amount_fen": 36896}
GET     /api/funds/{budget}?from=2021-01-01&to=2022-12-31 -> 200 {"balance_fen": 304826, "year": {"payments_fen": 195174}}
GET     /api/loans/files?out=true -> 200 {"total": 0}
GET     /api/loans/files?household={home} -> 200 {"total": 1, "items": [{"id": "{loan}"}]}
POST    /api/loans/sheet -> 200
audit   finance.loan.apply, finance.loan.disburse, finance.loan.claim, finance.loan.recover, finance.interest_subsidy, finance.unmask, finance.loans_export
