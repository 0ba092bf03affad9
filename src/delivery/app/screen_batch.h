/// What follows when a department's file has been applied.
#pragma once

#include <functional>

#include "context/context.h"
#include "feeds/feeds.h"
#include "screening/screening.h"

namespace ballast::app {

/// Screens the households that a batch touched; may be done again. It acts for the system: who sends a file
/// need not have the right to screen. Errors: those of Rules::load and screening::screen.
Result<screening::Run> screen_batch(const delivery::Context& context, AreaCode county, feeds::BatchId batch,
                                    const std::function<bool(std::int64_t, std::int64_t)>& progress = {});

}  // namespace ballast::app
