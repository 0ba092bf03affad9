/// Which part of a document stands on which page, and where: pure numbers, without fonts. The typesetter cuts
/// the tree into strips (a line of a paragraph, a row of a table, a picture), and here they are put one below
/// the other. Lengths are points, measured downwards.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

namespace ballast::document {

struct Strip {
    double height = 0;
    double before = 0;            // space above it; dropped at the top of a page
    bool keep_with_next = false;  // stands on the page of the next strip
    bool new_page = false;        // begins one
    /// The strips to repeat above this one when it is the first on its page: the heading rows of its
    /// table. Indices into the same list; empty for none.
    std::shared_ptr<const std::vector<std::size_t>> repeated = {};
    double note_height = 0;  // of the notes that this strip brings to the foot of its page
};

struct Placed {
    std::size_t strip;   // index
    double y;            // of its upper edge, from the top of the text area
    bool again = false;  // a heading row that is repeated
};

using Page = std::vector<Placed>;

/// At least one page. `note_gap` is what a page with notes needs above the first of them. Strips that are to
/// be kept together but are higher than a page are not; a strip that is higher than a page has one of its
/// own.
std::vector<Page> paged(const std::vector<Strip>& strips, double height, double note_gap);

}  // namespace ballast::document
