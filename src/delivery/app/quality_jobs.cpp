#include <nlohmann/json.hpp>

#include "app/kinds.h"
#include "casework/quality.h"

namespace ballast::app {
namespace {

using Json = nlohmann::json;

Result<std::string> run(jobs::JobContext& job) {
    const auto& context = job.context();
    auto done = casework::examine_county(context.database, context.vault, context.division, job.actor(),
                                         TRY(context.packs.now()), job.area(), job.now(),
                                         [&](std::int64_t so_far) {
                                             job.progress(so_far, so_far, "households", "quality.stage");
                                             return !job.stopping();
                                         });
    if (!done && done.error().id == "quality.stopped") return jobs::JobContext::stopped();
    if (!done) return std::move(done).error();
    return Json{{"run", std::to_string(done->id)}, {"open", std::to_string(done->open)}}.dump();
}

}  // namespace

void add_quality_jobs(jobs::Kinds& kinds) { kinds.emplace("quality.run", run); }

}  // namespace ballast::app
