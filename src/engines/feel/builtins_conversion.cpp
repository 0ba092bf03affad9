// From one kind to another.
#include <algorithm>

#include "feel/builtins.h"

namespace ballast::feel {

namespace {

Value as_string(In in) {
    const Value& value = in.arguments[0];
    if (value.is_null() || value.string()) return value;
    return value.text();
}

Value as_number(In in) {
    std::string text = in.string(0);
    const std::string grouping = in.has(1) ? in.string(1) : "";
    const std::string decimal = in.has(2) ? in.string(2) : "";
    const bool known = (grouping.empty() || grouping == " " || grouping == "," || grouping == ".") &&
                       (decimal.empty() || decimal == "," || decimal == ".");
    if (!known || (!decimal.empty() && grouping == decimal))
        return in.refuse("feel.no_number", {{"operator", std::string(in.name)}});
    if (!grouping.empty()) text.erase(std::remove(text.begin(), text.end(), grouping[0]), text.end());
    if (decimal == ",") std::replace(text.begin(), text.end(), ',', '.');
    return or_no_number(in, Number::parse(text));
}

template <class T>
Value or_no_date(In in, const std::optional<T>& value) {
    if (!value) return in.refuse("feel.no_date");
    return *value;
}

std::optional<std::int64_t> whole(In in, std::size_t i) { return in.number(i).integer(); }

Value as_date(In in) {
    switch (in.signature) {
        case 0:
            return or_no_date(in, Date::parse(in.string(0)));
        case 1: {
            const auto year = whole(in, 0), month = whole(in, 1), day = whole(in, 2);
            if (!year || !month || !day) return in.refuse("feel.no_date");
            return or_no_date(in, Date::from(*year, *month, *day));
        }
        case 2:
            return in.arguments[0];
        default:
            return in.arguments[0].date_time()->date;
    }
}

Value as_date_time(In in) {
    switch (in.signature) {
        case 0:
            return or_no_date(in, DateTime::parse(in.string(0)));
        case 1:
            return DateTime{*in.arguments[0].date(), *in.arguments[1].time()};
        case 2:
            return DateTime{in.arguments[0].date_time()->date, *in.arguments[1].time()};
        default:
            return in.arguments[0];
    }
}

Value time_of_parts(In in) {
    const auto hour = whole(in, 0), minute = whole(in, 1);
    const auto second = in.number(2).rounded(0, Rounding::floor);
    const auto fraction = second ? Number::subtract(in.number(2), *second) : std::nullopt;
    const auto nanos = fraction ? Number::multiply(*fraction, 1'000'000'000) : std::nullopt;
    const auto whole_nanos = nanos ? nanos->rounded(0, Rounding::down) : std::nullopt;
    if (!hour || !minute || !whole_nanos || !second->integer()) return in.refuse("feel.no_date");
    std::optional<Zone> zone = Zone{};
    if (in.has(3))
        zone = Zone::of_seconds(static_cast<std::int64_t>(in.arguments[3].span()->nanoseconds / per_second));
    if (!zone) return in.refuse("feel.no_date");
    return or_no_date(in, Time::from(*hour, *minute, *second->integer(), *whole_nanos->integer(), *zone));
}

Value as_time(In in) {
    switch (in.signature) {
        case 0:
            return or_no_date(in, Time::parse(in.string(0)));
        case 1:
            return time_of_parts(in);
        case 2:
            return in.arguments[0].date_time()->time;
        case 3:
            return Time{.zone = {0, true, nullptr}};
        default:
            return in.arguments[0];
    }
}

Value as_duration(In in) {
    if (!in.arguments[0].string()) return in.arguments[0];
    if (const auto months = Months::parse(in.string(0))) return *months;
    return or_no_date(in, Span::parse(in.string(0)));
}

Date day_of(const Value& value) { return value.date() ? *value.date() : value.date_time()->date; }

Value months_between(In in) {
    const Date from = day_of(in.arguments[0]), to = day_of(in.arguments[1]);
    std::int64_t months = (std::int64_t{to.year} - from.year) * 12 + (to.month - from.month);
    // Whole months only, whichever way they run.
    if (months > 0 && to.day < from.day) --months;
    if (months < 0 && to.day > from.day) ++months;
    return Months{months};
}

}  // namespace

std::vector<Builtin> conversion_builtins() {
    return {
        {"string", {"from"}, as_string},
        {"number", {"from: string, grouping separator?: string, decimal separator?: string"}, as_number},
        {"date",
         {"from: string", "year: number, month: number, day: number", "from: date", "from: date and time"},
         as_date},
        {"date and time",
         {"from: string", "date: date, time: time", "date: date and time, time: time", "from: date and time"},
         as_date_time},
        {"time",
         {"from: string", "hour: number, minute: number, second: number, offset?: days and time duration",
          "from: date and time", "from: date", "from: time"},
         as_time},
        {"duration",
         {"from: string", "from: days and time duration", "from: years and months duration"},
         as_duration},
        {"years and months duration",
         {"from: date, to: date", "from: date and time, to: date and time", "from: date, to: date and time",
          "from: date and time, to: date"},
         months_between},
    };
}

}  // namespace ballast::feel
