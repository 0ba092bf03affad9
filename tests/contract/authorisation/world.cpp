#include "world.h"

#include <algorithm>
#include <fstream>

#include "audit/users.h"
#include "bulletin/findings.h"
#include "bulletin/platform_data.h"
#include "casework/campaign.h"
#include "casework/clue_receive.h"
#include "feeds/feeds.h"
#include "finance/loan_desk.h"
#include "indicators/counting.h"
#include "indicators/findings.h"
#include "indicators/snapshots.h"
#include "indicators/values.h"
#include "insurance/desk.h"
#include "jobs/jobs.h"
#include "programmes/activities.h"
#include "programmes/contracts.h"
#include "programmes/fees.h"
#include "programmes/read_pack.h"
#include "registry/household_file.h"
#include "registry/import.h"
#include "screening/screening.h"

namespace ballast::contract {

namespace fs = std::filesystem;
using namespace casework;

namespace {

AreaCode code(std::string_view digits) { return AreaCode::parse(digits).value(); }
const std::string password = "long enough";
constexpr std::string_view picture = "\xFF\xD8\xFF picture";

void write(const fs::path& path, std::string_view text) { std::ofstream(path, std::ios::binary) << text; }

/// How a path is made of a route's pattern: the object behind each part of the contract.
struct Place {
    std::string_view prefix, parameter, object;
};
constexpr std::array places{
    Place{"/api/areas/", "{code}", "{village}"},
    Place{"/api/bulletin/issues/", "{id}", "{issue}"},
    Place{"/api/bulletin/articles/", "{id}", "{article}"},
    Place{"/api/bulletin/findings/", "{id}", "{finding}"},
    Place{"/api/bulletin/issues/", "{page}", "1"},
    Place{"/api/bulletin/snapshots/", "{id}", "{snapshot}"},
    Place{"/api/public/bulletins/", "{id}", "{issue}"},
    Place{"/api/campaigns/", "{id}", "{campaign}"},
    Place{"/api/cases/", "{kind}", "visit_form"},
    Place{"/api/cases/", "{id}", "{case}"},
    Place{"/api/cases/", "{attachment}", "{photo}"},
    Place{"/api/clues/", "{id}", "{clue}"},
    Place{"/api/feeds/batches/", "{id}", "{batch}"},
    Place{"/api/feeds/rows/", "{id}", "{row}"},
    Place{"/api/jobs/", "{id}", "{job}"},
    Place{"/api/households/", "{id}", "{household}"},
    Place{"/api/programmes/", "{programme}", "environment"},
    Place{"/api/programmes/environment/records/", "{id}", "{toilet}"},
    Place{"/api/programmes/environment/activities/", "{id}", "{activity}"},
    Place{"/api/programmes/environment/activities/", "{photo}", "{activity_photo}"},
    Place{"/api/programmes/environment/contracts/", "{id}", "{contract}"},
    Place{"/api/programmes/environment/fees/", "{id}", "{fee}"},
    Place{"/api/employment/people/", "{id}", "{person}"},
    Place{"/api/employment/posts/", "{id}", "{post}"},
    Place{"/api/employment/placements/", "{id}", "{placement}"},
    Place{"/api/employment/classes/", "{id}", "{class}"},
    Place{"/api/employment/startups/", "{id}", "{startup}"},
    Place{"/api/employment/matchings/", "{id}", "{matching}"},
    Place{"/api/employment/proposals/", "{id}", "{proposal}"},
    Place{"/api/funds/", "{id}", "{fund}"},
    Place{"/api/loans/banks/", "{id}", "{bank}"},
    Place{"/api/loans/files/", "{line}", "1"},
    Place{"/api/loans/files/", "{id}", "{loan}"},
    Place{"/api/loans/orders/", "{id}", "{order}"},
    Place{"/api/loans/orders/", "{line}", "{order_line}"},
    Place{"/api/journals/", "{id}", "{journal}"},
    Place{"/api/insurance/insurers/", "{id}", "{insurer}"},
    Place{"/api/insurance/insurers/", "{year}", "2025"},
    Place{"/api/insurance/insurers/", "{township}", "{home_township}"},
    Place{"/api/insurance/insurers/", "{point}", "{service_point}"},
    Place{"/api/insurance/policies/", "{row}", "{insured}"},
    Place{"/api/insurance/policies/", "{place}", "1"},
    Place{"/api/insurance/policies/", "{id}", "{policy}"},
    Place{"/api/insurance/series/", "{id}", "{series}"},
    Place{"/api/insurance/settlements/", "{id}", "{settlement}"},
    Place{"/api/insurance/pools/", "{month}", "2025-02"},
    Place{"/api/insurance/pools/", "{id}", "{pool}"},
    Place{"/api/insurance/prevention/years/", "{id}", "{prevention_year}"},
    Place{"/api/insurance/prevention/cases/", "{proof}", "{proof_photo}"},
    Place{"/api/insurance/prevention/cases/", "{id}", "{prevention_case}"},
    Place{"/api/insurance/claims/", "{photo}", "{claim_photo}"},
    Place{"/api/insurance/claims/", "{kind}", "losses"},
    Place{"/api/insurance/claims/", "{id}", "{claim}"},
    Place{"/api/indicators/forms/", "{form}", "village_month"},
    Place{"/api/indicators/forms/", "{figure}", "trained"},
    Place{"/api/indicators/by-area/", "{indicator}", "monitored"},
    Place{"/api/indicators/history/", "{indicator}", "monitored"},
    Place{"/api/indicators/behind/", "{figure}", "households"},
    Place{"/api/indicators/findings/", "{id}", "{figure_finding}"},
    Place{"/api/indicators/snapshots/", "{id}", "{figure_snapshot}"},
    Place{"/api/indicators/snapshots/", "{figure}", "households"},
    Place{"/api/public/notices/", "{id}", "{case}"},
    Place{"/api/registry/households/", "{id}", "{household}"},
    Place{"/api/registry/persons/", "{id}", "{person}"},
    Place{"/api/registry/imports/", "{id}", "{import}"},
    Place{"/api/returns/", "{form}", "village_basics"},
    Place{"/api/rules/", "{set}", "screening"},
    Place{"/api/rule-versions/", "{id}", "{rule_version}"},
    Place{"/api/rule-versions/", "{file}", "illness.dmn"},
    Place{"/api/surveillance/alarms/", "{id}", "{alarm}"},
    Place{"/api/tasks/", "{id}", "{task}"},
    Place{"/api/tasks/", "{photo}", "{task_photo}"},
    Place{"/api/users/", "{id}", "{user}"},
    Place{"/api/warnings/", "{id}", "{warning}"},
};

/// What is sent: a body that is right in all but who sends it. "file" sends a file.
struct Sent {
    std::string_view route, body;
};
constexpr std::array bodies{
    Sent{"PUT /api/bulletin/columns", R"({"items": [{"code": "macro", "name": "宏观形势"}]})"},
    Sent{"POST /api/bulletin/issues", R"({"masthead": "简报", "key": "k"})"},
    Sent{"PATCH /api/bulletin/issues/{id}", R"({"version": 999, "number": "第1期"})"},
    Sent{"POST /api/bulletin/issues/{id}/actions", R"({"action": "edit", "version": 999})"},
    Sent{"PUT /api/bulletin/issues/{id}/order", R"({"version": 999, "columns": []})"},
    Sent{"POST /api/bulletin/issues/{id}/articles", R"({"headline": "标题"})"},
    Sent{"POST /api/bulletin/issues/{id}/drafts",
         R"({"figures": [{"query": "registered_households", "by": "area"}]})"},
    Sent{"POST /api/bulletin/imports", "file"},
    Sent{"PATCH /api/bulletin/articles/{id}", R"({"version": 999, "headline": "标题"})"},
    Sent{"DELETE /api/bulletin/articles/{id}", "{}"},
    Sent{"POST /api/bulletin/articles/{id}/corrections",
         R"({"version": 1, "part": "headline", "text": "改", "notice": "标题有误"})"},
    Sent{"POST /api/bulletin/findings/{id}/settlement",
         R"({"settlement": "accepted", "reason": "原文如此"})"},
    Sent{"POST /api/cases", R"({"clue": "{clue}", "reason": "车祸", "key": "again"})"},
    Sent{"POST /api/cases/{id}/steps",
         R"({"action": "green_help", "version": 1, "key": "k", "form": {"danger": "断炊", "help": "口粮",
             "helped_on": "2025-03-10", "helped_by": "乡镇", "proof": ["{photo}"]}})"},
    Sent{"POST /api/cases/{id}/attachments", "file"},
    Sent{"POST /api/clues", R"({"source": "grassroots_check", "channel": "grid", "household": "{household}",
             "risks": ["01"], "text": "住院", "teller": "officer", "key": "k"})"},
    Sent{"POST /api/clues/{id}/actions", R"({"action": "begin", "version": 1, "key": "k"})"},
    Sent{"POST /api/clues/{id}/reveal", R"({"signal": "{signal}", "field": "phone", "purpose": "联系"})"},
    Sent{"POST /api/feeds/batches", "file"},
    Sent{"POST /api/feeds/nil", R"({"feed": "medical.expenses", "period": "2024-12"})"},
    Sent{"POST /api/feeds/rows/{id}/confirm", R"({"person": "{person}"})"},
    Sent{"POST /api/feeds/rows/{id}/set-aside", "{}"},
    Sent{"POST /api/feeds/rows/{id}/undo", "{}"},
    Sent{"POST /api/jobs/{id}/stop", "{}"},
    Sent{"POST /api/programmes/{programme}/records", R"({"register": "toilet", "household": "{household}",
             "values": {}, "key": "k"})"},
    Sent{"POST /api/programmes/{programme}/sheet", "{}"},
    Sent{"PATCH /api/programmes/{programme}/records/{id}",
         R"({"version": 9, "values": {"condition": "broken"}})"},
    Sent{"POST /api/programmes/{programme}/records/{id}/steps", R"({"version": 1, "action": "assign"})"},
    Sent{"POST /api/programmes/{programme}/records/{id}/reveal", R"({"field": "cost", "purpose": "核对"})"},
    Sent{"POST /api/programmes/{programme}/activities",
         R"({"kind": "cleanup", "area": "{village}", "on": "2025-03-10", "people": 3, "key": "k"})"},
    Sent{"POST /api/programmes/{programme}/activities/{id}/photos", "file"},
    Sent{"POST /api/programmes/{programme}/contracts",
         R"({"kind": "sanitation", "area": "{village}", "party": "保洁公司", "price_fen": 1, "begins_on":
             "2025-03-10", "ends_on": "2025-03-31", "key": "k"})"},
    Sent{"POST /api/programmes/{programme}/contracts/{id}/end", R"({"version": 9})"},
    Sent{"POST /api/programmes/{programme}/projects",
         R"({"kind": "works", "area": "{village}", "title": "污水管网", "begins_on": "2025-03-10", "ends_on":
             "2025-03-31", "funds": [{"source": "county", "fen": 1}], "key": "k"})"},
    Sent{"POST /api/programmes/{programme}/fees",
         R"({"village": "{village}", "items": ["cleaning"], "amount_fen": 300, "period": "month",
             "persons": 10, "exempt": 1, "present": 9, "in_favour": 9, "approved_on": "2024-12-01",
             "from": "2024-12-01", "to": "2024-12-31", "key": "k"})"},
    Sent{"POST /api/programmes/{programme}/fees/calculate",
         R"({"village": "{village}", "items": ["cleaning"], "amount_fen": 300, "period": "month",
             "persons": 10, "exempt": 1, "present": 9, "in_favour": 9, "approved_on": "2024-12-01",
             "from": "2024-12-01", "to": "2024-12-31"})"},
    Sent{"POST /api/programmes/{programme}/fees/{id}/entries",
         R"({"on": "2025-03-10", "expense": false, "fen": 100, "key": "k"})"},
    Sent{
        "PUT /api/employment/people/{id}/profile",
        R"({"wants_training": true, "wants_job": true, "wants_startup": false, "wanted_trade": "", "skills": [],
             "reach": "county", "wage_fen": 100000, "home_daily": false, "asked_on": "2025-03-10", "version": 9})"},
    Sent{"POST /api/employment/people/{id}/reveal", R"({"purpose": "岗位匹配"})"},
    Sent{"POST /api/employment/people/sheet", "{}"},
    Sent{"POST /api/employment/posts", R"({"area": "{village}", "kind": "flexible", "employer": "合作社",
             "title": "采摘", "trade": "general", "load": "light", "wage_fen": 200000, "openings": 3,
             "from_day": "2025-03-01", "key": "q"})"},
    Sent{"POST /api/employment/posts/{id}/close", R"({"version": 99, "on": "2025-03-10"})"},
    Sent{"POST /api/employment/sheets/posts", "file"},
    Sent{"POST /api/employment/sheets/wishes", "file"},
    Sent{"POST /api/employment/placements/sheet", "{}"},
    Sent{"POST /api/employment/startups/sheet", "{}"},
    Sent{"POST /api/employment/placements",
         R"({"person": "{person}", "post": "{post}", "started_on": "2025-03-10", "key": "x"})"},
    Sent{"POST /api/employment/placements/{id}/end",
         R"({"version": 99, "on": "2025-03-10", "reason": "left"})"},
    Sent{"POST /api/employment/placements/{id}/reveal", R"({"purpose": "核实失业原因"})"},
    Sent{"PUT /api/employment/placements/{id}/pay", R"({"month": "2025-03", "fen": 100})"},
    Sent{"POST /api/employment/classes", R"({"area": "{village}", "trade": "cooking", "title": "厨师班",
             "organiser": "人社局", "venue": "村委会", "hours": 40, "begins_on": "2025-03-03", "ends_on":
             "2025-03-07", "capacity": 30, "funds_fen": 0, "key": "d"})"},
    Sent{"POST /api/employment/classes/{id}/sheet", "{}"},
    Sent{"PUT /api/employment/classes/{id}/attendance",
         R"({"person": "{person}", "days": 5, "passed": true})"},
    Sent{"POST /api/employment/startups", R"({"person": "{person}", "project": "养鸡", "key": "t"})"},
    Sent{"POST /api/employment/startups/{id}/steps", R"({"version": 9, "action": "plan", "text": "年内"})"},
    Sent{"POST /api/surveillance/alarms/{id}/steps", R"({"version": 99, "action": "take_up"})"},
    Sent{"POST /api/surveillance/runs", "{}"},
    Sent{"POST /api/surveillance/prices",
         R"({"area": "513431", "product": "花椒", "month": "2025-02", "price": "50", "unit": "公斤"})"},
    Sent{"POST /api/surveillance/prices/sheet", "file"},
    Sent{"POST /api/tasks", R"({"title": "排查住房", "what": "逐户查看", "areas": ["{village}"], "due_on": "2025-04-30",
             "key": "t"})"},
    Sent{"POST /api/tasks/{id}/photos", "file"},
    Sent{"POST /api/tasks/{id}/steps", R"({"version": 99, "action": "receive"})"},
    Sent{"POST /api/employment/matchings", R"({"area": "{village}"})"},
    Sent{"POST /api/employment/matchings/{id}/sheet", "{}"},
    Sent{"POST /api/employment/proposals/{id}/decision", R"({"accept": true, "started_on": "2025-03-10"})"},
    Sent{"POST /api/funds", R"({"area": "513431", "kind": "subsidy", "name": "补贴"})"},
    Sent{"POST /api/funds/{id}/entries",
         R"({"account": "interest", "on": "2025-03-10", "amount_fen": 1, "note": "利息", "key": "i"})"},
    Sent{"POST /api/funds/{id}/appropriations", R"({"on": "2025-03-10", "amount_fen": 1, "key": "a",
             "parts": [{"fund": "999", "weight": "1"}]})"},
    Sent{"POST /api/funds/{id}/reconciliation", "file"},
    Sent{"POST /api/journals/{id}/reversal", R"({"on": "2025-03-10", "note": "重复"})"},
    Sent{"POST /api/loans/sheet", "{}"},
    Sent{"POST /api/loans/banks", R"({"area": "513431", "name": "另一家银行"})"},
    Sent{"POST /api/loans/banks/{id}/clerks", R"({"account": "nobody"})"},
    Sent{"PUT /api/loans/covers",
         R"({"area": "513431", "scheme": "bank_insurance", "year": 2025, "premium_fen": 100})"},
    Sent{"POST /api/loans/subsidies", R"({"bank": "{bank}", "fund": "{fund}", "quarter": "2024Q4"})"},
    Sent{"POST /api/loans/files", R"({"person": "{person}", "bank": "{bank}", "scheme": "startup",
             "amount_fen": 100, "months": 12, "use": "production", "what": "养猪", "key": "again"})"},
    Sent{"POST /api/loans/files/{id}/steps", R"({"version": 999, "action": "refuse", "note": "资料不全"})"},
    Sent{"POST /api/loans/files/{id}/repayments",
         R"({"version": 999, "on": "2025-03-10", "amount_fen": 1, "key": "r"})"},
    Sent{"POST /api/loans/files/{id}/recoveries",
         R"({"version": 999, "on": "2025-03-10", "amount_fen": 1, "key": "r"})"},
    Sent{"POST /api/loans/files/{id}/money/{line}/taking_back", R"({"version": 999, "note": "登错"})"},
    Sent{"POST /api/loans/buyers", R"({"area": "513431", "name": "另一家企业"})"},
    Sent{"POST /api/loans/orders/sheet", "{}"},
    Sent{"POST /api/loans/orders", R"({"person": "{person}", "buyer": "{buyer}", "crop": "小麦", "year": 2025,
             "mu": "2", "kg": "900", "pricing": "fixed", "price": "2.5", "first_day": "2025-06-01",
             "last_day": "2025-09-30", "account": "6217996510001234564", "account_name": "王秀英", "key": "again"})"},
    Sent{"POST /api/loans/orders/{id}/lines", R"({"kind": "input", "on": "2025-03-01", "item": "种子",
             "quantity": "1", "unit": "公斤", "price": "9", "slip": "F-9", "key": "again"})"},
    Sent{"POST /api/loans/orders/{id}/lines/{line}/take_back", R"({"reason": ""})"},
    Sent{"POST /api/loans/orders/{id}/steps", R"({"version": 999, "action": "settle"})"},
    Sent{"POST /api/loans/files/{id}/reveal", R"({"field": "account", "purpose": "核对"})"},
    Sent{"POST /api/insurance/quotes",
         R"({"product": "rice_full_cost", "area": "{village}", "season": 2025, "units": "1"})"},
    Sent{"POST /api/insurance/insurers", R"({"area": "513431", "name": "另一家"})"},
    Sent{"POST /api/insurance/insurers/{id}/operators", R"({"account": "nobody"})"},
    Sent{"PUT /api/insurance/insurers/{id}/evaluations/{year}/entries",
         R"({"version": 999, "item": "complaints", "part": "1", "whole": "1", "evidence": "台账"})"},
    Sent{"POST /api/insurance/insurers/{id}/evaluations/{year}/steps", R"({"version": 999, "action": "close"})"},
    Sent{"POST /api/insurance/insurers/{id}/network",
         R"({"first_day": "2025-01-01", "points": [{"area": "{village}", "name": "服务点", "assistant": "陈信息"}]})"},
    Sent{"POST /api/insurance/insurers/{id}/network/sheet", "file"},
    Sent{"POST /api/insurance/insurers/{id}/network/points/{point}/end", R"({"on": "2025-02-01"})"},
    Sent{"POST /api/insurance/deposits", R"({"amount_fen": 1, "note": "拨款", "key": "e"})"},
    Sent{"POST /api/insurance/policies", R"({"product": "rice_full_cost", "area": "{village}", "holder_kind":
             "village", "holder": "村民委员会", "season": 2025, "key": "n"})"},
    Sent{"POST /api/insurance/policies/{id}/list", "file"},
    Sent{"POST /api/insurance/policies/{id}/rows/{row}/measure", R"({"measured": "12.30"})"},
    Sent{"POST /api/insurance/policies/{id}/rows/{row}/account", R"({"purpose": "支付"})"},
    Sent{"POST /api/insurance/policies/{id}/payments", R"({"rows": ["{insured}"], "on": "2025-03-10"})"},
    Sent{"POST /api/insurance/policies/{id}/endorsements",
         R"({"from": "2025-06-02", "reason": "面积有误", "key": "e", "changes": [{"kind": "remove", "row": "{insured}"}]})"},
    Sent{"POST /api/insurance/policies/{id}/endorsements/{place}/steps", R"({"version": 999, "action": "cancel"})"},
    Sent{"POST /api/insurance/policies/{id}/steps", R"({"version": 999, "action": "cancel"})"},
    Sent{"POST /api/insurance/subsidies",
         R"({"insurer": "{insurer}", "fund": "{fund}", "quarter": "2024Q4"})"},
    Sent{"POST /api/insurance/series", "file"},
    Sent{"POST /api/insurance/settlements",
         R"({"product": "snow_index", "area": "{village}", "season": 2025, "key": "s"})"},
    Sent{"POST /api/insurance/settlements/{id}/steps", R"({"version": 999, "action": "check"})"},
    Sent{"POST /api/insurance/settlements/{id}/calculation", R"({"version": 999})"},
    Sent{"POST /api/insurance/settlements/{id}/payment", R"({"version": 999})"},
    Sent{"POST /api/insurance/valuations",
         R"({"futures": 17500, "strike": 17500, "rate": 0, "volatility": 0.2, "valuation": "2025-03-10",
             "first": "2025-09-01", "last": "2025-09-30", "samples": 1000})"},
    Sent{"POST /api/insurance/pools",
         R"({"area": "513431", "name": "另一个", "first_day": "2025-01-01", "last_day": "2025-12-31", "members": [{"insurer": "{insurer}", "share": "1"}], "key": "q"})"},
    Sent{"POST /api/insurance/pools/{id}/months/{month}", "{}"},
    Sent{"POST /api/insurance/prevention/years", R"({"insurer": "{insurer}", "year": 2025, "heads": 10})"},
    Sent{"POST /api/insurance/prevention/years/{id}/heads", R"({"version": 999, "heads": 11, "note": "核对"})"},
    Sent{"POST /api/insurance/prevention/years/{id}/close", R"({"version": 999, "fee_fen": 0})"},
    Sent{"POST /api/insurance/prevention/cases",
         R"({"household": "{household}", "cause": "schooling", "happened_on": "2025-03-01", "told": "学费", "key": "n"})"},
    Sent{"PUT /api/insurance/prevention/cases/{id}/expenses", R"({"version": 999, "expenses": []})"},
    Sent{"PUT /api/insurance/prevention/cases/{id}/account",
         R"({"version": 999, "holder": "王秀英", "bank": "邮储银行", "account": "6217996510001234564"})"},
    Sent{"POST /api/insurance/prevention/cases/{id}/steps", R"({"version": 999, "action": "publicise"})"},
    Sent{"POST /api/insurance/prevention/cases/{id}/reveal", R"({"purpose": "核对"})"},
    Sent{"POST /api/insurance/prevention/cases/{id}/clue", R"({"note": "风险仍在"})"},
    Sent{"POST /api/insurance/prevention/cases/{id}/proofs", "file"},
    Sent{"POST /api/insurance/claims",
         R"({"policy": "{policy}", "cause": "drought", "occurred_on": "2025-03-09",
             "reporter": "陈", "phone": "13900000000", "place": "坝上", "found": "叶黄", "key": "k"})"},
    Sent{"PUT /api/insurance/claims/{id}/losses", R"({"version": 999, "losses": []})"},
    Sent{"POST /api/insurance/claims/{id}/steps", R"({"version": 999, "action": "survey"})"},
    Sent{"POST /api/insurance/claims/{id}/photos", "file"},
    Sent{"POST /api/indicators/count", "{}"},
    Sent{"POST /api/indicators/behind/{figure}/sheet", "{}"},
    Sent{"POST /api/indicators/snapshots/{id}/rows/{figure}/sheet", "{}"},
    Sent{"POST /api/indicators/findings", R"({"area": "{village}", "month": "2025-03"})"},
    Sent{"POST /api/indicators/findings/{id}/explanation", R"({"version": 9, "note": "核对"})"},
    Sent{"PUT /api/indicators/targets",
         R"({"indicator": "trained", "term": "2025-03", "area": "{village}", "value": "1",
             "direction": "at_least", "version": 9})"},
    Sent{"PUT /api/indicators/responsible", R"({"area": "{village}", "name": "王秀英", "version": 9})"},
    Sent{"POST /api/indicators/snapshots", R"({"area": "{village}", "term": "2025-03", "title": "三月"})"},
    Sent{"PUT /api/indicators/forms/{form}/cell",
         R"({"term": "2025-03", "area": "{village}", "figure": "posts",
             "value": "1", "version": 9})"},
    Sent{"POST /api/indicators/forms/{form}/actions",
         R"({"term": "2025-03", "area": "{village}", "action": "complete"})"},
    Sent{"POST /api/indicators/forms/{form}/sheet", "file"},
    Sent{"POST /api/indicators/area-changes", R"({"on": "2025-03-01", "from": "{village}", "to": []})"},
    Sent{"POST /api/dataValueSets", R"({"period": "202503", "orgUnit": "{village}",
             "dataValues": [{"dataElement": "posts", "value": "1"}]})"},
    Sent{"PUT /api/returns/{form}/answers",
         R"({"term": "2025", "area": "{village}", "field": "committee_members", "value": "5", "version": 9})"},
    Sent{"POST /api/returns/{form}/actions",
         R"({"term": "2025", "area": "{village}", "action": "submit", "version": 9})"},
    Sent{"POST /api/registry/search", R"({"q": "王秀英"})"},
    Sent{
        "POST /api/registry/households/{id}/changes",
        R"({"version": 999, "since": "2025-03-01", "reason": "入户核对", "changes": [{"field": "road", "value": "是"}]})"},
    Sent{"POST /api/registry/persons/{id}/reveal", R"({"field": "id_number", "purpose": "核对"})"},
    Sent{"POST /api/registry/households/{id}/reveal", R"({"field": "bank_account", "purpose": "核对"})"},
    Sent{"POST /api/registry/imports", "file"},
    Sent{"POST /api/registry/imports/{id}/apply", "{}"},
    Sent{"POST /api/registry/export", R"({"area": "{village}", "purpose": "核对"})"},
    Sent{"POST /api/rule-versions", R"({"set": "screening", "area": "{county}", "title": "提高门槛", "authority": "县文件",
             "starts_on": "2025-04-01"})"},
    Sent{"PATCH /api/rule-versions/{id}", R"({"version": 99, "title": "另一名称"})"},
    Sent{"PUT /api/rule-versions/{id}/values", R"({"version": 99, "parameter": "recent_days", "value": "60", "from":
             "2025-04-01", "area": "{county}", "authority": "县文件"})"},
    Sent{"DELETE /api/rule-versions/{id}/values",
         R"({"version": 99, "parameter": "recent_days", "from": "2025-04-01", "area": "{county}"})"},
    Sent{"PUT /api/rule-versions/{id}/tables/{file}", R"({"version": 99, "unchanged": "", "changed": ""})"},
    Sent{"POST /api/rule-versions/{id}/tables/{file}/round-trip", R"({"unchanged": ""})"},
    Sent{"POST /api/rule-versions/{id}/check", R"({"version": 99})"},
    Sent{"POST /api/rule-versions/{id}/approve", R"({"version": 99})"},
    Sent{"POST /api/rule-versions/{id}/give-back", R"({"version": 99, "note": "依据不足"})"},
    Sent{"POST /api/rule-versions/{id}/withdraw", R"({"version": 99, "note": "暂缓"})"},
    Sent{"POST /api/rule-versions/{id}/discard", R"({"version": 99})"},
    Sent{"POST /api/rules/{set}/what-if", R"({"area": "{village}"})"},
    Sent{"POST /api/rules/{set}/what-if/households", R"({"area": "{village}", "group": "before"})"},
    Sent{"POST /api/rules/{set}/back-test", R"({"area": "{village}", "months": 1})"},
    Sent{"POST /api/rules/{set}/back-test/households",
         R"({"area": "{village}", "months": 1, "group": "begun"})"},
    Sent{"POST /api/screening/runs", R"({"area": "{village}"})"},
    Sent{"POST /api/quality/runs", "{}"},
    Sent{"POST /api/campaigns", R"({"area": "{village}", "name": "春季排查", "begins_on": "2025-03-10",
             "ends_on": "2025-03-31", "key": "k"})"},
    Sent{"POST /api/campaigns/{id}/checks", R"({"household": "{household}", "note": "入户"})"},
    Sent{"POST /api/users", R"({"account": "new", "name": "新人", "password": "long enough", "grants":
             [{"role": "village_officer", "area": "{village}"}]})"},
    Sent{"POST /api/users/{id}/deactivate", "{}"},
    Sent{"POST /api/users/{id}/reactivate", "{}"},
    Sent{"POST /api/users/{id}/grants",
         R"({"grants": [{"role": "village_officer", "area": "513431100200"}]})"},
    Sent{"POST /api/users/{id}/password", R"({"password": "longer than long"})"},
    Sent{
        "POST /api/registry/households",
        R"({"village": "{village}", "since": "2025-03-01", "reason": "新增", "changes": [], "joining": []})"},
    Sent{
        "POST /api/registry/households/check",
        R"({"village": "{village}", "since": "2025-03-01", "reason": "新增", "changes": [], "joining": []})"},
    Sent{
        "POST /api/registry/households/{id}/changes/check",
        R"({"version": 999, "since": "2025-03-01", "reason": "入户核对", "changes": [{"field": "road", "value": "是"}]})"},
    Sent{"POST /api/registry/persons/{id}/move", R"({"household_no": "5134310002", "version": 1,
             "relation": "之子", "reason": "入户核对", "since": "2025-03-01"})"},
    Sent{"POST /api/session", R"({"account": "nobody", "password": "long enough"})"},
    Sent{"POST /api/session/password", "{}"},
    Sent{"DELETE /api/session", "{}"},
};

}  // namespace

const AreaCode World::county = code("513431"), World::township = code("513431100"),
               World::village = code("513431100200");
const AreaCode World::other_county = code("513432"), World::other_township = code("513431101"),
               World::other_village = code("513431101200");
const std::vector<std::string> World::private_words{"王秀英",      "王木果",      "5134310002",
                                                    "13800000000", "13900000000", "陈信息"};

World::World(db::Database& database)
    : database_(database),
      vault_(crypto::test_vault("authorisation")),
      clock_(must(Date::parse("2025-03-10"))) {
    std::string pattern = (fs::temp_directory_path() / "ballast-authorisation-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
    folder_ = pattern;
    paths_ = delivery::Paths::under(folder_.string());
    for (const auto& one : {paths_.spool, paths_.files, paths_.samples}) fs::create_directories(one);
    settings_.area = county;
    packs_ = std::make_unique<delivery::PackShelf>(database_, *vault_, county, folder_.string() + "/packs", clock_);
    context_ = std::make_unique<delivery::Context>(
        delivery::Context{database_, *vault_, areas::Division::shipped(), clock_, settings_, paths_, *packs_});
    service_ = std::make_unique<http::Service>(*context_, api::all_routes(), http::Fallback{});
    ids_["{village}"] = village.digits();
    ids_["{county}"] = county.digits();
    register_in();
    thread_in();
    bulletin_in();
    programmes_in();
    employment_in();
    tasks_in();
    rules_in();
    alarms_in();
    funds_in();
    insurance_in();
    prevention_in();
    season_in();
    loans_in();
    figures_in();
}

World::~World() {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
}

void World::register_in() {
    const auto system = auth::system_actor("test");
    const auto homes = folder_ / "户信息.csv", people = folder_ / "成员信息.csv";
    write(homes, "户编号,行政村代码,农户类型,房屋等级\n5134310002,513431100200,一般农户,D级\n");
    write(people,
          "户编号,姓名,证件号码,与户主关系,联系电话,劳动技能\n"
          "5134310002,王秀英,513431195002030345,户主,13800000000,\n"
          "5134310002,王木果,513431198205090114,之子,,1\n");
    const Date today = clock_.today();
    const Instant now = clock_.now();
    const auto import = must(
        registry::receive(database_, *vault_, system, {county, "册", "建档", today},
                          {{homes.string(), "户信息.csv"}, {people.string(), "成员信息.csv"}}, today, now));
    must(registry::apply(database_, *vault_, system, import, now));
    ids_["{import}"] = std::to_string(import.number());
    const auto home = must(database_.read([&](db::Tx& tx) -> Result<registry::Household> {
        const auto id = TRY(registry::household_numbered(tx, auth::Scope({county}), county, "5134310002"));
        return TRY(registry::household(tx, *vault_, auth::Scope({county}), id, today)).household;
    }));
    ids_["{household}"] = std::to_string(home.id.number());
    for (const auto& one : home.members)
        ids_[one.head() ? "{person}" : "{worker}"] = std::to_string(one.id.number());

    const fs::path sheet = folder_ / "医保局_住院及门诊费用明细_513431_202502_01.csv";
    write(sheet,
          "姓名,身份证号,就诊医院,医疗类别,入院日期,出院日期,诊断名称,总费用(元),个人自付(元)\n"
          "王秀英,513431195002030345,县医院,住院,2025-02-03,2025-02-12,肺炎,98000,76210.00\n"
          "王秀英,513431195002030345,县医院,住院,2025-02-03,2025-02-12,肺炎,98000,多\n");
    const auto known = must(
        database_.read([&](db::Tx& tx) { return feeds::load_register(tx, auth::Scope({county}), county); }));
    const auto batch = must(feeds::receive(
        database_, *vault_, system, {sheet.string(), sheet.filename().string(), county, "", ""}, known, now));
    if (batch.error) throw std::runtime_error(batch.error->id);
    ids_["{batch}"] = std::to_string(batch.id.number());
    const auto rows = must(
        database_.read([&](db::Tx& tx) { return feeds::rows(tx, *vault_, system, batch.id, {}, nullptr); }));
    ids_["{row}"] = std::to_string(rows.front().id.number());
    const auto rules = must(screening::Rules::load(county, today));
    must(screening::screen(database_, *vault_, system, rules, {county, {}, "all"}, now));
    screening::Counts counts;
    const auto raised = must(
        database_.read([&](db::Tx& tx) { return screening::warnings(tx, *vault_, system, {}, &counts); }));
    // One that the medical insurance's clerk may see too.
    const auto theirs =
        std::ranges::find_if(raised, [](const auto& one) { return !one.evidence.rows.empty(); });
    if (theirs == raised.end()) throw std::runtime_error("no rule is met by the sheet");
    ids_["{warning}"] = std::to_string(theirs->id.number());
    ids_["{job}"] = std::to_string(must(database_.write([&](db::Tx& tx) {
                                       return jobs::enqueue(
                                           tx, {"registry.export", "{}", county, jobs::Order::Stop::possible},
                                           system, now);
                                   })).number());
}

/// A clue that a village officer tells of it, and the case that comes of it, with a photo.
void World::thread_in() {
    auth::User user;
    user.account = "chen";
    user.name = "陈信息";
    user.grants = {{auth::Role::village_officer, village, ""}};
    const Instant now = clock_.now();
    user.id = must(database_.write([&](db::Tx& tx) {
        return audit::add_user(tx, *vault_, auth::system_actor("test"), user, password, now);
    }));
    ids_["{user}"] = std::to_string(user.id.number());
    const auth::Actor officer{user.id, user.account, user.name, user.grants};
    const auto rules = must(Rulebook::load(""));
    const auto terms = must(clue_terms("", county, clock_.today()));
    const auto system = auth::system_actor("test");
    const ClueDesk systems{*vault_, context_->division, system, clock_.today(), now};
    Campaign campaign;
    campaign.area = village;
    campaign.name = "集中排查";
    campaign.begins_on = campaign.ends_on = clock_.today();
    ids_["{campaign}"] = std::to_string(must(database_.write([&](db::Tx& tx) {
                                            return begin_campaign(tx, systems, campaign, "campaign");
                                        })).id.number());
    const ClueDesk desk{*vault_, context_->division, officer, clock_.today(), now};
    must(database_.write([&](db::Tx& tx) -> Result<void> {
        Report report;
        report.county = county;
        report.channel = "grid";
        report.household = registry::HouseholdId(std::stoll(ids_.at("{household}")));
        report.risks = "01";
        report.told = {"住院", "", "", "13900000000", {}, "", "neighbour", "", ""};
        const auto told = TRY(receive(tx, desk, terms, report));
        ids_["{clue}"] = std::to_string(told.clue.number());
        ids_["{signal}"] = std::to_string(told.signal.number());
        const auto clue = TRY(load_clue(tx, officer, told.clue));
        TRY(act(tx, desk, clue.id, clue.version, "begin", {ClueAction::begin, {}, {}, {}, "", ""}));
        const auto opened = TRY(open_case(tx, *vault_, officer, rules, {clue.id, "住院", {}, "open"}, now));
        ids_["{case}"] = std::to_string(opened.number());
        const auto photo = TRY(attach(tx, *vault_, officer, opened, "王秀英家门前.jpg", picture, now));
        ids_["{photo}"] = std::to_string(photo.number());
        return {};
    }));
}

/// An issue in the making with an article whose figures do not add up.
void World::bulletin_in() {
    const auto system = auth::system_actor("test");
    const bulletin::Desk desk{*vault_, context_->division, system, clock_.today(), clock_.now()};
    must(database_.write([&](db::Tx& tx) -> Result<void> {
        const auto issue = TRY(bulletin::begin_issue(tx, desk, {.area = county, .masthead = "王秀英简报"}));
        const auto article = TRY(bulletin::add_article(
            tx, desk, issue.id,
            {.column = "poverty", .headline = "王秀英", .body = "共 5 万元，其中甲 2 万元、乙 2 万元。"}));
        const auto checked = TRY(bulletin::check_figures(tx, desk, issue.id, issue.version));
        const auto found = TRY(bulletin::findings(tx, system, issue.id, true));
        if (found.empty()) return not_found("no finding");
        const auto drafted =
            TRY(bulletin::draft_from_data(tx, desk, issue.id, {county, {{"registered_households"}}}));
        const auto frozen = TRY(bulletin::snapshots_of(tx, system, drafted.id));
        ids_["{snapshot}"] = std::to_string(frozen.front().id.number());
        ids_["{issue}"] = std::to_string(checked.id.number());
        ids_["{article}"] = std::to_string(article.id.number());
        ids_["{finding}"] = std::to_string(found.front().id.number());
        return {};
    }));
}

/// What the platform counted, a form that does not add up, and a snapshot.
void World::figures_in() {
    const auto system = auth::system_actor("test");
    const auto catalogue = indicators::catalogue("");
    const indicators::Desk desk{*vault_, context_->division, system,      *catalogue,
                                county,  clock_.today(),     clock_.now()};
    const auto* form = catalogue->form("village_month");
    must(database_.write([&](db::Tx& tx) -> Result<void> {
        TRY(indicators::count_all(tx, desk));
        for (const auto& [part, value] : {std::pair{"", "9"}, {"ex_poor", "3"}, {"other", "3"}})
            TRY(indicators::enter(tx, desk,
                                  {form, "2025-03", "trained", part, village, value, {}, "entered"}));
        TRY(indicators::enter(tx, desk, {catalogue->form("credit_quarter"), "2024-Q4", "speciality_kinds", "", county, "7", {}, "entered"}));
        TRY(indicators::check_figures(tx, desk, county, clock_.today()));
        const auto found = TRY(indicators::findings(tx, desk, county, "open"));
        if (found.empty()) return not_found("no finding");
        ids_["{figure_finding}"] = std::to_string(found.front().id.number());
        const auto frozen =
            TRY(indicators::freeze(tx, desk, village, *indicators::Term::parse("2025-03"), "三月"));
        ids_["{figure_snapshot}"] = std::to_string(frozen.number());
        return {};
    }));
}

/// A toilet of the household, an activity with its photo, a contract, and a fee of its village.
void World::programmes_in() {
    const auto system = auth::system_actor("test");
    const auto environment = must(programmes::programme({}, "environment"));
    const programmes::Desk desk{*vault_, context_->division, system, clock_.today(), clock_.now()};
    const auto today = clock_.today();
    must(database_.write([&](db::Tx& tx) -> Result<void> {
        programmes::NewRecord toilet;
        toilet.kind = "toilet";
        toilet.household = registry::HouseholdId(std::stoll(ids_.at("{household}")));
        toilet.typed = {{"kind", "flush"},          {"sanitary", "yes"}, {"harmless", "yes"},
                        {"built_on", "2020-05-01"}, {"cost", "2600"},    {"condition", "sound"}};
        ids_["{toilet}"] = std::to_string(TRY(programmes::enter(tx, desk, *environment, toilet)).number());
        programmes::Activity cleanup;
        cleanup.kind = "cleanup";
        cleanup.area = village;
        cleanup.on = today;
        cleanup.venue = "村口";
        cleanup.people = 20;
        const auto activity = TRY(programmes::add_activity(tx, desk, *environment, cleanup));
        ids_["{activity}"] = std::to_string(activity.number());
        ids_["{activity_photo}"] =
            std::to_string(TRY(programmes::add_photo(tx, desk, *environment, activity, picture)).number());
        programmes::Contract contract;
        contract.kind = "toilet_upkeep";
        contract.area = village;
        contract.party = "管护公司";
        contract.begins_on = today;
        contract.ends_on = today.plus_days(100);
        ids_["{contract}"] =
            std::to_string(TRY(programmes::add_contract(tx, desk, *environment, contract)).number());
        const programmes::FeeScheme fee{
            village, {"cleaning"}, Money::yuan(3), programmes::FeePeriod::month, 10, 1, 9,
            9,       today,        today,          today.plus_days(30)};
        ids_["{fee}"] = std::to_string(TRY(programmes::add_fee(tx, desk, *environment, fee, "")).number());
        return {};
    }));
}

auth::Session World::signed_in(auth::Role role, AreaCode area) {
    auth::User user;
    user.account = "user" + std::to_string(++users_);
    user.name = user.account;
    user.grants = {{role, area, role == auth::Role::department_clerk ? "medical_insurance" : ""}};
    user.must_change = false;
    must(database_.write([&](db::Tx& tx) -> Result<void> {
        const auto system = auth::system_actor("test");
        TRY(audit::add_user(tx, *vault_, system, user, password, clock_.now()));
        // Whoever operates for an insurer does so for a certain one, where there is one.
        if (const auto insurer = ids_.find("{insurer}");
            role == auth::Role::insurer_operator && area == county && insurer != ids_.end()) {
            const auto book = TRY(insurance::load_book());
            const insurance::Desk desk{*vault_, context_->division, book,
                                       system,  clock_.today(),     clock_.now()};
            TRY(insurance::assign_operator(tx, desk, insurance::InsurerId(std::stoll(insurer->second)),
                                           user.account));
        }
        // And whoever operates for a bank.
        if (const auto bank = ids_.find("{bank}");
            role == auth::Role::bank_operator && area == county && bank != ids_.end()) {
            const auto book = TRY(finance::load_loan_book());
            const finance::LoanDesk desk{*vault_, context_->division, book,
                                         system,  clock_.today(),     clock_.now()};
            TRY(finance::assign_clerk(tx, desk, finance::BankId(std::stoll(bank->second)), user.account));
        }
        return {};
    }));
    return must(auth::sign_in(database_, user.account, password, "test", clock_.now()));
}

void World::fill(std::string& text) const {
    for (const auto& [name, id] : ids_)
        for (auto at = text.find(name); at != std::string::npos; at = text.find(name))
            text.replace(at, name.size(), id);
}

http::Request World::request_for(const http::Route& route) {
    const std::string name = std::string(http::name_of(route.method)) + " " + std::string(route.pattern);
    std::string path(route.pattern);
    for (const auto& place : places)
        if (const auto at = path.find(place.parameter);
            path.starts_with(place.prefix) && at != std::string::npos)
            path.replace(at, place.parameter.size(), place.object);
    fill(path);
    if (path.find('{') != std::string::npos)
        throw std::runtime_error("say in `places` which object " + name + " means");
    if (route.pattern == "/api/registry/summary" || route.pattern == "/api/registry/households" ||
        route.pattern == "/api/cases" || route.pattern == "/api/clues")
        path += "?area=" + village.digits();
    if (route.method == http::Method::del && route.pattern == "/api/bulletin/articles/{id}")
        path += "?version=999";
    if (route.pattern.ends_with("/fees/heads")) path += "?village=" + village.digits();
    if (route.pattern.ends_with("/subsidies") && route.method == http::Method::get)
        path += "?quarter=2024Q4";
    if (route.pattern.ends_with("/rows_then")) path += "?on=2025-05-02";
    if (route.pattern == "/api/insurance/burn")
        path += "?product=snow_index&area=" + village.digits() + "&first=2025&last=2025";
    if (route.pattern.ends_with("/{id}/list")) path += "?version=999";
    if (route.pattern == "/api/programmes/{programme}/sheet") path += "?register=toilet";
    if (route.pattern == "/api/audit") path += "?limit=200";
    if (route.pattern == "/api/tasks/sheet") path += "?view=all&state=all";
    // What is asked of no area is one's own; a county's quarter is the county's.
    if (route.pattern == "/api/indicators/credit/sheet")
        path += "?area=" + county.digits() + "&term=2024-Q4";
    else if (((path.starts_with("/api/indicators/") || path.starts_with("/api/surveillance/board")) &&
         route.pattern.find("{id}") == std::string_view::npos) ||
        path.starts_with("/api/returns/"))
        path += "?area=" + village.digits();
    if (route.pattern == "/api/areas/search") path += "?q=zhaojue";
    http::Request request;
    request.method = route.method;
    must(request.set_target(path));
    if (route.method == http::Method::get || route.right == auth::Right::anyone) return request;
    const auto sent = std::ranges::find(bodies, name, &Sent::route);
    if (sent == bodies.end()) throw std::runtime_error("say in `bodies` what is sent to " + name);
    if (sent->body == "file") {
        const auto file = fs::path(paths_.spool) / std::to_string(++uploads_);
        write(file, picture);
        request.uploads.emplace_back("file", "门前.jpg", file.string());
    } else {
        request.body = sent->body;
        fill(request.body);
    }
    request.headers["content-type"] = "application/json";
    return request;
}

http::Reply World::ask(const http::Route& route, const auth::Session* session) {
    http::Request request = request_for(route);
    if (session) {
        request.headers["cookie"] = std::string(http::session_cookie) + "=" + session->token;
        request.headers["x-csrf"] = session->csrf;
    }
    auto admitted = service_->admit(request);
    if (auto* reply = std::get_if<http::Reply>(&admitted)) return std::move(*reply);
    return service_->answer(std::move(std::get<http::Service::Admission>(admitted)), request);
}

}  // namespace ballast::contract
