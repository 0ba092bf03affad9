/// Figures that are not printed but that a reader could reckon from those that are: a total in one article,
/// its parts in another; or all households in one and those with a toilet in another, and so those without
/// one. Whole = sum of parts is all a reader needs. Pure.
#pragma once

#include "bulletin/platform_data.h"

namespace ballast::bulletin {

struct Sum {
    std::size_t whole;
    std::vector<std::size_t> parts;
};
/// Which of the figures that are not told follow from those that are told and from the sums; ascending.
std::vector<std::size_t> reckonable(const std::vector<bool>& told, const std::vector<Sum>& sums);

/// A small figure that the snapshots together give away.
struct GivenAway {
    std::string query, key;  // key as in `snapshot`
    std::size_t snapshot;    // index of one in which it is kept back
};
/// The snapshots of one day, or of one period, are held together by what they count and where, with what is a
/// part of it (DataQuery::part_of); `others` only where they stand beside one of `own`. Indices count `own`,
/// then `others`. Of what a part leaves of the whole, the part is named.
std::optional<GivenAway> given_away(const std::vector<Snapshot>& own, const std::vector<Snapshot>& others);

/// Tells fewer parts of `drafted`, first those that leave a small rest, then the smallest, until it gives
/// nothing away beside the others. False when no telling of fewer parts is enough.
bool keep_back_beside(Snapshot& drafted, const std::vector<Snapshot>& others);

}  // namespace ballast::bulletin
