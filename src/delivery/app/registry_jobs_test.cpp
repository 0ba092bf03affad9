#include <gmock/gmock.h>
#include <unistd.h>

#include <fstream>
#include <list>

#include "app/kinds.h"
#include "areas/areas.h"
#include "context/log.h"
#include "crypto/crypto.h"
#include "db_testing/failing_database.h"
#include "db_testing/testing.h"
#include "registry/import.h"

namespace ballast::app {
namespace {

class RegistryJobs : public db_testing::OnBothEngines {
protected:
    void SetUp() override {
        OnBothEngines::SetUp();
        delivery::log_only(delivery::LogLevel::nothing);
        paths_.root = testing::TempDir();
    }
    delivery::Context context(db::Database& database) {
        auto& packs = shelves_.emplace_back(database, *vault_, county_, "", clock_);
        return {database, *vault_, areas::Division::shipped(), clock_, settings_, paths_, packs};
    }

    /// One household more or less changed: read, judged, waiting to be applied.
    registry::ImportId staged(int nth) {
        const auto& division = areas::Division::shipped();
        const auto village = division.children(division.children(county_).at(0).code).at(0).code;
        const std::string path =
            testing::TempDir() + "registry_jobs_" + name_of_engine() + std::to_string(::getpid()) + ".csv";
        std::ofstream(path) << "户编号,行政村代码,村民小组,农户类型\n0001," << village.digits() << ',' << nth
                            << "组,脱贫户\n";
        const auto id =
            registry::receive(database(), *vault_, actor_, {county_, "a.csv", "test", clock_.today()},
                              {{path, "a.csv"}}, clock_.today(), clock_.now());
        EXPECT_TRUE(id) << (id ? "" : id.error().id);
        return *id;
    }
    void promise(registry::ImportId id) {
        ASSERT_TRUE(database().write([&](db::Tx& tx) {
            return jobs::enqueue(
                tx, {"registry.apply", "{\"import\":" + std::to_string(id.number()) + "}", county_}, actor_,
                clock_.now());
        }));
    }
    std::string state(registry::ImportId id) {
        return database().read([&](db::Tx& tx) { return find_import(tx, *vault_, actor_, id); })->state;
    }
    std::string name_of_engine() {
        return database().engine() == db::Engine::sqlite ? "sqlite" : "postgresql";
    }

    std::unique_ptr<crypto::Vault> vault_ = crypto::test_vault("registry_jobs");
    FixedClock clock_{*Date::from(2025, 3, 3)};
    delivery::Settings settings_;
    delivery::Paths paths_;
    std::list<delivery::PackShelf> shelves_;  // one for each database that a job is shown
    const auth::Actor actor_ = auth::system_actor("test");
    const AreaCode county_ = *AreaCode::from_number(513431000000);
};
ON_BOTH_ENGINES(RegistryJobs);

// The job's own calls, with the database failing at each of them in turn; then the job is tried again.
TEST_P(RegistryJobs, OrderAScreeningWhereverPublishingWasCutOff) {
    jobs::Kinds kinds;
    add_registry_jobs(kinds);
    const auto publish_for_real = kinds.at("registry.apply");
    int cut_after_publishing = 0;
    for (int n = 1;; ++n) {
        const auto id = staged(n);
        promise(id);
        bool cut = false;
        kinds["registry.apply"] = [&](jobs::JobContext& job) -> Result<std::string> {
            db_testing::FailingDatabase failing(database(), n);
            class OnFailing final : public jobs::JobContext {
            public:
                OnFailing(jobs::JobContext& inner, delivery::Context context)
                    : inner_(inner), context_(context) {}
                const delivery::Context& context() const override { return context_; }
                const auth::Actor& actor() const override { return inner_.actor(); }
                jobs::JobId id() const override { return inner_.id(); }
                const std::string& payload() const override { return inner_.payload(); }
                AreaCode area() const override { return inner_.area(); }
                void progress(std::int64_t, std::int64_t, std::string_view, std::string_view) override {}
                bool stopping() const override { return false; }

            private:
                jobs::JobContext& inner_;
                delivery::Context context_;
            } on_failing(job, context(failing));
            auto done = publish_for_real(on_failing);
            cut = failing.failed();
            return done;
        };
        const auto here = context(database());
        ASSERT_TRUE(*jobs::run_one(here, kinds));
        if (cut && state(id) == "applied") ++cut_after_publishing;

        kinds["registry.apply"] = publish_for_real;
        std::vector<std::string> screenings;
        kinds["screening.run"] = [&](jobs::JobContext& job) -> Result<std::string> {
            screenings.push_back(job.payload());
            return "{}";
        };
        clock_.set({clock_.now().ms + 3'600'000});  // an hour later the job is due again
        while (*jobs::run_one(here, kinds)) {
        }
        EXPECT_EQ(state(id), "applied") << "cut at call " << n;
        EXPECT_THAT(screenings,
                    testing::ElementsAre("{\"cause\":\"import:" + std::to_string(id.number()) + "\"}"))
            << "cut at call " << n;
        if (!cut || HasFailure()) break;
    }
    EXPECT_GT(cut_after_publishing, 0);
}

}  // namespace
}  // namespace ballast::app
