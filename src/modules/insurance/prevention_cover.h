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
    Money compensated;        // by other insurance: taken off before anything else
    Money excluded = {};      // what the cover does not pay for: taken off too
    Money borne_before = {};  // by the same household for the same cause earlier in the year
    Money paid_this_year;     // under the same terms to the same household
};

/// A payment with every step of its computation, as it is shown and kept.
struct Reckoning {
    PreventionLoss loss;
    PreventionTerms terms;
    Money borne;           // of the year: before, and now without what is excluded and compensated
    bool crossed = false;  // the warning line: at the line is not above it
    Money counted;         // excess: above line and deductible; whole: all that is borne; 0 when not crossed
    struct Slice {
        Money amount;  // of `counted`
        Decimal rate;
        Decimal part;  // yuan, not rounded
    };
    std::vector<Slice> slices;
    Money by_tiers;  // their sum, rounded half up once
    Money limited;   // what of it the cap allows
    Money payable;   // what of that has not been paid this year
};

/// What a household bears of one cause in one year is taken together: the second case of a year pays the
/// difference to what was paid for the first.
///
/// Errors, all invalid: "insurance.out_of_range" {name, value}; "insurance.bad_tiers": none, not from 0, not
/// growing.
Result<Reckoning> reckon(const PreventionTerms& terms, const PreventionLoss& loss);
/// Its `payable`. Nothing at or below the line.
Result<Money> compensation(const PreventionTerms& terms, const PreventionLoss& loss);

}  // namespace ballast::insurance
