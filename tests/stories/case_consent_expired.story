story   an authorisation that expires between two clicks
include casework/verified.steps
as      chen
POST    /api/cases/{case}/steps {"action": "authorise", "version": {version}, "key": "authorise", "form": {
        "parties": [{"person": {person}, "standing": "member", "signed_by": "self", "signature": ["{photo}"]}],
        "items": ["vehicle"], "purpose": "防返贫监测认定", "from": "2021-06-02", "to": "2021-06-03",
        "promise_of_truth": true}} -> 200
keep    version = /version
as      office
GET     /api/cases/{case} -> 200 {"possible": [{"code": "compare", "missing": []}]}
today   2021-06-04
as      office
POST    /api/cases/{case}/steps {"action": "compare", "version": {version}, "key": "compare", "form": {"compared_on":
        "2021-06-04", "persons": [{person}], "items": ["vehicle"]}} -> 409 casework.consent_expired
audit   case:{case} has casework.comparison_refused
GET     /api/cases/{case} -> 200 {"state": {"code": "consented"}, "consent": {"holds": false}}
# The household signs again, and it goes on.
as      chen
POST    /api/cases/{case}/steps {"action": "authorise", "version": {version}, "key": "anew", "form": {
        "parties": [{"person": {person}, "standing": "member", "signed_by": "self", "signature": ["{photo}"]}],
        "items": ["vehicle"], "purpose": "防返贫监测认定", "from": "2021-06-04", "to": "2022-06-04",
        "promise_of_truth": true}} -> 200
keep    version = /version
as      office
POST    /api/cases/{case}/steps {"action": "compare", "version": {version}, "key": "compare", "form": {"compared_on":
        "2021-06-04", "persons": [{person}], "items": ["vehicle", "deposits"]}} -> 409 casework.outside_consent_items
POST    /api/cases/{case}/steps {"action": "compare", "version": {version}, "key": "compare", "form": {"compared_on":
        "2021-06-04", "persons": [{person}], "items": ["vehicle"]}} -> 200 {"state": {"code": "compared"}}
