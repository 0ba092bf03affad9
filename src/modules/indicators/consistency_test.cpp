#include "indicators/consistency.h"

#include <gtest/gtest.h>

namespace ballast::indicators {
namespace {

const Measure count{"处", 0};

Verdict verdict(Law law, std::vector<std::int64_t> values) { return judge(law, count, values).verdict; }

// Item 11 of the bulletin: 5 villages, 10 shops and 29 firms are 44 venues.
TEST(Consistency, AWholeIsTheSumOfItsParts) {
    EXPECT_EQ(verdict(Law::parts, {44, 5, 10, 29}), Verdict::holds);
    const auto wrong = judge(Law::parts, count, std::vector<std::int64_t>{43, 5, 10, 29});
    EXPECT_EQ(wrong.verdict, Verdict::fails);
    EXPECT_EQ(wrong.printed, 43);
    EXPECT_EQ(wrong.computed, 44);
}

// Item 4: of 153,600 trained, 68,900 were registered poor.
TEST(Consistency, APartIsNoMoreThanItsWhole) {
    EXPECT_EQ(verdict(Law::at_most, {68900, 153600}), Verdict::holds);
    EXPECT_EQ(verdict(Law::at_most, {153600, 153600}), Verdict::holds);
    EXPECT_EQ(verdict(Law::at_most, {153601, 153600}), Verdict::fails);
}

TEST(Consistency, ALevelAndWhatWasAddedAreTheNextLevel) {
    EXPECT_EQ(verdict(Law::rise, {100, 7, 107}), Verdict::holds);
    EXPECT_EQ(verdict(Law::rise, {100, 7, 106}), Verdict::fails);
    EXPECT_EQ(verdict(Law::same, {12, 12}), Verdict::holds);
    EXPECT_EQ(verdict(Law::same, {12, 13}), Verdict::fails);
    EXPECT_EQ(verdict(Law::areas, {30, 30}), Verdict::holds);
    EXPECT_EQ(verdict(Law::areas, {31, 30}), Verdict::fails);
}

TEST(Consistency, WhatNobodyReportedIsNeverWrong) {
    EXPECT_EQ(verdict(Law::parts, {44, 5, absent, 29}), Verdict::unverifiable);
    EXPECT_EQ(verdict(Law::same, {absent, 0}), Verdict::unverifiable);
    EXPECT_EQ(outlier(absent, std::vector<std::int64_t>(12, 5)).verdict, Verdict::unverifiable);
    EXPECT_EQ(outlier(500, std::vector<std::int64_t>{5, 5, 5, 5, 5}).verdict, Verdict::unverifiable);
}

TEST(Consistency, AnOutlierIsFarFromItsOwnHistory) {
    const std::vector<std::int64_t> history{100, 104, 98, 101, 97, 103, absent, 99};
    EXPECT_EQ(outlier(108, history).verdict, Verdict::holds);
    EXPECT_EQ(outlier(1010, history).verdict, Verdict::warn);  // a nought too many
    EXPECT_EQ(outlier(1010, history).computed, 100);
    EXPECT_EQ(outlier(0, history).verdict, Verdict::warn);
    // Of a figure that hardly moves, a small step is no outlier.
    EXPECT_EQ(outlier(104, std::vector<std::int64_t>(8, 100)).verdict, Verdict::holds);
}

}  // namespace
}  // namespace ballast::indicators
