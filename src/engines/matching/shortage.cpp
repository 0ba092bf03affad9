#include "matching/shortage.h"

#include <algorithm>

namespace ballast::matching {
namespace {

using Indices = std::vector<std::size_t>;

struct Graph {
    std::vector<Indices> people_of;  // of each household
    std::vector<Indices> posts_of;   // of each person: those that they can be paired with
    std::vector<Indices> placed_at;  // of each post: the people proposed for it
    std::vector<bool> in_work;       // of each household: by a proposal
};

Graph graph_of(const Problem& problem, const std::vector<Proposal>& proposals) {
    Graph out{std::vector<Indices>(problem.covered.size()), std::vector<Indices>(problem.household.size()),
              std::vector<Indices>(problem.openings.size()), std::vector<bool>(problem.covered.size())};
    for (std::size_t i = 0; i < problem.household.size(); ++i)
        out.people_of[problem.household[i]].push_back(i);
    for (const Pair& pair : problem.pairs) out.posts_of[pair.person].push_back(pair.post);
    for (const Proposal& one : proposals) {
        out.placed_at[one.post].push_back(one.person);
        out.in_work[problem.household[one.person]] = true;
    }
    return out;
}

/// Whatever could be freed for `household` by moving others: its people's posts, who sits there, what else
/// could take those people or others of their households, and so on. In a best assignment no opening is free
/// among them, and each household that sits there has this one worker only; otherwise one more household
/// would be in work.
void close_over(const Problem& problem, const Graph& graph, LeftOut& out) {
    std::vector<bool> household_seen(problem.covered.size()), post_seen(problem.openings.size());
    Indices waiting{out.household};
    household_seen[out.household] = true;
    while (!waiting.empty()) {
        const auto household = waiting.back();
        waiting.pop_back();
        out.rivals.push_back(household);
        for (const auto person : graph.people_of[household])
            for (const auto post : graph.posts_of[person]) {
                if (post_seen[post]) continue;
                post_seen[post] = true;
                out.posts.push_back(post);
                out.openings += problem.openings[post];
                for (const auto sitting : graph.placed_at[post]) {
                    const auto other = problem.household[sitting];
                    if (household_seen[other]) continue;
                    household_seen[other] = true;
                    waiting.push_back(other);
                }
            }
    }
    std::ranges::sort(out.rivals);
    std::ranges::sort(out.posts);
    INVARIANT(static_cast<std::int64_t>(out.rivals.size()) > out.openings);
}

}  // namespace

std::vector<LeftOut> left_out(const Problem& problem, const std::vector<Proposal>& proposals) {
    const Graph graph = graph_of(problem, proposals);
    std::vector<LeftOut> out;
    for (std::size_t i = 0; i < problem.covered.size(); ++i) {
        if (problem.covered[i] || graph.in_work[i] || graph.people_of[i].empty()) continue;
        LeftOut one{i, {}, {}, {}, 0};
        one.no_pair = std::ranges::all_of(graph.people_of[i], [&](std::size_t person) {
            return std::ranges::all_of(graph.posts_of[person],
                                       [&](std::size_t post) { return problem.openings[post] == 0; });
        });
        if (!one.no_pair) close_over(problem, graph, one);
        out.push_back(std::move(one));
    }
    return out;
}

}  // namespace ballast::matching
