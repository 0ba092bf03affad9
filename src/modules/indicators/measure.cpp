#include "indicators/measure.h"

#include <algorithm>

#include "base/text.h"

namespace ballast::indicators {
namespace {

constexpr std::int64_t powers[] = {1, 10, 100, 1'000, 10'000};

Error refuse(const char* id, const Measure& measure, std::string_view text) {
    return invalid(id).with("value", std::string(text)).with("unit", measure.unit);
}

}  // namespace

Result<std::int64_t> read_value(const Measure& measure, std::string_view typed) {
    const auto value = Decimal::parse(text::trimmed(typed));
    if (!value) return refuse("indicators.not_a_number", measure, typed);
    const auto whole = *value * Decimal(powers[measure.places]);
    const auto rounded = whole.rounded(0, Rounding::down);
    if (rounded != whole)
        return refuse("indicators.too_many_places", measure, typed)
            .with("places", std::to_string(measure.places));
    if (rounded > Decimal(largest) || rounded < Decimal(-largest))
        return refuse("indicators.too_large", measure, typed);
    return std::stoll(rounded.plain());
}

Decimal decimal_of(const Measure& measure, std::int64_t value) {
    return Decimal::from_parts(value, measure.places);
}
std::string written(const Measure& measure, std::int64_t value) { return decimal_of(measure, value).plain(); }

Result<Column> sum(const Column& a, const Column& b) {
    if (a.measure != b.measure)
        return invalid("indicators.unlike_units")
            .with("first", a.measure.unit)
            .with("second", b.measure.unit);
    INVARIANT(a.values.size() == b.values.size());
    Column out{a.measure, std::vector<std::int64_t>(a.values.size(), absent)};
    for (std::size_t i = 0; i < a.values.size(); ++i) {
        if (a.values[i] == absent || b.values[i] == absent) continue;
        if (__builtin_add_overflow(a.values[i], b.values[i], &out.values[i]))
            return refuse("indicators.too_large", a.measure, written(a.measure, a.values[i]));
    }
    return out;
}

std::optional<Decimal> quotient(const Ratio& ratio, const Measure& above, const Measure& below, int places,
                                std::int64_t per) {
    if (ratio.numerator == absent || ratio.denominator == absent || ratio.denominator == 0)
        return std::nullopt;
    return (decimal_of(above, ratio.numerator) * Decimal(per))
        .divided_by(decimal_of(below, ratio.denominator), places, Rounding::half_up);
}

std::optional<Decimal> percent(const Ratio& ratio, const Measure& above, const Measure& below, int places) {
    INVARIANT(above.unit == below.unit);
    if (ratio.numerator == absent || ratio.denominator == absent || ratio.denominator == 0)
        return std::nullopt;
    return (decimal_of(above, ratio.numerator) * Decimal(100))
        .divided_by(decimal_of(below, ratio.denominator), places, Rounding::half_up);
}

}  // namespace ballast::indicators
