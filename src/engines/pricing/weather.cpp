#include "pricing/weather.h"

#include <algorithm>
#include <array>

namespace ballast::pricing {
namespace {

Result<Date> day_of(int year, int month, int day) {
    if (const auto found = Date::from(year, month, day)) return *found;
    if (month == 2 && day == 29)
        if (const auto first = Date::from(year, 2, 1)) return first->last_of_month();
    return invalid("pricing.no_such_day")
        .with("month", std::to_string(month))
        .with("day", std::to_string(day));
}

Result<void> check_value(const DailySeries& series, Date day, Decimal value) {
    constexpr int most = 10'000;
    if (value > -most && value < most && value.rounded(4, Rounding::down) == value) return {};
    return invalid("pricing.bad_weather_value")
        .with("station", series.station)
        .with("date", day.iso())
        .with("value", value.plain());
}

bool beyond(const IndexRule& rule, Decimal value) {
    switch (rule.aggregation) {
        case Aggregation::degree_days_above:
        case Aggregation::days_above:
            return value > rule.base;
        case Aggregation::days_at_or_above:
            return value >= rule.base;
        case Aggregation::degree_days_below:
        case Aggregation::days_below:
            return value < rule.base;
        case Aggregation::days_at_or_below:
            return value <= rule.base;
        default:
            return true;
    }
}

Quotient aggregated(const IndexRule& rule, const std::vector<Decimal>& values) {
    Decimal sum;
    std::int64_t counted = 0;
    for (const Decimal value : values) {
        if (!beyond(rule, value)) continue;
        ++counted;
        if (rule.aggregation == Aggregation::degree_days_above)
            sum = sum + (value - rule.base);
        else if (rule.aggregation == Aggregation::degree_days_below)
            sum = sum + (rule.base - value);
        else
            sum = sum + value;
    }
    switch (rule.aggregation) {
        case Aggregation::sum:
            return sum;
        case Aggregation::mean:
            return {sum, counted};
        case Aggregation::minimum:
            return *std::ranges::min_element(values);
        case Aggregation::maximum:
            return *std::ranges::max_element(values);
        case Aggregation::degree_days_above:
        case Aggregation::degree_days_below:
            return counted >= rule.at_least_days ? sum : Decimal();
        case Aggregation::days_above:
        case Aggregation::days_at_or_above:
        case Aggregation::days_below:
        case Aggregation::days_at_or_below:
            return Decimal(counted);
    }
    INVARIANT(false);
}

}  // namespace

std::string_view name_of(Aggregation aggregation) {
    constexpr std::array<std::string_view, 10> names{
        "sum",        "minimum",          "maximum",    "mean",         "degree_days_above", "degree_days_below",
        "days_above", "days_at_or_above", "days_below", "days_at_or_below"};
    return names.at(static_cast<std::size_t>(aggregation));
}

std::optional<Decimal> DailySeries::on(Date day) const {
    const int at = day - first;
    if (at < 0 || static_cast<std::size_t>(at) >= values.size()) return std::nullopt;
    return values[static_cast<std::size_t>(at)];
}

Result<Period> Season::beginning_in(int year) const {
    const Date first = TRY(day_of(year, first_month, first_day));
    Date last = TRY(day_of(year, last_month, last_day));
    if (last < first) last = TRY(day_of(year + 1, last_month, last_day));
    return Period{first, last};
}

Result<SeasonIndex> index_over(const Period& season, const IndexRule& rule, const MissingDays& missing,
                               const std::vector<const DailySeries*>& stations) {
    INVARIANT(!stations.empty() && season.first <= season.last);
    TRY(within_contract("base", rule.base));
    SeasonIndex out;
    out.days = season.last - season.first + 1;
    std::vector<Decimal> values;
    for (Date day = season.first; day <= season.last; day = day.plus_days(1)) {
        const auto has = [&](const DailySeries* series) { return series->on(day).has_value(); };
        const auto source = std::ranges::find_if(stations, has);
        if (source == stations.end())
            return conflict("pricing.day_missing_everywhere").with("date", day.iso());
        if (source != stations.begin()) out.substitutes.push_back({day, (*source)->station});
        const Decimal value = *(*source)->on(day);
        TRY(check_value(**source, day, value));
        values.push_back(value);
    }
    if (Decimal(static_cast<std::int64_t>(out.substitutes.size())) > missing.most * out.days)
        return conflict("pricing.too_many_days_missing")
            .with("station", stations.front()->station)
            .with("missing", std::to_string(out.substitutes.size()))
            .with("days", std::to_string(out.days));
    out.value = aggregated(rule, values);
    return out;
}

}  // namespace ballast::pricing
