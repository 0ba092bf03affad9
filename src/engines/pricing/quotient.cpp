#include "pricing/quotient.h"

namespace ballast::pricing {

Quotient::Quotient(Decimal above, Decimal below) : above_(above), below_(below) { INVARIANT(below > 0); }

std::strong_ordering operator<=>(const Quotient& a, const Quotient& b) {
    return a.above_ * b.below_ <=> b.above_ * a.below_;
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
