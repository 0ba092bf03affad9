// How many rows per second come into the database: a register of invented people, and a department's files,
// each beside what the bare engine does with the same number of rows (one table, one prepared statement or
// COPY).
//
//   import_bench [PEOPLE]      SQLite in a temporary folder; PostgreSQL too where BALLAST_TEST_POSTGRES names
//   one
#include <array>
#include <map>

#include "sample_county.h"

using namespace ballast;
using namespace ballast::bench;

namespace {

std::int64_t rows_of(const demo::County& county) {
    std::int64_t rows = 0;
    for (const auto& home : county.households) {
        std::map<std::pair<Date, Date>, int> windows;
        for (const auto& one : home.income) windows[{one.window.first, one.window.last}] = 1;
        rows += 2 + static_cast<std::int64_t>(home.members.size() +
                                              windows.size());  // 户信息, 保障信息; 成员信息; 收入信息
    }
    return rows;
}

void run(db::Database& database, const SampleCounty& county) {
    const auto vault = crypto::test_vault("bench");
    const auto actor = auth::system_actor("bench");
    const std::int64_t rows = rows_of(county.people);

    line("baseline: bare rows", rows, seconds([&] {
             value(database.write([&](db::Tx& tx) -> Result<void> {
                 TRY(tx.exec("CREATE TABLE bench_bare (a BIGINT, b TEXT, c TEXT, d TEXT)"));
                 static constexpr std::array<std::string_view, 4> columns{"a", "b", "c", "d"};
                 auto bulk = TRY(tx.bulk("bench_bare", columns));
                 for (std::int64_t i = 0; i < rows; ++i)
                     TRY(bulk->add({i, "513431199001011234", "吉克·阿依", "2026-11-23"}));
                 TRY(bulk->finish());
                 return {};
             }));
         }));
    registry::ImportId id;
    line("register: read, stage, judge", rows, seconds([&] {
             id = value(registry::receive(database, *vault, actor,
                                          {county.people.area, "bench", "bench", today},
                                          county.register_files, today, now));
         }));
    line("register: publish", rows,
         seconds([&] { value(registry::apply(database, *vault, actor, id, now)); }));
    std::int64_t fed = 0;
    const double took = seconds([&] { fed = county.receive_all(database, *vault, actor); });
    line("feeds: check, link, seal, publish", fed, took);
}

}  // namespace

int main(int argc, char** argv) {
    const SampleCounty county(argc > 1 ? std::atoll(argv[1]) : 20'000);
    std::printf("%lld people, %zu files\n", static_cast<long long>(county.people.people()),
                county.sent.size());
    on_both(county, [&](db::Database& database) { run(database, county); });
}
