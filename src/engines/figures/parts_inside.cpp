// A total and, behind it, what it is made of.
#include <algorithm>
#include <array>

#include "figures/sum_groups.h"

namespace ballast::figures {
namespace {

// Of a total with more parts it is not asked whether two divisions of it stand in a row, nor of more totals
// whether their parts stand in columns.
constexpr std::size_t most_divided = 24, most_columns = 12;

// 12人, 其中5人, 分成7个小组: small numbers of unlike things add up by chance.
const Decimal least_total = 20;

}  // namespace

void PartsInside::read(const Sentence& sentence, const Sentence* before) {
    constexpr std::array cues{Cue{U"其中", false},  Cue{U"包括", false},  Cue{U"分为", true},
                              Cue{U"分别是", true}, Cue{U"分别为", true}, Cue{U"由", true},
                              Cue{U"（", false},    Cue{U"：", false}};
    const bool alone = sentence.last - sentence.first < 2;  // then only 其中 behind another sentence
    if (alone && prose_.text[sentence.span.start] != U'其') return;
    for (std::size_t at = sentence.span.start; at < sentence.span.end; ++at)
        for (const Cue& cue : cues)
            if (prose_.text[at] == cue.word.front() && prose_.text.substr(at, cue.word.size()) == cue.word)
                open(cue, at, sentence, before);
}

std::size_t PartsInside::find(Text word, std::size_t from, std::size_t to) const {
    const std::size_t at = prose_.until(to).find(word, from);
    return at < to ? at : Text::npos;
}

std::size_t PartsInside::rfind(Text any, std::size_t from, std::size_t before) const {
    for (std::size_t i = before; i-- > from;)
        if (any.find(prose_.text[i]) != Text::npos) return i;
    return Text::npos;
}

void PartsInside::open(const Cue& cue, std::size_t at, const Sentence& sentence, const Sentence* before) {
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
    if (const std::size_t again = find(U"其中", at + 1, to); again != Text::npos) to = rfind_stop(at, again);
    const std::size_t semicolon = prose_.until(to).find_first_of(U"；;", at);
    const std::size_t near_end = semicolon < to ? semicolon : to;
    const bool far_allowed = last_semicolon == Text::npos || bracketed;

    const Group far =
        outside_brackets(at, far_allowed ? to : near_end, amounts(at, far_allowed ? to : near_end, sentence));
    const Group near = outside_brackets(at, near_end, amounts(at, near_end, sentence));
    if (far.empty()) return;
    if (inside && columns(heads, far)) return;
    if (inside && near.size() != far.size() && columns(heads, near)) return;
    single(cue, heads, near, far, inside);
}

bool PartsInside::composed(std::size_t from, std::size_t to) const {
    const Text rest = prose_.of({from, to});
    return contains(rest.substr(0, rest.find(U'；')), U"组成") || contains(rest, U"构成");
}

// A second 其中 belongs to a sibling or to a part: what lies before its clause is still ours.
std::size_t PartsInside::rfind_stop(std::size_t from, std::size_t before) const {
    const std::size_t stop = rfind(U"；;。", from, before);
    if (stop != Text::npos) return stop;
    return before;
}

// What stands in brackets behind a part says more of that part.
Group PartsInside::outside_brackets(std::size_t from, std::size_t to, const Group& group) const {
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
bool PartsInside::columns(const Group& heads, const Group& parts) {
    for (std::size_t width = std::min({heads.size(), parts.size() / 2, most_columns}); width >= 2; --width) {
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
bool PartsInside::unit_slipped(const Group& totals, const Group& parts, Index odd) const {
    const auto place =
        static_cast<std::size_t>(std::find(parts.begin(), parts.end(), odd) - parts.begin()) % totals.size();
    Group column{totals[place]};
    for (std::size_t p = place; p < parts.size(); p += totals.size()) column.push_back(parts[p]);
    return parts.size() >= 4 && adds_up(column);
}

void PartsInside::split(const Group& totals, const Group& parts, const Group& unlike) {
    const std::size_t width = totals.size();
    std::vector<Group> columns(width);
    bool whole = false;
    for (std::size_t c = 0; c < width; ++c) {
        columns[c].push_back(totals[c]);
        for (std::size_t p = c; p < parts.size(); p += width) columns[c].push_back(parts[p]);
        whole = whole || near(columns[c]);
    }
    for (const Group& column : columns) {
        used_.any.insert(column.begin(), column.end());
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

void PartsInside::single(const Cue& cue, const Group& heads, const Group& near_parts, const Group& far_parts,
                         bool inside) {
    const std::string_view unit = prose_.unit(far_parts.front());
    const Group candidates = like(heads, unit);
    if (candidates.empty()) {
        if (inside) other_unit(heads, near_parts.empty() ? far_parts : near_parts);
        return;
    }
    const Index total = candidates.back();
    Group near = whole_of(total, like(near_parts, unit)), far = whole_of(total, like(far_parts, unit));
    if (other_slot(total, near_parts) || other_slot(total, far_parts)) return;
    if (open_list(far.back())) return bound(near.size() > 1 ? near : far);
    if (near.size() >= 2 && adds_up(near)) return add_sum(near);
    if (far.size() >= 2 && adds_up(far)) return add_sum(far);
    if (far.size() > 4 && far.size() <= most_divided && twice_divided(far)) return;
    if (far.size() > 2 && decide(far, cue.whole)) return;
    if (near.size() > 2 && near.size() != far.size() && decide(near, cue.whole)) return;
    if (inside) bound(near.size() > 1 ? near : far);
}

// 其中男a人、女b人，城镇c人、乡村d人: one total divided twice, one of the two as it should be.
bool PartsInside::twice_divided(const Group& all) {
    for (auto cut = all.begin() + 3; cut + 2 <= all.end(); ++cut) {
        const Group first(all.begin(), cut);
        Group second(cut, all.end());
        second.insert(second.begin(), all.front());
        const auto one = reckon(prose_, Law::sum, first), two = reckon(prose_, Law::sum, second);
        const bool kept = adds_up(first) || adds_up(second) || (one && two && one->computed == two->computed);
        if (!kept || !(near(first) || repairable(first)) || !(near(second) || repairable(second))) continue;
        add_sum(first);
        add_sum(second);
        return true;
    }
    return false;
}

// "其中男15人、女10户": the numbers add up, the units do not.
bool PartsInside::other_slot(Index total, const Group& parts) {
    const auto odd =
        std::count_if(parts.begin(), parts.end(), [&](Index p) { return !prose_.like(p, total); });
    if (odd != 1 || parts.size() < 2) return false;
    const Group all = whole_of(total, parts);
    if (!adds_up(all) || *prose_.at(total).value < least_total) return false;
    return refuse_unlike(all), true;
}

void PartsInside::other_unit(const Group& heads, const Group& parts) {
    if (heads.empty() || parts.empty()) return;
    const Group all = whole_of(heads.back(), parts);
    if (parts.size() >= 2 && adds_up(all) && *prose_.at(all.front()).value >= least_total)
        return refuse_unlike(all);
    if (parts.size() == 1 && counts_people(heads.back()) && counts_people(parts[0]))
        out_.add(Finding{.verdict = Verdict::not_comparable,
                         .check = "C2",
                         .where = {prose_.at(heads.back()).span, prose_.at(parts[0]).span},
                         .printed = prose_.at(heads.back()).unit,
                         .computed = prose_.at(parts[0]).unit,
                         .candidates = {},
                         .reason = "figures.unlike_units"});
}

bool PartsInside::counts_people(Index i) const {
    constexpr std::array<std::string_view, 5> units{"人", "户", "人次", "户次", "人(户)"};
    return std::find(units.begin(), units.end(), prose_.unit(i)) != units.end();
}

}  // namespace ballast::figures
