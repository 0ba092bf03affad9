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

// Seven toilets were reported, three are on file: the report is what is to be mended.
TEST(Consistency, AReportIsHeldAgainstTheRegister) {
    const auto wrong = judge(Law::same, count, std::vector<std::int64_t>{7, 3});
    EXPECT_EQ(wrong.verdict, Verdict::fails);
    EXPECT_EQ(wrong.printed, 7);
    EXPECT_EQ(wrong.computed, 3);
}

TEST(Consistency, WhatNobodyReportedIsNeverWrong) {
    EXPECT_EQ(verdict(Law::parts, {44, 5, absent, 29}), Verdict::unverifiable);
    EXPECT_EQ(verdict(Law::same, {absent, 0}), Verdict::unverifiable);
    EXPECT_EQ(outlier(absent, std::vector<std::int64_t>(12, 5)).verdict, Verdict::unverifiable);
    EXPECT_EQ(outlier(500, std::vector<std::int64_t>{5, 5, 5, 5, 5}).verdict, Verdict::unverifiable);
}

/// As stated, of counts in 公斤 and a percent of two places.
Judgement ratio(Law law, std::int64_t first, std::int64_t second, std::int64_t stated) {
    static const Measure percent{"%", 2};
    return judge_ratio(law, std::array{Stated{&count, first}, Stated{&count, second}, Stated{&percent, stated}});
}

// 1,800,000 斤 more on 20,000,000 are 9.00 %; half of the last place is forgiven, more is not.
TEST(Consistency, AStatedGrowthIsThatOfItsLevels) {
    EXPECT_EQ(ratio(Law::growth, 20'000'000, 21'800'000, 900).verdict, Verdict::holds);
    EXPECT_EQ(ratio(Law::growth, 3, 4, 3333).verdict, Verdict::holds);  // 33.333...
    const auto wrong = ratio(Law::growth, 20'000'000, 21'800'000, 800);
    EXPECT_EQ(wrong.verdict, Verdict::fails);
    EXPECT_EQ(wrong.printed, 800);
    EXPECT_EQ(wrong.computed, 900);
    const auto fallen = ratio(Law::growth, 200, 150, 2500);  // it fell
    EXPECT_EQ(fallen.verdict, Verdict::fails);
    EXPECT_EQ(fallen.computed, -2500);
    EXPECT_EQ(ratio(Law::growth, 200, 150, -2500).verdict, Verdict::holds);
}

// Item 15: 90.91 %; C11: not 87.56, which divides percentage points.
TEST(Consistency, AStatedShareIsThatOfItsCounts) {
    EXPECT_EQ(ratio(Law::share, 9091, 10000, 9091).verdict, Verdict::holds);
    EXPECT_EQ(ratio(Law::share, 9091, 10000, 8756).computed, 9091);
    EXPECT_EQ(ratio(Law::share, 1, 3, 3333).verdict, Verdict::holds);
    EXPECT_EQ(ratio(Law::share, 1, 3, 3334).verdict, Verdict::fails);
    EXPECT_EQ(ratio(Law::quotient, 288, 36, 800).verdict, Verdict::holds);
}

TEST(Consistency, NothingIsSaidOfARatioOverNoughtOrOverWhatIsNotThere) {
    EXPECT_EQ(ratio(Law::growth, 0, 5, 100).verdict, Verdict::unverifiable);
    EXPECT_EQ(ratio(Law::share, 5, 0, 100).verdict, Verdict::unverifiable);
    EXPECT_EQ(ratio(Law::share, absent, 3, 100).verdict, Verdict::unverifiable);
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
