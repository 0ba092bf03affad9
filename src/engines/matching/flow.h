/// A flow of least cost through a network, by the network simplex method (LEMON). Costs, capacities and
/// amounts are integers, so the answer is exact; no floating point comes near them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/result.h"

namespace ballast::matching {

struct Arc {
    std::size_t from = 0, to = 0;  // nodes, counted from 0
    std::int64_t lower = 0, upper = 0;
    std::int64_t cost = 0;  // for each unit that flows; may be negative
};

struct Network {
    std::vector<std::int64_t>
        supply;  // of each node: what enters there, or leaves when negative; they sum to 0
    std::vector<Arc> arcs;
};

struct Flow {
    std::int64_t cost = 0;
    std::vector<std::int64_t> on;  // of each arc, between its bounds
};

/// The cheapest flow that carries every supply away; which one, when several cost the same, is always the
/// same.
///
/// Errors:
///   invalid "matching.no_flow"    what enters cannot leave: bounds or supplies contradict each other
///   invalid "matching.too_large"  costs so large that their sums leave 64 bits
Result<Flow> cheapest_flow(const Network& network);

}  // namespace ballast::matching
