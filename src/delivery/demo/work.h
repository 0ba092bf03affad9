/// Employment of a demo county: wishes, classes, posts, who works where with pay, and a matching to be
/// decided.
#pragma once

#include "context/context.h"
#include "demo/county.h"

namespace ballast::demo {

/// For the township of that village, through the doors that the API uses. The same seed gives the same
/// people.
Result<void> put_to_work(const delivery::Context& context, AreaCode village, std::uint64_t seed, Instant now);

}  // namespace ballast::demo
