/// What the benches over a demo county share: an answer or the end, a clock, a line of the table, and a
/// county of invented people with its files in a temporary folder.
#pragma once

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "demo/feed_files.h"
#include "feeds/feeds.h"
#include "registry/export.h"
#include "registry/import.h"
#include "schema/shipped.h"

namespace ballast::bench {

inline const Date today = *Date::from(2026, 11, 23);
inline const Instant now{(std::int64_t{today.days()} * 24 + 4) * 3'600'000};

template <class T>
T value(Result<T> result) {
    if (!result) {
        std::fprintf(stderr, "%s %s\n", result.error().id.c_str(), result.error().detail.c_str());
        std::exit(1);
    }
    if constexpr (!std::is_void_v<T>) return std::move(*result);
}

template <class F>
double seconds(F&& work) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

inline void line(const char* what, std::int64_t rows, double took, const char* unit = "rows") {
    std::printf("  %-34s %9lld %s  %7.2f s  %9.0f %s/s\n", what, static_cast<long long>(rows), unit, took,
                static_cast<double>(rows) / took, unit);
}

struct SampleCounty {
    std::filesystem::path folder;  // goes with the county
    demo::County people;
    std::vector<registry::File> register_files;
    std::vector<demo::SentFile> sent;  // a year of departments' files; paths inside the folder

    explicit SampleCounty(std::int64_t count)
        : folder(std::filesystem::temp_directory_path() / ("ballast-bench-" + std::to_string(count))) {
        std::filesystem::remove_all(folder);
        std::filesystem::create_directories(folder);
        const auto& division = areas::Division::shipped();
        people = value(demo::make_county(division, *AreaCode::parse("513431"), count, 1, today));
        for (const auto& path : value(registry::write_register(
                 people.households, (folder / "register").string(), table::Format::csv)))
            register_files.push_back({path, std::filesystem::path(path).filename().string()});
        sent = value(demo::write_year(people, division, demo::FaultProfile::mid, 1, folder.string()));
    }
    SampleCounty(const SampleCounty&) = delete;
    SampleCounty& operator=(const SampleCounty&) = delete;
    ~SampleCounty() {
        std::error_code ignored;  // a temporary folder
        std::filesystem::remove_all(folder, ignored);
    }

    /// Receives every file of the year; how many rows they hold.
    std::int64_t receive_all(db::Database& database, const crypto::Vault& vault,
                             const auth::Actor& actor) const {
        const auto known = value(database.read(
            [&](db::Tx& tx) { return feeds::load_register(tx, auth::Scope({people.area}), people.area); }));
        std::int64_t rows = 0;
        for (const auto& file : sent) {
            const auto path = folder / file.path;
            rows += value(feeds::receive(database, vault, actor,
                                         {path.string(), path.filename().string(), people.area, "", ""},
                                         known, now))
                        .counts.rows();
        }
        return rows;
    }
};

/// SQLite in the county's folder, then PostgreSQL where BALLAST_TEST_POSTGRES names one.
template <class F>
void on_both(const SampleCounty& county, F&& run) {
    const auto one = [&](const std::string& address) {
        const auto database = value(db::Database::open(address));
        std::printf("%s\n", database->engine() == db::Engine::sqlite ? "SQLite" : "PostgreSQL");
        value(db::migrate(*database, schema::shipped_migrations(), now));
        run(*database);
    };
    one("sqlite:" + (county.folder / "bench.db").string());
    if (const char* postgres = std::getenv("BALLAST_TEST_POSTGRES"))
        one(postgres);
    else
        std::printf("PostgreSQL: skipped, BALLAST_TEST_POSTGRES names none\n");
}

}  // namespace ballast::bench
