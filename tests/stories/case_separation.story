story   whoever enters a case does not approve it, and a pause stops all but help
include casework/county.steps
as      office
POST    /api/clues {"source": "grassroots_check", "channel": "work_team", "household": "{household}", "risks": ["05"],
        "text": "车祸住院", "teller": "officer", "key": "clue"} -> 201
keep    clue = /id
POST    /api/clues/{clue}/actions {"action": "begin", "version": 1, "key": "begin"} -> 200
POST    /api/cases {"clue": "{clue}", "reason": "车祸后无法务工", "key": "open"} -> 201
keep    case = /id
GET     /api/cases/{case} -> 200 {"version": 1}
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
