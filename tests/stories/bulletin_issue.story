story   an issue is imported, checked, edited by one, reviewed by another, published and corrected
given   county 513431, today 2021-06-20
user    wang     editor            513431
user    tang     editor_reviewer   513431
user    other    editor            513432
user    officer  county_officer    513431

# The file says itself what was mended and what disagrees.
as      wang
UPLOAD  /api/bulletin/imports file=tests/data/bulletin/简报.txt -> 201 {"joined": 1, "contents":
        [{"listed": "示例保险公司 | 一张保单护牛羊", "printed": "示例保险公司 | 一张保单护好牛羊"}], "unknown_places": []}
keep    issue = /issue
GET     /api/bulletin/issues -> 200 {"total": 1, "items": [{"id": "{issue}", "articles": 3}]}
GET     /api/bulletin/issues/{issue} -> 200 {"state": {"code": "collecting"}, "date": "2021-05-20", "date_inferred": true,
        "editable": true, "imprint": {"editors": "甲某 乙某"}, "articles": [{"column": "poverty", "place": "四川昭觉",
        "area": {"code": "513431000000"}}], "next": [{"action": {"code": "edit"}}]}
keep    version = /version
keep    first = /articles/0/id
keep    second = /articles/1/id
keep    third = /articles/2/id

# Entries of a feed become articles of it, each with its source; a column is suggested by the words, the editor decides.
UPLOAD  /api/bulletin/imports file=tests/data/bulletin/来稿.xml issue={issue} -> 201 {"issue": "{issue}"}
keep    fed = /articles/0
keep    short = /articles/1
GET     /api/bulletin/articles/{fed} -> 200 {"place": "四川昭觉", "headline": "农业保险进村到户", "column": "", "body":
        "今年参保农户 4200 户，投保和理赔在村公示栏公开。", "source": {"name": "示例县政府网", "url": "https://example.org/1", "date": "2021-06-18"},
        "suggestion": {"column": "industry", "words": ["保险", "理赔"]}}
GET     /api/bulletin/articles/{short} -> 200 {"suggestion": null, "source": {"url": ""}}
DELETE  /api/bulletin/articles/{fed}?version=1 -> 204
DELETE  /api/bulletin/articles/{short}?version=1 -> 204
GET     /api/bulletin/issues/{issue} -> 200
keep    version = /version

# Figures are underlined where they stand; drafts are saved as they are typed.
GET     /api/bulletin/articles/{first} -> 200 {"figures": [{"surface": "3.6 万户", "value": "36000", "unit": "户"}], "version": 1}
PATCH   /api/bulletin/articles/{first} {"version": 1, "headline": "防返贫监测全覆盖", "tags": ["监测"]} -> 200 {"version": 2,
        "place": "四川昭觉", "headline": "防返贫监测全覆盖"}
PATCH   /api/bulletin/articles/{first} {"version": 1, "headline": "晚了"} -> 409 bulletin.stale
PATCH   /api/bulletin/articles/{first} {"version": 2, "source_url": "javascript:alert(1)"} -> 422 bulletin.bad_address
PATCH   /api/bulletin/articles/{first} {"version": 2, "column": "none"} -> 404 bulletin.no_such_column
POST    /api/bulletin/issues/{issue}/articles {"headline": "只写了"} -> 201 {"body": "", "column": ""}
keep    half = /id
PUT     /api/bulletin/issues/{issue}/order {"version": {version}, "columns": [{"column": "environment", "articles":
        ["{third}", "{second}"]}]} -> 200
keep    version = /version

# Nothing half-written goes to the check.
POST    /api/bulletin/issues/{issue}/actions {"action": "check", "version": {version}} -> 409 bulletin.unfinished
DELETE  /api/bulletin/articles/{half}?version=1 -> 204
POST    /api/bulletin/issues/{issue}/actions {"action": "check", "version": {version}} -> 200 {"state": {"code": "checked"},
        "figures_checked": true}
keep    version = /version
POST    /api/bulletin/issues/{issue}/actions {"action": "submit", "version": {version}} -> 409 bulletin.number_missing
PATCH   /api/bulletin/issues/{issue} {"version": {version}, "masthead": "示例简报", "number": "2021年第3期", "date": "2021-06-20",
        "imprint": {"editors": "甲某 乙某", "qr_caption": "识别二维码 关注我们", "qr_link": "https://example.org/b"}} -> 200
        {"date_inferred": false, "title": "示例简报 2021年第3期"}
keep    version = /version

# The contents list that was imported disagrees with the text: to be decided by somebody, with a reason.
GET     /api/bulletin/issues/{issue}/findings -> 200 {"items": [{"rule": "C6", "settlement": {"code": "open"}}]}
keep    finding = /items/0/id
POST    /api/bulletin/issues/{issue}/actions {"action": "submit", "version": {version}} -> 409 bulletin.findings_open
POST    /api/bulletin/findings/{finding}/settlement {"settlement": "accepted", "reason": " "} -> 422 bulletin.reason_missing
POST    /api/bulletin/findings/{finding}/settlement {"settlement": "accepted", "reason": "原文如此，以正文为准"} -> 200
        {"settlement": {"code": "accepted"}, "settled_by": "wang"}

# Headlines and their order were changed here, so the imported list is given up; a changed text is checked again.
PATCH   /api/bulletin/issues/{issue} {"version": {version}, "forget_contents": true} -> 200 {"figures_checked": false, "contents": []}
keep    version = /version
POST    /api/bulletin/issues/{issue}/actions {"action": "submit", "version": {version}} -> 409 bulletin.figures_unchecked
POST    /api/bulletin/issues/{issue}/actions {"action": "check", "version": {version}} -> 200 {"open_findings": 0}
keep    version = /version
POST    /api/bulletin/issues/{issue}/actions {"action": "approve", "version": {version}} -> 403 auth.not_allowed
POST    /api/bulletin/issues/{issue}/actions {"action": "submit", "version": {version}} -> 200 {"state": {"code": "reviewing"},
        "editable": false}
keep    version = /version
PATCH   /api/bulletin/articles/{second} {"version": 1, "headline": "送审后再改"} -> 409 bulletin.not_editable

# Somebody else reviews it.
as      tang
POST    /api/bulletin/issues/{issue}/actions {"action": "send_back", "version": {version}} -> 422 bulletin.remarks_missing
POST    /api/bulletin/issues/{issue}/actions {"action": "approve", "version": {version}} -> 200 {"state": {"code": "approved"}}
keep    version = /version
as      nobody
GET     /api/public/bulletins -> 200 {"total": 0}
GET     /api/public/bulletins/{issue} -> 404 bulletin.no_such_issue
as      wang
POST    /api/bulletin/issues/{issue}/actions {"action": "publish", "version": {version}} -> 200 {"state": {"code": "published"},
        "published_on": "2021-06-20", "correctable": true}

# Everybody reads it.
as      nobody
GET     /api/public/bulletins -> 200 {"total": 1, "items": [{"title": "示例简报 2021年第3期"}]}
GET     /api/public/bulletins?q=牦牛 -> 200 {"total": 1, "items": [{"article": "{third}"}]}
GET     /api/public/bulletins/{issue} -> 200 {"imprint": {"reviewer": "tang"}, "columns": [{"name": "脱贫攻坚", "articles":
        [{"headline": "防返贫监测全覆盖"}]}]}
GET     /api/public/bulletins/{issue}/file?format=pdf -> 200
GET     /api/public/bulletins/{issue}/file?format=docx -> 200
GET     /api/public/bulletins/{issue}/file?format=txt -> 200
GET     /api/public/bulletins/{issue}/file?format=exe -> 422 http.bad_parameter
GET     /api/public/bulletins/{issue}/page -> 200
GET     /api/public/bulletins/rss -> 200

# What is published changes only with a notice beside it.
as      wang
PATCH   /api/bulletin/articles/{second} {"version": 1, "headline": "悄悄改"} -> 409 bulletin.not_editable
POST    /api/bulletin/articles/{second}/corrections {"version": 1, "part": "headline", "text": "户厕改造进了山村", "notice": ""}
        -> 422 bulletin.notice_missing
POST    /api/bulletin/articles/{second}/corrections {"version": 1, "part": "headline", "text": "户厕改造进了山村",
        "notice": "标题漏一字，现更正。"} -> 200 {"headline": "户厕改造进了山村", "correctable": true, "corrections":
        [{"part": "headline", "before": "户厕改造进山村"}]}
as      nobody
GET     /api/public/bulletins/{issue} -> 200 {"corrections": [{"before": "户厕改造进山村", "after": "户厕改造进了山村",
        "corrected_on": "2021-06-20"}]}

# Of another county there is nothing; who has no part in it is told so.
as      other
GET     /api/bulletin/issues/{issue} -> 404 bulletin.no_such_issue
GET     /api/bulletin/articles/{first} -> 404 bulletin.no_such_article
GET     /api/bulletin/articles?q=返贫 -> 200 {"total": 0}
as      officer
GET     /api/bulletin/issues -> 403 auth.not_allowed

as      tang
GET     /api/bulletin/articles?q=返贫 -> 200 {"total": 1}
GET     /api/bulletin/articles?q=返贫&column=environment -> 200 {"total": 0}
GET     /api/bulletin/articles?place=513400 -> 200 {"total": 2}
audit   bulletin.import, bulletin.check, bulletin.submit, bulletin.approve, bulletin.publish, bulletin.correct
audit   bulletin:{issue} has bulletin.settle
