#include "api/routes.h"
#include "api/warnings_json.h"
#include "jobs/jobs.h"

namespace ballast::api {
namespace {

Result<Reply> list(Call& call, db::Tx& tx) {
    const auto page = TRY(call.page());
    const auto level = TRY(call.query<std::string>("level"));
    screening::Query query;
    query.area = TRY(call.query<AreaCode>("area"));
    if (level) {
        query.level = screening::level_named(*level);
        if (!query.level) return invalid("http.bad_parameter").with("name", "level");
    }
    query.risk = TRY(call.query<std::string>("risk")).value_or("");
    query.rule = TRY(call.query<std::string>("rule")).value_or("");
    query.household = TRY(call.query<registry::HouseholdId>("household"));
    query.batch = TRY(call.query<feeds::BatchId>("batch"));
    if (query.batch) query.state.reset();  // a file's figure counts those that are over, too
    if (const auto state = TRY(call.query<std::string>("state"))) {
        query.state = screening::state_named(*state);
        if (!query.state && *state != "all") return invalid("http.bad_parameter").with("name", "state");
    }
    query.offset = page.offset();
    query.limit = page.size;
    screening::Counts counts;
    const auto found = TRY(screening::warnings(tx, call.vault(), call.actor(), query, &counts));
    std::vector<registry::HouseholdId> ids;
    for (const auto& one : found) ids.push_back(one.household);
    const Json households = TRY(household_lines(call, tx, ids));
    Json items = Json::array(), by_rule = Json::array();
    for (const auto& one : found) {
        const auto household = households.find(std::to_string(one.household.number()));
        if (household != households.end()) items.push_back(warning_line(call, one, *household));
    }
    for (const auto& one : counts.by_rule)
        by_rule.push_back({{"rule", one.rule},
                           {"title", call.language() == words::Language::en ? one.title_en : one.title_zh},
                           {"count", one.count}});
    return ok({{"total", counts.total},
               {"by_level", {{"red", counts.red}, {"orange", counts.orange}, {"yellow", counts.yellow}}},
               {"by_rule", by_rule},
               {"items", items}});
}

Result<Reply> one(Call& call, db::Tx& tx) {
    const auto id = TRY(call.path<screening::WarningId>("id"));
    const auto found = TRY(screening::warning(tx, call.vault(), call.actor(), id));
    const Json households = TRY(household_lines(call, tx, {found.household}));
    return ok(TRY(warning_json(call, tx, found, households.at(std::to_string(found.household.number())))));
}

Json run_json(const Call& call, const screening::Run& run) {
    Json json{{"id", std::to_string(run.id.number())},
              {"at", iso_instant(run.at)},
              {"as_of", run.as_of.iso()},
              {"cause", run.cause},
              {"households", run.households},
              {"raised", run.raised},
              {"merged", run.merged},
              {"suppressed", run.suppressed},
              {"cleared", run.cleared},
              {"pack_hash", run.pack_hash}};
    // Of the part of a second that was begun, none is told as nothing.
    if (run.ended) json["seconds"] = (run.ended->ms - run.at.ms + 999) / 1000;
    if (run.cause.starts_with("area:"))
        if (const auto area = AreaCode::parse(run.cause.substr(5))) json["area"] = area_json(call, *area);
    return json;
}

Result<Reply> runs(Call& call, db::Tx& tx) {
    const auto page = TRY(call.page());
    std::int64_t total = 0;
    Json items = Json::array();
    for (const auto& run :
         TRY(screening::runs(tx, call.actor().scope(Right::warnings_read), page.offset(), page.size, &total)))
        items.push_back(run_json(call, run));
    return ok({{"total", total}, {"items", items}});
}

Result<Reply> begin(Call& call, db::Tx& tx) {
    const AreaCode county = call.context().settings.area;
    const Json asked = call.request().body.empty() ? Json::object() : TRY(body(call));
    auto scope = call.actor().scope(Right::screening_run).intersect(auth::Scope({county}));
    if (const auto area = TRY(optional_field<std::string>(asked, "area"))) {
        const auto within = TRY(AreaCode::parse(*area));
        if (!scope.contains(within)) return not_found("screening.area_outside");
        scope = auth::Scope({within});
    }
    if (scope.areas().empty()) return not_found("screening.area_outside");
    Json payload = Json::object();
    if (!scope.contains(county)) {
        std::string cause;
        for (const auto one : scope.areas()) {
            cause += (cause.empty() ? "area:" : ",") + one.digits();
            payload["areas"].push_back(one.digits());
        }
        payload["cause"] = cause;
    }
    const auto job =
        TRY(jobs::enqueue(tx, {"screening.run", payload.dump(), county, jobs::Order::Stop::possible},
                          call.actor(), call.now()));
    return accepted({{"job", std::to_string(job.number())}});
}

constexpr std::array table{
    Route{get, "/api/warnings", Right::warnings_read, list},
    Route{get, "/api/warnings/{id}", Right::warnings_read, one},
    Route{get, "/api/screening/runs", Right::warnings_read, runs},
    Route{post, "/api/screening/runs", Right::screening_run, begin},
};

}  // namespace

const Routes screening_routes = table;

}  // namespace ballast::api
