/// Two seasons of snow-index cover of one village: the one before last is settled and paid, the last one waits for
/// the county. With the station's days over ten seasons, and two years of pig futures.
#pragma once

#include "demo/county.h"
#include "demo/staff.h"
#include "insurance/desk.h"

namespace ballast::demo {

/// The first day on which the insurer must be at work for them.
Date snow_begins(Date today);
Result<void> write_snow(const delivery::Context& context, const County& county, const Staff& staff,
                        const insurance::Book& book, Instant now);

}  // namespace ballast::demo
