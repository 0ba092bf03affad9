/// The work that people were placed in, by household, as screening asks of it.
#pragma once

#include <unordered_map>
#include <vector>

#include "auth/auth.h"
#include "db/db.h"
#include "screening/facts.h"

namespace ballast::screening {

using WorkOf = std::unordered_map<registry::HouseholdId, std::vector<Work>>;

/// Of everybody in the scope; what ended with a death is left out.
Result<WorkOf> work_of(db::Tx& tx, const auth::Scope& scope);

}  // namespace ballast::screening
