// R33: both sides of each limit, and that a signal stands behind one alarm at most.
#include "surveillance/group.h"

#include <gtest/gtest.h>

namespace ballast::surveillance {
namespace {

const AreaCode township = *AreaCode::from_number(513431'100'000);
const AreaCode village = *AreaCode::from_number(513431'100'200);
const AreaCode neighbour = *AreaCode::from_number(513431'100'201);
const Date today = *Date::from(2025, 7, 30);

/// `n` households of a village, one signal each, from `first` on.
std::vector<Signal> hit(std::int64_t n, AreaCode where = village, Date on = today, std::int64_t first = 1) {
    std::vector<Signal> out;
    for (std::int64_t i = 0; i < n; ++i) out.push_back({first + i, first + i, where, "04", on});
    return out;
}
std::vector<Signal> operator+(std::vector<Signal> a, const std::vector<Signal>& b) {
    a.insert(a.end(), b.begin(), b.end());
    return a;
}
std::vector<Group> found(const std::vector<Signal>& signals, std::int64_t in_village, std::int64_t in_township = 3'000,
                         const std::vector<OpenGroup>& open = {}) {
    return groups(signals, open, [=](AreaCode area) { return area == township ? in_township : in_village; }, {}, today);
}

TEST(GroupAlarm, IsRaisedWhenAFloodHitsSevenOfAHundredAndFiftyHouseholdsInTenDays) {  // A15
    std::vector<Signal> flood;
    for (int n = 0; n < 7; ++n) flood.push_back({n + 1, n + 1, village, "04", today.plus_days(-n - 3)});
    const auto alarms = found(flood, 150);
    ASSERT_EQ(alarms.size(), 1U);
    EXPECT_EQ(alarms.front().area, village);
    EXPECT_EQ(alarms.front().risk, "04");
    EXPECT_EQ(alarms.front().households(), 7);
}

TEST(GroupAlarm, WantsFiveHouseholdsAndThreePercent) {
    EXPECT_TRUE(found(hit(4), 100).empty()) << "four";
    EXPECT_EQ(found(hit(5), 100).size(), 1U);
    EXPECT_EQ(found(hit(6), 200).size(), 1U) << "exactly three percent";
    EXPECT_TRUE(found(hit(6), 201).empty()) << "a little less";
    EXPECT_TRUE(found(hit(6), 0).empty()) << "nobody on file";
}

TEST(GroupAlarm, CountsAHouseholdOnceHoweverOftenItIsTold) {
    auto signals = hit(4);
    signals.push_back({99, 4, village, "04", today});
    EXPECT_TRUE(found(signals, 100).empty());
}

TEST(GroupAlarm, CountsThirtyDaysTodayBeingOne) {
    EXPECT_EQ(found(hit(5, village, today.plus_days(-29)), 100).size(), 1U);
    EXPECT_TRUE(found(hit(5, village, today.plus_days(-30)), 100).empty());
    EXPECT_TRUE(found(hit(5, village, today.plus_days(1)), 100).empty()) << "not yet";
}

TEST(GroupAlarm, DoesNotMixRisks) {
    auto signals = hit(5);
    signals.front().risk = "13";
    EXPECT_TRUE(found(signals, 100).empty());
}

TEST(GroupAlarm, IsOfTheTownshipWhenNoVillageHasEnough) {
    const auto alarms = found(hit(4) + hit(4, neighbour, today, 50), 100, 200);
    ASSERT_EQ(alarms.size(), 1U);
    EXPECT_EQ(alarms.front().area, township);
    EXPECT_EQ(alarms.front().households(), 8);
}

TEST(GroupAlarm, OfAVillageLeavesItsHouseholdsOutOfTheTownships) {
    const auto alarms = found(hit(5) + hit(4, neighbour, today, 50), 100, 200);
    ASSERT_EQ(alarms.size(), 1U);
    EXPECT_EQ(alarms.front().area, village);
}

TEST(GroupAlarm, ThatIsOpenTakesInWhatIsToldOfItsRiskAndArea) {
    const auto alarms = found(hit(1) + hit(1, neighbour, today, 50), 100, 200, {{7, "04", village}});
    ASSERT_EQ(alarms.size(), 1U);
    EXPECT_EQ(alarms.front().joins, 7);
    EXPECT_EQ(alarms.front().signals.size(), 1U);
    EXPECT_TRUE(found(hit(1), 100, 200, {{7, "13", village}}).empty()) << "another risk";
}

TEST(GroupAlarm, OfTheSmallestAreaTakesASignalWhenSeveralAreOpen) {
    const auto alarms = found(hit(2), 100, 200, {{7, "04", township}, {8, "04", village}});
    ASSERT_EQ(alarms.size(), 1U);
    EXPECT_EQ(alarms.front().joins, 8);
}

}  // namespace
}  // namespace ballast::surveillance
