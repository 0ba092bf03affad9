story   an article is drafted from the county's own figures, and each number opens the list behind it
include casework/town_reviewed.steps
user    wang     editor            513431
user    other    county_officer    513432
today   2021-06-13
as      leader
POST    /api/cases/{case}/steps {"action": "approve", "version": {version}, "key": "approve", "form": {"opinion": "同意纳入",
        "category": "marginal", "no_relation": true}} -> 200
keep    version = /version
as      office
POST    /api/cases/{case}/steps {"action": "enrol", "version": {version}, "key": "enrol", "form": {"identified_on":
        "2021-06-13", "helper": "何志强"}} -> 200

# The editor sees what each figure would say now, and drafts.
as      wang
POST    /api/bulletin/issues {"masthead": "示例简报", "number": "第2期", "date": "2021-06-13"} -> 201
keep    issue = /id
GET     /api/bulletin/queries?from=2021-06-01 -> 200 {"area": {"code": "513431000000"}, "period": {"from": "2021-06-01", "to": "2021-06-13"},
        "items": [{"query": "cases_enrolled", "unit": "户", "over_time": true, "now": null}]}
POST    /api/bulletin/issues/{issue}/drafts {"figures": []} -> 422 bulletin.no_figures_chosen
POST    /api/bulletin/issues/{issue}/drafts {"figures": [{"query": "open_warnings", "by": "month"}]} -> 422 bulletin.not_over_time
POST    /api/bulletin/issues/{issue}/drafts {"figures": [{"query": "cases_enrolled", "by": "year"}]} -> 422 http.wrong_type
POST    /api/bulletin/issues/{issue}/drafts {"figures": [{"query": "cases_enrolled", "by": "month"}], "from": "2021-07-01"} -> 422
        bulletin.bad_period
POST    /api/bulletin/issues/{issue}/drafts {"figures": [{"query": "cases_enrolled"}], "from": "2021-06-01", "to": "2021-06-13"} -> 201
        {"kind": {"code": "data"}, "body": "2021年6月1日至2021年6月13日，昭觉县新认定监测对象 不足5 户。", "traced": [],
        "snapshots": [{"query": "cases_enrolled", "query_version": 1, "as_of": "2021-06-13", "total": null,
        "figures": [{"key": "", "value": null, "list": null, "printed": false}]}]}
keep    snapshot = /snapshots/0/id
keep    article = /id

# The list is for those who may see cases: as long as the figure says.
GET     /api/bulletin/snapshots/{snapshot}/rows -> 403 auth.not_allowed
as      office
GET     /api/bulletin/snapshots/{snapshot}/rows -> 200 {"total": 1, "snapshot": {"total": 1}, "items": [{"record": "{case}",
        "page": "/cases/{case}", "on": "2021-06-13"}]}
GET     /api/bulletin/snapshots/{snapshot}/rows?key=2021-05 -> 404 bulletin.no_such_snapshot
as      other
GET     /api/bulletin/snapshots/{snapshot}/rows -> 404 bulletin.no_such_snapshot

# A number that was changed by hand is none of the platform's any more.
as      wang
PATCH   /api/bulletin/articles/{article} {"version": 1, "body": "昭觉县新认定监测对象 2 户。"} -> 200 {"traced": [],
        "snapshots": [{"figures": [{"value": null, "printed": false}]}]}
audit   bulletin:{issue} has bulletin.freeze
