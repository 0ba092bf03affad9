story   a person says whom a row means, and takes it back
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
keep    batch = /result/batch

# The sender sees that a row is open, not whom the register holds, and does not decide.
GET     /api/feeds/batches/{batch}/rows?state=candidate -> 200 {"total": 1, "items": [{"name": "王秀兰", "persons": []}]}
keep    row = /items/0/id
POST    /api/feeds/rows/{row}/set-aside {} -> 403 auth.not_allowed

as      officer
GET     /api/feeds/batches/{batch}/rows?state=candidate -> 200 {"items": [{"reason": "feeds.name_differs", "born": 1950,
        "persons": [{"name": "王秀英", "id_masked": "513431********0345", "birth_agrees": true}]}]}
keep    person = /items/0/persons/0/person
keep    household = /items/0/persons/0/household
GET     /api/warnings?household={household} -> 200 {"total": 0}
POST    /api/feeds/rows/{row}/confirm {"person": "999"} -> 422 feeds.not_among_candidates
POST    /api/feeds/rows/{row}/confirm {} -> 422 http.missing_field
POST    /api/feeds/rows/999999/confirm {"person": "{person}"} -> 404 feeds.no_such_row
POST    /api/feeds/rows/{row}/undo {} -> 409 feeds.nothing_to_undo

# Confirmed, it counts as matched and reaches the rules.
POST    /api/feeds/rows/{row}/confirm {"person": "{person}"} -> 200 {"batch": {"decided": 1, "counts": {"rows": 4, "accepted": 3,
        "matched": 2, "candidate": 0, "unmatched": 1, "invalid": 1}}}
keep    job = /job
wait    {job} -> done
GET     /api/warnings?household={household} -> 200 {"total": 2, "items": [{"rule": "R02"}, {"rule": "R05"}]}
GET     /api/feeds/batches/{batch}/rows?decided=1 -> 200 {"total": 1, "items": [{"state": "matched", "decision":
        {"verdict": "confirmed", "by": "officer"}, "persons": [{"person": "{person}"}]}]}
POST    /api/feeds/rows/{row}/confirm {"person": "{person}"} -> 409 feeds.decided_already

# Taken back, the warning was raised in error.
POST    /api/feeds/rows/{row}/undo {} -> 200 {"batch": {"decided": 0, "counts": {"matched": 1, "candidate": 1}}}
keep    job = /job
wait    {job} -> done
GET     /api/warnings?household={household} -> 200 {"total": 0}
GET     /api/warnings?household={household}&state=cleared -> 200 {"total": 2}
# Its clue is told so, and waits for a person.
GET     /api/clues?household={household} -> 200 {"total": 1, "items": [{"state": {"code": "dispatched"}}]}
keep    clue = /items/0/id
GET     /api/clues/{clue} -> 200 {"steps": [{"action": {"code": "withdrawn", "label": "预警依据已撤回"}}]}

# Confirmed again, it is raised again, and ends with the reason that whoever was there has given.
POST    /api/feeds/rows/{row}/confirm {"person": "{person}"} -> 200
keep    job = /job
wait    {job} -> done
GET     /api/warnings?household={household} -> 200 {"total": 2}
user    chen village_officer 513431100200
as      chen
GET     /api/clues/{clue} -> 200
keep    version = /version
POST    /api/clues/{clue}/actions {"action": "begin", "version": {version}, "key": "b"} -> 200
keep    version = /version
POST    /api/clues/{clue}/actions {"action": "close", "version": {version}, "key": "c", "reason": "no_risk", "note": "医疗救助已到位"} -> 200
GET     /api/warnings?household={household} -> 200 {"total": 0}
GET     /api/warnings?household={household}&state=closed -> 200 {"total": 2, "items": [{"state": "closed", "closed": {"on": "2025-03-03",
        "reason": {"code": "no_risk", "label": "核实无风险"}}}]}
audit   household:{household} has screening.close
as      officer
POST    /api/feeds/rows/{row}/undo {} -> 200
keep    job = /job
wait    {job} -> done

# Nobody of the register: the sender is told.
POST    /api/feeds/rows/{row}/set-aside {} -> 200 {"job": null, "batch": {"counts": {"candidate": 0, "unmatched": 2, "rows": 4}}}
as      medical
GET     /api/feeds/batches/{batch}/rows?state=unmatched -> 200 {"total": 2, "items": [{"reason": "feeds.nobody_confirmed",
        "decision": {"verdict": "nobody"}}]}
audit   feed_row:{row} has feeds.confirm, feeds.undo, feeds.set_aside
