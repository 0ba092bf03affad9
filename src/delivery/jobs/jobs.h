/// Long work that outlives a request and a crash: a row in the database from the moment it is promised.
///
/// A job is enqueued in the transaction of the change that wants it, so there is no job without the change
/// and no change without the job. A runner takes it, one after the other in order of promise. When the
/// process dies, the next start puts what it was doing back into the queue; a handler must therefore be
/// able to begin again after any of its own transactions.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "auth/auth.h"
#include "base/id.h"
#include "context/context.h"

namespace ballast::jobs {

struct JobTag;
using JobId = Id<JobTag>;

enum class State : std::uint8_t { queued, running, done, failed, stopped };
std::string_view name_of(State state);

struct Job {
    JobId id;
    std::string kind;
    State state = State::queued;
    std::string stage;  // a word id
    std::string unit;   // "rows", "bytes", "households"
    std::int64_t done = 0, total = 0;
    std::string result;  // JSON object of strings
    std::optional<Error> error;
    std::string account;
    AreaCode area;
    bool can_stop = false;
    bool stop_wanted = false;
};

/// What is to be done. `payload` is JSON without personal data.
struct Order {
    std::string kind;
    std::string payload;
    AreaCode area;
    enum class Stop : std::uint8_t { never, possible } stop = Stop::never;
};
/// The job acts for `actor`, with the rights that the account has when it runs.
Result<JobId> enqueue(db::Tx& tx, const Order& order, const auth::Actor& actor, Instant now);
/// Only the account that asked for it, or one whose rights reach the job's area through `users_manage`, sees
/// a job; to others: not_found "jobs.no_such_job".
Result<Job> load(db::Tx& tx, const auth::Actor& actor, JobId id);
/// Asks it to stop: a waiting one at once, a running one at its next safe point. conflict "jobs.over",
/// "jobs.cannot_stop" for a running one that was not ordered so.
Result<Job> stop(db::Tx& tx, const auth::Actor& actor, JobId id, Instant now);

/// What a handler is given.
class JobContext {
public:
    virtual ~JobContext() = default;
    virtual const delivery::Context& context() const = 0;
    virtual const auth::Actor& actor() const = 0;
    virtual JobId id() const = 0;
    virtual const std::string& payload() const = 0;
    virtual AreaCode area() const = 0;
    Instant now() const { return context().clock.now(); }
    /// Cheap; may be called for every row. Written to the database about once a second by another thread,
    /// so it may be called inside a transaction too. `stage` is a word id.
    virtual void progress(std::int64_t done, std::int64_t total, std::string_view unit,
                          std::string_view stage) = 0;
    /// True when somebody asked it to stop, or the server is closing. A handler that may be stopped asks
    /// between two transactions and returns `stopped()`.
    virtual bool stopping() const = 0;
    static Error stopped() { return conflict("jobs.stopped"); }
};

/// By kind, what does the work. It answers with the result, a JSON object of strings without personal data
/// ("{}" when there is nothing to say). An `unavailable` error is tried again, later and later, five times.
using Work = std::function<Result<std::string>(JobContext&)>;
using Kinds = std::map<std::string, Work, std::less<>>;

class Runner {
public:
    /// Puts back what this installation's last process left running, then begins. `threads` of them.
    /// `nightly`: kinds that it promises itself, once a night (nightly.h).
    static Result<std::unique_ptr<Runner>> start(const delivery::Context& context, Kinds kinds,
                                                 std::vector<std::string> nightly = {}, int threads = 1);
    /// Asks running jobs to stop and waits for them; they go back into the queue.
    virtual ~Runner() = default;
};

/// Does one waiting job here and now, as a Runner's thread would; false when there was none. For commands
/// that need no server, and for tests.
Result<bool> run_one(const delivery::Context& context, const Kinds& kinds);

}  // namespace ballast::jobs
