#include <array>

#include "feel/builtins.h"

namespace ballast::feel {

namespace {

/// China keeps one clock.
constexpr std::int64_t china = 8 * 3600;

Value today(In in) { return Date::of(in.evaluation.environment.today); }

Value now(In in) {
    const auto& environment = in.evaluation.environment;
    const Zone zone{china, true, nullptr};
    if (!environment.now) return DateTime{Date::of(environment.today), Time{.zone = zone}};
    const auto moment = DateTime::at(Nanoseconds{environment.now->ms} * 1'000'000, zone);
    if (!moment) return in.refuse("feel.no_date");
    return *moment;
}

Date day(In in) {
    const Value& value = in.arguments[0];
    return value.date() ? *value.date() : value.date_time()->date;
}

Value day_of_week(In in) {
    static constexpr std::array names{"Monday", "Tuesday",  "Wednesday", "Thursday",
                                      "Friday", "Saturday", "Sunday"};
    return names[static_cast<std::size_t>(day(in).weekday() - 1)];
}
Value month_of_year(In in) {
    static constexpr std::array names{"January", "February", "March",     "April",   "May",      "June",
                                      "July",    "August",   "September", "October", "November", "December"};
    return names[static_cast<std::size_t>(day(in).month - 1)];
}

/// The same in every part, the zone too (10.3.4.9).
Value is_same(In in) {
    // One that was left out is nothing, and the same as nothing only.
    const Value none;
    const Value& a = in.arguments.size() > 0 ? in.arguments[0] : none;
    const Value& b = in.arguments.size() > 1 ? in.arguments[1] : none;
    if (a.kind() != b.kind()) return false;
    const auto same_time = [](const Time& s, const Time& t) {
        return s.since_midnight() == t.since_midnight() && s.zone.name() == t.zone.name() &&
               s.offset() == t.offset();
    };
    if (a.time()) return same_time(*a.time(), *b.time());
    if (a.date_time())
        return a.date_time()->date == b.date_time()->date &&
               same_time(a.date_time()->time, b.date_time()->time) &&
               a.date_time()->offset() == b.date_time()->offset();
    return identical(a, b);
}

}  // namespace

std::vector<Builtin> date_builtins() {
    return {
        {"today", {""}, today},
        {"now", {""}, now},
        {"day of year",
         {"date: date", "date: date and time"},
         [](In in) { return Value(day(in).day_of_year()); }},
        {"day of week", {"date: date", "date: date and time"}, day_of_week},
        {"month of year", {"date: date", "date: date and time"}, month_of_year},
        {"week of year",
         {"date: date", "date: date and time"},
         [](In in) { return Value(day(in).week_of_year()); }},
        {"is", {"value1, value2", "value1", "value2"}, is_same},
    };
}

}  // namespace ballast::feel
