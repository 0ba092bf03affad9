/// What db.h promises, on both engines.
#include <gmock/gmock.h>
#include <sys/resource.h>

#include <limits>
#include <set>
#include <thread>

#include "db_testing/failing_database.h"
#include "db_testing/testing.h"

namespace ballast::db {
namespace {

using ::testing::ElementsAre;

class Contract : public db_testing::OnBothEngines {
protected:
    std::vector<Migration> migrations() const override {
        return {{1, "contract/0001_tables",
                 "CREATE TABLE household (id {identity}, name TEXT NOT NULL UNIQUE, area BIGINT);\n"
                 "CREATE TABLE person (id {identity}, household BIGINT NOT NULL REFERENCES household (id),\n"
                 "    name TEXT, born TEXT, income BIGINT, sealed {blob});\n"
                 "CREATE TABLE counter (id BIGINT PRIMARY KEY, n BIGINT NOT NULL CHECK (n >= 0));\n"}};
    }

    template <class... V>
    Result<std::int64_t> change(std::string_view sql, V&&... values) {
        return database().write([&](Tx& tx) { return tx.exec(sql, values...); });
    }
    std::int64_t number(std::string_view sql, std::initializer_list<Value> values = {}) {
        return database().read([&](Tx& tx) { return tx.number(sql, values); }).value();
    }
    std::int64_t add_household(std::string_view name) {
        return database()
            .write([&](Tx& tx) {
                return tx.number("INSERT INTO household (name) VALUES (?) RETURNING id", {name});
            })
            .value();
    }
    std::vector<std::int64_t> household_ids() {
        return database()
            .read([](Tx& tx) {
                return tx.all("SELECT id FROM household ORDER BY id", {},
                              [](const Row& r) { return r.integer(0); });
            })
            .value();
    }
};
ON_BOTH_ENGINES(Contract);

void expect_refused(const auto& outcome, ErrorKind kind, std::string_view id) {
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().kind, kind);
    EXPECT_EQ(outcome.error().id, id);
}

struct PersonTag;
using PersonId = Id<PersonTag>;

TEST_P(Contract, ValuesComeBackAsTheyWentIn) {
    const auto household = add_household("吉克家");
    const Date born = *Date::from(1949, 12, 31);
    const Blob sealed{0, 1, 0xff, '\\', '\'', 0};
    ASSERT_TRUE(change("INSERT INTO person (household, name, born, income, sealed) VALUES (?, ?, ?, ?, ?)",
                       household, "吉克·阿依 🐎 'o''\\x \t\n", born, Money::yuan(5317), sealed));
    ASSERT_TRUE(change("UPDATE household SET area = ?", *AreaCode::from_number(513'431'100'200)));
    database()
        .read([&](Tx& tx) {
            return tx.each_row(
                "SELECT p.name, p.born, p.income, p.sealed, p.id, h.area FROM person p"
                " JOIN household h ON h.id = p.household",
                {}, [&](const Row& row) -> Result<void> {
                    EXPECT_EQ(row.width(), 6);
                    EXPECT_EQ(row.text(0), "吉克·阿依 🐎 'o''\\x \t\n");
                    EXPECT_EQ(row.date(1), born);
                    EXPECT_EQ(row.money(2), Money::yuan(5317));
                    EXPECT_EQ(row.blob(3), sealed);
                    EXPECT_TRUE(row.id<PersonId>(4));
                    EXPECT_EQ(row.area(5).number(), 513'431'100'200);
                    return {};
                });
        })
        .value();
}

TEST_P(Contract, WholeNumbersReachToTheirExtremes) {
    using Limits = std::numeric_limits<std::int64_t>;
    for (const std::int64_t n : {Limits::min(), std::int64_t{-1}, std::int64_t{0}, Limits::max()}) {
        ASSERT_TRUE(change("INSERT INTO household (name, area) VALUES (?, ?)", std::to_string(n), n));
        EXPECT_EQ(number("SELECT area FROM household WHERE name = ?", {std::to_string(n)}), n);
        EXPECT_EQ(number("SELECT COUNT(*) FROM household WHERE area = ?", {n}), 1);
    }
}

TEST_P(Contract, EmptyIsNotNull) {
    const auto household = add_household("");
    ASSERT_TRUE(
        change("INSERT INTO person (household, name, sealed) VALUES (?, ?, ?)", household, "", Blob{}));
    ASSERT_TRUE(change("INSERT INTO person (household, name, sealed) VALUES (?, ?, ?)", household, Null{},
                       std::optional<Blob>{}));
    database()
        .read([](Tx& tx) {
            int seen = 0;
            return tx.each_row(
                "SELECT name, sealed FROM person ORDER BY id", {}, [&](const Row& row) -> Result<void> {
                    const bool empty = seen++ == 0;
                    EXPECT_EQ(row.null(0), !empty);
                    EXPECT_EQ(row.null(1), !empty);
                    EXPECT_EQ(row.maybe_text(0), empty ? std::optional<std::string>("") : std::nullopt);
                    EXPECT_EQ(row.maybe_blob(1), empty ? std::optional<Blob>(Blob{}) : std::nullopt);
                    return {};
                });
        })
        .value();
}

TEST_P(Contract, CountsSumsAndComparisonsAreWholeNumbers) {
    const auto household = add_household("a");
    for (const int fen : {100, 250})
        ASSERT_TRUE(change("INSERT INTO person (household, income) VALUES (?, ?)", household, fen));
    EXPECT_EQ(number("SELECT SUM(income) FROM person"), 350);
    EXPECT_EQ(number("SELECT COALESCE(SUM(income), 0) FROM person WHERE income > ?", {1000}), 0);
    EXPECT_EQ(number("SELECT 100000000000 * SUM(income) FROM person"), 35'000'000'000'000);
    EXPECT_EQ(number("SELECT -SUM(income) FROM person"), -350);
    EXPECT_EQ(number("SELECT 1"), 1);
    EXPECT_EQ(number("SELECT EXISTS (SELECT 1 FROM person WHERE income = ?)", {250}), 1);
    EXPECT_EQ(number("SELECT CASE WHEN COUNT(*) = 2 THEN 1 ELSE 0 END FROM person"), 1);
}

TEST_P(Contract, ReadingAColumnAsWhatItIsNotIsABug) {
    ASSERT_TRUE(change("INSERT INTO household (name) VALUES (?)", "a"));
    const auto read = [&](auto reader) {
        return database().read(
            [&](Tx& tx) { return tx.all("SELECT name, area, id FROM household", {}, reader); });
    };
    EXPECT_THROW(read([](const Row& r) { return r.integer(0); }), InvariantBroken);
    EXPECT_THROW(read([](const Row& r) { return r.blob(0); }), InvariantBroken);
    EXPECT_THROW(read([](const Row& r) { return r.integer(1); }), InvariantBroken) << "NULL";
    EXPECT_THROW(read([](const Row& r) { return std::string(r.text(2)); }), InvariantBroken);
    EXPECT_THROW(read([](const Row& r) { return r.integer(3); }), InvariantBroken) << "no such column";
    EXPECT_THROW(read([](const Row& r) { return r.date(0); }), InvariantBroken) << "no date";
    EXPECT_EQ(read([](const Row& r) { return r.maybe_integer(1).has_value(); })->front(), false);
}

TEST_P(Contract, WrongSqlIsABugAndTheDatabaseGoesOn) {
    EXPECT_THROW(change("INSERT INTO no_such_table VALUES (1)"), InvariantBroken);
    EXPECT_THROW(change("INSERT INTO household (name) VALUES (?)"), InvariantBroken) << "a value is missing";
    EXPECT_THROW(change("INSERT INTO household (name) VALUES ('x')", 5), InvariantBroken) << "one too many";
    EXPECT_THROW(change("INSERT INTO household (name) VALUES (?)", Null{}), InvariantBroken) << "NOT NULL";
    EXPECT_THROW(change("INSERT INTO counter (id, n) VALUES (1, ?)", -1), InvariantBroken) << "CHECK";
    EXPECT_THROW(change("INSERT INTO household (name) VALUES (?)", std::string("a\0b", 3)), InvariantBroken);
    EXPECT_THROW(change("INSERT INTO household (name) VALUES (?)", "\xc4\xe3"), InvariantBroken)
        << "GB 18030";
    EXPECT_THROW(database().read([](Tx& tx) { return tx.exec("DELETE FROM household"); }), InvariantBroken)
        << "a read may not write";
    EXPECT_THROW(number("SELECT id FROM household WHERE id = -1"), InvariantBroken) << "no row";
    const auto added = add_household("after all");
    EXPECT_THAT(household_ids(), ElementsAre(added));
}

TEST_P(Contract, PlaceholdersInsideQuotesAndCommentsAreText) {
    ASSERT_TRUE(change("INSERT INTO household (name /* ? */, area) -- really?\nVALUES ('a ''?'' b', ?)", 7));
    EXPECT_EQ(number("SELECT COUNT(*) FROM household AS \"h?\" WHERE name = ? AND area = ?", {"a '?' b", 7}),
              1);
}

TEST_P(Contract, TextIsComparedByBytesAndCase) {
    ASSERT_TRUE(change("INSERT INTO household (name) VALUES ('a'), ('B'), ('压')"));
    EXPECT_EQ(number("SELECT COUNT(*) FROM household WHERE name LIKE 'b%'"), 0);
    EXPECT_EQ(number("SELECT COUNT(*) FROM household WHERE name LIKE 'B%'"), 1);
    EXPECT_EQ(number("SELECT LENGTH(name) FROM household WHERE name = '压'"), 1);
}

TEST_P(Contract, AWriteIsKeptWhenItReturnsAValueOnly) {
    ASSERT_TRUE(change("INSERT INTO household (name) VALUES ('kept')"));

    const auto refused = database().write([](Tx& tx) -> Result<void> {
        TRY(tx.exec("INSERT INTO household (name) VALUES ('refused')"));
        return invalid("test.refused");
    });
    expect_refused(refused, ErrorKind::invalid, "test.refused");

    struct Thrown {};
    const auto throws = [&]() -> Result<void> {
        return database().write([](Tx& tx) -> Result<void> {
            TRY(tx.exec("INSERT INTO household (name) VALUES ('thrown')"));
            throw Thrown{};
        });
    };
    EXPECT_THROW(throws().has_value(), Thrown);
    EXPECT_EQ(number("SELECT COUNT(*) FROM household"), 1);
}

TEST_P(Contract, RowsChangedAreCounted) {
    EXPECT_EQ(change("INSERT INTO household (name) VALUES ('a'), ('b'), ('c')").value(), 3);
    EXPECT_EQ(change("UPDATE household SET area = 1 WHERE name <> 'a'").value(), 2);
    EXPECT_EQ(change("DELETE FROM household WHERE name = 'nobody'").value(), 0);
    EXPECT_EQ(change("CREATE TABLE other (x BIGINT)").value(), 0);
    EXPECT_EQ(change("INSERT INTO household (name) VALUES ('a') ON CONFLICT (name) DO NOTHING").value(), 0);
    EXPECT_EQ(
        change("INSERT INTO household (name, area) VALUES ('a', 9) ON CONFLICT (name) DO UPDATE SET area ="
               " excluded.area")
            .value(),
        1);
    EXPECT_EQ(number("SELECT area FROM household WHERE name = 'a'"), 9);
}

TEST_P(Contract, ASecondRowWithTheSameKeyIsADuplicate) {
    add_household("a");
    expect_refused(change("INSERT INTO household (name) VALUES ('a')"), ErrorKind::conflict, "db.duplicate");
    const auto in_bulk = database().write([](Tx& tx) -> Result<std::int64_t> {
        const std::string_view columns[] = {"name"};
        const auto bulk = TRY(tx.bulk("household", columns));
        TRY(bulk->add({"b"}));
        TRY(bulk->add({"a"}));
        return bulk->finish();
    });
    expect_refused(in_bulk, ErrorKind::conflict, "db.duplicate");
    EXPECT_EQ(household_ids().size(), 1u);
}

TEST_P(Contract, AReferenceToNothingIsRefused) {
    expect_refused(change("INSERT INTO person (household) VALUES (?)", 41), ErrorKind::conflict,
                   "db.reference");
    const auto household = add_household("a");
    ASSERT_TRUE(change("INSERT INTO person (household) VALUES (?)", household));
    expect_refused(change("DELETE FROM household WHERE id = ?", household), ErrorKind::conflict,
                   "db.reference");
}

TEST_P(Contract, AnErrorNeverTellsTheValues) {
    const std::string phone = "13800138000";
    add_household(phone);
    const auto duplicate = change("INSERT INTO household (name) VALUES (?)", phone);
    ASSERT_FALSE(duplicate);
    EXPECT_EQ(duplicate.error().detail.find(phone), std::string::npos) << duplicate.error().detail;
    try {
        change("INSERT INTO counter (id, n) VALUES (CAST(? AS BIGINT), -1)", phone).has_value();
        ADD_FAILURE() << "CHECK was not held";
    } catch (const InvariantBroken& bug) {
        EXPECT_EQ(std::string(bug.what()).find(phone), std::string::npos) << bug.what();
    }
}

TEST_P(Contract, AfterAnErrorTheTransactionIsLostEvenWhenNobodyMindsIt) {
    add_household("a");
    const auto outcome = database().write([](Tx& tx) -> Result<std::int64_t> {
        TRY(tx.exec("INSERT INTO household (name) VALUES ('b')"));
        const auto ignored = tx.exec("INSERT INTO household (name) VALUES ('a')");
        EXPECT_FALSE(ignored);
        expect_refused(tx.number("SELECT COUNT(*) FROM household"), ErrorKind::conflict, "db.duplicate");
        return 1;
    });
    expect_refused(outcome, ErrorKind::conflict, "db.duplicate");
    EXPECT_EQ(household_ids().size(), 1u);
}

TEST_P(Contract, QueriesMayBeNestedAndMayChangeWhatTheyWalkOver) {
    for (const char* name : {"a", "b", "c"}) add_household(name);
    const auto walked = database().write([](Tx& tx) -> Result<std::vector<std::string>> {
        std::vector<std::string> seen;
        TRY(tx.each_row(
            "SELECT id, name FROM household ORDER BY id", {}, [&](const Row& outer) -> Result<void> {
                const auto name = outer.text(1);
                TRY(tx.exec("INSERT INTO household (name) VALUES (?)", std::string(name) + "'"));
                TRY(tx.exec("UPDATE household SET name = name || '*' WHERE id > ?", outer.integer(0)));
                TRY(tx.each_row("SELECT COUNT(*) FROM household WHERE id >= ?",
                                std::vector<Value>{outer.integer(0)}, [&](const Row& inner) -> Result<void> {
                                    seen.push_back(std::string(name) + std::to_string(inner.integer(0)));
                                    return {};
                                }));
                EXPECT_EQ(name, outer.text(1)) << "the outer row stays valid";
                return {};
            }));
        return seen;
    });
    EXPECT_THAT(*walked, ElementsAre("a4", "b4", "c4"));
}

TEST_P(Contract, AWalkStopsAtTheFirstErrorOfItsReader) {
    for (const char* name : {"a", "b", "c"}) add_household(name);
    const auto outcome = database().write([](Tx& tx) -> Result<std::int64_t> {
        int seen = 0;
        const auto walk =
            tx.each_row("SELECT name FROM household ORDER BY id", {}, [&](const Row&) -> Result<void> {
                if (++seen == 2) return invalid("test.enough");
                return {};
            });
        expect_refused(walk, ErrorKind::invalid, "test.enough");
        EXPECT_EQ(seen, 2);
        return tx.number(
            "SELECT COUNT(*) FROM household");  // the reader's refusal does not harm the transaction
    });
    EXPECT_EQ(*outcome, 3);
}

TEST_P(Contract, TheSameStatementMayRunInsideItself) {
    for (const char* name : {"a", "b", "c"}) add_household(name);
    const char* sql = "SELECT name FROM household ORDER BY id";
    const auto pairs = database().read([&](Tx& tx) -> Result<int> {
        int n = 0;
        TRY(tx.each_row(sql, {}, [&](const Row&) -> Result<void> {
            return tx.each_row(sql, {}, [&](const Row&) -> Result<void> { return ++n, Result<void>{}; });
        }));
        return n;
    });
    EXPECT_EQ(*pairs, 9);
}

TEST_P(Contract, BulkAddsAHundredThousandRowsInterleavedWithOtherWork) {
    constexpr std::int64_t n = 100'000;
    const auto household = add_household("a");
    const auto added = database().write([&](Tx& tx) -> Result<std::int64_t> {
        const std::string_view columns[] = {"id", "household", "name", "income", "sealed"};
        const auto first = TRY(tx.reserve_ids("person", n));
        const auto bulk = TRY(tx.bulk("person", columns));
        const std::string_view counter_columns[] = {"id", "n"};
        const auto other = TRY(tx.bulk("counter", counter_columns));
        for (std::int64_t i = 0; i < n; ++i) {
            const auto odd = i % 2 ? std::optional<std::string>("行\t" + std::to_string(i)) : std::nullopt;
            TRY(bulk->add(
                {first + i, household, odd, Money::fen(i), Blob(static_cast<std::size_t>(i % 3), 0xfe)}));
            if (i % 50'000 == 0) TRY(other->add({i, TRY(tx.number("SELECT COUNT(*) FROM household"))}));
        }
        TRY(other->finish());
        return bulk->finish();
    });
    EXPECT_EQ(added.value(), n);
    EXPECT_EQ(number("SELECT COUNT(*) FROM person"), n);
    EXPECT_EQ(number("SELECT SUM(income) FROM person"), n * (n - 1) / 2);
    EXPECT_EQ(number("SELECT COUNT(*) FROM person WHERE name IS NULL"), n / 2);
    EXPECT_EQ(number("SELECT COUNT(*) FROM person WHERE name = ?", {"行\t77777"}), 1);
    EXPECT_EQ(number("SELECT COUNT(*) FROM person WHERE sealed IS NOT NULL AND LENGTH(sealed) = 0"), 33'334);
    EXPECT_EQ(number("SELECT COUNT(*) FROM counter"), 2);
}

TEST_P(Contract, ABulkThatWasNotFinishedIsABug) {
    const auto careless = [&] {
        return database().write([](Tx& tx) -> Result<void> {
            const std::string_view columns[] = {"name"};
            TRY(TRY(tx.bulk("household", columns))->add({"a"}));
            return {};
        });
    };
    EXPECT_THROW(careless(), InvariantBroken);
    EXPECT_EQ(household_ids().size(), 0u);
}

TEST_P(Contract, IdsAreNotUsedAgainAfterADelete) {
    add_household("a");
    const auto last = add_household("b");
    ASSERT_TRUE(change("DELETE FROM household"));
    fresh().reopen();
    EXPECT_GT(add_household("c"), last);
}

TEST_P(Contract, ReservedIdsNeverCollideWithThoseGivenOneByOne) {
    constexpr std::int64_t batches = 20, size = 500, singles = 200;
    std::set<std::int64_t> ids;
    std::mutex mutex;
    const auto keep = [&](std::int64_t id) {
        const std::lock_guard lock(mutex);
        EXPECT_TRUE(ids.insert(id).second) << id << " was given twice";
    };
    const auto reserve = [&](std::string name) {
        for (int i = 0; i < batches / 2; ++i) {
            const auto first = database().write([&](Tx& tx) -> Result<std::int64_t> {
                const auto from = TRY(tx.reserve_ids("household", size));
                const std::string_view columns[] = {"id", "name"};
                const auto bulk = TRY(tx.bulk("household", columns));
                for (std::int64_t k = 0; k < size; ++k)
                    TRY(bulk->add({from + k, name + std::to_string(from + k)}));
                TRY(bulk->finish());
                return from;
            });
            ASSERT_TRUE(first) << first.error().id << first.error().detail;
            for (std::int64_t k = 0; k < size; ++k) keep(*first + k);
        }
    };
    std::thread one([&] { reserve("one"); }), two([&] { reserve("two"); });
    for (int i = 0; i < singles; ++i) keep(add_household("single" + std::to_string(i)));
    one.join();
    two.join();
    EXPECT_EQ(ids.size(), static_cast<std::size_t>(batches * size + singles));
    EXPECT_EQ(number("SELECT COUNT(*) FROM household"), batches * size + singles);
}

TEST_P(Contract, ARefusedReservationLeavesNoTrap) {
    const auto refused = database().write([](Tx& tx) -> Result<void> {
        TRY(tx.reserve_ids("household", 10));
        return invalid("test.refused");
    });
    EXPECT_FALSE(refused);
    const auto before = add_household("a");
    const auto first = database().write([](Tx& tx) { return tx.reserve_ids("household", 10); });
    EXPECT_GT(*first, before);
    EXPECT_GT(add_household("b"), *first + 9);
}

TEST_P(Contract, AReadSeesOneUnchangingSnapshot) {
    add_household("a");
    const auto seen = database().read([&](Tx& tx) -> Result<std::vector<std::int64_t>> {
        const auto before = TRY(tx.number("SELECT COUNT(*) FROM household"));
        std::thread([&] { add_household("b"); }).join();
        return std::vector{before, TRY(tx.number("SELECT COUNT(*) FROM household"))};
    });
    EXPECT_THAT(*seen, ElementsAre(1, 1));
    EXPECT_EQ(household_ids().size(), 2u);
}

TEST_P(Contract, NothingUncommittedIsSeenByOthers) {
    const auto seen = database().write([&](Tx& tx) -> Result<std::int64_t> {
        TRY(tx.exec("INSERT INTO household (name) VALUES ('a')"));
        std::int64_t others = -1;
        std::thread([&] { others = number("SELECT COUNT(*) FROM household"); }).join();
        return others;
    });
    EXPECT_EQ(*seen, 0);
}

TEST_P(Contract, ConcurrentWritersLoseNoUpdate) {
    constexpr int writers = 4, each = 50;
    ASSERT_TRUE(change("INSERT INTO counter (id, n) VALUES (1, 0)"));
    std::vector<std::thread> all;
    std::atomic<int> refused = 0;
    for (int w = 0; w < writers; ++w)
        all.emplace_back([&] {
            for (int i = 0; i < each; ++i)
                if (!change("UPDATE counter SET n = n + 1 WHERE id = 1")) ++refused;
        });
    for (auto& one : all) one.join();
    EXPECT_EQ(refused, 0);
    EXPECT_EQ(number("SELECT n FROM counter"), writers * each);
}

TEST_P(Contract, AWriterThatWaitsTooLongIsToldThatTheDatabaseIsBusy) {
    ASSERT_TRUE(change("INSERT INTO counter (id, n) VALUES (1, 0)"));
    Options impatient;
    impatient.busy_timeout_ms = 100;
    const auto other = Database::open(fresh().address(), impatient).value();
    const auto kept = database().write([&](Tx& tx) -> Result<void> {
        TRY(tx.exec("UPDATE counter SET n = 1"));
        const auto second =
            other->write([](Tx& theirs) { return theirs.exec("UPDATE counter SET n = 2 WHERE id = 1"); });
        expect_refused(second, ErrorKind::unavailable, "db.busy");
        return {};
    });
    EXPECT_TRUE(kept);
    EXPECT_EQ(number("SELECT n FROM counter"), 1);
    EXPECT_TRUE(other->write([](Tx& tx) { return tx.exec("UPDATE counter SET n = 3"); }))
        << "and goes on afterwards";
}

TEST_P(Contract, AWriteInsideAWriteIsABug) {
    const auto nested = [&] {
        return database().write([&](Tx&) { return change("INSERT INTO household (name) VALUES ('a')"); });
    };
    EXPECT_THROW(nested(), InvariantBroken);
}

std::int64_t peak_memory_kb() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

// 300,000 rows of 400 bytes are 120 MB; the answer may take a small part of that.
TEST_P(Contract, LargeAnswersAreReadInConstantMemory) {
    const char* sql =
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000)"
        " SELECT i, CAST(? AS TEXT) FROM n";
    const std::string filler(400, 'x');
    std::int64_t rows = 0, sum = 0;
    const auto before = peak_memory_kb();
    const auto outcome = database().read([&](Tx& tx) {
        return tx.each_row(sql, std::vector<Value>{filler}, [&](const Row& row) -> Result<void> {
            ++rows;
            sum += row.integer(0);
            return {};
        });
    });
    ASSERT_TRUE(outcome);
    EXPECT_EQ(rows, 300'000);
    EXPECT_EQ(sum, 300'000ll * 300'001 / 2);
    EXPECT_LT(peak_memory_kb() - before, 20'000);
}

TEST_P(Contract, AnAddressOfNoKnownKindIsRefused) {
    expect_refused(Database::open("mysql://somewhere"), ErrorKind::invalid, "db.bad_address");
    expect_refused(Database::open("sqlite:"), ErrorKind::invalid, "db.bad_address");
}

TEST_P(Contract, EveryFailingCallLeavesNothingHalfDone) {
    const auto settle = [](Database& into) {
        return into.write([](Tx& tx) -> Result<void> {
            const auto household =
                TRY(tx.number("INSERT INTO household (name) VALUES ('moved in') RETURNING id"));
            const std::string_view columns[] = {"household", "name"};
            const auto bulk = TRY(tx.bulk("person", columns));
            TRY(bulk->add({household, "阿依"}));
            TRY(bulk->add({household, "木果"}));
            TRY(bulk->finish());
            return {};
        });
    };
    int n = 1;
    for (;; ++n) {
        db_testing::FailingDatabase failing(database(), n);
        const auto outcome = settle(failing);
        if (!failing.failed()) {
            EXPECT_TRUE(outcome);
            break;
        }
        expect_refused(outcome, ErrorKind::unavailable, "db.full");
        EXPECT_EQ(number("SELECT COUNT(*) FROM household"), 0) << "call " << n;
        EXPECT_EQ(number("SELECT COUNT(*) FROM person"), 0) << "call " << n;
    }
    EXPECT_EQ(n, 8) << "begin, insert, bulk, two rows, its end and the commit failed in turn";
    EXPECT_EQ(number("SELECT COUNT(*) FROM person"), 2);
}

}  // namespace
}  // namespace ballast::db
