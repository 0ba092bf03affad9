// How many rows per second come into the database: a register of invented people, and a department's files, each beside what the
// bare engine does with the same number of rows (one table, one prepared statement or COPY).
//
//   import_bench [PEOPLE]      SQLite in a temporary folder; PostgreSQL too where BALLAST_TEST_POSTGRES names one
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>

#include "demo/feed_files.h"
#include "feeds/feeds.h"
#include "registry/export.h"
#include "registry/import.h"
#include "schema/shipped.h"

using namespace ballast;
namespace fs = std::filesystem;

namespace {

const Date today = *Date::from(2026, 11, 23);
const Instant now{(std::int64_t{today.days()} * 24 + 4) * 3'600'000};

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

void line(const char* what, std::int64_t rows, double took) {
    std::printf("  %-34s %9lld rows  %7.2f s  %9.0f rows/s\n", what, static_cast<long long>(rows), took, static_cast<double>(rows) / took);
}

std::int64_t rows_of(const demo::County& county) {
    std::int64_t rows = 0;
    for (const auto& home : county.households) {
        std::map<std::pair<Date, Date>, int> windows;
        for (const auto& one : home.income) windows[{one.window.first, one.window.last}] = 1;
        rows += 2 + static_cast<std::int64_t>(home.members.size() + windows.size());  // 户信息, 保障信息; 成员信息; 收入信息
    }
    return rows;
}

void run(const std::string& address, const demo::County& county, const std::vector<registry::File>& files, const std::vector<demo::SentFile>& sent,
         const std::string& folder) {
    const auto database = value(db::Database::open(address));
    std::printf("%s\n", database->engine() == db::Engine::sqlite ? "SQLite" : "PostgreSQL");
    value(db::migrate(*database, schema::shipped_migrations(), now));
    const auto vault = crypto::test_vault("bench");
    const auto actor = auth::system_actor("bench");
    const std::int64_t rows = rows_of(county);

    line("baseline: bare rows", rows, seconds([&] {
             value(database->write([&](db::Tx& tx) -> Result<void> {
                 TRY(tx.exec("CREATE TABLE bench_bare (a BIGINT, b TEXT, c TEXT, d TEXT)"));
                 static constexpr std::array<std::string_view, 4> columns{"a", "b", "c", "d"};
                 auto bulk = TRY(tx.bulk("bench_bare", columns));
                 for (std::int64_t i = 0; i < rows; ++i) TRY(bulk->add({i, "513431199001011234", "吉克·阿依", "2026-11-23"}));
                 TRY(bulk->finish());
                 return {};
             }));
         }));
    registry::ImportId id;
    line("register: read, stage, judge", rows, seconds([&] {
             id = value(registry::receive(*database, *vault, actor, {county.area, "bench", "bench", today}, files, today, now));
         }));
    line("register: publish", rows, seconds([&] { value(registry::apply(*database, *vault, actor, id, now)); }));

    const auto reg = value(database->read([&](db::Tx& tx) { return feeds::load_register(tx, auth::Scope({county.area}), county.area); }));
    std::int64_t fed = 0;
    const double took = seconds([&] {
        for (const auto& file : sent) {
            const auto batch = value(feeds::receive(*database, *vault, actor, {folder + "/" + file.path, fs::path(file.path).filename().string(), county.area, "", ""}, reg, now));
            fed += batch.counts.rows();
        }
    });
    line("feeds: check, link, seal, publish", fed, took);
}

}  // namespace

int main(int argc, char** argv) {
    const std::int64_t people = argc > 1 ? std::atoll(argv[1]) : 20'000;
    const fs::path folder = fs::temp_directory_path() / ("ballast-bench-" + std::to_string(people));
    fs::remove_all(folder);
    fs::create_directories(folder);
    const auto& division = areas::Division::shipped();
    const auto county = value(demo::make_county(division, *AreaCode::parse("513431"), people, 1, today));
    std::vector<registry::File> files;
    for (const auto& path : value(registry::write_register(county.households, folder.string() + "/register", table::Format::csv)))
        files.push_back({path, fs::path(path).filename().string()});
    const auto sent = value(demo::write_year(county, division, demo::FaultProfile::mid, 1, folder.string()));
    std::printf("%lld people\n", static_cast<long long>(county.people()));
    run("sqlite:" + folder.string() + "/bench.db", county, files, sent, folder.string());
    if (const char* postgres = std::getenv("BALLAST_TEST_POSTGRES")) run(postgres, county, files, sent, folder.string());
    else std::printf("PostgreSQL: skipped, BALLAST_TEST_POSTGRES names none\n");
    fs::remove_all(folder);
}
