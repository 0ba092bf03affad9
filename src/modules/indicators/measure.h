/// What a figure counts, and figures by area in columns. A value is a whole number of the measure's last
/// place: 12.50 of a measure with two places is 1250, so that sums are exact whatever their order.
///
/// Unlike units never add: 户, 人 and 人次 are three measures (domain rule G6).
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "base/decimal.h"

namespace ballast::indicators {

struct Measure {
    std::string unit;  // one of programmes::units(): "户", "人", "人次", "元" ...
    int places = 0;    // 0 to 4

    friend bool operator==(const Measure&, const Measure&) = default;
};

/// Nothing was reported. Never 0, and never shown as 0.
inline constexpr std::int64_t absent = std::numeric_limits<std::int64_t>::min();
/// A single value lies between -largest and largest: nine million of them fit in a sum.
inline constexpr std::int64_t largest = 1'000'000'000'000;

/// "1,234.5" in a measure with one place is 12345. Errors, all invalid, with {value, unit}:
/// "indicators.not_a_number"; "indicators.too_many_places" {places}; "indicators.too_large".
Result<std::int64_t> read_value(const Measure& measure, std::string_view text);
/// With the measure's places and no grouping: "1234.5".
std::string written(const Measure& measure, std::int64_t value);
Decimal decimal_of(const Measure& measure, std::int64_t value);

/// One figure by area; the areas are those of a tree's leaves, in their order (tree.h).
struct Column {
    Measure measure;
    std::vector<std::int64_t> values;
};

/// Area by area; absent where either is. Errors, invalid: "indicators.unlike_units" {first, second};
/// "indicators.too_large".
Result<Column> sum(const Column& a, const Column& b);

/// numerator / denominator with `places`, half up; nothing where the denominator is nought or either is
/// absent. The two were rolled up separately: a ratio is never averaged.
struct Ratio {
    std::int64_t numerator = absent, denominator = absent;
};
/// `per`: 1000 for so many in a thousand.
std::optional<Decimal> quotient(const Ratio& ratio, const Measure& above, const Measure& below, int places,
                                std::int64_t per = 1);
/// In percent. Both have the same unit; anything else breaks an INVARIANT (a definition refuses it).
std::optional<Decimal> percent(const Ratio& ratio, const Measure& above, const Measure& below, int places);

}  // namespace ballast::indicators
