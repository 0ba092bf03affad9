story   a concentrated check covers every household, by village, and what it finds becomes clues
given   county 513431, today 2025-04-01
user    officer  county_officer    513431
user    chen     village_officer   513431100200
user    elsewhere village_officer  513431101200
user    luo      township_reviewer 513431101

as      officer
UPLOAD  /api/registry/imports file=tests/data/feeds/户信息.csv file=tests/data/feeds/成员信息.csv -> 202
keep    job = /job
keep    import = /id
wait    {job} -> done
POST    /api/registry/imports/{import}/apply -> 202
keep    job = /job
wait    {job} -> done

POST    /api/campaigns {"name": "春", "area": "513431", "begins_on": "2025-04-10", "ends_on": "2025-04-30"} -> 422 campaigns.name_missing
POST    /api/campaigns {"name": "春季集中排查", "area": "513431", "begins_on": "2025-04-10", "ends_on": "2025-04-09"} -> 422 campaigns.ends_before
POST    /api/campaigns {"name": "春季集中排查", "area": "513431", "begins_on": "2025-04-10", "ends_on": "2026-04-11"} -> 422 campaigns.too_long
POST    /api/campaigns {"name": "春季集中排查", "area": "513432", "begins_on": "2025-04-10", "ends_on": "2025-04-30"} -> 404 areas.unknown
POST    /api/campaigns {"name": "春季集中排查", "area": "513431", "begins_on": "2025-04-10", "ends_on": "2025-04-30", "key": "c-1"} -> 201
        {"coverage": {"due": 2, "checked": 0, "left": 2}, "days_left": 29, "kind": null}
keep    campaign = /id
POST    /api/campaigns {"name": "春季集中排查", "area": "513431", "begins_on": "2025-04-10", "ends_on": "2025-04-30", "key": "c-1"} -> 201
        {"id": "{campaign}"}

as      chen
POST    /api/campaigns {"name": "我村排查", "area": "513431100200", "begins_on": "2025-04-10", "ends_on": "2025-04-30"} -> 403 auth.not_allowed
GET     /api/campaigns/{campaign}/households?area=513431100200 -> 200 {"total": 2, "items": [{"household": {"head_name": "吉克·阿依"}, "checked_on": null}]}
keep    ayi = /items/0/household/id
keep    wang = /items/1/household/id
POST    /api/campaigns/{campaign}/checks {"household": "{ayi}"} -> 409 campaigns.not_begun
today   2025-04-12
as      chen
POST    /api/campaigns/{campaign}/checks {"household": "{ayi}", "note": "家中正常"} -> 201 {"clue": null}
POST    /api/campaigns/{campaign}/checks {"household": "{ayi}"} -> 409 campaigns.checked_before
POST    /api/campaigns/{campaign}/checks {"household": "{wang}", "risks": [], "text": "房顶漏雨"} -> 422 casework.no_risk
POST    /api/campaigns/{campaign}/checks {"household": "{wang}", "risks": ["09"], "text": "房顶漏雨"} -> 201
keep    clue = /clue
GET     /api/clues/{clue} -> 200 {"source": {"code": "grassroots_check"}, "signals": [{"channel": {"code": "concentrated_check"}}]}
GET     /api/campaigns/{campaign}?area=513431100000 -> 200 {"coverage": {"due": 2, "checked": 2, "left": 0, "clues": 1}, "areas":
        [{"area": {"code": "513431100200"}, "coverage": {"due": 2, "checked": 2}}]}
GET     /api/campaigns/{campaign}/households?area=513431100200 -> 200 {"total": 0}
GET     /api/campaigns/{campaign}/households?area=513431100200&checked=true -> 200 {"total": 2, "items": [{"by": "chen", "checked_on": "2025-04-12", "clue": "{clue}"}]}
GET     /api/campaigns/{campaign}/households?found=true -> 200 {"total": 1, "items": [{"clue": "{clue}"}]}

# Others see their own part of it, and check nobody outside.
as      elsewhere
GET     /api/campaigns -> 200 {"items": [{"id": "{campaign}", "coverage": {"due": 0, "checked": 0}}]}
GET     /api/campaigns/{campaign}/households?area=513431100200 -> 200 {"total": 0}
POST    /api/campaigns/{campaign}/checks {"household": "{wang}"} -> 404 registry.no_household

# Another one, of ex-poor households of one township only.
as      officer
POST    /api/campaigns {"name": "脱贫户回头看", "area": "513431100", "kind": "02", "begins_on": "2025-04-12", "ends_on": "2025-05-12"} -> 201
        {"coverage": {"due": 1}}
keep    second = /id
POST    /api/campaigns/{second}/checks {"household": "{wang}"} -> 409 campaigns.not_meant
as      luo
GET     /api/campaigns/{second} -> 404 campaigns.no_such_campaign
GET     /api/campaigns/{campaign} -> 200
today   2025-05-13
as      chen
POST    /api/campaigns/{second}/checks {"household": "{ayi}"} -> 409 campaigns.over
audit   campaigns.begin, campaigns.check
audit   campaign:{campaign} has campaigns.check
