#include "pricing/quotient.h"

namespace ballast::pricing {

Quotient::Quotient(Decimal above, Decimal below) : above_(above), below_(below) { INVARIANT(below > 0); }

namespace {

// The largest whole number that is not above n / d; d > 0.
Decimal floor_of(Decimal n, Decimal d) {
    const Decimal whole = n.divided_by(d, 0, Rounding::down);
    return whole * d > n ? whole - 1 : whole;
}

}  // namespace

// As Euclid compares: whole parts first, then what is left over, upside down. Cross products would need more
// than 38 digits at the bounds of a contract.
std::strong_ordering operator<=>(const Quotient& a, const Quotient& b) {
    Quotient left = a, right = b;
    while (true) {
        if (left.below_ == right.below_) return left.above_ <=> right.above_;
        const Decimal whole = floor_of(left.above_, left.below_);
        if (const auto by_whole = whole <=> floor_of(right.above_, right.below_); by_whole != 0)
            return by_whole;
        const Decimal rest_left = left.above_ - whole * left.below_;
        const Decimal rest_right = right.above_ - whole * right.below_;
        if (rest_left.is_zero() || rest_right.is_zero()) return rest_left <=> rest_right;
        const Quotient turned(right.below_, rest_right);
        right = Quotient(left.below_, rest_left);
        left = turned;
    }
}

Money Quotient::money_for(Decimal units) const {
    // above / below = near + rest / below, with near at 8 places; the same again for near x units at the fen.
    const Decimal near = above_.divided_by(below_, 8, Rounding::down);
    const Decimal rest = above_ - near * below_;
    const Decimal most = near * units;
    const Decimal fen = most.rounded(2, Rounding::down);
    const Decimal last = ((most - fen) * below_ + rest * units).divided_by(below_, 2, Rounding::half_up);
    return (fen + last).to_money(Rounding::half_up);
}

namespace {

Error out_of_range(std::string_view name, Decimal value) {
    return invalid("pricing.out_of_range").with("name", std::string(name)).with("value", value.plain());
}

bool has_four_places(Decimal value) { return value.rounded(4, Rounding::down) == value; }

}  // namespace

Result<void> within_contract(std::string_view name, Decimal value) {
    constexpr std::int64_t most = 10'000'000;
    if (value <= -most || value >= most || !has_four_places(value)) return out_of_range(name, value);
    return {};
}

Result<void> insured_units(Decimal units) {
    if (units <= 0 || units >= 100'000'000 || !has_four_places(units)) return out_of_range("units", units);
    return {};
}

}  // namespace ballast::pricing
