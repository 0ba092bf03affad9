// Assignments against every assignment there is, for small problems drawn at random; and the cases worth
// telling.
#include "matching/assignment.h"

#include <gtest/gtest.h>

#include <functional>
#include <set>
#include <tuple>

#include "base/rng.h"

namespace ballast::matching {
namespace {

/// Households brought to work, people placed, cost (less is better, so negated).
using Goodness = std::tuple<std::size_t, std::size_t, std::int64_t>;

/// By trying everything.
Goodness best_of_all(const Problem& problem) {
    Goodness best{0, 0, 0};
    auto openings = problem.openings;
    std::multiset<std::size_t> in_work;
    std::function<void(std::size_t, std::size_t, std::int64_t)> from =
        [&](std::size_t person, std::size_t placed, std::int64_t cost) {
            if (person == problem.household.size()) {
                const std::set<std::size_t> reached(in_work.begin(), in_work.end());
                best = std::max(best, Goodness{reached.size(), placed, -cost});
                return;
            }
            from(person + 1, placed, cost);
            const auto household = problem.household[person];
            for (const Pair& pair : problem.pairs) {
                if (pair.person != person || openings[pair.post] == 0) continue;
                --openings[pair.post];
                if (!problem.covered[household]) in_work.insert(household);
                from(person + 1, placed + 1, cost + pair.cost);
                if (!problem.covered[household]) in_work.erase(in_work.find(household));
                ++openings[pair.post];
            }
        };
    from(0, 0, 0);
    return best;
}

Goodness goodness(const Problem& problem, const Outcome& outcome) {
    std::set<std::size_t> reached;
    for (const Proposal& one : outcome.proposals)
        if (const auto household = problem.household[one.person]; !problem.covered[household])
            reached.insert(household);
    return {reached.size(), outcome.proposals.size(), -outcome.cost};
}

Problem drawn(Rng& rng) {
    Problem out;
    const auto people = 1 + rng.below(6), households = 1 + rng.below(4), posts = 1 + rng.below(4);
    for (std::uint64_t i = 0; i < people; ++i) out.household.push_back(rng.below(households));
    for (std::uint64_t i = 0; i < households; ++i) out.covered.push_back(rng.below(4) == 0);
    for (std::uint64_t i = 0; i < posts; ++i) out.openings.push_back(static_cast<std::int64_t>(rng.below(3)));
    for (std::size_t person = 0; person < people; ++person)
        for (std::size_t post = 0; post < posts; ++post)
            if (rng.below(2) == 0)
                out.pairs.push_back({person, post, static_cast<std::int64_t>(rng.below(10))});
    return out;
}

TEST(Assignment, IsTheBestOfAllThereAre) {
    Rng rng(20);
    for (int round = 0; round < 400; ++round) {
        const Problem problem = drawn(rng);
        const auto outcome = assign(problem);
        ASSERT_TRUE(outcome);
        EXPECT_EQ(goodness(problem, *outcome), best_of_all(problem)) << "round " << round;
        auto openings = problem.openings;
        std::set<std::size_t> people;
        for (const Proposal& one : outcome->proposals) {
            EXPECT_TRUE(people.insert(one.person).second);
            EXPECT_GE(--openings[one.post], 0);
        }
        // A shortage names more households, none in work otherwise, than its posts have openings; and those
        // households can go nowhere else.
        for (const LeftOut& left : outcome->left_out) {
            if (left.no_pair) continue;
            EXPECT_GT(static_cast<std::int64_t>(left.rivals.size()), left.openings);
            for (const Pair& pair : problem.pairs) {
                const bool rival = std::ranges::binary_search(left.rivals, problem.household[pair.person]);
                EXPECT_TRUE(!rival || std::ranges::binary_search(left.posts, pair.post));
            }
        }
    }
}

// Two of the first household would both cost nothing; the second household has only this post and costs more.
TEST(Assignment, BringsASecondHouseholdToWorkBeforeASecondWorkerOfTheFirst) {
    const auto outcome = assign({{0, 0, 1}, {false, false}, {1, 1}, {{0, 0, 0}, {1, 1, 0}, {2, 1, 90}}});
    ASSERT_TRUE(outcome);
    ASSERT_EQ(outcome->proposals.size(), 2u);
    EXPECT_EQ(outcome->proposals[1].person, 2u);
    EXPECT_TRUE(outcome->proposals[1].first_of_household);
    EXPECT_TRUE(outcome->left_out.empty());
}

TEST(Assignment, LeavesAHouseholdThatIsInWorkBehindOneThatIsNot) {
    const auto outcome = assign({{0, 1}, {true, false}, {1}, {{0, 0, 0}, {1, 0, 50}}});
    ASSERT_TRUE(outcome);
    ASSERT_EQ(outcome->proposals.size(), 1u);
    EXPECT_EQ(outcome->proposals[0].person, 1u);
    EXPECT_TRUE(outcome->left_out.empty()) << "somebody of the other household works";
}

TEST(Assignment, NamesTheCheaperPostThatWasFull) {
    const auto outcome =
        assign({{0, 1}, {false, false}, {1, 1}, {{0, 0, 1}, {0, 1, 5}, {1, 0, 2}, {1, 1, 20}}});
    ASSERT_TRUE(outcome);
    ASSERT_EQ(outcome->proposals.size(), 2u);
    EXPECT_EQ(outcome->proposals[0].post, 1u);
    ASSERT_EQ(outcome->proposals[0].cheaper.size(), 1u);
    EXPECT_EQ(outcome->proposals[0].cheaper[0].post, 0u);
    EXPECT_EQ(outcome->cost, 7);
}

TEST(Assignment, TellsAHouseholdThatFitsNothingFromOneForWhichTooFewPostsAreLeft) {
    const auto outcome = assign({{0, 1, 2}, {false, false, false}, {1}, {{0, 0, 3}, {1, 0, 4}}});
    ASSERT_TRUE(outcome);
    ASSERT_EQ(outcome->left_out.size(), 2u);
    EXPECT_EQ(outcome->left_out[0].household, 1u);
    EXPECT_FALSE(outcome->left_out[0].no_pair);
    EXPECT_EQ(outcome->left_out[0].rivals, (std::vector<std::size_t>{0, 1}));
    EXPECT_EQ(outcome->left_out[0].openings, 1);
    EXPECT_EQ(outcome->left_out[1].household, 2u);
    EXPECT_TRUE(outcome->left_out[1].no_pair);
}

TEST(Assignment, OfNobodyProposesNothing) {
    const auto outcome = assign({});
    ASSERT_TRUE(outcome);
    EXPECT_TRUE(outcome->proposals.empty());
}

TEST(Assignment, RefusesCostsBeyondCounting) {
    const auto outcome = assign({{0}, {false}, {1}, {{0, 0, std::int64_t{1} << 61}}});
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().id, "matching.too_large");
}

}  // namespace
}  // namespace ballast::matching
