story   money of loans that was entered wrongly: taken back with a reason, the loan as before it, the fund's part reversed; refused once something rests on it
given   county 513431, today 2021-03-01
user    officer   county_officer    513431
user    second    county_officer    513431
user    clerk     bank_operator     513431
user    manager   bank_operator     513431
user    rival     bank_operator     513431
user    chen      village_officer   513431100200
user    luo       township_reviewer 513431100

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

# Banks, who acts for them, and the county's two purses.
POST    /api/loans/banks {"area": "513431", "name": "昭觉农商银行"} -> 201
keep    bank = /id
POST    /api/loans/banks {"area": "513431", "name": "邮储银行昭觉支行"} -> 201
keep    post = /id
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

# Two loans that are out: a microloan, and one whose risk government, bank and insurer share.
as      chen
POST    /api/loans/files {"person": "{ayi}", "bank": "{bank}", "scheme": "microloan", "amount_fen": 5000000, "months": 12, "use": "production", "what": "购买仔猪二十头", "key": "a"} -> 201
keep    loan = /id
POST    /api/loans/files {"person": "{wang}", "bank": "{bank}", "scheme": "bank_insurance", "amount_fen": 6500000, "months": 12, "use": "production", "what": "大棚蔬菜", "key": "w"} -> 201
keep    risky = /id
POST    /api/loans/files/{loan}/steps {"version": 1, "action": "check_village", "credit": "good"} -> 200
POST    /api/loans/files/{risky}/steps {"version": 1, "action": "check_village", "credit": "ordinary"} -> 200
as      luo
POST    /api/loans/files/{loan}/steps {"version": 2, "action": "recommend"} -> 200
POST    /api/loans/files/{risky}/steps {"version": 2, "action": "recommend"} -> 200
as      clerk
POST    /api/loans/files/{loan}/steps {"version": 3, "action": "approve", "amount_fen": 5000000, "months": 12, "rate": "0.0385", "repayment": "at_maturity", "months_between": 1} -> 200
POST    /api/loans/files/{risky}/steps {"version": 3, "action": "approve", "amount_fen": 6500000, "months": 12, "rate": "0.0585", "repayment": "equal_principal", "months_between": 3} -> 200
today   2021-03-12
as      manager
POST    /api/loans/files/{loan}/steps {"version": 4, "action": "disburse", "contract_number": "XD-2021-001", "id_number": "513431198003010120", "account": "6217996510001234564"} -> 200
POST    /api/loans/files/{risky}/steps {"version": 4, "action": "disburse", "contract_number": "XD-2021-002", "id_number": "513431195002030345", "account": "6217996510001234572"} -> 200

# 27,221.75 were entered for 17,221.75. Who may not enter it, does not take it back either.
today   2021-06-12
as      clerk
POST    /api/loans/files/{risky}/repayments {"version": 5, "on": "2021-06-12", "amount_fen": 2722175, "key": "p1"} -> 200
        {"state": {"code": "in_repayment"}, "outstanding_fen": 3875000, "money": [{"take_back": {"against": null}, "taken_back": null}]}
keep    wrong = /money/0/id
as      chen
GET     /api/loans/files/{risky} -> 200 {"money": [{"take_back": null}]}
POST    /api/loans/files/{risky}/money/{wrong}/taking_back {"version": 6, "note": "金额多登一万元"} -> 403 auth.not_allowed
as      rival
POST    /api/loans/files/{risky}/money/{wrong}/taking_back {"version": 6, "note": "金额多登一万元"} -> 404 finance.no_such_loan
as      clerk
POST    /api/loans/files/{risky}/money/999999/taking_back {"version": 6, "note": "金额多登一万元"} -> 404 finance.no_such_money
POST    /api/loans/files/{loan}/money/{wrong}/taking_back {"version": 5, "note": "金额多登一万元"} -> 404 finance.no_such_money
POST    /api/loans/files/{risky}/money/{wrong}/taking_back {"version": 6, "note": " "} -> 422 finance.note_missing
POST    /api/loans/files/{risky}/money/{wrong}/taking_back {"version": 5, "note": "金额多登一万元"} -> 409 finance.changed_meanwhile
POST    /api/loans/files/{risky}/money/{wrong}/taking_back {"version": 6, "note": "金额多登一万元"} -> 200
        {"state": {"code": "disbursed"}, "outstanding_fen": 6500000, "next_due": "2021-06-12", "version": 7,
        "money": [{"id": "{wrong}", "amount_fen": 2722175, "principal_fen": 0, "take_back": null, "taken_back": {"on": "2021-06-12", "note": "金额多登一万元"}}],
        "history": [{"action": "take_back", "label": "撤销收款", "note": "金额多登一万元"}]}
POST    /api/loans/files/{risky}/money/{wrong}/taking_back {"version": 7, "note": "再撤一次"} -> 409 finance.taken_back_before
# Sent once more with its old key, it does not come back.
POST    /api/loans/files/{risky}/repayments {"version": 5, "on": "2021-06-12", "amount_fen": 2722175, "key": "p1"} -> 200 {"outstanding_fen": 6500000, "version": 7}
POST    /api/loans/files/{risky}/repayments {"version": 7, "on": "2021-06-12", "amount_fen": 1722175, "key": "p2"} -> 200
        {"state": {"code": "in_repayment"}, "outstanding_fen": 4875000, "next_due": "2021-09-12", "standing": {"principal_paid_fen": 1625000}}
keep    right = /money/1/id

# What was overdue is overdue again, since the same day, when the payment that had caught up was another borrower's.
today   2021-09-20
as      clerk
POST    /api/loans/files/{risky}/steps {"version": 8, "action": "miss"} -> 200 {"state": {"code": "overdue"}}
POST    /api/loans/files/{risky}/repayments {"version": 9, "on": "2021-09-20", "amount_fen": 1800000, "key": "p3"} -> 200 {"state": {"code": "in_repayment"}}
keep    others = /money/2/id
POST    /api/loans/files/{risky}/money/{right}/taking_back {"version": 10, "note": "登错借款人"} -> 409 finance.later_money
POST    /api/loans/files/{risky}/money/{others}/taking_back {"version": 10, "note": "登错借款人"} -> 200 {"state": {"code": "overdue"}, "outstanding_fen": 4875000, "next_due": "2021-09-12", "days_overdue": 8}
today   2021-11-11
as      clerk
POST    /api/loans/files/{risky}/steps {"version": 11, "action": "ask_claim"} -> 409 finance.claimed_too_early
today   2021-11-12
as      clerk
POST    /api/loans/files/{risky}/steps {"version": 11, "action": "ask_claim", "note": "催收三次未还"} -> 200
as      officer
POST    /api/loans/files/{risky}/steps {"version": 12, "action": "claim"} -> 200 {"loss_fen": 4875000, "borne": {"fund_fen": 975000}}
as      clerk
GET     /api/loans/files/{risky} -> 200 {"money": [{"id": "{right}", "take_back": {"against": "2021-11-12 已经代偿，代偿前的还款不能撤销。"}}]}
POST    /api/loans/files/{risky}/money/{right}/taking_back {"version": 13, "note": "登错借款人"} -> 409 finance.claimed_since

# A recovery is taken back by the county, and the fund's part with it; shares begin again from nothing.
today   2021-12-20
as      officer
POST    /api/loans/files/{risky}/recoveries {"version": 13, "on": "2021-12-20", "amount_fen": 1000000, "key": "v1"} -> 200 {"recovered_fen": 1000000}
keep    first = /money/3/id
GET     /api/funds/{risk} -> 200 {"balance_fen": 9225000}
as      clerk
POST    /api/loans/files/{risky}/money/{first}/taking_back {"version": 14, "note": "款未到账"} -> 403 auth.not_allowed
today   2021-12-22
as      officer
POST    /api/loans/files/{risky}/money/{first}/taking_back {"version": 14, "note": "款未到账"} -> 200 {"state": {"code": "claimed"}, "recovered_fen": 0, "outstanding_fen": 4875000}
GET     /api/funds/{risk} -> 200 {"balance_fen": 9025000, "year": {"recoveries_fen": 0}, "lines": [{"amount_fen": 200000, "reverses": null}, {"on": "2021-12-22", "amount_fen": -200000, "reference": "loan:{risky}"}]}
POST    /api/loans/files/{risky}/recoveries {"version": 15, "on": "2021-12-22", "amount_fen": 4875000, "key": "v2"} -> 200 {"state": {"code": "settled"}, "outstanding_fen": 0}
keep    all = /money/4/id
GET     /api/funds/{risk} -> 200 {"balance_fen": 10000000}
POST    /api/loans/files/{risky}/money/{all}/taking_back {"version": 16, "note": "款未到账"} -> 200 {"state": {"code": "claimed"}, "outstanding_fen": 4875000}
GET     /api/funds/{risk} -> 200 {"balance_fen": 9025000}
POST    /api/loans/files/{risky}/recoveries {"version": 17, "on": "2021-12-22", "amount_fen": 1000000, "key": "v3"} -> 200 {"money": [{"shared": {"insurer_fen": 700000, "fund_fen": 200000, "bank_fen": 100000}, "taken_back": null}]}
keep    kept = /money/5/id
as      second
POST    /api/loans/files/{risky}/steps {"version": 18, "action": "write_off", "note": "无可执行财产"} -> 200
POST    /api/loans/files/{risky}/money/{kept}/taking_back {"version": 19, "note": "款未到账"} -> 409 finance.written_off_since

# Once government has paid its interest beyond the day, once the loan was extended: it stays as it is.
as      clerk
POST    /api/loans/files/{loan}/repayments {"version": 5, "on": "2021-12-20", "amount_fen": 1000000, "key": "q1"} -> 200 {"version": 6}
keep    early = /money/0/id
today   2022-01-05
as      officer
POST    /api/loans/subsidies {"bank": "{bank}", "fund": "{budget}", "quarter": "2021Q4"} -> 201 {"loans": 1}
as      clerk
POST    /api/loans/files/{loan}/money/{early}/taking_back {"version": 7, "note": "登错"} -> 409 finance.subsidised_since
today   2022-02-10
as      clerk
POST    /api/loans/files/{loan}/repayments {"version": 7, "on": "2022-02-10", "amount_fen": 500000, "key": "q2"} -> 200
keep    before = /money/1/id
POST    /api/loans/files/{loan}/steps {"version": 8, "action": "extend", "maturity": "2022-09-12", "note": "猪价低迷"} -> 200 {"state": {"code": "extended"}}
POST    /api/loans/files/{loan}/money/{before}/taking_back {"version": 9, "note": "登错"} -> 409 finance.extended_since

# Settled by mistake, it is open again; not while the household has another since.
today   2022-03-12
as      clerk
POST    /api/loans/files/{loan}/repayments {"version": 9, "on": "2022-03-12", "amount_fen": 3500000, "key": "q3"} -> 200 {"state": {"code": "settled"}}
keep    last = /money/2/id
POST    /api/loans/files/{loan}/money/{last}/taking_back {"version": 10, "note": "登错借款人"} -> 200 {"state": {"code": "extended"}, "outstanding_fen": 3500000, "next_due": "2022-09-12", "may_repay": true}
as      chen
POST    /api/loans/files {"person": "{ayi}", "bank": "{bank}", "scheme": "microloan", "amount_fen": 1000000, "months": 12, "use": "production", "what": "购买仔猪", "key": "b"} -> 409 finance.household_has_loan
as      clerk
POST    /api/loans/files/{loan}/repayments {"version": 11, "on": "2022-03-12", "amount_fen": 3500000, "key": "q4"} -> 200 {"state": {"code": "settled"}}
keep    really = /money/3/id
as      chen
POST    /api/loans/files {"person": "{ayi}", "bank": "{bank}", "scheme": "microloan", "amount_fen": 1000000, "months": 12, "use": "production", "what": "购买仔猪", "key": "b"} -> 201
as      clerk
POST    /api/loans/files/{loan}/money/{really}/taking_back {"version": 12, "note": "登错借款人"} -> 409 finance.household_has_loan
audit   finance.loan.repay, finance.loan.take_back, finance.loan.money_back, finance.reverse
