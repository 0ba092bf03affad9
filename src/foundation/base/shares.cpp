#include "base/shares.h"

#include <algorithm>
#include <numeric>

namespace ballast {
namespace {

// Weights that exact arithmetic can hold together with any sum of money; their total.
Result<Decimal> checked_total(std::span<const Decimal> weights) {
    if (weights.empty()) return invalid("shares.none");
    Decimal total;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        const Decimal weight = weights[i];
        if (weight < 0 || weight >= 1'000'000'000'000 || weight.rounded(6, Rounding::down) != weight)
            return invalid("shares.out_of_range")
                .with("position", std::to_string(i + 1))
                .with("value", weight.plain());
        total = total + weight;
    }
    if (total.is_zero()) return invalid("shares.nothing_to_share_by");
    return total;
}

}  // namespace

Result<std::vector<Money>> by_largest_remainder(Money total, std::span<const Decimal> weights) {
    const Decimal whole = TRY(checked_total(weights));
    const bool negative = total < Money();
    const std::int64_t fen = negative ? (-total).fen() : total.fen();

    std::vector<std::int64_t> parts;
    std::vector<Decimal> fractions;  // of a fen, times `whole`
    for (const Decimal weight : weights) {
        const Decimal exact = Decimal(fen) * weight;
        const Money floor = exact.divided_by(whole * 100, 2, Rounding::down).to_money(Rounding::down);
        parts.push_back(floor.fen());
        fractions.push_back(exact - Decimal(floor.fen()) * whole);
    }
    const std::int64_t missing = fen - std::accumulate(parts.begin(), parts.end(), std::int64_t{0});
    std::vector<std::size_t> order(parts.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order,
                             [&](std::size_t a, std::size_t b) { return fractions[a] > fractions[b]; });
    for (std::size_t i = 0; i < static_cast<std::size_t>(missing); ++i) ++parts[order.at(i)];

    std::vector<Money> out;
    for (const std::int64_t part : parts) out.push_back(Money::fen(negative ? -part : part));
    return out;
}

Result<std::vector<Money>> by_residual_payer(Money total, std::span<const Decimal> shares,
                                             std::size_t payer) {
    INVARIANT(payer < shares.size());
    const Decimal whole = TRY(checked_total(shares));
    if (whole != 1) return invalid("shares.not_whole").with("sum", whole.plain());
    std::vector<Money> out;
    Money others;
    for (std::size_t i = 0; i < shares.size(); ++i) {
        out.push_back(i == payer ? Money() : (Decimal::yuan(total) * shares[i]).to_money(Rounding::half_up));
        others += out.back();
    }
    out[payer] = total - others;
    const bool wrong_sign = total < Money() ? out[payer] > Money() : out[payer] < Money();
    return wrong_sign ? by_largest_remainder(total, shares) : std::move(out);
}

}  // namespace ballast
