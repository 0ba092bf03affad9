/// The warnings whose clue was closed or whose case is over. Inside screening only.
#pragma once

#include "screening/screening.h"

namespace ballast::screening::ending {

/// Closes those of the household (of every household, when none is named) in the scope and answers how many;
/// whoever calls records it.
Result<std::int64_t> close(db::Tx& tx, const auth::Scope& scope,
                           const std::optional<registry::HouseholdId>& household, Date today);

}  // namespace ballast::screening::ending
