// People to posts: the best assignment with its reasons, as the program makes it, beside LEMON's other
// algorithm for the bare flow (cost scaling) and a greedy hand-out (the cheapest pair first); in one run, on
// the same pairs. CPU time, the median of five.
//
//   matching_bench [people]       700 by default, to as many posts
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <functional>

#include "base/rng.h"
#include "matching/assignment.h"
#include "matching_scaling.h"

namespace {

using namespace ballast;
using namespace ballast::matching;

constexpr int times = 5;

double milliseconds(const std::function<void()>& work) {
    std::vector<double> out;
    for (int i = 0; i < times; ++i) {
        const auto begun = std::clock();
        work();
        out.push_back(static_cast<double>(std::clock() - begun) * 1e3 / CLOCKS_PER_SEC);
    }
    std::ranges::sort(out);
    return out[times / 2];
}

/// Every person could fill every post. People and posts lie on a map, want and ask for one of twenty trades
/// and a wage.
Problem everybody_everywhere(std::size_t n) {
    Rng rng(7);
    struct Side {
        std::int64_t x, y, trade, wage;
    };
    const auto draw = [&] {
        return Side{rng.between(0, 300), rng.between(0, 300), rng.between(1, 20), rng.between(15, 60)};
    };
    Problem out;
    std::vector<Side> people, posts;
    for (std::size_t i = 0; i < n; ++i) {
        people.push_back(draw());
        posts.push_back(draw());
        out.household.push_back(i / 2);  // two of each household
        out.openings.push_back(1);
    }
    out.covered.assign((n + 1) / 2, false);
    for (std::size_t i = 0; i < n; ++i)
        for (std::size_t j = 0; j < n; ++j) {
            const Side &a = people[i], &b = posts[j];
            const auto far = std::abs(a.x - b.x) + std::abs(a.y - b.y);
            const auto less = std::max<std::int64_t>(0, a.wage - b.wage) * 10;
            out.pairs.push_back({i, j, far + less + (a.trade == b.trade ? 0 : 200)});
        }
    return out;
}

/// Costs without any pattern.
Problem drawn(std::size_t n) {
    Problem out = everybody_everywhere(n);
    Rng rng(8);
    for (Pair& pair : out.pairs) pair.cost = rng.between(1, 1000);
    return out;
}

/// A quarter as many openings: most are left out, and why is worked out for each.
Problem too_few(std::size_t n) {
    Problem out = everybody_everywhere(n);
    for (std::size_t j = 0; j < n; ++j) out.openings[j] = j % 4 == 0 ? 1 : 0;
    std::erase_if(out.pairs, [](const Pair& pair) { return pair.post % 4 != 0; });
    return out;
}

std::int64_t greedy(const Problem& problem) {
    auto pairs = problem.pairs;
    std::ranges::sort(pairs, {}, &Pair::cost);
    auto openings = problem.openings;
    std::vector<bool> placed(problem.household.size());
    std::int64_t cost = 0;
    for (const Pair& pair : pairs) {
        if (placed[pair.person] || openings[pair.post] == 0) continue;
        placed[pair.person] = true;
        --openings[pair.post];
        cost += pair.cost;
    }
    return cost;
}

std::int64_t scaling(const Problem& problem) {
    std::vector<PlainArc> arcs;
    std::vector<std::int64_t> supply(problem.household.size(), 1);
    for (const auto openings : problem.openings) supply.push_back(-openings);
    for (const Pair& pair : problem.pairs)
        arcs.push_back({static_cast<int>(pair.person), static_cast<int>(problem.household.size() + pair.post),
                        pair.cost});
    return cost_by_scaling(supply, arcs);
}

void row(const char* name, const Problem& problem, bool balanced) {
    Outcome outcome;
    std::int64_t scaled = 0, handed = 0;
    const auto simplex_ms = milliseconds([&] { outcome = std::move(assign(problem)).value(); });
    const auto greedy_ms = milliseconds([&] { handed = greedy(problem); });
    std::printf("%-28s assign %8.1f ms (cost %lld, %zu proposals, %zu households left out)\n", name,
                simplex_ms, static_cast<long long>(outcome.cost), outcome.proposals.size(),
                outcome.left_out.size());
    if (balanced) {
        const auto scaling_ms = milliseconds([&] { scaled = scaling(problem); });
        std::printf("%-28s cost scaling %3.1f ms (cost %lld)%s\n", "", scaling_ms,
                    static_cast<long long>(scaled), scaled == outcome.cost ? "" : "  DIFFERS");
    }
    std::printf("%-28s greedy %8.1f ms (cost %lld)\n", "", greedy_ms, static_cast<long long>(handed));
}

}  // namespace

int main(int count, char** arguments) {
    const auto n = static_cast<std::size_t>(count > 1 ? std::atoll(arguments[1]) : 700);
    std::printf("%zu people, %zu posts; CPU time, median of %d\n", n, n, times);
    row("skill, distance, wage", everybody_everywhere(n), true);
    row("drawn at random", drawn(n), true);
    row("a quarter of the posts", too_few(n), false);
}
