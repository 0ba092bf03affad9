story   an insurer's year: rates of the platform's own policies, claims and payments, what is entered with its evidence, closed for good
given   county 513431, today 2025-04-01
user    officer   county_officer     513431
user    lead      insurer_operator   513431
user    rival     insurer_operator   513431
user    chen      village_officer    513431100200
user    station   township_reviewer  513431100

as      officer
UPLOAD  /api/registry/imports file=tests/data/feeds/户信息.csv file=tests/data/feeds/成员信息.csv -> 202
keep    job = /job
keep    import = /id
wait    {job} -> done
POST    /api/registry/imports/{import}/apply -> 202
keep    job = /job
wait    {job} -> done
POST    /api/insurance/insurers {"area": "513431", "name": "财险支公司"} -> 201
keep    a = /id
POST    /api/insurance/insurers {"area": "513431", "name": "另一家支公司"} -> 201
keep    b = /id
POST    /api/insurance/insurers/{a}/operators {"account": "lead"} -> 204
POST    /api/insurance/insurers/{b}/operators {"account": "rival"} -> 204

# One policy of 63.50 mu, one claim of 7,970.40: surveyed on the day, agreed on 10 August, paid on the 22nd, two days late.
as      lead
POST    /api/insurance/policies {"product": "rice_full_cost", "area": "513431100200", "holder_kind": "village", "holder": "村民委员会", "season": 2025, "key": "p"} -> 201
keep    policy = /id
UPLOAD  /api/insurance/policies/{policy}/list?version=1 file=tests/data/insurance/投保清单_大户.csv -> 200 {"accepted": true, "policy": {"premium_fen": 304800}}
POST    /api/insurance/policies/{policy}/steps {"version": 2, "action": "submit"} -> 200
GET     /api/insurance/policies/{policy}/rows -> 200
keep    row = /items/0/id
as      chen
POST    /api/insurance/policies/{policy}/rows/{row}/measure {"measured": "63.50"} -> 200
POST    /api/insurance/policies/{policy}/steps {"version": 4, "action": "inspect"} -> 200
POST    /api/insurance/policies/{policy}/steps {"version": 5, "action": "publicise"} -> 200
today   2025-04-06
as      lead
POST    /api/insurance/policies/{policy}/payments {"all": true, "on": "2025-04-06"} -> 200
POST    /api/insurance/policies/{policy}/steps {"version": 7, "action": "collect"} -> 200
POST    /api/insurance/policies/{policy}/steps {"version": 8, "action": "activate"} -> 200
POST    /api/insurance/deposits {"amount_fen": 5000000, "note": "总公司拨款", "key": "d"} -> 201
# Until the cover begins nothing is insured, and nothing can be told of it.
GET     /api/insurance/insurers/{a}/evaluations/2025 -> 200 {"kinds": [], "items": [{"code": "insured", "standing": {"code": "nothing"}}, {"code": "surveyed", "standing": {"code": "nothing"}}], "total": null}
today   2025-08-05
as      chen
POST    /api/insurance/claims {"policy": "{policy}", "cause": "drought", "occurred_on": "2025-08-04", "reporter": "陈秀英", "phone": "13800138000", "place": "坝上", "found": "穗而不实", "key": "c"} -> 201
keep    claim = /id
UPLOAD  /api/insurance/claims/{claim}/photos file=src/delivery/demo/data/门前.jpg -> 201
as      lead
POST    /api/insurance/claims/{claim}/steps {"version": 2, "action": "survey", "surveyor": "周工", "assistant": "陈秀英"} -> 200
PUT     /api/insurance/claims/{claim}/losses {"version": 3, "losses": [{"insured": "{row}", "stage": "booting", "loss": "0.83", "area": "12.30", "planted": "63.50"}]} -> 200
POST    /api/insurance/claims/{claim}/steps {"version": 4, "action": "assess"} -> 200
as      chen
POST    /api/insurance/claims/{claim}/steps {"version": 5, "action": "publicise"} -> 200
today   2025-08-10
as      chen
POST    /api/insurance/claims/{claim}/steps {"version": 6, "action": "agree"} -> 200
# Agreed, but its ten days have not passed: it is not due yet.
as      officer
GET     /api/insurance/insurers/{a}/evaluations/2025 -> 200 {"items": [{"code": "paid", "standing": {"code": "nothing"}}, {"code": "surveyed", "part": "1", "whole": "1", "rate": "1.000000"}]}
today   2025-08-22
as      lead
POST    /api/insurance/claims/{claim}/steps {"version": 7, "action": "pay", "note": "账户更正"} -> 200 {"paid_fen": 797040}
as      officer
GET     /api/insurance/insurers/{a}/evaluations/2025 -> 200
        {"version": 0, "state": {"code": "open"}, "total": null, "kinds": [{"product": {"code": "rice_full_cost"}, "platform": "63.50", "insurable": null, "premium_fen": 304800}],
         "items": [{"code": "insured", "standing": {"code": "missing"}, "rate": null}, {"code": "paid", "part": "0.00", "whole": "7970.40", "rate": "0.000000"}, {"code": "paid_cases", "part": "0", "whole": "1"}]}

# Who may say what: the county of the insured and of satisfaction, the insurer of its complaints, another insurer nothing at all.
as      rival
GET     /api/insurance/insurers/{a}/evaluations/2025 -> 404 insurance.no_such_insurer
GET     /api/insurance/evaluations?year=2025 -> 200 {"items": [{"name": "另一家支公司"}]}
as      station
GET     /api/insurance/insurers/{a}/evaluations/2025 -> 404 insurance.no_such_insurer
as      lead
PUT     /api/insurance/insurers/{a}/evaluations/2025/entries {"version": 0, "item": "satisfied", "answers": [500, 12, 0, 0, 0], "evidence": "自查回访"} -> 403 insurance.county_enters
PUT     /api/insurance/insurers/{a}/evaluations/2025/entries {"version": 0, "item": "complaints", "part": "12", "whole": "12", "evidence": ""} -> 422 insurance.evidence_missing
PUT     /api/insurance/insurers/{a}/evaluations/2025/entries {"version": 0, "item": "complaints", "part": "13", "whole": "12", "evidence": "投诉台账"} -> 422 insurance.part_exceeds_whole
PUT     /api/insurance/insurers/{a}/evaluations/2025/entries {"version": 0, "item": "complaints", "part": "12", "whole": "12", "evidence": "投诉台账"} -> 200 {"version": 1, "items": [{"code": "complaints", "rate": "1.000000", "points": "5.00", "entry": {"by_insurer": true}}]}
as      officer
PUT     /api/insurance/insurers/{a}/evaluations/2025/entries {"version": 0, "item": "complaints", "part": "11", "whole": "12", "evidence": "县农业农村局转办记录"} -> 409 insurance.changed_meanwhile
PUT     /api/insurance/insurers/{a}/evaluations/2025/entries {"version": 1, "item": "complaints", "part": "11", "whole": "12", "evidence": "县农业农村局转办记录"} -> 200 {"items": [{"code": "complaints", "rate": "0.916667", "points": "4.58", "entry": {"by_insurer": false}}]}
as      lead
PUT     /api/insurance/insurers/{a}/evaluations/2025/entries {"version": 2, "item": "complaints", "part": "12", "whole": "12", "evidence": "投诉台账"} -> 409 insurance.entered_by_county

# The worked figures of the domain specification, of the platform's own and what lies outside it together: 63.50 mu and 182,236.50 are 182,300.
as      officer
PUT     /api/insurance/insurers/{a}/evaluations/2025/entries {"version": 2, "item": "insured", "product": "rice_full_cost", "part": "182236.50", "whole": "240500", "weight": "0.5", "evidence": "统计年报"} -> 200 {"items": [{"code": "insured", "standing": {"code": "wrong"}, "rate": null}]}
PUT     /api/insurance/insurers/{a}/evaluations/2025/entries {"version": 3, "item": "insured", "product": "maize_income", "part": "96400", "whole": "151000", "weight": "0.3", "evidence": "统计年报"} -> 200
PUT     /api/insurance/insurers/{a}/evaluations/2025/entries {"version": 4, "item": "insured", "product": "pig", "part": "8120", "whole": "9400", "weight": "0.2", "evidence": "畜牧站存栏"} -> 200
        {"kinds": [{"product": {"code": "rice_full_cost"}, "insured": "182300.00", "rate": "0.758004"}, {"product": {"code": "maize_income"}, "rate": "0.638411"}, {"product": {"code": "pig"}, "rate": "0.863830"}], "items": [{"code": "insured", "rate": "0.743291"}]}
PUT     /api/insurance/insurers/{a}/evaluations/2025/entries {"version": 5, "item": "paid", "part": "18642350.40", "whole": "19097829.60", "evidence": "核心系统赔付清单"} -> 200 {"items": [{"code": "paid", "part": "18642350.40", "whole": "19105800.00", "rate": "0.975743"}]}
PUT     /api/insurance/insurers/{a}/evaluations/2025/entries {"version": 6, "item": "paid_cases", "part": "4128", "whole": "4309", "evidence": "核心系统赔付清单"} -> 200 {"items": [{"code": "paid_cases", "part": "4128", "whole": "4310", "rate": "0.957773", "weight": "0"}]}
# One farmer on the platform and 49,999 outside it: at least 500 answers.
PUT     /api/insurance/insurers/{a}/evaluations/2025/entries {"version": 7, "item": "satisfied", "answers": [20, 9, 0, 0, 0], "whole": "49999", "evidence": "第三方电话回访"} -> 200 {"items": [{"code": "satisfied", "standing": {"code": "wrong"}, "fault": "有效样本 29 份，至少需要 500 份。请补充回访。"}]}
PUT     /api/insurance/insurers/{a}/evaluations/2025/entries {"version": 8, "item": "satisfied", "answers": [311, 142, 38, 14, 7], "whole": "49999", "evidence": "第三方电话回访"} -> 200 {"mean_score": "88.2031", "items": [{"code": "satisfied", "part": "453", "whole": "512", "rate": "0.884766"}]}
PUT     /api/insurance/insurers/{a}/evaluations/2025/entries {"version": 9, "item": "publicised", "part": "58", "whole": "60", "evidence": "县乡抽查表"} -> 200
PUT     /api/insurance/insurers/{a}/evaluations/2025/entries {"version": 10, "item": "stations", "part": "1", "whole": "1", "evidence": "网点名录"} -> 422 insurance.item_not_entered
PUT     /api/insurance/insurers/{a}/evaluations/2025/entries {"version": 10, "item": "insured", "product": "nothing", "part": "1", "whole": "1", "evidence": "网点名录"} -> 404 insurance.no_such_product
PUT     /api/insurance/insurers/{a}/evaluations/2025/entries {"version": 10, "item": "premium", "whole": "3000", "evidence": "县农险计划"} -> 200 {"missing": 0, "items": [{"code": "premium", "part": "3048.00", "whole": "3000.00", "rate": "1.000000"}]}

# The network: a station in a township, points in villages; the coverage is told against all of the county.
as      lead
POST    /api/insurance/insurers/{a}/network {"first_day": "2025-01-01", "points": [{"area": "513431", "name": "县公司", "assistant": "周工"}]} -> 422 insurance.wrong_service_area
POST    /api/insurance/insurers/{a}/network {"first_day": "2025-12-01", "points": [{"area": "513431100", "name": "站", "assistant": "周工"}]} -> 422 insurance.service_in_future
POST    /api/insurance/insurers/{a}/network {"first_day": "2025-01-01", "points": [{"area": "513431100", "name": "三农保险服务站", "assistant": "周工"}, {"area": "513431100200", "name": "服务点", "assistant": "陈秀英"}]} -> 201 {"stations": {"part": "1", "whole": "20"}, "points": {"part": "1"}}
keep    served = /items/0/station/id
POST    /api/insurance/insurers/{a}/network {"first_day": "2025-03-01", "points": [{"area": "513431100", "name": "又一个站", "assistant": "周工"}]} -> 409 insurance.served_already
GET     /api/insurance/insurers/{a}/network/513431100 -> 200 {"items": [{"area": {"code": "513431100200"}, "point": {"assistant": "陈秀英"}}]}
as      rival
POST    /api/insurance/insurers/{a}/network {"first_day": "2025-01-01", "points": [{"area": "513431100", "name": "站", "assistant": "周工"}]} -> 404 insurance.no_such_insurer

# Closed after the year is over, by the county alone. Then nothing moves its figures: neither a station that turns out to have gone, nor an entry.
as      officer
POST    /api/insurance/insurers/{a}/evaluations/2025/steps {"version": 11, "action": "close"} -> 409 insurance.evaluation_year_runs
today   2026-01-15
as      lead
POST    /api/insurance/insurers/{a}/evaluations/2025/steps {"version": 11, "action": "close"} -> 403 auth.not_allowed
as      officer
# 18.58 + 19.51 + 19.66 + 10.00 + 9.67 + 4.58 + 5.00, and 0.25 and 0.03 for the network, of 100.
POST    /api/insurance/insurers/{a}/evaluations/2025/steps {"version": 11, "action": "close"} -> 200 {"version": 12, "state": {"code": "closed"}, "as_of": "2026-01-15", "total": "87.28", "band": {"code": "good"}}
PUT     /api/insurance/insurers/{a}/evaluations/2025/entries {"version": 12, "item": "publicised", "part": "60", "whole": "60", "evidence": "县乡抽查表"} -> 409 insurance.evaluation_closed
as      lead
POST    /api/insurance/insurers/{a}/network/points/{served}/end {"on": "2025-06-30"} -> 200 {"stations": {"part": "0"}}
GET     /api/insurance/insurers/{a}/evaluations/2025 -> 200 {"total": "87.28", "items": [{"code": "stations", "part": "1", "rate": "0.050000"}, {"code": "paid", "rate": "0.975743"}], "closings": [{"on": "2026-01-15"}]}
GET     /api/insurance/insurers/{a}/evaluations/2025/sheet -> 200
POST    /api/insurance/insurers/{a}/evaluations/2025/steps {"version": 12, "action": "reopen", "note": "想改"} -> 403 auth.not_allowed

# Opening it again needs a reason and is told to the insurer; both closings stay.
as      officer
POST    /api/insurance/insurers/{a}/evaluations/2025/steps {"version": 12, "action": "reopen"} -> 422 insurance.note_missing
POST    /api/insurance/insurers/{a}/evaluations/2025/steps {"version": 12, "action": "reopen", "note": "服务站六月已撤"} -> 200 {"state": {"code": "open"}, "items": [{"code": "stations", "part": "0", "rate": "0.000000"}]}
POST    /api/insurance/insurers/{a}/evaluations/2025/steps {"version": 13, "action": "close"} -> 200 {"version": 14, "total": "87.03"}
as      lead
GET     /api/insurance/insurers/{a}/evaluations/2025 -> 200 {"closings": [{"total": "87.03"}, {"total": "87.28"}], "history": [{"action": "reopen", "note": "服务站六月已撤"}]}
GET     /api/insurance/insurers/{a}/evaluations/2027 -> 422 insurance.evaluation_year
GET     /api/insurance/evaluations?year=2025 -> 200 {"items": [{"name": "财险支公司", "rates": {"insured": "0.743291", "paid": "0.975743", "satisfied": "0.884766"}}]}
audit   insurance.evaluation_entry, insurance.evaluation.close, insurance.evaluation.reopen, insurance.service_points_add, insurance.service_points_end

# The network as a sheet: who is missing everywhere, filled in and taken whole or not at all.
as      lead
GET     /api/insurance/insurers/{a}/network/sheet -> 200 {"服务网点": [["区划代码*", "乡镇", "村（社区）", "站点名称", "协保员*", "设立日期*"], ["513431100", "新城镇", "三农保险服务站", "2026-01-15"]]}
UPLOAD  /api/insurance/insurers/{a}/network/sheet file=tests/data/insurance/服务网点_有误.csv -> 200 {"accepted": false, "rows": 5, "changed": 0, "faults": [
        {"row": 3, "id": "insurance.point_twice"}, {"row": 4, "id": "insurance.wrong_service_area"}, {"row": 5, "id": "insurance.served_already"}, {"row": 6, "id": "insurance.row_missing"}]}
GET     /api/insurance/insurers/{a}/network -> 200 {"stations": {"part": "0"}}
UPLOAD  /api/insurance/insurers/{a}/network/sheet file=tests/data/insurance/投保清单.csv -> 422 table.missing_columns
UPLOAD  /api/insurance/insurers/{a}/network/sheet file=tests/data/insurance/服务网点.csv -> 200 {"accepted": true, "rows": 2, "changed": 2}
GET     /api/insurance/insurers/{a}/network -> 200 {"stations": {"part": "1"}, "points": {"part": "2"}}
as      rival
GET     /api/insurance/insurers/{a}/network/sheet -> 404 insurance.no_such_insurer
UPLOAD  /api/insurance/insurers/{a}/network/sheet file=tests/data/insurance/服务网点.csv -> 404 insurance.no_such_insurer
