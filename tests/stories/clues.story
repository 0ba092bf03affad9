story   a clue comes in, goes to its village, is looked into, and ends with a reason
given   county 513431, today 2025-03-03
user    officer  county_officer    513431
user    chen     village_officer   513431100200
user    elsewhere village_officer  513431101200
user    luo      township_reviewer 513431100
user    leader   county_leader     513431

as      officer
UPLOAD  /api/registry/imports file=tests/data/feeds/户信息.csv file=tests/data/feeds/成员信息.csv -> 202
keep    job = /job
keep    import = /id
wait    {job} -> done
POST    /api/registry/imports/{import}/apply -> 202
keep    job = /job
wait    {job} -> done
GET     /api/registry/households?area=513431100200 -> 200 {"total": 2}

# A village officer saw it himself: the household is in his village, so it is dispatched there by its code.
as      chen
POST    /api/registry/search {"q": "5134310001"} -> 200
keep    household = /items/0/id
GET     /api/clues/sources -> 200 {"items": [{"source": {"code": "grassroots_check"}}]}
POST    /api/clues {"source": "grassroots_check", "channel": "daily_visit", "household": "{household}", "risks": ["01"],
        "text": "户主住院两周，家里没人干活", "teller": "officer", "key": "a-1"} -> 201 {"number": "2025-000001", "joined": false,
        "matched": {"code": "matched"}}
keep    clue = /id
POST    /api/clues {"source": "grassroots_check", "channel": "daily_visit", "household": "{household}", "risks": ["01"],
        "text": "户主住院两周，家里没人干活", "teller": "officer", "key": "a-1"} -> 201 {"id": "{clue}", "repeated": true}
GET     /api/clues/{clue} -> 200 {"state": {"code": "dispatched"}, "name": "吉克·阿依", "due_on": "2025-03-06",
        "urgency": "yellow", "version": 1, "signals": [{"text": "户主住院两周，家里没人干活", "by": "chen"}],
        "next": [{"action": {"code": "begin"}, "missing": []}]}

# The household tells of it itself, with another risk: further evidence, both sources stay.
POST    /api/clues {"source": "self_report", "channel": "oral", "household": "{household}", "risks": ["12", "01"],
        "text": "没有收入了", "teller": "self", "teller_name": "吉克·阿依", "teller_phone": "138 0013 8000"} -> 201
        {"id": "{clue}", "joined": true, "overlaps": true}
GET     /api/clues/{clue} -> 200 {"version": 2, "risks": [{"code": "01", "label": "因病"}, {"code": "12"}],
        "signals": [{"source": {"code": "grassroots_check"}}, {"source": {"code": "self_report"},
        "teller_phone_masked": "138****8000"}]}
keep    told = /signals/1/id
POST    /api/clues/{clue}/reveal {"signal": "{told}", "field": "teller_phone", "purpose": "x"} -> 422 clues.purpose_missing
POST    /api/clues/{clue}/reveal {"signal": "{told}", "field": "teller_phone", "purpose": "约入户时间"} -> 200
        {"value": "13800138000"}

# Bad input is named.
POST    /api/clues {"source": "department_screening", "channel": "rule", "household": "{household}", "risks": ["01"],
        "text": "系统", "teller": "department"} -> 422 clues.source_by_system
POST    /api/clues {"source": "other", "channel": "petition", "household": "{household}", "risks": ["01"], "text": "来信",
        "teller": "other"} -> 403 clues.source_not_yours
POST    /api/clues {"source": "self_report", "channel": "grid", "household": "{household}", "risks": ["01"], "text": "来信",
        "teller": "self"} -> 422 clues.no_such_channel
POST    /api/clues {"source": "self_report", "channel": "oral", "household": "{household}", "risks": [], "text": "来信",
        "teller": "self"} -> 422 casework.no_risk
POST    /api/clues {"source": "self_report", "channel": "oral", "household": "{household}", "risks": ["01"], "text": " ",
        "teller": "self"} -> 422 clues.text_missing
POST    /api/clues {"source": "self_report", "channel": "oral", "risks": ["01"], "text": "来信", "teller": "self"}
        -> 422 clues.whom_missing
POST    /api/clues {"source": "self_report", "channel": "oral", "name": "王秀英", "id_number": "513431195002030344",
        "risks": ["01"], "text": "来信", "teller": "self"} -> 422 citizen_id.checksum
POST    /api/clues {"source": "self_report", "channel": "oral", "name": "王秀英", "village": "513431101200", "risks": ["01"],
        "text": "来信", "teller": "self"} -> 404 clues.no_such_village

# The machine.
POST    /api/clues/{clue}/actions {"action": "close", "version": 2, "reason": "no_risk", "note": "没去"} -> 409 clues.wrong_state
POST    /api/clues/{clue}/actions {"action": "begin", "version": 1} -> 409 clues.stale
POST    /api/clues/{clue}/actions {"action": "dispatch", "version": 2, "village": "513431100201"} -> 403 auth.not_allowed
POST    /api/clues/{clue}/actions {"action": "begin", "version": 2, "key": "b-1"} -> 200 {"state": {"code": "verifying"}}
POST    /api/clues/{clue}/actions {"action": "begin", "version": 2, "key": "b-1"} -> 200 {"state": {"code": "verifying"},
        "version": 3}
POST    /api/clues/{clue}/actions {"action": "open_case", "version": 3} -> 409 clues.only_by_case
POST    /api/clues/{clue}/actions {"action": "close", "version": 3, "reason": "no_risk"} -> 422 clues.note_missing
POST    /api/clues/{clue}/actions {"action": "close", "version": 3, "reason": "merged_into_case", "note": "不行"}
        -> 422 clues.reason_not_here

# Outside the area there is nothing.
as      elsewhere
GET     /api/clues/{clue} -> 404 clues.no_such_clue
GET     /api/clues -> 200 {"total": 0}
POST    /api/clues/{clue}/actions {"action": "begin", "version": 3} -> 404 clues.no_such_clue
POST    /api/clues/{clue}/reveal {"signal": "{told}", "field": "teller_phone", "purpose": "看看"} -> 404 clues.no_such_clue

as      leader
GET     /api/clues/{clue} -> 200 {"next": []}
POST    /api/clues/{clue}/actions {"action": "begin", "version": 3} -> 403 auth.not_allowed

as      chen
POST    /api/clues/{clue}/actions {"action": "close", "version": 3, "reason": "resolved_on_spot", "note": "已联系医保局，报销到账"}
        -> 200 {"state": {"code": "closed"}, "closed_reason": {"code": "resolved_on_spot"}, "urgency": null, "next": []}
GET     /api/clues -> 200 {"total": 0, "by_state": {"closed": 1}}
GET     /api/clues?state=closed -> 200 {"total": 1}
GET     /api/clues?state=lost -> 422 http.bad_parameter

# Later it is another clue.
POST    /api/clues {"source": "self_report", "channel": "oral", "household": "{household}", "risks": ["01"], "text": "又住院了",
        "teller": "kin"} -> 201 {"number": "2025-000002", "joined": false}
audit   clues.create, clues.attach, clues.begin, clues.close, clues.unmask
audit   clue:{clue} has clues.close
