story   those who fit nobody wait for a person who knows
given   county 513431, today 2025-03-03
user    officer  county_officer    513431
user    chen     village_officer   513431100200
user    luo      township_reviewer 513431100

as      officer
UPLOAD  /api/registry/imports file=tests/data/feeds/户信息.csv file=tests/data/feeds/成员信息.csv -> 202
keep    job = /job
keep    import = /id
wait    {job} -> done
POST    /api/registry/imports/{import}/apply -> 202
keep    job = /job
wait    {job} -> done

# A number on file under another name; a name alone; nobody.
POST    /api/clues {"source": "other", "channel": "hotline", "name": "王秀兰", "id_number": "513431195002030345", "risks": ["01"],
        "text": "来电反映无钱看病", "teller": "other"} -> 201 {"matched": {"code": "name_differs"}}
keep    wrong_name = /id
POST    /api/clues {"source": "other", "channel": "petition", "name": "吉克阿依", "village": "513431100200", "risks": ["09"],
        "text": "房子漏雨", "teller": "neighbour"} -> 201 {"matched": {"code": "by_name"}}
keep    by_name = /id
POST    /api/clues {"source": "other", "channel": "media", "name": "无名氏", "risks": ["99"], "text": "网上有人发帖",
        "teller": "other"} -> 201 {"matched": {"code": "not_on_file"}}
keep    nobody = /id
GET     /api/clues?state=new -> 200 {"total": 3, "by_state": {"new": 3}}
GET     /api/clues/{wrong_name} -> 200 {"household": null, "name": "王秀兰", "area": {"code": "513431000000"},
        "candidates": [{"household": {"head_name": "王秀英"}, "why": {"code": "name_differs"}}],
        "signals": [{"id_masked": "513431********0345"}]}
keep    wang = /candidates/0/household/id
GET     /api/clues/{by_name} -> 200 {"candidates": [{"household": {"head_name": "吉克·阿依"}, "why": {"code": "by_name"}}]}
keep    ayi = /candidates/0/household/id

# A village sees what is said to be there; it does not dispatch.
as      chen
GET     /api/clues?state=new -> 200 {"total": 1}
GET     /api/clues/{by_name} -> 200 {"next": []}
POST    /api/clues/{by_name}/actions {"action": "assign", "version": 1, "household": "{ayi}"} -> 403 auth.not_allowed
GET     /api/clues/{nobody} -> 404 clues.no_such_clue

# The township says who it is, and it goes to the village by itself.
as      luo
POST    /api/clues/{by_name}/actions {"action": "assign", "version": 1, "household": "999"} -> 404 registry.no_household
POST    /api/clues/{by_name}/actions {"action": "assign", "version": 1, "household": "{ayi}"} -> 200
        {"state": {"code": "dispatched"}, "household": {"head_name": "吉克·阿依"}, "steps": [{"action": {"code": "assign"}}]}
GET     /api/clues/{nobody} -> 404 clues.no_such_clue

# Another report of the same household, assigned later, becomes its duplicate; what was told joins.
as      officer
POST    /api/clues/{wrong_name}/actions {"action": "dispatch", "version": 1, "village": "513431100"} -> 422 clues.village_needed
POST    /api/clues/{wrong_name}/actions {"action": "dispatch", "version": 1, "village": "513431100999"} -> 404 clues.no_such_village
POST    /api/clues/{wrong_name}/actions {"action": "assign", "version": 1, "household": "{ayi}"} -> 200
        {"state": {"code": "closed"}, "closed_reason": {"code": "duplicate"}, "into": "{by_name}"}
GET     /api/clues/{by_name} -> 200 {"risks": [{"code": "09"}, {"code": "01"}], "signals": [{"channel": {"code": "petition"}},
        {"channel": {"code": "hotline"}}]}

# Nobody knows him: sent to the village that was found out, which closes it after a visit.
POST    /api/clues/{nobody}/actions {"action": "close", "version": 1, "reason": "no_risk", "note": "查无此人"} -> 422 clues.reason_not_here
POST    /api/clues/{nobody}/actions {"action": "dispatch", "version": 1, "village": "513431100200"} -> 200
        {"state": {"code": "dispatched"}, "area": {"code": "513431100200"}}
as      chen
POST    /api/clues/{nobody}/actions {"action": "begin", "version": 2} -> 200 {"next": [{"action": {"code": "open_case"},
        "missing": ["还没有对应到登记簿中的农户，请先选择是哪一户。"]}]}
POST    /api/clues/{nobody}/actions {"action": "close", "version": 3, "reason": "no_risk", "note": "查无此人"} -> 409 clues.household_unknown
POST    /api/clues/{nobody}/actions {"action": "close", "version": 3, "reason": "duplicate", "note": "同一户", "duplicate_of": "{nobody}"}
        -> 422 clues.duplicate_of_what
POST    /api/clues/{nobody}/actions {"action": "close", "version": 3, "reason": "not_rural_household", "note": "县城居民"} -> 200
        {"closed_reason": {"code": "not_rural_household"}}
