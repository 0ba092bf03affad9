#include "app/kinds.h"

namespace ballast::app {

jobs::Kinds all_kinds() {
    jobs::Kinds kinds;
    add_feeds_jobs(kinds);
    add_indicators_jobs(kinds);
    add_insurance_jobs(kinds);
    add_quality_jobs(kinds);
    add_registry_jobs(kinds);
    add_screening_jobs(kinds);
    add_surveillance_jobs(kinds);
    add_tasks_jobs(kinds);
    return kinds;
}

std::vector<std::string> nightly_kinds() { return {"quality.run", "surveillance.run", "indicators.count", "tasks.escalate"}; }

}  // namespace ballast::app
