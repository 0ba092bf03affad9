#include "indicators/rollup.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "base/rng.h"
#include "indicators/succession.h"

namespace ballast::indicators {
namespace {

AreaCode code(std::int64_t n) { return *AreaCode::from_number(n); }
AreaLevel below(AreaLevel level) { return static_cast<AreaLevel>(static_cast<int>(level) + 1); }
AreaLevel above(AreaLevel level) { return static_cast<AreaLevel>(static_cast<int>(level) - 1); }
const Measure households{"户", 0};

/// Villages of two prefectures, drawn; some areas have one child, some many.
std::vector<AreaCode> villages(Rng& rng) {
    std::vector<AreaCode> out;
    for (std::int64_t prefecture = 1; prefecture <= 2; ++prefecture)
        for (std::int64_t county = 1; county <= rng.between(1, 4); ++county)
            for (std::int64_t township = 1; township <= rng.between(1, 5); ++township)
                for (std::int64_t village = 1; village <= rng.between(1, 9); ++village)
                    out.push_back(code(510'000'000'000 + prefecture * 100'000'000 + county * 1'000'000 +
                                       township * 1'000 + village));
    return out;
}
Column drawn(Rng& rng, std::size_t size) {
    Column out{households, {}};
    for (std::size_t n = 0; n < size; ++n)
        out.values.push_back(rng.chance(0.2) ? absent : rng.between(-20, 500));
    return out;
}

/// The sum of every area is that of its children, at every level.
void expect_to_add(const Tree& tree, const Rolled& rolled) {
    for (auto level = tree.lowest(); level != tree.highest();) {
        const auto& parts = rolled.at(tree, level);
        level = above(level);
        const auto& wholes = rolled.at(tree, level);
        for (std::size_t n = 0; n < tree.at(level).size(); ++n) {
            std::int64_t sum = 0, reported = 0;
            const auto [first, last] = tree.children(level, n);
            for (auto child = first; child < last; ++child) {
                if (parts.sums[child] != absent) sum += parts.sums[child];
                reported += parts.reported[child];
                ASSERT_EQ(tree.parent(below(level), child), n);
            }
            ASSERT_EQ(wholes.reported[n], reported);
            ASSERT_EQ(wholes.sums[n], reported ? sum : absent);
        }
    }
}

TEST(RollUp, OfAnyAreaIsTheSumOfItsChildrenAndStaysSoAfterEveryChange) {
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        Rng rng(seed);
        const Tree tree = Tree::over(villages(rng), AreaCode{}, AreaLevel::village);
        auto column = drawn(rng, tree.leaves().size());
        auto rolled = *roll_up(tree, column);
        expect_to_add(tree, rolled);
        for (int change = 0; change < 20; ++change) {
            const auto leaf = static_cast<std::size_t>(rng.below(column.values.size()));
            column.values[leaf] = rng.chance(0.3) ? absent : rng.between(-20, 500);
            ASSERT_TRUE(re_roll(tree, rolled, leaf, column.values[leaf]));
        }
        const auto afresh = *roll_up(tree, column);
        for (std::size_t n = 0; n < afresh.levels.size(); ++n) {
            ASSERT_EQ(rolled.levels[n].sums, afresh.levels[n].sums) << "seed " << seed;
            ASSERT_EQ(rolled.levels[n].reported, afresh.levels[n].reported) << "seed " << seed;
        }
    }
}

TEST(RollUp, SaysHowManyReportedAndKeepsNothingApartFromNought) {
    const Tree tree = Tree::over({code(513431100201), code(513431100202), code(513431101201)},
                                 code(513431000000), AreaLevel::village);
    const auto rolled = *roll_up(tree, {households, {absent, 0, absent}});
    EXPECT_EQ(rolled.at(tree, AreaLevel::township).sums, (std::vector<std::int64_t>{0, absent}));
    EXPECT_EQ(rolled.at(tree, AreaLevel::county).reported, (std::vector<std::uint32_t>{1}));
}

TEST(RollUp, RefusesASumThatDoesNotFitAndChangesNothing) {
    const Tree tree =
        Tree::over({code(513431100201), code(513431100202)}, code(513431000000), AreaLevel::village);
    const auto most = std::numeric_limits<std::int64_t>::max();
    EXPECT_EQ(roll_up(tree, {households, {most, 1}}).error().id, "indicators.too_large");
    auto rolled = *roll_up(tree, {households, {most - 1, 1}});
    EXPECT_EQ(re_roll(tree, rolled, 1, 2).error().id, "indicators.too_large");
    EXPECT_EQ(rolled.levels[0].sums[1], 1);
    EXPECT_EQ(rolled.levels[2].sums[0], most);
}

// 东莞 has townships directly under the prefecture: its code stands at both levels.
TEST(RollUp, GoesThroughALevelThatIsSkipped) {
    const Tree tree =
        Tree::over({code(441900003001), code(441900004001)}, code(440000000000), AreaLevel::village);
    const auto rolled = *roll_up(tree, {households, {3, 4}});
    EXPECT_EQ(tree.at(AreaLevel::county).front(), code(441900000000));
    EXPECT_EQ(tree.at(AreaLevel::prefecture).front(), code(441900000000));
    EXPECT_EQ(rolled.at(tree, AreaLevel::province).sums.front(), 7);
}

TEST(RollUp, OfTheShippedDivisionReachesEveryVillageOfAPrefecture) {
    const Tree tree = Tree::of(areas::Division::shipped(), code(513400000000), AreaLevel::village);
    EXPECT_EQ(tree.at(AreaLevel::county).size(), 17u);
    EXPECT_TRUE(tree.find(AreaLevel::county, code(513431000000)));
    EXPECT_FALSE(tree.find(AreaLevel::county, code(513400000000)));
    const auto rolled = *roll_up(tree, {households, std::vector<std::int64_t>(tree.leaves().size(), 1)});
    EXPECT_EQ(rolled.at(tree, AreaLevel::prefecture).sums.front(),
              static_cast<std::int64_t>(tree.leaves().size()));
}

// -- areas that merge, split and move
// ------------------------------------------------------------------------------

Date day(int n) { return Date::from(2020, 1, 1)->plus_days(n); }

/// Some of the villages go elsewhere: into others, into several, or into a new one in another township.
std::vector<Succession> changes(Rng& rng, std::vector<AreaCode>& live, int round) {
    std::vector<Succession> out;
    const auto today = day(round * 100);
    std::vector<AreaCode> next;
    for (const auto village : live) {
        if (!rng.chance(0.3)) {
            next.push_back(village);
            continue;
        }
        Succession one{today, village, {}};
        std::vector<AreaCode> to;
        for (std::int64_t n = rng.between(1, 3); n > 0; --n) {
            const auto heir = rng.chance(0.5) ? live[rng.below(live.size())]
                                              : code(village.number() / 1000 * 1000 + 500 + round * 20 + n);
            if (std::ranges::find(to, heir) == to.end()) to.push_back(heir);
        }
        for (const auto heir : to) one.to.push_back({heir, rng.between(1, 400)});
        next.insert(next.end(), to.begin(), to.end());
        out.push_back(std::move(one));
    }
    std::ranges::sort(next);
    next.erase(std::unique(next.begin(), next.end()), next.end());
    live = std::move(next);
    return out;
}

TEST(Succession, FiguresAddUpAtEveryLevelAfterAnyMergeAndSplitAndNothingIsLost) {
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        Rng rng(seed);
        auto live = villages(rng);
        std::vector<AreaFigure> figures;
        std::int64_t total = 0;
        for (const auto village : live) {
            figures.push_back({village, rng.between(0, 900), false});
            total += figures.back().value;
        }
        std::vector<Succession> successions;
        for (int round = 1; round <= 3; ++round) {
            const auto more = changes(rng, live, round);
            successions.insert(successions.end(), more.begin(), more.end());
        }
        ASSERT_TRUE(check(successions));
        const auto now = carried(figures, successions, day(0), day(400));
        std::vector<AreaCode> areas;
        Column column{households, {}};
        for (const auto& one : now) {
            areas.push_back(one.area);
            column.values.push_back(one.value);
        }
        const Tree tree = Tree::over(areas, AreaCode{}, AreaLevel::village);
        const auto rolled = *roll_up(tree, column);
        expect_to_add(tree, rolled);
        ASSERT_EQ(rolled.at(tree, AreaLevel::nation).sums.front(), total) << "seed " << seed;
    }
}

TEST(Succession, AMergedVillageHasBothFiguresAndAMovedOneItsOwn) {
    const std::vector<Succession> changes{{day(10), code(513431100201), {{code(513431100205)}}},
                                          {day(10), code(513431100202), {{code(513431100205)}}},
                                          {day(20), code(513431100205), {{code(513431101205)}}}};
    const std::vector<AreaFigure> figures{{code(513431100201), 30}, {code(513431100202), 12}};
    const auto merged = carried(figures, changes, day(0), day(10));
    ASSERT_EQ(merged.size(), 1u);
    EXPECT_EQ(merged[0].area, code(513431100205));
    EXPECT_EQ(merged[0].value, 42);
    EXPECT_FALSE(merged[0].apportioned);
    EXPECT_EQ(carried(figures, changes, day(0), day(20))[0].area, code(513431101205));
    EXPECT_EQ(carried(figures, changes, day(10), day(10)).size(), 2u);  // of the time after the change
    EXPECT_EQ(heirs(code(513431100201), changes, day(0), day(30)), (std::vector{code(513431101205)}));
}

TEST(Succession, ASplitVillageSharesByWeightAndSaysThatNobodyHasCounted) {
    const std::vector<Succession> changes{
        {day(1), code(513431100201), {{code(513431100201), 2}, {code(513431100209), 1}}}};
    const auto split = carried({{code(513431100201), 100}}, changes, day(0), day(1));
    ASSERT_EQ(split.size(), 2u);
    EXPECT_EQ(split[0].value, 67);
    EXPECT_EQ(split[1].value, 33);
    EXPECT_TRUE(split[0].apportioned);
}

TEST(Succession, RefusesWhatCannotBeCarriedOver) {
    const auto from = code(513431100201), to = code(513431100202);
    const auto refusal = [](std::vector<Succession> changes) { return check(changes).error().id; };
    EXPECT_EQ(refusal({{day(1), from, {}}}), "indicators.no_heir");
    EXPECT_EQ(refusal({{day(1), from, {{to, 0}}}}), "indicators.weights_nought");
    EXPECT_EQ(refusal({{day(1), from, {{to}}}, {day(1), from, {{to}}}}), "indicators.changed_twice");
    EXPECT_EQ(refusal({{day(1), from, {{to}, {to}}}}), "indicators.heir_twice");
    EXPECT_EQ(refusal({{day(1), from, {{code(513431100000)}}}}), "indicators.heir_level");
}

}  // namespace
}  // namespace ballast::indicators
