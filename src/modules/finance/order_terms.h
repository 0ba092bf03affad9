/// What an order-farming contract comes to (订单农业, 见货不见钱: goods go out, grain comes in, no cash before the
/// harvest). Pure. The rules are the contract's; no document fixes them (domain specification 1, item 5).
#pragma once

#include <string_view>

#include "base/decimal.h"
#include "base/result.h"

namespace ballast::finance {

enum class OrderPricing : std::uint8_t {
    fixed,  // 固定价: the agreed price
    floor,  // 保底价: the market's of the day, never below the agreed one
};
std::string_view name_of(OrderPricing pricing);
Result<OrderPricing> order_pricing_named(std::string_view name);  // invalid "finance.no_such_pricing" {name}

/// Kilograms that count: what was weighed less `deduction` for moisture and impurities (a share, 0 <= d < 1), to
/// 0.01 kg, half up, as the weighing slip has it.
Decimal net_weight(Decimal gross, Decimal deduction);

/// Yuan a kilogram.
Decimal price_paid(OrderPricing pricing, Decimal agreed, Decimal market);

struct OrderSums {
    Money inputs, grain;
    Money earlier;  // owed from settlements before
};
/// grain - inputs - earlier = to_loan + to_grower - owed; of owed and the other two one side is zero.
struct OrderSettlement {
    OrderSums of;
    Money to_loan;    // withheld for the household's loan
    Money to_grower;  // into their own account
    Money owed;       // what the grain did not cover

    Money balance() const { return of.grain - of.inputs - of.earlier; }
};
/// Error: invalid "finance.withheld_too_much" {most}: below zero, or above what is left or what the loan owes.
Result<OrderSettlement> settle_order(const OrderSums& sums, Money to_loan, Money loan_owes);

}  // namespace ballast::finance
