story   a car that nobody had told of
include casework/consented.steps
today   2021-06-04
as      town
POST    /api/cases/{case}/steps {"action": "compare", "version": {version}, "key": "compare", "form": {"compared_on":
        "2021-06-04", "persons": [{person}], "items": ["vehicle"], "hits": [{"rule": "N3", "severity": "hard", "person":
        {person}, "summary": "登记有一辆小型轿车", "source": "公安局"}]}} -> 200 {"state": {"code": "explaining"}, "awaited":
        {"code": "explain"}, "hits": [{"rule": "N3", "accepted": false}]}
keep    version = /version
as      board
POST    /api/cases/{case}/steps {"action": "review", "version": {version}, "key": "review", "form": {"held_on":
        "2021-06-05", "entitled": 30, "present": 24, "votes_for": 20, "votes_against": 2, "abstained": 2,
        "relatives_present": 1}} -> 409 casework.wrong_state
as      chen
POST    /api/cases/{case}/steps {"action": "explain", "version": {version}, "key": "explain", "form": {"hit": 0, "text":
        "车已出售，尚未过户", "proof": []}} -> 422 casework.proof_missing
as      town
POST    /api/cases/{case}/steps {"action": "reject_asset", "version": {version}, "key": "reject", "form": {"reason":
        "家有轿车，限期内未能说明", "no_relation": true}} -> 200 {"state": {"code": "rejected", "reason": {"code": "asset"}}}
