/// Every kind of long work. To add a module's: write `<module>_jobs.cpp` in this folder with
/// `void add_<module>_jobs(jobs::Kinds&)`, declare it here and name it in kinds.cpp.
#pragma once

#include "jobs/jobs.h"

namespace ballast::app {

void add_feeds_jobs(jobs::Kinds& kinds);
void add_indicators_jobs(jobs::Kinds& kinds);
void add_insurance_jobs(jobs::Kinds& kinds);
void add_quality_jobs(jobs::Kinds& kinds);
void add_registry_jobs(jobs::Kinds& kinds);
void add_screening_jobs(jobs::Kinds& kinds);
void add_surveillance_jobs(jobs::Kinds& kinds);
void add_tasks_jobs(jobs::Kinds& kinds);

jobs::Kinds all_kinds();
/// Those of them that a county is owed once a night.
std::vector<std::string> nightly_kinds();

}  // namespace ballast::app
