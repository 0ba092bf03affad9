#include <filesystem>
#include <nlohmann/json.hpp>

#include "app/kinds.h"
#include "app/screen_batch.h"
#include "feeds/feeds.h"

namespace ballast::app {
namespace {

using Json = nlohmann::json;

/// Reads, links and applies one uploaded file, screens the households that it touches, then removes it: every
/// row of it is kept sealed, and a refused file is with its sender. A file that is no longer there (the
/// server was killed) is refused as feeds.cannot_read.
Result<std::string> receive(jobs::JobContext& job) {
    const Json order = Json::parse(job.payload());
    const auto& context = job.context();
    const auto name = order.at("name").get<crypto::Bytes>();
    const feeds::Upload upload{order.at("path"),   TRY(context.vault.open("feeds.upload_name", name)),
                               job.area(),         order.at("feed"),
                               order.at("period"), job.id().number()};
    job.progress(0, 0, "bytes", "feeds.stage.reading");
    const auto county = auth::Scope({job.area()});
    const auto reg =
        TRY(context.database.read([&](db::Tx& tx) { return feeds::load_register(tx, county, job.area()); }));

    std::error_code ignored;  // of a size that is only shown, and of a file that is gone already
    const auto bytes = static_cast<std::int64_t>(std::filesystem::file_size(upload.path, ignored));
    auto batch = feeds::receive(
        context.database, context.vault, job.actor(), upload, reg, job.now(), [&](double share) {
            job.progress(static_cast<std::int64_t>(share * static_cast<double>(bytes)), bytes, "bytes",
                         "feeds.stage.reading");
            return !job.stopping();
        });
    if (!batch && batch.error().kind == ErrorKind::unavailable)
        return std::move(batch).error();  // tried again
    std::int64_t warnings = 0;
    // A job that begins again after its file was applied finds it received already: what was left to do is to
    // screen.
    const auto applied = !batch                                         ? std::nullopt
                         : batch->state == feeds::Batch::State::applied ? std::optional(batch->id)
                                                                        : batch->same_as;
    if (applied) {
        auto run = screen_batch(context, job.area(), *applied, [&](std::int64_t done, std::int64_t total) {
            job.progress(done, total, "households", "feeds.stage.screening");
            return !job.stopping();
        });
        if (!run) return std::move(run).error();
        warnings = run->raised;
    }
    std::filesystem::remove(upload.path, ignored);
    if (!batch) return std::move(batch).error();
    if (batch->error && batch->error->id == "feeds.stopped") return jobs::JobContext::stopped();
    return Json{{"batch", std::to_string(batch->id.number())}, {"warnings", std::to_string(warnings)}}.dump();
}

}  // namespace

void add_feeds_jobs(jobs::Kinds& kinds) { kinds.emplace("feeds.receive", receive); }

}  // namespace ballast::app
