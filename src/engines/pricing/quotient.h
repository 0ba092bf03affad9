/// An exact fraction of two decimals: what an average or a ratio is before the one rounding at a formula's
/// end.
#pragma once

#include <compare>
#include <cstdint>
#include <string_view>

#include "base/decimal.h"

namespace ballast::pricing {

class Quotient {
public:
    Quotient() = default;
    Quotient(std::int64_t whole) : above_(whole) {}
    Quotient(Decimal value) : above_(value) {}
    /// above / below; below > 0.
    Quotient(Decimal above, Decimal below);

    Decimal above() const { return above_; }
    Decimal below() const { return below_; }

    friend Quotient operator*(const Quotient& a, Decimal b) { return {a.above_ * b, a.below_}; }
    friend Quotient operator-(const Quotient& a, Decimal b) { return {a.above_ - b * a.below_, a.below_}; }
    friend Quotient operator-(Decimal a, const Quotient& b) { return {a * b.below_ - b.above_, b.below_}; }
    /// By value, whatever the denominators; exact at any size.
    friend std::strong_ordering operator<=>(const Quotient& a, const Quotient& b);
    friend bool operator==(const Quotient& a, const Quotient& b) { return (a <=> b) == 0; }

    Decimal rounded(int places) const { return above_.divided_by(below_, places, Rounding::half_up); }
    /// A number of yuan as money, half up: the one rounding of a formula.
    Money to_money() const { return rounded(2).to_money(Rounding::half_up); }
    /// For so many units (0 <= units < 100 million, 4 places): exact, then once rounded, half up. This value
    /// is one per unit: 0 or more, below 10 million. Here the product as a whole need not fit into a Decimal.
    Money money_for(Decimal units) const;

private:
    Decimal above_;
    Decimal below_ = 1;
};

/// The parts of a contract must stay within what exact arithmetic holds: at most 4 places, below 10 million.
/// Error: invalid, "pricing.out_of_range" {name, value}.
Result<void> within_contract(std::string_view name, Decimal value);
/// Insured units of one policy: above 0, below 100 million, at most 4 places. The same error.
Result<void> insured_units(Decimal units);

}  // namespace ballast::pricing
