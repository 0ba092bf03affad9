// What can stand after a point.
#include "feel/interpreter.h"

namespace ballast::feel {

namespace {

std::optional<Value> of_date(const Date& date, std::string_view name) {
    if (name == "year") return static_cast<std::int64_t>(date.year);
    if (name == "month") return static_cast<std::int64_t>(date.month);
    if (name == "day") return static_cast<std::int64_t>(date.day);
    if (name == "weekday") return date.weekday();
    return std::nullopt;
}

std::optional<Value> of_time(const Time& time, std::optional<std::int64_t> offset, std::string_view name) {
    if (name == "hour") return static_cast<std::int64_t>(time.hour);
    if (name == "minute") return static_cast<std::int64_t>(time.minute);
    if (name == "second") {
        if (time.nanosecond == 0) return static_cast<std::int64_t>(time.second);
        return *Number::add(static_cast<std::int64_t>(time.second), Number::scaled(time.nanosecond, 9));
    }
    if (name == "time offset" && offset) return Span{*offset * per_second};
    if (name == "timezone" && time.zone.rules) return time.zone.name();
    return std::nullopt;
}

std::optional<Value> of_duration(const Value& duration, std::string_view name) {
    if (const Months* months = duration.months()) {
        if (name == "years") return months->count / 12;
        if (name == "months") return months->count % 12;
        return std::nullopt;
    }
    const Nanoseconds n = duration.span()->nanoseconds;
    const auto seconds = static_cast<std::int64_t>(n / per_second);
    if (name == "days") return seconds / 86'400;
    if (name == "hours") return seconds / 3600 % 24;
    if (name == "minutes") return seconds / 60 % 60;
    if (name == "seconds") {
        const auto fraction = static_cast<std::int64_t>(n % per_second);
        if (fraction == 0) return seconds % 60;
        return *Number::add(seconds % 60, Number::scaled(fraction, 9));
    }
    return std::nullopt;
}

std::optional<Value> of_range(const Range& range, std::string_view name) {
    if (name == "start") return range.low;
    if (name == "end") return range.high;
    if (name == "start included") return range.low_included;
    if (name == "end included") return range.high_included;
    return std::nullopt;
}

std::optional<Value> found(const Value& from, std::string_view name) {
    switch (from.kind()) {
        case Kind::date:
            return of_date(*from.date(), name);
        case Kind::time:
            return of_time(*from.time(), from.time()->offset(), name);
        case Kind::date_time:
            if (auto value = of_date(from.date_time()->date, name)) return value;
            return of_time(from.date_time()->time, from.date_time()->offset(), name);
        case Kind::span:
        case Kind::months:
            return of_duration(from, name);
        case Kind::range:
            return of_range(*from.range(), name);
        default:
            return std::nullopt;
    }
}

}  // namespace

Value property(const Node& node, const Value& from) {
    const std::string& name = node.names[0];
    if (const Value* entry = from.entry(name)) return *entry;
    if (const List* items = from.list()) {
        List out;
        for (const Value& item : *items) out.push_back(property(node, item));
        return out;
    }
    if (auto value = found(from, name)) return *std::move(value);
    if (from.is_null()) return from;
    return because(node, "feel.no_entry", {{"name", name}, {"found", std::string(name_of(from.kind()))}});
}

}  // namespace ballast::feel
