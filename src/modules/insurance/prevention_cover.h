/// 防贫保, the poverty-prevention cover (domain specification 5.9): of a group, not of named people. What it
/// pays for an expense that crossed the warning line of its cause.
#pragma once

#include <optional>
#include <vector>

#include "base/decimal.h"
#include "base/result.h"

namespace ballast::insurance {

enum class TierMode : std::uint8_t {
    excess,  // the part above the line, each tier's slice at its own rate
    whole,   // the whole self-paid amount, at the rate of the tier in which it lies
};

struct PreventionTerms {
    Money warning_line;
    Money deductible;  // excess mode: taken off besides the line
    TierMode mode = TierMode::excess;
    struct Tier {
        Money from;  // the first from 0; itself included
        Decimal rate;
    };
    std::vector<Tier> tiers;
    std::optional<Money> annual_cap;  // of one household
};

struct PreventionLoss {
    Money self_paid;
    Money compensated;     // by other insurance: taken off before anything else
    Money paid_this_year;  // under the same terms to the same household
};

/// Nothing at or below the line.
///
/// Errors, all invalid: "insurance.out_of_range" {name, value}; "insurance.bad_tiers": none, not from 0, not
/// growing.
Result<Money> compensation(const PreventionTerms& terms, const PreventionLoss& loss);

}  // namespace ballast::insurance
