story   a warning from a department's file leads to an enrolled household, through every role
include casework/warned.steps
as      police
UPLOAD  /api/feeds/batches file=tests/data/thread/公安局_车辆_513431_202105_01.csv -> 202
keep    job = /job
wait    {job} -> done
keep    cars = /result/batch
GET     /api/feeds/batches/{cars} -> 200 {"state": "applied", "counts": {"matched": 1}}
include casework/visit.steps
include casework/consent.steps
# Nobody has typed it in: what the police sent is found, for who has agreed to it.
today   2021-06-04
as      office
POST    /api/cases/{case}/steps {"action": "compare", "version": {version}, "key": "compare", "form": {"compared_on":
        "2021-06-04", "persons": [{person}], "items": ["vehicle", "real_estate"], "hits": []}} -> 200
        {"state": {"code": "explaining"}, "hits": [{"rule": "N3", "severity": {"code": "soft"}, "accepted": false}]}
keep    version = /version
as      chen
POST    /api/cases/{case}/steps {"action": "explain", "version": {version}, "key": "explain", "form": {"hit": 0, "text":
        "车已出售，尚未过户", "proof": ["{photo}"]}} -> 200 {"awaited": {"code": "judge"}}
keep    version = /version
as      town
POST    /api/cases/{case}/steps {"action": "judge", "version": {version}, "key": "judge", "form": {"hit": 0, "accepted":
        true, "reason": "买卖合同属实", "no_relation": true}} -> 200 {"state": {"code": "compared"}}
keep    version = /version
include casework/review.steps
include casework/posting.steps
as      nobody
GET     /api/public/notices?area=513431100200 -> 200 {"total": 1, "items": [{"posted_on": "2021-06-06", "open": true}]}
include casework/township.steps
# The warnings stand, and the clue waits for its case, until it is decided.
as      chen
GET     /api/warnings?household={household} -> 200 {"total": 2}
GET     /api/clues/{clue} -> 200 {"state": {"code": "case_opened"}}
POST    /api/clues {"source": "self_report", "channel": "oral", "household": "{household}", "risks": ["01"], "text": "又住院了",
        "teller": "self", "key": "meanwhile"} -> 201 {"id": "{clue}", "joined": true}
today   2021-06-13
as      leader
POST    /api/cases/{case}/steps {"action": "approve", "version": {version}, "key": "approve", "form": {"opinion": "同意纳入",
        "category": "marginal", "no_relation": true}} -> 200 {"state": {"code": "approved"}}
keep    version = /version
as      office
POST    /api/cases/{case}/steps {"action": "enrol", "version": {version}, "key": "enrol", "form": {"identified_on":
        "1949-06-13", "helper": "何志强"}} -> 422 casework.identified_wrong_day
POST    /api/cases/{case}/steps {"action": "enrol", "version": {version}, "key": "enrol", "form": {"identified_on":
        "2021-06-13", "helper": "何志强"}} -> 200 {"state": {"code": "enrolled"}, "category": {"code": "marginal"}}
GET     /api/registry/households/{household} -> 200 {"kind": "monitored"}
# All that began it has ended with it.
GET     /api/warnings?household={household} -> 200 {"total": 0}
GET     /api/warnings?household={household}&state=closed -> 200 {"total": 2, "items": [{"rule": "R02", "closed":
        {"on": "2021-06-13", "reason": {"code": "case:enrolled"}}}]}
# The clue is settled: what is told from now on begins another.
as      chen
POST    /api/clues {"source": "self_report", "channel": "oral", "household": "{household}", "risks": ["09"], "text": "房屋漏雨",
        "teller": "self", "key": "afterwards"} -> 201 {"joined": false}
as      office
GET     /api/work -> 200 {"total": 0}
GET     /api/cases/{case}/papers -> 200 {"items": [{"kind": "enrolment"}]}
GET     /api/cases/{case}/papers/enrolment -> 200
audit   household:{household} has screening.close
audit   case:{case} has casework.open, casework.verify, casework.authorise, casework.compare, casework.explain, casework.judge,
        casework.review, casework.publicise, casework.end_publicity, casework.township_review, casework.approve, casework.enrol
