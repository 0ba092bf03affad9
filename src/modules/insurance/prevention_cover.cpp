#include "insurance/prevention_cover.h"

#include <algorithm>

#include "insurance/range.h"

namespace ballast::insurance {
namespace {

constexpr std::int64_t most_yuan = 1'000'000'000;

Result<void> check(const PreventionTerms& terms) {
    TRY(within("warning_line", Decimal::yuan(terms.warning_line), most_yuan, 2));
    TRY(within("deductible", Decimal::yuan(terms.deductible), most_yuan, 2));
    if (terms.annual_cap) TRY(within("annual_cap", Decimal::yuan(*terms.annual_cap), most_yuan, 2));
    if (terms.tiers.empty() || terms.tiers.front().from != Money()) return invalid("insurance.bad_tiers");
    const auto not_growing = [](const auto& a, const auto& b) { return a.from >= b.from; };
    if (std::ranges::adjacent_find(terms.tiers, not_growing) != terms.tiers.end())
        return invalid("insurance.bad_tiers");
    for (const auto& tier : terms.tiers) TRY(share("rate", tier.rate));
    return {};
}

using Slices = std::vector<Reckoning::Slice>;

Reckoning::Slice slice(Money amount, Decimal rate) { return {amount, rate, Decimal::yuan(amount) * rate}; }

Slices by_tier(const PreventionTerms& terms, Money above_line) {
    Slices out;
    for (std::size_t i = 0; i < terms.tiers.size(); ++i) {
        const Money from = terms.tiers[i].from;
        if (above_line <= from) break;
        const bool last = i + 1 == terms.tiers.size();
        const Money to = last ? above_line : std::min(above_line, terms.tiers[i + 1].from);
        out.push_back(slice(to - from, terms.tiers[i].rate));
    }
    return out;
}

Slices all_at_once(const PreventionTerms& terms, Money amount) {
    Decimal rate;
    for (const auto& tier : terms.tiers)
        if (amount >= tier.from) rate = tier.rate;
    return {slice(amount, rate)};
}

}  // namespace

Result<Reckoning> reckon(const PreventionTerms& terms, const PreventionLoss& loss) {
    TRY(check(terms));
    for (const auto& [name, amount] :
         {std::pair{"self_paid", loss.self_paid}, std::pair{"compensated", loss.compensated},
          std::pair{"excluded", loss.excluded}, std::pair{"borne_before", loss.borne_before},
          std::pair{"paid_this_year", loss.paid_this_year}})
        TRY(within(name, Decimal::yuan(amount), most_yuan, 2));
    Reckoning out;
    out.loss = loss;
    out.terms = terms;
    const Money now = std::max(Money(), loss.self_paid - loss.excluded - loss.compensated);
    out.borne = loss.borne_before + now;
    out.crossed = out.borne > terms.warning_line;
    if (!out.crossed) return out;
    const bool excess = terms.mode == TierMode::excess;
    out.counted = excess ? std::max(Money(), out.borne - terms.warning_line - terms.deductible) : out.borne;
    out.slices = excess ? by_tier(terms, out.counted) : all_at_once(terms, out.counted);
    Decimal exact;
    for (const auto& one : out.slices) exact = exact + one.part;
    out.by_tiers = exact.to_money(Rounding::half_up);
    out.limited = terms.annual_cap ? std::min(*terms.annual_cap, out.by_tiers) : out.by_tiers;
    out.payable = std::max(Money(), out.limited - loss.paid_this_year);
    return out;
}

Result<Money> compensation(const PreventionTerms& terms, const PreventionLoss& loss) {
    return TRY(reckon(terms, loss)).payable;
}

}  // namespace ballast::insurance
