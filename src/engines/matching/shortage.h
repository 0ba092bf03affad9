/// Why a household stays without work: nobody of it fits any post, or more households want a set of posts
/// than these have openings (the condition of Hall, read off the best assignment).
#pragma once

#include "matching/assignment.h"

namespace ballast::matching {

/// The households that are not covered and have people, but no proposal. `proposals` are those of a best
/// assignment.
std::vector<LeftOut> left_out(const Problem& problem, const std::vector<Proposal>& proposals);

}  // namespace ballast::matching
