// Flows of least cost: small networks by hand, and the published optima of ../shared/data/flow when they are
// there.
#include "matching/flow.h"

#include <gtest/gtest.h>

#include "matching/published_instances.h"

namespace ballast::matching {
namespace {

struct Published {
    std::string file, kind;
    std::int64_t optimum;
};

/// "file,problem,optimum,..."; the one whose optimum is "flow 32, cost 193" says it in words.
std::vector<Published> published() {
    std::vector<Published> out;
    std::ifstream in(BALLAST_SOURCE_DIR "/../shared/data/flow/EXPECTED.csv");
    std::string line;
    std::getline(in, line);
    while (std::getline(in, line)) {
        const auto first = line.find(','), second = line.find(',', first + 1);
        std::string optimum = line.substr(second + 1, 40);
        if (const auto cost = optimum.find("cost "); cost != std::string::npos)
            optimum = optimum.substr(cost + 5);
        out.push_back(
            {line.substr(0, first), line.substr(first + 1, second - first - 1), std::stoll(optimum)});
    }
    return out;
}

TEST(Flow, ReachesThePublishedOptima) {
    const auto cases = published();
    if (cases.empty()) GTEST_SKIP() << "no published instances in ../shared/data/flow";
    for (const auto& one : cases) {
        const std::string path = BALLAST_SOURCE_DIR "/../shared/data/flow/" + one.file;
        const auto network = one.kind == "LAP" ? read_assignment(path) : read_dimacs(path);
        ASSERT_FALSE(network.arcs.empty()) << one.file;
        const auto flow = cheapest_flow(network);
        ASSERT_TRUE(flow) << one.file;
        EXPECT_EQ(flow->cost, one.optimum) << one.file;
        // The flow itself costs what it says, keeps its bounds, and carries everything away.
        std::int64_t cost = 0;
        auto left = network.supply;
        for (std::size_t i = 0; i < network.arcs.size(); ++i) {
            const Arc& arc = network.arcs[i];
            EXPECT_TRUE(arc.lower <= flow->on[i] && flow->on[i] <= arc.upper);
            cost += arc.cost * flow->on[i];
            left[arc.from] -= flow->on[i];
            left[arc.to] += flow->on[i];
        }
        EXPECT_EQ(cost, one.optimum) << one.file;
        EXPECT_EQ(left, std::vector<std::int64_t>(left.size())) << one.file;
    }
}

TEST(Flow, TakesTheCheaperOfTwoWaysUntilItIsFull) {
    const auto flow = cheapest_flow({{3, 0, -3}, {{0, 2, 0, 2, 1}, {0, 1, 0, 9, 1}, {1, 2, 0, 9, 2}}});
    ASSERT_TRUE(flow);
    EXPECT_EQ(flow->on, (std::vector<std::int64_t>{2, 1, 1}));
    EXPECT_EQ(flow->cost, 5);
}

TEST(Flow, RefusesWhatCannotLeave) {
    const auto narrow = cheapest_flow({{3, -3}, {{0, 1, 0, 2, 1}}});
    ASSERT_FALSE(narrow);
    EXPECT_EQ(narrow.error().id, "matching.no_flow");
    const auto kept = cheapest_flow({{3, -2}, {{0, 1, 0, 5, 1}}});
    ASSERT_FALSE(kept);
    EXPECT_EQ(kept.error().id, "matching.no_flow");
}

TEST(Flow, RefusesCostsWhoseSumLeaves64Bits) {
    const auto flow = cheapest_flow({{1, -1}, {{0, 1, 0, 1, std::int64_t{1} << 61}}});
    ASSERT_FALSE(flow);
    EXPECT_EQ(flow.error().id, "matching.too_large");
}

}  // namespace
}  // namespace ballast::matching
