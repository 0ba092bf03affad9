story   somebody of the village objects, and the notice begins anew
include casework/publicised.steps
today   2021-06-08
as      nobody
GET     /api/public/notices -> 200 {"total": 1}
keep    notice = /items/0/id
POST    /api/public/notices/{notice}/objections {"text": "", "key": "o1"} -> 422 casework.objection_empty
POST    /api/public/notices/{notice}/objections {"text": "家里人数写错了", "name": "王五", "phone": "13812345678", "key":
        "o1"} -> 204
POST    /api/public/notices/{notice}/objections {"text": "家里人数写错了", "name": "王五", "phone": "13812345678", "key":
        "o1"} -> 204
as      town
GET     /api/cases/{case} -> 200 {"state": {"code": "objected"}, "awaited": {"code": "dismiss_objection", "mine": true},
        "timeline": [{"action": {"code": "object"}, "form": {"phone": "138****5678"}}]}
keep    version = /version
POST    /api/cases/{case}/steps {"action": "restart_publicity", "version": {version}, "key": "again", "form": {"inquired_on":
        "2021-06-08", "findings": "人数有误，已更正", "no_relation": true}} -> 200 {"state": {"code": "reviewed"}}
keep    version = /version
as      nobody
GET     /api/public/notices -> 200 {"total": 0}
POST    /api/public/notices/{notice}/objections {"text": "还有意见", "key": "o2"} -> 409 casework.notice_over
today   2021-06-09
as      board
POST    /api/cases/{case}/steps {"action": "publicise", "version": {version}, "key": "anew", "form": {"posted_on":
        "2021-06-09", "hotline": "0834-8321234", "photos": ["{photo}"]}} -> 200 {"notice": {"next_step": "2021-06-15"}}

# Not without end from one place.
as      nobody
GET     /api/public/notices -> 200 {"total": 1}
keep    anew = /items/0/id
POST    /api/public/notices/{anew}/objections {"text": "意见一", "key": "t1"} -> 204
POST    /api/public/notices/{anew}/objections {"text": "意见二", "key": "t2"} -> 204
POST    /api/public/notices/{anew}/objections {"text": "意见三", "key": "t3"} -> 204
POST    /api/public/notices/{anew}/objections {"text": "意见四", "key": "t4"} -> 204
POST    /api/public/notices/{anew}/objections {"text": "意见五", "key": "t5"} -> 204
POST    /api/public/notices/{anew}/objections {"text": "意见六", "key": "t6"} -> 503 casework.objecting_too_often
