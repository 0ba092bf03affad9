story   demonstration villages: six departments heard, none against, a quota a batch, and a publicity that may not be cut short
given   county 513431, today 2025-04-01
user    clerk    county_officer    513431
user    officer  county_officer    513431
user    luo      township_reviewer 513431100


# Five are not six; one against is one too many, until it says otherwise.
as      clerk
POST    /api/programmes/governance/records {"register": "demo_village", "area": "513431100200", "values": {"batch": "second", "veto_gang": "no", "veto_petition": "no", "veto_duty": "no", "veto_safety": "no", "recommended_on": "2025-04-01"}, "key": "first"} -> 201
keep    first = /id
as      luo
POST    /api/programmes/governance/activities {"kind": "village_assessment", "record": "{first}", "on": "2025-04-01", "points": {"party": 18, "self_government": 14, "law": 14, "culture": 14, "development": 14, "order": 14}, "key": "sfirst"} -> 201 {"passed": true}
POST    /api/programmes/governance/records/{first}/steps {"version": 1, "action": "review"} -> 200
as      clerk
POST    /api/programmes/governance/records {"register": "village_comment", "parent": "{first}", "values": {"department": "rural_office", "opinion": "agree"}, "key": "firstrural_office"} -> 201
POST    /api/programmes/governance/records {"register": "village_comment", "parent": "{first}", "values": {"department": "agriculture", "opinion": "agree"}, "key": "firstagriculture"} -> 201
POST    /api/programmes/governance/records {"register": "village_comment", "parent": "{first}", "values": {"department": "publicity", "opinion": "agree"}, "key": "firstpublicity"} -> 201
POST    /api/programmes/governance/records {"register": "village_comment", "parent": "{first}", "values": {"department": "civil_affairs", "opinion": "agree"}, "key": "firstcivil_affairs"} -> 201
POST    /api/programmes/governance/records {"register": "village_comment", "parent": "{first}", "values": {"department": "justice", "opinion": "against"}, "key": "firstjustice"} -> 201
as      officer
POST    /api/programmes/governance/records/{first}/steps {"version": 2, "action": "recommend"} -> 409 programmes.heard_against
as      clerk
POST    /api/programmes/governance/records {"register": "village_comment", "parent": "{first}", "values": {"department": "justice", "opinion": "remarks"}, "key": "again"} -> 201
as      officer
POST    /api/programmes/governance/records/{first}/steps {"version": 2, "action": "recommend"} -> 409 programmes.not_heard
as      clerk
POST    /api/programmes/governance/records {"register": "village_comment", "parent": "{first}", "values": {"department": "revitalization", "opinion": "agree"}, "key": "firstrevitalization"} -> 201
as      officer
POST    /api/programmes/governance/records/{first}/steps {"version": 2, "action": "recommend"} -> 200 {"state": {"code": "recommended"}}

# Two of a batch, and no third until one of them goes back.
as      clerk
POST    /api/programmes/governance/records {"register": "demo_village", "area": "513431100204", "values": {"batch": "second", "veto_gang": "no", "veto_petition": "no", "veto_duty": "no", "veto_safety": "no", "recommended_on": "2025-04-01"}, "key": "second"} -> 201
keep    second = /id
as      luo
POST    /api/programmes/governance/activities {"kind": "village_assessment", "record": "{second}", "on": "2025-04-01", "points": {"party": 18, "self_government": 14, "law": 14, "culture": 14, "development": 14, "order": 14}, "key": "ssecond"} -> 201 {"passed": true}
POST    /api/programmes/governance/records/{second}/steps {"version": 1, "action": "review"} -> 200
as      clerk
POST    /api/programmes/governance/records {"register": "village_comment", "parent": "{second}", "values": {"department": "rural_office", "opinion": "agree"}, "key": "secondrural_office"} -> 201
POST    /api/programmes/governance/records {"register": "village_comment", "parent": "{second}", "values": {"department": "agriculture", "opinion": "agree"}, "key": "secondagriculture"} -> 201
POST    /api/programmes/governance/records {"register": "village_comment", "parent": "{second}", "values": {"department": "publicity", "opinion": "agree"}, "key": "secondpublicity"} -> 201
POST    /api/programmes/governance/records {"register": "village_comment", "parent": "{second}", "values": {"department": "civil_affairs", "opinion": "agree"}, "key": "secondcivil_affairs"} -> 201
POST    /api/programmes/governance/records {"register": "village_comment", "parent": "{second}", "values": {"department": "justice", "opinion": "agree"}, "key": "secondjustice"} -> 201
POST    /api/programmes/governance/records {"register": "village_comment", "parent": "{second}", "values": {"department": "revitalization", "opinion": "agree"}, "key": "secondrevitalization"} -> 201
as      officer
POST    /api/programmes/governance/records/{second}/steps {"version": 2, "action": "recommend"} -> 200

as      clerk
POST    /api/programmes/governance/records {"register": "demo_village", "area": "513431100205", "values": {"batch": "second", "veto_gang": "no", "veto_petition": "no", "veto_duty": "no", "veto_safety": "no", "recommended_on": "2025-04-01"}, "key": "third"} -> 201
keep    third = /id
as      luo
POST    /api/programmes/governance/activities {"kind": "village_assessment", "record": "{third}", "on": "2025-04-01", "points": {"party": 18, "self_government": 14, "law": 14, "culture": 14, "development": 14, "order": 14}, "key": "sthird"} -> 201 {"passed": true}
POST    /api/programmes/governance/records/{third}/steps {"version": 1, "action": "review"} -> 200
as      clerk
POST    /api/programmes/governance/records {"register": "village_comment", "parent": "{third}", "values": {"department": "rural_office", "opinion": "agree"}, "key": "thirdrural_office"} -> 201
POST    /api/programmes/governance/records {"register": "village_comment", "parent": "{third}", "values": {"department": "agriculture", "opinion": "agree"}, "key": "thirdagriculture"} -> 201
POST    /api/programmes/governance/records {"register": "village_comment", "parent": "{third}", "values": {"department": "publicity", "opinion": "agree"}, "key": "thirdpublicity"} -> 201
POST    /api/programmes/governance/records {"register": "village_comment", "parent": "{third}", "values": {"department": "civil_affairs", "opinion": "agree"}, "key": "thirdcivil_affairs"} -> 201
POST    /api/programmes/governance/records {"register": "village_comment", "parent": "{third}", "values": {"department": "justice", "opinion": "agree"}, "key": "thirdjustice"} -> 201
POST    /api/programmes/governance/records {"register": "village_comment", "parent": "{third}", "values": {"department": "revitalization", "opinion": "agree"}, "key": "thirdrevitalization"} -> 201
as      officer
POST    /api/programmes/governance/records/{third}/steps {"version": 2, "action": "recommend"} -> 409 programmes.quota_full
POST    /api/programmes/governance/records/{second}/steps {"version": 3, "action": "refuse", "note": "群众不同意"} -> 200 {"state": {"code": "refused"}}
POST    /api/programmes/governance/records/{third}/steps {"version": 2, "action": "recommend"} -> 200

# Five days of publicity.
POST    /api/programmes/governance/records/{first}/steps {"version": 3, "action": "prefecture"} -> 200
POST    /api/programmes/governance/records/{first}/steps {"version": 4, "action": "province"} -> 200
as      clerk
PATCH   /api/programmes/governance/records/{first} {"version": 5, "values": {"publicised_on": "2025-04-01"}} -> 200
as      officer
POST    /api/programmes/governance/records/{first}/steps {"version": 6, "action": "publicise"} -> 200
today   2025-04-05
as      clerk
PATCH   /api/programmes/governance/records/{first} {"version": 7, "values": {"named_on": "2025-04-05"}} -> 200
as      officer
POST    /api/programmes/governance/records/{first}/steps {"version": 8, "action": "name"} -> 409 programmes.too_early
today   2025-04-06
as      officer
POST    /api/programmes/governance/records/{first}/steps {"version": 8, "action": "name"} -> 200 {"state": {"code": "named"}}
