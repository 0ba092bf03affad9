#include "base/decimal.h"

#include <algorithm>
#include <limits>

#include "base/text.h"

namespace ballast {
namespace {

using Coefficient = Decimal::Coefficient;
__extension__ using Magnitude = unsigned __int128;

Coefficient product(Coefficient a, Coefficient b) {
    Coefficient out = 0;
    INVARIANT(!__builtin_mul_overflow(a, b, &out));
    return out;
}

Coefficient power_of_ten(int n) {
    Coefficient out = 1;
    for (; n > 0; --n) out = product(out, 10);
    return out;
}

Magnitude magnitude(Coefficient c) {
    return c < 0 ? Magnitude{0} - static_cast<Magnitude>(c) : static_cast<Magnitude>(c);
}

Coefficient with_sign(Magnitude m, bool negative) {
    INVARIANT(m <= static_cast<Magnitude>(std::numeric_limits<Coefficient>::max()));
    return negative ? -static_cast<Coefficient>(m) : static_cast<Coefficient>(m);
}

// The quotient one up when the rounding of what remains, `rest` of `divisor`, asks for it.
Magnitude rounded_quotient(Magnitude quotient, Magnitude rest, Magnitude divisor, Rounding rounding) {
    if (rest == 0 || rounding == Rounding::down) return quotient;
    const Magnitude to_next = divisor - rest;  // rest > to_next is more than half, and cannot overflow
    if (rest > to_next) return quotient + 1;
    if (rest < to_next) return quotient;
    return rounding == Rounding::half_up ? quotient + 1 : quotient + (quotient & 1);
}

}  // namespace

Decimal Decimal::from_parts(std::int64_t coefficient, int scale) {
    INVARIANT(scale >= 0 && scale <= max_scale);
    return Decimal(Coefficient{coefficient}, scale);
}

Decimal Decimal::yuan(Money amount) { return from_parts(amount.fen(), 2); }

Result<Decimal> Decimal::parse(std::string_view written) {
    const auto malformed = [] { return invalid("decimal.malformed").with("expected", "12.5"); };
    const auto too_precise = [] { return invalid("decimal.too_precise").with("expected", "38"); };
    const std::string narrow = text::half_width(text::trimmed(written));
    std::string_view s = narrow;
    const bool negative = s.starts_with('-');
    if (negative || s.starts_with('+')) s.remove_prefix(1);

    const auto dot = s.find('.');
    std::string digits;
    const auto groups = text::split(s.substr(0, dot), ',');
    for (std::size_t i = 0; i < groups.size(); ++i) {
        const bool first = i == 0;
        if (groups.size() > 1 && (first ? groups[i].empty() || groups[i].size() > 3 : groups[i].size() != 3))
            return malformed();
        digits += groups[i];
    }
    if (digits.empty() || dot == s.size() - 1) return malformed();
    const auto places = dot == std::string_view::npos ? std::string_view{} : s.substr(dot + 1);
    digits += places;
    if (digits.find_first_not_of("0123456789") != std::string::npos) return malformed();
    if (places.size() > max_scale) return too_precise();

    Coefficient coefficient = 0;
    for (const char c : digits)
        if (__builtin_mul_overflow(coefficient, Coefficient{10}, &coefficient) ||
            __builtin_add_overflow(coefficient, Coefficient{c - '0'}, &coefficient))
            return too_precise();
    return Decimal(negative ? -coefficient : coefficient, static_cast<int>(places.size()));
}

std::string Decimal::plain() const {
    std::string digits;
    for (Magnitude m = magnitude(coefficient_); m != 0; m /= 10)
        digits.push_back(static_cast<char>('0' + static_cast<int>(m % 10)));
    while (digits.size() <= static_cast<std::size_t>(scale_)) digits.push_back('0');
    std::ranges::reverse(digits);
    if (scale_ > 0) digits.insert(digits.size() - static_cast<std::size_t>(scale_), ".");
    return (coefficient_ < 0 ? "-" : "") + digits;
}

Decimal Decimal::without_trailing_zeros() const {
    Decimal out = *this;
    while (out.scale_ > 0 && out.coefficient_ % 10 == 0) {
        out.coefficient_ /= 10;
        --out.scale_;
    }
    return out;
}

Decimal operator+(Decimal a, Decimal b) {
    const int scale = std::max(a.scale_, b.scale_);
    const Coefficient left = product(a.coefficient_, power_of_ten(scale - a.scale_));
    const Coefficient right = product(b.coefficient_, power_of_ten(scale - b.scale_));
    Coefficient sum = 0;
    INVARIANT(!__builtin_add_overflow(left, right, &sum));
    return Decimal(sum, scale);
}

Decimal operator-(Decimal a, Decimal b) {
    INVARIANT(b.coefficient_ != std::numeric_limits<Coefficient>::min());
    return a + Decimal(-b.coefficient_, b.scale_);
}

Decimal operator*(Decimal a, Decimal b) {
    if (a.scale_ + b.scale_ > Decimal::max_scale) {
        a = a.without_trailing_zeros();
        b = b.without_trailing_zeros();
    }
    Decimal out(product(a.coefficient_, b.coefficient_), a.scale_ + b.scale_);
    if (out.scale_ > Decimal::max_scale) out = out.without_trailing_zeros();
    INVARIANT(out.scale_ <= Decimal::max_scale);
    return out;
}

// Whole parts first, then the places brought to 18, so that no comparison can overflow.
std::strong_ordering operator<=>(Decimal a, Decimal b) {
    if (a.scale_ == b.scale_) return a.coefficient_ <=> b.coefficient_;
    const Coefficient unit_a = power_of_ten(a.scale_), unit_b = power_of_ten(b.scale_);
    const auto whole = a.coefficient_ / unit_a <=> b.coefficient_ / unit_b;
    if (whole != 0) return whole;
    return a.coefficient_ % unit_a * power_of_ten(Decimal::max_scale - a.scale_) <=>
           b.coefficient_ % unit_b * power_of_ten(Decimal::max_scale - b.scale_);
}

Decimal Decimal::divided_by(Decimal divisor, int scale, Rounding rounding) const {
    INVARIANT(divisor.coefficient_ != 0);
    INVARIANT(scale >= 0 && scale <= max_scale);
    divisor = divisor.without_trailing_zeros();
    const bool negative = (coefficient_ < 0) != (divisor.coefficient_ < 0);
    const int shift = scale + divisor.scale_ - scale_;  // places still to come after the first quotient
    Magnitude by = magnitude(divisor.coefficient_);
    if (shift < 0) by = magnitude(product(with_sign(by, false), power_of_ten(-shift)));

    Magnitude quotient = magnitude(coefficient_) / by;
    Magnitude rest = magnitude(coefficient_) % by;
    for (int place = 0; place < shift; ++place) {  // long division, as on paper
        Magnitude next = 0;
        INVARIANT(!__builtin_mul_overflow(rest, Magnitude{10}, &next));
        INVARIANT(!__builtin_mul_overflow(quotient, Magnitude{10}, &quotient));
        quotient += next / by;
        rest = next % by;
    }
    return Decimal(with_sign(rounded_quotient(quotient, rest, by, rounding), negative), scale);
}

Decimal Decimal::rounded(int scale, Rounding rounding) const { return divided_by(1, scale, rounding); }

Money Decimal::to_money(Rounding rounding) const {
    const Coefficient fen = rounded(2, rounding).coefficient_;
    INVARIANT(fen >= std::numeric_limits<std::int64_t>::min() &&
              fen <= std::numeric_limits<std::int64_t>::max());
    return Money::fen(static_cast<std::int64_t>(fen));
}

}  // namespace ballast
