story   a notice may not be cut short
include casework/publicised.steps
today   2021-06-11
as      town
GET     /api/cases/{case} -> 200 {"possible": [{"code": "township_review", "missing":
        [{"id": "casework.publicity_too_short"}, {"id": "casework.publicity_not_ended"}]}]}
POST    /api/cases/{case}/steps {"action": "township_review", "version": {version}, "key": "early", "form": {"opinion":
        "材料齐全，同意上报", "no_relation": true}} -> 409 casework.publicity_too_short
as      board
POST    /api/cases/{case}/steps {"action": "end_publicity", "version": {version}, "key": "early", "form":
        {"taken_down_on": "2021-06-11", "photos": ["{photo}"]}} -> 409 casework.publicity_too_short
as      nobody
GET     /api/public/notices?area=513431100200 -> 200 {"total": 1, "items": [{"last_day": "2021-06-11", "open": true}]}
keep    notice = /items/0/id
today   2021-06-12
POST    /api/public/notices/{notice}/objections {"text": "他家有存款", "key": "late"} -> 409 casework.objection_too_late
as      board
POST    /api/cases/{case}/steps {"action": "end_publicity", "version": {version}, "key": "down", "form":
        {"taken_down_on": "2021-06-12", "photos": ["{photo}"]}} -> 200
as      nobody
GET     /api/public/notices?area=513431100200 -> 200 {"total": 0}
