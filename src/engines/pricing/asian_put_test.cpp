// Asian puts: our own checks, and the whole-day cases of ../shared/data/insurance when they are there.
#include "pricing/asian_put.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <string>

#include "pricing/pricing_testing.h"

namespace ballast::pricing {
namespace {

const Date today = *Date::from(2026, 3, 2);

std::vector<Fixing> on_days(std::initializer_list<int> days) {
    std::vector<Fixing> out;
    for (const int day : days) out.push_back({today.plus_days(day), std::nullopt});
    return out;
}

std::vector<Fixing> every(int first, int last, int step) {
    std::vector<Fixing> out;
    for (int day = first; day <= last; day += step) out.push_back({today.plus_days(day), std::nullopt});
    return out;
}

AsianPut maize(std::vector<Fixing> fixings) {
    return {.futures = 2700,
            .strike = 2700,
            .rate = 0.03,
            .volatility = 0.18,
            .valuation = today,
            .fixings = std::move(fixings)};
}

// One fixing only: Black's put, and there the two methods meet.
TEST(AsianPut, WithOneFixingIsTheEuropeanPut) {
    const auto put = maize(on_days({365}));
    const auto value = two_moment(put);
    ASSERT_TRUE(value);
    // 2700 e^-0.03 (N(0.09) - N(-0.09)), from tables of the normal distribution.
    EXPECT_NEAR(value->price, 2700 * std::exp(-0.03) * std::erf(0.09 / std::sqrt(2)), 1e-9);
    EXPECT_NEAR(value->delta, -std::exp(-0.03) * 0.5 * (1 - std::erf(0.09 / std::sqrt(2))), 1e-12);
    EXPECT_EQ(value->standard_error, 0);
}

// The example of the domain specification, 5.8: sixty fixings, a trading day being 1/244 of a year. The days
// are chosen here so that Actual/365 has the same times: volatility per day is what counts.
TEST(AsianPut, ReproducesTheReferencePremiumByMatchingMoments) {
    AsianPut put{.futures = 17500,
                 .strike = 17500,
                 .rate = 0,
                 .volatility = 0.28 * std::sqrt(365.0 / 244.0),
                 .valuation = today,
                 .fixings = every(1, 60, 1)};
    const auto value = two_moment(put);
    ASSERT_TRUE(value);
    EXPECT_NEAR(value->price, 566.9418, 5e-5);
}

TEST(AsianPut, DeltaIsTheSlopeOfThePrice) {
    auto put = maize(every(151, 180, 1));
    const double delta = two_moment(put)->delta;
    put.futures = 2701;
    const double up = two_moment(put)->price;
    put.futures = 2699;
    const double down = two_moment(put)->price;
    EXPECT_NEAR(delta, (up - down) / 2, 1e-6);

    put.futures = 2700;
    Rng rng(7);
    EXPECT_NEAR(monte_carlo(put, 100'000, rng)->delta, delta, 0.002);
}

TEST(AsianPut, IsDrawnAgainFromTheSameSeedToTheDigit) {
    const auto put = maize(every(151, 180, 1));
    Rng one(11), same(11), other(12);
    const double price = monte_carlo(put, 2'000, one)->price;
    EXPECT_EQ(monte_carlo(put, 2'000, same)->price, price);
    EXPECT_NE(monte_carlo(put, 2'000, other)->price, price);
}

TEST(AsianPut, WhatHasBeenFixedGoesIntoTheStrike) {
    // Ten of thirty fixed at 2,600: the rest must average below (30 x 2700 - 10 x 2600) / 20 = 2750.
    auto partly = maize(every(-9, 20, 1));
    for (std::size_t i = 0; i < 10; ++i) partly.fixings[i].settled = 2600;
    auto rest = maize(every(1, 20, 1));
    rest.strike = 2750;
    EXPECT_NEAR(two_moment(partly)->price, two_moment(rest)->price * 2 / 3, 1e-9);
    EXPECT_NEAR(two_moment(partly)->delta, two_moment(rest)->delta * 2 / 3, 1e-12);
}

TEST(AsianPut, FixedWholeIsWorthWhatItPays) {
    auto put = maize(on_days({-1, 0}));
    put.fixings[0].settled = 2600;
    put.fixings[1].settled = 2700;
    EXPECT_DOUBLE_EQ(two_moment(put)->price, 50);
    EXPECT_EQ(two_moment(put)->delta, 0);
    put.fixings[0].settled = 9000;
    Rng rng(1);
    EXPECT_EQ(monte_carlo(put, 2'000, rng)->price, 0);
}

// A fixing on the day of valuation, not yet settled, fixes at the price of that day.
TEST(AsianPut, FixesTodayAtTodaysPrice) {
    const auto open = maize(on_days({0, 90}));
    auto settled = open;
    settled.fixings[0].settled = 2700;
    // The price would be the same but for the approximation, which takes the sum for a lognormal.
    Rng one(5), same(5);
    EXPECT_NEAR(monte_carlo(open, 20'000, one)->price, monte_carlo(settled, 20'000, same)->price, 0.5);
    EXPECT_NEAR(two_moment(open)->price, two_moment(settled)->price, 1.0);
}

TEST(AsianPut, RefusesWhatIsNoPut) {
    const auto refused = [](auto change) {
        auto put = maize(every(10, 20, 1));
        change(put);
        const auto value = two_moment(put);
        return value ? std::string("accepted") : value.error().id;
    };
    EXPECT_EQ(refused([](AsianPut& p) { p.strike = 0; }), "pricing.not_positive");
    EXPECT_EQ(refused([](AsianPut& p) { p.futures = std::nan(""); }), "pricing.not_positive");
    EXPECT_EQ(refused([](AsianPut& p) { p.volatility = 18; }), "pricing.out_of_range");
    EXPECT_EQ(refused([](AsianPut& p) { p.rate = 3; }), "pricing.out_of_range");
    EXPECT_EQ(refused([](AsianPut& p) { p.fixings.clear(); }), "pricing.no_fixings");
    EXPECT_EQ(refused([](AsianPut& p) { p.fixings[3].day = p.fixings[2].day; }),
              "pricing.fixings_out_of_order");
    EXPECT_EQ(refused([](AsianPut& p) { p.fixings[0].day = today.plus_days(-1); }), "pricing.fixing_unknown");
    EXPECT_EQ(refused([](AsianPut& p) { p.fixings[0].settled = 2700; }), "pricing.fixing_in_future");
    EXPECT_EQ(refused([](AsianPut& p) {
                  p.fixings = {{today.plus_days(-3), 2700}};
              }),
              "pricing.already_paid");
    Rng rng(1);
    EXPECT_EQ(monte_carlo(maize(every(1, 2, 1)), 999, rng).error().id, "pricing.out_of_range");
}

TEST(AsianPut, AgreesWithThePublicCasesInWholeDays) {
    const auto rows = testing::public_cases(BALLAST_SOURCE_DIR, "asian-cases.csv");
    if (rows.empty()) GTEST_SKIP() << "no public cases in ../shared/data/insurance";
    const std::map<std::string, std::vector<Fixing>> schedules{
        {"days 151..180 daily /365", every(151, 180, 1)},
        {"days 151..180 daily", every(151, 180, 1)},
        {"days 30,60,..180", every(30, 180, 30)},
        {"days 14,28,..168", every(14, 168, 14)},
    };
    int tried = 0;
    for (auto by : rows) {
        if (!by["schedule"].starts_with("days ")) continue;
        SCOPED_TRACE(by["id"]);
        const auto number = [&](const std::string& heading) { return std::stod(by.at(heading)); };
        const AsianPut put{.futures = number("S_or_F"),
                           .strike = number("K"),
                           .rate = number("r"),
                           .volatility = number("sigma"),
                           .valuation = today,
                           .fixings = schedules.at(by["schedule"])};
        ASSERT_EQ(put.fixings.size(), static_cast<std::size_t>(number("fixings")));
        const auto approximate = two_moment(put);
        ASSERT_TRUE(approximate);
        const double two_moments = number("two_moment_TW_exact_times");
        EXPECT_NEAR(approximate->price, two_moments, 1e-7 * two_moments + 5e-9);
        Rng rng(20260302);
        const auto drawn = monte_carlo(put, 200'000, rng);
        ASSERT_TRUE(drawn);
        EXPECT_LT(std::abs(drawn->price - number("exact_density_exact_times")), 4 * drawn->standard_error);
        EXPECT_LT(drawn->standard_error, 0.002 * drawn->price + 0.01);
        ++tried;
    }
    EXPECT_EQ(tried, 4);
}

}  // namespace
}  // namespace ballast::pricing
