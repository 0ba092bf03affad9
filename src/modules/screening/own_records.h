/// What the platform's own modules know of households, as screening asks of it: placements and loans.
#pragma once

#include <unordered_map>

#include "auth/auth.h"
#include "db/db.h"
#include "screening/facts.h"

namespace ballast::screening {

using OwnRecordsOf = std::unordered_map<registry::HouseholdId, OwnRecords>;

/// Of everybody in the scope. Of work, what ended with a death is left out; of loans, those that were
/// compensated or written off: what is left of them is a debt to the fund, not an instalment missed.
Result<OwnRecordsOf> own_records_of(db::Tx& tx, const auth::Scope& scope);

}  // namespace ballast::screening
