/// People to posts, of all assignments the best by three questions in this order: that as many households as
/// posts allow have somebody in work; that as many people as posts allow have a post; that what the pairs
/// cost is least.
///
/// It proposes; a person decides. What a pair costs and which pairs cannot be is for the caller to say.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/result.h"

namespace ballast::matching {

/// Somebody of a household could fill an opening of a post.
struct Pair {
    std::size_t person = 0, post = 0;
    std::int64_t cost = 0;  // not negative; any unit, the same for all pairs
};

struct Problem {
    std::vector<std::size_t> household;  // of each person, counted from 0
    std::vector<bool> covered;           // of each household: somebody is in work already
    std::vector<std::int64_t> openings;  // of each post
    std::vector<Pair> pairs;
};

/// A post that would have cost this person less, and has no opening left.
struct Cheaper {
    std::size_t post = 0;
    std::int64_t cost = 0;
};
struct Proposal {
    std::size_t person = 0, post = 0;
    std::int64_t cost = 0;
    bool first_of_household = false;  // nobody of it was in work, and this is the cheapest of its proposals
    std::vector<Cheaper> cheaper;     // the cheapest first
};

/// A household without work that gets no proposal.
struct LeftOut {
    std::size_t household = 0;
    /// Nobody of it can be paired with any post.
    bool no_pair = false;
    /// Else why nothing can be moved for it: these households have nobody in work but through these posts,
    /// and they are more than the posts have openings. Both in rising order.
    std::vector<std::size_t> rivals, posts;
    std::int64_t openings = 0;  // of those posts
};

struct Outcome {
    std::vector<Proposal> proposals;  // in order of person; each person at most once
    std::vector<LeftOut> left_out;    // in order of household
    std::int64_t cost = 0;            // of all proposals
};

/// Errors: invalid "matching.too_large": people × dearest pair leaves 64 bits. An index or cost out of range
/// is the caller's fault and breaks an INVARIANT.
Result<Outcome> assign(const Problem& problem);

}  // namespace ballast::matching
