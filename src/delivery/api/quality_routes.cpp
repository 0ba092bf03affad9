#include "api/json.h"
#include "api/routes.h"
#include "api/warnings_json.h"
#include "casework/quality.h"
#include "jobs/jobs.h"

namespace ballast::api {
namespace {

Json rule_json(const Call& call, const std::string& rule) {
    return {{"code", rule}, {"label", call.say("quality.rule." + rule)}};
}

Json run_json(const std::optional<casework::QualityRun>& run) {
    if (!run) return nullptr;
    return {{"at", iso_instant(run->at)}, {"as_of", run->as_of.iso()}, {"households", run->households},
            {"found", run->found},        {"gone", run->gone},         {"open", run->open}};
}

Result<Reply> list(Call& call, db::Tx& tx) {
    const auto page = TRY(call.page());
    casework::QualityQuery query;
    query.rule = TRY(call.query<std::string>("rule")).value_or("");
    query.owner = TRY(call.query<std::string>("owner")).value_or("");
    query.area = TRY(call.query<AreaCode>("area"));
    query.household = TRY(call.query<registry::HouseholdId>("household"));
    query.overdue = TRY(call.query<std::string>("overdue")) == "true";
    query.offset = page.offset();
    query.limit = page.size;
    casework::QualityCounts counts;
    const auto found = TRY(casework::quality_findings(tx, call.actor(), query, call.today(), &counts));
    std::vector<registry::HouseholdId> ids;
    for (const auto& one : found) ids.push_back(one.household);
    const Json households = TRY(household_lines(call, tx, ids));
    Json items = Json::array(), by_rule = Json::array();
    for (const auto& one : found) {
        const auto household = households.find(text(one.household));
        if (household == households.end()) continue;
        items.push_back({{"id", std::to_string(one.id)},
                         {"rule", rule_json(call, one.rule)},
                         {"advice", call.say("quality.advice." + one.rule)},
                         {"household", *household},
                         {"person", one.person ? Json(text(*one.person)) : Json(nullptr)},
                         {"owner", {{"code", one.owner}, {"label", call.say("quality.owner." + one.owner)}}},
                         {"found_on", one.found_on.iso()},
                         {"due_on", one.due_on.iso()},
                         {"overdue", one.due_on < call.today()}});
    }
    for (const auto& rule : casework::quality_rules()) {
        const std::string id(rule.id);
        by_rule.push_back({{"rule", rule_json(call, id)}, {"count", counts.by_rule[id]}});
    }
    return ok({{"total", counts.total},
               {"overdue", counts.overdue},
               {"by_rule", by_rule},
               {"run", run_json(TRY(casework::latest_quality_run(tx, call.actor())))},
               {"items", items}});
}

Result<Reply> begin(Call& call, db::Tx& tx) {
    const AreaCode county = call.context().settings.area;
    TRY(casework::may_examine(call.actor(), county));
    const auto job = TRY(jobs::enqueue(tx, {"quality.run", "{}", county, jobs::Order::Stop::possible},
                                       call.actor(), call.now()));
    return accepted({{"job", text(job)}});
}

constexpr std::array table{
    Route{get, "/api/quality", Right::quality_read, list},
    Route{post, "/api/quality/runs", Right::quality_run, begin},
};

}  // namespace

const Routes quality_routes = table;

}  // namespace ballast::api
