/// Areas that merge, split and move. A figure belongs to the area of its time; to compare it with today's it
/// is carried over to the heirs: whole where there is one, in shares that add up to it again where there are
/// several. So the sum over all areas never changes, nor that of any area which holds both the old ones and
/// their heirs.
#pragma once

#include <span>
#include <vector>

#include "base/area_code.h"
#include "base/date.h"
#include "base/decimal.h"

namespace ballast::indicators {

/// From this day on an area is these. Two areas with the same single heir have merged; an area among its own
/// heirs has kept its code and lost a part.
struct Succession {
    Date on;
    AreaCode from;
    struct Heir {
        AreaCode code;
        Decimal weight = 1;  // households that went there, say; only their proportion counts
    };
    std::vector<Heir> to;
};

/// Errors, all invalid, with {area, date}: "indicators.no_heir"; "indicators.weights_nought" (below nought,
/// or all nought); "indicators.changed_twice" (two rows of one area and day); "indicators.heir_twice" {heir};
/// "indicators.heir_level" {heir} (a village is followed by villages).
Result<void> check(std::span<const Succession> successions);

struct AreaFigure {
    AreaCode area;
    std::int64_t value = 0;
    bool apportioned = false;  // split by weights: nobody has counted it
};
/// As of `to`, of figures as of `from`; in order of area, one each. The successions have been checked.
std::vector<AreaFigure> carried(std::vector<AreaFigure> figures, std::span<const Succession> successions,
                                Date from, Date to);
/// Where an area's figures of a day stand later.
std::vector<AreaCode> heirs(AreaCode area, std::span<const Succession> successions, Date from, Date to);

}  // namespace ballast::indicators
