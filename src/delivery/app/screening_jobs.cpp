#include <nlohmann/json.hpp>

#include "app/kinds.h"
#include "screening/screening.h"

namespace ballast::app {
namespace {

using Json = nlohmann::json;

/// Every household of the job's county, on the job's day, with the operator's pack in DIR/packs before the
/// shipped one. `cause` is "all", or "import:3" after the register has changed.
Result<std::string> run(jobs::JobContext& job) {
    const auto& context = job.context();
    const auto cause = Json::parse(job.payload()).value("cause", "all");
    const auto rules =
        TRY(screening::Rules::load(job.area(), civil_date(job.now()), context.paths.root + "/packs"));
    // Who imports a register need not have the right to screen at will.
    const auto actor = cause == "all" ? job.actor() : auth::system_actor("registry");
    auto done = screening::screen(context.database, context.vault, actor, rules, {job.area(), {}, cause},
                                  job.now(), [&](std::int64_t so_far, std::int64_t all) {
                                      job.progress(so_far, all, "households", "screening.stage");
                                      return !job.stopping();
                                  });
    if (!done && done.error().id == "screening.stopped") return jobs::JobContext::stopped();
    if (!done) return std::move(done).error();
    return Json{{"run", std::to_string(done->id.number())},
                {"households", std::to_string(done->households)},
                {"raised", std::to_string(done->raised)}}
        .dump();
}

}  // namespace

void add_screening_jobs(jobs::Kinds& kinds) { kinds.emplace("screening.run", run); }

}  // namespace ballast::app
