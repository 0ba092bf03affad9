// R34 and R35: both sides of each limit.
#include "surveillance/trends.h"

#include <gtest/gtest.h>

namespace ballast::surveillance {
namespace {

const Date today = *Date::from(2025, 4, 10);
Date month(int year, int n) { return *Date::from(year, n, 1); }

/// 10.00 yuan in each month of the year before; this year's first months as given, in fen.
Prices prices(std::initializer_list<std::int64_t> this_year) {
    Prices out;
    for (int n = 1; n <= 12; ++n) out[month(2024, n)] = Money::yuan(10);
    int n = 1;
    for (const auto fen : this_year) out[month(2025, n++)] = Money::fen(fen);
    return out;
}

TEST(PriceAlarm, IsRaisedAfterThreeMonthsTwentyPercentBelowTheYearBefore) {
    const auto fall = price_fall(prices({800, 790, 750}), {}, {}, today);
    ASSERT_TRUE(fall);
    EXPECT_EQ(fall->first, month(2025, 1));
    EXPECT_EQ(fall->last, month(2025, 3));
    EXPECT_EQ(fall->now, Money::fen(750));
    EXPECT_EQ(fall->before, Money::yuan(10));
    EXPECT_EQ(fall->months.size(), 3U);
}

TEST(PriceAlarm, WantsEachOfTheMonthsLowEnough) {
    EXPECT_FALSE(price_fall(prices({800, 801, 750}), {}, {}, today)) << "a fen too dear";
    EXPECT_FALSE(price_fall(prices({800, 800}), {}, {}, today)) << "December of the year before was not";
    EXPECT_TRUE(price_fall(prices({1000, 800, 800, 800}), {}, {}, today));
}

TEST(PriceAlarm, SaysNothingWhereAMonthIsMissing) {
    auto gap = prices({800, 800, 800});
    gap.erase(month(2025, 2));
    EXPECT_FALSE(price_fall(gap, {}, {}, today));
    auto no_base = prices({800, 800, 800});
    no_base.erase(month(2024, 2));
    EXPECT_FALSE(price_fall(no_base, {}, {}, today));
    EXPECT_FALSE(price_fall({}, {}, {}, today));
}

TEST(PriceAlarm, IsNotRaisedOnOldPricesOrOnMonthsThatAnotherAlarmHolds) {
    EXPECT_TRUE(price_fall(prices({800, 800, 800}), {}, {}, *Date::from(2025, 5, 31)));
    EXPECT_FALSE(price_fall(prices({800, 800, 800}), {}, {}, *Date::from(2025, 6, 1)));
    EXPECT_FALSE(price_fall(prices({800, 800, 800}), {month(2025, 1)}, {}, today));
}

TEST(WorkAlarm, WantsTwentyPercentMoreThanTheMonthBeforeAndTenPeople) {
    EXPECT_TRUE(rose(12, 10, {}));
    EXPECT_FALSE(rose(119, 100, {}));
    EXPECT_TRUE(rose(120, 100, {}));
    EXPECT_FALSE(rose(9, 2, {})) << "too few to speak of a rate";
    EXPECT_FALSE(rose(50, 0, {})) << "nobody counted the month before";
}

}  // namespace
}  // namespace ballast::surveillance
