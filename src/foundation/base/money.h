/// Money in fen (1 yuan = 100 fen), exact in 64 bits. An overflow is a bug, not a value: it
/// breaks an INVARIANT.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace ballast {

class Money {
public:
    constexpr Money() = default;
    static constexpr Money fen(std::int64_t n) { return Money(n); }
    static constexpr Money yuan(std::int64_t n) { return Money(n * 100); }
    /// "12345.6", "12,345.67", "¥12345.67", "12345.67元", "1.2万" with half- or full-width digits; at most
    /// two places of a fen. Error: invalid, "money.malformed" or "money.too_precise".
    static Result<Money> parse(std::string_view text);

    constexpr std::int64_t fen() const { return fen_; }
    std::string plain() const;      // 12345.67, for files
    std::string formatted() const;  // 12,345.67, for people

    friend constexpr auto operator<=>(Money, Money) = default;
    friend Money operator+(Money a, Money b);
    friend Money operator-(Money a, Money b);
    friend Money operator-(Money a) { return Money{} - a; }
    friend Money operator*(Money a, std::int64_t n);
    Money& operator+=(Money b) { return *this = *this + b; }
    Money& operator-=(Money b) { return *this = *this - b; }

    /// a / n, rounded half up (away from zero at exactly half), n > 0. For a formula's last step only.
    Money divided_by(std::int64_t n) const;

private:
    constexpr explicit Money(std::int64_t n) : fen_(n) {}
    std::int64_t fen_ = 0;
};

}  // namespace ballast
