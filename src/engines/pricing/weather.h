/// Weather series and the index that a cover is about (domain specification 5.5): rain in mm, snow in mm,
/// degrees Celsius, day by day and station by station, as the meteorological bureau certifies them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "pricing/quotient.h"

namespace ballast::pricing {

/// One station's variable, one value a day from `first` on; no value: the day is missing.
struct DailySeries {
    std::string station;
    Date first;
    std::vector<std::optional<Decimal>> values;

    std::optional<Decimal> on(Date day) const;
};

/// The same days of every year; ends in the next year when it would end before it begins (1 October to 30
/// April).
struct Season {
    int first_month, first_day;
    int last_month, last_day;  // 29 February is the last of February in other years

    /// The season that begins in that year. Error: invalid, "pricing.no_such_day" {month, day}.
    Result<Period> beginning_in(int year) const;
};

enum class Aggregation : std::uint8_t {
    sum,
    minimum,
    maximum,
    mean,
    degree_days_above,  // sum of what lies above the base
    degree_days_below,  // sum of what lies below it
    days_above,         // count, the base itself excluded
    days_at_or_above,
    days_below,
    days_at_or_below,
};
std::string_view name_of(Aggregation aggregation);  // "degree_days_above"

struct IndexRule {
    Aggregation aggregation = Aggregation::sum;
    Decimal base = 0;       // of degree-days and counts
    int at_least_days = 0;  // degree-days count only when so many days lie beyond the base; 0: always
};

/// Missing days are taken from the next station of the list that has them. When more than this share of the
/// season is missing at the contract's own station, no machine settles it. A term of the contract, or the
/// dated parameter that holds where the contract says nothing: 0.1.
struct MissingDays {
    Decimal most;
};

struct Substitute {
    Date day;
    std::string station;
};

struct SeasonIndex {
    Quotient value;
    int days = 0;
    std::vector<Substitute> substitutes;  // shown with every settlement
};

/// stations: the contract's own first, then by distance; not empty.
///
/// Errors: conflict, "pricing.too_many_days_missing" {station, missing, days}; conflict,
/// "pricing.day_missing_everywhere" {date}: both are settled by hand. invalid, "pricing.bad_weather_value"
/// {station, date, value}: more than 4 places, or not below 10,000.
Result<SeasonIndex> index_over(const Period& season, const IndexRule& rule, const MissingDays& missing,
                               const std::vector<const DailySeries*>& stations);

}  // namespace ballast::pricing
