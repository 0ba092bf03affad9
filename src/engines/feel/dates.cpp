// The calendar: days, months, weeks.
#include <cstdio>

#include "feel/temporal.h"

namespace ballast::feel {

namespace {

constexpr std::int64_t furthest_year = 999'999'999;

std::int64_t day_number(std::int64_t year, int month, int day) {
    year -= month <= 2;
    const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
    const auto year_of_era = year - era * 400;
    const auto day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719468;
}

bool is_leap(std::int64_t year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

int days_in(std::int64_t year, std::int64_t month) {
    constexpr int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

}  // namespace

std::optional<Date> Date::from(std::int64_t year, std::int64_t month, std::int64_t day) {
    if (year < -furthest_year || year > furthest_year || month < 1 || month > 12 || day < 1)
        return std::nullopt;
    if (day > days_in(year, month)) return std::nullopt;
    return Date{static_cast<std::int32_t>(year), static_cast<std::int8_t>(month),
                static_cast<std::int8_t>(day)};
}

std::optional<Date> Date::from_days(std::int64_t days) {
    if (days < -400'000'000'000 || days > 400'000'000'000) return std::nullopt;
    days += 719468;
    const std::int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    const auto day_of_era = days - era * 146097;
    const auto year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    const auto day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const auto shifted = (5 * day_of_year + 2) / 153;
    const auto month = shifted < 10 ? shifted + 3 : shifted - 9;
    return from(year_of_era + era * 400 + (month <= 2), month, day_of_year - (153 * shifted + 2) / 5 + 1);
}

std::optional<Date> Date::parse(std::string_view iso) {
    const bool before_christ = !iso.empty() && iso.front() == '-';
    if (before_christ) iso.remove_prefix(1);
    // yyyy-mm-dd; a year of more than four digits has no leading zero.
    if (iso.size() < 10 || iso.size() > 15) return std::nullopt;
    const auto year_length = iso.size() - 6;
    if (year_length > 4 && iso[0] == '0') return std::nullopt;
    std::int64_t parts[3] = {0, 0, 0};
    for (std::size_t i = 0; i < iso.size(); ++i) {
        if (i == year_length || i == year_length + 3) {
            if (iso[i] != '-') return std::nullopt;
        } else {
            if (iso[i] < '0' || iso[i] > '9') return std::nullopt;
            auto& part = parts[i < year_length ? 0 : i < year_length + 3 ? 1 : 2];
            part = part * 10 + (iso[i] - '0');
        }
    }
    return from(before_christ ? -parts[0] : parts[0], parts[1], parts[2]);
}

std::int64_t Date::days() const { return day_number(year, month, day); }

int Date::weekday() const {
    return static_cast<int>(((days() + 3) % 7 + 7) % 7) + 1;  // 1970-01-01 was a Thursday
}

int Date::day_of_year() const { return static_cast<int>(days() - day_number(year, 1, 1)) + 1; }

int Date::week_of_year() const {
    // The week belongs to the year of its Thursday.
    const auto thursday = from_days(days() + 4 - weekday());
    return thursday ? (thursday->day_of_year() - 1) / 7 + 1 : 1;
}

std::optional<Date> Date::plus_months(std::int64_t months) const {
    if (months < -24 * furthest_year || months > 24 * furthest_year) return std::nullopt;
    const std::int64_t all = std::int64_t{year} * 12 + (month - 1) + months;
    const std::int64_t to_year = all >= 0 ? all / 12 : -((-all + 11) / 12);
    const std::int64_t to_month = all - to_year * 12 + 1;
    const int last = days_in(to_year, to_month);
    return from(to_year, to_month, day < last ? day : last);
}

std::string Date::iso() const {
    char out[32];
    std::snprintf(out, sizeof out, "%s%04d-%02d-%02d", year < 0 ? "-" : "", year < 0 ? -year : year, month,
                  day);
    return out;
}

}  // namespace ballast::feel
