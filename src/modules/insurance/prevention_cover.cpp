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

Decimal by_slices(const PreventionTerms& terms, Money above_line) {
    Decimal out;
    for (std::size_t i = 0; i < terms.tiers.size(); ++i) {
        const Money from = terms.tiers[i].from;
        if (above_line <= from) break;
        const bool last = i + 1 == terms.tiers.size();
        const Money to = last ? above_line : std::min(above_line, terms.tiers[i + 1].from);
        out = out + Decimal::yuan(to - from) * terms.tiers[i].rate;
    }
    return out;
}

Decimal rate_of(const PreventionTerms& terms, Money amount) {
    Decimal rate;
    for (const auto& tier : terms.tiers)
        if (amount >= tier.from) rate = tier.rate;
    return rate;
}

}  // namespace

Result<Money> compensation(const PreventionTerms& terms, const PreventionLoss& loss) {
    TRY(check(terms));
    TRY(within("self_paid", Decimal::yuan(loss.self_paid), most_yuan, 2));
    TRY(within("compensated", Decimal::yuan(loss.compensated), most_yuan, 2));
    TRY(within("paid_this_year", Decimal::yuan(loss.paid_this_year), most_yuan, 2));
    const Money borne = loss.self_paid - loss.compensated;
    if (borne <= terms.warning_line) return Money();
    const Decimal exact = terms.mode == TierMode::excess
                              ? by_slices(terms, borne - terms.warning_line - terms.deductible)
                              : Decimal::yuan(borne) * rate_of(terms, borne);
    const Money amount = exact.to_money(Rounding::half_up);
    if (!terms.annual_cap) return amount;
    return std::clamp(*terms.annual_cap - loss.paid_this_year, Money(), amount);
}

}  // namespace ballast::insurance
