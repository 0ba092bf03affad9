/// Groups of figures that may be a total and its parts: gathered, judged, and added as sums.
#pragma once

#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "figures/check_sums.h"

namespace ballast::figures {

using Group = std::vector<Index>;

/// The figures of a paragraph that are in a sum already.
struct InSums {
    std::set<Index> any, as_parts;
};

class SumGroups {
public:
    SumGroups(const Prose& prose, Findings& out, InSums& used) : prose_(prose), out_(out), used_(used) {}

protected:
    /// A level, printed as it is: no growth, no average, no bound.
    bool part(Index i) const { return prose_.level(i) && !prose_.change(i) && !prose_.rate(i); }
    std::size_t start(Index i) const { return prose_.at(i).span.start; }

    std::pair<Index, Index> between(std::size_t from, std::size_t to, const Sentence& in) const;
    Group amounts(std::size_t from, std::size_t to, const Sentence& in) const;
    /// As amounts, and what each has on average: 人均可支配收入 is the sum of its kinds too.
    Group levels(std::size_t from, std::size_t to, const Sentence& in) const;
    Group like(const Group& group, std::string_view unit) const;

    static Group whole_of(Index total, Group parts);
    bool adds_up(const Group& all) const { return adds(prose_, all); }
    bool near(const Group& all) const { return nearly_adds(prose_, all); }
    bool repairable(const Group& all) const { return one_slip_short(prose_, Law::sum, all); }

    void add_sum(const Group& all);
    /// Parts that may be only some: a sum is meant when one digit is all that keeps it from adding up.
    bool decide(const Group& all, bool whole);
    /// Each part is at most the total.
    void bound(const Group& all);
    void refuse_unlike(const Group& column);

    const Prose& prose_;
    Findings& out_;
    InSums& used_;
};

/// Totals before their parts: 其中, 包括, 分为, 由…组成, （…）.
class PartsInside : SumGroups {
public:
    using SumGroups::SumGroups;
    void read(const Sentence& sentence, const Sentence* before);

private:
    struct Cue {
        Text word;
        bool whole;  // says by itself that the parts are all there are
    };

    void open(const Cue& cue, std::size_t at, const Sentence& sentence, const Sentence* before);
    void single(const Cue& cue, const Group& heads, const Group& near_parts, const Group& far_parts,
                bool inside);
    bool columns(const Group& heads, const Group& parts);
    bool unit_slipped(const Group& totals, const Group& parts, Index odd) const;
    void split(const Group& totals, const Group& parts, const Group& unlike);
    bool twice_divided(const Group& all);
    bool other_slot(Index total, const Group& parts);
    void other_unit(const Group& heads, const Group& parts);

    bool composed(std::size_t from, std::size_t to) const;
    bool counts_people(Index i) const;
    bool open_list(Index last) const { return bare(prose_.tail(last)).starts_with(U"等"); }
    Group outside_brackets(std::size_t from, std::size_t to, const Group& group) const;
    std::size_t find(Text word, std::size_t from, std::size_t to) const;
    std::size_t rfind(Text any, std::size_t from, std::size_t before) const;
    std::size_t rfind_stop(std::size_t from, std::size_t before) const;
};

}  // namespace ballast::figures
