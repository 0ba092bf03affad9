/// For tests: a fresh database on either engine, and the fixture that runs a test on both.
///
///     class Feeds : public db_testing::OnBothEngines {};
///     ON_BOTH_ENGINES(Feeds);
///     TEST_P(Feeds, RecogniseTheSameFileTwice) { database().write([&](db::Tx& tx) { ... }); }
///
/// In the module's CMakeLists.txt: TEST_NEEDS db_testing. PostgreSQL is the one that the variable
/// BALLAST_TEST_POSTGRES names (tools/with_postgres sets it); without it those tests say "skipped".
/// Every database is its test's own, so tests may run beside each other.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "db/db.h"
#include "db/migrations.h"

namespace ballast::db_testing {

/// False only for PostgreSQL when none was named.
bool available(db::Engine engine);

/// Made empty, dropped at the end. On SQLite a file, in memory where the system offers that; on PostgreSQL a
/// schema.
class FreshDatabase {
public:
    explicit FreshDatabase(db::Engine engine, const db::Options& options = {});
    ~FreshDatabase();
    FreshDatabase(const FreshDatabase&) = delete;
    FreshDatabase& operator=(const FreshDatabase&) = delete;

    db::Database& operator*() { return *database_; }
    db::Database* operator->() { return database_.get(); }
    /// For another Database::open on the same data.
    const std::string& address() const { return address_; }
    /// Closes and opens it, as after a restart.
    void reopen();
    /// Closes it; until `reopen` it may not be used.
    void close() { database_.reset(); }

private:
    db::Engine engine_;
    db::Options options_;
    std::string place_;  // the folder, or the schema
    std::string address_;
    std::unique_ptr<db::Database> database_;
};

/// Migrated to `migrations()`: those of all modules, unless a fixture asks for less.
class OnBothEngines : public ::testing::TestWithParam<db::Engine> {
protected:
    void SetUp() override;
    void TearDown() override { fresh_.reset(); }
    virtual std::vector<db::Migration> migrations() const;

    db::Engine engine() const { return GetParam(); }
    FreshDatabase& fresh() { return *fresh_; }
    db::Database& database() { return **fresh_; }

private:
    std::unique_ptr<FreshDatabase> fresh_;
};

std::string engine_name(const ::testing::TestParamInfo<db::Engine>& info);

}  // namespace ballast::db_testing

#define ON_BOTH_ENGINES(fixture)                                                             \
    INSTANTIATE_TEST_SUITE_P(                                                                \
        OnBothEngines, fixture,                                                              \
        ::testing::Values(::ballast::db::Engine::sqlite, ::ballast::db::Engine::postgresql), \
        ::ballast::db_testing::engine_name)
