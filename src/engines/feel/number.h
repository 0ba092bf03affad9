/// The FEEL number: IEEE 754 decimal128, 34 significant digits, rounded half to even (DMN 1.5, 10.3.2.3).
/// Always finite: what would overflow or has no value comes back as nullopt, and the caller says why.
///
/// The only place that knows the Intel library is number.cpp. Never link GCC's own decimal types beside
/// it: both define the same symbols.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ballast::feel {

enum class Rounding : std::uint8_t { half_even, half_up, half_down, up, down, floor, ceiling };

class Number {
public:
    Number();                // zero
    Number(std::int64_t n);  // NOLINT: an integer is a number
    /// Digits with an optional point, sign and exponent; nothing around them.
    static std::optional<Number> parse(std::string_view text);
    /// digits × 10^-places: Number::scaled(12345, 2) is 123.45. Exact.
    static Number scaled(std::int64_t digits, int places);

    static std::optional<Number> add(const Number& a, const Number& b);
    static std::optional<Number> subtract(const Number& a, const Number& b);
    static std::optional<Number> multiply(const Number& a, const Number& b);
    static std::optional<Number> divide(const Number& a, const Number& b);
    static std::optional<Number> power(const Number& a, const Number& b);
    static std::optional<Number> square_root(const Number& a);
    static std::optional<Number> exponential(const Number& a);
    static std::optional<Number> logarithm(const Number& a);
    /// a - b × floor(a / b), the sign of b.
    static std::optional<Number> modulo(const Number& a, const Number& b);
    Number negated() const;
    Number absolute() const;
    /// To so many places after the point; negative places round to tens, hundreds ...
    std::optional<Number> rounded(int places, Rounding how) const;

    bool is_zero() const;
    bool is_negative() const;
    bool is_integer() const;
    /// The value when it is a whole number that fits.
    std::optional<std::int64_t> integer() const;

    /// Plain digits, an exponent only when very long or small, no trailing zeros after the point: "12.5".
    std::string text() const;

    friend bool operator==(const Number& a, const Number& b);
    friend bool operator<(const Number& a, const Number& b);
    friend bool operator<=(const Number& a, const Number& b) { return !(b < a); }
    friend bool operator>(const Number& a, const Number& b) { return b < a; }
    friend bool operator>=(const Number& a, const Number& b) { return !(a < b); }

private:
    struct Decimal;
    struct Raw {};
    explicit Number(Raw) {}  // bits to be filled in
    alignas(16) std::uint64_t bits_[2];
};

}  // namespace ballast::feel
