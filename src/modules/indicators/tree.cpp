#include "indicators/tree.h"

#include <algorithm>

namespace ballast::indicators {
namespace {

void collect(const areas::Division& division, AreaCode area, AreaLevel wanted, std::vector<AreaCode>& out) {
    if (area.level() == wanted) return out.push_back(area);
    for (const auto& child : division.children(area)) collect(division, child.code, wanted, out);
}

}  // namespace

Tree Tree::of(const areas::Division& division, AreaCode top, AreaLevel leaves) {
    std::vector<AreaCode> codes;
    collect(division, top, leaves, codes);
    return over(std::move(codes), top, leaves);
}

Tree Tree::over(std::vector<AreaCode> leaves, AreaCode top, AreaLevel level) {
    INVARIANT(top.level() <= level);
    std::ranges::sort(leaves);
    leaves.erase(std::unique(leaves.begin(), leaves.end()), leaves.end());
    Tree out;
    out.lowest_ = level;
    out.highest_ = top.level();
    out.levels_.push_back({std::move(leaves), {}, {}});
    for (auto above = level; above != out.highest_;) {
        above = static_cast<AreaLevel>(static_cast<int>(above) - 1);
        auto& below = out.levels_.back();
        Level made;
        // A code's beginning is its parent's, so in order of code the children of one area stand together.
        for (std::uint32_t n = 0; n < below.codes.size(); ++n) {
            const auto parent = below.codes[n].at(above);
            if (made.codes.empty() || made.codes.back() != parent) {
                made.codes.push_back(parent);
                made.first_child.push_back(n);
            }
            below.parent.push_back(static_cast<std::uint32_t>(made.codes.size() - 1));
        }
        made.first_child.push_back(static_cast<std::uint32_t>(below.codes.size()));
        out.levels_.push_back(std::move(made));
    }
    return out;
}

std::optional<std::size_t> Tree::find(AreaLevel level, AreaCode code) const {
    if (level > lowest_ || level < highest_) return std::nullopt;
    const auto& codes = here(level).codes;
    const auto found = std::ranges::lower_bound(codes, code);
    if (found == codes.end() || *found != code) return std::nullopt;
    return static_cast<std::size_t>(found - codes.begin());
}

}  // namespace ballast::indicators
