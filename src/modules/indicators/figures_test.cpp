#include <gtest/gtest.h>

#include <functional>
#include <numeric>

#include "base/rng.h"
#include "indicators/attainment.h"
#include "indicators/series.h"
#include "indicators/suppression.h"
#include "indicators/term.h"

namespace ballast::indicators {
namespace {

Decimal number(std::string_view text) { return *Decimal::parse(text); }

// -- measures
// --------------------------------------------------------------------------------------------------------

TEST(Measure, UnlikeUnitsNeverAdd) {
    const std::vector<Measure> all{{"户", 0}, {"人", 0}, {"人次", 0}, {"元", 2}, {"元", 0}, {"亩", 1}};
    for (const auto& a : all)
        for (const auto& b : all) {
            const auto added = sum({a, {1}}, {b, {2}});
            EXPECT_EQ(added.has_value(), a == b) << a.unit << " " << b.unit;
            if (!added) {
                EXPECT_EQ(added.error().id, "indicators.unlike_units");
            }
        }
}

TEST(Measure, ReadsWhatIsTypedExactlyOrSaysWhy) {
    const Measure mu{"亩", 1};
    EXPECT_EQ(*read_value(mu, " 1,234.5 "), 12345);
    EXPECT_EQ(*read_value(mu, "3"), 30);
    EXPECT_EQ(written(mu, 30), "3.0");
    EXPECT_EQ(read_value(mu, "3.25").error().id, "indicators.too_many_places");
    EXPECT_EQ(read_value(mu, "三").error().id, "indicators.not_a_number");
    EXPECT_EQ(read_value(mu, "1000000000000").error().id, "indicators.too_large");
    EXPECT_EQ(*read_value({"户", 0}, "1000000000000"), largest);
}

TEST(Ratio, HasNoValueWhereNothingIsCounted) {
    const Measure m{"户", 0};
    EXPECT_FALSE(percent({3, 0}, m, m, 2));
    EXPECT_FALSE(percent({3, absent}, m, m, 2));
    EXPECT_EQ(percent({63562, 71847}, m, m, 1)->plain(), "88.5");  // 635.62 / 718.47, a yearbook's row
    EXPECT_EQ(quotient({288, 36}, {"节", 0}, {"所", 0}, 2)->plain(), "8.00");
}

// A ratio of a whole is not the mean of its parts' ratios.
TEST(Ratio, IsMadeOfSumsAndNeverAveraged) {
    const Measure m{"人", 0};
    const Ratio small{1, 2}, large{99, 900};
    EXPECT_EQ(
        percent({small.numerator + large.numerator, small.denominator + large.denominator}, m, m, 2)->plain(),
        "11.09");
}

// -- targets
// ---------------------------------------------------------------------------------------------------------

TEST(Attainment, PercentagePointsAreSubtractedNeverDivided) {
    EXPECT_EQ(before_points(number("90.91"), number("3.83")), number("87.08"));
    const auto reached = attainment(number("90.91"), number("90"), Direction::at_least);
    EXPECT_EQ(reached.standing, Standing::reached);
    EXPECT_EQ(reached.gap, number("0.91"));
}

TEST(Attainment, IsUnknownWhereNobodyReported) {
    EXPECT_EQ(attainment(std::nullopt, 100, Direction::at_least).standing, Standing::unknown);
    EXPECT_EQ(attainment(Decimal(0), 100, Direction::at_least).standing, Standing::missed);
    EXPECT_EQ(attainment(Decimal(0), 0, Direction::at_most).standing, Standing::reached);
    EXPECT_FALSE(attainment(Decimal(0), 0, Direction::at_most).percent);
    EXPECT_EQ(attainment(Decimal(150), 200, Direction::at_least).percent->plain(), "75.00");
}

TEST(Target, IsNotBelowTheSumOfItsLevel) {
    const std::vector<std::int64_t> parts{60, 50};
    EXPECT_TRUE(check_target_sum({"户", 0}, 110, parts));
    const auto refused = check_target_sum({"户", 0}, 109, parts);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().id, "indicators.target_below_sum");
}

// -- terms
// -----------------------------------------------------------------------------------------------------------

TEST(Term, IsReadAndWrittenInBothWays) {
    for (const std::string_view text : {"2026-10", "2026-Q3", "2026"})
        EXPECT_EQ(Term::parse(text)->text(), text);
    EXPECT_EQ(Term::parse("202610")->text(), "2026-10");
    EXPECT_EQ(Term::parse("2026-Q3")->dhis2(), "2026Q3");
    EXPECT_EQ(Term::parse("2026-Q3")->last().iso(), "2026-09-30");
    EXPECT_EQ(Term::parse("2026-02")->last().iso(), "2026-02-28");
    EXPECT_EQ(Term::parse("2026-01")->plus(-1).text(), "2025-12");
    EXPECT_EQ(Term::of(TermKind::quarter, *Date::from(2026, 11, 23)).text(), "2026-Q4");
    for (const std::string_view bad : {"", "26-10", "2026-13", "2026-00", "2026-Q5", "2026-1", "2026年"})
        EXPECT_EQ(Term::parse(bad).error().id, "indicators.bad_term") << bad;
}

// -- small counts
// ----------------------------------------------------------------------------------------------------

/// A tree of counts as equations: the total of group g, and of all groups.
struct Table {
    std::vector<std::int64_t> counts;
    std::vector<Equation> sums;
};
Table table_of(const std::vector<std::vector<std::int64_t>>& groups) {
    Table out;
    Equation all{0, {}};
    out.counts.push_back(0);
    for (const auto& group : groups) {
        Equation sum{out.counts.size(), {}};
        out.counts.push_back(std::accumulate(group.begin(), group.end(), std::int64_t{0}));
        out.counts[0] += out.counts.back();
        all.parts.push_back(sum.total);
        for (const auto count : group) {
            sum.parts.push_back(out.counts.size());
            out.counts.push_back(count);
        }
        out.sums.push_back(std::move(sum));
    }
    out.sums.push_back(std::move(all));
    return out;
}

/// Whether the shown counts leave the hidden one only one value: another assignment of whole numbers from 0
/// up that keeps every sum is looked for by moving one between this cell and another along a path of
/// equations.
bool follows(const Table& table, const std::vector<bool>& out, std::size_t cell) {
    const auto solved = [&](std::int64_t step) {
        // Change `cell` by step; every equation must be mended by one of its other hidden members.
        std::vector<std::int64_t> change(table.counts.size(), 0);
        change[cell] = step;
        const std::function<bool()> mend = [&] {
            for (const auto& sum : table.sums) {
                std::int64_t off = change[sum.total];
                for (const auto part : sum.parts) off -= change[part];
                if (off == 0) continue;
                auto members = sum.parts;
                members.push_back(sum.total);
                for (const auto other : members) {
                    if (!out[other] || change[other] != 0) continue;
                    const auto by = other == sum.total ? -off : off;
                    if (table.counts[other] + by < 0) continue;
                    change[other] = by;
                    if (mend()) return true;
                    change[other] = 0;
                }
                return false;
            }
            return true;
        };
        return table.counts[cell] + step >= 0 && mend();
    };
    return !solved(1) && !solved(-1);
}

TEST(Suppression, NoHiddenCountFollowsFromThoseThatAreShown) {
    for (std::uint64_t seed = 1; seed <= 400; ++seed) {
        Rng rng(seed);
        std::vector<std::vector<std::int64_t>> groups(static_cast<std::size_t>(rng.between(1, 4)));
        for (auto& group : groups)
            for (auto n = rng.between(1, 5); n > 0; --n)
                group.push_back(rng.chance(0.4) ? rng.between(0, 4) : rng.between(0, 60));
        const auto table = table_of(groups);
        const auto out = hidden(table.counts, table.sums);
        for (std::size_t n = 0; n < out.size(); ++n) {
            if (small(table.counts[n])) {
                ASSERT_TRUE(out[n]);
            }
            if (out[n]) {
                ASSERT_FALSE(follows(table, out, n)) << "seed " << seed << " cell " << n;
            }
        }
    }
}

TEST(Suppression, HidesASecondCellBesideASingleSmallOne) {
    const auto table = table_of({{3, 20, 40}, {50, 60}});
    const auto out = hidden(table.counts, table.sums);
    // all, first group and its cells, second group and its cells
    EXPECT_EQ(out, (std::vector<bool>{false, false, true, true, false, false, false, false}));
}

TEST(Suppression, OfAPartThatIsSmallOrHiddenGivesTheOthersAway) {
    Figure people, courses;
    people.measure.unit = "人";
    courses.measure.unit = "人次";
    EXPECT_TRUE(gives_away(people, {.value = 4}));
    EXPECT_FALSE(gives_away(people, {.value = 5}));
    EXPECT_FALSE(gives_away(people, {.value = 0}));
    EXPECT_FALSE(gives_away(courses, {.value = 4}));
    EXPECT_TRUE(gives_away(courses, {.value = 40, .hidden = true}));
}

TEST(Suppression, LeavesNoughtAndLargeCountsAlone) {
    const auto table = table_of({{0, 5, 40}, {50, 0}});
    const auto out = hidden(table.counts, table.sums);
    EXPECT_EQ(std::count(out.begin(), out.end(), true), 0);
}

}  // namespace
}  // namespace ballast::indicators
