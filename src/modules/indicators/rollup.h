/// Figures by area added up, level by level, to the top. Exact: whole numbers, in any order; after every
/// roll-up and re-roll the sum of an area is that of its children. Beside each sum stands how many of the
/// leaves below have reported, for a sum of half of the villages is not that of the county.
#pragma once

#include "indicators/measure.h"
#include "indicators/tree.h"

namespace ballast::indicators {

struct Rolled {
    Measure measure;
    /// The leaves first, then the level above them, as in the tree. Where nobody reported the sum is absent.
    struct Level {
        std::vector<std::int64_t> sums;
        std::vector<std::uint32_t> reported;
    };
    std::vector<Level> levels;

    const Level& at(const Tree& tree, AreaLevel level) const {
        return levels[static_cast<std::size_t>(tree.lowest()) - static_cast<std::size_t>(level)];
    }
};

/// The column has a value for each leaf of the tree. Error: invalid "indicators.too_large" {value, unit}: a
/// sum that does not fit; nothing is cut off in silence.
Result<Rolled> roll_up(const Tree& tree, const Column& column);

/// One leaf has changed: only its ancestors are touched. Error: as `roll_up`, and nothing has changed then.
Result<void> re_roll(const Tree& tree, Rolled& rolled, std::size_t leaf, std::int64_t value);

}  // namespace ballast::indicators
