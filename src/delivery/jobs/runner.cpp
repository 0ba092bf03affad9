#include <unistd.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <set>
#include <thread>

#include "context/log.h"
#include "jobs/jobs.h"
#include "jobs/nightly.h"
#include "jobs/stored_error.h"

namespace ballast::jobs {
namespace {

using namespace std::chrono_literals;

constexpr std::int64_t most_tries = 5;
// A runner that was not heard of for this long is taken for dead by the others.
constexpr std::int64_t lease_ms = 60'000;
// So often a runner looks whether a night's work is due.
constexpr std::int64_t look_ms = 60'000;

struct Taken {
    JobId id;
    std::string kind, payload, account;
    AreaCode area;
    std::int64_t tries;
    bool stop_wanted;
};

/// A data directory has one server at a time (its lock), so this names the process to its successor.
std::string owner_name(const delivery::Context& context) {
    char host[256] = "";
    ::gethostname(host, sizeof host - 1);
    return std::string(host) + ":" + context.paths.root;
}

Result<std::int64_t> put_back(db::Tx& tx, const std::string& owner, Instant now) {
    // A job that brings the process down each time must not do so for ever.
    const Error gave_up = corrupt("jobs.gave_up");
    TRY(
        tx.exec("UPDATE jobs_job SET state = 'failed', error = ?, ended_at = ? "
                "WHERE state = 'running' AND (owner = ? OR beat < ?) AND tries >= ?",
                stored(gave_up), now.ms, owner, now.ms - lease_ms, most_tries));
    return tx.exec(
        "UPDATE jobs_job SET state = 'queued', owner = '' "
        "WHERE state = 'running' AND (owner = ? OR beat < ?)",
        owner, now.ms - lease_ms);
}

Result<std::optional<Taken>> take(db::Tx& tx, const std::string& owner, Instant now) {
    // On SQLite the writer's lock keeps a second runner out; on PostgreSQL it passes over rows that
    // another is taking.
    const std::string lock = tx.engine() == db::Engine::postgresql ? " FOR UPDATE SKIP LOCKED" : "";
    return tx.first(
        "UPDATE jobs_job SET state = 'running', tries = tries + 1, owner = ?, beat = ? WHERE id = ("
        "SELECT id FROM jobs_job WHERE state = 'queued' AND not_before <= ? ORDER BY id LIMIT 1" +
            lock + ") RETURNING id, kind, payload, account, area, tries, stop_wanted",
        {owner, now.ms, now.ms}, [](const db::Row& row) {
            return Taken{row.id<JobId>(0),
                         std::string(row.text(1)),
                         std::string(row.text(2)),
                         std::string(row.text(3)),
                         row.area(4),
                         row.integer(5),
                         row.truth(6)};
        });
}

/// The account's rights as they are now; the system's own jobs keep the system's.
Result<auth::Actor> actor_of(db::Tx& tx, const std::string& account) {
    constexpr std::string_view system = "system:";
    if (account.starts_with(system)) return auth::system_actor(account.substr(system.size()));
    for (auto& user : TRY(auth::list_users(tx, auth::system_actor("jobs"))))
        if (user.account == account && user.active)
            return auth::Actor{user.id, user.account, user.name, std::move(user.grants)};
    return forbidden("jobs.account_closed");
}

class Doing final : public JobContext {
public:
    Doing(const delivery::Context& context, Taken taken, auth::Actor actor, const std::atomic<bool>& closing)
        : context_(context),
          taken_(std::move(taken)),
          actor_(std::move(actor)),
          closing_(closing),
          stop_(taken_.stop_wanted) {}

    const delivery::Context& context() const override { return context_; }
    const auth::Actor& actor() const override { return actor_; }
    JobId id() const override { return taken_.id; }
    const std::string& payload() const override { return taken_.payload; }
    AreaCode area() const override { return taken_.area; }
    bool stopping() const override { return stop_ || closing_; }

    void progress(std::int64_t done, std::int64_t total, std::string_view unit,
                  std::string_view stage) override {
        const std::scoped_lock hold(mutex_);
        done_ = done;
        total_ = total;
        if (unit_ != unit) unit_ = unit;
        if (stage_ != stage) stage_ = stage;
        news_ = true;
    }

    /// Writes what is new, tells that we live, and learns whether to stop.
    Result<void> beat() {
        std::int64_t done, total;
        std::string unit, stage;
        {
            const std::scoped_lock hold(mutex_);
            done = done_, total = total_, unit = unit_, stage = stage_;
            news_ = false;
        }
        return context_.database.write([&](db::Tx& tx) -> Result<void> {
            const auto wanted =
                TRY(tx.first("UPDATE jobs_job SET done = ?, total = ?, unit = ?, stage = ?, beat = ? "
                             "WHERE id = ? AND state = 'running' RETURNING stop_wanted",
                             {done, total, unit, stage, context_.clock.now().ms, taken_.id},
                             [](const db::Row& row) { return row.truth(0); }));
            if (wanted && *wanted) stop_ = true;
            return {};
        });
    }
    bool news() const {
        const std::scoped_lock hold(mutex_);
        return news_;
    }
    bool asked_to_stop() const { return stop_; }

private:
    const delivery::Context& context_;
    const Taken taken_;
    const auth::Actor actor_;
    const std::atomic<bool>& closing_;
    std::atomic<bool> stop_;
    mutable std::mutex mutex_;
    std::int64_t done_ = 0, total_ = 0;
    std::string unit_, stage_;
    bool news_ = false;
};

/// Beats about once a second on its own thread while the work goes on. A busy database only delays it.
class Heart {
public:
    explicit Heart(Doing& work)
        : thread_([this, &work] {
              std::unique_lock hold(mutex_);
              for (int quiet = 0; !wake_.wait_for(hold, 500ms, [this] { return over_; }); ++quiet) {
                  if (!work.news() && quiet < 4) continue;
                  quiet = 0;
                  hold.unlock();
                  if (const auto told = work.beat(); !told)
                      delivery::log_info("job " + std::to_string(work.id().number()) +
                                         ": progress not written: " + told.error().id);
                  hold.lock();
              }
          }) {}
    ~Heart() {
        {
            const std::scoped_lock hold(mutex_);
            over_ = true;
        }
        wake_.notify_all();
        thread_.join();
    }

private:
    std::mutex mutex_;
    std::condition_variable wake_;
    bool over_ = false;
    std::thread thread_;  // last: it uses the others
};

/// Writes how the job ended. The work is done and cannot be undone, so a busy database is waited for.
void settle(const delivery::Context& context, const std::string& what,
            const std::function<Result<std::int64_t>(db::Tx&)>& write, const std::atomic<bool>& closing) {
    for (int n = 0;; ++n) {
        const auto written = context.database.write(write);
        if (written) return;
        delivery::log_error("job " + what + ": its end is not written: " + written.error().id);
        // Closing: the next start finds it running, puts it back, and the handler begins again.
        if (written.error().kind != ErrorKind::unavailable || (closing && n > 2)) return;
        std::this_thread::sleep_for(1s);
    }
}

void finish(const delivery::Context& context, const Taken& taken, const Doing* work,
            const Result<std::string>& outcome, const std::atomic<bool>& closing) {
    const std::string what = std::to_string(taken.id.number());
    const Instant now = context.clock.now();
    settle(
        context, what,
        [&](db::Tx& tx) -> Result<std::int64_t> {
            if (outcome)
                return tx.exec(
                    "UPDATE jobs_job SET state = 'done', result = ?, ended_at = ?, "
                    "done = CASE WHEN total > 0 THEN total ELSE done END WHERE id = ?",
                    *outcome, now.ms, taken.id);
            const Error& error = outcome.error();
            if (error.id == "jobs.stopped" && work && !work->asked_to_stop())  // the server closes
                return tx.exec(
                    "UPDATE jobs_job SET state = 'queued', owner = '', tries = tries - 1 WHERE id = ?",
                    taken.id);
            if (error.id == "jobs.stopped")
                return tx.exec("UPDATE jobs_job SET state = 'stopped', ended_at = ? WHERE id = ?", now.ms,
                               taken.id);
            if (error.kind == ErrorKind::unavailable && taken.tries < most_tries) {
                const std::int64_t wait_ms = 2'000LL << (2 * taken.tries);
                return tx.exec(
                    "UPDATE jobs_job SET state = 'queued', owner = '', not_before = ? WHERE id = ?",
                    now.ms + wait_ms, taken.id);
            }
            return tx.exec("UPDATE jobs_job SET state = 'failed', error = ?, ended_at = ? WHERE id = ?",
                           stored(error), now.ms, taken.id);
        },
        closing);
    delivery::log_info("job " + what + " " + taken.kind + ": " +
                       (outcome ? "done" : outcome.error().id + " " + outcome.error().detail));
}

void perform(const delivery::Context& context, const Kinds& kinds, const Taken& taken,
             const std::atomic<bool>& closing) {
    const auto kind = kinds.find(taken.kind);
    if (kind == kinds.end())
        return finish(context, taken, nullptr, corrupt("jobs.unknown_kind").with("kind", taken.kind),
                      closing);
    auto actor = context.database.read([&](db::Tx& tx) { return actor_of(tx, taken.account); });
    if (!actor) return finish(context, taken, nullptr, actor.error(), closing);
    Doing work(context, taken, std::move(*actor), closing);
    Result<std::string> outcome = corrupt("jobs.broken");
    try {
        const Heart heart(work);
        outcome = kind->second(work);
    } catch (const std::exception& bug) {
        outcome = corrupt("jobs.broken", bug.what());
    }
    // The last counts, so that a bar does not end at 97 %.
    if (const auto told = work.beat(); !told)
        delivery::log_info("job progress not written: " + told.error().id);
    finish(context, taken, &work, outcome, closing);
}

Result<std::optional<Taken>> next(const delivery::Context& context, const std::string& owner) {
    const Instant now = context.clock.now();
    // Looked for by a reader first: an idle server takes no writer's lock.
    const bool waiting = TRY(context.database.read([&](db::Tx& tx) {
                             return tx.number(
                                 "SELECT COUNT(*) FROM (SELECT id FROM jobs_job WHERE state = 'queued' AND "
                                 "not_before <= ? LIMIT 1) AS one",
                                 {now.ms});
                         })) > 0;
    if (!waiting) return std::optional<Taken>();
    return context.database.write([&](db::Tx& tx) { return take(tx, owner, now); });
}

class Running final : public Runner {
public:
    Running(const delivery::Context& context, Kinds kinds, Nightly nightly)
        : context_(context),
          kinds_(std::move(kinds)),
          nightly_(std::move(nightly)),
          owner_(owner_name(context)) {}

    Result<void> begin(int threads) {
        const auto back = TRY(
            context_.database.write([&](db::Tx& tx) { return put_back(tx, owner_, context_.clock.now()); }));
        if (back > 0) delivery::log_info(std::to_string(back) + " unfinished jobs are put back");
        for (int i = 0; i < threads; ++i) threads_.emplace_back([this] { loop(); });
        return {};
    }

    ~Running() override {
        {
            const std::scoped_lock hold(mutex_);
            closing_ = true;
        }
        wake_.notify_all();
        for (auto& thread : threads_) thread.join();
    }

private:
    void loop() {
        std::string trouble;
        for (int round = 0; !closing_; ++round) {
            // Jobs of servers that died elsewhere (PostgreSQL) come back about once a minute.
            if (round % 300 == 299 && context_.database.engine() == db::Engine::postgresql)
                note(trouble, context_.database.write(
                                  [&](db::Tx& tx) { return put_back(tx, "", context_.clock.now()); }));
            note(trouble, look_at_the_clock());
            auto taken = next(context_, owner_);
            note(trouble, taken);
            if (taken && *taken) {
                perform(context_, kinds_, **taken, closing_);
                continue;
            }
            std::unique_lock hold(mutex_);
            wake_.wait_for(hold, 200ms, [this] { return closing_.load(); });
        }
    }

    Result<void> look_at_the_clock() {
        const Instant now = context_.clock.now();
        if (nightly_.empty()) return {};
        {
            const std::scoped_lock hold(mutex_);
            if (now.ms - looked_.ms < look_ms) return {};
            looked_ = now;
        }
        const AreaCode area = context_.settings.area;
        for (const auto& kind : nightly_)
            if (TRY(context_.database.read([&](db::Tx& tx) { return nightly_due(tx, kind, area, now); })))
                TRY(context_.database.write(
                    [&](db::Tx& tx) { return promise_nightly(tx, kind, area, now); }));
        return {};
    }

    /// Says a lasting trouble once, not five times a second.
    template <class T>
    static void note(std::string& last, const Result<T>& result) {
        const std::string now = result ? "" : result.error().id;
        if (!now.empty() && now != last) delivery::log_error("jobs: " + now + " " + result.error().detail);
        last = now;
    }

    const delivery::Context& context_;
    const Kinds kinds_;
    const Nightly nightly_;
    const std::string owner_;
    std::mutex mutex_;
    Instant looked_;
    std::condition_variable wake_;
    std::atomic<bool> closing_{false};
    std::vector<std::thread> threads_;
};

}  // namespace

Result<std::unique_ptr<Runner>> Runner::start(const delivery::Context& context, Kinds kinds,
                                              std::vector<std::string> nightly, int threads) {
    auto runner = std::make_unique<Running>(context, std::move(kinds), std::move(nightly));
    TRY(runner->begin(threads));
    return std::unique_ptr<Runner>(std::move(runner));
}

Result<bool> run_one(const delivery::Context& context, const Kinds& kinds) {
    static const std::atomic<bool> never{false};
    const auto taken = TRY(next(context, owner_name(context) + ":" + std::to_string(::getpid())));
    if (taken) perform(context, kinds, *taken, never);
    return taken.has_value();
}

}  // namespace ballast::jobs
