#include <nlohmann/json.hpp>

#include "app/kinds.h"
#include "registry/household_file.h"
#include "screening/screening.h"

namespace ballast::app {
namespace {

using Json = nlohmann::json;

/// Those that the job names, where they live now; nothing for all.
Result<std::optional<std::vector<feeds::Touched>>> wanted(const delivery::Context& context,
                                                          const Json& payload) {
    std::optional<std::vector<feeds::Touched>> out;
    if (!payload.contains("households")) return out;
    registry::Listing listing;
    for (const auto& id : payload.at("households")) listing.ids.emplace_back(id.get<std::int64_t>());
    listing.limit = static_cast<std::int64_t>(listing.ids.size());
    const auto found = TRY(context.database.read(
        [&](db::Tx& tx) { return registry::list_households(tx, auth::Scope::whole_country(), listing); }));
    out.emplace();
    for (const auto& one : found.items) out->push_back({one.household, one.village});
    return out;
}

/// Every household, or those named, of the job's county, on the job's day, with the rule set
/// that holds on it. `cause` is "all", or "import:3", "household:41" after the register has
/// changed, "feed_row:7" after somebody has said whom a row means.
Result<std::string> run(jobs::JobContext& job) {
    const auto& context = job.context();
    const Json payload = Json::parse(job.payload());
    const auto cause = payload.value("cause", "all");
    const auto rules =
        TRY(screening::Rules::load(job.area(), civil_date(job.now()), TRY(context.packs.now())));
    screening::Order order{job.area(), TRY(wanted(context, payload)), cause};
    if (payload.contains("areas"))
        for (const auto& area : payload.at("areas"))
            order.within.push_back(TRY(AreaCode::parse(area.get<std::string>())));
    // Who imports a register need not have the right to screen at will.
    const auto actor = cause == "all" || !order.within.empty() ? job.actor() : auth::system_actor("registry");
    auto done = screening::screen(context.database, context.vault, actor, rules, order, job.now(),
                                  [&](std::int64_t so_far, std::int64_t all) {
                                      job.progress(so_far, all, "households", "screening.stage");
                                      return !job.stopping();
                                  });
    if (!done && done.error().id == "screening.stopped") return jobs::JobContext::stopped();
    if (!done) return std::move(done).error();
    TRY(context.database.write(
        [&](db::Tx& tx) { return screening::note_end(tx, done->id, context.clock.now()); }));
    return Json{{"run", std::to_string(done->id.number())},
                {"households", std::to_string(done->households)},
                {"raised", std::to_string(done->raised)}}
        .dump();
}

}  // namespace

void add_screening_jobs(jobs::Kinds& kinds) { kinds.emplace("screening.run", run); }

}  // namespace ballast::app
