story   a warning from a department's file leads to a rejection with reasons, told in writing
include casework/warned.steps
as      police
UPLOAD  /api/feeds/batches file=tests/data/thread/公安局_车辆_513431_202105_02.csv -> 202
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
        {"state": {"code": "explaining"}, "hits": [{"rule": "N3", "severity": {"code": "hard"}, "accepted": false}]}
keep    version = /version
# The machine rejects nobody, nor does whoever entered the case.
as      chen
POST    /api/cases/{case}/steps {"action": "reject_asset", "version": {version}, "key": "no", "form": {"reason":
        "家有轿车", "no_relation": true}} -> 403 auth.not_allowed
as      town
POST    /api/cases/{case}/steps {"action": "reject_asset", "version": {version}, "key": "no", "form": {"reason":
        "", "no_relation": true}} -> 422 casework.reason_missing
GET     /api/cases/{case}/papers/rejection_letter -> 409 casework.paper_not_yet
POST    /api/cases/{case}/steps {"action": "reject_asset", "version": {version}, "key": "no", "form": {"reason":
        "家有轿车，限期内未能说明", "no_relation": true}} -> 200 {"state": {"code": "rejected", "reason": {"code": "asset"}}, "awaited":
        null}
GET     /api/cases/{case}/papers/rejection_letter -> 200
as      chen
GET     /api/warnings?household={household} -> 200 {"total": 0}
GET     /api/warnings?household={household}&state=closed -> 200 {"total": 2, "items": [{"rule": "R02", "closed":
        {"on": "2021-06-04", "reason": {"code": "case:rejected"}}}]}
GET     /api/registry/households/{household} -> 200 {"kind": "ordinary"}
# The clue is settled: what is told from now on begins another.
POST    /api/clues {"source": "self_report", "channel": "oral", "household": "{household}", "risks": ["09"], "text": "房屋漏雨",
        "teller": "self", "key": "afterwards"} -> 201 {"joined": false}
audit   case:{case} has casework.compare, casework.reject_asset
audit   household:{household} has screening.close
