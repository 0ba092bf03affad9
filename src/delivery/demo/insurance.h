/// Insurance of a demo county: an insurer with its book, the county's guarantee fund and subsidy budget, one
/// rice policy of a village that came into force, had its subsidy paid and a drought settled, with a second
/// claim waiting to be surveyed, and a policy of pigs that has no list yet. The lists lie among the samples,
/// to be sent in by whoever tries.
#pragma once

#include "context/context.h"
#include "demo/county.h"
#include "demo/staff.h"

namespace ballast::demo {

/// Errors: those of the steps; unavailable "app.cannot_write" {path}.
Result<void> write_insurance(const delivery::Context& context, const County& county, const Staff& staff,
                             Instant now);

}  // namespace ballast::demo
