#include "figures/sum_groups.h"

#include <algorithm>
#include <iterator>

namespace ballast::figures {

// The figures that begin from `from` to `to`: a run, for they stand in the order of the text.
std::pair<Index, Index> SumGroups::between(std::size_t from, std::size_t to, const Sentence& in) const {
    const auto first_from = [&](Index low, std::size_t at) {
        Index high = in.last;
        while (low < high) {
            const Index middle = low + (high - low) / 2;
            if (start(middle) < at)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    };
    const Index first = first_from(in.first, from), last = first_from(first, to);
    prose_.count(last - first);
    return {first, last};
}

Group SumGroups::amounts(std::size_t from, std::size_t to, const Sentence& in) const {
    Group out;
    const auto [first, last] = between(from, to, in);
    for (Index i = first; i < last; ++i)
        if (part(i)) out.push_back(i);
    return out;
}

Group SumGroups::levels(std::size_t from, std::size_t to, const Sentence& in) const {
    Group out;
    const auto [first, last] = between(from, to, in);
    for (Index i = first; i < last; ++i)
        if (prose_.level(i) && !prose_.change(i) && (!prose_.rate(i) || contains(prose_.label(i), U"人均")))
            out.push_back(i);
    return out;
}

Group SumGroups::like(const Group& group, std::string_view unit) const {
    Group out;
    std::copy_if(group.begin(), group.end(), std::back_inserter(out),
                 [&](Index i) { return prose_.unit(i) == unit; });
    return out;
}

void SumGroups::refuse_unlike(const Group& column) {
    used_.any.insert(column.begin(), column.end());
    Finding finding{.verdict = Verdict::warn,
                    .check = "C1",
                    .where = {},
                    .printed = {},
                    .computed = {},
                    .candidates = {},
                    .reason = "figures.unlike_units"};
    std::string odd, usual = prose_.at(column[0]).unit;
    for (const Index i : column) {
        finding.where.push_back(prose_.at(i).span);
        if (prose_.unit(i) != prose_.unit(column[0])) odd = prose_.at(i).unit;
    }
    std::sort(finding.where.begin(), finding.where.end(), [](Span a, Span b) { return a.start < b.start; });
    finding.printed = odd;
    finding.computed = usual;
    out_.add(std::move(finding));
}

Group SumGroups::whole_of(Index total, Group parts) {
    parts.insert(parts.begin(), total);
    return parts;
}

void SumGroups::add_sum(const Group& all) {
    used_.any.insert(all.begin(), all.end());
    used_.as_parts.insert(all.begin() + 1, all.end());
    out_.add(Relation{Law::sum, "C1", all, Verdict::fails, "figures.sum"});
}

bool SumGroups::decide(const Group& all, bool whole) {
    // Numbers first: most groups are no sum, and the words of long ones cost more.
    const bool slipped = repairable(all);
    if (!slipped && !near(all)) return false;
    if (whole || complementary(prose_, Group(all.begin() + 1, all.end()))) return add_sum(all), true;
    if (!slipped || overlapping(prose_, Group(all.begin() + 1, all.end()))) return false;
    if (!telling(prose_, all)) return false;
    return add_sum(all), true;
}

void SumGroups::bound(const Group& all) {
    for (std::size_t p = 1; p < all.size(); ++p)
        out_.add(Relation{Law::at_most, "C2", {all[p], all[0]}, Verdict::fails, "figures.part"});
}

}  // namespace ballast::figures
