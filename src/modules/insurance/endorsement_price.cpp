#include "insurance/endorsement_price.h"

#include <algorithm>
#include <numeric>

#include "base/shares.h"
#include "insurance/range.h"

namespace ballast::insurance {
namespace {

constexpr auto farmer_at = static_cast<std::size_t>(Payer::farmer);

/// The part of `whole` that stays when the sum insured shrinks.
Money kept(Money whole, const PricedRow& before, Money sum_after) {
    if (sum_after == Money()) return {};
    return (Decimal::yuan(whole) * Decimal::yuan(sum_after))
        .divided_by(Decimal::yuan(before.sum_insured), 2, Rounding::half_up)
        .to_money(Rounding::half_up);
}

/// Premium and farmers' part of what is added, over the rows that grow.
Result<void> add_growth(const Tariff& tariff, const std::vector<Decimal>& growth, std::vector<PricedRow>& rows) {
    const Decimal whole = std::accumulate(growth.begin(), growth.end(), Decimal());
    if (whole.is_zero()) return {};
    const Money premium = (whole * tariff.rate).to_money(Rounding::half_up);
    const auto payer = static_cast<std::size_t>(residual_payer(tariff.shares));
    const auto parts = TRY(by_residual_payer(premium, tariff.shares, payer));
    const auto premiums = TRY(by_largest_remainder(premium, growth));
    const auto farmers = TRY(by_largest_remainder(parts[farmer_at], growth));
    for (std::size_t i = 0; i < rows.size(); ++i) {
        rows[i].premium += premiums[i];
        rows[i].farmer += farmers[i];
    }
    return {};
}

/// Of the premium as it will be, every payer's part, when the farmers' is given.
Result<std::array<Money, payer_count>> parts_of(const Tariff& tariff, Money premium, Money farmers) {
    const auto payer = static_cast<std::size_t>(residual_payer(tariff.shares));
    std::array<Money, payer_count> out;
    std::ranges::copy(TRY(by_residual_payer(premium, tariff.shares, payer)), out.begin());
    const Money off = farmers - out[farmer_at];
    out[farmer_at] = farmers;
    out[payer] -= off;
    if (std::ranges::all_of(out, [](Money part) { return part >= Money(); })) return out;
    // A handful of fen may be more than the residual payer's whole part: then by the shares of those who subsidise.
    std::vector<Decimal> weights(tariff.shares.begin(), tariff.shares.end());
    weights[farmer_at] = 0;
    std::ranges::copy(TRY(by_largest_remainder(premium - farmers, weights)), out.begin());
    out[farmer_at] = farmers;
    return out;
}

}  // namespace

Result<PricedChange> price_change(const Tariff& tariff, Money premium,
                                  const std::array<Money, payer_count>& parts,
                                  const std::vector<RowChange>& changes) {
    TRY(check(tariff));
    PricedChange out;
    std::vector<Decimal> growth;
    Money farmers_before, farmers_after;
    for (const auto& change : changes) {
        TRY(within("units", change.units, 100'000'000, 4));
        const PricedRow before = change.before.value_or(PricedRow{});
        PricedRow after = before;
        after.amount = change.amount;
        const Decimal exact = change.units * change.amount;
        TRY(within("sum_insured", exact, 1'000'000'000'000, 6));
        after.sum_insured = exact.to_money(Rounding::half_up);
        growth.push_back(std::max(Decimal(), Decimal::yuan(after.sum_insured - before.sum_insured)));
        if (after.sum_insured < before.sum_insured) {
            after.premium = kept(before.premium, before, after.sum_insured);
            after.farmer = kept(before.farmer, before, after.sum_insured);
        }
        farmers_before += before.farmer;
        out.premium -= before.premium;
        out.sum_insured += after.sum_insured - before.sum_insured;
        out.rows.push_back(after);
    }
    TRY(add_growth(tariff, growth, out.rows));
    for (const auto& row : out.rows) {
        out.premium += row.premium;
        farmers_after += row.farmer;
    }
    const auto after =
        TRY(parts_of(tariff, premium + out.premium, parts[farmer_at] + farmers_after - farmers_before));
    for (std::size_t i = 0; i < payer_count; ++i) out.parts[i] = after[i] - parts[i];
    return out;
}

}  // namespace ballast::insurance
