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

// One function says which twelve months count, for the page and for the rules.
TEST(Income, IsThatOfTheLatestTwelveMonthsKnownWhole) {
    const auto month = [](int year, int n) {
        const Date first = day(year, n, 1);
        return line(IncomeItem::wage, Money::yuan(1'000), {first, first.last_of_month()});
    };
    EXPECT_FALSE(latest_known_window({}, day(2026, 6, 15)));
    std::vector<IncomeLine> lines{line(IncomeItem::wage, Money::yuan(12'000))};
    EXPECT_EQ(latest_known_window(lines, day(2026, 6, 15)), year_2025);
    EXPECT_FALSE(latest_known_window(lines, day(2025, 12, 30)));  // not over yet

    // A few months of the new year are no year, though the year before lies close behind them.
    for (int n = 1; n <= 5; ++n) lines.push_back(month(2026, n));
    EXPECT_EQ(latest_known_window(lines, day(2026, 6, 15)), year_2025);
    for (int n = 6; n <= 12; ++n) lines.push_back(month(2025, n));
    const Period to_may{day(2025, 6, 1), day(2026, 5, 31)};
    EXPECT_EQ(latest_known_window(lines, day(2026, 6, 15)), to_may);
    EXPECT_EQ(latest_known_window(lines, day(2026, 5, 30)),
              year_2025);  // of May nothing is said before it is over
    EXPECT_EQ(income_in(lines, to_may, 1)->net, Money::yuan(12'000));
    // Of the year the yearly figure counts once, its months not again.
    EXPECT_EQ(lines_in(lines, year_2025).size(), 1u);
    EXPECT_TRUE(known_whole(lines, to_may));
    lines.erase(lines.begin() + 3);
    EXPECT_FALSE(known_whole(lines, to_may));
    EXPECT_EQ(latest_known_window(lines, day(2026, 6, 15)), year_2025);
}

TEST(Income, OfNobodyIsRefused) { EXPECT_EQ(income_in({}, year_2025, 0).error().id, "registry.no_members"); }

}  // namespace
}  // namespace ballast::registry
