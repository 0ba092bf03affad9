#include "figures/sum_groups.h"

#include <algorithm>
#include <iterator>

namespace ballast::figures {

bool SumGroups::is_base(Index i) const {
    return i + 1 < prose_.mentions.size() && prose_.percent(i + 1) && bare(prose_.between(i, i + 1)) == U"的";
}

bool SumGroups::is_window(Index i) const {
    if (prose_.at(i).kind != Kind::duration) return false;
    const Text behind = bare(prose_.tail(i));
    return behind.starts_with(U"平均") || behind.starts_with(U"年均") || behind.starts_with(U"以来") ||
           behind.starts_with(U"来");
}

bool SumGroups::exact(Index i) const {
    const Qualifier q = prose_.at(i).qualifier;
    return q == Qualifier::none || q == Qualifier::eq || q == Qualifier::target || q == Qualifier::increase ||
           q == Qualifier::decrease;
}

Group SumGroups::amounts(std::size_t from, std::size_t to, const Sentence& in) const {
    Group out;
    for (Index i = in.first; i < in.last; ++i)
        if (start(i) >= from && start(i) < to && part(i)) out.push_back(i);
    return out;
}

Group SumGroups::levels(std::size_t from, std::size_t to, const Sentence& in) const {
    Group out;
    for (Index i = in.first; i < in.last; ++i)
        if (start(i) >= from && start(i) < to && prose_.amount(i) && exact(i) && !prose_.change(i) &&
            !is_base(i) && !is_window(i) && (!prose_.rate(i) || contains(prose_.label(i), U"人均")))
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
    const bool complete = whole || complementary(prose_, Group(all.begin() + 1, all.end()));
    if (complete && (near(all) || repairable(all))) return add_sum(all), true;
    if (overlapping(prose_, Group(all.begin() + 1, all.end()))) return false;
    if (!repairable(all)) return false;
    if (!telling(prose_, all)) return false;
    return add_sum(all), true;
}

void SumGroups::bound(const Group& all) {
    for (std::size_t p = 1; p < all.size(); ++p)
        out_.add(Relation{Law::at_most, "C2", {all[p], all[0]}, Verdict::fails, "figures.part"});
}

}  // namespace ballast::figures
