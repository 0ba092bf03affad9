/// What an index cover pays for an index: no survey, no deductible, the index alone (domain
/// specification 5.5). The three shapes that contracts have. All are monotone, and exact at each of their
/// thresholds.
#pragma once

#include <optional>
#include <variant>
#include <vector>

#include "pricing/quotient.h"

namespace ballast::pricing {

enum class Side : std::uint8_t {
    deficit,  // pays for an index below its trigger (drought, cold)
    excess,   // above it (heat, rain, snow, frost)
};

/// So many yuan for each unit of the index beyond the trigger. At the trigger itself nothing is paid.
struct Ticks {
    Side side = Side::deficit;
    Decimal trigger;
    Decimal tick;                // yuan per unit of the index and insured unit
    std::optional<Decimal> cap;  // yuan per insured unit
    /// From this index on, itself included, `cap` is paid whole, whatever the ticks come to.
    std::optional<Decimal> whole_from;
};

/// From nothing at the trigger in a straight line to the sum insured at the exit.
struct Slope {
    Decimal trigger;
    Decimal exit;  // below the trigger: a deficit; above it: an excess
};

/// Steps: the share of the sum insured of the last step that the index has reached, the step's edge included.
struct Tiers {
    struct Step {
        Decimal from;
        Decimal share;  // 0.25 is 25 %
    };
    Side side = Side::excess;
    std::vector<Step> steps;  // in the order in which the index reaches them, shares growing
};

struct Payout {
    std::variant<Ticks, Slope, Tiers> shape;
    Decimal sum_insured;  // yuan per insured unit; what is paid never exceeds it
};

/// Error: invalid, "pricing.bad_payout" {reason}, one of "tick", "cap", "whole_from", "exit", "steps",
/// "sum_insured"; "pricing.out_of_range" {name, value}.
Result<void> check(const Payout& payout);

/// Yuan per insured unit, exact. payout is one that check() accepts.
Quotient paid_per_unit(const Payout& payout, const Quotient& index);

/// A whole policy: once rounded, half up. The units are ones that insured_units() accepts.
inline Money paid(const Quotient& per_unit, Decimal units) { return per_unit.money_for(units); }

}  // namespace ballast::pricing
