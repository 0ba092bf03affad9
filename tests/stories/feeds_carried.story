story   whom a person meant holds for the next months, and ends for all of them when it is taken back
given   county 513431, today 2025-03-03
user    officer county_officer 513431
user    medical department_clerk 513431 medical_insurance

as      officer
UPLOAD  /api/registry/imports file=tests/data/feeds/户信息.csv file=tests/data/feeds/成员信息.csv -> 202
keep    job = /job
keep    import = /id
wait    {job} -> done
POST    /api/registry/imports/{import}/apply -> 202
keep    job = /job
wait    {job} -> done
as      medical
UPLOAD  /api/feeds/batches file=tests/data/feeds/医保局_住院及门诊费用明细_513431_202502_01.csv -> 202
keep    job = /job
wait    {job} -> done
keep    first = /result/batch
as      officer
GET     /api/feeds/batches/{first}/rows?state=candidate -> 200
keep    row = /items/0/id
keep    person = /items/0/persons/0/person
keep    household = /items/0/persons/0/household
POST    /api/feeds/rows/{row}/confirm {"person": "{person}"} -> 200 {"also_open": 0}
keep    job = /job
wait    {job} -> done

today   2025-04-02
as      medical
UPLOAD  /api/feeds/batches file=tests/data/feeds/医保局_住院及门诊费用明细_513431_202503_01.csv -> 202
keep    job = /job
wait    {job} -> done
keep    second = /result/batch
as      officer
GET     /api/feeds/batches/{second}/rows -> 200 {"items": [{"state": "matched", "decision": {"by": "officer", "carried_from": "{first}"}}]}
GET     /api/feeds/batches/{first}/rows?decided=1 -> 200 {"items": [{"decision": {"also": 1}}]}
GET     /api/warnings?household={household} -> 200 {"total": 2, "items": [{"rule": "R02", "summary": "住院年度累计自付 29,800.00 元，达到 20,000.00 元"}]}

# A sender is not told what stands on it.
as      medical
GET     /api/feeds/batches/{first}/rows?decided=1 -> 200 {"items": [{"decision": {"also": 0}}]}
as      officer
POST    /api/feeds/rows/{row}/undo {} -> 200 {"also_open": 1, "batch": {"id": "{first}", "counts": {"candidate": 1}}}
keep    job = /job
wait    {job} -> done
GET     /api/feeds/batches/{second}/rows -> 200 {"items": [{"state": "candidate", "reason": "feeds.name_differs"}]}
keep    later = /items/0/id
GET     /api/feeds/batches/{second} -> 200 {"decided": 0, "counts": {"matched": 0, "candidate": 1}}
GET     /api/warnings?household={household} -> 200 {"total": 0}
GET     /api/warnings?household={household}&state=cleared -> 200 {"total": 2}
audit   feed_row:{row} has feeds.confirm, feeds.undo
audit   feed_row:{later} has feeds.undo
