/// What is PostgreSQL's alone: a server that goes away and comes back, and numbers it counts in other ways.
#include <gtest/gtest.h>

#include "db_testing/testing.h"

namespace ballast::db {
namespace {

class PostgresqlServer : public ::testing::Test {
protected:
    void SetUp() override {
        if (!db_testing::available(Engine::postgresql))
            GTEST_SKIP() << "BALLAST_TEST_POSTGRES names no PostgreSQL";
        fresh = std::make_unique<db_testing::FreshDatabase>(Engine::postgresql);
        other = Database::open(fresh->address()).value();
    }
    Database& database() { return **fresh; }
    // As when the server restarts: the connection is gone, and the client does not know it yet.
    void cut(std::int64_t connection) {
        const auto done = other->write([&](Tx& tx) {
            return tx.number("SELECT CASE WHEN pg_terminate_backend(CAST(? AS INT)) THEN 1 ELSE 0 END",
                             {connection});
        });
        ASSERT_EQ(done.value(), 1);
    }
    static Result<std::int64_t> connection_of(Tx& tx) { return tx.number("SELECT pg_backend_pid()"); }

    std::unique_ptr<db_testing::FreshDatabase> fresh;
    std::unique_ptr<Database> other;
};

TEST_F(PostgresqlServer, ThatWentAwayBetweenTransactionsIsNotNoticed) {
    const auto before = database().read(connection_of).value();
    cut(before);
    const auto after = database().write(connection_of);
    ASSERT_TRUE(after) << after.error().id;
    EXPECT_NE(*after, before);
}

TEST_F(PostgresqlServer, ThatGoesAwayInsideATransactionIsUnreachableOnceAndNothingIsKept) {
    ASSERT_TRUE(database().write([](Tx& tx) { return tx.exec("CREATE TABLE note (x BIGINT)"); }));
    const auto lost = database().write([&](Tx& tx) -> Result<std::int64_t> {
        TRY(tx.exec("INSERT INTO note VALUES (1)"));
        cut(TRY(connection_of(tx)));
        return tx.exec("INSERT INTO note VALUES (2)");
    });
    ASSERT_FALSE(lost);
    EXPECT_EQ(lost.error().id, "db.unreachable");
    EXPECT_EQ(lost.error().kind, ErrorKind::unavailable);
    EXPECT_EQ(database().read([](Tx& tx) { return tx.number("SELECT COUNT(*) FROM note"); }).value(), 0);
}

TEST_F(PostgresqlServer, ThatDoesNotAnswerIsUnreachableAndItsPasswordIsNotTold) {
    const auto refused = Database::open("postgresql://ballast:sesame@/postgres?host=/nowhere");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().id, "db.unreachable");
    for (const auto& [name, value] : refused.error().args) EXPECT_EQ(value.find("sesame"), std::string::npos);
    EXPECT_EQ(refused.error().detail.find("sesame"), std::string::npos);
}

TEST_F(PostgresqlServer, GivesNumericAsAWholeNumberOrNotAtAll) {
    const auto number = [&](const std::string& sql) {
        return database().read([&](Tx& tx) { return tx.number(sql); });
    };
    EXPECT_EQ(number("SELECT CAST(9223372036854775807 AS NUMERIC)").value(), 9223372036854775807);
    EXPECT_EQ(number("SELECT CAST(-9223372036854775808 AS NUMERIC)").value(), std::int64_t{1} << 63);
    EXPECT_EQ(number("SELECT CAST(0 AS NUMERIC)").value(), 0);
    EXPECT_EQ(number("SELECT CAST(500000000 AS NUMERIC)").value(), 500'000'000);
    EXPECT_THROW(number("SELECT CAST(9223372036854775808 AS NUMERIC)").has_value(), InvariantBroken);
    EXPECT_THROW(number("SELECT CAST(0.5 AS NUMERIC)").has_value(), InvariantBroken);
}

TEST_F(PostgresqlServer, IsNotBackedUpFromHere) {
    const auto refused = database().backup_to("anywhere");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().id, "db.backup_elsewhere");
}

}  // namespace
}  // namespace ballast::db
