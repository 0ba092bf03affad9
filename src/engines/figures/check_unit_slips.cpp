// C1 and C9: figures that add up or multiply exactly, but for the unit of one: 356人, 其中128户、228人.
// Numbers of three digits and more, or sums of three parts and more, so that it is no chance.
#include <algorithm>

#include "base/text.h"
#include "figures/check_sums.h"
#include "figures/each.h"

namespace ballast::figures {
namespace {

using Group = std::vector<Index>;

class UnitSlips {
public:
    UnitSlips(const Prose& prose, Findings& out) : prose_(prose), out_(out) {}

    void read(const Paragraph& paragraph) {
        Group levels;
        for (Index i = paragraph.first; i < paragraph.last; ++i)
            if (level(i)) levels.push_back(i);
        for (std::size_t at = 0; at < levels.size(); ++at) {
            if (closes_a_sum(levels[at]) && parts_before(levels, at)) continue;
            parts_behind(levels, at);
        }
        for (const Sentence& sentence : paragraph.sentences)
            for (Index i = sentence.first; i < sentence.last; ++i)
                if (prose_.amount(i)) multiplied(i, sentence);
    }

private:
    static constexpr std::size_t most_parts = 12, most_columns = 3;
    static constexpr std::size_t farthest = 300;  // characters, over a sum

    bool level(Index i) const {
        const Qualifier q = prose_.at(i).qualifier;
        return prose_.at(i).kind == Kind::quantity && prose_.amount(i) && prose_.number(i) &&
               !prose_.change(i) && !prose_.rate(i) &&
               (q == Qualifier::none || q == Qualifier::eq || q == Qualifier::target ||
                q == Qualifier::increase);
    }
    const Decimal& value(Index i) const { return prose_.number(i)->value; }
    std::size_t start(Index i) const { return prose_.at(i).span.start; }

    // Three digits, or two of 万 and 亿.
    bool long_enough(Index i) const {
        const Text digits = prose_.of(prose_.at(i).digits);
        const auto n =
            std::count_if(digits.begin(), digits.end(), [](char32_t c) { return c >= U'0' && c <= U'9'; });
        return n >= 3 || (n >= 2 && prose_.at(i).scale != Decimal{1});
    }

    // A total and its parts.
    bool no_chance(const Group& all) const {
        return all.size() > 3 || (all.size() > 2 && long_enough(all.front()));
    }

    bool closes_a_sum(Index i) const {
        return sums_up(bare(prose_.label(i))) || contains_any(prose_.label(i), {U"合计", U"共", U"总计"});
    }

    // A 8人、B 15户、C 32人, 共55人
    bool parts_before(const Group& levels, std::size_t at) {
        Group all{levels[at]};
        Decimal sum;
        for (std::size_t k = at; k-- > 0 && all.size() <= most_parts;) {
            if (start(levels[at]) - start(levels[k]) > farthest) return false;
            sum = sum + value(levels[k]);
            all.push_back(levels[k]);
            if (no_chance(all) && sum == value(levels[at])) return refuse(all);
        }
        return false;
    }

    // 55人, 其中 A 8人、B 15户…; several totals and their parts in columns.
    void parts_behind(const Group& levels, std::size_t at) {
        const std::size_t least = prose_.at(levels[at]).span.end;
        const Text behind = prose_.of({least, std::min(prose_.text.size(), least + farthest)});
        std::size_t cue = Text::npos;
        for (const Text word :
             {Text(U"其中"), Text(U"包括"), Text(U"分为"), Text(U"（"), Text(U"看，"), Text(U"分，")})
            cue = std::min(cue, behind.find(word));
        if (cue == Text::npos) {  // 男性 a 人, 女性 b 人 say themselves that they are all
            const bool whole = at + 2 < levels.size() && start(levels[at + 2]) - least < farthest &&
                               complementary(prose_, {levels[at + 1], levels[at + 2]});
            if (whole) adds_up_in(levels, at, at + 1, 1);
            return;
        }
        std::size_t first = at + 1;
        while (first < levels.size() && start(levels[first]) < least + cue) ++first;
        for (std::size_t stride = 1; stride <= most_columns; ++stride)
            for (std::size_t column = 0; column < stride; ++column)
                if (adds_up_in(levels, at, first + column, stride)) return;
    }

    bool adds_up_in(const Group& levels, std::size_t at, std::size_t first, std::size_t stride) {
        Group all{levels[at]};
        Decimal sum;
        for (std::size_t k = first; k < levels.size() && all.size() <= most_parts; k += stride) {
            if (start(levels[k]) - start(levels[at]) > farthest) return false;
            sum = sum + value(levels[k]);
            all.push_back(levels[k]);
            if (no_chance(all) && sum == value(levels[at])) return refuse(all);
        }
        return false;
    }

    // Exactly one has a unit of its own.
    bool refuse(const Group& all) {
        for (const Index odd : all) {
            const Index other = all.front() == odd ? all[1] : all.front();
            const bool alone = std::all_of(all.begin(), all.end(), [&](Index i) {
                return i == odd ? !prose_.like(i, other) : prose_.like(i, other);
            });
            if (!alone) continue;
            if (!interchangeable(prose_, odd, other))
                say("C1", all, prose_.at(odd).unit, prose_.at(other).unit);
            return true;
        }
        return false;
    }

    // 每亩 a 元, b 亩, 共 c 元; 共 c 元, b 户, 户均 a 元
    void multiplied(Index i, const Sentence& sentence) {
        if (level(i) && long_enough(i) && contains_any(prose_.label(i), {U"共", U"合计", U"总"}))
            rate_before(i, sentence);
        else if (const auto each = each_of(prose_.label(i)))
            total_before(i, each->each, sentence);
    }

    void rate_before(Index total, const Sentence& sentence) {
        for (Index rate = sentence.first; rate < total; ++rate) {
            if (!prose_.amount(rate) || !prose_.number(rate)) continue;
            const auto each = rate_of(prose_.label(rate));
            if (!each) continue;
            for (Index count = sentence.first; count < total; ++count)
                if (count != rate && one_unit_off(rate, count, total, *each)) return;
        }
    }

    void total_before(Index rate, char32_t each, const Sentence& sentence) {
        if (!prose_.number(rate)) return;
        for (Index total = sentence.first; total < rate; ++total)
            for (Index count = sentence.first; count < rate && level(total) && long_enough(total); ++count)
                if (count != total && one_unit_off(rate, count, total, each)) return;
    }

    // The product is exact; either rate and total differ in unit, or the count is not of what the rate is
    // for.
    bool one_unit_off(Index rate, Index count, Index total, char32_t each) {
        if (!level(count) || value(count) < Decimal{10} ||
            prose_.number(rate)->value.scale() + value(count).scale() > 6 ||
            prose_.number(rate)->value * value(count) != value(total))
            return false;
        const bool alike = prose_.like(rate, total), counted = counts_each(prose_, count, each);
        if (alike == counted || interchangeable(prose_, rate, total)) return alike && counted;
        if (alike && interchangeable(prose_, count, count)) return false;  // 岗位2150个，人均6000元
        if (alike)
            say("C9", {rate, count, total}, prose_.at(count).unit, text::utf8(Text(&each, 1)));
        else
            say("C9", {rate, count, total}, prose_.at(rate).unit, prose_.at(total).unit);
        return true;
    }

    void say(std::string_view check, const Group& figures, std::string odd, std::string usual) {
        Finding finding{.verdict = Verdict::warn,
                        .check = std::string(check),
                        .where = {},
                        .printed = std::move(odd),
                        .computed = std::move(usual),
                        .candidates = {},
                        .reason = "figures.unlike_units"};
        for (const Index i : figures) finding.where.push_back(prose_.at(i).span);
        std::sort(finding.where.begin(), finding.where.end(),
                  [](Span a, Span b) { return a.start < b.start; });
        out_.add(std::move(finding));
    }

    const Prose& prose_;
    Findings& out_;
};

}  // namespace

void check_unit_slips(const Prose& prose, Findings& out) {
    UnitSlips slips(prose, out);
    for (const auto& item : prose.items)
        for (const Paragraph& paragraph : item)
            if (paragraph.last - paragraph.first >= 3) slips.read(paragraph);
}

}  // namespace ballast::figures
