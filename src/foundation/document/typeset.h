/// The tree cut into strips that can be put on pages and drawn. Lengths are points.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "document/lines.h"
#include "document/paging.h"

namespace ballast::document {

/// What a strip looks like; stands in the list at the place of its Strip.
struct Ink {
    std::function<void(cairo_t* canvas, double left, double top)> draw = {};
    std::vector<Line> notes = {};  // for the foot of the page
    std::string heading = {};      // an entry of the outline; "" for none
    int level = 0;
    /// Of a line of the contents list: which heading of the document (counted from 0) it names, and where its
    /// words end. The page is written behind them once it is known.
    std::optional<std::size_t> names_heading = {};
    double words_end = 0, baseline = 0;
};

struct Typeset {
    std::vector<Strip> strips = {};
    std::vector<Ink> inks = {};

    void add(Strip strip, Ink ink) {
        strips.push_back(std::move(strip));
        inks.push_back(std::move(ink));
    }
};

/// The lines of notes that `lines` bring to the foot of the page.
std::vector<Line> notes_of(const std::vector<Line>& lines, LineBreaker& breaker, double width);

/// A table as strips: a row each, or several that a spanning cell holds together. What is higher than a page
/// is cut between its lines.
enum class Rules : std::uint8_t { drawn, none };
void set_table(const Table& table, LineBreaker& breaker, double width, double page_height, Rules rules,
               double before, Typeset& out);

/// A text area of `width` and `height`.
Typeset typeset(const Document& document, LineBreaker& breaker, double width, double height);

}  // namespace ballast::document
