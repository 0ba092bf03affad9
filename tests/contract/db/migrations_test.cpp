#include "db/migrations.h"

#include <gmock/gmock.h>

#include <thread>

#include "db_testing/testing.h"

namespace ballast::db {
namespace {

const Migration people{1, "register/0001_people",
                       "-- people; and what they own\n"
                       "CREATE TABLE contract_person (id {identity}, name TEXT NOT NULL, face {blob});\n"
                       "CREATE INDEX contract_person_name ON contract_person (name);\n"};
const Migration cows{
    2, "register/0002_cows",
    "CREATE TABLE contract_cow (id {identity}, owner BIGINT NOT NULL REFERENCES contract_person (id));\n"
    "INSERT INTO contract_person (name) VALUES ('阿依; ?');\n"};

class Migrations : public db_testing::OnBothEngines {
protected:
    std::vector<Migration> migrations() const override { return {}; }

    Result<int> apply(std::vector<Migration> all) {
        return migrate(database(), all, Instant{1'764'000'000'000});
    }
    std::int64_t number(std::string_view sql) {
        return database().read([&](Tx& tx) { return tx.number(sql); }).value();
    }
};
ON_BOTH_ENGINES(Migrations);

TEST_P(Migrations, AreAppliedOnceAndInOrder) {
    EXPECT_EQ(apply({cows, people}).value(), 2);
    EXPECT_EQ(apply({people, cows}).value(), 0);
    EXPECT_EQ(number("SELECT COUNT(*) FROM contract_person WHERE name = '阿依; ?'"), 1);
    EXPECT_EQ(number("SELECT applied_at FROM db_migration WHERE number = 2"), 1'764'000'000'000);
}

TEST_P(Migrations, OnlyWhatIsMissingIsApplied) {
    EXPECT_EQ(apply({people}).value(), 1);
    EXPECT_EQ(apply({people, cows}).value(), 1);
}

TEST_P(Migrations, AScriptThatWasChangedAfterwardsIsRefused) {
    ASSERT_TRUE(apply({people}));
    Migration changed = people;
    changed.sql += "-- a little\n";
    const auto refused = apply({changed, cows});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().id, "db.migration_changed");
    EXPECT_EQ(refused.error().kind, ErrorKind::corrupt);
    EXPECT_EQ(number("SELECT COUNT(*) FROM db_migration"), 1) << "nothing was applied";
}

TEST_P(Migrations, AnOlderProgramIsRefused) {
    ASSERT_TRUE(apply({people, cows}));
    const auto refused = apply({people});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().id, "db.newer_program");
    EXPECT_EQ(refused.error().kind, ErrorKind::conflict);
}

TEST_P(Migrations, AScriptThatFailsInTheMiddleLeavesNothing) {
    const Migration broken{
        2, "register/0002_broken",
        "CREATE TABLE contract_horse (id {identity});\nINSERT INTO no_such_table VALUES (1);\n"};
    EXPECT_THROW(apply({people, broken}), InvariantBroken);
    EXPECT_EQ(number("SELECT COUNT(*) FROM db_migration"), 1);
    const Migration mended{2, "register/0002_mended", "CREATE TABLE contract_horse (id {identity});\n"};
    EXPECT_EQ(apply({people, mended}).value(), 1);
}

TEST_P(Migrations, SeveralProcessesMayMigrateAtOnce) {
    constexpr int processes = 4;
    std::atomic<int> applied = 0, refused = 0;
    std::vector<std::thread> all;
    for (int i = 0; i < processes; ++i)
        all.emplace_back([&] {
            const auto own = Database::open(fresh().address()).value();
            const auto done = migrate(*own, std::vector{people, cows}, Instant{1});
            done ? applied += *done : ++refused;
        });
    for (auto& one : all) one.join();
    EXPECT_EQ(applied, 2);
    EXPECT_EQ(refused, 0);
    EXPECT_EQ(number("SELECT COUNT(*) FROM contract_person"), 1);
}

}  // namespace
}  // namespace ballast::db
