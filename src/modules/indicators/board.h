/// What a board shows of an area: indicators with their targets and their history, and one indicator by the areas below.
/// Read from sums that were rolled up when something changed; nothing is counted for a visitor.
#pragma once

#include "indicators/series.h"
#include "indicators/targets.h"

namespace ballast::indicators {

/// An indicator of an area and a term, as it may be shown there.
struct Reading {
    const Indicator* of = nullptr;
    std::string term;
    AreaCode area;
    Sum numerator, denominator;
    std::optional<Decimal> value;  // nothing where hidden, not reported, or divided by nought
    bool hidden = false;           // a small count is in it; shown in a village itself only
    std::optional<Target> target = {};
    Attainment attainment = {};
};

/// Every indicator, in the term of its kind that `on` lies in. Errors: those of `area_of`.
Result<std::vector<Reading>> board(db::Tx& tx, const Desk& desk, AreaCode area, Date on);
/// One indicator by the areas of the next level below that has any.
Result<std::vector<Reading>> by_area(db::Tx& tx, const Desk& desk, const Indicator& indicator, AreaCode area, Date on);
/// `terms` of them, the last being that of `on`.
Result<std::vector<Reading>> history(db::Tx& tx, const Desk& desk, const Indicator& indicator, AreaCode area, Date on,
                                     int terms);
/// A figure's parts beside its whole.
struct PartSum {
    std::string part;
    Sum sum;
    bool hidden = false;
};
Result<std::vector<PartSum>> parts(db::Tx& tx, const Desk& desk, const Figure& figure, AreaCode area, const Term& term);

}  // namespace ballast::indicators
