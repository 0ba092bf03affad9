// Random people try random things for a year. BALLAST_SIMULATION_SEED begins with another seed,
// BALLAST_SIMULATION_RUNS takes so many seeds one after the other (1).
#include <cstdlib>

#include "db_testing/testing.h"
#include "town.h"

namespace ballast::simulation {
namespace {

constexpr int attempts_a_day = 16;

std::uint64_t asked_for(const char* name, std::uint64_t otherwise) {
    const char* given = std::getenv(name);
    return given ? std::strtoull(given, nullptr, 10) : otherwise;
}

class Year : public db_testing::OnBothEngines {};
ON_BOTH_ENGINES(Year);

TEST_P(Year, OfRandomPeopleLosesNothingAndBreaksNoRule) {
    const auto first = asked_for("BALLAST_SIMULATION_SEED", 1);
    const auto runs = asked_for("BALLAST_SIMULATION_RUNS", 1);
    for (auto seed = first; seed < first + runs; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        db_testing::FreshDatabase fresh(engine());
        must(db::migrate(*fresh, migrations(), Instant{}));
        Town town(*fresh, seed);
        town.year(attempts_a_day);
        town.check();
        RecordProperty("told", town.told());
        if (runs > 1 || HasFailure())
            std::printf("seed %llu: %s\n", static_cast<unsigned long long>(seed), town.told().c_str());
        if (HasFailure()) return;
    }
}

}  // namespace
}  // namespace ballast::simulation
