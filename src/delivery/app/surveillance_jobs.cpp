#include <nlohmann/json.hpp>

#include "app/kinds.h"
#include "surveillance/run.h"

namespace ballast::app {
namespace {

/// Evaluates R33 to R35 for every county of the job's area.
Result<std::string> run(jobs::JobContext& job) {
    const auto& context = job.context();
    const auto today = civil_date(job.now());
    const surveillance::Desk desk{context.vault, context.division, job.actor(), today, job.now()};
    surveillance::Ran sum;
    for (const auto county : TRY(context.database.read([&](db::Tx& tx) { return surveillance::counties(tx, job.area()); }))) {
        const auto limits = TRY(surveillance::limits_on(context.paths.root + "/packs", county, today));
        const auto ran = TRY(surveillance::run(context.database, desk, county, limits));
        sum.raised += ran.raised;
        sum.joined += ran.joined;
        sum.lapsed += ran.lapsed;
    }
    return nlohmann::json{{"raised", std::to_string(sum.raised)},
                          {"joined", std::to_string(sum.joined)},
                          {"lapsed", std::to_string(sum.lapsed)}}
        .dump();
}

}  // namespace

void add_surveillance_jobs(jobs::Kinds& kinds) { kinds.emplace("surveillance.run", run); }

}  // namespace ballast::app
