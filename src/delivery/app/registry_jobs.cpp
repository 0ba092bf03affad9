#include <filesystem>
#include <nlohmann/json.hpp>

#include "app/kinds.h"
#include "feeds/follow.h"
#include "registry/import.h"

namespace ballast::app {
namespace {

using Json = nlohmann::json;

std::string_view stage_of(registry::Progress::Step step) {
    switch (step) {
        case registry::Progress::Step::reading:
            return "registry.stage.reading";
        case registry::Progress::Step::judging:
            return "registry.stage.judging";
        case registry::Progress::Step::publishing:
            return "registry.stage.publishing";
    }
    return "";
}

registry::ImportId import_of(const Json& payload) {
    return registry::ImportId(payload.at("import").get<std::int64_t>());
}

std::string result_of(registry::ImportId id) { return Json{{"import", std::to_string(id.number())}}.dump(); }

/// The files lie in the spool under names of our own; what their sender called them is sealed with the
/// import.
Result<std::string> read(jobs::JobContext& job) {
    const Json payload = Json::parse(job.payload());
    const auto& context = job.context();
    const auto id = import_of(payload);
    std::vector<registry::File> files;
    for (const auto& path : payload.at("files"))
        files.push_back({path.get<std::string>(), std::to_string(files.size() + 1)});
    const auto import = TRY(
        context.database.read([&](db::Tx& tx) { return find_import(tx, context.vault, job.actor(), id); }));
    if (files.size() == 1) files.front().name = import.name;

    constexpr std::int64_t whole = 1'000;  // parts of a step
    auto done = registry::read(context.database, context.vault, job.actor(), id, files, context.clock.today(),
                               job.now(), [&](const registry::Progress& progress) {
                                   job.progress(static_cast<std::int64_t>(progress.done * whole), whole,
                                                "rows", stage_of(progress.step));
                               });
    if (!done && done.error().kind == ErrorKind::unavailable) return std::move(done).error();  // tried again
    for (const auto& file : files) {
        std::error_code ignored;  // an upload that is gone already is what we want
        std::filesystem::remove(file.path, ignored);
    }
    if (!done) return std::move(done).error();
    return result_of(id);
}

/// Publishes, then orders the screening of the county. Begun again after a kill between the two it finds the
/// import applied, and what is left is to order: the job stays promised until both are done.
Result<std::string> apply(jobs::JobContext& job) {
    const auto& context = job.context();
    const auto id = import_of(Json::parse(job.payload()));
    job.progress(0, 0, "rows", stage_of(registry::Progress::Step::publishing));
    const auto import = TRY(
        context.database.read([&](db::Tx& tx) { return find_import(tx, context.vault, job.actor(), id); }));
    if (import.state != "applied")
        TRY(registry::apply(context.database, context.vault, job.actor(), id, job.now(), feeds::follow));
    const jobs::Order screening{"screening.run",
                                Json{{"cause", "import:" + std::to_string(id.number())}}.dump(), job.area(),
                                jobs::Order::Stop::possible};
    TRY(context.database.write(
        [&](db::Tx& tx) { return jobs::enqueue(tx, screening, job.actor(), job.now()); }));
    return result_of(id);
}

}  // namespace

void add_registry_jobs(jobs::Kinds& kinds) {
    kinds.emplace("registry.read", read);
    kinds.emplace("registry.apply", apply);
}

}  // namespace ballast::app
