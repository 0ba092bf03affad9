/// A year of the forms of a demo county, entered month by month by its villages: some late, some wrong, as everywhere.
#pragma once

#include "context/context.h"

namespace ballast::demo {

/// Also a year of its townships, five quarters of its banks and insurers, and a few targets; at the end everything is counted and held
/// against each other.
Result<void> enter_figures(const delivery::Context& context, std::uint64_t seed, Instant now);

}  // namespace ballast::demo
