/// What the programmes of a demo county hold on its day: rows taken through their steps, activities with photos, contracts,
/// funds, fees, as the files of data/programmes say (README.md). It goes through the doors that the API uses, in the name
/// of the staff; a row that a programme refuses is refused here too.
#pragma once

#include "context/context.h"
#include "demo/staff.h"

namespace ballast::demo {

/// How many rows and activities were entered. `home`: the village of the accounts on the sign-in page.
/// Errors: those of every step; invalid "packs.malformed" {file, line}; "demo.doing_unknown" {file, line, key}.
Result<std::int64_t> fill_programmes(const delivery::Context& context, const Staff& staff, AreaCode county,
                                     AreaCode home, Instant now);

}  // namespace ballast::demo
