#include "insurance/list_price.h"

#include <algorithm>
#include <map>

#include "base/shares.h"
#include "insurance/range.h"

namespace ballast::insurance {

Result<PricedList> price_list(const Tariff& tariff, const std::vector<UnitsOf>& rows) {
    if (rows.empty()) return invalid("insurance.list_empty");
    TRY(check(tariff));
    std::map<std::string, Decimal> together;
    for (const auto& row : rows) {
        TRY(positive("units", row.units, 100'000'000, 4));
        auto& sum = together[row.operator_key];
        sum = sum + row.units;
    }
    PricedList out;
    Decimal insured;
    std::vector<Decimal> weights;
    for (const auto& row : rows) {
        const bool scale = tariff.scale && together.at(row.operator_key) >= tariff.scale->threshold;
        PricedRow priced;
        priced.amount = scale ? tariff.scale->amount : tariff.amount;
        const Decimal exact = row.units * priced.amount;
        priced.sum_insured = exact.to_money(Rounding::half_up);
        insured = insured + exact;
        out.units = out.units + row.units;
        out.sum_insured += priced.sum_insured;
        weights.push_back(Decimal::yuan(priced.sum_insured));
        out.rows.push_back(priced);
    }
    TRY(within("sum_insured", insured, 1'000'000'000'000, 6));
    out.premium = (insured * tariff.rate).to_money(Rounding::half_up);
    const auto payer = static_cast<std::size_t>(residual_payer(tariff.shares));
    std::ranges::copy(TRY(by_residual_payer(out.premium, tariff.shares, payer)), out.parts.begin());
    const auto premiums = TRY(by_largest_remainder(out.premium, weights));
    const auto farmers = TRY(by_largest_remainder(out.part(Payer::farmer), weights));
    for (std::size_t i = 0; i < rows.size(); ++i) {
        out.rows[i].premium = premiums[i];
        out.rows[i].farmer = farmers[i];
    }
    return out;
}

}  // namespace ballast::insurance
