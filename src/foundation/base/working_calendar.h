/// Which days are worked, and when a term ends. The State Council publishes each year's holidays and make-up
/// workdays (调休) only late in the year before, so a term may run into a year without a table: there only
/// Saturdays and Sundays are off, and whatever was counted with such a day says `assumed`.
#pragma once

#include <cstdint>
#include <vector>

#include "base/date.h"

namespace ballast {

enum class DayKind : std::uint8_t { calendar, working };

/// The last day of a term.
struct Deadline {
    Date last_day;
    bool assumed = false;  // counted with a day of a year that has no published table
    /// The first day on which the term is over: a notice may come down, the next step may be taken.
    Date next_step() const { return last_day.plus_days(1); }
    friend bool operator==(const Deadline&, const Deadline&) = default;
};

class WorkingCalendar {
public:
    /// `exceptions` are the days of first_year..last_year that differ from their weekday's rule.
    WorkingCalendar(int first_year, int last_year, std::vector<Date> exceptions);

    bool is_working_day(Date day) const;
    bool has_table_for(int year) const { return first_year_ <= year && year <= last_year_; }

    /// "`days` days from `event`": counting starts the day after the event, and with `working` only worked
    /// days count (domain specification G5). days >= 0; with 0 the term ends on the day of the event.
    Deadline after(Date event, int days, DayKind kind) const;

private:
    int first_year_;
    int last_year_;
    std::vector<Date> exceptions_;
};

/// Mainland China, 2004 to the last published year. Source: npm chinese-days, after the State Council's
/// yearly notices.
const WorkingCalendar& china_calendar();

}  // namespace ballast
