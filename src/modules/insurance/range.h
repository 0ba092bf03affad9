/// Bounds of what people enter, so that an exact product of them always fits into a Decimal (38 digits, 18
/// places).
#pragma once

#include <string>
#include <string_view>

#include "base/decimal.h"
#include "base/result.h"

namespace ballast::insurance {

/// What is measured in the field, and so what a list and a loss sheet take: hundredths of a mu.
inline constexpr int unit_places = 2;

/// 0 <= value < bound, with at most so many places; `name` is that of the field.
/// Error: invalid, "insurance.out_of_range" {name, value}.
inline Result<void> within(std::string_view name, Decimal value, std::int64_t bound, int places) {
    if (value < 0 || value >= bound || value.rounded(places, Rounding::down) != value)
        return invalid("insurance.out_of_range").with("name", std::string(name)).with("value", value.plain());
    return {};
}

/// A share between 0 and 1, both included, with at most 4 places.
inline Result<void> share(std::string_view name, Decimal value) {
    if (value == 1) return {};
    return within(name, value, 1, 4);
}

/// Above 0.
inline Result<void> positive(std::string_view name, Decimal value, std::int64_t bound, int places) {
    if (value.is_zero())
        return invalid("insurance.out_of_range").with("name", std::string(name)).with("value", value.plain());
    return within(name, value, bound, places);
}

}  // namespace ballast::insurance
