#include "table/stored_number.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/date.h"

namespace ballast::table {

namespace {

// A spreadsheet keeps 15 significant digits; a binary double is written with up to 17.
constexpr std::int64_t kept_digits = 15;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// 0.d1d2d3... × 10^point, without leading or trailing zeros.
struct Decimal {
    bool negative = false;
    std::string digits;
    std::int64_t point = 0;

    bool whole() const { return static_cast<std::int64_t>(digits.size()) <= point; }
};

void drop_zeros(Decimal& number) {
    const auto first = std::min(number.digits.find_first_not_of('0'), number.digits.size());
    number.digits.erase(0, first);
    number.point -= static_cast<std::int64_t>(first);
    number.digits.erase(number.digits.find_last_not_of('0') + 1);
    if (number.digits.empty()) number.point = 0;
}

std::optional<Decimal> parse_decimal(std::string_view text) {
    Decimal number;
    std::size_t at = 0;
    if (at < text.size() && (text[at] == '-' || text[at] == '+')) number.negative = text[at++] == '-';
    std::int64_t seen = 0;
    bool fraction = false;
    for (; at < text.size(); ++at) {
        if (text[at] == '.' && !fraction) {
            fraction = true;
        } else if (is_digit(text[at])) {
            number.digits += text[at];
            if (!fraction) ++number.point;
            ++seen;
        } else {
            break;
        }
    }
    if (seen == 0) return std::nullopt;
    if (at < text.size()) {
        if (text[at] != 'E' && text[at] != 'e') return std::nullopt;
        ++at;
        if (at < text.size() && text[at] == '+') ++at;
        std::int64_t exponent = 0;
        const auto [end, fault] = std::from_chars(text.data() + at, text.data() + text.size(), exponent);
        // No double is beyond 10^308.
        if (fault != std::errc{} || end != text.data() + text.size() || std::abs(exponent) > 400)
            return std::nullopt;
        number.point += exponent;
    }
    drop_zeros(number);
    return number;
}

void round_to_kept_digits(Decimal& number) {
    if (static_cast<std::int64_t>(number.digits.size()) <= kept_digits) return;
    const bool up = number.digits[kept_digits] >= '5';
    number.digits.resize(kept_digits);
    if (up) {
        auto at = number.digits.rbegin();
        for (; at != number.digits.rend() && *at == '9'; ++at) *at = '0';
        if (at != number.digits.rend()) {
            ++*at;
        } else {
            number.digits.insert(0, 1, '1');
            ++number.point;
        }
    }
    drop_zeros(number);
}

std::string plain(const Decimal& number) {
    if (number.digits.empty()) return "0";
    std::string text = number.negative ? "-" : "";
    if (number.point <= 0) {
        text.append("0.").append(static_cast<std::size_t>(-number.point), '0').append(number.digits);
    } else if (number.whole()) {
        text.append(number.digits).append(static_cast<std::size_t>(number.point) - number.digits.size(), '0');
    } else {
        const auto point = static_cast<std::size_t>(number.point);
        text.append(number.digits, 0, point).append(".").append(number.digits, point);
    }
    return text;
}

}  // namespace

std::optional<StoredNumber> stored_number(std::string_view stored) {
    auto number = parse_decimal(stored);
    if (!number) return std::nullopt;
    if (number->point >= kept_digits) return StoredNumber{std::string(stored), true};
    round_to_kept_digits(*number);
    return StoredNumber{plain(*number), false};
}

std::optional<std::string> date_of_serial(std::string_view stored, DateSystem system) {
    double serial = 0;
    const auto [end, fault] = std::from_chars(stored.data(), stored.data() + stored.size(), serial);
    if (fault != std::errc{} || end != stored.data() + stored.size()) return std::nullopt;
    if (!(serial >= 0 && serial < 200'000)) return std::nullopt;
    auto day = static_cast<std::int32_t>(std::floor(serial));
    // Days from 1970-01-01 back to 1904-01-01, and to 1899-12-30: the 1900 system counts a 29 February 1900,
    // so before it the days lie one later.
    constexpr std::int32_t epoch_1904 = -24'107;
    constexpr std::int32_t epoch_1900 = -25'569;
    if (system == DateSystem::from_1904) {
        day += epoch_1904;
    } else {
        if (day == 0 || day == 60) return std::nullopt;
        day += epoch_1900 + (day < 60 ? 1 : 0);
    }
    constexpr std::int32_t last_day = 84'005;  // 2199-12-31
    if (day > last_day) return std::nullopt;
    return Date::from_days(day).iso();
}

bool is_builtin_date_format(std::int64_t id) {
    return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) ||
           (id >= 50 && id <= 58);
}

bool is_date_format(std::string_view code) {
    if (code.size() >= 7) {
        std::string start(code.substr(0, 7));
        std::transform(start.begin(), start.end(), start.begin(),
                       [](unsigned char c) { return std::tolower(c); });
        if (start == "general") return false;
    }
    for (std::size_t at = 0; at < code.size(); ++at) {
        switch (code[at]) {
            case ';':
                return false;  // what follows is for negative numbers
            case '"':
                at = std::min(code.find('"', at + 1), code.size());
                break;
            case '\\':
            case '_':
            case '*':
                ++at;
                break;
            case '[': {
                const auto close = std::min(code.find(']', at), code.size());
                // [h], [mm], [ss] count hours beyond a day; [Red], [$-804], [DBNum1], [>100] are no part of a
                // date.
                const auto inside = code.substr(at + 1, close - at - 1);
                if (!inside.empty() && inside.find_first_not_of("hHmMsS") == std::string_view::npos)
                    return true;
                at = close;
                break;
            }
            case 'e':
            case 'E':  // the year of East Asian formats; E+ is an exponent
                if (at + 1 < code.size() && (code[at + 1] == '+' || code[at + 1] == '-')) break;
                return true;
            case 'y':
            case 'Y':
            case 'm':
            case 'M':
            case 'd':
            case 'D':
            case 'h':
            case 'H':
            case 's':
            case 'S':
                return true;
            default:
                break;
        }
    }
    return false;
}

}  // namespace ballast::table
