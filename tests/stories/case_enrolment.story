story   a household goes from a visit to its enrolment
include casework/town_reviewed.steps
today   2021-06-13
as      leader
GET     /api/work -> 200 {"total": 1, "items": [{"id": "{case}", "awaited": {"code": "approve"}}]}
POST    /api/cases/{case}/steps {"action": "approve", "version": {version}, "key": "approve", "form": {"opinion": "同意纳入",
        "category": "marginal", "no_relation": true}} -> 200 {"state": {"code": "approved"}}
keep    version = /version
as      office
POST    /api/cases/{case}/steps {"action": "enrol", "version": {version}, "key": "enrol", "form": {"identified_on":
        "2021-06-13"}} -> 422 casework.helper_missing
POST    /api/cases/{case}/steps {"action": "enrol", "version": {version}, "key": "enrol", "form": {"identified_on":
        "2021-06-13", "helper": "何志强"}} -> 200 {"state": {"code": "enrolled"}, "awaited": null, "possible": [],
        "category": {"code": "marginal"}}
GET     /api/registry/households/{household} -> 200 {"kind": "monitored"}
GET     /api/cases?state=enrolled -> 200 {"total": 1}
GET     /api/cases?live=true -> 200 {"total": 0}
audit   case:{case} has casework.open, casework.attach, casework.verify, casework.authorise, casework.compare, casework.review,
        casework.publicise, casework.end_publicity, casework.township_review, casework.approve, casework.enrol
