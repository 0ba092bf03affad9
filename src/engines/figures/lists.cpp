#include "figures/lists.h"

namespace ballast::figures {

std::vector<Text> split(Text words, Text separators) {
    std::vector<Text> out;
    for (std::size_t from = 0;;) {
        const std::size_t to = words.find_first_of(separators, from);
        const Text item = bare(words.substr(from, to == Text::npos ? Text::npos : to - from));
        if (!item.empty()) out.push_back(item);
        if (to == Text::npos) return out;
        from = to + 1;
    }
}

List list_in(const Prose& prose, Span span) {
    List list{.span = span, .items = split(prose.of(span), U"、"), .last_pair = false};
    if (list.items.empty()) return list;
    Text& last = list.items.back();
    for (const Text word : {Text(U"以及"), Text(U"和"), Text(U"与"), Text(U"及")}) {
        const std::size_t at = last.find(word);
        if (at == Text::npos || at + word.size() >= last.size()) continue;
        if (at == 0) {  // 、和 C
            last = bare(last.substr(word.size()));
            break;
        }
        const Text left = bare(last.substr(0, at)), right = bare(last.substr(at + word.size()));
        if (list.items.size() == 1) break;
        const std::size_t usual = list.items[list.items.size() - 2].size();
        const auto alike = [&](Text t) { return t.size() <= usual + 2 && usual <= t.size() + 2; };
        if (alike(left) && alike(right) && (usual <= 6 || last.size() > usual + usual / 2)) {
            last = left;
            list.items.push_back(right);
        } else {
            list.last_pair = true;
        }
        break;
    }
    return list;
}

}  // namespace ballast::figures
