/// The tasks of a demo county: on all levels and in every state, with a supervision that nobody has answered, one that is
/// late and was told above, and a commitment made in public.
#pragma once

#include "context/context.h"
#include "demo/staff.h"

namespace ballast::demo {

/// `home`: the village of the sign-in page. Errors: those of the steps.
Result<void> give_tasks(const delivery::Context& context, const Staff& staff, AreaCode home, Instant now);

}  // namespace ballast::demo
