story   a department's file comes in, is linked, answered, corrected
given   county 513431, today 2025-03-03
user    officer county_officer 513431
user    medical department_clerk 513431 medical_insurance
user    school  department_clerk 513431 education

as      officer
UPLOAD  /api/registry/imports file=tests/data/feeds/户信息.csv file=tests/data/feeds/成员信息.csv -> 202
keep    job = /job
keep    import = /id
wait    {job} -> done
POST    /api/registry/imports/{import}/apply -> 202
keep    job = /job
wait    {job} -> done

as      medical
GET     /api/feeds/contracts -> 200 {"items": [{"id": "medical.expenses", "title": "住院及门诊费用明细", "last": null}]}
UPLOAD  /api/feeds/batches file=tests/data/feeds/医保局_住院及门诊费用明细_513431_202502_01.csv -> 202
keep    job = /job
wait    {job} -> done
keep    batch = /result/batch
GET     /api/feeds/batches/{batch} -> 200 {"feed": "medical.expenses", "period": "2025-02", "state": "applied", "counts":
        {"rows": 4, "accepted": 3, "matched": 1, "candidate": 1, "unmatched": 1, "invalid": 1, "totals_dropped": 1},
        "reasons": [{"reason": "feeds.name_differs", "label": "号码相同、姓名不同", "count": 1}]}
GET     /api/feeds/batches/{batch}/rows?state=candidate -> 200 {"total": 1, "items": [{"name": "王秀兰", "id_masked":
        "513431********0345", "persons": []}]}
GET     /api/feeds/batches/{batch}/rows?state=invalid -> 200 {"items": [{"row": 6, "reason": "feeds.bad_money", "column":
        "个人自付(元)"}]}
GET     /api/feeds/batches/{batch}/rows?state=lost -> 422 http.bad_parameter

# Each figure opens a list as long as itself.
GET     /api/feeds/batches/{batch} -> 200 {"job": "{job}", "warnings_raised": 1}
GET     /api/feeds/batches -> 200 {"items": [{"id": "{batch}", "warnings_raised": 1}]}
GET     /api/warnings?batch={batch} -> 200 {"total": 1, "items": [{"rule": "R01", "state": "open"}]}
GET     /api/warnings?batch={batch}&state=cleared -> 200 {"total": 0}
GET     /api/warnings?batch=999999 -> 200 {"total": 0}
GET     /api/feeds/batches/{batch}/rows?state=accepted -> 200 {"total": 3}
GET     /api/feeds/batches/{batch}/rows?state=unmatched -> 200 {"total": 1}
GET     /api/feeds/batches/{batch}/rows -> 200 {"total": 4}
GET     /api/feeds/batches/{batch}/rejects -> 200
GET     /api/feeds/batches/{batch}/reply -> 200
GET     /api/feeds/calendar?months=2 -> 200 {"periods": ["2025-02", "2025-03"], "overdue": 0, "lines": [{"feed": "medical.expenses",
        "begun": true, "cells": [{"period": "2025-02", "state": "received", "due": "2025-03-05", "rows": 4, "batch": "{batch}"}]}]}
GET     /api/feeds/calendar?months=25 -> 422 http.bad_parameter

# The same file again says so; what is no sheet says which it is closest to.
UPLOAD  /api/feeds/batches file=tests/data/feeds/医保局_住院及门诊费用明细_513431_202502_01.csv -> 202
keep    job = /job
wait    {job} -> done
keep    again = /result/batch
GET     /api/feeds/batches/{again} -> 200 {"state": "refused", "same_as": "{batch}", "error": {"id": "feeds.same_file"}}
UPLOAD  /api/feeds/batches file=tests/data/feeds/不是约定的表.csv -> 202
keep    job = /job
wait    {job} -> done
keep    wrong = /result/batch
GET     /api/feeds/batches/{wrong} -> 200 {"state": "refused", "error": {"id": "feeds.not_recognised"}}
GET     /api/feeds/batches -> 200 {"total": 3}
GET     /api/warnings?batch={wrong} -> 200 {"total": 0}
GET     /api/feeds/batches/{wrong}/reply -> 404 feeds.no_reply

# Another department neither sends it nor sees it.
as      school
GET     /api/feeds/batches -> 200 {"total": 0}
GET     /api/feeds/batches/{batch} -> 404 feeds.no_such_batch
GET     /api/feeds/batches/{batch}/rejects -> 404 feeds.no_such_batch
GET     /api/feeds/batches/{batch}/reply -> 404 feeds.no_such_batch
GET     /api/feeds/calendar -> 200 {"lines": [{"feed": "education.students", "begun": false}]}
UPLOAD  /api/feeds/batches file=tests/data/feeds/医保局_住院及门诊费用明细_513431_202502_01.csv -> 202
keep    job = /job
wait    {job} -> failed

as      officer
GET     /api/feeds/batches/{batch} -> 200 {"by": "medical", "job": null, "warnings_raised": 1}
audit   feeds.receive, feeds.refuse, feeds.rejects, feeds.reply
audit   batch:{batch} has feeds.receive

# What was recorded is told in words.
user    luo auditor 513431
as      luo
GET     /api/audit?action=feeds.receive -> 200 {"items": [{"action_label": "接收部门数据", "facts": [{"name": "feed", "label": "报表",
        "value": "住院及门诊费用明细"}, {"label": "期别", "value": "2025-02"}, {"name": "matched", "label": "已匹配行", "value": "1"}]}]}
GET     /api/audit?action=feeds.refuse -> 200 {"items": [{"facts": [{"label": "原因"}]}]}
GET     /api/audit?action=auth.add_user -> 200 {"items": [{"facts": [{"label": "角色和区域", "value": "部门经办人 昭觉县 医保局"}]}]}

# Next month's sheet does not come, until the bureau says that there is nothing to report.
today   2025-04-09
as      officer
GET     /api/feeds/calendar?months=2 -> 200 {"overdue": 1, "lines": [{"cells": [{"period": "2025-03", "state": "overdue",
        "due": "2025-04-07", "days_late": 2}]}]}
as      medical
POST    /api/feeds/nil {"feed": "education.students", "period": "2025-03"} -> 403 feeds.not_your_department
POST    /api/feeds/nil {"feed": "medical.expenses", "period": "2025-05"} -> 409 feeds.period_ahead
POST    /api/feeds/nil {"feed": "medical.expenses", "period": "2025-02"} -> 409 feeds.delivered_already
POST    /api/feeds/nil {"feed": "medical.expenses", "period": "2025-03"} -> 201 {"nil": true, "file": "", "counts": {"rows": 0}}
as      officer
GET     /api/feeds/calendar?months=2 -> 200 {"overdue": 0, "lines": [{"cells": [{"period": "2025-03", "state": "came_late", "nil": true}]}]}
