#include "jobs/jobs.h"

#include <gmock/gmock.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <thread>

#include "context/log.h"
#include "db_testing/testing.h"
#include "jobs/nightly.h"

namespace ballast::jobs {
namespace {

using namespace std::chrono_literals;

class Jobs : public db_testing::OnBothEngines {
protected:
    void SetUp() override {
        OnBothEngines::SetUp();
        delivery::log_only(delivery::LogLevel::nothing);
        paths_.root = "/county";
        packs_.emplace(database(), *vault_, county_, "", clock_);
    }
    delivery::Context context() {
        return {database(), *vault_, areas::Division::shipped(), clock_, settings_, paths_, *packs_};
    }
    JobId enqueue(const std::string& kind, Order::Stop stop = Order::Stop::never) {
        const auto id = database().write([&](db::Tx& tx) {
            return jobs::enqueue(tx, {kind, "{\"n\":1}", county_, stop}, actor_, clock_.now());
        });
        EXPECT_TRUE(id);
        return *id;
    }
    Job job(JobId id) {
        auto loaded = database().read([&](db::Tx& tx) { return load(tx, actor_, id); });
        EXPECT_TRUE(loaded);
        return *loaded;
    }
    bool becomes(JobId id, State state) {
        for (int i = 0; i < 400; ++i, std::this_thread::sleep_for(25ms))
            if (job(id).state == state) return true;
        return false;
    }

    std::unique_ptr<crypto::Vault> vault_ = crypto::test_vault("jobs");
    FixedClock clock_{*Date::from(2025, 3, 3)};
    delivery::Settings settings_;
    delivery::Paths paths_;
    std::optional<delivery::PackShelf> packs_;
    const auth::Actor actor_ = auth::system_actor("test");
    const AreaCode county_ = *AreaCode::from_number(513431000000);
};
ON_BOTH_ENGINES(Jobs);

TEST_P(Jobs, AreDoneInOrderOfPromiseAndTellTheirResult) {
    const auto here = context();
    const auto first = enqueue("count"), second = enqueue("count");
    const Kinds kinds{{"count", [](JobContext& work) -> Result<std::string> {
                           work.progress(7, 10, "rows", "jobs.stage.counting");
                           return "{\"payload\":\"" + std::to_string(work.payload().size()) + "\"}";
                       }}};
    EXPECT_EQ(*run_one(here, kinds), true);
    EXPECT_EQ(job(second).state, State::queued);
    const auto done = job(first);
    EXPECT_EQ(done.state, State::done);
    EXPECT_EQ(done.result, "{\"payload\":\"7\"}");
    EXPECT_EQ(done.total, 10);
    EXPECT_EQ(done.unit, "rows");
    EXPECT_EQ(*run_one(here, kinds), true);
    EXPECT_EQ(*run_one(here, kinds), false);
}

TEST_P(Jobs, ThatWereUnderWayWhenTheProcessDiedAreDoneAgain) {
    const auto id = enqueue("heavy");
    fresh().close();
    const auto child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
        fresh().reopen();
        const auto here = context();
        const Kinds deadly{{"heavy", [](JobContext&) -> Result<std::string> { ::_exit(9); }}};
        const auto runner = Runner::start(here, deadly);
        std::this_thread::sleep_for(20s);
        ::_exit(1);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    ASSERT_EQ(WEXITSTATUS(status), 9);
    fresh().reopen();
    EXPECT_EQ(job(id).state, State::running);
    const auto here = context();
    const auto runner = Runner::start(
        here, {{"heavy", [](JobContext&) -> Result<std::string> { return "{\"again\":\"1\"}"; }}});
    ASSERT_TRUE(runner);
    ASSERT_TRUE(becomes(id, State::done));
    EXPECT_EQ(job(id).result, "{\"again\":\"1\"}");
}

TEST_P(Jobs, ThatFailSayWhy) {
    const auto here = context();
    const auto refused = enqueue("refuses"), broken = enqueue("breaks"), unknown = enqueue("unheard");
    const Kinds kinds{
        {"refuses", [](JobContext&) -> Result<std::string> { return invalid("feeds.x").with("row", "7"); }},
        {"breaks", [](JobContext&) -> Result<std::string> { throw InvariantBroken("here"); }}};
    for (int i = 0; i < 3; ++i) ASSERT_TRUE(run_one(here, kinds));
    EXPECT_EQ(job(refused).state, State::failed);
    EXPECT_EQ(job(refused).error->id, "feeds.x");
    EXPECT_THAT(job(refused).error->args, testing::ElementsAre(testing::Pair("row", "7")));
    EXPECT_EQ(job(broken).error->id, "jobs.broken");
    EXPECT_EQ(job(broken).error->kind, ErrorKind::corrupt);
    EXPECT_EQ(job(unknown).error->id, "jobs.unknown_kind");
}

TEST_P(Jobs, ThatCannotBeDoneNowAreTriedAgainLaterAndLater) {
    const auto here = context();
    const auto id = enqueue("busy");
    const Kinds kinds{{"busy", [](JobContext&) -> Result<std::string> { return unavailable("db.busy"); }}};
    int tries = 0;
    std::int64_t waited_s = 0;
    for (; job(id).state == State::queued && waited_s < 100'000; ++waited_s) {
        if (*run_one(here, kinds)) ++tries;
        clock_.set({clock_.now().ms + 1000});
    }
    EXPECT_EQ(tries, 5);
    EXPECT_GT(waited_s, 100);
    EXPECT_EQ(job(id).state, State::failed);
    EXPECT_EQ(job(id).error->id, "db.busy");
}

TEST_P(Jobs, StopAtTheirNextSafePoint) {
    const auto here = context();
    std::atomic<bool> begun{false};
    const auto id = enqueue("long", Order::Stop::possible), waiting = enqueue("long", Order::Stop::possible);
    const auto runner = Runner::start(here, {{"long", [&](JobContext& work) -> Result<std::string> {
                                                  begun = true;
                                                  while (!work.stopping()) std::this_thread::sleep_for(5ms);
                                                  return JobContext::stopped();
                                              }}});
    ASSERT_TRUE(runner);
    while (!begun) std::this_thread::sleep_for(5ms);
    const auto stop_it = [&](JobId which) {
        return database().write([&](db::Tx& tx) { return stop(tx, actor_, which, clock_.now()); });
    };
    ASSERT_TRUE(stop_it(waiting));
    EXPECT_EQ(job(waiting).state, State::stopped);
    ASSERT_TRUE(stop_it(id));
    EXPECT_TRUE(becomes(id, State::stopped));
    const auto twice = stop_it(id);
    ASSERT_FALSE(twice);
    EXPECT_EQ(twice.error().id, "jobs.over");
}

TEST_P(Jobs, GoBackIntoTheQueueWhenTheServerCloses) {
    const auto here = context();
    std::atomic<bool> begun{false};
    const auto id = enqueue("long");
    {
        const auto runner = Runner::start(here, {{"long", [&](JobContext& work) -> Result<std::string> {
                                                      begun = true;
                                                      while (!work.stopping())
                                                          std::this_thread::sleep_for(5ms);
                                                      return JobContext::stopped();
                                                  }}});
        while (!begun) std::this_thread::sleep_for(5ms);
    }
    EXPECT_EQ(job(id).state, State::queued);
}

TEST_P(Jobs, AreHiddenFromOthers) {
    const auto id = enqueue("count");
    auth::Actor stranger;
    stranger.account = "stranger";
    const auto seen = database().read([&](db::Tx& tx) { return load(tx, stranger, id); });
    ASSERT_FALSE(seen);
    EXPECT_EQ(seen.error().id, "jobs.no_such_job");
}

TEST_P(Jobs, OfTheNightAreDueFromTwoOClockInTheMorning) {
    const auto at = [](const char* time) { return *parse_instant(time); };
    EXPECT_EQ(night_of(at("2025-03-03T01:59:59+08:00")).iso(), "2025-03-02");
    EXPECT_EQ(night_of(at("2025-03-03T02:00:00+08:00")).iso(), "2025-03-03");
    EXPECT_EQ(night_of(at("2025-03-03T23:00:00+08:00")).iso(), "2025-03-03");
}

TEST_P(Jobs, OfTheNightArePromisedOnceForACountyAndNight) {
    const auto promise = [&](const char* time, AreaCode area) {
        const auto job = database().write(
            [&](db::Tx& tx) { return promise_nightly(tx, "count", area, *parse_instant(time)); });
        EXPECT_TRUE(job);
        return job && *job;
    };
    const AreaCode other = *AreaCode::from_number(513432000000);
    EXPECT_TRUE(promise("2025-03-03T02:00:00+08:00", county_));
    EXPECT_FALSE(promise("2025-03-03T02:01:00+08:00", county_));
    EXPECT_FALSE(promise("2025-03-04T01:59:00+08:00", county_));
    EXPECT_TRUE(promise("2025-03-03T02:01:00+08:00", other));
    EXPECT_TRUE(promise("2025-03-04T02:00:00+08:00", county_));
    // After a week without a server the last night is made up for, not seven.
    EXPECT_TRUE(promise("2025-03-11T01:00:00+08:00", county_));
    EXPECT_FALSE(promise("2025-03-11T01:30:00+08:00", county_));
    EXPECT_TRUE(promise("2025-03-11T02:00:00+08:00", county_));
    EXPECT_FALSE(promise("2025-03-10T12:00:00+08:00", county_));  // a clock that was set back
}

TEST_P(Jobs, OfTheNightAreDoneByARunnerThatIsStartedAfterIt) {
    settings_.area = county_;
    const auto here = context();
    std::atomic<int> runs{0};
    const Kinds kinds{{"count", [&](JobContext& work) -> Result<std::string> {
                           EXPECT_EQ(work.actor().account, "system:nightly");
                           EXPECT_EQ(work.area(), county_);
                           return ++runs, "{}";
                       }}};
    const auto wait_for = [&](int wanted) {
        for (int i = 0; i < 400 && runs < wanted; ++i) std::this_thread::sleep_for(25ms);
    };
    {
        const auto runner = Runner::start(here, kinds, {"count"});
        wait_for(1);
    }
    EXPECT_EQ(runs, 1);
    const auto again = Runner::start(here, kinds, {"count"});
    clock_.set({clock_.now().ms + 86'400'000});
    wait_for(2);
    EXPECT_EQ(runs, 2);
    EXPECT_EQ(*database().read([&](db::Tx& tx) { return tx.number("SELECT COUNT(*) FROM jobs_job", {}); }),
              2);
}

TEST_P(Jobs, TwoRunnersNeverDoTheSameJob) {
    const auto here = context();
    std::atomic<int> runs{0};
    for (int i = 0; i < 20; ++i) enqueue("count");
    const Kinds kinds{{"count", [&](JobContext&) -> Result<std::string> { return ++runs, "{}"; }}};
    std::vector<std::thread> threads;
    for (int i = 0; i < 2; ++i)
        threads.emplace_back([&] {
            for (;;) {
                const auto did = run_one(here, kinds);
                if (did && !*did) return;
            }
        });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(runs, 20);
}

}  // namespace
}  // namespace ballast::jobs
