#include "db_testing/testing.h"

#include <stdlib.h>
#include <unistd.h>

#include <filesystem>
#include <iostream>

#include "base/rng.h"
#include "schema/shipped.h"

namespace ballast::db_testing {
namespace {

const char* postgres_address() { return ::getenv("BALLAST_TEST_POSTGRES"); }

// Memory rather than disk: a test makes many small commits, and each would wait for the disk.
std::string new_folder() {
    const bool memory = ::access("/dev/shm", W_OK) == 0;
    std::string name = (memory ? "/dev/shm/" : ::testing::TempDir()) + "ballast_test_XXXXXX";
    INVARIANT(::mkdtemp(name.data()) != nullptr);
    return name;
}

void on_server(const std::string& statement) {
    auto server = db::Database::open(postgres_address());
    if (!server) throw std::runtime_error("BALLAST_TEST_POSTGRES does not answer: " + server.error().detail);
    const auto done = (*server)->write([&](db::Tx& tx) { return tx.exec(statement); });
    if (!done) throw std::runtime_error(statement + ": " + done.error().detail);
}

std::string new_schema() {
    const std::string name = "test_" + std::to_string(::getpid()) + "_" + std::to_string(fresh_seed());
    on_server("CREATE SCHEMA " + name);
    return name;
}

}  // namespace

bool available(db::Engine engine) { return engine == db::Engine::sqlite || postgres_address(); }

FreshDatabase::FreshDatabase(db::Engine engine, const db::Options& options)
    : engine_(engine), options_(options) {
    if (engine == db::Engine::sqlite) {
        place_ = new_folder();
        address_ = "sqlite:" + place_ + "/county.db";
    } else {
        place_ = new_schema();
        const std::string server = postgres_address();
        address_ = server + (server.find('?') == std::string::npos ? "?" : "&") + "options=-csearch_path%3D" +
                   place_;
    }
    reopen();
}

FreshDatabase::~FreshDatabase() {
    close();
    try {
        if (engine_ == db::Engine::sqlite)
            std::filesystem::remove_all(place_);
        else
            on_server("DROP SCHEMA " + place_ + " CASCADE");
    } catch (const std::exception& error) {
        ADD_FAILURE() << place_ << " was left behind: " << error.what();
    }
}

void FreshDatabase::reopen() {
    close();
    auto opened = db::Database::open(address_, options_);
    if (!opened) throw std::runtime_error(opened.error().id + ": " + opened.error().detail);
    database_ = std::move(*opened);
}

void OnBothEngines::SetUp() {
    if (!available(engine())) GTEST_SKIP() << "BALLAST_TEST_POSTGRES names no PostgreSQL";
    fresh_ = std::make_unique<FreshDatabase>(engine());
    const auto migrated = db::migrate(database(), migrations(), Instant{});
    ASSERT_TRUE(migrated) << migrated.error().id << ": " << migrated.error().detail;
}

std::vector<db::Migration> OnBothEngines::migrations() const { return schema::shipped_migrations(); }

std::string engine_name(const ::testing::TestParamInfo<db::Engine>& info) {
    return info.param == db::Engine::sqlite ? "Sqlite" : "Postgresql";
}

}  // namespace ballast::db_testing
