/// What a run reads of the other modules, through their published views; inside surveillance only.
#pragma once

#include <map>
#include <set>
#include <vector>

#include "surveillance/alarm_file.h"

namespace ballast::surveillance {

/// Somebody whose work ended in a month.
struct Lost {
    std::int64_t person = 0, household = 0;
    AreaCode village;
    Date on;
    friend auto operator<=>(const Lost&, const Lost&) = default;
};
struct PriceSeries {
    AreaCode area;
    std::string product;
    Prices prices;
};
struct Seen {
    std::vector<Signal> signals;
    std::map<AreaCode, std::int64_t> on_file;  // households of villages and townships
    Date month;                                // the last whole one
    std::vector<Lost> lost, lost_before;       // in it, and in the one before it; one row for a person
    std::vector<PriceSeries> prices;
};
/// Signals since a day, of the county.
Result<Seen> look(db::Tx& tx, const Desk& desk, AreaCode county, const Limits& limits, Date since);

}  // namespace ballast::surveillance
