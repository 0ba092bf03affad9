/// Counts the figures that have a source in the platform, keeps what stands behind each, and opens that list.
#pragma once

#include "indicators/desk.h"
#include "indicators/series.h"

namespace ballast::indicators {

/// Every such figure, of the term of today; earlier terms stay as they were last counted. Rolled up. Afterwards every
/// board reads sums. How many things were counted. Needs indicators_manage over the
/// whole installation: not_found "areas.unknown" otherwise.
Result<std::int64_t> count_all(db::Tx& tx, const Desk& desk);

/// What its ids are: household, person, clue, case, record; "" of a figure that is entered.
std::string_view about(const Figure& figure);

struct Behind {
    std::int64_t id = 0;
    AreaCode area;
};
/// The list behind a figure that the platform counted, in order of area. `total`, when asked, is the figure.
Result<std::vector<Behind>> behind(db::Tx& tx, const Desk& desk, const Figure& figure, const Term& term, AreaCode area,
                                   std::int64_t offset, std::int64_t limit, std::int64_t* total);

}  // namespace ballast::indicators
