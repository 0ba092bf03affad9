/// A file of a series, CSV or XLSX, read row by row: a day and a value in each. Pure but for the file.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/decimal.h"
#include "base/result.h"
#include "insurance/insured_list.h"
#include "pricing/price_cover.h"

namespace ballast::insurance {

enum class SeriesKind : std::uint8_t {
    weather,   // a value a day; missing days are settled by the contract's rule
    market,    // quotes of a market, as often as the contract says: no week, or no month, without one
    exchange,  // a settlement price every trading day, and none on others
    report,    // a figure of a survey or a test report, on the day that it is of
};
std::string_view name_of(SeriesKind kind);
Result<SeriesKind> series_kind_named(std::string_view name);  // invalid "insurance.no_such_series_kind" {name}

/// What a series tells of: rain, snowfall (mm a day), temperature and its daily least and most (degrees
/// Celsius), a price (yuan a unit), the yield of a unit, or the share of a grade in percent. Values that cannot be are refused: beyond what was ever measured on
/// earth (WMO: 1,825 mm of rain and 1,930 mm of snow in a day, -89.2 to 56.7 degrees), or no price.
std::span<const std::string_view> variables_of(SeriesKind kind);

using DayValues = std::map<Date, Decimal>;

struct ReadSeries {
    DayValues values;
    std::int64_t rows = 0;
    std::int64_t missing = 0;  // days of weather inside the file that it has no value for
    std::vector<RowFinding> findings;
    bool accepted() const;  // no finding is an error
};

/// `on_file`: what is known already; a day of the file with another value is an error, unless the file
/// corrects. Findings, each with its row: "insurance.row_missing", "insurance.row_value",
/// "insurance.day_in_future" {date}, "insurance.day_twice" {date, row}, "insurance.value_impossible" {value,
/// least, most}, "insurance.day_on_file" {date, value}, "insurance.no_trading" {date}, and of gaps, at the
/// row beside them: "insurance.week_missing", "insurance.month_missing", "insurance.trading_day_missing", and, no error,
/// "insurance.days_missing", all {first, last}; of a monthly market "insurance.month_twice" {date}: the month's
/// other quote.
///
/// Errors: those of table::Reader; invalid "insurance.series_empty", "insurance.series_too_long" {most},
/// "insurance.no_such_variable" {name}.
Result<ReadSeries> read_series(const std::string& path, const std::string& file, SeriesKind kind,
                               std::string_view variable, const DayValues& on_file, bool corrects,
                               Date today, pricing::Every every = pricing::Every::week);

}  // namespace ballast::insurance
