/// Lists in running text: A、B和C.
#pragma once

#include <vector>

#include "figures/check_prose.h"

namespace ballast::figures {

/// The items of a list joined by 、 and, before the last, by 和.
struct List {
    Span span;
    std::vector<Text> items;
    bool last_pair = false;  // the last item holds a 和 that may or may not part two

    std::size_t least() const { return items.size(); }
    std::size_t most() const { return items.size() + (last_pair ? 1 : 0); }
    bool of(std::size_t n) const { return n == least() || n == most(); }
};

List list_in(const Prose& prose, Span span);
/// Without empty items.
std::vector<Text> split(Text words, Text separators);

}  // namespace ballast::figures
