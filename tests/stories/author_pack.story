story   the pack of the guide for authors: stations, what they yield, whom a village pays from it, their inspection, contract and project
given   county 513431, today 2026-03-01
user    officer  county_officer    513431
user    chen     village_officer   513431100200
user    luo      township_reviewer 513431100
packs   docs/packs

as      officer
UPLOAD  /api/registry/imports file=tests/data/feeds/户信息.csv file=tests/data/feeds/成员信息.csv -> 202
keep    job = /job
keep    import = /id
wait    {job} -> done
POST    /api/registry/imports/{import}/apply -> 202
keep    job = /job
wait    {job} -> done
GET     /api/registry/households?area=513431100200 -> 200
keep    home = /items/0/id

as      chen
GET     /api/programmes -> 200 {"items": [{"name": "village_solar", "title": "村级光伏电站"}], "broken": []}
POST    /api/programmes/village_solar/records {"register": "station", "area": "513431100200", "subject": "一号电站", "values": {"capacity": "300", "connected_on": "2017-06-30", "owner": "village", "running": "yes"}, "key": "s1"} -> 201
keep    first = /id
# The same station twice is refused by its name; another is not.
POST    /api/programmes/village_solar/records {"register": "station", "area": "513431100200", "subject": "一号电站", "values": {"capacity": "300", "connected_on": "2017-06-30", "owner": "village", "running": "yes"}, "key": "s2"} -> 409 programmes.entered_before
POST    /api/programmes/village_solar/records {"register": "station", "area": "513431100200", "subject": "二号电站", "values": {"capacity": "100", "connected_on": "2018-06-30", "owner": "village", "running": "no"}, "key": "s3"} -> 201
keep    second = /id
# A station says its year once, whatever its neighbour says; the row goes by the station's name.
POST    /api/programmes/village_solar/records {"register": "output", "parent": "{first}", "values": {"year": "2025", "energy": "310000", "income": "120000"}, "key": "o1"} -> 201 {"about": "一号电站"}
POST    /api/programmes/village_solar/records {"register": "output", "parent": "{first}", "values": {"year": "2025", "energy": "1", "income": "1"}, "key": "o2"} -> 409 programmes.entered_before
POST    /api/programmes/village_solar/records {"register": "output", "parent": "{second}", "values": {"year": "2024", "energy": "90000", "income": "30000"}, "key": "o3"} -> 201
# Each station by its own latest year.
GET     /api/programmes/village_solar -> 200 {"indicators": [{"name": "running_rate", "numerator": 1, "denominator": 2, "percent": "50.00"}, {"name": "energy_a_station", "average": "200000.00", "unit": "度", "per": "座"}]}
POST    /api/programmes/village_solar/activities {"kind": "inspection", "record": "{first}", "on": "2026-02-20", "key": "i"} -> 201 {"proven": false}
keep    inspection = /id
UPLOAD  /api/programmes/village_solar/activities/{inspection}/photos file=src/delivery/demo/data/门前.jpg -> 422 programmes.photo_without_place

# Proposed by the village, paid by the township, which is told what the table says; never twice for a year.
POST    /api/programmes/village_solar/records {"register": "subsidy", "household": "{home}", "values": {"year": "2025"}, "key": "p1"} -> 201 {"state": {"code": "proposed"}, "steps": []}
keep    subsidy = /id
POST    /api/programmes/village_solar/records {"register": "subsidy", "household": "{home}", "values": {"year": "2025"}, "key": "p2"} -> 409 programmes.received_before
POST    /api/programmes/village_solar/records/{subsidy}/steps {"version": 1, "action": "pay", "values": {"paid_on": "2026-02-28", "amount": "600"}} -> 403 programmes.step_not_yours
as      luo
GET     /api/programmes/village_solar/records/{subsidy} -> 200 {"due": {"eligible": false}, "steps": ["pay", "refuse"]}
POST    /api/programmes/village_solar/records/{subsidy}/steps {"version": 1, "action": "pay", "values": {"paid_on": "2026-02-28"}} -> 422 programmes.required
POST    /api/programmes/village_solar/records/{subsidy}/steps {"version": 1, "action": "pay", "values": {"paid_on": "2026-02-28", "amount": "600"}} -> 200 {"state": {"code": "paid"}}
POST    /api/programmes/village_solar/contracts {"kind": "upkeep", "area": "513431100000", "party": "光能运维公司", "price_fen": 3000000, "begins_on": "2025-04-01", "ends_on": "2026-03-31", "key": "c"} -> 201
POST    /api/programmes/village_solar/projects {"kind": "works", "area": "513431100000", "title": "逆变器更换", "begins_on": "2026-03-01", "ends_on": "2026-06-30", "funds": [{"source": "county", "fen": 8000000}], "key": "w"} -> 201
as      chen
GET     /api/programmes/village_solar/contracts -> 200 {"total": 1, "items": [{"mark": "red", "may_end": false}]}
GET     /api/programmes/village_solar -> 200 {"indicators": [{"name": "paid_rate", "percent": "100.00"}]}

# A formula that divides by nought pays nobody 0.00: it says that it comes to no amount, and does once the parameter is mended.
packs   tests/data/dividing
POST    /api/programmes/shares/records {"register": "share", "household": "{home}", "values": {"year": "2025"}, "key": "d"} -> 201 {"due": {"eligible": true, "fen": 20000}}
keep    share = /id
today   2025-05-31
as      chen
GET     /api/programmes/shares/records/{share} -> 200 {"due": {"eligible": false, "fen": 0, "reason": "share.dmn 算不出金额（除数为零，或缺少数据）。请核对参数和本户情况。"}}
