#include "base/working_calendar.h"

#include <gtest/gtest.h>

namespace ballast {
namespace {

Date day(std::string_view iso) { return Date::parse(iso).value(); }

TEST(WorkingCalendar, KnowsHolidaysAndTheWeekendsThatMakeUpForThem) {
    const auto& china = china_calendar();
    EXPECT_TRUE(china.is_working_day(day("2021-06-11")));   // Friday
    EXPECT_FALSE(china.is_working_day(day("2021-06-12")));  // Saturday
    EXPECT_FALSE(china.is_working_day(day("2021-06-14")));  // Monday, Dragon Boat
    EXPECT_TRUE(china.is_working_day(day("2021-06-15")));
    EXPECT_TRUE(china.is_working_day(day("2021-09-26")));   // Sunday, worked for National Day
    EXPECT_FALSE(china.is_working_day(day("2021-10-01")));  // Friday
    EXPECT_FALSE(china.is_working_day(day("2004-01-01")));  // the first published year
}

// Domain specification 2.4: posted on 10 June 2021, counted are the 11th to the 15th.
TEST(Deadline, FiveCalendarDaysAfterThePostingTheNextStepIsOnTheSixteenth) {
    const auto notice = china_calendar().after(day("2021-06-10"), 5, DayKind::calendar);
    EXPECT_EQ(notice.last_day, day("2021-06-15"));
    EXPECT_EQ(notice.next_step(), day("2021-06-16"));
    EXPECT_FALSE(notice.assumed);
}

// Counted are 11, 15, 16, 17 and 18 June: the Dragon Boat holiday was the 12th to the 14th.
TEST(Deadline, FiveWorkingDaysAfterThePostingTheNextStepIsOnTheNineteenth) {
    const auto notice = china_calendar().after(day("2021-06-10"), 5, DayKind::working);
    EXPECT_EQ(notice.last_day, day("2021-06-18"));
    EXPECT_EQ(notice.next_step(), day("2021-06-19"));
    EXPECT_FALSE(notice.assumed);
}

TEST(Deadline, AnEventOnAHolidayIsCountedFromTheNextWorkedDay) {
    EXPECT_EQ(china_calendar().after(day("2021-06-12"), 1, DayKind::working).last_day, day("2021-06-15"));
    EXPECT_EQ(china_calendar().after(day("2021-06-12"), 0, DayKind::working).last_day, day("2021-06-12"));
}

TEST(Deadline, SaysAssumedOnlyWhenItTouchesAYearWithoutATable) {
    const WorkingCalendar only_2021(2021, 2021, {day("2021-06-14")});
    const auto inside = only_2021.after(day("2021-12-29"), 2, DayKind::working);
    EXPECT_EQ(inside, (Deadline{day("2021-12-31"), false}));
    // 1 and 2 January 2022 were a weekend; Monday the 3rd was a holiday, but this calendar cannot know.
    const auto across = only_2021.after(day("2021-12-29"), 3, DayKind::working);
    EXPECT_EQ(across, (Deadline{day("2022-01-03"), true}));
    EXPECT_EQ(china_calendar().after(day("2021-12-29"), 3, DayKind::working),
              (Deadline{day("2022-01-04"), false}));

    // Calendar days need no table.
    EXPECT_FALSE(only_2021.after(day("2030-01-01"), 10, DayKind::calendar).assumed);
    EXPECT_TRUE(only_2021.after(day("2020-12-30"), 1, DayKind::working).assumed);
}

TEST(WorkingCalendar, CountsOnlyWeekendsAsOffInAYearWithoutATable) {
    const auto& china = china_calendar();
    ASSERT_FALSE(china.has_table_for(2199));
    EXPECT_TRUE(china.is_working_day(day("2199-10-01")));  // a Tuesday
    EXPECT_FALSE(china.is_working_day(day("2199-10-05")));
}

// Law of the published tables: since 2014 the State Council gives 11 statutory days a year, 13 from 2025;
// everything else off on a weekday is made up on a weekend.
TEST(ChinaCalendar, HasATableForEveryYearAndEachIsPlausible) {
    const auto& china = china_calendar();
    for (int year = 2004; year <= 2026; ++year) {
        EXPECT_TRUE(china.has_table_for(year));
        int worked = 0;
        for (Date d = *Date::from(year, 1, 1); d.year() == year; d = d.plus_days(1))
            worked += china.is_working_day(d);
        EXPECT_GE(worked, 245) << year;
        EXPECT_LE(worked, 256) << year;
    }
    EXPECT_FALSE(china.has_table_for(2003));
}

}  // namespace
}  // namespace ballast
