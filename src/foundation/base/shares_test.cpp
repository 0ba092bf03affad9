#include "base/shares.h"

#include <gtest/gtest.h>

#include "base/rng.h"

namespace ballast {
namespace {

Decimal dec(std::string_view text) { return Decimal::parse(text).value(); }
Money yuan(std::string_view text) { return Money::parse(text).value(); }

using Moneys = std::vector<Money>;

TEST(Shares, LargestRemainderGivesTheMissingFenToTheLargestFractions) {
    const std::vector<Decimal> pool{60, 25, 15};
    EXPECT_EQ(by_largest_remainder(yuan("3048.00"), pool).value(),
              (Moneys{yuan("1828.80"), yuan("762.00"), yuan("457.20")}));
    EXPECT_EQ(by_largest_remainder(yuan("4582.98"), pool).value(),
              (Moneys{yuan("2749.79"), yuan("1145.74"), yuan("687.45")}));
    EXPECT_EQ(by_largest_remainder(-yuan("4582.98"), pool).value(),
              (Moneys{-yuan("2749.79"), -yuan("1145.74"), -yuan("687.45")}));
}

// 凉山: twenty million from the prefecture to seventeen counties alike (domain specification 5.9).
TEST(Shares, AnEqualAllocationDiffersByAFenAtMost) {
    const std::vector<Decimal> alike(17, 1);
    const auto parts = by_largest_remainder(yuan("20000000"), alike).value();
    EXPECT_EQ(std::ranges::count(parts, yuan("1176470.59")), 14);
    EXPECT_EQ(std::ranges::count(parts, yuan("1176470.58")), 3);
    EXPECT_EQ(parts.front(), yuan("1176470.59"));  // ties in the order of the list
}

TEST(Shares, TheResidualPayerTakesTheRest) {
    const std::vector<Decimal> shares{dec("0.475"), dec("0.25"), dec("0.075"), dec("0.2")};
    EXPECT_EQ(by_residual_payer(yuan("106.45"), shares, 2).value(),
              (Moneys{yuan("50.56"), yuan("26.61"), yuan("7.99"), yuan("21.29")}));
}

TEST(Shares, NobodyReceivesWhereAllPay) {
    const std::vector<Decimal> shares{dec("0.45"), dec("0.25"), dec("0.05"), dec("0.25")};
    // Rounded alone the three others would pay three fen of two.
    EXPECT_EQ(by_residual_payer(yuan("0.02"), shares, 2).value(),
              (Moneys{yuan("0.01"), yuan("0.01"), yuan("0"), yuan("0")}));
}

TEST(Shares, AlwaysAddUp) {
    Rng rng(9);
    for (int round = 0; round < 2000; ++round) {
        std::vector<Decimal> weights;
        for (std::int64_t left = 1'000'000; left > 0;) {
            const auto weight = weights.size() == 6 ? left : rng.between(0, left);
            weights.push_back(Decimal::from_parts(weight, 6));
            left -= weight;
        }
        const Money total = Money::fen(rng.between(-1'000'000'000, 1'000'000'000));
        const auto payer = static_cast<std::size_t>(rng.below(weights.size()));
        for (const auto& parts :
             {by_largest_remainder(total, weights), by_residual_payer(total, weights, payer)}) {
            ASSERT_TRUE(parts);
            Money sum;
            for (const Money part : *parts) {
                sum += part;
                ASSERT_TRUE(part == Money() || (part < Money()) == (total < Money()));
            }
            ASSERT_EQ(sum, total);
        }
    }
}

TEST(Shares, RefuseWhatIsNoSplit) {
    const auto error = [](std::vector<Decimal> shares) {
        return by_residual_payer(yuan("10"), shares, 0).error().id;
    };
    EXPECT_EQ(error({dec("0.5"), dec("0.4")}), "shares.not_whole");
    EXPECT_EQ(error({dec("1.5"), dec("-0.5")}), "shares.out_of_range");
    EXPECT_EQ(error({dec("0.1234567"), dec("0.8765433")}), "shares.out_of_range");
    EXPECT_EQ(by_largest_remainder(yuan("10"), {}).error().id, "shares.none");
    EXPECT_EQ(by_largest_remainder(yuan("10"), std::vector<Decimal>{0, 0}).error().id,
              "shares.nothing_to_share_by");
}

}  // namespace
}  // namespace ballast
