// Price, income, quality and futures covers: T-1, T-2, I-1, F-1, F-2 of the domain specification.
#include "pricing/price_cover.h"

#include <gtest/gtest.h>

#include "base/rng.h"
#include "pricing/futures_cover.h"
#include "pricing/pricing_testing.h"

namespace ballast::pricing {
namespace {

using testing::day;
using testing::dec;
using testing::yuan;

TEST(PriceCover, PaysTheShortfallOfTheTargetPrice) {  // T-1
    PriceCover cotton{
        .target = 18600, .quantity = dec("12.345"), .most_quantity = 20, .sum_insured = yuan("229617")};
    EXPECT_EQ(paid(cotton, dec("16842.50")).value(), yuan("21696.34"));
    EXPECT_EQ(paid(cotton, 18600).value(), yuan("0"));
    EXPECT_EQ(paid(cotton, 19000).value(), yuan("0"));
    cotton.coverage = dec("0.8");
    EXPECT_EQ(paid(cotton, dec("16842.50")).value(), yuan("17357.07"));
    cotton.most_quantity = 10;
    EXPECT_EQ(paid(cotton, dec("16842.50")).value(), yuan("14060.00"));
    cotton.sum_insured = yuan("5000");
    EXPECT_EQ(paid(cotton, dec("16842.50")).value(), yuan("5000.00"));
    cotton.coverage = dec("1.1");
    EXPECT_EQ(paid(cotton, 16000).error().id, "pricing.out_of_range");
}

TEST(PriceCover, PaysByTargetAndFullCost) {  // T-2
    const CostPriceCover garlic{.target = dec("1.90"), .full_cost = 2, .sum_insured = yuan("60000")};
    EXPECT_EQ(paid(garlic, dec("1.45")).value(), yuan("3907.89"));
    EXPECT_EQ(paid(garlic, dec("1.90")).value(), yuan("0"));
    EXPECT_EQ(paid(garlic, dec("1.95")).value(), yuan("0"));
    EXPECT_EQ(paid(garlic, 0).value(), yuan("60000"));
    EXPECT_EQ(paid(garlic, -1).error().id, "pricing.negative");
}

TEST(IncomeCover, PaysWhatIsShortOfTheInsuredIncome) {  // I-1
    const IncomeCover maize{.insured_income = 1020, .area = dec("36.8")};
    EXPECT_EQ(paid(maize, dec("428.6"), dec("1.93525")).value(), yuan("7012.31"));
    EXPECT_EQ(paid(maize, 600, dec("1.7")).value(), yuan("0"));
    EXPECT_EQ(paid(maize, 0, 2).value(), yuan("37536.00"));
}

TEST(QualityCover, PaysGradeByGradeAndTakesNothingOff) {
    const std::vector<Grade> grades{{.agreed = 5200, .actual = dec("4950.5"), .quantity = dec("3.2")},
                                    {.agreed = 4800, .actual = 5000, .quantity = 2},
                                    {.agreed = 4000, .actual = 3900, .quantity = dec("0.755")}};
    EXPECT_EQ(paid_for_quality(grades, yuan("10000")).value(), yuan("873.90"));
    EXPECT_EQ(paid_for_quality(grades, yuan("500")).value(), yuan("500.00"));
    EXPECT_EQ(paid_for_quality({{0, 0, 1}}, yuan("500")).error().id, "pricing.not_positive");
}

TEST(AveragePrice, IsTheMeanOfTheQuotesAndWantsOneForEachWholeWeek) {
    const Period march{day("2026-03-04"), day("2026-03-31")};  // Wednesday to Tuesday
    std::vector<Quote> quotes{{day("2026-03-01"), 9},
                              {day("2026-03-09"), dec("1.40")},
                              {day("2026-03-16"), dec("1.45")},
                              {day("2026-03-29"), dec("1.51")}};
    const auto mean = average_price(quotes, march);
    ASSERT_TRUE(mean);
    EXPECT_EQ(mean->rounded(6), dec("1.453333"));

    quotes.erase(quotes.begin() + 2);
    const auto gap = average_price(quotes, march);
    ASSERT_FALSE(gap);
    EXPECT_EQ(gap.error().id, "pricing.quotes_missing");
    EXPECT_EQ(gap.error().args.at(0).second, "2026-03-16");
    EXPECT_EQ(gap.error().args.at(1).second, "2026-03-22");

    quotes.push_back({day("2026-03-09"), dec("1.41")});
    EXPECT_EQ(average_price(quotes, march).error().id, "pricing.quote_twice");
    EXPECT_EQ(average_price({}, {day("2026-03-04"), day("2026-03-05")}).error().id, "pricing.quotes_missing");
}

TEST(AveragePrice, WantsOneQuoteOfEveryWholeMonthWhereTheSourceIsMonthly) {
    const Period autumn{day("2025-08-20"), day("2025-11-29")};  // September and October are whole
    std::vector<Quote> quotes{{day("2025-09-30"), dec("1.90")}, {day("2025-10-01"), dec("2.00")}};
    EXPECT_EQ(average_price(quotes, autumn, Every::month)->rounded(4), dec("1.95"));
    EXPECT_EQ(average_price(quotes, autumn).error().id, "pricing.quotes_missing");
    quotes.push_back({day("2025-11-10"), dec("2.10")});  // of a month that is cut, and counts all the same
    EXPECT_EQ(average_price(quotes, autumn, Every::month)->rounded(4), dec("2.00"));

    quotes.push_back({day("2025-10-31"), 3});
    const auto twice = average_price(quotes, autumn, Every::month);
    ASSERT_FALSE(twice);
    EXPECT_EQ(twice.error().id, "pricing.month_quoted_twice");
    EXPECT_EQ(twice.error().args.at(0).second, "2025-10");

    quotes = {{day("2025-09-30"), 2}, {day("2025-11-10"), 2}};
    const auto gap = average_price(quotes, autumn, Every::month);
    ASSERT_FALSE(gap);
    EXPECT_EQ(gap.error().id, "pricing.month_unquoted");
    EXPECT_EQ(gap.error().args.at(0).second, "2025-10");
    const Period to_the_month{day("2025-09-01"), day("2025-10-31")};
    EXPECT_EQ(average_price({{day("2025-10-15"), 2}}, to_the_month, Every::month).error().args.at(0).second,
              "2025-09");
}

// Ten settlements on the ten trading days of two weeks.
std::vector<Settlement> on_ten_days(std::initializer_list<int> prices) {
    std::vector<Settlement> out;
    const auto days = trading_days({day("2026-03-09"), day("2026-03-20")}, china_calendar());
    for (const int price : prices) out.push_back({days.at(out.size()), price});
    return out;
}

FuturesCover pigs(Averaging kind) {
    return {
        .strike = 17500, .quantity = 64, .averaging = {day("2026-03-09"), day("2026-03-20")}, .kind = kind};
}

TEST(FuturesCover, SettlesOnTheAverage) {  // F-1, F-2
    const auto f1 = on_ten_days({16985, 17120, 16840, 16705, 16590, 16610, 16755, 16480, 16395, 16520});
    const auto one = settle(pigs(Averaging::plain), f1, china_calendar());
    ASSERT_TRUE(one);
    EXPECT_EQ(one->average, Quotient(16700));
    EXPECT_EQ(one->paid, yuan("51200.00"));

    const auto f2 = on_ten_days({17820, 17655, 17410, 17260, 17090, 17340, 17590, 17880, 17150, 16905});
    EXPECT_EQ(settle(pigs(Averaging::plain), f2, china_calendar())->average, Quotient(17410));
    EXPECT_EQ(settle(pigs(Averaging::plain), f2, china_calendar())->paid, yuan("5760.00"));
    const auto enhanced = settle(pigs(Averaging::enhanced), f2, china_calendar());
    EXPECT_EQ(enhanced->average, Quotient(dec("17315.5")));
    EXPECT_EQ(enhanced->per_tonne, Quotient(dec("184.5")));
    EXPECT_EQ(enhanced->paid, yuan("11808.00"));
}

TEST(FuturesCover, EnhancedNeverPaysLessThanPlain) {
    Rng rng(3);
    for (int round = 0; round < 200; ++round) {
        auto settlements = on_ten_days({0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
        for (auto& settlement : settlements) settlement.price = rng.between(16'000, 19'000);
        const auto plain = settle(pigs(Averaging::plain), settlements, china_calendar()).value();
        const auto enhanced = settle(pigs(Averaging::enhanced), settlements, china_calendar()).value();
        ASSERT_GE(enhanced.paid, plain.paid);
        ASSERT_LE(enhanced.paid, Money::yuan(17'500 * 64));
    }
}

TEST(FuturesCover, WantsEveryTradingDayAndNoOther) {
    const auto refused = [](auto change) {
        auto settlements = on_ten_days({1, 2, 3, 4, 5, 6, 7, 8, 9, 10});
        change(settlements);
        const auto out = settle(pigs(Averaging::plain), settlements, china_calendar());
        return out ? std::string("accepted") : out.error().id;
    };
    using All = std::vector<Settlement>;
    EXPECT_EQ(refused([](All&) {}), "accepted");
    EXPECT_EQ(refused([](All& all) { all.push_back({day("2026-03-23"), -1}); }), "accepted");  // outside
    EXPECT_EQ(refused([](All& all) { all.erase(all.begin() + 4); }), "pricing.settlement_missing");
    EXPECT_EQ(refused([](All& all) { all.push_back(all[3]); }), "pricing.settlement_twice");
    EXPECT_EQ(refused([](All& all) { all[0].day = day("2026-03-14"); }), "pricing.not_a_trading_day");
    EXPECT_EQ(refused([](All& all) { all[0].price = 0; }), "pricing.not_positive");
}

// 2026-10-10 is a Saturday that was worked for the National Day week; the exchanges stay shut.
TEST(FuturesCover, ExchangesDoNotTradeOnMakeUpWorkdays) {
    const auto days = trading_days({day("2026-09-30"), day("2026-10-12")}, china_calendar());
    ASSERT_EQ(days.size(), 4U);
    EXPECT_EQ(days[1], day("2026-10-08"));
    EXPECT_EQ(days[3], day("2026-10-12"));
    EXPECT_TRUE(china_calendar().is_working_day(day("2026-10-10")));
}

}  // namespace
}  // namespace ballast::pricing
