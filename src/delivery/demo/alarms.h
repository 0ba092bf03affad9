/// Large-scale alarms of a demo county: a flood that has hit one village, and a main product whose price has fallen for three months. The
/// flood's alarm has been checked on the spot and waits for the county's decision.
#pragma once

#include "context/context.h"
#include "demo/staff.h"

namespace ballast::demo {

/// `home`: a village in whose township the flood was, if another one there has enough households. Errors: those of the steps.
Result<void> raise_alarms(const delivery::Context& context, const Staff& staff, AreaCode home, Instant now);

}  // namespace ballast::demo
