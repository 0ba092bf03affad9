/// What the platform itself knows for an insurer's evaluation of a year. Inside the module only.
///
/// Insured: policies of the season that came into force and were not cancelled. Due: what farmers agreed to whose
/// time to pay (`payment_days`) ended within the year and has passed, and settlements of seasons that the county
/// confirmed, a policy that is paid counting as a case. Surveyed: losses whose time to survey (`survey_days`) ended
/// within the year and has passed; one that was rejected within it counts as looked at.
#pragma once

#include "insurance/evaluation.h"
#include "insurance/service_points.h"

namespace ballast::insurance {

struct PlatformFacts {
    std::vector<KindFigure> kinds;  // by product
    Amounts paid, paid_cases, surveyed;
    Decimal premium;  // yuan
    std::int64_t farmers = 0;
    Coverage network;
};
/// As on `today` of the desk.
Result<PlatformFacts> platform_facts(db::Tx& tx, const Desk& desk, const Insurer& insurer, int year);

Result<EvaluationTerms> evaluation_terms(const Desk& desk, AreaCode area, Date on);

}  // namespace ballast::insurance
