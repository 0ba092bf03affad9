#include "base/money.h"

#include <algorithm>

#include "base/text.h"

namespace ballast {
namespace {

std::int64_t checked_product(std::int64_t a, std::int64_t b) {
    std::int64_t out = 0;
    INVARIANT(!__builtin_mul_overflow(a, b, &out));
    return out;
}

// What may stand around the number, dropped; returns how many fen the unit of the last place is worth.
std::int64_t take_unit(std::string_view& s) {
    const auto drop_end = [&](std::string_view word) {
        if (!s.ends_with(word)) return false;
        s = text::trimmed(s.substr(0, s.size() - word.size()));
        return true;
    };
    drop_end("元") || drop_end("圆");
    if (drop_end("亿")) return 10'000'000'000;
    if (drop_end("万")) return 1'000'000;
    return 100;
}

// "12,345" is a number written for people, "1,23" is not one: every group after the first has 3 digits.
bool thousands_marks_stand_right(std::string_view whole) {
    const auto groups = text::split(whole, ',');
    if (groups.size() == 1) return true;
    if (groups[0].empty() || groups[0].size() > 3) return false;
    return std::all_of(groups.begin() + 1, groups.end(), [](auto group) { return group.size() == 3; });
}

Error malformed() { return invalid("money.malformed").with("expected", "12345.67"); }

std::string fen_places(std::uint64_t magnitude) {
    const auto cents = magnitude % 100;
    return (cents < 10 ? ".0" : ".") + std::to_string(cents);
}

std::uint64_t magnitude_of(std::int64_t fen) {
    return fen < 0 ? 0 - static_cast<std::uint64_t>(fen) : static_cast<std::uint64_t>(fen);
}

}  // namespace

Result<Money> Money::parse(std::string_view written) {
    std::string narrow = text::half_width(text::trimmed(written));
    std::string_view s = text::trimmed(narrow);
    const auto take = [&](std::string_view mark) {
        if (!s.starts_with(mark)) return false;
        s = text::trimmed(s.substr(mark.size()));
        return true;
    };
    // The sign stands before the currency mark or after it: -¥5, ¥-5.
    bool negative = take("-");
    const bool has_sign = negative || take("+");
    if ((take("¥") || take("￥")) && !has_sign) negative = take("-");
    const std::int64_t unit = take_unit(s);

    const auto dot = s.find('.');
    const std::string_view whole = s.substr(0, dot);
    const std::string_view places = dot == std::string_view::npos ? std::string_view{} : s.substr(dot + 1);
    if (whole.empty() || !thousands_marks_stand_right(whole)) return malformed();
    if (dot != std::string_view::npos && places.empty()) return malformed();

    std::int64_t fen = 0;
    const auto add_digit = [&](char c, std::int64_t worth) {
        std::int64_t value = 0;
        return !__builtin_mul_overflow(static_cast<std::int64_t>(c - '0'), worth, &value) &&
               !__builtin_add_overflow(fen, value, &fen);
    };
    for (const char c : whole) {
        if (c == ',') continue;
        if (c < '0' || c > '9' || __builtin_mul_overflow(fen, std::int64_t{10}, &fen) || !add_digit(c, unit))
            return malformed();
    }
    std::int64_t worth = unit;
    for (const char c : places) {
        if (c < '0' || c > '9') return malformed();
        worth /= 10;
        if (worth == 0 && c != '0') return invalid("money.too_precise").with("expected", "12345.67");
        if (!add_digit(c, worth)) return malformed();
    }
    return Money(negative ? -fen : fen);
}

std::string Money::plain() const {
    const std::uint64_t magnitude = magnitude_of(fen_);
    return (fen_ < 0 ? "-" : "") + std::to_string(magnitude / 100) + fen_places(magnitude);
}

std::string Money::formatted() const {
    const std::uint64_t magnitude = magnitude_of(fen_);
    std::string whole = std::to_string(magnitude / 100);
    for (std::size_t at = whole.size(); at > 3; at -= 3) whole.insert(at - 3, ",");
    return (fen_ < 0 ? "-" : "") + whole + fen_places(magnitude);
}

Money operator+(Money a, Money b) {
    std::int64_t out = 0;
    INVARIANT(!__builtin_add_overflow(a.fen_, b.fen_, &out));
    return Money(out);
}

Money operator-(Money a, Money b) {
    std::int64_t out = 0;
    INVARIANT(!__builtin_sub_overflow(a.fen_, b.fen_, &out));
    return Money(out);
}

Money operator*(Money a, std::int64_t n) { return Money(checked_product(a.fen_, n)); }

Money Money::divided_by(std::int64_t n) const {
    INVARIANT(n > 0);
    const std::int64_t whole = fen_ / n;
    const std::uint64_t rest = magnitude_of(fen_ % n);
    if (rest < static_cast<std::uint64_t>(n) - rest) return Money(whole);
    return Money(fen_ < 0 ? whole - 1 : whole + 1);
}

}  // namespace ballast
