#include "matching/assignment.h"

#include <algorithm>

#include "matching/flow.h"
#include "matching/shortage.h"

namespace ballast::matching {
namespace {

void check(const Problem& problem) {
    for (const auto household : problem.household) INVARIANT(household < problem.covered.size());
    for (const auto openings : problem.openings) INVARIANT(openings >= 0);
    for (const Pair& pair : problem.pairs)
        INVARIANT(pair.person < problem.household.size() && pair.post < problem.openings.size() &&
                  pair.cost >= 0);
}

/// What a placed person and a household's first worker are worth, so that each outweighs all that comes after
/// it.
struct Worth {
    std::int64_t person = 0, household = 0;
};
Result<Worth> worth(const Problem& problem) {
    __int128 dearest = 0;
    for (const Pair& pair : problem.pairs) dearest = std::max(dearest, __int128{pair.cost});
    const auto people = static_cast<__int128>(problem.household.size());
    const __int128 person = people * dearest + 1;
    const __int128 household = people * person + 1;
    if (household >= std::int64_t{1} << 61) return invalid("matching.too_large");
    return Worth{static_cast<std::int64_t>(person), static_cast<std::int64_t>(household)};
}

/// Source → household → person → post → sink. A household is entered by two arcs, the first worth more than
/// the second, so that the cheapest flow fills the first one first.
struct Layout {
    std::size_t households, people, posts;
    std::size_t source() const { return 0; }
    std::size_t sink() const { return 1; }
    std::size_t household(std::size_t i) const { return 2 + i; }
    std::size_t person(std::size_t i) const { return 2 + households + i; }
    std::size_t post(std::size_t i) const { return 2 + households + people + i; }
    std::size_t nodes() const { return 2 + households + people + posts; }
};

Network network_of(const Problem& problem, const Layout& at, const Worth& worth) {
    Network out;
    const auto people = static_cast<std::int64_t>(at.people);
    out.supply.resize(at.nodes());
    out.supply[at.source()] = people;
    out.supply[at.sink()] = -people;
    // The pairs come first, so that what flows over pair i is on[i].
    for (const Pair& pair : problem.pairs)
        out.arcs.push_back({at.person(pair.person), at.post(pair.post), 0, 1, pair.cost});
    for (std::size_t i = 0; i < at.people; ++i)
        out.arcs.push_back({at.household(problem.household[i]), at.person(i), 0, 1, -worth.person});
    for (std::size_t i = 0; i < at.households; ++i) {
        if (!problem.covered[i]) out.arcs.push_back({at.source(), at.household(i), 0, 1, -worth.household});
        out.arcs.push_back({at.source(), at.household(i), 0, people, 0});
    }
    for (std::size_t i = 0; i < at.posts; ++i)
        out.arcs.push_back({at.post(i), at.sink(), 0, std::min(problem.openings[i], people), 0});
    out.arcs.push_back({at.source(), at.sink(), 0, people, 0});  // who gets no post
    return out;
}

std::vector<Proposal> proposals(const Problem& problem, const Flow& flow) {
    std::vector<Proposal> out;
    for (std::size_t i = 0; i < problem.pairs.size(); ++i)
        if (const Pair& pair = problem.pairs[i]; flow.on[i] > 0)
            out.push_back({pair.person, pair.post, pair.cost, false, {}});
    std::ranges::sort(out, {}, &Proposal::person);
    return out;
}

void mark_first(const Problem& problem, std::vector<Proposal>& proposals) {
    std::vector<Proposal*> cheapest(problem.covered.size(), nullptr);
    for (Proposal& one : proposals) {
        auto& best = cheapest[problem.household[one.person]];
        if (!best || one.cost < best->cost) best = &one;
    }
    for (std::size_t i = 0; i < cheapest.size(); ++i)
        if (cheapest[i] && !problem.covered[i]) cheapest[i]->first_of_household = true;
}

/// In the best assignment a cheaper post of somebody's is always full, or they would have it.
void name_cheaper(const Problem& problem, std::vector<Proposal>& proposals) {
    std::vector<Proposal*> of(problem.household.size(), nullptr);
    for (Proposal& one : proposals) of[one.person] = &one;
    for (const Pair& pair : problem.pairs)
        if (Proposal* one = of[pair.person]; one && pair.cost < one->cost)
            one->cheaper.push_back({pair.post, pair.cost});
    for (Proposal& one : proposals)
        std::ranges::sort(one.cheaper, [](const Cheaper& a, const Cheaper& b) {
            return std::pair(a.cost, a.post) < std::pair(b.cost, b.post);
        });
}

}  // namespace

Result<Outcome> assign(const Problem& problem) {
    check(problem);
    const Layout at{problem.covered.size(), problem.household.size(), problem.openings.size()};
    const Worth worth_of = TRY(worth(problem));
    Outcome out;
    out.proposals = proposals(problem, TRY(cheapest_flow(network_of(problem, at, worth_of))));
    mark_first(problem, out.proposals);
    name_cheaper(problem, out.proposals);
    for (const Proposal& one : out.proposals) out.cost += one.cost;
    out.left_out = left_out(problem, out.proposals);
    return out;
}

}  // namespace ballast::matching
