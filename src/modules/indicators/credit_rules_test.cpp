#include "indicators/credit_rules.h"

#include <gtest/gtest.h>

namespace ballast::indicators {
namespace {

Decimal number(std::string_view text) { return *Decimal::parse(text); }
Change change(std::string_view before, std::string_view after, std::int64_t county = 632'221'000'000) {
    return {*AreaCode::from_number(county), number(before), number(after)};
}
const Change province = change("6790", "7340", 630'000'000'000);

// The worked example of domain specification 6.2: the county grows by 10.7852 %, the province by 8.1001 %.
TEST(CreditGrowth, OfTheWorkedExample) {
    EXPECT_EQ(growth_percent(number("115.90"), number("128.40"))->plain(), "10.7852");
    EXPECT_EQ(growth_percent(number("6790"), number("7340"))->plain(), "8.1001");
    const std::vector all{change("115.90", "128.40")};
    for (const auto mean : {Mean::simple, Mean::weighted}) {
        const auto out = mean_above(all, province, mean);
        EXPECT_EQ(out.standing, Standing::reached);
        EXPECT_EQ(out.value->plain(), "2.6850");  // exactly; of the rounded ones it would be 2.6851
        EXPECT_EQ(out.against->plain(), "8.1001");
    }
}

TEST(CreditGrowth, HasNoneOfNothingAndTakesNoDebtBelowNought) {
    EXPECT_EQ(growth_percent(number("0"), number("1")).error().id, "indicators.credit.no_base");
    EXPECT_EQ(growth_percent(number("-1"), number("1")).error().id, "indicators.credit.negative");
    EXPECT_EQ(grows_together(std::vector{change("0", "5")}).doubt, Doubt::no_base);
    EXPECT_EQ(grows_together(std::vector{change("1", "-5")}).doubt, Doubt::negative);
}

TEST(CreditGrowth, OfAllTogetherIsOfTheirSums) {
    const auto out = grows_together(std::vector{change("100", "90"), change("300", "330")});
    EXPECT_EQ(out.standing, Standing::reached);
    EXPECT_EQ(out.numerator->plain(), "20");
    EXPECT_EQ(out.denominator->plain(), "400");
    EXPECT_EQ(out.value->plain(), "5.0000");
    EXPECT_EQ(out.parts[0].standing, Standing::missed);
    EXPECT_EQ(grows_together(std::vector{change("100", "100")}).standing, Standing::missed) << "has to grow";
    // A millionth more is more, though it is shown as 0.0000.
    const auto hair = grows_together(std::vector{change("1000000000", "1000000000.01")});
    EXPECT_EQ(hair.standing, Standing::reached);
    EXPECT_EQ(hair.value->plain(), "0.0000");
}

TEST(CreditGrowth, SaysNothingWhileACountyIsSilent) {
    std::vector all{change("100", "110"), change("100", "110")};
    all[1].after.reset();
    for (const auto& out : {grows_together(all), mean_above(all, province, Mean::simple), each_grows(all), none_falls(all)}) {
        EXPECT_EQ(out.standing, Standing::unknown);
        EXPECT_EQ(out.doubt, Doubt::missing);
        EXPECT_EQ(out.counted, 1);
        EXPECT_EQ(out.listed, 2);
    }
    for (const auto& out : {grows_together({}), mean_above({}, province, Mean::simple), each_grows({}), none_falls({})})
        EXPECT_EQ(out.doubt, Doubt::none_listed);
}

TEST(MeanGrowth, DiffersByWhetherLargeCountiesCountForMore) {
    // 20 % of 100 and 5 % of 900: 12.5 % each counting once, 6.5 % together; the province 8.1001 %.
    const std::vector all{change("100", "120"), change("900", "945")};
    const auto simple = mean_above(all, province, Mean::simple), weighted = mean_above(all, province, Mean::weighted);
    EXPECT_EQ(simple.standing, Standing::reached);
    EXPECT_EQ(simple.numerator->plain(), "25.0000");
    EXPECT_EQ(simple.denominator->plain(), "2");
    EXPECT_EQ(simple.value->plain(), "4.3999");
    EXPECT_EQ(weighted.standing, Standing::missed);
    EXPECT_EQ(weighted.numerator->plain(), "65");
    EXPECT_EQ(weighted.denominator->plain(), "1000");
    EXPECT_EQ(weighted.value->plain(), "-1.6001");
}

TEST(MeanGrowth, IsNotAboveWhatItEquals) {
    const auto out = mean_above(std::vector{change("679", "734")}, province, Mean::simple);
    EXPECT_EQ(out.standing, Standing::missed);
    EXPECT_EQ(out.value->plain(), "0.0000");
    EXPECT_EQ(mean_above(std::vector{change("1", "2")}, Change{}, Mean::simple).doubt, Doubt::province_missing);
}

TEST(EachGrows, IsMissedByTheFirstThatDoesNot) {
    EXPECT_EQ(each_grows(std::vector{change("1", "2"), change("3", "4")}).standing, Standing::reached);
    std::vector all{change("1", "2"), change("3", "3"), change("5", "6")};
    all[2].after.reset();
    const auto out = each_grows(all);
    EXPECT_EQ(out.standing, Standing::missed) << "whatever the third will say";
    EXPECT_EQ(out.numerator->plain(), "1");
    EXPECT_EQ(out.denominator->plain(), "3");
    EXPECT_EQ(each_grows(std::vector{change("0", "2")}).doubt, Doubt::no_base);
}

TEST(NoneFalls, LetsKindsStayAsTheyWere) {
    const auto kept = none_falls(std::vector{change("4", "4"), change("0", "2")});
    EXPECT_EQ(kept.standing, Standing::reached);
    EXPECT_EQ(kept.parts[1].value->plain(), "2");
    const auto fewer = none_falls(std::vector{change("4", "3"), change("0", "2")});
    EXPECT_EQ(fewer.standing, Standing::missed);
    EXPECT_EQ(fewer.numerator->plain(), "1");
}

TEST(Share, IsHeldAgainstItsTargetExactly) {
    const auto lent = share_of(number("2699"), number("3000"), number("90"), Direction::at_least);
    EXPECT_EQ(lent.value->plain(), "89.97");
    EXPECT_EQ(lent.standing, Standing::missed);
    // 89.998 % is shown as 90.00 and is not 90 %.
    const auto near = share_of(number("89998"), number("100000"), number("90"), Direction::at_least);
    EXPECT_EQ(near.value->plain(), "90.00");
    EXPECT_EQ(near.standing, Standing::missed);
    EXPECT_EQ(share_of(number("3"), number("100"), number("3"), Direction::at_most).standing, Standing::reached);
    EXPECT_EQ(share_of(number("3"), number("100"), {}, Direction::at_most).doubt, Doubt::no_target);
    EXPECT_EQ(share_of(number("0"), number("0"), number("3"), Direction::at_most).doubt, Doubt::no_base);
    EXPECT_EQ(share_of({}, number("1"), number("3"), Direction::at_most).doubt, Doubt::missing);
}

}  // namespace
}  // namespace ballast::indicators
