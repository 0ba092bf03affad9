#include "base/date.h"

#include <gtest/gtest.h>

#include "base/clock.h"

namespace ballast {
namespace {

Date day(std::string_view iso) { return Date::parse(iso).value(); }

std::string loose(std::string_view text, Date::Serials serials = Date::Serials::refuse) {
    const auto date = Date::parse_loose(text, serials);
    return date ? date->iso() : date.error().id;
}

TEST(Date, IsAlwaysARealDay) {
    EXPECT_TRUE(Date::from(2024, 2, 29));
    EXPECT_FALSE(Date::from(2023, 2, 29));
    EXPECT_TRUE(Date::from(2000, 2, 29));
    EXPECT_FALSE(Date::from(1900, 2, 29));
    EXPECT_FALSE(Date::from(2024, 4, 31));
    EXPECT_FALSE(Date::from(2024, 0, 1));
    EXPECT_FALSE(Date::from(2024, 13, 1));
    EXPECT_TRUE(Date::from(1800, 1, 1));
    EXPECT_FALSE(Date::from(1799, 12, 31));
    EXPECT_TRUE(Date::from(2199, 12, 31));
    EXPECT_FALSE(Date::from(2200, 1, 1));
}

TEST(Date, StrictParsingTakesOneFormOnly) {
    EXPECT_EQ(day("2026-11-23").iso(), "2026-11-23");
    EXPECT_EQ(day("2026-11-23").chinese(), "2026年11月23日");
    for (const char* other : {"2026-11-3", "2026/11/23", "20261123", " 2026-11-23", "2026-11-23 ",
                              "2026-02-30", "", "2026-1１-23", "+026-11-23"}) {
        const auto refused = Date::parse(other);
        ASSERT_FALSE(refused) << other;
        EXPECT_EQ(refused.error().id, "date.malformed");
        EXPECT_EQ(refused.error().kind, ErrorKind::invalid);
    }
}

TEST(Date, LooseParsingReadsWhatPeopleAndSpreadsheetsWrite) {
    for (const char* form :
         {"2026-01-03", "2026-1-3", "2026/1/3", "2026.1.3", "2026．01．03", "20260103", "2026年1月3日",
          "2026年01月03日", "２０２６年１月３日", " 2026/1/3 ", "2026-01-03 00:00:00", "2026/1/3 10:30",
          "2026-01-03T08:15:00+08:00", "2026年1月3日 10时30分", "2026 年 1 月 3 日"})
        EXPECT_EQ(loose(form), "2026-01-03") << form;
    for (const char* form :
         {"2026-1", "2026年1月", "2026-13-01", "2026-2-29", "26-1-3", "1/3/2026", "2026-01-03x",
          "2026-01-03 noon", "昨天", "", "2026-001-03", "202601033", "2026013"})
        EXPECT_EQ(loose(form), "date.malformed") << form;
}

TEST(Date, DayNumbersOfASpreadsheetAreReadOnlyWhereTheyAreAwaited) {
    using enum Date::Serials;
    EXPECT_EQ(loose("44361"), "date.malformed");
    EXPECT_EQ(loose("44361", accept), "2021-06-14");
    EXPECT_EQ(loose("44361.75", accept), "2021-06-14");
    EXPECT_EQ(loose("1", accept), "1900-01-01");
    EXPECT_EQ(loose("59", accept), "1900-02-28");
    EXPECT_EQ(loose("60", accept), "date.malformed");  // the 29 February 1900 that never was
    EXPECT_EQ(loose("61", accept), "1900-03-01");
    EXPECT_EQ(loose("109574", accept), "2199-12-31");
    EXPECT_EQ(loose("109575", accept), "date.malformed");
    EXPECT_EQ(loose("0", accept), "date.malformed");
    EXPECT_EQ(loose("-5", accept), "date.malformed");
}

TEST(Date, AMonthLaterIsTheSameDayOrTheMonthsLast) {
    EXPECT_EQ(day("2024-01-31").plus_months(1), day("2024-02-29"));
    EXPECT_EQ(day("2023-01-31").plus_months(1), day("2023-02-28"));
    EXPECT_EQ(day("2024-01-30").plus_months(-11), day("2023-02-28"));
    EXPECT_EQ(day("2023-12-15").plus_months(1), day("2024-01-15"));
    EXPECT_EQ(day("2024-02-10").last_of_month(), day("2024-02-29"));
    EXPECT_EQ(day("2024-02-10").first_of_month(), day("2024-02-01"));
}

TEST(Date, KnowsItsWeekday) {
    EXPECT_EQ(day("2021-06-14").weekday(), 1);
    EXPECT_EQ(day("2021-06-13").weekday(), 7);
    EXPECT_EQ(day("1969-12-31").weekday(), 3);
}

TEST(Date, EveryDayOfFourCenturiesComesBackFromItsParts) {
    const Date last = *Date::from(2199, 12, 31);
    for (Date d = *Date::from(1800, 1, 1); d < last; d = d.plus_days(1)) {
        ASSERT_EQ(Date::from(d.year(), d.month(), d.day()), d);
    }
    EXPECT_EQ(last - *Date::from(1800, 1, 1), 400 * 365 + 97 - 1);
}

TEST(Age, TurnsOnTheBirthdayAndForTheLeapDayOnTheFirstOfMarch) {
    EXPECT_EQ(age_on(day("2010-06-15"), day("2026-06-14")), 15);
    EXPECT_EQ(age_on(day("2010-06-15"), day("2026-06-15")), 16);
    EXPECT_EQ(age_on(day("2008-02-29"), day("2025-02-28")), 16);
    EXPECT_EQ(age_on(day("2008-02-29"), day("2025-03-01")), 17);
    EXPECT_EQ(age_on(day("2008-02-29"), day("2024-02-29")), 16);
}

TEST(IncomeWindow, IsTheTwelveWholeMonthsBefore) {
    EXPECT_EQ(income_window(day("2021-06-30")), (Period{day("2020-06-01"), day("2021-05-31")}));
    EXPECT_EQ(income_window(day("2024-03-01")), (Period{day("2023-03-01"), day("2024-02-29")}));
    EXPECT_EQ(income_window(day("2024-01-31")), (Period{day("2023-01-01"), day("2023-12-31")}));
}

TEST(Period, HoldsBothItsEnds) {
    const Period june{day("2021-06-01"), day("2021-06-30")};
    EXPECT_TRUE(june.contains(day("2021-06-01")));
    EXPECT_TRUE(june.contains(day("2021-06-30")));
    EXPECT_FALSE(june.contains(day("2021-05-31")));
    EXPECT_FALSE(june.contains(day("2021-07-01")));
}

TEST(Instant, FallsOnTheCivilDayOfShanghai) {
    EXPECT_EQ(civil_date(parse_instant("2026-11-23T15:59:59.999Z").value()), day("2026-11-23"));
    EXPECT_EQ(civil_date(parse_instant("2026-11-23T16:00:00Z").value()), day("2026-11-24"));
    EXPECT_EQ(civil_date(Instant{-1 - 8 * 3'600'000}), day("1969-12-31"));
}

TEST(Instant, IsWrittenInLocalTimeAndReadFromAnyOffset) {
    const Instant at = parse_instant("2026-11-23T17:30:48+08:00").value();
    EXPECT_EQ(at, parse_instant("2026-11-23T09:30:48Z").value());
    EXPECT_EQ(at, parse_instant("2026-11-23T04:00:48-05:30").value());
    EXPECT_EQ(iso_instant(at), "2026-11-23T17:30:48+08:00");
    EXPECT_EQ(iso_instant(Instant{at.ms + 7}), "2026-11-23T17:30:48.007+08:00");
    EXPECT_EQ(parse_instant("2026-11-23T17:30:48.007+08:00").value(), Instant{at.ms + 7});
    EXPECT_EQ(iso_instant(Instant{-1}), "1970-01-01T07:59:59.999+08:00");
    for (const char* text :
         {"2026-11-23", "2026-11-23T17:30:48", "2026-11-23T24:00:00Z", "2026-11-23T17:60:00Z",
          "2026-02-30T17:00:00Z", "2026-11-23T17:30:48.Z", "2026-11-23T17:30:48+8:00", ""}) {
        const auto refused = parse_instant(text);
        ASSERT_FALSE(refused) << text;
        EXPECT_EQ(refused.error().id, "instant.malformed");
    }
}

TEST(FixedClock, StandsStillUntilItIsSet) {
    FixedClock clock(day("2021-06-10"));
    EXPECT_EQ(iso_instant(clock.now()), "2021-06-10T12:00:00+08:00");
    EXPECT_EQ(clock.today(), day("2021-06-10"));
    clock.set(Instant{0});
    EXPECT_EQ(clock.today(), day("1970-01-01"));
}

TEST(SystemClock, ShowsATimeOfOurCentury) {
    EXPECT_GT(system_clock().today(), day("2024-01-01"));
    EXPECT_LT(system_clock().today(), day("2199-01-01"));
}

}  // namespace
}  // namespace ballast
