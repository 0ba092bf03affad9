#include "jobs/jobs.h"

#include <array>
#include <nlohmann/json.hpp>

#include "jobs/stored_error.h"

namespace ballast::jobs {
namespace {

constexpr std::array<std::string_view, 5> state_names{"queued", "running", "done", "failed", "stopped"};

State state_named(std::string_view name) {
    for (std::size_t i = 0; i < state_names.size(); ++i)
        if (state_names[i] == name) return static_cast<State>(i);
    INVARIANT(false);
    return {};
}

Job job_from(const db::Row& row) {
    Job job;
    job.id = row.id<JobId>(0);
    job.kind = row.text(1);
    job.state = state_named(row.text(2));
    job.stage = row.text(3);
    job.unit = row.text(4);
    job.done = row.integer(5);
    job.total = row.integer(6);
    job.result = row.text(7);
    if (!row.null(8)) job.error = error_from(row.text(8));
    job.account = row.text(9);
    job.area = row.area(10);
    job.can_stop = row.truth(11);
    job.stop_wanted = row.truth(12);
    return job;
}

bool may_see(const auth::Actor& actor, const Job& job) {
    return actor.account == job.account || actor.scope(auth::Right::users_manage).contains(job.area);
}

}  // namespace

std::string_view name_of(State state) { return state_names[static_cast<std::size_t>(state)]; }

std::string stored(const Error& error) {
    nlohmann::json args = nlohmann::json::array();
    for (const auto& [name, value] : error.args) args.push_back({name, value});
    const nlohmann::json json{{"kind", static_cast<int>(error.kind)}, {"id", error.id}, {"args", args}};
    return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

Error error_from(std::string_view text) {
    const auto json = nlohmann::json::parse(text);
    Error error;
    error.kind = static_cast<ErrorKind>(json.at("kind").get<int>());
    error.id = json.at("id").get<std::string>();
    for (const auto& pair : json.at("args"))
        error.args.emplace_back(pair.at(0).get<std::string>(), pair.at(1).get<std::string>());
    return error;
}

Result<JobId> enqueue(db::Tx& tx, const Order& order, const auth::Actor& actor, Instant now) {
    const bool can_stop = order.stop == Order::Stop::possible;
    return JobId(TRY(tx.number(
        "INSERT INTO jobs_job (kind, state, payload, account, area, can_stop, created_at, not_before) "
        "VALUES (?, 'queued', ?, ?, ?, ?, ?, ?) RETURNING id",
        {order.kind, order.payload, actor.account, order.area, can_stop, now.ms, now.ms})));
}

Result<Job> load(db::Tx& tx, const auth::Actor& actor, JobId id) {
    auto job =
        TRY(tx.first("SELECT id, kind, state, stage, unit, done, total, result, error, account, area, "
                     "can_stop, stop_wanted FROM jobs_job WHERE id = ?",
                     {id}, job_from));
    if (!job || !may_see(actor, *job)) return not_found("jobs.no_such_job");
    return std::move(*job);
}

Result<Job> stop(db::Tx& tx, const auth::Actor& actor, JobId id, Instant now) {
    const Job job = TRY(load(tx, actor, id));
    if (job.state != State::queued && job.state != State::running) return conflict("jobs.over");
    if (job.state == State::running && !job.can_stop) return conflict("jobs.cannot_stop");
    TRY(tx.exec("UPDATE jobs_job SET stop_wanted = 1 WHERE id = ?", id));
    // One that a runner takes at this very moment keeps the wish and sees it at its first safe point.
    TRY(tx.exec("UPDATE jobs_job SET state = 'stopped', ended_at = ? WHERE id = ? AND state = 'queued'",
                now.ms, id));
    return load(tx, actor, id);
}

}  // namespace ballast::jobs
