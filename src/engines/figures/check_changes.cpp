// C4, C5 and C11: before and after, what lies between them, and by how much per cent.
#include <algorithm>
#include <array>
#include <set>

#include "figures/check_prose.h"

namespace ballast::figures {
namespace {

using Run = std::vector<Index>;

enum class Direction : std::uint8_t { none, up, down };

struct Way {
    Text word;
    Direction direction;
};
constexpr std::array ways{
    Way{U"增", Direction::up},     Way{U"提高", Direction::up},   Way{U"提升", Direction::up},
    Way{U"上升", Direction::up},   Way{U"上涨", Direction::up},   Way{U"升", Direction::up},
    Way{U"涨", Direction::up},     Way{U"扩大", Direction::up},   Way{U"扩展", Direction::up},
    Way{U"拓展", Direction::up},   Way{U"发展到", Direction::up}, Way{U"壮大", Direction::up},
    Way{U"翻", Direction::up},     Way{U"减", Direction::down},   Way{U"下降", Direction::down},
    Way{U"降", Direction::down},   Way{U"压缩", Direction::down}, Way{U"压减", Direction::down},
    Way{U"缩短", Direction::down}, Way{U"缩减", Direction::down}, Way{U"回落", Direction::down},
    Way{U"下跌", Direction::down}, Way{U"收窄", Direction::down},
};

// Of the last word that tells one.
Direction direction_in(Text words) {
    constexpr Text openings = U"增提上升涨扩拓发壮翻减下降压缩回收";
    for (std::size_t i = words.size(); i-- > 0;) {
        if (openings.find(words[i]) == Text::npos) continue;
        const Text rest = words.substr(i);
        for (const auto& [word, direction] : ways)
            if (rest.starts_with(word)) return direction;
    }
    return Direction::none;
}

class Changes {
public:
    Changes(const Prose& prose, Findings& out) : prose_(prose), out_(out) {}

    void read(const Sentence& sentence) {
        read_runs(sentence);
        for (std::size_t r = 0; r + 1 < runs_.size(); ++r) {
            if (read_from_to(r) || read_last_year(r)) continue;
            read_compared(r);
        }
        for (std::size_t r = 0; r + 1 < runs_.size(); ++r) read_grown_by(r);
        for (std::size_t r = 0; r < runs_.size(); ++r) read_points(r, sentence);
    }

private:
    bool counts(Index i) const {
        const Mention& m = prose_.at(i);
        return m.value.has_value() && (prose_.amount(i) || prose_.percent(i) || prose_.points(i) ||
                                       m.unit == "倍" || (m.kind == Kind::quantity));
    }

    // Figures of one kind joined by 、 or 和 are one run: 由1000元、600元提高至1500元、800元.
    void read_runs(const Sentence& sentence) {
        runs_.clear();
        bases_.clear();
        for (Index i = sentence.first; i < sentence.last; ++i) {
            if (!counts(i)) continue;
            if (!runs_.empty() && prose_.at(runs_.back().back()).kind == prose_.at(i).kind &&
                (prose_.like(runs_.back().back(), i) || prose_.amount(i)) &&
                only_joins(prose_.between(runs_.back().back(), i)))
                runs_.back().push_back(i);
            else
                runs_.push_back({i});
        }
    }

    Text before(std::size_t r) const { return prose_.label(runs_[r].front()); }
    Text between(std::size_t a, std::size_t b) const {
        return prose_.between(runs_[a].back(), runs_[b].front());
    }

    // 由 A 提高到 B (, 提高 C)
    bool read_from_to(std::size_t r) {
        const Text opening = before(r), middle = between(r, r + 1);
        const bool opened =
            contains_any(opening, {U"由", U"从"}) || contains_any(opening, {U"上年的", U"年的"});
        if (!opened || middle.size() > 24 || has_one_of(middle, U"。；")) return false;
        if (!contains_any(middle, {U"到", U"至", U"为"})) return false;
        const Direction direction = direction_in(middle);
        if (direction == Direction::none || runs_[r].size() != runs_[r + 1].size()) return false;
        if (prose_.at(runs_[r].front()).kind == Kind::percent && prose_.points(runs_[r + 1].front()))
            return unlike(r, r + 1, direction);
        if (!comparable(r, r + 1)) return unlike(r, r + 1, direction);
        const bool followed = read_change(r, r + 1, r + 2, direction);
        if (!followed || runs_[r].size() > 1)
            for (std::size_t k = 0; k < runs_[r].size(); ++k) {
                if (!prose_.like(runs_[r][k], runs_[r + 1][k])) {
                    refuse_unless_moved(runs_[r][k], runs_[r + 1][k], direction);
                    continue;
                }
                out_.add(Relation{direction == Direction::up ? Law::more : Law::less,
                                  "C4",
                                  {runs_[r][k], runs_[r + 1][k]},
                                  Verdict::fails,
                                  "figures.direction"});
            }
        return true;
    }

    // 去年 A, 今年 B, 增加 C
    bool read_last_year(std::size_t r) {
        if (r + 2 >= runs_.size() || runs_[r].size() != 1 || runs_[r + 1].size() != 1 ||
            !comparable(r, r + 1))
            return false;
        if (!contains_any(before(r), {U"去年", U"上年"}) || contains_any(before(r), {U"比", U"较"}))
            return false;
        if (!contains_any(between(r, r + 1), {U"今年", U"本年"}) || between(r, r + 1).size() > 20)
            return false;
        const Text verb = between(r + 1, r + 2);
        const Direction direction = verb.size() <= 8 ? direction_in(verb) : Direction::none;
        return direction != Direction::none && read_change(r, r + 1, r + 2, direction);
    }

    bool comparable(std::size_t a, std::size_t b) const {
        return prose_.like(runs_[a].front(), runs_[b].front()) &&
               prose_.percent(runs_[a].front()) == prose_.percent(runs_[b].front());
    }

    bool unlike(std::size_t a, std::size_t b, Direction direction) {
        const Index x = runs_[a].front(), y = runs_[b].front();
        if (prose_.unit(x).empty() || prose_.unit(y).empty())
            return false;  // 从两个增加到16个 without its unit
        refuse_unless_moved(x, y, direction);
        return true;
    }

    // Unlike units are one thing's when it moves as is said: 从四十多分钟缩短到一刻钟.
    void refuse_unless_moved(Index x, Index y, Direction direction) {
        const auto from = in_base_unit(prose_, x), to = in_base_unit(prose_, y);
        const bool convertible = from && to && from->dimension == to->dimension;
        const bool moves =
            convertible && (direction == Direction::up ? from->value < to->value : from->value > to->value);
        if (!moves) refuse_units(x, y);
    }

    void refuse_units(Index x, Index y) {
        out_.add(Finding{.verdict = Verdict::warn,
                         .check = "C9",
                         .where = {prose_.at(x).span, prose_.at(y).span},
                         .printed = prose_.at(y).unit,
                         .computed = prose_.at(x).unit,
                         .candidates = {},
                         .reason = "figures.unlike_units"});
    }

    // B 比 A 增加 C; A is named after 比 or 较.
    bool read_compared(std::size_t r) {
        const Text middle = between(r, r + 1);
        if (middle.size() > 24 || !contains_any(middle, {U"比", U"较"}) || has_one_of(middle, U"。；"))
            return false;
        if (!comparable(r, r + 1) || runs_[r].size() != 1 || runs_[r + 1].size() != 1) return false;
        if (direction_in(middle) != Direction::none || r + 2 >= runs_.size()) return false;
        const Text verb = between(r + 1, r + 2);
        const Direction direction = verb.size() <= 8 ? direction_in(verb) : Direction::none;
        if (direction == Direction::none) return false;
        bases_.insert(runs_[r + 1].front());
        return read_change(r + 1, r, r + 2, direction);
    }

    // The change itself, in the clauses behind: 增加 C 人, 增长 P%, 提高 p 个百分点, 增长 n 倍.
    bool read_change(std::size_t from, std::size_t to, std::size_t change, Direction direction) {
        bool read = false;
        for (std::size_t c = change; c < runs_.size() && c < change + 3; ++c) {
            const Text words =
                prose_.between(runs_[c == change ? std::max(from, to) : c - 1].back(), runs_[c].front());
            if (words.size() > 16 || has_one_of(words, U"。；由从")) break;
            if (contains_any(words, {U"年均", U"每年", U"同比", U"环比", U"比", U"较", U"其中", U"到",
                                     U"实际", U"可比"}))
                break;
            const Direction said = direction_in(words);
            if (said == Direction::none && !contains_any(words, {U"幅"})) break;
            if (said != Direction::none && said != direction) break;
            if (runs_[c].size() != runs_[from].size()) break;
            for (std::size_t k = 0; k < runs_[c].size(); ++k)
                read = one_change(runs_[from][k], runs_[to][k], runs_[c][k], direction) || read;
        }
        return read;
    }

    bool one_change(Index a, Index b, Index c, Direction direction) {
        const bool up = direction == Direction::up;
        const Mention& change = prose_.at(c);
        if (change.qualifier == Qualifier::gt || change.qualifier == Qualifier::ge ||
            change.qualifier == Qualifier::near || change.qualifier == Qualifier::approx)
            return false;
        if (prose_.percent(a)) {
            if (prose_.points(c)) return add(up ? Law::rise : Law::fall, "C11", {a, c, b}, "figures.points");
            if (prose_.percent(c)) return percent_of_percent(a, b, c, up);
            return false;
        }
        if (prose_.percent(c)) return add(up ? Law::growth : Law::decline, "C5", {a, b, c}, "figures.growth");
        if (prose_.points(c)) return points_of_amount(a, c);
        if (change.unit == "倍" && up) return add(Law::times_more, "C5", {a, b, c}, "figures.times");
        if (prose_.like(a, c)) return add(up ? Law::rise : Law::fall, "C4", {a, c, b}, "figures.change");
        if (prose_.unit(c) != prose_.unit(a) && prose_.amount(c) && differs_by(a, b, c)) {
            out_.add(Finding{.verdict = Verdict::warn,
                             .check = "C9",
                             .where = {prose_.at(a).span, prose_.at(b).span, change.span},
                             .printed = change.unit,
                             .computed = prose_.at(a).unit,
                             .candidates = {},
                             .reason = "figures.unlike_units"});
            return true;
        }
        return false;
    }

    bool differs_by(Index a, Index b, Index c) const {
        const auto &x = prose_.number(a), &y = prose_.number(b), &z = prose_.number(c);
        if (!x || !y || !z) return false;
        const Decimal off = x->value > y->value ? x->value - y->value : y->value - x->value;
        return off == z->value;
    }

    bool add(Law law, std::string_view check, std::vector<Index> figures, std::string_view reason) {
        out_.add(Relation{law, check, std::move(figures), Verdict::fails, reason});
        return true;
    }

    // 从80%提高到90%, 提高10%: the difference is meant, and percentage points should be said.
    bool percent_of_percent(Index a, Index b, Index c, bool up) {
        if (differs_by(a, b, c)) return points_wanted(c, {a, b, c});
        return add(up ? Law::growth : Law::decline, "C5", {a, b, c}, "figures.growth");
    }

    bool points_wanted(Index c, const std::vector<Index>& figures) {
        Finding finding{.verdict = Verdict::warn,
                        .check = "C11",
                        .where = {},
                        .printed = "%",
                        .computed = "个百分点",
                        .candidates = {},
                        .reason = "figures.points_wanted"};
        for (const Index i : figures) finding.where.push_back(prose_.at(i).span);
        std::sort(finding.where.begin(), finding.where.end(),
                  [](Span x, Span y) { return x.start < y.start; });
        static_cast<void>(c);
        out_.add(std::move(finding));
        return true;
    }

    bool points_of_amount(Index a, Index c) {
        out_.add(Finding{.verdict = Verdict::warn,
                         .check = "C11",
                         .where = {prose_.at(a).span, prose_.at(c).span},
                         .printed = "个百分点",
                         .computed = "%",
                         .candidates = {},
                         .reason = "figures.points_of_amount"});
        return true;
    }

    // B, 比上年增加 C, 增长 P%: the base is B - C.
    void read_grown_by(std::size_t r) {
        if (runs_[r].size() != 1 || !prose_.amount(runs_[r].front()) || prose_.change(runs_[r].front()) ||
            bases_.contains(runs_[r].front()))
            return;
        const Index level = runs_[r].front();
        std::optional<Index> change, percent;
        bool unlike_change = false;
        Direction direction = Direction::none;
        for (std::size_t c = r + 1; c < runs_.size() && c < r + 3; ++c) {
            const Text words = prose_.between(runs_[c - 1].back(), runs_[c].front());
            if (words.size() > 20 || runs_[c].size() != 1 || has_one_of(words, U"。；由从")) return;
            if (contains_any(words, {U"年均", U"每年", U"其中", U"实际", U"可比", U"扣除", U"名义", U"人均",
                                     U"户均", U"计划", U"目标"}))
                return;
            if (c == r + 2 && contains_any(words, {U"同比", U"环比", U"比上", U"比去", U"比年", U"较上",
                                                   U"较去", U"较年", U"比20", U"较20"}))
                return;
            const Direction said = ends_in_change(bare(words)) ? direction_in(words) : Direction::none;
            if (said == Direction::none || (direction != Direction::none && said != direction)) return;
            if (ends_with_any(bare(words), {U"到", U"至", U"为"}) && !ends_with_any(bare(words), {U"幅为"}))
                return;
            direction = said;
            const Index i = runs_[c].front();
            if ((prose_.percent(i) || prose_.points(i)) && !percent)
                percent = i;
            else if (prose_.amount(i) && !change)
                change = i, unlike_change = !prose_.like(i, level);
            else
                return;
        }
        if (!change || !percent) return;
        const Law law = direction == Direction::up ? Law::grown_by : Law::declined_by;
        const std::vector<Index> figures{level, *change, *percent};
        if (!unlike_change && prose_.percent(*percent)) {
            add(law, "C5", figures, "figures.grown_by");
            return;
        }
        // Right, but for the unit of the change, or points where a percentage is meant.
        const auto reckoning = reckon(prose_, law, figures);
        if (!reckoning || reckoning->outcome != Outcome::kept) return;
        if (prose_.points(*percent))
            points_of_amount(level, *percent);
        else if (!interchangeable(prose_, level, *change))
            refuse_units(level, *change);
    }

    // 增加, 增长了; not 增加值.
    static bool ends_in_change(Text words) {
        return ends_with_any(words,
                             {U"增加", U"增长", U"增产", U"增",   U"减少", U"下降", U"减产", U"减", U"降",
                              U"提高", U"上升", U"降低", U"上涨", U"增收", U"减收", U"了",   U"约", U"达",
                              U"幅为", U"净增", U"扩大", U"提升", U"回落", U"多",   U"少"});
    }

    // 达到 90.91%, 比上年提高了 3.83 个百分点: 87.08% before. A rise of a rate printed as % is asked about.
    void read_points(std::size_t r, const Sentence&) {
        if (r == 0 || runs_[r].size() != 1 || runs_[r - 1].size() != 1) return;
        const Index level = runs_[r - 1].front(), change = runs_[r].front();
        const Text words = between(r - 1, r);
        if (words.size() > 24 || has_one_of(words, U"。；")) return;
        const Direction direction = direction_in(words);
        if (direction == Direction::none || ends_with_any(bare(words), {U"到", U"至", U"为", U"达"})) return;
        if (!compares(words)) return;
        const bool rate = ends_with_rate(prose_.label(level));
        if (prose_.percent(level) && prose_.points(change)) return derive(level, change, direction);
        const bool by_points = contains_any(words, {U"提高", U"上升", U"下降", U"降低", U"提升"}) &&
                               prose_.at(change).value < prose_.at(level).value;
        if (prose_.percent(level) && prose_.percent(change) && rate && by_points) {
            points_wanted(change, {level, change});
            return;
        }
        if (prose_.points(level) && prose_.points(change) && rate)
            out_.add(Finding{.verdict = Verdict::warn,
                             .check = "C11",
                             .where = {prose_.at(level).span},
                             .printed = "个百分点",
                             .computed = "%",
                             .candidates = {},
                             .reason = "figures.points_of_amount"});
    }

    // 比上年, 与…相比, 较; not 比例 and 比重.
    static bool compares(Text words) {
        if (contains(words, U"较")) return true;
        for (std::size_t at = words.find(U'比'); at != Text::npos; at = words.find(U'比', at + 1)) {
            const char32_t next = at + 1 < words.size() ? words[at + 1] : U' ',
                           last = at > 0 ? words[at - 1] : U' ';
            if (next != U'例' && next != U'重' && next != U'率' && last != U'占') return true;
        }
        return false;
    }

    static bool ends_with_rate(Text label) {
        Text words = bare(label);
        for (const Text ending :
             {Text(U"为"), Text(U"了"), Text(U"到"), Text(U"达"), Text(U"约"), Text(U"率达")})
            if (words.ends_with(ending) && ending.size() == 1) words.remove_suffix(1);
        if (words.ends_with(U"达")) words.remove_suffix(1);
        return ends_with_any(words, {U"率", U"比重", U"占比", U"覆盖面"});
    }

    void derive(Index level, Index change, Direction direction) {
        const auto &now = prose_.number(level), &by = prose_.number(change);
        if (!now || !by) return;
        const Decimal was = direction == Direction::up ? now->value - by->value : now->value + by->value;
        const bool possible = was >= Decimal{} && (was <= Decimal{100} || now->value > Decimal{100});
        out_.add(Finding{.verdict = possible ? Verdict::derived : Verdict::fails,
                         .check = "C11",
                         .where = {prose_.at(level).span, prose_.at(change).span},
                         .printed = in_print(prose_.at(level), now->value),
                         .computed = in_print(prose_.at(level), was),
                         .candidates = {},
                         .reason = possible ? "figures.before" : "figures.impossible_before"});
    }

    const Prose& prose_;
    Findings& out_;
    std::vector<Run> runs_;
    std::set<Index> bases_;  // what others were compared with: no levels of their own
};

}  // namespace

void check_changes(const Prose& prose, Findings& out) {
    Changes changes(prose, out);
    for (const auto& item : prose.items)
        for (const Paragraph& paragraph : item)
            for (const Sentence& sentence : paragraph.sentences)
                if (sentence.last - sentence.first >= 2) changes.read(sentence);
}

}  // namespace ballast::figures
