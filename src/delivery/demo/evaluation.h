/// The evaluation of the demo county's insurer: last year's is closed, this year's waits for the complaints to be
/// entered. With its service network, which has gaps.
#pragma once

#include "context/context.h"
#include "demo/county.h"
#include "demo/staff.h"

namespace ballast::demo {

/// After write_insurance, for it needs the insurer. Errors: those of the steps.
Result<void> write_evaluation(const delivery::Context& context, const County& county, const Staff& staff, Instant now);

}  // namespace ballast::demo
