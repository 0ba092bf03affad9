#include "finance/order_terms.h"

#include <algorithm>
#include <array>

namespace ballast::finance {
namespace {
constexpr std::array<std::string_view, 2> pricings{"fixed", "floor"};
}

std::string_view name_of(OrderPricing pricing) { return pricings.at(static_cast<std::size_t>(pricing)); }
Result<OrderPricing> order_pricing_named(std::string_view name) {
    const auto at = std::ranges::find(pricings, name);
    if (at == pricings.end()) return invalid("finance.no_such_pricing").with("name", std::string(name));
    return static_cast<OrderPricing>(at - pricings.begin());
}

Decimal net_weight(Decimal gross, Decimal deduction) {
    return (gross * (Decimal(1) - deduction)).rounded(2, Rounding::half_up);
}

Decimal price_paid(OrderPricing pricing, Decimal agreed, Decimal market) {
    return pricing == OrderPricing::fixed ? agreed : std::max(agreed, market);
}

Result<OrderSettlement> settle_order(const OrderSums& sums, Money to_loan, Money loan_owes) {
    OrderSettlement out{sums, to_loan, {}, {}};
    const Money left = out.balance();
    const Money most = std::max(Money(), std::min(left, loan_owes));
    if (to_loan < Money() || to_loan > most)
        return invalid("finance.withheld_too_much").with("most", most.formatted());
    if (left < Money())
        out.owed = Money() - left;
    else
        out.to_grower = left - to_loan;
    return out;
}

}  // namespace ballast::finance
