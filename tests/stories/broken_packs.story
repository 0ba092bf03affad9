story   broken packs beside a good one: each says what is wrong and where, and none stops the others
given   county 513431, today 2025-04-01
user    officer  county_officer    513431
user    chen     village_officer   513431100200
packs   tests/data/packs

as      officer
GET     /api/programmes -> 200 {"items": [{"name": "environment"}, {"name": "sound"}], "broken": [
        {"name": "copied", "findings": [{"file": "copied/pack.toml", "line": 1, "what": "copied/pack.toml 第 1 行：name 写的是“sound”，文件夹却叫“copied”。请改成一致。"}]},
        {"name": "no_such_area", "findings": [{"file": "no_such_area/pack.toml", "line": 6}]},
        {"name": "sites_as_households", "findings": [{"file": "sites_as_households/programme.toml", "line": 14, "what": "“场所”的行不能按“户”计数。可用：座 个 处 次 节 所 班 家 场 件 台 株"}]},
        {"name": "wrong_parent", "findings": [{"line": 3, "what": "“parent”所写的“nowhere”不存在。请改为已声明的名称，或先声明它。"}, {"line": 12}]}]}
# The good ones, ours and the operator's, go on; a broken one says so by its first fault.
GET     /api/programmes/wrong_parent -> 503 programmes.broken
GET     /api/programmes/environment -> 200 {"registers": [{"name": "toilet"}]}
# That of another province is no programme here, and no fault.
GET     /api/programmes/elsewhere -> 404 programmes.no_such_programme
GET     /api/indicators -> 200 {"broken": []}
as      chen
POST    /api/programmes/sound/records {"register": "place", "area": "513431100200", "subject": "农家书屋", "values": {"open": "yes"}, "key": "a"} -> 201
GET     /api/programmes/sound -> 200 {"indicators": [{"name": "open_rate", "percent": "100.00"}]}
