/// The form of a bulletin (简报): a contents list, columns (栏目), headlines `place | title` with their
/// bodies, the imprint. Plain prose without headlines is one item without one. All spans are half open, in
/// code points of the text as it is: nothing is rewritten, a paragraph broken by a page break is one span
/// over the break.
///
/// Works line by line and needs no knowledge of figures. Linear in the length of the text.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "figures/mention.h"

namespace ballast::figures {

struct Headline {
    Span line;
    Span place;  // empty when the headline names none
    Span title;
};

struct Item {
    std::optional<Headline> headline;
    std::optional<std::size_t> column;  // into Outline::columns
    std::vector<Span> paragraphs;       // joined over page breaks
};

/// A line of the contents list and the item it announces, if there is one.
struct Entry {
    Headline headline;
    std::optional<std::size_t> item;
};

struct Outline {
    std::vector<Entry> contents;
    std::vector<Span> contents_columns;
    std::vector<Span> columns;  // in the body
    std::vector<Item> items;
    std::vector<Span> imprint;  // its lines
};

Outline outline_of(std::u32string_view text);

}  // namespace ballast::figures
