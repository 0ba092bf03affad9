// How many households per second a county is screened: reading alone as the baseline (the tables' bare rows;
// then every household and every department's row, opened, and nothing done with them), the first run, which
// stores the warnings and begins clues of them, and a second, which finds all of it said already.
//
//   screening_bench [PEOPLE]      SQLite in a temporary folder; PostgreSQL too where BALLAST_TEST_POSTGRES
//   names one
#include "registry/household_file.h"
#include "sample_county.h"
#include "screening/screening.h"

using namespace ballast;
using namespace ballast::bench;

namespace {

/// Every row of the tables that screening reads, walked to its end.
std::int64_t scan(db::Database& database) {
    std::int64_t rows = 0;
    value(database.read([&](db::Tx& tx) -> Result<void> {
        for (const auto* table :
             {"registry_household", "registry_person", "registry_income", "registry_guarantee", "feeds_row"})
            TRY(tx.each_row(std::string("SELECT * FROM ") + table, {}, [&](const db::Row&) -> Result<void> {
                ++rows;
                return {};
            }));
        return {};
    }));
    return rows;
}

std::int64_t open_all(db::Database& database, const crypto::Vault& vault, AreaCode area) {
    const auth::Scope scope({area});
    std::int64_t households = 0;
    value(database.read([&](db::Tx& tx) -> Result<void> {
        TRY(feeds::each_fact(tx, vault, scope, today.plus_months(-16).iso().substr(0, 7),
                             [](const feeds::Fact&) -> Result<void> { return {}; }));
        return registry::each_household(tx, vault, scope, area,
                                        [&](const registry::Household&) -> Result<void> {
                                            ++households;
                                            return {};
                                        });
    }));
    return households;
}

void run(db::Database& database, const SampleCounty& county, const screening::Rules& rules) {
    const auto vault = crypto::test_vault("bench");
    const auto actor = auth::system_actor("bench");
    const auto area = county.people.area;
    const auto id = value(registry::receive(database, *vault, actor, {area, "bench", "bench", today},
                                            county.register_files, today, now));
    value(registry::apply(database, *vault, actor, id, now));
    county.receive_all(database, *vault, actor);

    std::int64_t households = 0;
    const double opening = seconds([&] { households = open_all(database, *vault, area); });
    const double scanning = seconds(
        [&] { std::printf("  %lld rows in the tables read\n", static_cast<long long>(scan(database))); });
    line("baseline: bare rows", households, scanning, "households");
    line("baseline: read and open all", households, opening, "households");
    for (const auto* what : {"screened the first time", "screened again"}) {
        screening::Run done;
        const double took = seconds([&] {
            done = value(screening::screen(database, *vault, actor, rules, {area, {}}, now));
        });
        line(what, done.households, took, "households");
        std::printf("    %lld warnings raised, %lld clues\n", static_cast<long long>(done.raised),
                    static_cast<long long>(done.clues));
    }
}

}  // namespace

int main(int argc, char** argv) {
    const SampleCounty county(argc > 1 ? std::atoll(argv[1]) : 20'000);
    const auto rules = value(screening::Rules::load(county.people.area, today));
    std::printf("%lld people\n", static_cast<long long>(county.people.people()));
    on_both(county, [&](db::Database& database) { run(database, county, rules); });
}
