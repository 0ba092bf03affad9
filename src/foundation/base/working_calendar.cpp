#include "base/working_calendar.h"

#include <algorithm>

#include "base/china_days.h"

namespace ballast {

WorkingCalendar::WorkingCalendar(int first_year, int last_year, std::vector<Date> exceptions)
    : first_year_(first_year), last_year_(last_year), exceptions_(std::move(exceptions)) {
    std::ranges::sort(exceptions_);
    for (const Date day : exceptions_) INVARIANT(has_table_for(day.year()));
}

bool WorkingCalendar::is_working_day(Date day) const {
    const bool is_weekday = day.weekday() <= 5;
    return is_weekday != std::ranges::binary_search(exceptions_, day);
}

Deadline WorkingCalendar::after(Date event, int days, DayKind kind) const {
    INVARIANT(days >= 0);
    if (kind == DayKind::calendar) return {event.plus_days(days), false};
    Deadline deadline{event, false};
    for (int counted = 0; counted < days;) {
        deadline.last_day = deadline.last_day.plus_days(1);
        if (!has_table_for(deadline.last_day.year())) deadline.assumed = true;
        if (is_working_day(deadline.last_day)) ++counted;
    }
    return deadline;
}

const WorkingCalendar& china_calendar() {
    static const WorkingCalendar calendar = [] {
        std::vector<Date> exceptions;
        for (const std::int32_t day : china_days::exceptions()) exceptions.push_back(Date::from_days(day));
        return WorkingCalendar(china_days::first_published_year(), china_days::last_published_year(),
                               std::move(exceptions));
    }();
    return calendar;
}

}  // namespace ballast
