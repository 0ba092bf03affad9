#include "api/json.h"
#include "api/routes.h"
#include "http/service.h"
#include "jobs/jobs.h"

namespace ballast::api {
namespace {

Json to_json(const jobs::Job& job, words::Language language) {
    Json json{{"id", std::to_string(job.id.number())},
              {"kind", job.kind},
              {"state", jobs::name_of(job.state)},
              {"stage", job.stage},
              {"done", job.done},
              {"total", job.total}};
    if (!job.unit.empty()) json["unit"] = job.unit;
    json["can_stop"] = job.can_stop && !job.stop_wanted;
    const auto result = Json::parse(job.result, nullptr, /*allow_exceptions=*/false);
    json["result"] = result.is_object() ? result : Json::object();
    if (job.error)
        json["error"] = Json::parse(http::error_json(*job.error, words::say(*job.error, language),
                                                     "J" + std::to_string(job.id.number())));
    return json;
}

Result<Reply> one(Call& call, db::Tx& tx) {
    const auto id = TRY(call.path<jobs::JobId>("id"));
    const auto job = TRY(jobs::load(tx, call.actor(), id));
    return ok(to_json(job, call.language()));
}

Result<Reply> stop(Call& call, db::Tx& tx) {
    const auto id = TRY(call.path<jobs::JobId>("id"));
    const auto job = TRY(jobs::stop(tx, call.actor(), id, call.now()));
    return ok(to_json(job, call.language()));
}

Result<Reply> events(Call& call) {
    const auto id = TRY(call.path<jobs::JobId>("id"));
    const auto look = [&database = call.database(), actor = call.actor(), id] {
        return database.read([&](db::Tx& tx) { return jobs::load(tx, actor, id); });
    };
    TRY(look());  // refused now rather than in the stream
    Reply reply;
    reply.events = std::make_shared<http::EventSource>();
    reply.events->next = [look, language = call.language(),
                          last = std::string()]() mutable -> Result<std::optional<http::EventSource::Event>> {
        using Event = http::EventSource::Event;
        const auto job = TRY(look());
        const bool over = job.state != jobs::State::queued && job.state != jobs::State::running;
        std::string now = to_json(job, language).dump(-1, ' ', false, Json::error_handler_t::replace);
        if (now == last && !over) return std::optional<Event>();
        last = now;
        return std::optional(Event{"job", std::move(now), over});
    };
    return reply;
}

constexpr std::array table{
    Route{get, "/api/jobs/{id}", Right::signed_in, one},
    Route{get, "/api/jobs/{id}/events", Right::signed_in, events},
    Route{post, "/api/jobs/{id}/stop", Right::signed_in, stop},
};

}  // namespace

const Routes jobs_routes = table;

}  // namespace ballast::api
