story   a car that turns out to be sold
include casework/consented.steps
today   2021-06-04
as      office
POST    /api/cases/{case}/steps {"action": "compare", "version": {version}, "key": "compare", "form": {"compared_on":
        "2021-06-04", "persons": [{person}], "items": ["vehicle"], "hits": [{"rule": "N3", "severity": "hard", "person":
        {person}, "summary": "登记有一辆小型轿车", "source": "公安局"}]}} -> 200 {"state": {"code": "explaining"}}
keep    version = /version
as      chen
POST    /api/cases/{case}/steps {"action": "explain", "version": {version}, "key": "explain", "form": {"hit": 0, "text":
        "车已出售，尚未过户", "proof": ["{photo}"]}} -> 200 {"awaited": {"code": "judge"}}
keep    version = /version
as      leader
POST    /api/cases/{case}/steps {"action": "judge_county", "version": {version}, "key": "county", "form": {"hit": 0,
        "accepted": true, "reason": "合同属实", "no_relation": true}} -> 409 casework.township_first
as      town
POST    /api/cases/{case}/steps {"action": "judge", "version": {version}, "key": "judge", "form": {"hit": 0, "accepted":
        true, "reason": "买卖合同属实", "no_relation": true}} -> 200 {"state": {"code": "explaining"}, "awaited":
        {"code": "judge_county"}}
keep    version = /version
as      leader
POST    /api/cases/{case}/steps {"action": "judge_county", "version": {version}, "key": "county", "form": {"hit": 0,
        "accepted": true, "reason": "合同属实", "no_relation": true}} -> 200 {"state": {"code": "compared"}}
