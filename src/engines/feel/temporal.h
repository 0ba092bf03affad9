/// Dates, times and durations of FEEL (DMN 1.5, 10.3.2.3). Years reach from -999,999,999 to 999,999,999 of
/// the proleptic Gregorian calendar. Named zones come from the system's time zone database.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/date.h"

namespace date {
class time_zone;
}

namespace ballast::feel {

/// Wide enough for any span between two years that FEEL knows.
__extension__ typedef __int128 Nanoseconds;
constexpr Nanoseconds per_second = 1'000'000'000;
constexpr Nanoseconds per_day = 86'400 * per_second;
/// Durations reach this far either way; what would be longer has no value.
constexpr Nanoseconds longest_span = Nanoseconds{INT64_MAX} * per_second;
constexpr std::int64_t most_months = 1'000'000'000'000'000'000;

/// A FEEL date; years reach further than a civil Date of the register.
struct Date {
    std::int32_t year = 1970;
    std::int8_t month = 1;
    std::int8_t day = 1;
    static std::optional<Date> from(std::int64_t year, std::int64_t month, std::int64_t day);
    /// "2026-11-23", "-0044-03-15"; nothing else.
    static std::optional<Date> parse(std::string_view iso);
    static Date of(ballast::Date day) {
        return {day.year(), static_cast<std::int8_t>(day.month()), static_cast<std::int8_t>(day.day())};
    }
    static std::optional<Date> from_days(std::int64_t days_since_1970);
    std::int64_t days() const;  // since 1970-01-01
    int weekday() const;        // 1 Monday .. 7 Sunday
    int day_of_year() const;
    int week_of_year() const;  // ISO 8601
    /// The same day so many months later, or that month's last day.
    std::optional<Date> plus_months(std::int64_t months) const;
    std::string iso() const;
    friend constexpr auto operator<=>(const Date&, const Date&) = default;
};

/// Local (none), a fixed offset, or a zone of the database.
struct Zone {
    std::int32_t seconds = 0;  // east of Greenwich, of a fixed offset
    bool fixed = false;
    const date::time_zone* rules = nullptr;
    /// "Z", "+08:00", "-11:00:30", "@Asia/Shanghai"; "" is local.
    static std::optional<Zone> parse(std::string_view text);
    static std::optional<Zone> of_seconds(std::int64_t seconds);
    bool local() const { return !fixed && !rules; }
    std::string name() const;  // "Asia/Shanghai"; "" of offsets
    std::string text() const;
    friend bool operator==(const Zone&, const Zone&) = default;
};

struct Time {
    std::int8_t hour = 0;
    std::int8_t minute = 0;
    std::int8_t second = 0;
    std::int32_t nanosecond = 0;
    Zone zone;
    static std::optional<Time> from(std::int64_t hour, std::int64_t minute, std::int64_t second,
                                    std::int64_t nanosecond, Zone zone);
    /// Of the day; wraps around midnight.
    static Time from_nanoseconds(Nanoseconds since_midnight, Zone zone);
    static std::optional<Time> parse(std::string_view iso);
    Nanoseconds since_midnight() const;
    /// Seconds east of Greenwich; none for local times. A named zone counts without daylight saving.
    std::optional<std::int64_t> offset() const;
    std::string iso() const;
};

struct DateTime {
    Date date;
    Time time;
    static std::optional<DateTime> parse(std::string_view iso);
    /// The local clock at nanoseconds since 1970 UTC.
    static std::optional<DateTime> at(Nanoseconds instant, Zone zone);
    std::optional<std::int64_t> offset() const;  // seconds east of Greenwich on that day
    /// Nanoseconds since 1970: UTC, or of the local clock where there is no zone.
    Nanoseconds instant() const;
    std::string iso() const;
};

/// A years and months duration.
struct Months {
    std::int64_t count = 0;
    static std::optional<Months> of(Nanoseconds count);
    static std::optional<Months> parse(std::string_view iso);
    std::string iso() const;
    friend constexpr auto operator<=>(const Months&, const Months&) = default;
};

/// A days and time duration.
struct Span {
    Nanoseconds nanoseconds = 0;
    static std::optional<Span> of(Nanoseconds nanoseconds);
    static std::optional<Span> parse(std::string_view iso);
    std::string iso() const;
    friend constexpr auto operator<=>(const Span&, const Span&) = default;
};

}  // namespace ballast::feel
