// Weather index covers: the worked examples W-1 to W-3 of the domain specification, the public cases,
// properties.
#include <gtest/gtest.h>

#include "base/rng.h"
#include "pricing/burn.h"
#include "pricing/pricing_testing.h"

namespace ballast::pricing {
namespace {

using testing::day;
using testing::dec;
using testing::numbers;
using testing::yuan;

Money pays(const Payout& payout, Decimal index, Decimal units = 1) {
    EXPECT_TRUE(check(payout));
    EXPECT_TRUE(insured_units(units));
    return paid(paid_per_unit(payout, index), units);
}

Payout ticks(Side side, const char* trigger, const char* tick, const char* cap) {
    return {Ticks{side, dec(trigger), dec(tick), dec(cap), std::nullopt}, dec(cap)};
}

// W-1: Changfeng rice drought [S16].
TEST(IndexPayout, PaysForRainThatDidNotFall) {
    const auto summer = ticks(Side::deficit, "230", "1.2", "150");
    EXPECT_EQ(pays(summer, dec("176.4")), yuan("64.32"));
    EXPECT_EQ(pays(summer, dec("176.4"), 50), yuan("3216.00"));
    EXPECT_EQ(pays(summer, dec("90.0")), yuan("150.00"));
    EXPECT_EQ(pays(summer, dec("105")), yuan("150.00"));  // the exit: trigger - cap / tick
    EXPECT_EQ(pays(summer, dec("105.1")), yuan("149.88"));
    EXPECT_EQ(pays(summer, dec("230")), yuan("0"));
    EXPECT_EQ(pays(summer, dec("229.9")), yuan("0.12"));
    EXPECT_EQ(pays(ticks(Side::deficit, "15", "6.7", "100"), 0), yuan("100.00"));
    const Payout heat{Ticks{Side::excess, 8, 20, std::nullopt, std::nullopt},
                      1000};  // the source gives no cap
    EXPECT_EQ(pays(heat, dec("11.35")), yuan("67.00"));
}

const Tiers orange_frost{Side::excess,
                         {{11, dec("0.2")}, {16, dec("0.5")}, {21, dec("0.7")}, {26, dec("0.9")}}};

// W-2: navel orange freeze index [S17].
TEST(IndexPayout, PaysByStepsTheEdgeIncluded) {
    const Payout frost{orange_frost, 3000};
    EXPECT_EQ(pays(frost, dec("17.2"), dec("8.60")), yuan("12900.00"));
    EXPECT_EQ(pays(frost, dec("10.99")), yuan("0"));
    EXPECT_EQ(pays(frost, 11), yuan("600"));
    EXPECT_EQ(pays(frost, dec("15.9999")), yuan("600"));
    EXPECT_EQ(pays(frost, 16), yuan("1500"));
    EXPECT_EQ(pays(frost, 26), yuan("2700"));
}

// W-3: snowfall, Tibetan sheep and yaks; parameters assumed there.
TEST(IndexPayout, PaysForSnowOnSheepAndYaks) {
    const Tiers snow{Side::excess, {{25, dec("0.10")}, {35, dec("0.25")}, {50, dec("0.50")}, {70, 1}}};
    EXPECT_EQ(pays({snow, 2000}, dec("41.7"), 120), yuan("60000.00"));
    EXPECT_EQ(pays({snow, 500}, dec("41.7"), 300), yuan("37500.00"));
}

TEST(IndexPayout, RefusesContractsThatContradictThemselves) {
    const auto reason = [](const Payout& payout) {
        const auto answer = check(payout);
        return answer ? std::string("accepted") : answer.error().args.at(0).second;
    };
    EXPECT_EQ(reason({Ticks{Side::deficit, 230, 0, 150, std::nullopt}, 150}), "tick");
    EXPECT_EQ(reason({Ticks{Side::deficit, 230, 1, -5, std::nullopt}, 150}), "cap");
    EXPECT_EQ(reason({Ticks{Side::deficit, 2, 1, 5, 3}, 150}), "whole_from");
    EXPECT_EQ(reason({Slope{400, 400}, 150}), "exit");
    EXPECT_EQ(reason({Slope{400, 200}, 0}), "sum_insured");
    EXPECT_EQ(reason({Tiers{}, 150}), "steps");
    EXPECT_EQ(reason({Tiers{Side::excess, {{16, dec("0.5")}, {11, dec("0.7")}}}, 150}), "steps");
    EXPECT_EQ(reason({Tiers{Side::excess, {{11, dec("0.5")}, {16, dec("0.2")}}}, 150}), "steps");
    EXPECT_EQ(reason({Tiers{Side::excess, {{11, dec("1.2")}}}, 150}), "steps");
    EXPECT_EQ(check({Slope{dec("400.00001"), 200}, 150}).error().id, "pricing.out_of_range");
    EXPECT_EQ(insured_units(-3).error().id, "pricing.out_of_range");
}

TEST(IndexPayout, GrowsAsTheIndexMovesAwayAndNeverPassesTheSumInsured) {
    Rng rng(42);
    for (int round = 0; round < 200; ++round) {
        const bool deficit = rng.chance(0.5);
        const Side side = deficit ? Side::deficit : Side::excess;
        const auto trigger = Decimal::from_parts(rng.between(1000, 5000), 1);
        const auto far = Decimal::from_parts(rng.between(1, 900), 1);
        const auto beyond = [&](Decimal by) { return deficit ? trigger - by : trigger + by; };
        const std::vector<Payout> shapes{
            {Ticks{side, trigger, Decimal::from_parts(rng.between(1, 300), 2), far, beyond(far)}, far},
            {Slope{trigger, beyond(far)}, 777},
            {Tiers{side, {{trigger, dec("0.2")}, {beyond(far), dec("0.8")}}}, 777},
        };
        for (const auto& payout : shapes) {
            ASSERT_TRUE(check(payout));
            Quotient before;
            for (int step = -50; step <= 1100; step += 7) {
                const auto now = paid_per_unit(payout, beyond(Decimal::from_parts(step, 1)));
                ASSERT_GE(now, before);
                ASSERT_LE(now, Quotient(payout.sum_insured));
                ASSERT_TRUE(step > 0 || now == Quotient() || payout.shape.index() == 2);
                before = now;
            }
        }
    }
}

DailySeries series(std::string station, Date first, std::initializer_list<const char*> values) {
    DailySeries out{std::move(station), first, {}};
    for (const std::string_view value : values)
        out.values.push_back(value.empty() ? std::nullopt : std::optional(dec(value)));
    return out;
}

TEST(WeatherIndex, AggregatesASeason) {
    const auto heat =
        series("58328", day("2026-07-30"), {"34.9", "35.0", "36.5", "37.0", "35.25", "36", "36.75"});
    const Period season{day("2026-07-30"), day("2026-08-05")};
    const auto index = [&](Aggregation how, Decimal base = 0, int at_least = 0) {
        const auto out = index_over(season, {how, base, at_least}, {}, {&heat});
        EXPECT_TRUE(out);
        return out->value.rounded(4);
    };
    EXPECT_EQ(index(Aggregation::sum), dec("251.4"));
    EXPECT_EQ(index(Aggregation::minimum), dec("34.9"));
    EXPECT_EQ(index(Aggregation::maximum), dec("37"));
    EXPECT_EQ(index(Aggregation::mean), dec("35.9143"));
    EXPECT_EQ(index(Aggregation::degree_days_above, 35), dec("6.5"));
    EXPECT_EQ(index(Aggregation::degree_days_above, 35, 5), dec("6.5"));
    EXPECT_EQ(index(Aggregation::degree_days_above, 35, 6), dec("0"));
    EXPECT_EQ(index(Aggregation::degree_days_below, 36), dec("2.85"));
    EXPECT_EQ(index(Aggregation::days_above, 35), dec("5"));
    EXPECT_EQ(index(Aggregation::days_at_or_above, 35), dec("6"));
    EXPECT_EQ(index(Aggregation::days_below, 35), dec("1"));
    EXPECT_EQ(index(Aggregation::days_at_or_below, 35), dec("2"));
}

const MissingDays a_tenth{dec("0.1")};

TEST(WeatherIndex, TakesMissingDaysFromTheNextStationAndSaysSo) {
    const Period season{day("2026-05-01"), day("2026-05-10")};
    const auto own = series("A", day("2026-05-01"), {"1", "", "3", "4", "5", "6", "7", "8", "9", "10"});
    const auto near = series("B", day("2026-05-01"), {"0", "", "0", "0", "0", "0", "0", "0", "0", "0"});
    const auto far = series("C", day("2026-05-02"), {"2.5"});
    const auto index = index_over(season, {}, a_tenth, {&own, &near, &far});
    ASSERT_TRUE(index);
    EXPECT_EQ(index->value, Quotient(dec("55.5")));
    ASSERT_EQ(index->substitutes.size(), 1U);
    EXPECT_EQ(index->substitutes[0].station, "C");
    EXPECT_EQ(index->substitutes[0].day, day("2026-05-02"));

    const auto nowhere = index_over(season, {}, a_tenth, {&own, &near});
    EXPECT_EQ(nowhere.error().id, "pricing.day_missing_everywhere");
    // One day of ten is the tenth that is allowed; two are more.
    const auto two_missing =
        series("A", day("2026-05-01"), {"1", "", "3", "4", "", "6", "7", "8", "9", "10"});
    EXPECT_EQ(index_over(season, {}, a_tenth, {&two_missing, &near, &far}).error().id,
              "pricing.too_many_days_missing");
}

TEST(WeatherIndex, SeasonsMayRunOverTheNewYearAndEndInFebruary) {
    const Season snow{10, 1, 4, 30};
    EXPECT_EQ(snow.beginning_in(2025).value(), (Period{day("2025-10-01"), day("2026-04-30")}));
    const Season winter{12, 1, 2, 29};
    EXPECT_EQ(winter.beginning_in(2026).value().last, day("2027-02-28"));
    EXPECT_EQ(winter.beginning_in(2027).value().last, day("2028-02-29"));
    const Season never{4, 31, 5, 1};
    EXPECT_EQ(never.beginning_in(2026).error().id, "pricing.no_such_day");
}

// Rain of 100, 200, 240 mm in three years, one day each; a fourth year without data.
IndexCover may_drought() {
    return {.season = {5, 15, 5, 15},
            .rule = {},
            .missing = a_tenth,
            .payout = ticks(Side::deficit, "230", "1.2", "150")};
}

DailySeries three_years() {
    DailySeries out{"58328", day("2021-05-15"), std::vector<std::optional<Decimal>>(1096)};
    for (const auto& [on, rain] : {std::pair{"2021-05-15", 100}, {"2022-05-15", 200}, {"2023-05-15", 240}})
        out.values[static_cast<std::size_t>(day(on) - out.first)] = rain;
    return out;
}

// The largest numbers that a contract and a series may hold: exact, where a product of them all has more than
// 38 digits.
TEST(IndexPayout, HoldsAtTheBoundsOfEveryNumber) {
    const Decimal most = dec("9999999.9999"), units = dec("99999999.9999");
    IndexCover cover = may_drought();
    cover.payout = {Slope{-most, most}, most};
    cover.deductible = dec("0.0001");
    Decimal sum = dec("9999.9999");
    for (int day = 1; day < 366; ++day) sum = sum + dec("9999.9999");
    const Quotient mean(sum, 366);
    // (10,000 + most) / (2 x most) of the sum insured less a ten-thousandth, each at twenty digits.
    const Quotient paid_per = paid_per_unit(cover, mean);
    EXPECT_EQ(paid_per.rounded(4), dec("5003999.9999"));
    EXPECT_EQ(paid(paid_per, units), yuan("500399999989500.60"));
    EXPECT_GT(paid_per, Quotient(dec("5003999.9999")) - dec("0.0001"));
    EXPECT_LT(paid_per, paid_per_unit(cover, Quotient(sum, 365)));
    EXPECT_EQ(paid_per, paid_per_unit(cover, Quotient(sum + sum, 732)));
    EXPECT_EQ(paid(paid_per_unit(cover, most), units), yuan("999899999989001.10"));
}

TEST(Burn, SaysWhatEachYearWouldHavePaid) {
    const auto history = three_years();
    const auto out = burn(may_drought(), 2021, 2024, {&history});
    ASSERT_TRUE(out);
    ASSERT_EQ(out->years.size(), 4U);
    EXPECT_EQ(out->years[0].paid_per_unit, Quotient(150));  // 130 mm x 1.2 = 156, capped
    EXPECT_EQ(out->years[1].paid_per_unit, Quotient(36));
    EXPECT_EQ(out->years[2].paid_per_unit, Quotient());
    EXPECT_EQ(out->years[3].unknown.value().id, "pricing.day_missing_everywhere");
    EXPECT_EQ(out->known, 3);
    EXPECT_EQ(out->paying, 2);
    EXPECT_EQ(out->largest, Quotient(150));
    EXPECT_EQ(out->pure_premium, Quotient(62));
    EXPECT_EQ(out->pure_rate.rounded(4), dec("0.4133"));
}

TEST(Burn, TheHigherTheDeductibleTheLowerThePureRate) {
    const auto history = three_years();
    Quotient before(1);
    for (const char* deductible : {"0", "0.025", "0.05", "0.10", "0.24"}) {
        auto cover = may_drought();
        cover.deductible = dec(deductible);
        const auto rate = burn(cover, 2021, 2023, {&history}).value().pure_rate;
        EXPECT_LT(rate, before);
        before = rate;
    }
}

TEST(Burn, RefusesAnEmptyHistory) {
    const auto history = three_years();
    EXPECT_EQ(burn(may_drought(), 2024, 2021, {&history}).error().id, "pricing.bad_history");
    EXPECT_EQ(burn(may_drought(), 2030, 2031, {&history}).error().id, "pricing.no_known_year");
}

// The public cases, one by one: what a row says in words is written here as a contract, its numbers are read.
TEST(PublicCases, OfIndexCoversReproduce) {
    std::map<std::string, std::map<std::string, std::string>> rows;
    for (const auto& row : testing::public_cases(BALLAST_SOURCE_DIR, "other-insurance-cases.csv"))
        rows[row.at("id")] = row;
    if (rows.empty()) GTEST_SKIP() << "no public cases in ../shared/data/insurance";
    const auto in = [&](const char* id) { return numbers(rows.at(id).at("inputs")); };
    const auto out = [&](const char* id) { return numbers(rows.at(id).at("expected")); };
    const auto exact = [](const Payout& payout, Decimal index) {
        EXPECT_TRUE(check(payout));
        return paid_per_unit(payout, index);
    };

    const auto wi1 = in("WI-1");  // index, trigger, exit, sum
    const Payout linear{Slope{wi1.at(1), wi1.at(2)}, wi1.at(3)};
    EXPECT_EQ(exact(linear, wi1.at(0)), Quotient(out("WI-1").at(0)));
    const auto wi2 = in("WI-2"), wi2_paid = out("WI-2");
    for (std::size_t i = 0; i < 4; ++i) EXPECT_EQ(exact(linear, wi2.at(i)), Quotient(wi2_paid.at(i)));

    const auto wi3 = in("WI-3"), wi3_percent = out("WI-3");
    ASSERT_EQ(wi3.size(), wi3_percent.size());
    for (std::size_t i = 0; i < wi3.size(); ++i)
        EXPECT_EQ(exact({orange_frost, 100}, wi3[i]), Quotient(wi3_percent[i]));

    const auto wi4 = out("WI-4");  // pure rates for growing deductibles: monotone, the series is not public
    EXPECT_TRUE(wi4.at(0) > wi4.at(1) && wi4.at(1) > wi4.at(2));

    const Payout frost{Ticks{Side::deficit, 0, 30, 200, -4},
                       200};  // T1 0, T2 -4, 30 a degree, 200 a mu: ours
    EXPECT_EQ(exact(frost, 0), Quotient());
    EXPECT_EQ(exact(frost, dec("-1.5")), Quotient(45));
    EXPECT_EQ(exact(frost, dec("-3.9")), Quotient(117));
    EXPECT_EQ(exact(frost, -4), Quotient(200));  // T2 inclusive: the full sum

    const auto wi6 = in("WI-6"), wi6_paid = out("WI-6");  // days x 4, deductible, yuan a day, cap
    const Payout hot{Ticks{Side::excess, wi6.at(4), wi6.at(5), wi6.at(6), std::nullopt}, wi6.at(6)};
    for (std::size_t i = 0; i < 4; ++i) EXPECT_EQ(exact(hot, wi6.at(i)), Quotient(wi6_paid.at(i)));

    const auto iblip = out("IBLI-3");  // mortality 15, 25, 33 %; strike 15 %; 10 animals of 15000
    const Payout mortality{Ticks{Side::excess, dec("0.15"), 150'000, std::nullopt, std::nullopt}, 150'000};
    for (const auto& [i, share] : {std::pair{0U, "0.15"}, {1U, "0.25"}, {2U, "0.33"}})
        EXPECT_EQ(exact(mortality, dec(share)), Quotient(iblip.at(i)));

    EXPECT_EQ(in("WI-7").at(0) * dec("0.035"), out("WI-7").at(0));
    EXPECT_EQ(dec("0.055") * 150'000, out("IBLI-1").at(0));
    EXPECT_EQ(dec("0.0325") * 150'000, out("IBLI-2").at(0));
}

}  // namespace
}  // namespace ballast::pricing
