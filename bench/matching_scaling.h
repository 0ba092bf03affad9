/// LEMON's cost scaling, for the bench. In a source of its own, because LEMON 1.3 compiles it only up to
/// C++17.
#pragma once

#include <cstdint>
#include <vector>

struct PlainArc {
    int from, to;
    std::int64_t cost;  // of the one unit that it carries
};

/// The cost of the cheapest flow that takes all of `supply` away; -1 when there is none.
std::int64_t cost_by_scaling(const std::vector<std::int64_t>& supply, const std::vector<PlainArc>& arcs);
