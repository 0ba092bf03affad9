/// A process is killed at many points, and the database opened again: nothing acknowledged is lost, nothing
/// is half-applied. On PostgreSQL it is the client that dies. The plan of the kills comes from a seed; a kill
/// is either at the n-th call of the database or at some microsecond, inside a call too.
///
/// What this cannot show is a power cut: the operating system lives on and keeps what was written to it. For
/// that, SQLite runs with synchronous=FULL.
#include <gmock/gmock.h>

#include <chrono>

#include "base/rng.h"
#include "db_testing/failing_database.h"
#include "db_testing/killed_child.h"
#include "db_testing/testing.h"

namespace ballast::db {
namespace {

constexpr int rows_of_a_migration = 400;
constexpr int rows_of_an_import = 300;
constexpr int rounds_of_a_child = 6;

std::string numbered_rows(const std::string& table, int n) {
    return "INSERT INTO " + table +
           " (n) WITH RECURSIVE s (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s WHERE i < " +
           std::to_string(n) + ") SELECT i FROM s;\n";
}

// Each makes its table and fills it in two statements: half of it would show.
Migration filling(int number, const std::string& table) {
    return {number, "kill/" + table,
            "CREATE TABLE " + table + " (id {identity}, n BIGINT NOT NULL);\n" +
                numbered_rows(table, rows_of_a_migration / 2) +
                numbered_rows(table, rows_of_a_migration / 2)};
}

const std::vector<std::string> filled_tables{"filled_one", "filled_two", "filled_three"};

std::vector<Migration> schema() {
    std::vector<Migration> all{
        {1, "kill/tables",
         "CREATE TABLE visit (id {identity}, note BIGINT NOT NULL);\n"
         "CREATE TABLE staging (batch BIGINT NOT NULL, n BIGINT NOT NULL);\n"
         "CREATE TABLE batch (id {identity}, row_count BIGINT NOT NULL);\n"
         "CREATE TABLE published (id {identity}, batch BIGINT NOT NULL REFERENCES batch (id),"
         " n BIGINT NOT NULL);\n"}};
    for (const auto& table : filled_tables) all.push_back(filling(static_cast<int>(all.size()) + 1, table));
    return all;
}

Result<void> stage(Database& database, std::int64_t batch) {
    return database.write([&](Tx& tx) -> Result<void> {
        const std::string_view columns[] = {"batch", "n"};
        const auto bulk = TRY(tx.bulk("staging", columns));
        for (std::int64_t n = 1; n <= rows_of_an_import; ++n) TRY(bulk->add({batch, n}));
        TRY(bulk->finish());
        return {};
    });
}

Result<std::int64_t> publish(Database& database, std::int64_t batch) {
    return database.write([&](Tx& tx) -> Result<std::int64_t> {
        const auto id =
            TRY(tx.number("INSERT INTO batch (row_count) VALUES (?) RETURNING id", {rows_of_an_import}));
        TRY(tx.exec("INSERT INTO published (batch, n) SELECT ?, n FROM staging WHERE batch = ?", id, batch));
        TRY(tx.exec("DELETE FROM staging WHERE batch = ?", batch));
        return id;
    });
}

struct Acknowledgement {
    char what;  // 'v' a visit, 'b' a batch
    std::int64_t id;
};

using Tell = std::function<void(Acknowledgement)>;

// The child's whole life. It tells only what the database has committed.
Result<void> live(Database& database, const Tell& tell) {
    TRY(migrate(database, schema(), Instant{1}));
    TRY(database.write([](Tx& tx) { return tx.exec("DELETE FROM staging"); }));  // of a child before
    for (std::int64_t round = 1; round <= rounds_of_a_child; ++round) {
        for (const int note : {1, 2}) {
            const auto id = TRY(database.write([&](Tx& tx) {
                return tx.number("INSERT INTO visit (note) VALUES (?) RETURNING id", {note});
            }));
            tell({'v', id});
        }
        TRY(stage(database, round));
        tell({'b', TRY(publish(database, round))});
    }
    return {};
}

struct Kill {
    int at_call = 0;  // 0: by the clock
    std::chrono::microseconds after{0};
};

// Runs a child until it is killed; what it acknowledged.
std::vector<Acknowledgement> killed(const std::string& address, Kill kill) {
    const auto by_the_clock = kill.at_call ? std::nullopt : std::optional(kill.after);
    return db_testing::told_until_killed<Acknowledgement>(
        address, by_the_clock, [&](Database& opened, const Tell& tell) {
            constexpr int never = std::numeric_limits<int>::max();
            db_testing::FailingDatabase database(opened, kill.at_call ? kill.at_call : never);
            database.at_failure = db_testing::die;
            return live(database, tell);
        });
}

class AKilledProcess : public db_testing::OnBothEngines {
protected:
    std::vector<Migration> migrations() const override { return {}; }
    void SetUp() override {
        if (!db_testing::available(engine())) GTEST_SKIP() << "BALLAST_TEST_POSTGRES names no PostgreSQL";
    }

    static bool has_table(Tx& tx, const std::string& table) {
        const bool sqlite = tx.engine() == Engine::sqlite;
        const std::string sql =
            sqlite ? "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = ?"
                   : "SELECT COUNT(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = ?";
        return tx.number(sql, {table}).value() == 1;
    }

    static void expect_whole_migrations(Tx& tx) {
        if (!has_table(tx, "db_migration")) {
            for (const auto& table : filled_tables) EXPECT_FALSE(has_table(tx, table));
            return;
        }
        for (std::size_t i = 0; i < filled_tables.size(); ++i) {
            const auto& table = filled_tables[i];
            const auto entered = tx.number("SELECT COUNT(*) FROM db_migration WHERE number = ?",
                                           {static_cast<std::int64_t>(i) + 2});
            EXPECT_EQ(has_table(tx, table), entered.value() == 1) << table;
            if (has_table(tx, table)) {
                EXPECT_EQ(tx.number("SELECT COUNT(*) FROM " + table).value(), rows_of_a_migration) << table;
            }
        }
    }

    static void expect_nothing_half_published(Tx& tx) {
        EXPECT_EQ(tx.number("SELECT COUNT(*) FROM batch b WHERE b.row_count <>"
                            " (SELECT COUNT(*) FROM published p WHERE p.batch = b.id)")
                      .value(),
                  0);
    }

    static void expect_every_acknowledged(Tx& tx, const std::vector<Acknowledgement>& heard) {
        for (const auto& one : heard) {
            const std::string table = one.what == 'v' ? "visit" : "batch";
            EXPECT_EQ(tx.number("SELECT COUNT(*) FROM " + table + " WHERE id = ?", {one.id}).value(), 1)
                << table << " " << one.id << " was acknowledged and is lost";
        }
    }

    static void expect_integrity(Tx& tx) {
        if (tx.engine() != Engine::sqlite) return;
        const auto verdict =
            tx.first("PRAGMA integrity_check", {}, [](const Row& r) { return std::string(r.text(0)); });
        EXPECT_EQ(**verdict, "ok");
    }
};
ON_BOTH_ENGINES(AKilledProcess);

TEST_P(AKilledProcess, LosesNothingAcknowledgedAndLeavesNothingHalfApplied) {
    const bool sqlite = engine() == Engine::sqlite;
    const int kills = sqlite ? 60 : 15;
    const int kills_of_a_database = sqlite ? 5 : 3;
    // A child's calls: about 25 for the migrations, then some 315 a round, most of them added rows.
    constexpr int calls_of_a_child = 2000;
    Rng plan(20'261'123);

    std::unique_ptr<db_testing::FreshDatabase> fresh;
    std::vector<Acknowledgement> heard;
    std::size_t most_heard = 0;
    for (int k = 0; k < kills; ++k) {
        if (k % kills_of_a_database == 0) {
            fresh = std::make_unique<db_testing::FreshDatabase>(engine());
            heard.clear();
        }
        Kill kill;
        // Of those at a call, every other falls into the first calls, where the migrations are.
        if (k % 2 == 0)
            kill.at_call = static_cast<int>(plan.between(1, k % 4 == 0 ? 60 : calls_of_a_child));
        else
            kill.after = std::chrono::microseconds(plan.between(0, sqlite ? 60'000 : 250'000));
        SCOPED_TRACE("kill " + std::to_string(k) + " at call " + std::to_string(kill.at_call) + " or after " +
                     std::to_string(kill.after.count()) + " us");

        // The parent holds no connection while the child lives: a fork would share it.
        fresh->close();
        for (const auto& one : killed(fresh->address(), kill)) heard.push_back(one);
        most_heard = std::max(most_heard, heard.size());
        fresh->reopen();

        const auto looked = (*fresh)->read([&](Tx& tx) -> Result<void> {
            expect_whole_migrations(tx);
            if (has_table(tx, "published")) expect_nothing_half_published(tx);
            expect_every_acknowledged(tx, heard);
            expect_integrity(tx);
            return {};
        });
        ASSERT_TRUE(looked) << looked.error().id << ": " << looked.error().detail;
        if (k % kills_of_a_database == kills_of_a_database - 1) {
            EXPECT_TRUE(migrate(**fresh, schema(), Instant{2})) << "the next start brings the schema up";
            EXPECT_TRUE(
                (*fresh)->write([](Tx& tx) { return tx.exec("INSERT INTO visit (note) VALUES (3)"); }));
        }
        if (HasFailure()) return;
    }
    EXPECT_GT(most_heard, 10u) << "the children were killed before they did anything worth losing";
}

}  // namespace
}  // namespace ballast::db
