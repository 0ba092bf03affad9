#include "matching_scaling.h"

#include <lemon/cost_scaling.h>
#include <lemon/smart_graph.h>

std::int64_t cost_by_scaling(const std::vector<std::int64_t>& supply, const std::vector<PlainArc>& arcs) {
    using Graph = lemon::SmartDigraph;
    Graph graph;
    for (std::size_t i = 0; i < supply.size(); ++i) graph.addNode();
    Graph::NodeMap<std::int64_t> supplies(graph);
    for (std::size_t i = 0; i < supply.size(); ++i)
        supplies[Graph::nodeFromId(static_cast<int>(i))] = supply[i];
    graph.reserveArc(static_cast<int>(arcs.size()));
    for (const PlainArc& arc : arcs) graph.addArc(Graph::nodeFromId(arc.from), Graph::nodeFromId(arc.to));
    Graph::ArcMap<std::int64_t> cost(graph), upper(graph, 1);
    for (std::size_t i = 0; i < arcs.size(); ++i) cost[Graph::arcFromId(static_cast<int>(i))] = arcs[i].cost;
    lemon::CostScaling<Graph, std::int64_t, std::int64_t> method(graph);
    method.upperMap(upper).costMap(cost).supplyMap(supplies);
    if (method.run() != decltype(method)::OPTIMAL) return -1;
    return method.totalCost<std::int64_t>();
}
