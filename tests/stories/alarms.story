story   alarms: a flood hits one village, the county is told, checks, decides, responds and closes; prices; the bottom-line board
given   county 513431, today 2025-07-10
user    officer   county_officer        513431
user    leader    county_leader         513431
user    luo       township_reviewer     513431100
user    sha       township_reviewer     513431101
user    chen      village_officer       513431100200
user    elsewhere village_officer       513431101200
user    pref      prefecture_supervisor 5134
user    editor    editor                513431

as      officer
UPLOAD  /api/registry/imports file=tests/data/surveillance/户信息.csv file=tests/data/surveillance/成员信息.csv -> 202
keep    job = /job
keep    import = /id
wait    {job} -> done
POST    /api/registry/imports/{import}/apply -> 202
keep    job = /job
wait    {job} -> done

# Four households are told of; that is not enough.
as      chen
POST    /api/registry/search {"q": "曲比"} -> 200
GET     /api/registry/households?area=513431100200 -> 200 {"total": 6}
keep    one = /items/0/id
keep    two = /items/1/id
keep    three = /items/2/id
keep    four = /items/3/id
keep    five = /items/4/id
POST    /api/clues {"source": "grassroots_check", "channel": "daily_visit", "household": "{one}", "risks": ["04"], "text": "山洪进屋", "teller": "officer", "key": "a"} -> 201
POST    /api/clues {"source": "grassroots_check", "channel": "daily_visit", "household": "{two}", "risks": ["04"], "text": "山洪进屋", "teller": "officer", "key": "b"} -> 201
POST    /api/clues {"source": "grassroots_check", "channel": "daily_visit", "household": "{three}", "risks": ["04"], "text": "山洪进屋", "teller": "officer", "key": "c"} -> 201
POST    /api/clues {"source": "grassroots_check", "channel": "daily_visit", "household": "{four}", "risks": ["04"], "text": "山洪进屋", "teller": "officer", "key": "d"} -> 201
POST    /api/surveillance/runs -> 403 auth.not_allowed
as      officer
POST    /api/surveillance/runs -> 202
keep    job = /job
wait    {job} -> done
GET     /api/surveillance/alarms -> 200 {"total": 0, "last_run": {"as_of": "2025-07-10"}}

# The fifth makes it an alarm of the village, told to county and prefecture; a second run raises nothing more.
as      chen
POST    /api/clues {"source": "grassroots_check", "channel": "daily_visit", "household": "{five}", "risks": ["04"], "text": "山洪进屋", "teller": "officer", "key": "e"} -> 201
as      officer
POST    /api/surveillance/runs -> 202
keep    job = /job
wait    {job} -> done
POST    /api/surveillance/runs -> 202
keep    job = /job
wait    {job} -> done
GET     /api/surveillance/alarms -> 200 {"total": 1, "counts": [{"state": "open", "n": 1}, {"state": "overdue", "n": 0}, {"state": "ended", "n": 0}],
        "items": [{"rule": {"code": "R33"}, "subject": {"code": "04"}, "area": {"code": "513431100200"}, "state": {"code": "raised"},
        "level": "red", "due_on": "2025-07-11", "told": [{"code": "513431000000"}, {"code": "513400000000"}],
        "says": "2025-07-10 至 2025-07-10 共 5 户反映同类风险，占在册 6 户的 83.33%"}]}
keep    alarm = /items/0/id
GET     /api/surveillance/alarms/{alarm}/households -> 200 {"total": 5}
GET     /api/surveillance/alarms?state=nonsense -> 422 http.bad_parameter

# Who sees it, and who sees whom it is about.
as      pref
GET     /api/surveillance/alarms/{alarm} -> 200 {"may_list": false, "steps": [], "limits": [{"name": "group_days", "value": "30", "assumed": true}, {"name": "kind_04", "assumed": false}]}
GET     /api/surveillance/alarms/{alarm}/households -> 403 auth.not_allowed
as      sha
GET     /api/surveillance/alarms -> 200 {"total": 0}
GET     /api/surveillance/alarms/{alarm} -> 404 surveillance.no_alarm
GET     /api/surveillance/alarms/{alarm}/households -> 404 surveillance.no_alarm
as      elsewhere
POST    /api/surveillance/alarms/{alarm}/steps {"version": 1, "action": "take_up"} -> 404 surveillance.no_alarm
as      editor
GET     /api/surveillance/alarms -> 403 auth.not_allowed

# The township checks, somebody else decides.
as      luo
POST    /api/surveillance/alarms/{alarm}/steps {"version": 1, "action": "confirm", "note": "属实"} -> 403 surveillance.not_yours
POST    /api/surveillance/alarms/{alarm}/steps {"version": 1, "action": "take_up"} -> 200 {"version": 2, "state": {"code": "checking"}, "due_on": "2025-07-15"}
POST    /api/surveillance/alarms/{alarm}/steps {"version": 1, "action": "find", "note": "五户进水"} -> 409 surveillance.changed_meanwhile
as      leader
POST    /api/surveillance/alarms/{alarm}/steps {"version": 2, "action": "confirm", "note": "属实"} -> 409 surveillance.no_finding
as      officer
POST    /api/surveillance/alarms/{alarm}/steps {"version": 2, "action": "find", "note": "逐户查看，五户房屋进水"} -> 200 {"version": 3}
POST    /api/surveillance/alarms/{alarm}/steps {"version": 3, "action": "confirm", "note": "属实"} -> 409 surveillance.own_finding
as      leader
POST    /api/surveillance/alarms/{alarm}/steps {"version": 3, "action": "dismiss", "note": "属实", "reason": "none"} -> 422 surveillance.reason_missing
POST    /api/surveillance/alarms/{alarm}/steps {"version": 3, "action": "confirm", "note": "属实，启动响应"} -> 200 {"state": {"code": "confirmed"}, "due_on": "2025-07-13"}
POST    /api/surveillance/alarms/{alarm}/steps {"version": 4, "action": "close", "note": "办结"} -> 409 surveillance.no_measure
POST    /api/surveillance/alarms/{alarm}/steps {"version": 4, "action": "respond", "note": "安置五户，清淤消毒", "office": "县应急管理局", "due_on": "2025-07-20"} -> 200 {"due_on": "2025-07-20", "measures": [{"office": "县应急管理局", "done_on": null}]}
keep    measure = /measures/0/id
POST    /api/surveillance/alarms/{alarm}/steps {"version": 5, "action": "close", "note": "办结"} -> 409 surveillance.measures_open
as      officer
POST    /api/surveillance/alarms/{alarm}/steps {"version": 5, "action": "finish", "measure": "{measure}", "note": "已安置"} -> 200 {"due_on": null, "measures": [{"done_on": "2025-07-10"}]}
as      leader
POST    /api/surveillance/alarms/{alarm}/steps {"version": 6, "action": "close", "note": "五户均已安置"} -> 200 {"state": {"code": "closed"}, "steps": [], "history": [{"action": {"code": "close"}, "note": "五户均已安置"}, {"action": {"code": "raise"}}]}
audit   alarm:{alarm} has surveillance.raise, surveillance.take_up, surveillance.find, surveillance.confirm, surveillance.respond, surveillance.finish, surveillance.close

# Closed, the same facts raise nothing.
as      officer
POST    /api/surveillance/runs -> 202
keep    job = /job
wait    {job} -> done
GET     /api/surveillance/alarms -> 200 {"total": 0, "counts": [{"state": "open", "n": 0}, {"state": "ended", "n": 1}]}

# Prices: entered, refused with reasons, imported whole or not at all; three months low are an alarm of the county.
as      chen
POST    /api/surveillance/prices {"area": "513431", "product": "花椒", "month": "2025-06", "price": "60", "unit": "公斤"} -> 404 areas.unknown
as      officer
POST    /api/surveillance/prices {"area": "513431100", "product": "花椒", "month": "2025-06", "price": "60", "unit": "公斤"} -> 422 surveillance.not_a_county
POST    /api/surveillance/prices {"area": "513431", "product": "花椒", "month": "2025-08", "price": "60", "unit": "公斤"} -> 422 surveillance.month_ahead
POST    /api/surveillance/prices {"area": "513431", "product": "花椒", "month": "六月", "price": "60", "unit": "公斤"} -> 422 surveillance.bad_month
POST    /api/surveillance/prices {"area": "513431", "product": "花椒", "month": "2025-06", "price": "0", "unit": "公斤"} -> 422 surveillance.price_positive
POST    /api/surveillance/prices {"area": "513431", "product": "花椒", "month": "2025-06", "price": "60", "unit": "公斤"} -> 204
UPLOAD  /api/surveillance/prices/sheet file=tests/data/surveillance/价格有误.csv -> 200 {"taken": 0, "refused": [{"row": 2, "column": "月份",
        "id": "surveillance.bad_month"}, {"row": 3, "column": "计价单位", "id": "surveillance.other_unit"}, {"row": 4, "column": "区划代码", "id": "areas.unknown"}]}
GET     /api/surveillance/prices -> 200 {"items": [{"product": "花椒", "month": "2025-06", "price": "60.00", "before": null}]}
UPLOAD  /api/surveillance/prices/sheet file=tests/data/surveillance/价格.csv -> 200 {"taken": 5, "refused": []}
GET     /api/surveillance/prices -> 200 {"items": [{"month": "2025-06", "price": "60.00", "before": "80.00", "change": "-25.00"}]}
POST    /api/surveillance/runs -> 202
keep    job = /job
wait    {job} -> done
GET     /api/surveillance/alarms -> 200 {"total": 1, "items": [{"rule": {"code": "R34"}, "subject": {"code": "花椒"}, "area": {"code": "513431000000"},
        "says": "2025-04 至 2025-06 各月持续下跌，最近一月 60.00 元，比对照月 80.00 元低 25.00%"}]}

# The board: counted at command, small counts hidden above the village, each village's own shown in it.
POST    /api/indicators/count {} -> 200
GET     /api/surveillance/board -> 200 {"area": {"code": "513431000000"}, "whole": {"alarms": 1, "cells": [{"value": "0", "hidden": false}, {"value": null, "hidden": false}]},
        "columns": [{"indicator": "bottom_warned", "unit": "户", "good": "at_most"}, {"indicator": "bottom_overdue_cases"}, {"indicator": "bottom_on_time", "unit": "%"}]}
GET     /api/surveillance/board/sheet -> 200
as      chen
GET     /api/surveillance/board -> 200 {"area": {"code": "513431100200"}, "below": [], "whole": {"alarms": 0}}
GET     /api/surveillance/board?area=513431 -> 404 areas.unknown
