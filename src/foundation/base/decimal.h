/// Exact decimal numbers for rates, prices, areas and weights: a whole coefficient of up to 38 digits and up
/// to 18 places after the point. Sums, differences and products are exact; a quotient says how it rounds.
/// A formula is computed exactly and rounded once, at its end. What does not fit is a bug: it breaks an
/// INVARIANT, it is never rounded in silence.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/money.h"
#include "base/result.h"

namespace ballast {

enum class Rounding : std::uint8_t {
    half_up,    // 四舍五入: exactly half goes away from zero
    half_even,  // exactly half goes to the even neighbour
    down,       // towards zero
};

class Decimal {
public:
    __extension__ using Coefficient = __int128;
    static constexpr int max_scale = 18;

    constexpr Decimal() = default;
    constexpr Decimal(std::int64_t whole) : coefficient_(whole) {}
    /// coefficient / 10^scale: from_parts(125, 1) is 12.5.
    static Decimal from_parts(std::int64_t coefficient, int scale);
    /// The amount in yuan.
    static Decimal yuan(Money amount);
    /// "12.5", "-0.125", "1,234.5", half- or full-width. Errors, both invalid: "decimal.malformed",
    /// "decimal.too_precise".
    static Result<Decimal> parse(std::string_view text);

    /// With all its places: 12.50 stays "12.50".
    std::string plain() const;
    int scale() const { return scale_; }
    bool is_zero() const { return coefficient_ == 0; }

    friend Decimal operator+(Decimal a, Decimal b);
    friend Decimal operator-(Decimal a, Decimal b);
    friend Decimal operator*(Decimal a, Decimal b);
    friend Decimal operator-(Decimal a) { return Decimal{} - a; }
    /// By value: 1.5 and 1.50 are equal.
    friend std::strong_ordering operator<=>(Decimal a, Decimal b);
    friend bool operator==(Decimal a, Decimal b) { return (a <=> b) == 0; }

    /// this / divisor with `scale` places. divisor is not zero.
    Decimal divided_by(Decimal divisor, int scale, Rounding rounding) const;
    /// With exactly `scale` places.
    Decimal rounded(int scale, Rounding rounding) const;
    /// A number of yuan as money: the one rounding of a formula.
    Money to_money(Rounding rounding) const;

private:
    constexpr Decimal(Coefficient coefficient, int scale) : coefficient_(coefficient), scale_(scale) {}
    Decimal without_trailing_zeros() const;

    Coefficient coefficient_ = 0;
    int scale_ = 0;
};

}  // namespace ballast
