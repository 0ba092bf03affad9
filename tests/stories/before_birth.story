story   nothing happened to anybody before they were born
include casework/opened.steps
# 王秀英 was born on 1950-02-03. A visit:
POST    /api/cases/{case}/steps {"action": "verify", "version": {version}, "key": "v", "form": {
        "visited_on": "1950-02-02", "investigators": [
        {"name": "陈秀英", "account": "chen", "post": "village", "no_relation": true},
        {"name": "何志强", "post": "township", "no_relation": true}], "income": [{"item": "I1", "amount": 240000}],
        "guarantees": [{"item": "food", "status": "secured"}, {"item": "clothing", "status": "secured"},
        {"item": "education", "status": "not_applicable"}, {"item": "medical", "status": "at_risk"},
        {"item": "housing", "status": "secured"}, {"item": "water", "status": "secured"}],
        "risks": ["05"], "risk_confirmed": true, "findings": "车祸住院", "signed_by_household": true,
        "signed_by_investigators": true, "photos": ["{photo}"]}} -> 422 casework.visit_before_clue
as      town
POST    /api/cases/{case}/steps {"action": "green_help", "version": {version}, "key": "h", "form": {"danger": "无钱住院", "help":
        "临时救助", "helped_on": "1950-02-02", "helped_by": "镇民政办", "proof": ["{photo}"]}} -> 422 casework.help_before_clue
include casework/visit.steps
# The register:
as      chen
GET     /api/registry/households/{household} -> 200
POST    /api/registry/households/{household}/changes {"version": 1, "since": "2021-06-01", "reason": "入户走访",
        "changes": [{"person": "{person}", "field": "low_income_since", "value": "1950-01"}]} -> 422 registry.before_birth
POST    /api/registry/households/{household}/changes {"version": 1, "since": "2021-06-01", "reason": "入户走访",
        "changes": [{"person": "{person}", "field": "joined_on", "value": "1950-02-02"}]} -> 422 registry.before_birth
# A child of 2021-05-20, whose authorisation would begin earlier.
POST    /api/registry/households/{household}/changes {"version": 1, "since": "2021-06-02", "reason": "出生医学证明", "joining":
        [{"name": "王小花", "id_number": "513431202105200020", "relation": "08", "joined": "1"}]} -> 200 {"members": [{"name": "王小花"}]}
GET     /api/cases/{case} -> 200
keep    child = /members/1/person
POST    /api/cases/{case}/steps {"action": "authorise", "version": {version}, "key": "a", "form": {"parties": [
        {"person": {person}, "standing": "member", "signed_by": "self", "signature": ["{photo}"]},
        {"person": {child}, "standing": "member", "signed_by": "guardian", "signer": "王秀英", "signature": ["{photo}"]}],
        "items": ["vehicle"], "purpose": "防返贫监测认定", "from": "2021-05-19", "to": "2022-05-19", "promise_of_truth": true}}
        -> 422 casework.consent_before_birth
POST    /api/cases/{case}/steps {"action": "authorise", "version": {version}, "key": "a", "form": {"parties": [
        {"person": {person}, "standing": "member", "signed_by": "self", "signature": ["{photo}"]},
        {"person": {child}, "standing": "member", "signed_by": "guardian", "signer": "王秀英", "signature": ["{photo}"]}],
        "items": ["vehicle"], "purpose": "防返贫监测认定", "from": "2021-06-02", "to": "2022-06-02", "promise_of_truth": true}}
        -> 200 {"state": {"code": "consented"}}
keep    version = /version
# A comparison, a meeting: no day of a case lies before its clue, and so before anybody of the household.
as      office
POST    /api/cases/{case}/steps {"action": "compare", "version": {version}, "key": "c", "form": {"compared_on":
        "1949-10-01", "persons": [{person}], "items": ["vehicle"], "hits": []}} -> 422 casework.dated_before_clue
POST    /api/cases/{case}/steps {"action": "compare", "version": {version}, "key": "c", "form": {"compared_on":
        "2021-06-02", "persons": [{person}], "items": ["vehicle"], "hits": []}} -> 200
keep    version = /version
as      board
POST    /api/cases/{case}/steps {"action": "review", "version": {version}, "key": "r", "form": {"held_on": "1949-10-01",
        "place": "村委会", "chair": "马海", "recorder": "陈秀英", "entitled": 30, "present": 24, "votes_for": 20,
        "votes_against": 2, "abstained": 2, "relatives_present": 1, "comparison_read_out": true, "minutes": "一致认为属实",
        "photos": ["{photo}"]}} -> 422 casework.dated_before_clue
# A clue about somebody.
as      chen
POST    /api/clues {"source": "self_report", "channel": "oral", "name": "李四", "id_number": "513431198003010120", "birth":
        "1979-03-01", "risks": ["01"], "text": "住院", "teller": "self", "key": "c1"} -> 422 clues.birth_differs
POST    /api/clues {"source": "self_report", "channel": "oral", "name": "李四", "birth": "2021-06-03", "risks": ["01"],
        "text": "住院", "teller": "self", "key": "c2"} -> 422 clues.birth_in_future
# A check that nobody could have been part of.
as      office
POST    /api/campaigns {"name": "春季集中排查", "area": "513431", "begins_on": "1949-10-01", "ends_on": "1949-10-31"} -> 422 campaigns.ended_already
# A department's row (feeds.before_birth) stands in casework/warned.steps; a programme's record in its module's tests.
