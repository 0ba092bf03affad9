#include "casework/clock.h"

#include <gtest/gtest.h>

#include "casework/case_testing.h"

namespace ballast::casework {
namespace {

using testing::june;

Terms terms_of(std::string_view area, Date day = june(1)) {
    return Terms::in_force(packs::load("casework").value(), AreaCode::parse(area).value(), day).value();
}

// Domain specification 2.4, publicity arithmetic.
TEST(Clock, CountsPublicityFromTheDayAfterThePosting) {
    Limit five = terms_of("513431100200").limit("publicity_days");
    EXPECT_EQ(due(june(10), five).last_day, june(15));
    EXPECT_EQ(due(june(10), five).next_step(), june(16));
    five.day_kind = DayKind::working;  // the Dragon Boat holiday of 2021: 12 to 14 June
    EXPECT_EQ(due(june(10), five).last_day, june(18));
    EXPECT_EQ(due(june(10), five).next_step(), june(19));
}

TEST(Clock, HainanCountsTwentyWorkingDaysAndTheOthersFifteenDays) {
    EXPECT_EQ(overall_due(terms_of("513431100200"), june(1), 0, 0).last_day, june(16));
    // June 2021 from the 2nd: without the 12th to 14th, the 20th working day is the 30th.
    EXPECT_EQ(overall_due(terms_of("460100000000"), june(1), 0, 0).last_day, june(30));
    EXPECT_FALSE(overall_due(terms_of("460100000000"), june(1), 0, 0).assumed);
}

TEST(Clock, ADeadlineInAYearWithoutAHolidayTableSaysSo) {
    const Date far = Date::from(2099, 3, 2).value();
    EXPECT_TRUE(overall_due(terms_of("460100000000", far), far, 0, 0).assumed);
    EXPECT_FALSE(overall_due(terms_of("513431100200", far), far, 0, 0).assumed);
}

TEST(Clock, ExtensionAndPauseMoveTheOverallDeadline) {
    EXPECT_EQ(overall_due(terms_of("513431100200"), june(1), 5, 3).last_day, june(24));
}

TEST(Clock, HasOneScaleOfUrgency) {
    const Terms terms = terms_of("513431100200");
    const auto seen_on = [&](int day) { return clock_on(june(day), {june(20), false}, terms); };
    EXPECT_EQ(seen_on(14).urgency, Urgency::none);
    EXPECT_EQ(seen_on(15).urgency, Urgency::yellow);
    EXPECT_EQ(seen_on(18).urgency, Urgency::orange);
    EXPECT_EQ(seen_on(20).urgency, Urgency::orange);  // the last day is in time
    EXPECT_EQ(seen_on(20).overdue(), 0);
    EXPECT_EQ(seen_on(21).urgency, Urgency::red);
    EXPECT_EQ(seen_on(21).overdue(), 1);
}

TEST(Clock, TellsTheTownshipAtOnceAndTheCountyAfterThreeDays) {
    const Terms terms = terms_of("513431100200");
    const auto told_on = [&](int day) {
        return escalation(clock_on(june(day), {june(20), false}, terms), terms);
    };
    EXPECT_EQ(told_on(20), Escalation::village);
    EXPECT_EQ(told_on(21), Escalation::township);
    EXPECT_EQ(told_on(22), Escalation::township);
    EXPECT_EQ(told_on(23), Escalation::county);
}

TEST(Clock, ALimitKeepsItsAuthorityAndSaysWhenItIsAssumed) {
    const Terms terms = terms_of("513431100200");
    EXPECT_FALSE(terms.limit("overall_limit").assumed);
    EXPECT_NE(terms.limit("overall_limit").authority, "");
    EXPECT_TRUE(terms.limit("visit_limit").assumed);
    EXPECT_EQ(terms.share("review_pass_share"), Decimal::parse("0.5").value());
}

}  // namespace
}  // namespace ballast::casework
