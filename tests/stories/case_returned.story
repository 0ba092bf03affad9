story   the township asks for what is missing
include casework/publicised.steps
today   2021-06-12
as      board
POST    /api/cases/{case}/steps {"action": "end_publicity", "version": {version}, "key": "down", "form":
        {"taken_down_on": "2021-06-12", "photos": ["{photo}"]}} -> 200
keep    version = /version
as      town
POST    /api/cases/{case}/steps {"action": "return_township", "version": {version}, "key": "return", "form": {"items": []}} ->
        422 casework.list_empty
POST    /api/cases/{case}/steps {"action": "return_township", "version": {version}, "key": "return", "form": {"items":
        ["补充车祸认定书"]}} -> 200 {"awaited": {"code": "correct"}, "corrections": [{"what": "补充车祸认定书", "note": null}]}
keep    version = /version
POST    /api/cases/{case}/steps {"action": "township_review", "version": {version}, "key": "town", "form": {"opinion":
        "同意上报", "no_relation": true}} -> 409 casework.corrections_open
as      chen
GET     /api/work -> 200 {"total": 1, "items": [{"awaited": {"code": "correct"}}]}
POST    /api/cases/{case}/steps {"action": "correct", "version": {version}, "key": "correct", "form": {"item": 0, "note":
        "已补充认定书复印件", "proof": ["{photo}"]}} -> 200 {"awaited": {"code": "township_review"}}
