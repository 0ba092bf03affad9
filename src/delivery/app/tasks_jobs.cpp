#include <nlohmann/json.hpp>

#include "app/kinds.h"
#include "tasks/task_file.h"

namespace ballast::app {
namespace {

/// Tells the levels above of tasks that are late.
Result<std::string> run(jobs::JobContext& job) {
    const auto& context = job.context();
    const auto today = civil_date(job.now());
    const auto terms = TRY(tasks::terms_on(TRY(context.packs.now()), context.settings.area, today));
    const tasks::Desk desk{context.vault, context.division, job.actor(), today, job.now()};
    const auto told = TRY(context.database.write(
        [&](db::Tx& tx) { return tasks::escalate(tx, desk, context.settings.area, terms.patience); }));
    return nlohmann::json{{"told", told}}.dump();
}

}  // namespace

void add_tasks_jobs(jobs::Kinds& kinds) { kinds.emplace("tasks.escalate", run); }

}  // namespace ballast::app
