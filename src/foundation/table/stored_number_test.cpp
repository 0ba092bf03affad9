#include "table/stored_number.h"

#include <gtest/gtest.h>

namespace ballast::table {
namespace {

std::string shown(std::string_view stored) {
    const auto number = stored_number(stored);
    return !number ? "none" : (number->digits_damaged ? "damaged " : "") + number->text;
}

TEST(StoredNumber, IsPlainDecimal) {
    EXPECT_EQ(shown("12"), "12");
    EXPECT_EQ(shown("-12.50"), "-12.5");
    EXPECT_EQ(shown("0"), "0");
    EXPECT_EQ(shown("-0"), "0");
    EXPECT_EQ(shown("1E5"), "100000");
    EXPECT_EQ(shown("1.5e-3"), "0.0015");
    EXPECT_EQ(shown("007"), "7");
    for (const auto* none : {"", "-", ".", "E5", "1E", "12x", "1,5", "0x10", "nan", "1E999999999999"})
        EXPECT_EQ(shown(none), "none") << none;
}

TEST(StoredNumber, IsCutToTheFifteenDigitsThatASpreadsheetShows) {
    EXPECT_EQ(shown("1234.5599999999999"), "1234.56");
    EXPECT_EQ(shown("0.30000000000000004"), "0.3");
    EXPECT_EQ(shown("512.99999999999994"), "513");
    EXPECT_EQ(shown("9007199254740.99"), "9007199254740.99");
    EXPECT_EQ(shown("99999999999999.999"), "100000000000000");
}

TEST(StoredNumber, IsDamagedFromFifteenWholeDigitsOn) {
    EXPECT_EQ(shown("13050367040100"), "13050367040100");
    EXPECT_EQ(shown("130503670401001"), "damaged 130503670401001");
    EXPECT_EQ(shown("5.1343119900101E+17"), "damaged 5.1343119900101E+17");
    EXPECT_EQ(shown("110105194912310000"), "damaged 110105194912310000");
    EXPECT_EQ(shown("1.23E+13"), "12300000000000");
    EXPECT_EQ(shown("1.23E+14"), "damaged 1.23E+14");
}

std::string day(std::string_view serial, DateSystem system = DateSystem::from_1900) {
    return date_of_serial(serial, system).value_or("none");
}

TEST(DateOfSerial, FollowsBothSystemsAndKnowsTheDayThatNeverWas) {
    EXPECT_EQ(day("46349"), "2026-11-23");
    EXPECT_EQ(day("46349.99998"), "2026-11-23");
    EXPECT_EQ(day("44887", DateSystem::from_1904), "2026-11-23");
    EXPECT_EQ(day("1"), "1900-01-01");
    EXPECT_EQ(day("59"), "1900-02-28");
    EXPECT_EQ(day("60"), "none");
    EXPECT_EQ(day("61"), "1900-03-01");
    EXPECT_EQ(day("0.5"), "none");
    EXPECT_EQ(day("0", DateSystem::from_1904), "1904-01-01");
    EXPECT_EQ(day("109574"), "2199-12-31");
    EXPECT_EQ(day("109575"), "none");
    EXPECT_EQ(day("-1"), "none");
    EXPECT_EQ(day("20260101"), "none");
    EXPECT_EQ(day("x"), "none");
}

TEST(DateFormat, IsToldByItsLettersOutsideQuotesAndBrackets) {
    for (const auto* code : {"yyyy-mm-dd", "yyyy\"年\"m\"月\"d\"日\";@", "[$-804]yyyy/m/d",
                             "[DBNum1][$-804]m\"月\"d\"日\"", "[h]:mm", "e\"年\"", "h:mm AM/PM", "YYYY"})
        EXPECT_TRUE(is_date_format(code)) << code;
    for (const auto* code : {"General", "GENERAL", "0.00E+00", "#,##0.00;[Red]-#,##0.00", "@", "\"day\"0",
                             "0\\d", "_d0", "[$¥-804]#,##0.00", "0;yyyy", "000000", "", "\"open"})
        EXPECT_FALSE(is_date_format(code)) << code;
    for (const auto id : {14, 22, 27, 36, 45, 47, 50, 58}) EXPECT_TRUE(is_builtin_date_format(id)) << id;
    for (const auto id : {0, 1, 13, 23, 26, 37, 44, 48, 49, 59, 164})
        EXPECT_FALSE(is_builtin_date_format(id)) << id;
}

}  // namespace
}  // namespace ballast::table
