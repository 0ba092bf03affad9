story   a case leaves its papers
include casework/opened.steps
as      chen
GET     /api/cases/{case}/papers -> 200 {"items": [{"kind": "visit_form"}, {"kind": "consent"}, {"kind": "minutes"}]}
GET     /api/cases/{case}/papers/visit_form -> 200
GET     /api/cases/{case}/papers/consent?lang=en -> 200
GET     /api/cases/{case}/papers/consent?lang=fr -> 422 http.bad_parameter
GET     /api/cases/{case}/papers/decision_letter -> 409 casework.paper_not_yet
GET     /api/cases/{case}/papers/notice -> 409 casework.paper_not_yet
GET     /api/cases/{case}/papers/cheque -> 404 casework.no_such_paper
GET     /api/cases/999999/papers/visit_form -> 404 casework.no_such_case
as      nobody
GET     /api/cases/{case}/papers/visit_form -> 401 auth.signed_out
