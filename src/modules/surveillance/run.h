/// The evaluation of R33 to R35 for a county: every night, and at command. Idempotent: what stands behind an alarm already is never
/// counted for another one, so a run that finds nothing new changes nothing but the day on which an alarm was last met.
#pragma once

#include "surveillance/alarm_file.h"

namespace ballast::surveillance {

struct Ran {
    std::int64_t raised = 0, joined = 0, lapsed = 0;
};
/// Reads what screening, casework, the register, employment and the departments know, then stores in one short transaction; runs of one
/// county store one after the other. What is told of the risk and area of an open alarm joins it; what turned out to be none leaves it.
///
/// Errors: forbidden "auth.not_allowed"; not_found "areas.unknown" {code}: the county lies outside screening_run; those of `limits_on`.
Result<Ran> run(db::Database& database, const Desk& desk, AreaCode county, const Limits& limits);

/// The counties of an area that have a register or prices.
Result<std::vector<AreaCode>> counties(db::Tx& tx, AreaCode within);

struct LastRun {
    Date as_of;
    Instant at{};
};
/// The latest of the counties around or inside an area.
Result<std::optional<LastRun>> last_run(db::Tx& tx, AreaCode area);

}  // namespace ballast::surveillance
