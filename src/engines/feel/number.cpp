#include "feel/number.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>

#define DECIMAL_CALL_BY_REFERENCE 0
#define DECIMAL_GLOBAL_ROUNDING 0
#define DECIMAL_GLOBAL_EXCEPTION_FLAGS 0
#include <bid_conf.h>
#include <bid_functions.h>

namespace ballast::feel {

namespace {

constexpr unsigned half_even = 0;

}  // namespace

struct Number::Decimal {
    static BID_UINT128 of(const Number& n) {
        BID_UINT128 bits;
        std::memcpy(&bits, n.bits_, sizeof bits);
        return bits;
    }
    static Number number(BID_UINT128 bits) {
        Number n{Raw{}};
        std::memcpy(n.bits_, &bits, sizeof bits);
        return n;
    }
    static std::optional<Number> finite(BID_UINT128 bits) {
        if (!bid128_isFinite(bits)) return std::nullopt;
        return number(bits);
    }
};

Number::Number() : Number(0) {}
Number::Number(std::int64_t n) {
    const BID_UINT128 bits = bid128_from_int64(n);
    std::memcpy(bits_, &bits, sizeof bits);
}

std::optional<Number> Number::parse(std::string_view text) {
    // The library also reads "Inf" and "NaN"; a FEEL number has digits only.
    std::size_t i = 0;
    std::size_t digits = 0;
    const auto digit = [&](std::size_t at) { return at < text.size() && text[at] >= '0' && text[at] <= '9'; };
    if (i < text.size() && (text[i] == '-' || text[i] == '+')) ++i;
    for (; digit(i); ++i) ++digits;
    if (i < text.size() && text[i] == '.')
        for (++i; digit(i); ++i) ++digits;
    if (digits == 0) return std::nullopt;
    if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
        ++i;
        if (i < text.size() && (text[i] == '-' || text[i] == '+')) ++i;
        if (!digit(i)) return std::nullopt;
        const auto exponent = i;
        while (digit(i)) ++i;
        if (i - exponent > 9) return std::nullopt;
    }
    if (i != text.size()) return std::nullopt;
    std::string copy(text);
    _IDEC_flags flags = 0;
    return Decimal::finite(bid128_from_string(copy.data(), half_even, &flags));
}

Number Number::scaled(std::int64_t digits, int places) {
    _IDEC_flags flags = 0;
    return Decimal::number(bid128_scalbn(bid128_from_int64(digits), -places, half_even, &flags));
}

#define BALLAST_BINARY(name, function)                                                       \
    std::optional<Number> Number::name(const Number& a, const Number& b) {                   \
        _IDEC_flags flags = 0;                                                               \
        return Decimal::finite(function(Decimal::of(a), Decimal::of(b), half_even, &flags)); \
    }
BALLAST_BINARY(add, bid128_add)
BALLAST_BINARY(subtract, bid128_sub)
BALLAST_BINARY(multiply, bid128_mul)
BALLAST_BINARY(divide, bid128_div)
#undef BALLAST_BINARY

std::optional<Number> Number::power(const Number& a, const Number& b) {
    // Whole exponents by repeated squaring: exact where the result is, which the library's
    // logarithms do not promise.
    const auto whole = b.integer();
    if (whole && *whole >= -9999 && *whole <= 9999) {
        Number result(1);
        Number base = a;
        for (std::int64_t n = *whole < 0 ? -*whole : *whole; n > 0; n /= 2) {
            if (n % 2 == 1) {
                const auto product = multiply(result, base);
                if (!product) return std::nullopt;
                result = *product;
            }
            if (n == 1) break;
            const auto square = multiply(base, base);
            if (!square) return std::nullopt;
            base = *square;
        }
        return *whole < 0 ? divide(1, result) : std::optional<Number>(result);
    }
    _IDEC_flags flags = 0;
    return Decimal::finite(bid128_pow(Decimal::of(a), Decimal::of(b), half_even, &flags));
}

std::optional<Number> Number::square_root(const Number& a) {
    _IDEC_flags flags = 0;
    return Decimal::finite(bid128_sqrt(Decimal::of(a), half_even, &flags));
}

std::optional<Number> Number::exponential(const Number& a) {
    _IDEC_flags flags = 0;
    return Decimal::finite(bid128_exp(Decimal::of(a), half_even, &flags));
}

std::optional<Number> Number::logarithm(const Number& a) {
    _IDEC_flags flags = 0;
    return Decimal::finite(bid128_log(Decimal::of(a), half_even, &flags));
}

std::optional<Number> Number::modulo(const Number& a, const Number& b) {
    if (b.is_zero()) return std::nullopt;
    const auto quotient = divide(a, b);
    if (!quotient) return std::nullopt;
    const auto whole = quotient->rounded(0, Rounding::floor);
    if (!whole) return std::nullopt;
    const auto product = multiply(b, *whole);
    return product ? subtract(a, *product) : std::nullopt;
}

Number Number::negated() const {
    return is_zero() ? *this : Decimal::number(bid128_negate(Decimal::of(*this)));
}
Number Number::absolute() const { return Decimal::number(bid128_abs(Decimal::of(*this))); }

std::optional<Number> Number::rounded(int places, Rounding how) const {
    if (places > 6176 || places < -6111) return std::nullopt;
    _IDEC_flags flags = 0;
    const auto x = Decimal::of(*this);
    // Already no finer than asked: quantizing would only add zeros, and may not fit.
    if (!is_zero() && bid128_quantexp(x, &flags) >= -places) return *this;
    const auto quantum = bid128_scalbn(bid128_from_int64(1), -places, half_even, &flags);
    unsigned mode = half_even;
    switch (how) {
        case Rounding::half_even:
            mode = 0;
            break;
        case Rounding::floor:
            mode = 1;
            break;
        case Rounding::ceiling:
            mode = 2;
            break;
        case Rounding::down:
            mode = 3;
            break;
        case Rounding::half_up:
            mode = 4;
            break;
        case Rounding::up:
            mode = is_negative() ? 1 : 2;
            break;
        case Rounding::half_down: {
            // Half away from zero, taken back by one step where the value stood exactly at the half.
            const auto down = bid128_quantize(x, quantum, 3, &flags);
            const auto rest = bid128_abs(bid128_sub(x, down, half_even, &flags));
            const auto half = bid128_mul(quantum, Decimal::of(scaled(5, 1)), half_even, &flags);
            mode = bid128_quiet_greater(rest, half, &flags) ? (is_negative() ? 1 : 2) : 3;
            break;
        }
    }
    return Decimal::finite(bid128_quantize(x, quantum, mode, &flags));
}

bool Number::is_zero() const { return bid128_isZero(Decimal::of(*this)); }
bool Number::is_negative() const { return bid128_isSigned(Decimal::of(*this)) && !is_zero(); }
bool Number::is_integer() const {
    _IDEC_flags flags = 0;
    const auto x = Decimal::of(*this);
    return bid128_quiet_equal(x, bid128_round_integral_zero(x, &flags), &flags);
}

std::optional<std::int64_t> Number::integer() const {
    if (!is_integer()) return std::nullopt;
    _IDEC_flags flags = 0;
    const std::int64_t n = bid128_to_int64_int(Decimal::of(*this), &flags);
    if (flags & BID_INVALID_EXCEPTION) return std::nullopt;
    return n;
}

std::string Number::text() const {
    // The library prints "+12345E-2".
    std::array<char, 64> buffer{};
    _IDEC_flags flags = 0;
    bid128_to_string(buffer.data(), Decimal::of(*this), &flags);
    std::string_view printed(buffer.data());
    const bool negative = printed.front() == '-';
    printed.remove_prefix(1);
    const auto e = printed.find('E');
    std::string digits(printed.substr(0, e));
    int exponent = std::atoi(std::string(printed.substr(e + 1)).c_str());
    digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size()));
    if (digits.empty()) return "0";
    while (digits.size() > 1 && digits.back() == '0' && exponent < 0) digits.pop_back(), ++exponent;
    if (exponent > 40 || exponent < -80) {
        digits += "E" + std::to_string(exponent);
    } else if (exponent >= 0) {
        digits.append(static_cast<std::size_t>(exponent), '0');
    } else {
        const auto places = static_cast<std::size_t>(-exponent);
        if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
        digits.insert(digits.size() - places, ".");
    }
    return negative ? "-" + digits : digits;
}

bool operator==(const Number& a, const Number& b) {
    _IDEC_flags flags = 0;
    return bid128_quiet_equal(Number::Decimal::of(a), Number::Decimal::of(b), &flags);
}
bool operator<(const Number& a, const Number& b) {
    _IDEC_flags flags = 0;
    return bid128_quiet_less(Number::Decimal::of(a), Number::Decimal::of(b), &flags);
}

}  // namespace ballast::feel
