#include <nlohmann/json.hpp>

#include "app/kinds.h"
#include "indicators/counting.h"
#include "indicators/findings.h"

namespace ballast::app {
namespace {

/// Counts what the platform counts itself and holds the month's figures against each other, so that boards have only to read.
Result<std::string> run(jobs::JobContext& job) {
    const auto& context = job.context();
    const auto catalogue = indicators::catalogue(context.paths.root + "/packs");
    const auto today = civil_date(job.now());
    const indicators::Desk desk{context.vault, context.division,      job.actor(), *catalogue,
                                context.settings.area, today, job.now()};
    const auto counted = TRY(context.database.write([&](db::Tx& tx) -> Result<std::int64_t> {
        const auto n = TRY(indicators::count_all(tx, desk));
        TRY(indicators::check_figures(tx, desk, desk.top, today));
        return n;
    }));
    return nlohmann::json{{"counted", counted}}.dump();
}

}  // namespace

void add_indicators_jobs(jobs::Kinds& kinds) { kinds.emplace("indicators.count", run); }

}  // namespace ballast::app
