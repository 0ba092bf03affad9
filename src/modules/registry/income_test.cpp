#include "registry/income.h"

#include <gtest/gtest.h>

#include "registry/test_households.h"

namespace ballast::registry {
namespace {

using namespace testing;

const Period year_2025{day(2025, 1, 1), day(2025, 12, 31)};

IncomeLine line(IncomeItem item, Money amount, Period window = year_2025, std::string sub = "") {
    return {{}, window, item, std::move(sub), amount, 0};
}

// The worked example of domain specification 2.1.
std::vector<IncomeLine> worked_example() {
    return {line(IncomeItem::wage, Money::yuan(24'000)),
            line(IncomeItem::production, Money::yuan(9'500)),
            line(IncomeItem::property, Money::yuan(600)),
            line(IncomeItem::transfer, Money::yuan(4'320)),
            line(IncomeItem::production_expense, Money::yuan(5'200)),
            line(IncomeItem::compliant_self_paid, Money::yuan(13'500)),
            line(IncomeItem::insurance_claim, Money::yuan(2'000))};
}

TEST(Income, DeductsCompliantSpendingAndAddsClaims) {
    const auto income = income_in(worked_example(), year_2025, 4);
    ASSERT_TRUE(income);
    EXPECT_EQ(income->net.formatted(), "33,220.00");
    EXPECT_EQ(income->net_per_head.formatted(), "8,305.00");
    EXPECT_EQ(income->deducted.formatted(), "21,720.00");
    EXPECT_EQ(income->deducted_per_head.formatted(), "5,430.00");
}

TEST(Income, IsInScopeOnlyAfterTheDeduction) {
    const Money line_2023 = Money::yuan(7'500);
    const auto income = income_in(worked_example(), year_2025, 4);
    EXPECT_TRUE(in_scope(income->deducted_per_head, line_2023, Bound::strict));
    EXPECT_FALSE(in_scope(income->net_per_head, line_2023, Bound::strict));
}

TEST(Income, AtTheLineCountsOnlyWhenTheBoundIsInclusive) {
    const Money at = Money::yuan(7'500);
    EXPECT_FALSE(in_scope(at, at, Bound::strict));
    EXPECT_TRUE(in_scope(at, at, Bound::inclusive));
    EXPECT_TRUE(in_scope(at - Money::fen(1), at, Bound::strict));
    EXPECT_FALSE(in_scope(at + Money::fen(1), at, Bound::inclusive));
}

TEST(Income, RoundsOnceAtTheDivision) {
    // 100.00 + 0.01 by three is 33.336..., 100.00 by three 33.333...
    EXPECT_EQ(
        income_in(std::vector{line(IncomeItem::wage, Money::fen(10'001))}, year_2025, 3)->net_per_head.fen(),
        3'334);
    EXPECT_EQ(
        income_in(std::vector{line(IncomeItem::wage, Money::fen(10'000))}, year_2025, 3)->net_per_head.fen(),
        3'333);
}

TEST(Income, MayBeNegative) {
    const auto income =
        income_in(std::vector{line(IncomeItem::production_expense, Money::yuan(100))}, year_2025, 2);
    EXPECT_EQ(income->net_per_head, Money::yuan(-50));
}

TEST(Income, CountsAYearAndItsMonthsOnce) {
    const Period march{day(2025, 3, 1), day(2025, 3, 31)};
    const auto lines = std::vector{line(IncomeItem::wage, Money::yuan(12'000)),
                                   line(IncomeItem::wage, Money::yuan(1'000), march),
                                   line(IncomeItem::transfer, Money::yuan(300), march, "pension")};
    EXPECT_EQ(income_in(lines, year_2025, 1)->net, Money::yuan(12'300));
}

TEST(Income, OfNobodyIsRefused) { EXPECT_EQ(income_in({}, year_2025, 0).error().id, "registry.no_members"); }

}  // namespace
}  // namespace ballast::registry
