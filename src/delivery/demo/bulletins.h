/// The bulletins of a demo county: one that was published a month ago, imported from a file, edited by one
/// and reviewed by another; and one in the making, drafted from the county's own figures, with a sum that
/// does not hold and an article that somebody has only begun.
#pragma once

#include "bulletin/desk.h"
#include "context/context.h"
#include "demo/staff.h"

namespace ballast::demo {

/// `rules`: the hash of the rules behind the county's warnings. Errors: those of the steps.
Result<void> write_bulletins(const delivery::Context& context, AreaCode county, const Staff& staff,
                             std::string_view rules, Instant now);

}  // namespace ballast::demo
