story   the regulator's indicators Q1 to Q6: a county's quarter, what it is divided from, over which list, and why nothing can be said
given   county 513431, today 2025-10-20
user    officer  county_officer    513431
user    chen     village_officer   513431100200
user    elsewhere county_officer   513430
user    above    prefecture_supervisor 5134

# Nobody has told anything: no verdict, nothing to export. Quarters only, and none that has not begun.
as      officer
GET     /api/indicators/credit -> 200 {"term": "2025-Q3", "before": "2025-Q2", "after": "2025-Q4", "form": "credit_quarter", "reported": false, "broken": [], "items": [{"id": "q1a", "standing": "unknown", "doubt": "missing", "counted": 0, "listed": 1}, {"id": "q4", "doubt": "none_listed", "list_version": "2021"}]}
GET     /api/indicators/credit/sheet -> 404 indicators.credit.nothing
GET     /api/indicators/credit?term=2025 -> 422 indicators.other_term
GET     /api/indicators/credit?term=2025-09 -> 422 indicators.other_term
GET     /api/indicators/credit?term=soon -> 422 indicators.bad_term
GET     /api/indicators/credit?term=2026-Q1 -> 422 indicators.future_term

# A village has none of these; a county's are not for it, nor for another county.
as      chen
GET     /api/indicators/credit -> 200 {"area": {"code": "513431100200"}, "items": [], "reported": false}
GET     /api/indicators/credit?area=513431 -> 404 areas.unknown
GET     /api/indicators/credit/sheet?area=513431 -> 404 areas.unknown
as      elsewhere
GET     /api/indicators/credit?area=513431 -> 404 areas.unknown

# The worked example of the domain: 128.40 after 115.90 is 10.7852 %, the province 8.1001 %; their difference is 2.6850 exactly (of the rounded
# ones it would be 2.6851).
as      officer
POST    /api/dataValueSets {"dataSet": "credit_quarter", "period": "2024Q4", "orgUnit": "513431000000", "dataValues": [{"dataElement": "inclusive_loans_end", "value": "48.00"}]} -> 200
POST    /api/dataValueSets {"dataSet": "credit_quarter", "period": "2025Q3", "orgUnit": "513431000000", "dataValues": [
        {"dataElement": "agri_loans_start", "value": "100"}, {"dataElement": "agri_loans_end", "value": "100"},
        {"dataElement": "inclusive_loans_start", "value": "50"}, {"dataElement": "inclusive_loans_end", "value": "60"},
        {"dataElement": "all_loans_start", "value": "115.90"}, {"dataElement": "all_loans_end", "value": "128.40"},
        {"dataElement": "province_loans_start", "value": "6790"}, {"dataElement": "province_loans_end", "value": "7340"},
        {"dataElement": "insured_start", "value": "0"}, {"dataElement": "insured_end", "value": "42"},
        {"dataElement": "speciality_kinds_before", "value": "5"}, {"dataElement": "speciality_kinds", "value": "5"},
        {"dataElement": "microloan_willing", "value": "100000"}, {"dataElement": "microloan_lent", "value": "89998"},
        {"dataElement": "microloan_balance", "value": "500"}, {"dataElement": "microloan_overdue", "value": "15"}]} -> 200
        {"status": "SUCCESS", "importCount": {"imported": 16}, "conflicts": []}
GET     /api/indicators/credit?area=513431 -> 200 {"reported": true, "items": [
        {"id": "q1a", "standing": "missed", "value": "0.0000", "numerator": "0.00", "denominator": "100.00", "numerator_unit": "万元"},
        {"id": "q1b", "standing": "reached", "value": "20.0000", "numerator": "10.00", "denominator": "50.00", "remark": "口径有变：上年末报送时为 48.00 万元，已按现口径重述"},
        {"id": "q2a", "standing": "reached", "value": "10.7852", "list_version": "2020"},
        {"id": "q2b", "standing": "unknown", "doubt": "no_base", "value": null, "denominator": "0.00"},
        {"id": "q3", "standing": "reached", "value": "2.6850", "against": "8.1001", "numerator": "10.7852", "numerator_unit": "%", "denominator": "1", "denominator_unit": "县", "list_version": "2021", "unit": "个百分点"},
        {"id": "q4", "standing": "unknown", "doubt": "none_listed", "verdict": "名单中没有本区划的县，不适用"},
        {"id": "q5", "standing": "reached", "numerator": "1", "denominator": "1", "value": null},
        {"id": "q6a", "standing": "missed", "value": "90.00", "criterion": "不低于 90%", "remark": "目标依据：假设值"},
        {"id": "q6b", "standing": "reached", "value": "3.00", "criterion": "不高于 3%"}]}
GET     /api/indicators/credit/sheet -> 200
as      above
GET     /api/indicators/credit?area=513431 -> 200 {"items": [{"id": "q3", "value": "2.6850"}]}

# More lent than wanted does not fit; a negative balance is no balance.
as      officer
PUT     /api/indicators/forms/credit_quarter/cell {"term": "2025-Q3", "area": "513431", "figure": "microloan_lent", "value": "100001", "version": 1} -> 200
POST    /api/indicators/findings {"area": "513431", "month": "2025-09"} -> 200 {"open": 1}
GET     /api/indicators/findings -> 200 {"items": [{"rule": {"code": "lent_within_willing"}, "verdict": "fails", "printed": "100001", "computed": "100000"}]}
PUT     /api/indicators/forms/credit_quarter/cell {"term": "2025-Q3", "area": "513431", "figure": "all_loans_end", "value": "-1", "version": 1} -> 200
GET     /api/indicators/credit?area=513431 -> 200 {"items": [{"id": "q2a", "doubt": "negative", "value": null}, {"id": "q3", "doubt": "negative", "value": null, "against": null}]}
PUT     /api/indicators/forms/credit_quarter/cell {"term": "2025-Q3", "area": "513431", "figure": "all_loans_end", "value": "", "version": 2} -> 200
GET     /api/indicators/credit?area=513431 -> 200 {"items": [{"id": "q3", "doubt": "missing", "counted": 0, "listed": 1, "verdict": "应计 1 县，报齐 0 县，暂不判断"}]}
PUT     /api/indicators/forms/credit_quarter/cell {"term": "2025-Q3", "area": "513431", "figure": "all_loans_end", "value": "128.405", "version": 3} -> 422 indicators.too_many_places
PUT     /api/indicators/forms/credit_quarter/cell {"term": "2025-Q3", "area": "513431", "figure": "all_loans_end", "value": "128.40", "version": 3} -> 200

# A target that the county was set goes before the pack's.
PUT     /api/indicators/targets {"indicator": "microloan_overdue_rate", "term": "2025-Q3", "area": "513431", "value": "2.99", "direction": "at_most", "version": 0} -> 204
GET     /api/indicators/credit?area=513431 -> 200 {"items": [{"id": "q6b", "standing": "missed", "criterion": "不高于 2.99%"}]}

# A closed quarter takes nothing and shows what it held.
POST    /api/indicators/forms/credit_quarter/actions {"term": "2025-Q3", "area": "513431", "action": "close"} -> 204
PUT     /api/indicators/forms/credit_quarter/cell {"term": "2025-Q3", "area": "513431", "figure": "speciality_kinds", "value": "4", "version": 1} -> 409 indicators.closed
GET     /api/indicators/credit?area=513431 -> 200 {"items": [{"id": "q5", "standing": "reached"}]}
POST    /api/indicators/forms/credit_quarter/actions {"term": "2025-Q3", "area": "513431", "action": "reopen", "reason": "品种数有误"} -> 204
PUT     /api/indicators/forms/credit_quarter/cell {"term": "2025-Q3", "area": "513431", "figure": "speciality_kinds", "value": "4", "version": 1} -> 200
GET     /api/indicators/credit?area=513431 -> 200 {"items": [{"id": "q5", "standing": "missed", "numerator": "0", "denominator": "1", "parts": [{"value": "-1", "verdict": "未达到"}]}]}
GET     /api/indicators/credit?area=513431&term=2025-Q2 -> 200 {"reported": false}
