story   sent twice, sent late, sent by somebody else
include casework/opened.steps
as      chen
POST    /api/cases {"clue": "{clue}", "reason": "车祸后无法务工", "key": "open"} -> 201 {"id": "{case}"}
POST    /api/cases {"clue": "{clue}", "reason": "又一次", "key": "other"} -> 409 casework.case_under_way
# What is told of the household meanwhile joins as further evidence.
POST    /api/clues {"source": "grassroots_check", "channel": "daily_visit", "household": "{household}", "risks": ["01"],
        "text": "又住院了", "teller": "officer", "key": "more"} -> 201 {"id": "{clue}", "joined": true}
as      town
POST    /api/cases/{case}/steps {"action": "green_help", "version": 1, "key": "help", "form": {"danger": "断粮", "help":
        "发放口粮", "helped_on": "2021-06-01", "helped_by": "镇民政办", "proof": ["{photo}"]}} -> 200 {"version": 2}
POST    /api/cases/{case}/steps {"action": "green_help", "version": 1, "key": "help", "form": {"danger": "断粮", "help":
        "发放口粮", "helped_on": "2021-06-01", "helped_by": "镇民政办", "proof": ["{photo}"]}} -> 200 {"version": 2}
POST    /api/cases/{case}/steps {"action": "green_help", "version": 1, "key": "more", "form": {"danger": "断粮", "help":
        "发放口粮", "helped_on": "2021-06-01", "helped_by": "镇民政办", "proof": ["{photo}"]}} -> 409 casework.stale
POST    /api/cases/{case}/steps {"action": "green_help", "version": 2, "key": "bad", "form": {"danger": 7}} -> 422
        casework.field_wrong
POST    /api/cases/{case}/steps {"action": "dance", "version": 2, "key": "bad", "form": {}} -> 422 http.bad_parameter
UPLOAD  /api/cases/{case}/attachments file=tests/data/feeds/户信息.csv -> 422 casework.attachment_type
as      office
user    other village_officer 513431101200
as      other
GET     /api/cases -> 200 {"total": 0}
GET     /api/cases/{case} -> 404 casework.no_such_case
GET     /api/cases/{case}/attachments/{photo} -> 404 casework.no_such_case
POST    /api/cases/{case}/steps {"action": "verify", "version": 2, "key": "x", "form": {"visited_on": "2021-06-01"}} -> 404
        casework.no_such_case
