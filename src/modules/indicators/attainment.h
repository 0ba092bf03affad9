/// What was promised and what was reached.
#pragma once

#include <optional>
#include <span>

#include "base/decimal.h"
#include "indicators/measure.h"

namespace ballast::indicators {

enum class Direction : std::uint8_t { at_least, at_most };
enum class Standing : std::uint8_t { reached, missed, unknown };

struct Attainment {
    Standing standing = Standing::unknown;
    Decimal gap = {};                // actual - target; of shares in percentage points, never a quotient
    std::optional<Decimal> percent;  // of the target, two places; nothing where the target is nought
};
/// `actual` is nothing where nobody has reported: then nothing is reached or missed.
Attainment attainment(const std::optional<Decimal>& actual, const Decimal& target, Direction direction);

/// Targets of counts add up: what an area's parts promise together may not be more than the area does.
/// Error: conflict "indicators.target_below_sum" {target, sum, unit}.
Result<void> check_target_sum(const Measure& measure, std::int64_t target,
                              std::span<const std::int64_t> parts);

/// The figure before a change in percentage points: 90.91 after +3.83 was 87.08.
Decimal before_points(const Decimal& after, const Decimal& points);

}  // namespace ballast::indicators
