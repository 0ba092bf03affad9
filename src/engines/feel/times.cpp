// Times of day, with and without zone, and moments.
#include <date/tz.h>

#include <cstdio>
#include <stdexcept>

#include "feel/temporal.h"

namespace ballast::feel {

namespace {

std::optional<std::int64_t> digits(std::string_view text) {
    if (text.empty() || text.size() > 18) return std::nullopt;
    std::int64_t out = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return std::nullopt;
        out = out * 10 + (c - '0');
    }
    return out;
}

/// A day of the era the database knows, on which the zone's clock is read.
date::local_seconds clock_in_database(const Date& day, Nanoseconds since_midnight) {
    Date known = day;
    if (known.year < 1800 || known.year > 9999)
        known = Date::from(known.year < 1800 ? 1800 : 2400 + known.year % 400, known.month,
                           known.month == 2 && known.day == 29 ? 28 : known.day)
                    .value_or(Date{});
    const auto seconds = known.days() * 86'400 + static_cast<std::int64_t>(since_midnight / per_second);
    return date::local_seconds(std::chrono::seconds(seconds));
}

std::int64_t offset_of(const Zone& zone, const Date& day, Nanoseconds since_midnight) {
    if (zone.fixed) return zone.seconds;
    return zone.rules->get_info(clock_in_database(day, since_midnight)).first.offset.count();
}

}  // namespace

std::optional<Zone> Zone::of_seconds(std::int64_t seconds) {
    constexpr std::int64_t furthest = 18 * 3600;
    if (seconds < -furthest || seconds > furthest) return std::nullopt;
    return Zone{static_cast<std::int32_t>(seconds), true, nullptr};
}

std::optional<Zone> Zone::parse(std::string_view text) {
    if (text.empty()) return Zone{};
    if (text == "Z" || text == "z") return Zone{0, true, nullptr};
    if (text.front() == '@') {
        try {
            return Zone{0, false, date::locate_zone(std::string(text.substr(1)))};
        } catch (const std::runtime_error&) {
            return std::nullopt;  // the library's way of saying that there is no such zone
        }
    }
    if ((text.front() != '+' && text.front() != '-') || (text.size() != 6 && text.size() != 9) ||
        text[3] != ':' || (text.size() == 9 && text[6] != ':'))
        return std::nullopt;
    const auto hours = digits(text.substr(1, 2)), minutes = digits(text.substr(4, 2));
    const auto seconds = text.size() == 9 ? digits(text.substr(7, 2)) : std::optional<std::int64_t>(0);
    if (!hours || !minutes || !seconds || *minutes > 59 || *seconds > 59) return std::nullopt;
    const auto all = *hours * 3600 + *minutes * 60 + *seconds;
    return of_seconds(text.front() == '-' ? -all : all);
}

std::string Zone::name() const { return rules ? rules->name() : std::string(); }

std::string Zone::text() const {
    if (rules) return "@" + rules->name();
    if (!fixed) return {};
    if (seconds == 0) return "Z";
    const int all = seconds < 0 ? -seconds : seconds;
    char out[32];
    if (all % 60)
        std::snprintf(out, sizeof out, "%c%02d:%02d:%02d", seconds < 0 ? '-' : '+', all / 3600, all / 60 % 60,
                      all % 60);
    else
        std::snprintf(out, sizeof out, "%c%02d:%02d", seconds < 0 ? '-' : '+', all / 3600, all / 60 % 60);
    return out;
}

std::optional<Time> Time::from(std::int64_t hour, std::int64_t minute, std::int64_t second,
                               std::int64_t nanosecond, Zone zone) {
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59 || nanosecond < 0 ||
        nanosecond >= per_second)
        return std::nullopt;
    return Time{static_cast<std::int8_t>(hour), static_cast<std::int8_t>(minute),
                static_cast<std::int8_t>(second), static_cast<std::int32_t>(nanosecond), zone};
}

Time Time::from_nanoseconds(Nanoseconds n, Zone zone) {
    n = (n % per_day + per_day) % per_day;
    const auto seconds = static_cast<std::int64_t>(n / per_second);
    return {static_cast<std::int8_t>(seconds / 3600), static_cast<std::int8_t>(seconds / 60 % 60),
            static_cast<std::int8_t>(seconds % 60), static_cast<std::int32_t>(n % per_second), zone};
}

std::optional<Time> Time::parse(std::string_view iso) {
    // HH:MM:SS, a fraction, a zone.
    if (iso.size() < 8 || iso[2] != ':' || iso[5] != ':') return std::nullopt;
    const auto hour = digits(iso.substr(0, 2)), minute = digits(iso.substr(3, 2)),
               second = digits(iso.substr(6, 2));
    if (!hour || !minute || !second) return std::nullopt;
    iso.remove_prefix(8);
    std::int64_t nanosecond = 0;
    if (!iso.empty() && iso.front() == '.') {
        std::size_t end = 1;
        while (end < iso.size() && iso[end] >= '0' && iso[end] <= '9') ++end;
        if (end == 1) return std::nullopt;
        std::string fraction(iso.substr(1, std::min<std::size_t>(end - 1, 9)));
        fraction.resize(9, '0');
        nanosecond = *digits(fraction);
        iso.remove_prefix(end);
    }
    const auto zone = Zone::parse(iso);
    return zone ? from(*hour, *minute, *second, nanosecond, *zone) : std::nullopt;
}

Nanoseconds Time::since_midnight() const {
    return (hour * 3600 + minute * 60 + second) * per_second + nanosecond;
}

std::optional<std::int64_t> Time::offset() const {
    if (zone.local()) return std::nullopt;
    return offset_of(zone, Date{}, since_midnight());
}

std::string Time::iso() const {
    char out[32];
    std::snprintf(out, sizeof out, "%02d:%02d:%02d", hour, minute, second);
    std::string text = out;
    if (nanosecond) {
        std::snprintf(out, sizeof out, ".%09d", nanosecond);
        text += out;
        while (text.back() == '0') text.pop_back();
    }
    return text + zone.text();
}

std::optional<DateTime> DateTime::parse(std::string_view iso) {
    const auto t = iso.find('T');
    const auto date = Date::parse(iso.substr(0, t));
    if (!date) return std::nullopt;
    if (t == std::string_view::npos) return DateTime{*date, {}};
    const auto clock = iso.substr(t + 1);
    if (clock.starts_with("24:00:00")) {
        // The end of a day is the beginning of the next.
        const auto time = Time::parse("00" + std::string(clock.substr(2)));
        const auto next = Date::from_days(date->days() + 1);
        return time && next && time->since_midnight() == 0 ? std::optional(DateTime{*next, *time})
                                                           : std::nullopt;
    }
    const auto time = Time::parse(clock);
    if (!time) return std::nullopt;
    return DateTime{*date, *time};
}

std::optional<DateTime> DateTime::at(Nanoseconds instant, Zone zone) {
    const auto clock = [&](Nanoseconds local) -> std::optional<DateTime> {
        Nanoseconds days = local / per_day;
        if (local % per_day < 0) --days;
        if (days < INT64_MIN || days > INT64_MAX) return std::nullopt;
        const auto date = Date::from_days(static_cast<std::int64_t>(days));
        if (!date) return std::nullopt;
        return DateTime{*date, Time::from_nanoseconds(local, zone)};
    };
    if (zone.fixed) return clock(instant + zone.seconds * per_second);
    if (!zone.rules) return clock(instant);
    // The offset of the moment: in spring one hour of the clock does not exist, in autumn one comes twice.
    const auto greenwich = clock(instant);
    if (!greenwich) return std::nullopt;
    const auto known = clock_in_database(greenwich->date, greenwich->time.since_midnight());
    const auto offset = zone.rules->get_info(date::sys_seconds(known.time_since_epoch())).offset.count();
    return clock(instant + offset * per_second);
}

std::optional<std::int64_t> DateTime::offset() const {
    if (time.zone.local()) return std::nullopt;
    return offset_of(time.zone, date, time.since_midnight());
}

Nanoseconds DateTime::instant() const {
    return date.days() * per_day + time.since_midnight() - offset().value_or(0) * per_second;
}

std::string DateTime::iso() const { return date.iso() + "T" + time.iso(); }

}  // namespace ballast::feel
