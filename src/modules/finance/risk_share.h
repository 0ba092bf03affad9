/// Who bears a loan that was not paid back: insurer, government fund and bank (政银保, domain
/// specification 6.2).
#pragma once

#include "base/decimal.h"
#include "base/result.h"

namespace ballast::finance {

struct RiskShares {  // they add up to 1; assumed: 0.7, 0.2, 0.1
    Decimal insurer;
    Decimal fund;
    Decimal bank;
};

struct Borne {
    Money insurer;
    Money fund;
    Money bank;
    friend bool operator==(const Borne&, const Borne&) = default;
    Money together() const { return insurer + fund + bank; }
};

struct Limits {
    Money insurer_left;  // of its stop-loss this year: premium x 150 %, say, less what it has paid
    Money fund_left;     // balance of the fund that may be used
};

/// By largest remainder; what the insurer's stop-loss no longer covers goes to the fund, and what the fund
/// does not hold to the bank. Always together the loss.
///
/// Errors, all invalid: "finance.out_of_range" {name, value}; those of by_largest_remainder;
/// "shares.not_whole" {sum}.
Result<Borne> share_loss(Money loss, const RiskShares& shares, const Limits& limits);

/// What comes in later, shared as the loss was borne: in proportion to what each has paid and not got back.
/// `before` is what earlier recoveries gave to each; all recoveries together never exceed what was borne, by
/// anybody. Error: "finance.out_of_range" of `recovered`, above what is left.
Result<Borne> share_recovery(Money recovered, const Borne& borne, const Borne& before);

/// The insurer's stop-loss: premium x ratio (1.5 is 150 %), less what it has paid this year; never below 0.
Result<Money> stop_loss_left(Money premium, Decimal ratio, Money paid_this_year);

/// The fuse of a fund or bank by its rate of non-performing loans: above 3 % a warning, above 5 % no new
/// loans (both assumed and given by the caller).
enum class Fuse : std::uint8_t { open, warning, blown };
struct FuseLimits {
    Decimal warn_above;
    Decimal stop_above;
};
/// balance 0: open.
Fuse fuse(Money non_performing, Money balance, const FuseLimits& limits);

}  // namespace ballast::finance
