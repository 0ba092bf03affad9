#include "base/date.h"

#include <algorithm>
#include <charconv>
#include <chrono>

#include "base/text.h"

namespace ballast {
namespace {

constexpr int first_year = 1800;
constexpr int last_year = 2199;

std::chrono::year_month_day civil(Date d) {
    return std::chrono::year_month_day(std::chrono::sys_days(std::chrono::days(d.days())));
}

// All of `digits` as a number; -1 when it is not 1 to 4 plain digits.
int number(std::string_view digits) {
    if (digits.empty() || digits.size() > 4) return -1;
    int n = 0;
    for (const char c : digits) {
        if (c < '0' || c > '9') return -1;
        n = n * 10 + (c - '0');
    }
    return n;
}

Error malformed() { return invalid("date.malformed").with("expected", "2026-11-23"); }

std::string two(int n) { return n < 10 ? "0" + std::to_string(n) : std::to_string(n); }

void replace_all(std::string& s, std::string_view from, std::string_view to) {
    for (auto at = s.find(from); at != std::string::npos; at = s.find(from, at + to.size()))
        s.replace(at, from.size(), to);
}

bool all_digits(std::string_view s) {
    return !s.empty() && std::all_of(s.begin(), s.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// A spreadsheet's time of day is dropped, but it must look like one: "10:30", "10:30:00.5", "10:30 PM",
// "00:00:00+08:00", "10时30分".
bool is_time_of_day(std::string_view s) {
    s = text::trimmed(s);
    if (s.empty()) return true;
    if (s[0] < '0' || s[0] > '9') return false;
    std::string rest(s);
    for (const std::string_view word : {"时", "分", "秒", "AM", "PM", "am", "pm", "上午", "下午"})
        replace_all(rest, word, ":");
    return rest.find(':') != std::string::npos &&
           rest.find_first_not_of("0123456789:. +Z") == std::string::npos;
}

// Day numbers of the 1900 system: 1 is 1900-01-01, and 60 is 1900-02-29, a day that never was.
std::optional<Date> from_serial(std::string_view s) {
    const auto dot = s.find('.');
    const auto whole = s.substr(0, dot);
    if (!all_digits(whole) || whole.size() > 6) return std::nullopt;
    if (dot != std::string_view::npos && !all_digits(s.substr(dot + 1))) return std::nullopt;
    int n = 0;
    std::from_chars(whole.data(), whole.data() + whole.size(), n);
    if (n < 1 || n == 60 || n > 109'574) return std::nullopt;  // 109574 is 2199-12-31
    const Date origin = *Date::from(1899, 12, n < 60 ? 31 : 30);
    return origin.plus_days(n);
}

}  // namespace

std::optional<Date> Date::from(int year, int month, int day) {
    if (year < first_year || year > last_year || month < 1 || month > 12 || day < 1 || day > 31)
        return std::nullopt;
    const std::chrono::year_month_day ymd{std::chrono::year(year), std::chrono::month(unsigned(month)),
                                          std::chrono::day(unsigned(day))};
    if (!ymd.ok()) return std::nullopt;
    return Date(static_cast<std::int32_t>(std::chrono::sys_days(ymd).time_since_epoch().count()));
}

Result<Date> Date::parse(std::string_view iso) {
    if (iso.size() != 10 || iso[4] != '-' || iso[7] != '-') return malformed();
    const auto date = from(number(iso.substr(0, 4)), number(iso.substr(5, 2)), number(iso.substr(8, 2)));
    if (!date) return malformed();
    return *date;
}

Result<Date> Date::parse_loose(std::string_view written, Serials serials) {
    std::string s = text::half_width(text::trimmed(written));
    for (const std::string_view word : {"年", "月", "日"}) {
        replace_all(s, " " + std::string(word), word);
        if (word != "日") replace_all(s, std::string(word) + " ", word);
    }
    replace_all(s, "年", "-");
    replace_all(s, "月", "-");
    replace_all(s, "日", " ");
    const std::string_view all = text::trimmed(s);

    const auto day_end = std::min(all.find_first_of(" T"), all.size());
    const auto time = day_end < all.size() ? all.substr(day_end + 1) : std::string_view{};
    if (!is_time_of_day(time)) return malformed();

    std::string day(all.substr(0, day_end));
    std::ranges::replace(day, '/', '-');
    // Two dots part year, month and day; a single one belongs to a day number with a time, 44361.5.
    if (std::ranges::count(day, '.') == 2) std::ranges::replace(day, '.', '-');

    if (all_digits(day) && day.size() == 8) {
        const std::string_view d = day;
        const auto date = from(number(d.substr(0, 4)), number(d.substr(4, 2)), number(d.substr(6, 2)));
        if (date) return *date;
        return malformed();
    }
    const auto parts = text::split(day, '-');
    if (parts.size() == 3 && parts[0].size() == 4 && parts[1].size() <= 2 && parts[2].size() <= 2) {
        const auto date = from(number(parts[0]), number(parts[1]), number(parts[2]));
        if (date) return *date;
        return malformed();
    }
    if (serials == Serials::accept && time.empty())
        if (const auto date = from_serial(day)) return *date;
    return malformed();
}

int Date::year() const { return static_cast<int>(civil(*this).year()); }
int Date::month() const { return static_cast<int>(static_cast<unsigned>(civil(*this).month())); }
int Date::day() const { return static_cast<int>(static_cast<unsigned>(civil(*this).day())); }
int Date::weekday() const {
    return static_cast<int>(
        std::chrono::weekday(std::chrono::sys_days(std::chrono::days(days_))).iso_encoding());
}

std::string Date::iso() const {
    const auto d = civil(*this);
    std::string year = std::to_string(static_cast<int>(d.year()));
    return year + "-" + two(static_cast<int>(static_cast<unsigned>(d.month()))) + "-" +
           two(static_cast<int>(static_cast<unsigned>(d.day())));
}

std::string Date::chinese() const {
    return std::to_string(year()) + "年" + std::to_string(month()) + "月" + std::to_string(day()) + "日";
}

Date Date::plus_months(int n) const {
    auto target = civil(*this) + std::chrono::months(n);
    if (!target.ok()) target = target.year() / target.month() / std::chrono::last;
    return Date(static_cast<std::int32_t>(std::chrono::sys_days(target).time_since_epoch().count()));
}

Date Date::first_of_month() const { return plus_days(1 - day()); }
Date Date::last_of_month() const { return first_of_month().plus_months(1).plus_days(-1); }

int age_on(Date birth, Date on) {
    const int years = on.year() - birth.year();
    const bool birthday_reached =
        on.month() > birth.month() || (on.month() == birth.month() && on.day() >= birth.day());
    return birthday_reached ? years : years - 1;
}

Period income_window(Date verified_on) {
    const Date this_month = verified_on.first_of_month();
    return {this_month.plus_months(-12), this_month.plus_days(-1)};
}

}  // namespace ballast
