#include "base/clock.h"

#include <chrono>

namespace ballast {
namespace {

constexpr std::int64_t day_ms = 86'400'000;
constexpr std::int64_t shanghai_ms = 8 * 3'600'000;  // no daylight saving time since 1991

std::int64_t floor_div(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0); }

std::string padded(std::int64_t n, std::size_t width) {
    std::string s = std::to_string(n);
    return s.size() < width ? std::string(width - s.size(), '0') + s : s;
}

Error malformed() { return invalid("instant.malformed").with("expected", "2026-11-23T17:30:48+08:00"); }

// Exactly two digits at `at`, at most `limit`; -1 otherwise.
int two_digits(std::string_view s, std::size_t at, int limit) {
    if (at + 2 > s.size()) return -1;
    int n = 0;
    for (std::size_t i = at; i < at + 2; ++i) {
        if (s[i] < '0' || s[i] > '9') return -1;
        n = n * 10 + (s[i] - '0');
    }
    return n <= limit ? n : -1;
}

class MachineClock final : public Clock {
public:
    Instant now() const override {
        const auto since_1970 = std::chrono::system_clock::now().time_since_epoch();
        return {std::chrono::duration_cast<std::chrono::milliseconds>(since_1970).count()};
    }
};

}  // namespace

Date civil_date(Instant at) {
    return Date::from_days(static_cast<std::int32_t>(floor_div(at.ms + shanghai_ms, day_ms)));
}

std::string iso_instant(Instant at) {
    const std::int64_t local = at.ms + shanghai_ms;
    const std::int64_t in_day = local - floor_div(local, day_ms) * day_ms;
    const std::int64_t seconds = in_day / 1000;
    std::string s = civil_date(at).iso() + "T" + padded(seconds / 3600, 2) + ":" +
                    padded(seconds / 60 % 60, 2) + ":" + padded(seconds % 60, 2);
    if (in_day % 1000 != 0) s += "." + padded(in_day % 1000, 3);
    return s + "+08:00";
}

Result<Instant> parse_instant(std::string_view s) {
    if (s.size() < 20 || (s[10] != 'T' && s[10] != ' ') || s[13] != ':' || s[16] != ':') return malformed();
    const auto date = Date::parse(s.substr(0, 10));
    const int hour = two_digits(s, 11, 23), minute = two_digits(s, 14, 59), second = two_digits(s, 17, 59);
    if (!date || hour < 0 || minute < 0 || second < 0) return malformed();

    std::size_t at = 19;
    std::int64_t ms = 0;
    if (s[at] == '.') {
        std::int64_t unit = 100;
        const std::size_t digits_from = ++at;
        for (; at < s.size() && s[at] >= '0' && s[at] <= '9'; ++at, unit /= 10) ms += (s[at] - '0') * unit;
        if (at == digits_from) return malformed();
    }

    std::int64_t offset_minutes = 0;
    const std::string_view zone = s.substr(at);
    if (zone != "Z") {
        const int hours = two_digits(zone, 1, 18), minutes = two_digits(zone, 4, 59);
        if (zone.size() != 6 || (zone[0] != '+' && zone[0] != '-') || zone[3] != ':' || hours < 0 ||
            minutes < 0)
            return malformed();
        offset_minutes = (hours * 60 + minutes) * (zone[0] == '-' ? -1 : 1);
    }
    const std::int64_t in_day = ((hour * 60LL + minute - offset_minutes) * 60 + second) * 1000 + ms;
    return Instant{date->days() * day_ms + in_day};
}

const Clock& system_clock() {
    static const MachineClock clock;
    return clock;
}

FixedClock::FixedClock(Date noon_of) : at_{noon_of.days() * day_ms + 12 * 3'600'000 - shanghai_ms} {}

}  // namespace ballast
