#include "indicators/attainment.h"

namespace ballast::indicators {

Attainment attainment(const std::optional<Decimal>& actual, const Decimal& target, Direction direction) {
    Attainment out;
    if (!actual) return out;
    out.gap = *actual - target;
    const bool reached = direction == Direction::at_least ? *actual >= target : *actual <= target;
    out.standing = reached ? Standing::reached : Standing::missed;
    if (!target.is_zero()) out.percent = (*actual * Decimal(100)).divided_by(target, 2, Rounding::half_up);
    return out;
}

Result<void> check_target_sum(const Measure& measure, std::int64_t target,
                              std::span<const std::int64_t> parts) {
    Decimal sum = 0;
    for (const auto part : parts) sum = sum + decimal_of(measure, part);
    if (decimal_of(measure, target) >= sum) return {};
    return conflict("indicators.target_below_sum")
        .with("target", written(measure, target))
        .with("sum", sum.plain())
        .with("unit", measure.unit);
}

Decimal before_points(const Decimal& after, const Decimal& points) { return after - points; }

}  // namespace ballast::indicators
