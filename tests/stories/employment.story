story   employment: wishes, a class, posts, matching with reasons, work with pay, its loss, and the figures
given   county 513431, today 2025-03-03
user    officer  county_officer    513431
user    chen     village_officer   513431100200
user    elsewhere village_officer  513431101200
user    luo      township_reviewer 513431100

as      officer
UPLOAD  /api/registry/imports file=tests/data/employment/户信息.csv file=tests/data/employment/成员信息.csv -> 202
keep    job = /job
keep    import = /id
wait    {job} -> done
POST    /api/registry/imports/{import}/apply -> 202
keep    job = /job
wait    {job} -> done
GET     /api/employment/options -> 200 {"kind": [{"code": "public", "label": "乡村公益性岗位"}]}

# Four households with a worker, nobody asked yet.
as      chen
GET     /api/employment/people?area=513431100200 -> 200 {"total": 5, "items": [{"name": "吉克阿依", "asked": false, "working": false}]}
keep    ayi = /items/0/id
keep    muguo = /items/1/id
keep    xiu = /items/2/id
keep    bo = /items/3/id
keep    lao = /items/4/id
GET     /api/employment/indicators?area=513431100200 -> 200 {"items": [{"name": "household_employment", "numerator": 0, "denominator": 4, "percent": "0.00", "target": 100}, {"name": "train_rate", "percent": null}]}

# Wishes; how much somebody can bear is sealed, masked, and shown for a purpose.
PUT     /api/employment/people/{ayi}/profile {"wants_training": true, "wants_job": true, "wants_startup": false, "wanted_trade": "welding", "skills": [], "reach": "county", "wage_fen": 300000, "home_daily": false, "asked_on": "2025-03-04", "version": 0} -> 422 employment.day_in_future
PUT     /api/employment/people/{ayi}/profile {"wants_training": true, "wants_job": true, "wants_startup": false, "wanted_trade": "juggling", "skills": [], "reach": "county", "wage_fen": 300000, "home_daily": false, "asked_on": "2025-03-03", "version": 0} -> 422 employment.no_such_code
PUT     /api/employment/people/{ayi}/profile {"wants_training": true, "wants_job": true, "wants_startup": false, "wanted_trade": "welding", "skills": [], "reach": "county", "wage_fen": 300000, "home_daily": false, "bears": "normal", "asked_on": "2025-03-03", "version": 0} -> 200 {"profile": {"version": 1, "bears": "***"}}
PUT     /api/employment/people/{ayi}/profile {"wants_training": true, "wants_job": true, "wants_startup": false, "wanted_trade": "welding", "skills": [], "reach": "county", "wage_fen": 300000, "home_daily": false, "asked_on": "2025-03-03", "version": 0} -> 409 employment.changed_meanwhile
PUT     /api/employment/people/{muguo}/profile {"wants_training": false, "wants_job": true, "wants_startup": true, "wanted_trade": "", "skills": ["general"], "reach": "anywhere", "wage_fen": 200000, "home_daily": false, "asked_on": "2025-03-03", "version": 0} -> 200
PUT     /api/employment/people/{xiu}/profile {"wants_training": false, "wants_job": true, "wants_startup": false, "wanted_trade": "", "skills": [], "reach": "village", "wage_fen": 50000, "home_daily": true, "bears": "light", "asked_on": "2025-03-03", "version": 0} -> 200
PUT     /api/employment/people/{bo}/profile {"wants_training": false, "wants_job": true, "wants_startup": false, "wanted_trade": "", "skills": [], "reach": "township", "wage_fen": 100000, "home_daily": true, "asked_on": "2025-03-03", "version": 0} -> 200
POST    /api/employment/people/{ayi}/reveal {"purpose": "岗位匹配"} -> 403 auth.not_allowed
as      officer
POST    /api/employment/people/{ayi}/reveal {"purpose": "岗位匹配"} -> 200 {"bears": {"code": "normal"}}
as      elsewhere
GET     /api/employment/people/{ayi} -> 404 employment.no_person
GET     /api/employment/people?area=513431100200 -> 200 {"total": 0}

# A class: one person-time a person and class, one subsidy a trade, nobody in two places.
as      officer
POST    /api/employment/classes {"area": "513431000000", "trade": "welding", "title": "电焊工培训班", "organiser": "县人社局", "venue": "职业中学", "hours": 80, "begins_on": "2025-02-10", "ends_on": "2025-02-19", "capacity": 2, "funds_fen": 200000, "key": "c1"} -> 201
keep    class = /id
POST    /api/employment/classes {"area": "513431000000", "trade": "cooking", "title": "厨师培训班", "organiser": "县人社局", "venue": "职业中学", "hours": 40, "begins_on": "2025-02-17", "ends_on": "2025-02-21", "capacity": 30, "funds_fen": 0, "key": "c2"} -> 201
keep    other = /id
as      chen
PUT     /api/employment/classes/{class}/attendance {"person": "{ayi}", "days": 11, "passed": true} -> 422 employment.days_outside
PUT     /api/employment/classes/{class}/attendance {"person": "{ayi}", "days": 10, "passed": false, "subsidy_fen": 100000} -> 422 employment.subsidy_not_passed
PUT     /api/employment/classes/{class}/attendance {"person": "{ayi}", "days": 10, "passed": true, "certificate": "电焊-0012", "subsidy_fen": 300000} -> 409 employment.funds_spent
PUT     /api/employment/classes/{class}/attendance {"person": "{ayi}", "days": 10, "passed": true, "certificate": "电焊-0012", "subsidy_fen": 100000} -> 200 {"attended": 1, "passed": 1, "paid_fen": 100000}
PUT     /api/employment/classes/{other}/attendance {"person": "{ayi}", "days": 3, "passed": true} -> 409 employment.same_days
GET     /api/employment/indicators?area=513431100200 -> 200 {"items": [{"name": "train_rate", "numerator": 1, "denominator": 1, "percent": "100.00"}], "figures": [{"name": "trained_times", "n": 1, "unit": {"code": "person_times"}}]}

# Posts of all kinds.
POST    /api/employment/posts {"area": "513431000000", "kind": "enterprise", "employer": "昭觉钢构", "title": "电焊工", "trade": "welding", "load": "normal", "wage_fen": 450000, "openings": 1, "from_day": "2025-03-01", "key": "p0"} -> 404 areas.unknown
POST    /api/employment/posts {"area": "513431100200", "kind": "public", "employer": "村委会", "title": "保洁员", "trade": "general", "load": "light", "wage_fen": 80000, "openings": 1, "from_day": "2025-03-01", "to_day": "2026-02-28", "key": "p1"} -> 422 employment.hours_missing
POST    /api/employment/posts {"area": "513431100200", "kind": "public", "employer": "村委会", "title": "保洁员", "trade": "general", "load": "light", "wage_fen": 80000, "openings": 1, "hours": 60, "from_day": "2025-03-01", "to_day": "2026-03-01", "key": "p1"} -> 422 employment.term_too_long
POST    /api/employment/posts {"area": "513431100200", "kind": "public", "employer": "村委会", "title": "保洁员", "trade": "general", "load": "light", "wage_fen": 80000, "openings": 1, "hours": 60, "from_day": "2025-03-01", "to_day": "2026-02-28", "key": "p1"} -> 201
keep    cleaner = /id
as      officer
POST    /api/employment/posts {"area": "513431000000", "kind": "enterprise", "employer": "昭觉钢构", "title": "电焊工", "trade": "welding", "skilled": true, "load": "normal", "wage_fen": 450000, "openings": 1, "from_day": "2025-03-01", "key": "p2"} -> 201
keep    welder = /id
POST    /api/employment/posts {"area": "513431000000", "kind": "away", "employer": "佛山电子", "title": "装配工", "trade": "electronics", "load": "normal", "wage_fen": 500000, "openings": 5, "from_day": "2025-03-01", "key": "p3"} -> 422 employment.away_missing
POST    /api/employment/posts {"area": "513431000000", "kind": "away", "employer": "佛山电子", "title": "装配工", "place": "广东佛山", "away": "anywhere", "trade": "electronics", "load": "normal", "wage_fen": 500000, "openings": 5, "from_day": "2025-03-01", "key": "p3"} -> 201
keep    assembler = /id

# Matching: the welder's post to who learned it, the village's to the one who cannot leave; a household each, and why the others were left out.
as      chen
POST    /api/employment/matchings {"area": "513431100200"} -> 403 auth.not_allowed
as      luo
POST    /api/employment/matchings {"area": "513431100200"} -> 201 {"people": 4, "posts": 3, "households": 4, "in_work": 0, "newly": 2, "assumed": true,
        "proposals": [{"who": {"id": "{ayi}"}, "post": {"id": "{welder}"}, "first_worker": true, "distance": {"code": "county"}, "state": {"code": "proposed"}},
                      {"who": {"id": "{muguo}"}, "post": {"id": "{assembler}"}, "first_worker": false},
                      {"post": {"id": "{cleaner}"}, "first_worker": true}],
        "left_out": [{"why": {"code": "shortage"}, "facts": [{"name": "openings", "n": 1}, {"name": "rivals", "n": 2}]}, {"why": {"code": "not_asked"}}]}
keep    matching = /id
keep    first = /proposals/0/id
keep    second = /proposals/1/id
keep    third = /proposals/2/id
keep    sweeper = /proposals/1/who/id
POST    /api/employment/proposals/{third}/decision {"accept": false, "reason": "unsuitable"} -> 422 employment.text.note
POST    /api/employment/proposals/{third}/decision {"accept": false, "reason": "person_declined", "note": "要照看孩子"} -> 200 {"placement": null}
POST    /api/employment/proposals/{third}/decision {"accept": true, "started_on": "2025-03-03"} -> 409 employment.decided
POST    /api/employment/proposals/{first}/decision {"accept": true, "started_on": "2025-03-03"} -> 200 {"warnings": [{"code": "no_contract"}]}
keep    welding = /placement
POST    /api/employment/proposals/{second}/decision {"accept": true, "started_on": "2025-03-03", "agreed_to": "2026-02-28", "cadre_or_family": true} -> 409 employment.eligibility.cadre
POST    /api/employment/proposals/{second}/decision {"accept": true, "started_on": "2025-03-03"} -> 422 employment.end_missing
POST    /api/employment/proposals/{second}/decision {"accept": true, "started_on": "2025-03-03", "agreed_to": "2026-02-28"} -> 200
keep    cleaning = /placement
GET     /api/employment/matchings/{matching} -> 200 {"proposals": [{"id": "{third}", "state": {"code": "refused"}, "note": "要照看孩子"}, {"id": "{first}", "state": {"code": "accepted"}}]}
GET     /api/employment/indicators?area=513431100200 -> 200 {"items": [{"name": "offer_rate", "numerator": 3, "denominator": 4, "percent": "75.00"}, {"name": "household_employment", "numerator": 2, "denominator": 4, "percent": "50.00"}]}
GET     /api/employment/people?area=513431100200&indicator=household_employment&part=missing -> 200 {"total": 2}
GET     /api/employment/people?area=513431100200&indicator=offer_rate&part=reached -> 200 {"total": 3}

# The lists as workbooks; who took one of people is noted.
POST    /api/employment/people/sheet?area=513431100200&state=working -> 200 {"劳动力": [["姓名", "乡镇（或以上）", "村（社区）"], ["吉克阿依", "新城镇", "俄尔古取村", "是", "电焊工"]], "指标": [["4", "户", "50", "100"]]}
POST    /api/employment/matchings/{matching}/sheet -> 200 {"匹配建议": [["吉克阿依", "电焊工", "昭觉钢构", "4500", "是", "已接受"], ["要照看孩子"]], "未匹配的户": [["还没问过意愿"]]}
GET     /api/employment/posts/sheet?kind=public&state=every -> 200 {"岗位": [["保洁员", "乡村公益性岗位", "800", "60"]]}
GET     /api/employment/posts/sheet?kind=flexible -> 404 api.nothing_to_export
GET     /api/employment/classes/sheet?trade=welding -> 200 {"培训班": [["电焊工培训班", "80", "2000", "1000"]]}
POST    /api/employment/classes/{class}/sheet -> 200 {"学员": [["吉克阿依", "45", "新城镇", "俄尔古取村", "10", "是", "电焊-0012", "1000"]]}
POST    /api/employment/classes/{other}/sheet -> 404 api.nothing_to_export
audit   class:{class} has employment.export
audit   matching:{matching} has employment.export
as      elsewhere
POST    /api/employment/matchings/{matching}/sheet -> 404 employment.no_matching
as      officer

# Work: the last opening is taken once; a transfer with its subsidy once a year; two full-time places are a warning.
as      chen
POST    /api/employment/placements {"person": "{muguo}", "post": "{welder}", "started_on": "2025-03-03", "key": "w1"} -> 409 employment.post_full
POST    /api/employment/placements {"person": "{muguo}", "post": "{assembler}", "started_on": "2025-03-03", "contract": true, "destination": "广东佛山", "key": "w2"} -> 422 employment.text.organiser
POST    /api/employment/placements {"person": "{muguo}", "post": "{assembler}", "started_on": "2025-03-03", "contract": true, "destination": "广东佛山", "organiser": "县人社局", "transport_fen": 60000, "key": "w2"} -> 201 {"warnings": []}
keep    away = /id
POST    /api/employment/placements {"person": "{muguo}", "post": "{assembler}", "started_on": "2025-03-10", "key": "w3"} -> 409 employment.works_there
POST    /api/employment/placements {"person": "{ayi}", "post": "{assembler}", "started_on": "2025-03-10", "contract": true, "key": "w4"} -> 201 {"warnings": [{"code": "two_full_time"}]}
keep    double = /id
GET     /api/employment/indicators?area=513431100200 -> 200 {"items": [{"name": "transfer_rate", "numerator": 1, "denominator": 4, "percent": "25.00"}]}

# Pay by month; a public-welfare post by attendance.
today   2025-04-02
as      chen
PUT     /api/employment/placements/{cleaning}/pay {"month": "2025-03", "fen": 80000} -> 422 employment.days_missing
PUT     /api/employment/placements/{cleaning}/pay {"month": "2025-03", "fen": 80000, "days": 0} -> 422 employment.paid_absent
PUT     /api/employment/placements/{cleaning}/pay {"month": "2025-03", "fen": 90000, "days": 20} -> 422 employment.pay_over_wage
PUT     /api/employment/placements/{cleaning}/pay {"month": "2025-02", "fen": 80000, "days": 20} -> 422 employment.month_outside
PUT     /api/employment/placements/{cleaning}/pay {"month": "2025-05", "fen": 80000, "days": 20} -> 422 employment.month_in_future
PUT     /api/employment/placements/{cleaning}/pay {"month": "2025-03", "fen": 80000, "days": 20} -> 200 {"pay": [{"month": "2025-03", "fen": 80000, "days": 20}]}
PUT     /api/employment/placements/{away}/pay {"month": "2025-03", "fen": 480000} -> 200
PUT     /api/employment/placements/{away}/pay {"month": "2025-04", "fen": 480000} -> 200
POST    /api/employment/placements/{away}/end {"version": 1, "on": "2025-03-31", "reason": "dismissed"} -> 409 employment.paid_after
PUT     /api/employment/placements/{away}/pay {"month": "2025-04", "fen": 0} -> 200

# The start-up service, step by step.
POST    /api/employment/startups {"person": "{muguo}", "project": "山羊养殖", "key": "s"} -> 201 {"state": {"code": "chosen"}, "actions": [{"code": "plan"}, {"code": "give_up"}]}
keep    startup = /id
POST    /api/employment/startups/{startup}/steps {"version": 1, "action": "open", "jobs": 2} -> 409 employment.no_such_step
POST    /api/employment/startups/{startup}/steps {"version": 1, "action": "plan", "text": "年内建圈舍，存栏五十只"} -> 200 {"state": {"code": "planned"}}
POST    /api/employment/startups/{startup}/steps {"version": 2, "action": "finance", "scheme": "guaranteed_loan", "finance_fen": 10000000} -> 200
POST    /api/employment/startups/{startup}/steps {"version": 3, "action": "open", "jobs": 2} -> 200 {"state": {"code": "opened"}, "jobs": 2}
POST    /api/employment/startups/sheet -> 200 {"创业": [["山羊养殖", "年内建圈舍，存栏五十只", "100000", "2"]]}
POST    /api/employment/placements/sheet?state=live -> 200 {"上岗登记": [["姓名", "最近发薪月份", "最近一月工资（元）"], ["保洁员", "俄尔古取村", "2026-02-28", "2025-03", "800"], ["广东佛山", "县人社局", "2025-04", "0"]]}

# Losing the post starts the clock of R16: thirty days later the household, whose only earner she was, has a warning.
POST    /api/employment/placements/{cleaning}/end {"version": 1, "on": "2025-04-03", "reason": "left"} -> 422 employment.day_in_future
POST    /api/employment/placements/{cleaning}/end {"version": 1, "on": "2025-04-02", "reason": "left"} -> 200 {"ended_on": "2025-04-02", "end_group": {"code": "over"}}
POST    /api/employment/placements/{cleaning}/reveal {"purpose": "核实失业原因"} -> 403 auth.not_allowed
as      officer
POST    /api/employment/placements/{cleaning}/reveal {"purpose": ""} -> 422 employment.purpose_missing
POST    /api/employment/placements/{cleaning}/reveal {"purpose": "核实失业原因"} -> 200 {"end_reason": {"code": "left"}}
POST    /api/employment/placements/{away}/reveal {"purpose": "核实失业原因"} -> 409 employment.runs
as      chen
PUT     /api/employment/placements/{cleaning}/pay {"month": "2025-05", "fen": 80000, "days": 20} -> 422 employment.month_in_future
today   2025-05-01
as      officer
POST    /api/screening/runs {"area": "513431000000"} -> 202
keep    job = /job
wait    {job} -> done
GET     /api/warnings?rule=R16 -> 200 {"total": 0}
today   2025-05-02
as      officer
POST    /api/screening/runs {"area": "513431000000"} -> 202
keep    job = /job
wait    {job} -> done
GET     /api/warnings?rule=R16 -> 200 {"total": 1}
# What the rule would say follows who works, on the same day too.
POST    /api/rules/screening/what-if {"rule": "R16"} -> 200 {"before": 1}
as      chen
POST    /api/employment/placements {"person": "{sweeper}", "post": "{assembler}", "started_on": "2025-05-02", "contract": true, "key": "w9"} -> 201
as      officer
POST    /api/rules/screening/what-if {"rule": "R16"} -> 200 {"before": 0}
audit   employment.profile, employment.reveal, employment.class, employment.attendance, employment.post, employment.match, employment.decide, employment.placement, employment.pay, employment.end, employment.startup, employment.startup_step
