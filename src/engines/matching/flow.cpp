#include "matching/flow.h"

#include <lemon/network_simplex.h>
#include <lemon/smart_graph.h>

#include <numeric>

namespace ballast::matching {
namespace {

// The method adds arcs that cost more than any path, and sums costs along paths: nodes × dearest arc must be
// far from the end of 64 bits; so must the cost of all arcs filled to their bounds.
Result<void> check_size(const Network& network) {
    constexpr __int128 end = std::int64_t{1} << 61;
    __int128 dearest = 0, all = 0;
    for (const Arc& arc : network.arcs) {
        const __int128 cost = arc.cost < 0 ? -__int128{arc.cost} : __int128{arc.cost};
        const __int128 most = std::max(__int128{arc.upper}, -__int128{arc.lower});
        dearest = std::max(dearest, cost);
        // One arc's own product can be larger than what 128 bits hold in sum; stop before.
        if (cost * most >= end) return invalid("matching.too_large");
        all += cost * most;
    }
    if (dearest * static_cast<__int128>(network.supply.size() + 2) >= end || all >= end)
        return invalid("matching.too_large");
    return {};
}

}  // namespace

Result<Flow> cheapest_flow(const Network& network) {
    TRY(check_size(network));
    using Graph = lemon::SmartDigraph;
    Graph graph;
    graph.reserveNode(static_cast<int>(network.supply.size()));
    graph.reserveArc(static_cast<int>(network.arcs.size()));
    for (std::size_t i = 0; i < network.supply.size(); ++i) graph.addNode();
    Graph::ArcMap<std::int64_t> lower(graph), upper(graph), cost(graph);
    for (const Arc& arc : network.arcs) {
        INVARIANT(arc.from < network.supply.size() && arc.to < network.supply.size());
        const auto added = graph.addArc(Graph::nodeFromId(static_cast<int>(arc.from)),
                                        Graph::nodeFromId(static_cast<int>(arc.to)));
        lower[added] = arc.lower;
        upper[added] = arc.upper;
        cost[added] = arc.cost;
    }
    Graph::NodeMap<std::int64_t> supply(graph);
    for (std::size_t i = 0; i < network.supply.size(); ++i)
        supply[Graph::nodeFromId(static_cast<int>(i))] = network.supply[i];
    // A supply that nobody takes up would be allowed to stay where it is (LEMON's "GEQ"); here all of it must
    // flow.
    if (std::accumulate(network.supply.begin(), network.supply.end(), __int128{0}) != 0)
        return invalid("matching.no_flow", "the supplies do not sum to zero");

    using Simplex = lemon::NetworkSimplex<Graph, std::int64_t, std::int64_t>;
    Simplex simplex(graph);
    simplex.lowerMap(lower).upperMap(upper).costMap(cost).supplyMap(supply);
    if (simplex.run() != Simplex::OPTIMAL) return invalid("matching.no_flow");
    Flow flow;
    flow.cost = simplex.totalCost<std::int64_t>();
    flow.on.reserve(network.arcs.size());
    for (std::size_t i = 0; i < network.arcs.size(); ++i)
        flow.on.push_back(simplex.flow(Graph::arcFromId(static_cast<int>(i))));
    return flow;
}

}  // namespace ballast::matching
