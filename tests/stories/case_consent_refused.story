story   the household refuses to let its assets be asked about
include casework/verified.steps
as      office
POST    /api/cases/{case}/steps {"action": "compare", "version": {version}, "key": "compare", "form": {"compared_on":
        "2021-06-02", "persons": [{person}], "items": ["vehicle"]}} -> 409 casework.wrong_state
as      chen
POST    /api/cases/{case}/steps {"action": "refuse_consent", "version": {version}, "key": "no", "form": {}} -> 422
        casework.reason_missing
# Help in an emergency is not barred by it.
as      town
POST    /api/cases/{case}/steps {"action": "green_help", "version": {version}, "key": "help", "form": {"danger":
        "断粮", "help": "发放口粮和临时救助金", "helped_on": "2021-06-02", "helped_by": "镇民政办", "amount": 200000,
        "proof": ["{photo}"]}} -> 200 {"green_since": "2021-06-02"}
keep    version = /version
as      chen
POST    /api/cases/{case}/steps {"action": "refuse_consent", "version": {version}, "key": "no", "form": {"reason":
        "户主不同意查询存款和房产"}} -> 200 {"state": {"code": "closed", "reason": {"code": "refused_consent"}}}
UPLOAD  /api/cases/{case}/attachments file=tests/data/casework/门前.jpg -> 409 casework.case_over
# The household may be looked at anew.
POST    /api/clues {"source": "grassroots_check", "channel": "daily_visit", "household": "{household}", "risks": ["09"],
        "text": "住房漏雨", "teller": "officer", "key": "anew"} -> 201 {"joined": false}
