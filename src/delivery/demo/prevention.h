/// Prevention cover of a demo county: this year's fund, and households at every step of the way: paid, on
/// display, computed, turned away below the line, and one that waits for the insurer's visit.
#pragma once

#include "context/context.h"
#include "demo/county.h"
#include "demo/staff.h"

namespace ballast::demo {

/// After write_insurance, for it needs the insurer. Errors: those of the steps.
Result<void> write_prevention(const delivery::Context& context, const County& county, const Staff& staff,
                              Instant now);

}  // namespace ballast::demo
