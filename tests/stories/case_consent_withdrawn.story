story   the household takes its consent back, and nothing more is asked about it
include casework/county.steps

as      nobody
POST    /api/public/reports {"teller": "self", "teller_name": "王秀英", "teller_phone": "13800138000", "id_number": "513431195002030345",
        "village": "513431100200", "risks": ["05"], "text": "车祸住院"} -> 201
keep    receipt = /receipt
POST    /api/public/reports {"teller": "neighbour", "teller_name": "吉克阿依", "teller_phone": "13900139000", "name": "王秀英",
        "id_number": "513431195002030345", "village": "513431100200", "text": "她出了车祸"} -> 201
keep    neighbours = /receipt
POST    /api/public/reports {"teller": "self", "teller_name": "王秀英", "teller_phone": "13700137000", "id_number": "513431195002030345",
        "village": "513431100200", "text": "车祸住院"} -> 201
keep    impostors = /receipt
POST    /api/public/withdraw {"receipt": "{receipt}", "phone": "13800138000", "reason": "不再同意", "key": "w"} -> 409 casework.consent_missing

as      chen
GET     /api/clues -> 200 {"total": 1}
keep    clue = /items/0/id
GET     /api/clues/{clue} -> 200
keep    version = /version
POST    /api/clues/{clue}/actions {"action": "begin", "version": {version}, "key": "begin"} -> 200
POST    /api/cases {"clue": "{clue}", "reason": "车祸后无法务工", "key": "open"} -> 201
keep    case = /id
UPLOAD  /api/cases/{case}/attachments file=tests/data/casework/门前.jpg -> 201
keep    photo = /items/0/id
GET     /api/cases/{case} -> 200
keep    person = /members/0/person
keep    version = /version
today   2021-06-02
as      chen
POST    /api/cases/{case}/steps {"action": "verify", "version": {version}, "key": "verify", "form": {
        "visited_on": "2021-06-02", "investigators": [
        {"name": "陈秀英", "account": "chen", "post": "village", "no_relation": true},
        {"name": "何志强", "post": "township", "no_relation": true}],
        "income": [{"item": "I1", "amount": 240000}, {"item": "I4", "amount": 180000}],
        "guarantees": [{"item": "food", "status": "secured"}, {"item": "clothing", "status": "secured"},
        {"item": "education", "status": "not_applicable"}, {"item": "medical", "status": "at_risk"},
        {"item": "housing", "status": "secured"}, {"item": "water", "status": "secured"}],
        "risks": ["05"], "risk_confirmed": true, "findings": "车祸住院，无法务工", "signed_by_household": true,
        "signed_by_investigators": true, "photos": ["{photo}"]}} -> 200 {"state": {"code": "verified"},
        "measured": {"window": {"first": "2020-06-01", "last": "2021-05-31"}, "pc_deducted_fen": 420000, "in_scope": true},
        "proposal": {"advice": {"code": "enrol"}, "category": {"code": "marginal"}}}
keep    version = /version
as      chen
POST    /api/cases/{case}/steps {"action": "authorise", "version": {version}, "key": "authorise", "form": {
        "parties": [{"person": {person}, "standing": "member", "signed_by": "self", "signature": ["{photo}"]}],
        "items": ["vehicle", "real_estate"], "purpose": "防返贫监测认定", "from": "2021-06-02", "to": "2022-06-02",
        "promise_of_truth": true}} -> 200 {"state": {"code": "consented"}, "consent": {"holds": true}}
keep    version = /version

# The wrong phone finds nothing; a neighbour cannot speak for her, nor can who only says to be her.
as      nobody
POST    /api/public/follow {"receipt": "{receipt}", "phone": "13800138000"} -> 200 {"to_case": true}
POST    /api/public/follow {"receipt": "{neighbours}", "phone": "13900139000"} -> 200 {"to_case": false}
POST    /api/public/follow {"receipt": "{impostors}", "phone": "13700137000"} -> 200 {"to_case": false, "reason": null}
POST    /api/public/withdraw {"receipt": "{impostors}", "phone": "13700137000", "reason": "不再同意", "key": "i"} -> 403 clues.only_the_household
POST    /api/public/withdraw {"receipt": "{receipt}", "phone": "13900139000", "reason": "不再同意", "key": "w"} -> 404 clues.no_such_receipt
POST    /api/public/withdraw {"receipt": "{neighbours}", "phone": "13900139000", "reason": "不再同意", "key": "w"} -> 403 clues.only_the_household
POST    /api/public/withdraw {"receipt": "{receipt}", "phone": "13800138000", "reason": "", "key": "w"} -> 422 casework.reason_missing
POST    /api/public/withdraw {"receipt": "{receipt}", "phone": "13800138000", "reason": "不再同意", "key": "w"} -> 200 {"withdrawn_on": "2021-06-02"}
POST    /api/public/withdraw {"receipt": "{receipt}", "phone": "13800138000", "reason": "不再同意", "key": "w2"} -> 409 casework.consent_withdrawn

# From now on.
as      office
GET     /api/cases/{case} -> 200 {"state": {"code": "verified"}}
keep    version = /version
POST    /api/cases/{case}/steps {"action": "compare", "version": {version}, "key": "compare", "form": {"compared_on":
        "2021-06-02", "persons": [{person}], "items": ["vehicle"], "hits": []}} -> 409 casework.wrong_state
audit   case:{case} has casework.authorise, casework.withdraw_consent
