#include "finance/order_terms.h"

#include <gtest/gtest.h>

#include "base/rng.h"

namespace ballast::finance {
namespace {

Decimal number(std::string_view text) { return Decimal::parse(text).value(); }

TEST(OrderTerms, PayForWhatIsLeftOfTheWeight) {
    EXPECT_EQ(net_weight(number("5230.50"), number("0.0185")), number("5133.74"));  // 5,133.73575
    EXPECT_EQ(net_weight(number("100"), number("0")), number("100"));
}

TEST(OrderTerms, NeverPayBelowTheFloor) {
    EXPECT_EQ(price_paid(OrderPricing::floor, number("2.60"), number("2.55")), number("2.60"));
    EXPECT_EQ(price_paid(OrderPricing::floor, number("2.60"), number("2.72")), number("2.72"));
    EXPECT_EQ(price_paid(OrderPricing::fixed, number("2.60"), number("2.72")), number("2.60"));
}

TEST(OrderTerms, SettleWithinWhatIsLeft) {
    const OrderSums sums{Money::yuan(3'000), Money::yuan(13'000), Money::yuan(500)};
    const auto all = settle_order(sums, Money::yuan(8'000), Money::yuan(8'000)).value();
    EXPECT_EQ(all.to_grower, Money::yuan(1'500));
    EXPECT_EQ(all.owed, Money());
    EXPECT_EQ(settle_order(sums, Money::yuan(8'001), Money::yuan(8'000)).error().id, "finance.withheld_too_much");
    EXPECT_EQ(settle_order(sums, Money::yuan(9'501), Money::yuan(20'000)).error().id, "finance.withheld_too_much");
    EXPECT_EQ(settle_order(sums, Money::fen(-1), Money::yuan(1)).error().id, "finance.withheld_too_much");
    // A harvest below the inputs: nothing is withheld, the rest is owed.
    const OrderSums poor{Money::yuan(3'000), Money::yuan(2'400), Money()};
    EXPECT_EQ(settle_order(poor, Money(), Money::yuan(100)).value().owed, Money::yuan(600));
    EXPECT_FALSE(settle_order(poor, Money::fen(1), Money::yuan(100)));
}

TEST(OrderTerms, AddUpAgainWhateverComesIn) {
    Rng rng(41);
    for (int i = 0; i < 2'000; ++i) {
        const OrderSums sums{Money::fen(rng.between(0, 900'000)), Money::fen(rng.between(0, 2'000'000)),
                             Money::fen(rng.between(0, 100'000))};
        const Money owes = Money::fen(rng.between(0, 1'000'000));
        const auto settled = settle_order(sums, Money::fen(rng.between(0, 1'000'000)), owes);
        if (!settled) continue;
        ASSERT_EQ(sums.grain, sums.inputs + sums.earlier + settled->to_loan + settled->to_grower - settled->owed);
        ASSERT_LE(settled->to_loan, owes);
        ASSERT_GE(settled->to_grower, Money());
        ASSERT_TRUE(settled->owed == Money() || settled->to_grower + settled->to_loan == Money());
    }
}

}  // namespace
}  // namespace ballast::finance
