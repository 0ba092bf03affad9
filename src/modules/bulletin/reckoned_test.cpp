#include "bulletin/reckoned.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/rng.h"

namespace ballast::bulletin {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Reckonable, IsWhatSumsLeaveNoChoiceFor) {
    // 0 = 1 + 2 + 3
    const std::vector<Sum> one{{0, {1, 2, 3}}};
    EXPECT_THAT(reckonable({true, true, true, false}, one), ElementsAre(3));
    EXPECT_THAT(reckonable({true, true, false, false}, one), IsEmpty());
    // and 4 = 1 + 2: then 3 is 0 less 4, though neither 1 nor 2 is known.
    EXPECT_THAT(reckonable({true, false, false, false, true}, {{0, {1, 2, 3}}, {4, {1, 2}}}), ElementsAre(3));
}

/// Whether another choice of the unknowns, within a few of the true ones, keeps every sum.
bool free(std::size_t figure, const std::vector<bool>& told, const std::vector<Sum>& sums) {
    std::vector<int> moved(told.size(), 0);
    std::vector<std::size_t> unknown;
    for (std::size_t i = 0; i < told.size(); ++i)
        if (!told[i]) unknown.push_back(i);
    for (const auto i : unknown) moved[i] = -3;
    for (;;) {
        if (moved[figure] != 0 && std::ranges::all_of(sums, [&](const Sum& sum) {
                int parts = 0;
                for (const auto part : sum.parts) parts += moved[part];
                return parts == moved[sum.whole];
            }))
            return true;
        std::size_t i = 0;
        while (i < unknown.size() && ++moved[unknown[i]] > 3) moved[unknown[i++]] = -3;
        if (i == unknown.size()) return false;
    }
}

TEST(Reckonable, AgreesWithTryingEveryChoice) {
    Rng rng(20210620);
    for (int trial = 0; trial < 300; ++trial) {
        std::vector<bool> told(9);
        int unknown = 0;
        for (std::size_t i = 0; i < told.size(); ++i)
            unknown += (told[i] = unknown == 5 || rng.chance(0.5)) ? 0 : 1;
        std::vector<Sum> sums;
        for (std::size_t whole = 0; whole < 3; ++whole) {
            Sum sum{whole, {}};
            for (std::size_t part = whole + 1; part < told.size(); ++part)
                if (rng.chance(0.5)) sum.parts.push_back(part);
            if (!sum.parts.empty()) sums.push_back(sum);
        }
        const auto found = reckonable(told, sums);
        for (std::size_t i = 0; i < told.size(); ++i)
            if (!told[i]) {
                EXPECT_EQ(std::ranges::count(found, i) == 0, free(i, told, sums)) << trial << " " << i;
            }
    }
}

const AreaCode county = AreaCode::parse("513431").value();

/// Households of one day, and of two townships when `parts` are given.
Snapshot counted(std::string query, std::int64_t total, std::vector<std::int64_t> parts = {}) {
    Snapshot out;
    out.query = std::move(query);
    out.as_of = Date::parse("2021-06-13").value();
    out.area = county;
    out.total = total;
    if (!parts.empty()) out.by = Breakdown::area;
    for (const auto value : parts)
        out.figures.push_back({"51343110" + std::to_string(out.figures.size()) + "000", value});
    keep_small_figures_back(out.figures);
    return out;
}

TEST(GivenAway, IsWhatAPartLeavesOfAllHouseholds) {
    const auto all = counted("registered_households", 17), some = counted("sanitary_toilets", 13);
    const auto away = given_away({all, some}, {});
    ASSERT_TRUE(away) << "four have none";
    EXPECT_EQ(away->query, "sanitary_toilets");
    EXPECT_EQ(away->snapshot, 1U);
    EXPECT_TRUE(given_away({some}, {all})) << "in another issue";
    EXPECT_FALSE(given_away({some}, {}));
    EXPECT_FALSE(given_away({all, counted("sanitary_toilets", 17)}, {})) << "all have one";
    EXPECT_FALSE(given_away({all, counted("sanitary_toilets", 12)}, {})) << "five have none";
    EXPECT_FALSE(given_away({all, counted("open_clues", 13)}, {})) << "not of those households";
    auto later = some;
    later.as_of = later.as_of.plus_days(1);
    EXPECT_FALSE(given_away({all, later}, {}));
}

TEST(KeepBackBeside, KeepsThePartBackThatWouldSayWhatIsLeft) {
    const std::vector<Snapshot> all{counted("registered_households", 60, {20, 25, 15})};
    auto some = counted("sanitary_toilets", 44, {17, 15, 12});
    ASSERT_TRUE(given_away({some}, all)) << "three and three have none";
    ASSERT_TRUE(keep_back_beside(some, all));
    EXPECT_FALSE(some.figures[0].told);
    EXPECT_TRUE(some.figures[1].told);
    EXPECT_FALSE(some.figures[2].told);
    EXPECT_FALSE(given_away({some}, all));
    auto total = counted("sanitary_toilets", 57);
    EXPECT_FALSE(keep_back_beside(total, all)) << "no part to keep back";
}

}  // namespace
}  // namespace ballast::bulletin
