#include "finance/risk_share.h"

#include <algorithm>
#include <array>

#include "base/shares.h"
#include "finance/range.h"

namespace ballast::finance {

Result<Borne> share_loss(Money loss, const RiskShares& shares, const Limits& limits) {
    TRY(check_amount("loss", loss));
    const std::array weights{shares.insurer, shares.fund, shares.bank};
    const Decimal sum = shares.insurer + shares.fund + shares.bank;
    if (sum != 1) return invalid("shares.not_whole").with("sum", sum.plain());
    const auto parts = TRY(by_largest_remainder(loss, weights));
    const Money insurer = std::clamp(limits.insurer_left, Money(), parts[0]);
    const Money asked_of_fund = parts[1] + (parts[0] - insurer);
    const Money fund = std::clamp(limits.fund_left, Money(), asked_of_fund);
    return Borne{insurer, fund, loss - insurer - fund};
}

Result<Borne> share_recovery(Money recovered, const Borne& borne, const Borne& before) {
    TRY(check_amount("recovered", recovered));
    const Borne left{borne.insurer - before.insurer, borne.fund - before.fund, borne.bank - before.bank};
    INVARIANT(left.insurer >= Money() && left.fund >= Money() && left.bank >= Money());
    if (recovered > left.together()) return out_of_range("recovered", recovered.plain());
    const std::array weights{Decimal::yuan(left.insurer), Decimal::yuan(left.fund), Decimal::yuan(left.bank)};
    const auto parts = TRY(by_largest_remainder(recovered, weights));
    return Borne{parts[0], parts[1], parts[2]};
}

Result<Money> stop_loss_left(Money premium, Decimal ratio, Money paid_this_year) {
    TRY(check_amount("premium", premium));
    if (ratio < 0 || ratio >= 100 || ratio.rounded(4, Rounding::down) != ratio)
        return out_of_range("ratio", ratio.plain());
    const Money limit = (Decimal::yuan(premium) * ratio).to_money(Rounding::half_up);
    return std::max(limit - paid_this_year, Money());
}

Fuse fuse(Money non_performing, Money balance, const FuseLimits& limits) {
    if (balance <= Money()) return Fuse::open;
    const auto above = [&](Decimal limit) {
        return Decimal::yuan(non_performing) > Decimal::yuan(balance) * limit;
    };
    if (above(limits.stop_above)) return Fuse::blown;
    return above(limits.warn_above) ? Fuse::warning : Fuse::open;
}

}  // namespace ballast::finance
