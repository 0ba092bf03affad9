/// An invented county: real townships and villages, invented people. The same area, number of people, seed
/// and day give the same county on every machine.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "areas/areas.h"
#include "base/area_code.h"
#include "base/date.h"
#include "base/rng.h"
#include "registry/household.h"

namespace ballast::demo {

struct County {
    AreaCode area;
    Date today;
    std::vector<registry::Household> households;  // in village order; ids are 0, household numbers are unique
    std::size_t people() const;
};

/// About `people` people in villages of `county`, as registered at the end of the month before `today`. Each
/// village's share is uneven; households follow a few common compositions; incomes are log-normal about the
/// area's level with some three per cent below the usual monitoring line. Error: invalid "demo.no_villages"
/// when the area has none.
Result<County> make_county(const areas::Division& division, AreaCode county, std::int64_t people,
                           std::uint64_t seed, Date today);

}  // namespace ballast::demo
