story   the approver had entered the case
include casework/county.steps
user    both county_leader 513431
as      office
POST    /api/cases {"household": "{household}", "reason": "车祸后无法务工", "risks": "05", "key": "open"} -> 201
keep    case = /id
GET     /api/cases/{case} -> 200 {"version": 1}
# Whoever opened it may lead it to nothing: the approval is another's.
as      chen
GET     /api/cases/{case} -> 200 {"possible": [{"code": "verify"}]}
as      board
POST    /api/cases/{case}/steps {"action": "verify", "version": 1, "key": "x", "form": {"visited_on": "2021-06-01"}} -> 403
        auth.not_allowed
as      office
POST    /api/cases/{case}/steps {"action": "extend", "version": 1, "key": "extend", "form": {"days": 5, "reason":
        "等待部门回复"}} -> 200 {"decide_by": {"last_day": "2021-06-21"}}
as      leader
POST    /api/cases/{case}/steps {"action": "pause", "version": 2, "key": "pause", "form": {"reason": "山洪断路"}} -> 200
        {"paused": true}
as      chen
POST    /api/cases/{case}/steps {"action": "verify", "version": 3, "key": "x", "form": {"visited_on": "2021-06-01"}} -> 409
        casework.paused
