story   tasks: given down the levels, divided, progress up, supervised, confirmed; a commitment
given   county 513431, today 2025-03-03
user    officer   county_officer        513431
user    leader    county_leader         513431
user    luo       township_reviewer     513431100
user    sha       township_reviewer     513431101
user    chen      village_officer       513431100200
user    elsewhere village_officer       513431101200
user    pref      prefecture_supervisor 5134

# Who may give what to whom; all of the areas or none.
as      chen
POST    /api/tasks {"title": "排查危房", "what": "逐户查看住房安全", "areas": ["513431100200"], "due_on": "2025-03-20", "key": "a"} -> 403 auth.not_allowed
as      luo
POST    /api/tasks {"title": "排查危房", "what": "逐户查看住房安全", "areas": ["513431101200"], "due_on": "2025-03-20", "key": "a"} -> 404 areas.unknown
as      officer
POST    /api/tasks {"title": "排查危房", "what": "逐户查看住房安全", "areas": [], "due_on": "2025-03-20", "key": "a"} -> 422 tasks.no_area
POST    /api/tasks {"title": "排查危房", "what": "逐户查看住房安全", "areas": ["513431100000"], "due_on": "2025-03-02", "key": "a"} -> 422 tasks.day_past
POST    /api/tasks {"title": "排", "what": "逐户查看住房安全", "areas": ["513431100000"], "due_on": "2025-03-20", "key": "a"} -> 422 tasks.text.title
POST    /api/tasks {"title": "排查危房", "what": "逐户查看住房安全", "areas": ["513431100000", "513431100000"], "due_on": "2025-03-20", "key": "a"} -> 422 tasks.area_twice
POST    /api/tasks {"title": "排查危房", "what": "逐户查看住房安全", "areas": ["513431100000", "513499999999"], "due_on": "2025-03-20", "key": "a"} -> 404 areas.unknown
GET     /api/tasks?view=all&state=all -> 200 {"total": 0}
GET     /api/tasks/sheet?view=all&state=all -> 404 api.nothing_to_export
POST    /api/tasks {"title": "排查危房", "what": "逐户查看住房安全", "areas": ["513431100000", "513431101000"], "due_on": "2025-03-20", "key": "a"} -> 201
keep    task = /ids/0
keep    other = /ids/1
POST    /api/tasks {"title": "排查危房", "what": "逐户查看住房安全", "areas": ["513431100000", "513431101000"], "due_on": "2025-03-20", "key": "a"} -> 201 {"ids": ["{task}", "{other}"]}
GET     /api/tasks/sheet?view=given -> 200 {"任务督办": [["排查危房", "2025-03-03", "2025-03-20", "0"]]}
GET     /api/tasks?view=given -> 200 {"total": 2, "counts": [{"view": "given", "state": "open", "n": 2}, {"view": "mine", "state": "open", "n": 0}], "escalate_after": {"days": 7, "assumed": true}}

# The township sees its own, not its neighbour's.
as      luo
GET     /api/tasks -> 200 {"total": 1, "items": [{"id": "{task}", "from": {"code": "513431000000"}, "state": {"code": "given"}, "level": null, "days_left": 17}]}
GET     /api/tasks/{other} -> 404 tasks.no_task
POST    /api/tasks/{task}/steps {"version": 1, "action": "report", "percent": 10, "note": "已动员"} -> 409 tasks.no_such_step
POST    /api/tasks/{task}/steps {"version": 1, "action": "confirm"} -> 403 tasks.not_yours
POST    /api/tasks/{task}/steps {"version": 1, "action": "receive"} -> 200 {"version": 2, "state": {"code": "in_progress"}, "may_split": true, "steps": [{"code": "report"}, {"code": "submit"}]}
POST    /api/tasks/{task}/steps {"version": 1, "action": "report", "percent": 10, "note": "已动员"} -> 409 tasks.changed_meanwhile

# It hands it on to two villages; its progress is theirs.
POST    /api/tasks {"parent": "{task}", "title": "排查危房", "what": "逐户查看住房安全", "areas": ["513431100200"], "due_on": "2025-03-21", "key": "b"} -> 422 tasks.due_after_parent
POST    /api/tasks {"parent": "{task}", "title": "排查危房", "what": "逐户查看住房安全", "areas": ["513431100000"], "due_on": "2025-03-15", "key": "b"} -> 422 tasks.not_below
POST    /api/tasks {"parent": "{task}", "title": "排查危房", "what": "逐户查看住房安全", "areas": ["513431100200", "513431100001"], "due_on": "2025-03-15", "key": "b"} -> 201
keep    part = /ids/0
keep    second = /ids/1
POST    /api/tasks/{task}/steps {"version": 2, "action": "report", "percent": 10, "note": "已动员"} -> 409 tasks.progress_from_parts
POST    /api/tasks/{task}/steps {"version": 2, "action": "submit", "note": "都查完了", "proof": "台账"} -> 409 tasks.parts_open
as      elsewhere
GET     /api/tasks/{part} -> 404 tasks.no_task
POST    /api/tasks/{part}/steps {"version": 1, "action": "receive"} -> 404 tasks.no_task
as      chen
GET     /api/tasks -> 200 {"total": 1, "items": [{"id": "{part}"}]}
POST    /api/tasks/{part}/steps {"version": 1, "action": "receive"} -> 200 {"parent": null, "may_split": false}
POST    /api/tasks/{part}/steps {"version": 2, "action": "report", "percent": 50, "note": "30 户看了 15 户"} -> 200 {"percent": 50}
POST    /api/tasks/{part}/steps {"version": 3, "action": "report", "percent": 101, "note": "都看了"} -> 422 tasks.percent_outside
as      luo
GET     /api/tasks/{task} -> 200 {"percent": 25, "parts": 2, "parts_done": 0, "sub_tasks": [{"id": "{part}", "percent": 50}, {"id": "{second}", "percent": 0}]}
POST    /api/tasks/{second}/steps {"version": 1, "action": "withdraw", "note": "该村已并入邻村"} -> 200 {"state": {"code": "withdrawn"}}
GET     /api/tasks/{task} -> 200 {"percent": 50, "parts": 1}

# Supervision wants a reason and a day, and waits for its reply.
as      officer
POST    /api/tasks/{part}/steps {"version": 3, "action": "supervise", "note": ""} -> 422 tasks.text.note
POST    /api/tasks/{part}/steps {"version": 3, "action": "supervise", "note": "进度落后"} -> 422 tasks.day_missing
as      chen
POST    /api/tasks/{part}/steps {"version": 3, "action": "supervise", "note": "进度落后", "until": "2025-03-06"} -> 403 tasks.not_yours
as      pref
POST    /api/tasks/{part}/steps {"version": 3, "action": "supervise", "note": "进度落后", "until": "2025-03-06"} -> 200 {"reply_due": "2025-03-06"}
as      chen
GET     /api/tasks?state=supervised -> 200 {"total": 1, "items": [{"id": "{part}", "reply_due": "2025-03-06", "level": "orange"}]}
POST    /api/tasks/{part}/steps {"version": 4, "action": "reply", "note": "路断了，明天补查"} -> 200 {"reply_due": null}
POST    /api/tasks/{part}/steps {"version": 5, "action": "reply", "note": "再说一遍"} -> 409 tasks.nothing_to_reply

# Late: it shows on both sides.
today   2025-03-16
as      chen
GET     /api/tasks?state=overdue -> 200 {"total": 1, "items": [{"id": "{part}", "overdue": true, "days_left": -1, "level": "red"}]}
POST    /api/tasks/{part}/steps {"version": 5, "action": "submit", "note": "都看了", "proof": ""} -> 422 tasks.text.proof
POST    /api/tasks/{part}/steps {"version": 5, "action": "submit", "note": "30 户都看了，2 户要修", "proof": "住房台账第 3 页"} -> 200 {"state": {"code": "reported"}}
as      luo
GET     /api/tasks?view=given&state=reported -> 200 {"total": 1}
POST    /api/tasks/{part}/steps {"version": 6, "action": "send_back", "note": "2 户的照片缺"} -> 200 {"state": {"code": "in_progress"}}
POST    /api/tasks/{part}/steps {"version": 7, "action": "extend", "note": "等照片", "until": "2025-03-25"} -> 422 tasks.due_after_parent
POST    /api/tasks/{part}/steps {"version": 7, "action": "extend", "note": "等照片", "until": "2025-03-19"} -> 200 {"due_on": "2025-03-19"}
as      chen
POST    /api/tasks/{part}/steps {"version": 8, "action": "submit", "note": "照片补了", "proof": "住房台账第 3 页"} -> 200
as      luo
POST    /api/tasks/{part}/steps {"version": 9, "action": "confirm"} -> 200 {"state": {"code": "done"}, "percent": 100, "steps": []}
POST    /api/tasks/{task}/steps {"version": 2, "action": "submit", "note": "全镇查完", "proof": "昭觉府办〔2025〕3 号"} -> 200 {"percent": 100}
POST    /api/tasks {"parent": "{task}", "title": "再查", "what": "再查一次", "areas": ["513431100200"], "due_on": "2025-03-19", "key": "c"} -> 409 tasks.parent_closed
as      officer
POST    /api/tasks/{task}/steps {"version": 3, "action": "confirm"} -> 200 {"state": {"code": "done"}, "history": [{"action": {"code": "give"}}, {"action": {"code": "submit"}, "proof": "昭觉府办〔2025〕3 号"}]}
audit   tasks.give, tasks.supervise, tasks.reply, tasks.confirm

# What was promised in public, with its owner and day.
as      leader
POST    /api/tasks {"kind": "commitment", "title": "年内通水", "what": "新闻发布会承诺全县通水", "areas": ["513431100000"], "due_on": "2025-12-31", "key": "d"} -> 422 tasks.not_own
POST    /api/tasks {"kind": "commitment", "title": "年内通水", "what": "新闻发布会承诺全县通水", "areas": ["513431000000"], "due_on": "2025-12-31", "key": "d"} -> 201
keep    promise = /ids/0
GET     /api/tasks/{promise} -> 200 {"kind": {"code": "commitment"}, "may_split": true, "steps": [{"code": "receive"}, {"code": "withdraw"}]}
GET     /api/tasks?view=yours -> 422 http.bad_parameter
