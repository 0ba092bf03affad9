/// Civil dates (Asia/Shanghai has no daylight saving time) and what is counted with them.
/// A Date is always a real day between 1800-01-01 and 2199-12-31; construction is the check.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace ballast {

class Date {
public:
    /// The day 1970-01-01, so that a Date can be a member of a plain struct.
    constexpr Date() = default;

    /// nullopt when there is no such day.
    static std::optional<Date> from(int year, int month, int day);
    /// Exactly "2026-11-23". Error: invalid, "date.malformed".
    static Result<Date> parse(std::string_view iso);
    /// What people and spreadsheets write: 2026-11-23, 2026/1/3, 2026.1.3, 20260103, 2026年1月3日, full-width
    /// digits, a trailing time of day (ignored), and, when `serials` is set, an Excel day number (1900
    /// system).
    enum class Serials : std::uint8_t { refuse, accept };
    static Result<Date> parse_loose(std::string_view text, Serials serials);
    static constexpr Date from_days(std::int32_t days_since_1970) { return Date(days_since_1970); }

    int year() const;
    int month() const;    // 1..12
    int day() const;      // 1..31
    int weekday() const;  // 1 Monday .. 7 Sunday
    constexpr std::int32_t days() const { return days_; }

    std::string iso() const;      // 2026-11-23
    std::string chinese() const;  // 2026年11月23日

    constexpr Date plus_days(int n) const { return Date(days_ + n); }
    /// The same day of the month n months later, or that month's last day.
    Date plus_months(int n) const;
    Date first_of_month() const;
    Date last_of_month() const;

    friend constexpr auto operator<=>(Date, Date) = default;
    /// Days from b to a.
    friend constexpr int operator-(Date a, Date b) { return a.days_ - b.days_; }

private:
    constexpr explicit Date(std::int32_t days) : days_(days) {}
    std::int32_t days_ = 0;
};

/// Whole years from birth to `on`; a person born on 29 February is a year older on 1 March.
int age_on(Date birth, Date on);

/// From `first` to `last`, both included.
struct Period {
    Date first;
    Date last;
    bool contains(Date day) const { return first <= day && day <= last; }
    friend bool operator==(const Period&, const Period&) = default;
};

/// The twelve whole months before the month of `verified_on`: first day of the same month last year to
/// the last day of the month before. Source: domain specification 2.1 [S36, S10].
Period income_window(Date verified_on);

}  // namespace ballast
