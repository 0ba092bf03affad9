/// Small counts hidden so that nobody is recognised: counts of 1 to 4 above the village (domain 7.4), and
/// with each of them another cell wherever a sum that is shown would give it away.
///
/// All hidden cells look alike to the reader: which of them is the small one is not told.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace ballast::indicators {

inline constexpr std::int64_t smallest_shown = 5;
constexpr bool small(std::int64_t count) { return count > 0 && count < smallest_shown; }

/// counts[total] is the sum of counts[parts].
struct Equation {
    std::size_t total;
    std::vector<std::size_t> parts;
};

/// Which of the counts to hide. Absent counts (measure.h) are not shown in any case. For counts whose
/// equations form trees (areas in areas): afterwards no hidden count follows from those that are shown.
std::vector<bool> hidden(std::span<const std::int64_t> counts, std::span<const Equation> sums);

}  // namespace ballast::indicators
