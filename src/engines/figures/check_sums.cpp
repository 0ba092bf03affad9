// C1 and C2: totals and their parts. A sum is only asked for where the text says that the parts make up the
// whole, or where their sum shows it; 其中 alone opens parts that may be some of many.
#include "figures/check_sums.h"

#include <algorithm>

#include "figures/sum_groups.h"

namespace ballast::figures {
namespace {

// Parts before their total (共, 合计), divisions (按…分, 分…看), and labels that divide a whole by
// themselves.
class Totals : SumGroups {
public:
    using SumGroups::SumGroups;

    void read(const Sentence& sentence, const Sentence* before, const Paragraph& paragraph) {
        read_totals(sentence);
        read_divided(sentence, before, paragraph);
    }

    void read_complements(const Paragraph& paragraph) {
        Group run;
        for (Index i = paragraph.first; i < paragraph.last; ++i) {
            if (!part(i)) continue;
            Group longer = run;
            longer.push_back(i);
            if (!run.empty() && prose_.like(run.back(), i) && start(i) - start(run.back()) < 90 &&
                complementary(prose_, longer)) {
                run = std::move(longer);
                continue;
            }
            close_complements(run, paragraph);
            run = {i};
        }
        close_complements(run, paragraph);
    }

private:
    // The whole stands before; between may be some other part of it.
    void close_complements(const Group& run, const Paragraph& paragraph) {
        if (run.size() < 2 || used_.any.contains(run.front())) return;
        std::optional<Group> meant;
        std::size_t seen = 0;
        for (Index i = run.front();
             i-- > paragraph.first && start(run.front()) - start(i) < 120 && seen < 3;) {
            if (!part(i) || !prose_.like(i, run.front())) continue;
            const Group all = whole_of(i, run);
            if (adds_up(all)) return add_sum(all);
            const bool whole = seen == 0 ? near(all) || repairable(all)
                                         : repairable(all) && has_one_of(prose_.label(i), U"总共");
            if (whole && !meant && !used_.any.contains(i)) meant = all;
            ++seen;
        }
        if (meant) add_sum(*meant);
    }

    void read_totals(const Sentence& sentence) {
        for (Index i = sentence.first; i < sentence.last; ++i) {
            if (!part(i) || used_.any.contains(i)) continue;
            const Text label = bare(prose_.label(i));
            const bool strong = contains_any(label, {U"合计", U"共计", U"总计", U"总共"});
            const bool adjoining =
                ends_with_any(label, {U"共", U"共有", U"总数为", U"总数达", U"总额为", U"总额达"});
            const bool weak = adjoining || sums_up(label);
            if (!strong && !weak) continue;
            close_total(i, sentence, strong);
        }
    }

    void close_total(Index total, const Sentence& sentence, bool strong) {
        Group run;
        for (Index i = total; i-- > sentence.first;) {
            if (prose_.amount(i) && used_.any.contains(i) && run.empty()) return;
            if (!part(i) || !prose_.like(i, total)) continue;
            if (used_.any.contains(i)) break;
            if (has_one_of(prose_.of({prose_.at(i).span.end, start(run.empty() ? total : run.back())}),
                           U"；;"))
                break;
            run.push_back(i);
        }
        std::reverse(run.begin(), run.end());
        if (run.size() < 2) return;
        // The fewest left out in front: what they sum to is to be the total.
        auto numbers = numbers_of(prose_, run);
        if (!numbers || !prose_.number(total)) return;
        Decimal sum;
        for (const Number& number : *numbers) sum = sum + number.value;
        const std::size_t tried = listed(run) ? 1 : run.size() - 1;  // all of the list, or none
        for (std::size_t skip = 0; skip < tried; ++skip) {
            if (sum == prose_.number(total)->value)
                return add_sum(
                    whole_of(total, Group(run.begin() + static_cast<std::ptrdiff_t>(skip), run.end())));
            sum = sum - (*numbers)[skip].value;
        }
        const Group all = whole_of(total, run);
        if (strong && (near(all) || repairable(all))) return add_sum(all);
        decide(all, listed(run));
    }

    // A 8家、B 15家、C 32家
    bool listed(const Group& run) const {
        for (std::size_t k = 1; k < run.size(); ++k) {
            const Text gap = prose_.between(run[k - 1], run[k]);
            if (!has_one_of(gap, U"、和及与") || has_one_of(gap, U"，；。")) return false;
        }
        return true;
    }

    void read_divided(const Sentence& sentence, const Sentence* before, const Paragraph& paragraph) {
        std::size_t from = sentence.span.start;
        while (from < sentence.span.end) {
            std::size_t to = prose_.until(sentence.span.end).find_first_of(U"；;", from);
            to = std::min(to, sentence.span.end);
            if (divides(prose_.of({from, std::min(to, from + 14)})))
                divide(from, sentence, before, paragraph);
            from = to + 1;
        }
    }

    void divide(std::size_t from, const Sentence& sentence, const Sentence* before,
                const Paragraph& paragraph) {
        // Its parts reach to the next division or the end of the sentence.
        std::size_t to = sentence.span.end;
        for (std::size_t s = prose_.until(to).find_first_of(U"；;", from); s < to;
             s = prose_.until(to).find_first_of(U"；;", s + 1))
            if (divides(prose_.of({s + 1, std::min(to, s + 15)}))) {
                to = s;
                break;
            }
        const Group all = amounts(from, to, sentence);
        if (all.size() < 2) return;
        const Group parts = like(all, prose_.unit(all.front()));
        const Group heads = amounts(sentence.span.start, from, sentence);
        for (const Group& group :
             {like(heads, prose_.unit(all.front())),
              before == nullptr ? Group{} : like(amounts_of(*before), prose_.unit(all.front())),
              like(amounts_before(paragraph, sentence), prose_.unit(all.front()))})
            for (const Index total : nearest(group)) {
                if (used_.as_parts.contains(total)) continue;
                const Group whole = whole_of(total, parts);
                if (whole.size() > 2 && (near(whole) || repairable(whole))) return add_sum(whole);
            }
    }

    // The last of them: a total stands near its parts.
    static Group nearest(const Group& group) {
        constexpr std::size_t most_totals = 16;
        return {group.end() - static_cast<std::ptrdiff_t>(std::min(group.size(), most_totals)), group.end()};
    }

    Group amounts_of(const Sentence& s) const { return amounts(s.span.start, s.span.end, s); }
    // Up to three sentences back.
    Group amounts_before(const Paragraph& paragraph, const Sentence& sentence) const {
        Group out;
        const auto at = static_cast<std::size_t>(&sentence - paragraph.sentences.data());
        for (std::size_t s = at < 3 ? 0 : at - 3; s < at; ++s)
            for (const Index i : amounts_of(paragraph.sentences[s])) out.push_back(i);
        return out;
    }
};

}  // namespace

void check_sums(const Prose& prose, Findings& out) {
    for (const auto& item : prose.items)
        for (const Paragraph& paragraph : item) {
            if (paragraph.last - paragraph.first < 2) continue;
            InSums used;
            PartsInside inside(prose, out, used);
            Totals totals(prose, out, used);
            for (std::size_t s = 0; s < paragraph.sentences.size(); ++s) {
                const Sentence& sentence = paragraph.sentences[s];
                if (sentence.first == sentence.last) continue;
                const Sentence* before = s > 0 ? &paragraph.sentences[s - 1] : nullptr;
                inside.read(sentence, before);
                totals.read(sentence, before, paragraph);
            }
            totals.read_complements(paragraph);
        }
    check_shares_of_a_whole(prose, out);
}

}  // namespace ballast::figures
