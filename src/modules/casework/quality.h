/// Worklists of data quality: what the rules of quality_rules.h find in a county, with who mends it and by
/// when. A run looks at every household; what no longer holds is gone by itself, for the register is where it
/// is mended.
#pragma once

#include <functional>
#include <map>

#include "auth/auth.h"
#include "casework/quality_rules.h"
#include "crypto/crypto.h"
#include "db/db.h"
#include "packs/store.h"

namespace ballast::casework {

struct QualityRun {
    std::int64_t id = 0;
    AreaCode county;
    Date as_of;
    Instant at;
    std::int64_t households = 0;  // looked at
    std::int64_t found = 0;       // that were not there before
    std::int64_t gone = 0;        // that no longer hold
    std::int64_t open = 0;        // that stand now
};
/// Households looked at; false stops the run, which then has changed nothing.
using QualityProgress = std::function<bool(std::int64_t)>;
/// forbidden "auth.not_allowed" without quality_run; not_found "areas.unknown" when the county does not lie
/// inside its areas.
Result<void> may_examine(const auth::Actor& actor, AreaCode county);
/// Reads the county, then stores all it found in one transaction. A second run on the same day finds the
/// same. `packs` say the deadline and the monitoring line.
///
/// Errors: those of `may_examine`; conflict "quality.stopped"; those of packs.
Result<QualityRun> examine_county(db::Database& database, const crypto::Vault& vault,
                                  const areas::Division& division, const auth::Actor& actor,
                                  const packs::Store& packs, AreaCode county, Instant now,
                                  const QualityProgress& progress = {});

struct QualityLine {
    std::int64_t id = 0;
    std::string rule;
    registry::HouseholdId household;
    AreaCode village;
    std::optional<registry::PersonId> person;
    std::string owner;  // village | township | county
    Date found_on, due_on;
};
struct QualityQuery {
    std::string rule, owner;
    std::optional<AreaCode> area;
    std::optional<registry::HouseholdId> household;
    bool overdue = false;
    std::int64_t offset = 0, limit = 20;
};
struct QualityCounts {
    std::int64_t total = 0, overdue = 0;
    std::map<std::string, std::int64_t> by_rule;  // whatever rule the query asks for
};
/// Open findings inside the areas of quality_read, those due first come first.
Result<std::vector<QualityLine>> quality_findings(db::Tx& tx, const auth::Actor& actor,
                                                  const QualityQuery& query, Date today,
                                                  QualityCounts* counts);
/// The latest run that looked at these areas.
Result<std::optional<QualityRun>> latest_quality_run(db::Tx& tx, const auth::Actor& actor);

}  // namespace ballast::casework
