// C5 and C9: shares, rates and averages that the text prints beside what they are made of.
#include <algorithm>

#include "base/text.h"
#include "figures/check_prose.h"
#include "figures/check_sums.h"
#include "figures/each.h"

namespace ballast::figures {
namespace {

class Ratios {
public:
    Ratios(const Prose& prose, Findings& out) : prose_(prose), out_(out) {}

    void read(const Paragraph& paragraph) {
        paragraph_ = &paragraph;
        for (std::size_t s = 0; s < paragraph.sentences.size(); ++s) {
            const Sentence& sentence = paragraph.sentences[s];
            const Sentence* before = s > 0 ? &paragraph.sentences[s - 1] : nullptr;
            for (Index i = sentence.first; i < sentence.last; ++i) {
                if (prose_.at(i).kind == Kind::percent) read_natural_growth(i, paragraph);
                if (prose_.percent(i)) {
                    if (const Index behind = read_respective(i, sentence); behind > i) {
                        i = behind - 1;
                        continue;
                    }
                    if (!read_share(i, sentence) && !read_urban(i, sentence, before))
                        read_rate(i, sentence, before);
                } else if (prose_.at(i).unit == "倍") {
                    read_times(i, sentence);
                } else if (prose_.amount(i)) {
                    read_average(i, sentence);
                }
            }
        }
    }

private:
    static constexpr std::size_t farthest = 300;  // characters, from a share back to its whole

    bool level(Index i) const { return prose_.amount(i) && !prose_.change(i) && !prose_.rate(i); }

    std::size_t start(Index i) const { return prose_.at(i).span.start; }
    std::size_t end(Index i) const { return prose_.at(i).span.end; }

    // B 占 A 的 P%; B, 占总数的 P%; B, 占比 P%.
    bool read_share(Index p, const Sentence& sentence) {
        const std::size_t from = sentence.first < p ? clause_start(p, sentence) : sentence.span.start;
        const Text clause = prose_.of({from, start(p)});
        std::size_t word = clause.rfind(U"占");
        if (word == Text::npos) return read_against(p, sentence);
        if (start(p) - from - word > 36) return false;
        const std::size_t at = from + word;
        const auto part = last_before(at, sentence);
        if (!part || at - end(*part) > 16) return false;
        if (has_one_of(prose_.of({end(*part), at}), U"。；")) return false;
        if (another_subject(prose_.of({end(*part), at}))) return false;
        if (const auto inside = between(at, start(p), sentence)) {
            if (!prose_.like(*inside, *part)) return unlike(*part, *inside, p);
            return add(Law::share, {*part, *inside, p}, "figures.share");
        }
        const Text whole = whole_named(prose_.of({at + 1, start(p)}));
        if (const auto total = total_of(*part, whole, sentence, p))
            return add(Law::share, {*part, *total, p}, "figures.share");
        return false;
    }

    // 世居民族有18个，民族自治地方占全省的30%: what has the share is named anew.
    static bool another_subject(Text words) {
        const std::size_t comma = words.find_last_of(U"，,");
        return comma != Text::npos && bare(words.substr(comma + 1)).size() >= 6;
    }

    // 3.2万人, 占4.0万户的80%: right, but for the unit.
    bool unlike(Index part, Index whole, Index p) {
        if (!kept({part, whole, p}) || interchangeable(prose_, part, whole)) return false;
        out_.add(Finding{.verdict = Verdict::warn,
                         .check = "C9",
                         .where = {prose_.at(part).span, prose_.at(whole).span, prose_.at(p).span},
                         .printed = prose_.at(part).unit,
                         .computed = prose_.at(whole).unit,
                         .candidates = {},
                         .reason = "figures.unlike_units"});
        return true;
    }

    // 对象 A 户、B 人，其中 a 户、b 人…，分别占 P%、Q%: each part has the total of its unit. Behind the last
    // of the shares; `p` when they are not such.
    Index read_respective(Index p, const Sentence& sentence) {
        const Text label = prose_.label(p);
        if (!contains(label, U"分别") || !contains(label, U"占")) return p;
        Index last = p + 1;
        while (last < sentence.last && prose_.percent(last) && only_joins(prose_.between(last - 1, last)))
            ++last;
        const std::size_t n = last - p;
        std::vector<Index> levels;
        for (Index i = sentence.first; i < p; ++i)
            if (level(i)) levels.push_back(i);
        if (n < 2 || levels.size() < 2 * n) return p;
        std::vector<std::vector<Index>> relations;
        for (std::size_t k = 0; k < n; ++k) {
            const Index part = levels[levels.size() - n + k];
            const auto total = std::find_if(levels.rbegin() + static_cast<std::ptrdiff_t>(n), levels.rend(),
                                            [&](Index i) { return prose_.like(i, part); });
            if (total == levels.rend()) return p;
            relations.push_back({part, *total, static_cast<Index>(p + k)});
        }
        // Meant so when one of them holds, and the others could.
        if (std::none_of(relations.begin(), relations.end(), [&](const auto& r) { return kept(r); }) ||
            !std::all_of(relations.begin(), relations.end(),
                         [&](const auto& r) { return near_enough(Law::share, r); }))
            return p;
        for (auto& relation : relations) add(Law::share, std::move(relation), "figures.share");
        return last;
    }

    // B, 为任务 A 的 P%
    bool read_against(Index p, const Sentence& sentence) {
        if (p < sentence.first + 2 || bare(prose_.between(p - 1, p)) != U"的") return false;
        const Index whole = p - 1, part = p - 2;
        if (!level(whole) || !level(part) || !prose_.like(whole, part)) return false;
        const Text words = prose_.between(part, whole);
        if (words.size() > 16 || !contains_any(words, {U"为", U"是", U"相当于"}) ||
            contains_any(words, {U"增", U"减"}))
            return false;
        return add(Law::share, {part, whole, p}, "figures.share");
    }

    std::size_t clause_start(Index p, const Sentence& sentence) const {
        std::size_t i = start(p);
        while (i > sentence.span.start && Text(U"，；。：").find(prose_.text[i - 1]) == Text::npos) --i;
        return i;
    }

    // 占全县脱贫人口的 → 脱贫人口; "" when it only says of the whole.
    static Text whole_named(Text words) {
        Text w = bare(words);
        for (const Text tail : {Text(U"的比重达"), Text(U"的比重为"), Text(U"的比例为"), Text(U"的比例达"),
                                Text(U"的比重"), Text(U"的比例"), Text(U"比重为"), Text(U"比重达"),
                                Text(U"比为"), Text(U"比达"), Text(U"比"), Text(U"的"), Text(U"达")})
            if (w.ends_with(tail)) {
                w.remove_suffix(tail.size());
                break;
            }
        return bare(w);
    }

    static bool says_the_whole(Text w) {
        return w.empty() || ends_with_any(w, {U"总数", U"总量", U"总额", U"全部", U"总", U"总体", U"总户数",
                                              U"总人数", U"总面积", U"总投资"});
    }

    std::optional<Index> last_before(std::size_t at, const Sentence& sentence) const {
        for (Index i = sentence.last; i-- > sentence.first;)
            if (start(i) < at && level(i)) return i;
        return std::nullopt;
    }

    std::optional<Index> between(std::size_t from, std::size_t to, const Sentence& sentence) const {
        for (Index i = sentence.first; i < sentence.last; ++i)
            if (start(i) >= from && start(i) < to && prose_.amount(i)) return i;
        return std::nullopt;
    }

    // The whole of a part: after 其中 what stands before it; else a single larger figure of the same unit
    // whose label has the words that the share names.
    std::optional<Index> total_of(Index part, Text named, const Sentence& sentence, Index p) const {
        std::vector<Index> nearest_first;
        for (Index i = part; i-- > paragraph_->first && start(part) - start(i) < farthest;)
            if (level(i) && prose_.like(i, part)) nearest_first.push_back(i);
        const std::size_t inside = prose_.of({sentence.span.start, start(part)}).find(U"其中");
        const auto meant = [&](Index i) {
            if (!says_the_whole(named)) return names(i, named);
            const bool here = start(i) >= sentence.span.start;
            return inside == Text::npos ? here || nearest_first.size() == 1
                                        : !here || start(i) < sentence.span.start + inside;
        };
        for (const Index i : nearest_first)
            if (kept({part, i, p}) && (meant(i) || inside != Text::npos)) return i;
        // Not kept by any: one that is meant and one digit away from it, the first of this sentence
        // (全县23所中， 21所…，19所…，占比) before the nearest of those earlier.
        std::optional<Index> near;
        for (const Index i : nearest_first)
            if ((!near || start(i) >= sentence.span.start) && meant(i) &&
                near_enough(Law::share, {part, i, p}))
                near = i;
        return near;
    }

    // Its label has the last two characters of the words, or stands before them: 农村人口 of 占农村人口的.
    bool names(Index i, Text words) const {
        if (words.size() < 2) return false;
        const Text last = words.substr(words.size() - std::min<std::size_t>(words.size(), 3));
        const Text tail = words.substr(words.size() - 2);
        const Text label = prose_.label(i), behind = prose_.tail(i);
        if (tail == U"总数" || tail == U"人数")
            return contains(label, words.substr(0, 2)) || contains(behind, words.substr(0, 2));
        return contains(label, last) || contains(behind, last);
    }

    bool kept(const std::vector<Index>& figures) const {
        const auto reckoning = reckon(prose_, Law::share, figures);
        return reckoning && reckoning->outcome == Outcome::kept;
    }

    // 应参保 A 人, 参保 B 人, 参保率 P%: the rate bears the name of its numerator.
    bool read_rate(Index p, const Sentence& sentence, const Sentence* before) {
        const Text label = bare(prose_.label(p));
        const std::size_t word = std::min(label.rfind(U"率"), label.rfind(U"比例"));
        if (word == Text::npos || word < 2 || label.size() - word > 5) return false;
        if (contains_any(label, {U"增长", U"下降", U"年均", U"比上年", U"占"})) return false;
        const Text name = label.substr(word - 2, 2);
        const auto part = numerator(p, name, sentence);
        if (!part) return false;
        const auto whole = denominator(*part, name, sentence, before);
        return whole && near_enough(Law::share, {*part, *whole, p}) &&
               add(Law::share, {*part, *whole, p}, "figures.rate");
    }

    // Kept, or but for one digit: figures that merely stand beside a rate are not.
    bool near_enough(Law law, const std::vector<Index>& figures) const {
        const auto reckoning = reckon(prose_, law, figures);
        return reckoning && (reckoning->outcome != Outcome::broken || one_slip_short(prose_, law, figures));
    }

    std::optional<Index> numerator(Index p, Text name, const Sentence& sentence) const {
        for (Index i = p; i-- > sentence.first && start(p) - end(i) <= 24;) {
            if (!level(i)) continue;
            const Text label = prose_.label(i);
            if (contains_any(label, {U"未", U"不", U"率"})) return std::nullopt;
            if (contains(label, name) || contains(prose_.tail(i), name)) return i;
        }
        return std::nullopt;
    }

    std::optional<Index> denominator(Index part, Text name, const Sentence& sentence,
                                     const Sentence* before) const {
        const auto base = [&](Index i) {
            const Text label = prose_.label(i);
            const bool whole =
                contains_any(label, {U"应", U"计划", U"共", U"总", U"抽检", U"抽查", U"目标", U"检查",
                                     U"受理", U"任务", U"全", U"有", U"累计", U"安排"});
            if (contains(prose_.label(part), U"已") && !contains(label, name)) return true;
            return whole && (!contains(label, name) || contains_any(label, {U"应", U"计划", U"目标", U"总"}));
        };
        for (Index i = part; i-- > sentence.first;)
            if (level(i) && prose_.like(i, part)) return base(i) ? std::optional(i) : std::nullopt;
        if (before != nullptr)
            for (Index i = before->first; i < before->last; ++i)
                if (level(i) && prose_.like(i, part)) return base(i) ? std::optional(i) : std::nullopt;
        return std::nullopt;
    }

    // 城镇化率: the people of the towns among all.
    bool read_urban(Index p, const Sentence& sentence, const Sentence* before) {
        if (!contains(prose_.label(p), U"城镇化率") ||
            contains_any(prose_.label(p), {U"提高", U"户籍人口城镇化"}))
            return false;
        for (const Sentence* s : {&sentence, before}) {
            if (s == nullptr) continue;
            for (Index i = std::min(p, s->last); i-- > s->first + 1;)
                if (level(i) && contains(prose_.label(i), U"城镇") && contains(prose_.label(i), U"人口"))
                    for (Index w = i; w-- > s->first;)
                        if (level(w) && prose_.like(w, i)) return add(Law::share, {i, w, p}, "figures.rate");
        }
        return false;
    }

    // 出生率 less 死亡率 is 自然增长率.
    void read_natural_growth(Index g, const Paragraph& paragraph) {
        if (!contains(prose_.label(g), U"自然增长率")) return;
        std::optional<Index> births, deaths;
        for (Index i = g; i-- > paragraph.first && start(g) - start(i) < farthest;) {
            if (!prose_.at(i).value || prose_.at(i).unit != prose_.at(g).unit) continue;
            if (!births && contains(prose_.label(i), U"出生率")) births = i;
            if (!deaths && contains(prose_.label(i), U"死亡率")) deaths = i;
        }
        if (!births || !deaths) return;
        const bool below = start(g) > 0 && Text(U"-−－负").find(prose_.text[start(g) - 1]) != Text::npos;
        if (!below)
            out_.add(Relation{Law::fall, "C4", {*births, *deaths, g}, Verdict::fails, "figures.change"});
    }

    // A 是 B 的 n 倍
    void read_times(Index n, const Sentence& sentence) {
        std::vector<Index> levels;
        for (Index i = sentence.first; i < n; ++i)
            if (level(i)) levels.push_back(i);
        if (levels.size() < 2 || prose_.at(n).qualifier == Qualifier::gt ||
            prose_.at(n).qualifier == Qualifier::ge || prose_.at(n).qualifier == Qualifier::near ||
            prose_.at(n).qualifier == Qualifier::approx)
            return;
        const Index a = levels[levels.size() - 2], b = levels.back();
        if (!prose_.like(a, b)) return;
        const Text first = prose_.of({end(a), start(b)}), second = prose_.of({end(b), start(n)});
        const bool is = contains_any(first, {U"是", U"为", U"相当于"}) && first.size() <= 16;
        if (!is || bare(second) != U"的") return;
        add(Law::times, {a, b, n}, "figures.times");
    }

    // 发放补贴 A 元, 惠及 B 户, 户均 C 元; 12个村, 保洁员 B 名, 平均每村 C 名
    void read_average(Index c, const Sentence& sentence) {
        const Text label = prose_.label(c);
        const auto per = each_of(label);
        if (!per) return read_division(c, sentence);
        std::vector<Index> totals, counts, others;
        for (Index i = sentence.first; i < c; ++i) {
            if (!level(i)) continue;
            if (prose_.like(i, c))
                totals.push_back(i);
            else if (counts_each(prose_, i, per->each))
                counts.push_back(i);
            else if (prose_.at(i).kind != Kind::duration)
                others.push_back(i);
        }
        // 开发岗位2150个，发放补贴1290万元，人均6000元: each post is a person's.
        if (counts.empty() && others.size() == 1 && per->what.empty() && per->each == U'人') counts = others;
        std::erase_if(totals, [&](Index t) { return !what_is_shared(per->what, t); });
        if (totals.empty() || counts.empty()) return;
        keep_nearest(totals);
        keep_nearest(counts);
        for (const Index total : totals)
            for (const Index count : counts)
                if (const auto r = reckon(prose_, Law::quotient, {total, count, c});
                    r && r->outcome == Outcome::kept) {
                    add(Law::quotient, {total, count, c}, "figures.average");
                    return;
                }
        const std::vector<Index> nearest{totals.back(), counts.back(), c};
        if (totals.size() + counts.size() == 2 || one_slip_short(prose_, Law::quotient, nearest))
            add(Law::quotient, nearest, "figures.average");
    }

    // 抽调干部120名，组成12个工作组，每组10人
    void read_division(Index c, const Sentence& sentence) {
        const Text label = bare(prose_.label(c));
        if (label.size() != 2 || label[0] != U'每' || Text(U"年月天日周次").find(label[1]) != Text::npos)
            return;
        std::optional<Index> total, count;
        for (Index i = sentence.first; i < c; ++i) {
            if (!level(i)) continue;
            if (prose_.like(i, c)) {
                if (total) return;
                total = i;
            } else if (counts_each(prose_, i, label[1])) {
                count = i;
            }
        }
        if (!total || !count) return;
        const std::vector<Index> figures{c, *count, *total};  // of whole persons: exact
        if (near_enough(Law::product, figures)) add(Law::product, figures, "figures.product");
    }

    static void keep_nearest(std::vector<Index>& figures) {
        constexpr std::size_t most = 8;
        if (figures.size() > most) figures.erase(figures.begin(), figures.end() - most);
    }

    // Nothing named, or something that the total's own words name: 户均增收 of 增收.
    bool what_is_shared(Text what, Index total) const {
        Text w = what;
        for (const Text tail : {Text(U"达到"), Text(U"达"), Text(U"约"), Text(U"为"), Text(U"超过")})
            if (w.ends_with(tail)) w.remove_suffix(tail.size());
        if (w.empty()) return true;
        if (w.size() < 2) return false;
        return contains(prose_.label(total), w.substr(0, 2)) ||
               contains(prose_.tail(total), w.substr(0, 2)) ||
               contains(prose_.label(total), w.substr(w.size() - 2));
    }

    bool add(Law law, std::vector<Index> figures, std::string_view reason) {
        for (const Index i : figures) {
            const Qualifier q = prose_.at(i).qualifier;
            if (q == Qualifier::gt || q == Qualifier::ge || q == Qualifier::le || q == Qualifier::lt ||
                q == Qualifier::near || q == Qualifier::approx)
                return false;
        }
        out_.add(Relation{law, law == Law::quotient || law == Law::product ? "C9" : "C5", std::move(figures),
                          Verdict::fails, reason});
        return true;
    }

    const Prose& prose_;
    Findings& out_;
    const Paragraph* paragraph_ = nullptr;
};

}  // namespace

void check_ratios(const Prose& prose, Findings& out) {
    Ratios ratios(prose, out);
    for (const auto& item : prose.items)
        for (const Paragraph& paragraph : item)
            if (paragraph.last - paragraph.first >= 2) ratios.read(paragraph);
}

}  // namespace ballast::figures
