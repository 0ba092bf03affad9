// C9: a total against the rates and counts that make it: 每亩 a 元, b 亩, 共 c 元; 水稻每亩 a 元、b 亩,
// 玉米每亩 c 元、d 亩, 共 e 元; 共 e 元, 其中…. Counts may stand before their rates, and all rates before all
// counts.
#include <algorithm>

#include "base/text.h"
#include "figures/each.h"

namespace ballast::figures {
namespace {

class Products {
public:
    Products(const Prose& prose, Findings& out) : prose_(prose), out_(out) {}

    void read(const Sentence& sentence, const Sentence* before) {
        for (Index c = sentence.first; c < sentence.last; ++c) {
            if (!is_total(c)) continue;
            if (made_of(sentence.first, c, c)) continue;
            const bool opens = first_amount(sentence) == c;
            if (opens && before != nullptr && made_of(before->first, before->last, c)) continue;
            if (opens) made_of(c + 1, sentence.last, c);
        }
    }

private:
    struct Rate {
        Index figure;
        char32_t each;
    };

    bool is_total(Index c) const {
        return prose_.amount(c) && !prose_.rate(c) && exact(c) &&
               contains_any(prose_.label(c), {U"共", U"合计", U"总"});
    }

    Index first_amount(const Sentence& sentence) const {
        Index i = sentence.first;
        while (i < sentence.last && !prose_.amount(i)) ++i;
        return i;
    }

    // The figures of [first, last) are rates of the total's unit and as many counts, in one order.
    bool made_of(Index first, Index last, Index total) {
        std::vector<Rate> rates;
        std::vector<Index> counts;
        for (Index i = first; i < last; ++i) {
            if (!prose_.amount(i)) continue;
            if (const auto rate = rate_for(i, total, rates)) {
                if (!exact(i)) return false;
                rates.push_back(*rate);
            } else if (prose_.like(i, total)) {
                return false;  // another sum of the same kind
            }
        }
        if (runs_for_years(rates, first, last)) return false;
        if (rates.empty() || rates.size() > most_rates || (first > total && rates.size() < 2)) return false;
        for (Index i = first; i < last; ++i) {
            if (!level(i) || prose_.like(i, total) || !counts_one_of(i, rates)) continue;
            if (counts.size() == rates.size() || !exact(i)) return false;
            counts.push_back(i);
        }
        return counts.size() == rates.size() && add(rates, counts, total);
    }

    // 每村每年50万元，连续三年: the years would have to be counted too.
    bool runs_for_years(const std::vector<Rate>& rates, Index first, Index last) const {
        const bool yearly = std::any_of(rates.begin(), rates.end(), [&](const Rate& rate) {
            return rate.each != U'年' && contains(prose_.label(rate.figure), U"每年");
        });
        for (Index i = first; yearly && i < last; ++i)
            if (prose_.at(i).kind == Kind::duration) return true;
        return false;
    }

    // 每亩 30 元; the 25 元 of 每亩 30 元、25 元; 30 元/亩.
    std::optional<Rate> rate_for(Index i, Index total, const std::vector<Rate>& before) const {
        const std::string_view unit = prose_.at(i).unit, of = prose_.at(total).unit;
        if (unit.size() > of.size() + 1 && unit.starts_with(of) && unit[of.size()] == '/') {
            const std::u32string each = text::code_points(unit.substr(of.size() + 1));
            return each.size() == 1 ? std::optional(Rate{i, each.front()}) : std::nullopt;
        }
        if (!prose_.like(i, total)) return std::nullopt;
        if (const auto each = rate_of(prose_.label(i))) return Rate{i, *each};
        const bool of_a_list = !before.empty() && before.back().figure + 1 == i &&
                               only_joins(prose_.between(before.back().figure, i));
        return of_a_list ? std::optional(Rate{i, before.back().each}) : std::nullopt;
    }

    bool counts_one_of(Index i, const std::vector<Rate>& rates) const {
        return std::any_of(rates.begin(), rates.end(),
                           [&](const Rate& rate) { return counts_each(prose_, i, rate.each); });
    }

    // Kept, or but for one digit: figures that merely stand beside each other are not asked about.
    bool add(const std::vector<Rate>& rates, const std::vector<Index>& counts, Index total) {
        std::vector<Index> figures;
        for (std::size_t k = 0; k < rates.size(); ++k) {
            if (!counts_each(prose_, counts[k], rates[k].each)) return false;
            figures.push_back(rates[k].figure);
            figures.push_back(counts[k]);
        }
        figures.push_back(total);
        const auto reckoning = reckon(prose_, Law::product, figures);
        if (!reckoning) return false;
        if (reckoning->outcome != Outcome::kept && !one_slip_short(prose_, Law::product, figures))
            return false;
        out_.add(Relation{Law::product, "C9", std::move(figures), Verdict::fails, "figures.product"});
        return true;
    }

    bool level(Index i) const { return prose_.amount(i) && !prose_.change(i) && !prose_.rate(i); }

    bool exact(Index i) const {
        const Qualifier q = prose_.at(i).qualifier;
        return q == Qualifier::none || q == Qualifier::eq || q == Qualifier::target ||
               q == Qualifier::increase;
    }

    static constexpr std::size_t most_rates = 12;

    const Prose& prose_;
    Findings& out_;
};

}  // namespace

void check_products(const Prose& prose, Findings& out) {
    Products products(prose, out);
    for (const auto& item : prose.items)
        for (const Paragraph& paragraph : item)
            for (std::size_t s = 0; s < paragraph.sentences.size(); ++s)
                products.read(paragraph.sentences[s], s > 0 ? &paragraph.sentences[s - 1] : nullptr);
}

}  // namespace ballast::figures
