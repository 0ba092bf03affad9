story   anybody reports without an account and follows it
given   county 513431, today 2025-03-03
user    officer  county_officer    513431
user    chen     village_officer   513431100200

as      officer
UPLOAD  /api/registry/imports file=tests/data/feeds/户信息.csv file=tests/data/casework/成员信息.csv -> 202
keep    job = /job
keep    import = /id
wait    {job} -> done
POST    /api/registry/imports/{import}/apply -> 202
keep    job = /job
wait    {job} -> done

as      nobody
GET     /api/public/county -> 200 {"county": {"code": "513431000000"}, "verify_days": 3, "verify_days_assumed": true,
        "townships": [{"villages": [{"code": "513431100200"}]}]}

# What is missing or wrong is said; none of it counts as a report.
POST    /api/public/reports {"teller": "self", "teller_name": " ", "teller_phone": "13800138000", "village": "513431100200",
        "text": "生病住院"} -> 422 clues.teller_name_missing
POST    /api/public/reports {"teller": "self", "teller_name": "王秀英", "teller_phone": "12", "village": "513431100200",
        "text": "生病住院"} -> 422 phone.malformed
POST    /api/public/reports {"teller": "self", "teller_name": "王秀英", "teller_phone": "13800138000", "village": "513431100",
        "text": "生病住院"} -> 422 clues.village_needed
POST    /api/public/reports {"teller": "self", "teller_name": "王秀英", "teller_phone": "13800138000", "village": "110101001001",
        "text": "生病住院"} -> 404 clues.village_not_here
POST    /api/public/reports {"teller": "officer", "teller_name": "王秀英", "teller_phone": "13800138000", "village": "513431100200",
        "text": "生病住院"} -> 422 clues.no_such_teller
POST    /api/public/reports {"teller": "neighbour", "teller_name": "王秀英", "teller_phone": "13800138000", "village": "513431100200",
        "text": "邻居家有难处"} -> 422 clues.whom_missing

# Herself, with her ID number: it is in her village at once. Sent twice, received once.
POST    /api/public/reports {"teller": "self", "teller_name": "王秀英", "teller_phone": "138 0013 8000", "id_number": "513431195002030345",
        "village": "513431100200", "place": "三组", "risks": ["01"], "text": "住院花了很多钱", "key": "k"} -> 201
        {"due_on": "2025-03-06", "repeated": false}
keep    receipt = /receipt
POST    /api/public/reports {"teller": "self", "teller_name": "王秀英", "teller_phone": "13800138000", "id_number": "513431195002030345",
        "village": "513431100200", "place": "三组", "risks": ["01"], "text": "住院花了很多钱", "key": "k"} -> 201
        {"receipt": "{receipt}", "repeated": true}
POST    /api/public/follow {"receipt": "{receipt}", "phone": "13800138000"} -> 200 {"reported_on": "2025-03-03", "state":
        {"code": "dispatched", "label": "已交村里，等待入户核实"}, "reason": null}

# A neighbour, without any number: a person must say who is meant. A script in a name is a name.
POST    /api/public/reports {"teller": "neighbour", "teller_name": "<script>alert(1)</script>", "teller_phone": "13900139000",
        "name": "吉克阿依", "village": "513431100200", "text": "她家孩子没去上学"} -> 201
keep    neighbours = /receipt
POST    /api/public/follow {"receipt": "{neighbours}", "phone": "13900139000"} -> 200 {"state": {"code": "new"}}

# Somebody who knows her name and number, but whose phone the register does not have for her household.
POST    /api/public/reports {"teller": "self", "teller_name": "王秀英", "teller_phone": "13700137000", "id_number": "513431195002030345",
        "village": "513431100200", "text": "我家有难处"} -> 201
keep    impostors = /receipt
POST    /api/public/reports {"teller": "kin", "teller_name": "王小明", "teller_phone": "13700137000", "name": "王秀英",
        "id_number": "513431195002030345", "village": "513431100200", "text": "我家有难处"} -> 201
keep    kins = /receipt

as      chen
GET     /api/clues -> 200 {"total": 2, "items": [{"name": "王秀英", "state": {"code": "dispatched"}}, {"name": "吉克阿依",
        "state": {"code": "new"}}]}
GET     /api/clues?state=dispatched -> 200 {"total": 1}
keep    clue = /items/0/id
GET     /api/clues/{clue} -> 200 {"signals": [{"channel": {"code": "online"}, "teller_phone_masked": "138****8000", "place": "三组"}]}
keep    version = /version
POST    /api/clues/{clue}/actions {"action": "begin", "version": {version}} -> 200
keep    version = /version
POST    /api/clues/{clue}/actions {"action": "close", "version": {version}, "reason": "no_risk", "note": "已报销"} -> 200

# She is told how it ended; a neighbour only that it did. The phone is the key: another one finds nothing, and not often.
as      nobody
POST    /api/public/follow {"receipt": "{receipt}", "phone": "13800138000"} -> 200 {"state": {"code": "closed"}, "reason":
        {"label": "核实无风险"}}
POST    /api/public/follow {"receipt": "{impostors}", "phone": "13700137000"} -> 200 {"state": {"code": "closed"}, "reason": null}
POST    /api/public/follow {"receipt": "{kins}", "phone": "13700137000"} -> 200 {"state": {"code": "closed"}, "reason": null}
POST    /api/public/follow {"receipt": "{receipt}", "phone": "13900139000"} -> 404 clues.no_such_receipt
POST    /api/public/follow {"receipt": "0000000000", "phone": "13900139000"} -> 404 clues.no_such_receipt
POST    /api/public/follow {"receipt": "{receipt}", "phone": "13900139001"} -> 404 clues.no_such_receipt
POST    /api/public/follow {"receipt": "{receipt}", "phone": "13900139002"} -> 404 clues.no_such_receipt
POST    /api/public/follow {"receipt": "{receipt}", "phone": "13900139003"} -> 404 clues.no_such_receipt
POST    /api/public/follow {"receipt": "{receipt}", "phone": "13900139004"} -> 404 clues.no_such_receipt
POST    /api/public/follow {"receipt": "{receipt}", "phone": "13800138000"} -> 503 clues.too_many_looks
later   16 min
POST    /api/public/follow {"receipt": "{receipt}", "phone": "13800138000"} -> 200

# Three a day from one phone.
POST    /api/public/reports {"teller": "self", "teller_name": "王秀英", "teller_phone": "13800138000", "village": "513431100200",
        "text": "又来说一次"} -> 201
POST    /api/public/reports {"teller": "self", "teller_name": "王秀英", "teller_phone": "13800138000", "village": "513431100200",
        "text": "再说一次"} -> 201
POST    /api/public/reports {"teller": "self", "teller_name": "王秀英", "teller_phone": "13800138000", "village": "513431100200",
        "text": "又说一次"} -> 503 clues.too_many_reports
later   25 h
POST    /api/public/reports {"teller": "self", "teller_name": "王秀英", "teller_phone": "13800138000", "village": "513431100200",
        "text": "第二天"} -> 201
audit   clues.create
