/// Where a plot lies and which animals are meant: rings of coordinates and ranges of ear tags, and whether
/// two of them have something in common.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace ballast::insurance {

/// Longitude and latitude in degrees, in order round the plot.
using Ring = std::vector<std::pair<double, double>>;

/// "103.10 27.50; 103.11 27.50; 103.11 27.51". Errors, invalid: "insurance.bad_ring": fewer than three
/// corners, not in China, or crossing itself.
Result<Ring> parse_ring(std::string_view text);
std::string written(const Ring& ring);
/// Common ground of more than a sliver: two neighbours measured by hand meet on a line that is never quite
/// one. `sliver` is a part of the smaller plot: 0.02 [assumed].
bool overlap(const Ring& a, const Ring& b, double sliver = 0.02);

/// Ear tags are numbers of 15 digits; from, to, both included.
struct TagRange {
    std::int64_t from, to;
    std::int64_t count() const { return to - from + 1; }
    friend bool operator==(const TagRange&, const TagRange&) = default;
};
/// "156134310000001-156134310000037, 156134310000101". Error, invalid: "insurance.bad_tags".
Result<std::vector<TagRange>> parse_tags(std::string_view text);
std::string written(const std::vector<TagRange>& tags);
bool overlap(const std::vector<TagRange>& a, const std::vector<TagRange>& b);
std::int64_t count(const std::vector<TagRange>& tags);

}  // namespace ballast::insurance
