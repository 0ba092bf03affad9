#include "insurance/premium.h"

#include <algorithm>

#include "base/shares.h"
#include "insurance/range.h"

namespace ballast::insurance {
namespace {

constexpr std::int64_t most_amount = 10'000'000;  // yuan per unit
constexpr std::int64_t most_units = 100'000'000;

}  // namespace

Payer residual_payer(const PremiumShares& shares) {
    using enum Payer;
    constexpr std::array order{county, province, prefecture, central, farmer};
    const auto pays = [&](Payer payer) { return !shares[static_cast<std::size_t>(payer)].is_zero(); };
    const auto first = std::ranges::find_if(order, pays);
    return first == order.end() ? farmer : *first;
}

Result<void> check(const Tariff& tariff) {
    TRY(positive("amount", tariff.amount, most_amount, 2));
    TRY(positive("rate", tariff.rate, 1, 6));
    if (tariff.scale) {
        TRY(positive("threshold", tariff.scale->threshold, most_units, 4));
        TRY(positive("amount", tariff.scale->amount, most_amount, 2));
    }
    Decimal sum;
    for (const Decimal part : tariff.shares) {
        TRY(within("share", part, 2, 6));
        sum = sum + part;
    }
    if (sum != 1) return invalid("insurance.bad_shares").with("sum", sum.plain());
    const bool farmer_pays = !tariff.shares[static_cast<std::size_t>(Payer::farmer)].is_zero();
    if (!farmer_pays && !tariff.farmer_waived) return invalid("insurance.farmer_pays_nothing");
    return {};
}

Result<Quote> quote(const Tariff& tariff, Decimal units) {
    TRY(check(tariff));
    TRY(positive("units", units, most_units, 4));
    Quote out;
    const bool scale = tariff.scale && units >= tariff.scale->threshold;
    out.amount = scale ? tariff.scale->amount : tariff.amount;
    const Decimal insured = units * out.amount;
    out.sum_insured = insured.to_money(Rounding::half_up);
    out.premium = (insured * tariff.rate).to_money(Rounding::half_up);
    const auto payer = static_cast<std::size_t>(residual_payer(tariff.shares));
    const auto parts = TRY(by_residual_payer(out.premium, tariff.shares, payer));
    std::ranges::copy(parts, out.parts.begin());
    return out;
}

}  // namespace ballast::insurance
