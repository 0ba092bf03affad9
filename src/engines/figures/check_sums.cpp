// C1 and C2: totals and their parts. A sum is only asked for where the text says that the parts make up the
// whole, or where their sum shows it; 其中 alone opens parts that may be some of many.
#include "figures/check_sums.h"

#include <algorithm>
#include <array>
#include <set>

#include "figures/check_prose.h"

namespace ballast::figures {
namespace {

using Group = std::vector<Index>;

class Sums {
public:
    Sums(const Prose& prose, Findings& out) : prose_(prose), out_(out) {}

    void read(const Paragraph& paragraph) {
        for (std::size_t s = 0; s < paragraph.sentences.size(); ++s) {
            const Sentence& sentence = paragraph.sentences[s];
            if (sentence.first == sentence.last) continue;
            const Sentence* before = s > 0 ? &paragraph.sentences[s - 1] : nullptr;
            read_inside(sentence, before);
            read_totals(sentence);
            read_divided(sentence, before, paragraph);
        }
        read_complements(paragraph);
    }

private:
    bool part(Index i) const { return prose_.amount(i) && !prose_.change(i) && !prose_.rate(i) && exact(i); }

    bool exact(Index i) const {
        const Qualifier q = prose_.at(i).qualifier;
        return q == Qualifier::none || q == Qualifier::eq || q == Qualifier::target ||
               q == Qualifier::increase || q == Qualifier::decrease;
    }

    std::size_t start(Index i) const { return prose_.at(i).span.start; }

    Group amounts(std::size_t from, std::size_t to, const Sentence& in) const {
        Group out;
        for (Index i = in.first; i < in.last; ++i)
            if (start(i) >= from && start(i) < to && part(i)) out.push_back(i);
        return out;
    }

    // As amounts, and what each has on average: 人均可支配收入 is the sum of its kinds too.
    Group levels(std::size_t from, std::size_t to, const Sentence& in) const {
        Group out;
        for (Index i = in.first; i < in.last; ++i)
            if (start(i) >= from && start(i) < to && prose_.amount(i) && exact(i) && !prose_.change(i) &&
                (!prose_.rate(i) || contains(prose_.label(i), U"人均")))
                out.push_back(i);
        return out;
    }

    Group like(const Group& group, std::string_view unit) const {
        Group out;
        std::copy_if(group.begin(), group.end(), std::back_inserter(out),
                     [&](Index i) { return prose_.unit(i) == unit; });
        return out;
    }

    // --- 其中 and its kin
    // --------------------------------------------------------------------------------------

    struct Cue {
        Text word;
        bool whole;  // says by itself that the parts are all there are
    };

    void read_inside(const Sentence& sentence, const Sentence* before) {
        constexpr std::array cues{Cue{U"其中", false},  Cue{U"包括", false},  Cue{U"分为", true},
                                  Cue{U"分别是", true}, Cue{U"分别为", true}, Cue{U"由", true},
                                  Cue{U"（", false},    Cue{U"：", false}};
        const bool alone = sentence.last - sentence.first < 2;  // then only 其中 behind another sentence
        if (alone && prose_.text[sentence.span.start] != U'其') return;
        for (std::size_t at = sentence.span.start; at < sentence.span.end; ++at)
            for (const Cue& cue : cues)
                if (prose_.text[at] == cue.word.front() &&
                    prose_.text.substr(at, cue.word.size()) == cue.word)
                    open(cue, at, sentence, before);
    }

    std::size_t find(Text word, std::size_t from, std::size_t to) const {
        const std::size_t at = prose_.until(to).find(word, from);
        return at < to ? at : Text::npos;
    }

    std::size_t rfind(Text any, std::size_t from, std::size_t before) const {
        for (std::size_t i = before; i-- > from;)
            if (any.find(prose_.text[i]) != Text::npos) return i;
        return Text::npos;
    }

    void open(const Cue& cue, std::size_t at, const Sentence& sentence, const Sentence* before) {
        const bool inside = cue.word == U"其中";
        const std::size_t last_semicolon = rfind(U"；;", sentence.span.start, at);
        std::size_t from = last_semicolon == Text::npos ? sentence.span.start : last_semicolon;
        Group heads = inside ? levels(from, at, sentence) : amounts(from, at, sentence);
        if (inside && heads.empty() && before != nullptr && at <= sentence.span.start + 2)
            heads = amounts(before->span.start, before->span.end, *before);
        if (inside && heads.empty() && last_semicolon != Text::npos && at - last_semicolon <= 3) {
            const std::size_t earlier = rfind(U"；;", sentence.span.start, last_semicolon);
            heads = amounts(earlier == Text::npos ? sentence.span.start : earlier, last_semicolon, sentence);
        }
        if (heads.empty()) return;
        if (!inside && start(heads.back()) + 24 < at) return;
        if (cue.word == U"由" && !composed(at, sentence.span.end)) return;

        std::size_t to = sentence.span.end;
        const std::size_t bracket = rfind(U"（(）)", from, at + (cue.word == U"（" ? 1 : 0));
        const bool bracketed =
            bracket != Text::npos && (prose_.text[bracket] == U'（' || prose_.text[bracket] == U'(');
        if (bracketed) {
            const std::size_t closing = prose_.until(to).find_first_of(U"）)", at + 1);
            to = std::min(to, closing == Text::npos ? to : closing);
        }
        if (const std::size_t again = find(U"其中", at + 1, to); again != Text::npos)
            to = rfind_stop(at, again);
        const std::size_t semicolon = prose_.until(to).find_first_of(U"；;", at);
        const std::size_t near_end = semicolon < to ? semicolon : to;
        const bool far_allowed = last_semicolon == Text::npos || bracketed;

        const Group far = outside_brackets(at, far_allowed ? to : near_end,
                                           amounts(at, far_allowed ? to : near_end, sentence));
        const Group near = outside_brackets(at, near_end, amounts(at, near_end, sentence));
        if (far.empty()) return;
        if (inside && columns(heads, far)) return;
        if (inside && near.size() != far.size() && columns(heads, near)) return;
        single(cue, heads, near, far, inside);
    }

    bool composed(std::size_t from, std::size_t to) const {
        const Text rest = prose_.of({from, to});
        return contains(rest.substr(0, rest.find(U'；')), U"组成") || contains(rest, U"构成");
    }

    // A second 其中 belongs to a sibling or to a part: what lies before its clause is still ours.
    std::size_t rfind_stop(std::size_t from, std::size_t before) const {
        const std::size_t stop = rfind(U"；;。", from, before);
        if (stop != Text::npos) return stop;
        return before;
    }

    // What stands in brackets behind a part says more of that part.
    Group outside_brackets(std::size_t from, std::size_t to, const Group& group) const {
        Group out;
        int depth = 0;
        std::size_t i = from + 1;
        for (const Index g : group) {
            for (; i < start(g) && i < to; ++i) {
                if (prose_.text[i] == U'（' || prose_.text[i] == U'(') ++depth;
                if ((prose_.text[i] == U'）' || prose_.text[i] == U')') && depth > 0) --depth;
            }
            if (depth == 0) out.push_back(g);
        }
        return out;
    }

    // Several totals, each split over the same schemes: 扶持 a 人, 发放 b 元, 带动 c 人, 其中 X a1, b1, c1; Y
    // a2, b2, c2.
    bool columns(const Group& heads, const Group& parts) {
        for (std::size_t width = std::min(heads.size(), parts.size() / 2); width >= 2; --width) {
            if (parts.size() % width != 0) continue;
            const Group totals(heads.end() - static_cast<std::ptrdiff_t>(width), heads.end());
            std::vector<Index> unlike;
            for (std::size_t p = 0; p < parts.size(); ++p)
                if (!prose_.like(parts[p], totals[p % width])) unlike.push_back(parts[p]);
            if (unlike.size() > 1 || (unlike.size() == 1 && !unit_slipped(totals, parts, unlike.front())))
                continue;
            return split(totals, parts, unlike), true;
        }
        return false;
    }

    // The numbers of its column add up: only the unit is another.
    bool unit_slipped(const Group& totals, const Group& parts, Index odd) const {
        const auto place =
            static_cast<std::size_t>(std::find(parts.begin(), parts.end(), odd) - parts.begin()) %
            totals.size();
        Group column{totals[place]};
        for (std::size_t p = place; p < parts.size(); p += totals.size()) column.push_back(parts[p]);
        return parts.size() >= 4 && numbers_add_up(column);
    }

    void split(const Group& totals, const Group& parts, const Group& unlike) {
        const std::size_t width = totals.size();
        std::vector<Group> columns(width);
        bool whole = false;
        for (std::size_t c = 0; c < width; ++c) {
            columns[c].push_back(totals[c]);
            for (std::size_t p = c; p < parts.size(); p += width) columns[c].push_back(parts[p]);
            whole = whole || near(columns[c]);
        }
        for (const Group& column : columns) {
            used_.insert(column.begin(), column.end());
            const bool mixed = std::any_of(unlike.begin(), unlike.end(), [&](Index u) {
                return std::find(column.begin(), column.end(), u) != column.end();
            });
            if (mixed)
                refuse_unlike(column);
            else if (whole)
                out_.add(Relation{Law::sum, "C1", column, Verdict::fails, "figures.sum"});
            else
                bound(column);
        }
    }

    void single(const Cue& cue, const Group& heads, const Group& near_parts, const Group& far_parts,
                bool inside) {
        const std::string_view unit = prose_.unit(far_parts.front());
        const Group candidates = like(heads, unit);
        if (candidates.empty()) {
            if (inside) other_unit(heads, near_parts.size() >= 2 ? near_parts : far_parts);
            return;
        }
        const Index total = candidates.back();
        Group near = whole_of(total, like(near_parts, unit)), far = whole_of(total, like(far_parts, unit));
        if (other_slot(total, near_parts) || other_slot(total, far_parts)) return;
        if (open_list(far.back())) return bound(near.size() > 1 ? near : far);
        if (near.size() >= 2 && adds_up(near)) return add_sum(near);
        if (far.size() >= 2 && adds_up(far)) return add_sum(far);
        if (far.size() > 4 && twice_divided(far)) return;
        if (far.size() > 2 && decide(far, cue.whole)) return;
        if (near.size() > 2 && near.size() != far.size() && decide(near, cue.whole)) return;
        if (inside) bound(near.size() > 1 ? near : far);
    }

    // 其中男a人、女b人，城镇c人、乡村d人: one total divided twice, one of the two as it should be.
    bool twice_divided(const Group& all) {
        for (auto cut = all.begin() + 3; cut + 2 <= all.end(); ++cut) {
            const Group first(all.begin(), cut);
            Group second(cut, all.end());
            second.insert(second.begin(), all.front());
            const auto one = reckon(prose_, Law::sum, first), two = reckon(prose_, Law::sum, second);
            const bool kept =
                adds_up(first) || adds_up(second) || (one && two && one->computed == two->computed);
            if (!kept || !(near(first) || repairable(first)) || !(near(second) || repairable(second)))
                continue;
            add_sum(first);
            add_sum(second);
            return true;
        }
        return false;
    }

    // "其中男15人、女10户": the numbers add up, the units do not.
    bool other_slot(Index total, const Group& parts) {
        const auto odd =
            std::count_if(parts.begin(), parts.end(), [&](Index p) { return !prose_.like(p, total); });
        if (odd != 1 || parts.size() < 2) return false;
        const Group all = whole_of(total, parts);
        if (!numbers_add_up(all)) return false;
        return refuse_unlike(all), true;
    }

    void other_unit(const Group& heads, const Group& parts) {
        if (heads.empty() || parts.empty()) return;
        const Group all = whole_of(heads.back(), parts);
        if (parts.size() >= 2 && numbers_add_up(all)) return refuse_unlike(all);
        if (parts.size() == 1 && counts_people(heads.back()) && counts_people(parts[0]))
            out_.add(Finding{.verdict = Verdict::not_comparable,
                             .check = "C2",
                             .where = {prose_.at(heads.back()).span, prose_.at(parts[0]).span},
                             .printed = prose_.at(heads.back()).unit,
                             .computed = prose_.at(parts[0]).unit,
                             .candidates = {},
                             .reason = "figures.unlike_units"});
    }

    bool counts_people(Index i) const {
        constexpr std::array<std::string_view, 5> units{"人", "户", "人次", "户次", "人(户)"};
        return std::find(units.begin(), units.end(), prose_.unit(i)) != units.end();
    }

    void refuse_unlike(const Group& column) {
        used_.insert(column.begin(), column.end());
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
        std::sort(finding.where.begin(), finding.where.end(),
                  [](Span a, Span b) { return a.start < b.start; });
        finding.printed = odd;
        finding.computed = usual;
        out_.add(std::move(finding));
    }

    // --- parts first, then 共, 合计, 共计
    // ---------------------------------------------------------------------

    void read_totals(const Sentence& sentence) {
        for (Index i = sentence.first; i < sentence.last; ++i) {
            if (!part(i) || used_.contains(i)) continue;
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
            if (prose_.amount(i) && used_.contains(i) && run.empty()) return;
            if (!part(i) || !prose_.like(i, total)) continue;
            if (used_.contains(i)) break;
            if (has_one_of(prose_.of({prose_.at(i).span.end, start(run.empty() ? total : run.back())}),
                           U"；;"))
                break;
            run.push_back(i);
        }
        std::reverse(run.begin(), run.end());
        if (run.size() < 2) return;
        for (std::size_t skip = 0; skip + 2 <= run.size(); ++skip) {
            const Group all =
                whole_of(total, Group(run.begin() + static_cast<std::ptrdiff_t>(skip), run.end()));
            if (adds_up(all)) return add_sum(all);
            if (listed(run)) break;  // all of the list, or none
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

    // --- 按…分, 分…看
    // -----------------------------------------------------------------------------------------

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
            for (const Index total : group) {
                if (used_parts_.contains(total)) continue;
                const Group whole = whole_of(total, parts);
                if (whole.size() > 2 && (near(whole) || repairable(whole))) return add_sum(whole);
            }
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

    // --- labels that divide a whole by themselves: 城镇 and 乡村
    // ------------------------------------------------

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

    // The whole stands before; between may be some other part of it.
    void close_complements(const Group& run, const Paragraph& paragraph) {
        if (run.size() < 2 || used_.contains(run.front())) return;
        std::optional<Group> meant;
        std::size_t seen = 0;
        for (Index i = run.front();
             i-- > paragraph.first && start(run.front()) - start(i) < 120 && seen < 3;) {
            if (!part(i) || !prose_.like(i, run.front())) continue;
            const Group all = whole_of(i, run);
            if (adds_up(all)) return add_sum(all);
            const bool whole = seen == 0 ? near(all) || repairable(all)
                                         : repairable(all) && has_one_of(prose_.label(i), U"总共");
            if (whole && !meant && !used_.contains(i)) meant = all;
            ++seen;
        }
        if (meant) add_sum(*meant);
    }

    // --- deciding
    // ---------------------------------------------------------------------------------------------

    static Group whole_of(Index total, Group parts) {
        parts.insert(parts.begin(), total);
        return parts;
    }

    bool adds_up(const Group& all) const { return adds(prose_, all); }
    bool near(const Group& all) const { return nearly_adds(prose_, all); }
    bool repairable(const Group& all) const { return one_digit_short(prose_, Law::sum, all); }
    bool numbers_add_up(const Group& all) const { return adds(prose_, all); }

    void add_sum(const Group& all) {
        used_.insert(all.begin(), all.end());
        used_parts_.insert(all.begin() + 1, all.end());
        out_.add(Relation{Law::sum, "C1", all, Verdict::fails, "figures.sum"});
    }

    // Parts that may be only some: a sum is meant when one digit is all that keeps it from adding up.
    bool decide(const Group& all, bool whole) {
        const bool complete = whole || complementary(prose_, Group(all.begin() + 1, all.end()));
        if (complete && (near(all) || repairable(all))) return add_sum(all), true;
        if (overlapping(prose_, Group(all.begin() + 1, all.end()))) return false;
        if (!repairable(all)) return false;
        if (!telling(prose_, all)) return false;
        return add_sum(all), true;
    }

    void bound(const Group& all) {
        for (std::size_t p = 1; p < all.size(); ++p)
            out_.add(Relation{Law::at_most, "C2", {all[p], all[0]}, Verdict::fails, "figures.part"});
    }

    bool open_list(Index last) const { return bare(prose_.tail(last)).starts_with(U"等"); }

    const Prose& prose_;
    Findings& out_;
    std::set<Index> used_;        // in a relation of this paragraph
    std::set<Index> used_parts_;  // as a part
};

}  // namespace

void check_sums(const Prose& prose, Findings& out) {
    for (const auto& item : prose.items)
        for (const Paragraph& paragraph : item) {
            if (paragraph.last - paragraph.first < 2) continue;
            Sums sums(prose, out);
            sums.read(paragraph);
        }
    check_shares_of_a_whole(prose, out);
}

}  // namespace ballast::figures
