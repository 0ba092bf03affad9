/// The areas between a figure's leaves (its villages, say) and a top, by level, so that a level is rolled up
/// by one walk over the level below. A parent is what the code says it is; where a level is skipped (东莞 has
/// no counties) the same code stands at both.
///
/// Built once for a division; may be shared between threads.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "areas/areas.h"

namespace ballast::indicators {

class Tree {
public:
    /// Every area at `leaves` inside `top`; where a branch ends above that level its last areas are no
    /// leaves.
    static Tree of(const areas::Division& division, AreaCode top, AreaLevel leaves);
    /// Of these leaves, whatever the division says: for figures of areas that exist no more.
    static Tree over(std::vector<AreaCode> leaves, AreaCode top, AreaLevel level);

    AreaLevel lowest() const { return lowest_; }
    AreaLevel highest() const { return highest_; }
    /// In order of code; `lowest() >= level >= highest()`.
    std::span<const AreaCode> at(AreaLevel level) const { return here(level).codes; }
    std::span<const AreaCode> leaves() const { return at(lowest_); }
    std::optional<std::size_t> find(AreaLevel level, AreaCode code) const;

    /// The children of the n-th area of a level are [first, last) of the level below.
    struct Range {
        std::size_t first, last;
    };
    Range children(AreaLevel level, std::size_t n) const {
        return {here(level).first_child[n], here(level).first_child[n + 1]};
    }
    /// Where the n-th area of a level hangs at the level above.
    std::size_t parent(AreaLevel level, std::size_t n) const { return here(level).parent[n]; }

private:
    struct Level {
        std::vector<AreaCode> codes;
        std::vector<std::uint32_t> first_child;  // one more than codes; of the leaves empty
        std::vector<std::uint32_t> parent;       // of the top empty
    };
    const Level& here(AreaLevel level) const {
        return levels_[static_cast<std::size_t>(lowest_) - static_cast<std::size_t>(level)];
    }

    AreaLevel lowest_ = AreaLevel::village, highest_ = AreaLevel::nation;
    std::vector<Level> levels_;  // the leaves first
};

}  // namespace ballast::indicators
