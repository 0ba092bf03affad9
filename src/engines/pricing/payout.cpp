#include "pricing/payout.h"

#include <algorithm>

namespace ballast::pricing {
namespace {

Error bad(std::string reason) { return invalid("pricing.bad_payout").with("reason", std::move(reason)); }

// How far the index lies beyond the threshold on the side that pays; negative when it does not.
Quotient beyond(Side side, Decimal threshold, const Quotient& index) {
    return side == Side::deficit ? threshold - index : index - threshold;
}

Result<void> check_shape(const Ticks& ticks) {
    TRY(within_contract("trigger", ticks.trigger));
    TRY(within_contract("tick", ticks.tick));
    if (ticks.tick <= 0) return bad("tick");
    if (ticks.cap) TRY(within_contract("cap", *ticks.cap));
    if (ticks.cap && *ticks.cap <= 0) return bad("cap");
    if (!ticks.whole_from) return {};
    TRY(within_contract("whole_from", *ticks.whole_from));
    if (!ticks.cap || beyond(ticks.side, ticks.trigger, *ticks.whole_from) <= Quotient())
        return bad("whole_from");
    return {};
}

Result<void> check_shape(const Slope& slope) {
    TRY(within_contract("trigger", slope.trigger));
    TRY(within_contract("exit", slope.exit));
    if (slope.trigger == slope.exit) return bad("exit");
    return {};
}

Result<void> check_shape(const Tiers& tiers) {
    if (tiers.steps.empty()) return bad("steps");
    for (std::size_t i = 0; i < tiers.steps.size(); ++i) {
        const auto& step = tiers.steps[i];
        TRY(within_contract("from", step.from));
        TRY(within_contract("share", step.share));
        if (step.share <= 0 || step.share > 1) return bad("steps");
        if (i == 0) continue;
        const auto& before = tiers.steps[i - 1];
        if (beyond(tiers.side, before.from, step.from) <= Quotient() || step.share < before.share)
            return bad("steps");
    }
    return {};
}

Quotient of_shape(const Ticks& ticks, Decimal, const Quotient& index) {
    const Quotient excess = beyond(ticks.side, ticks.trigger, index);
    if (excess <= Quotient()) return {};
    if (ticks.whole_from && beyond(ticks.side, *ticks.whole_from, index) >= Quotient()) return *ticks.cap;
    const Quotient amount = excess * ticks.tick;
    return ticks.cap ? std::min(amount, Quotient(*ticks.cap)) : amount;
}

Quotient of_shape(const Slope& slope, Decimal sum_insured, const Quotient& index) {
    const Side side = slope.exit < slope.trigger ? Side::deficit : Side::excess;
    const Quotient gone = beyond(side, slope.trigger, index);
    if (gone <= Quotient()) return {};
    const Decimal whole = beyond(side, slope.trigger, slope.exit).above();
    if (gone >= Quotient(whole)) return sum_insured;
    return Quotient(gone.above() * sum_insured, gone.below() * whole);
}

Quotient of_shape(const Tiers& tiers, Decimal sum_insured, const Quotient& index) {
    Decimal share;
    for (const auto& step : tiers.steps)
        if (beyond(tiers.side, step.from, index) >= Quotient()) share = step.share;
    return sum_insured * share;
}

}  // namespace

Result<void> check(const Payout& payout) {
    TRY(within_contract("sum_insured", payout.sum_insured));
    if (payout.sum_insured <= 0) return bad("sum_insured");
    return std::visit([](const auto& shape) { return check_shape(shape); }, payout.shape);
}

Quotient paid_per_unit(const Payout& payout, const Quotient& index) {
    const Quotient amount = std::visit(
        [&](const auto& shape) { return of_shape(shape, payout.sum_insured, index); }, payout.shape);
    return std::min(amount, Quotient(payout.sum_insured));
}

}  // namespace ballast::pricing
