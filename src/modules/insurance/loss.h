/// What a loss in the field or the stable comes to (domain specification 5.3): one formula, exact, rounded
/// once, half up; and never more than what is left of the sum insured.
///
/// Errors, all invalid: "insurance.out_of_range" {name, value}; "insurance.thresholds_crossed" when a loss
/// would be total before it is one at all; "insurance.lost_more_than_planted" {area, planted}.
#pragma once

#include "base/decimal.h"
#include "base/result.h"

namespace ballast::insurance {

enum class DeductibleKind : std::uint8_t {
    none,
    absolute,  // that share is taken off every payment
    relative,  // a loss up to it, itself included, pays nothing; once it is exceeded, in full (5.3)
};

struct CropTerms {
    Decimal amount;      // yuan insured per mu
    Decimal threshold;   // a loss below it is none: 0.2
    Decimal total_loss;  // from it on, itself included, a loss is one of everything: 0.8
    DeductibleKind deductible_kind = DeductibleKind::none;
    Decimal deductible;
};

struct CropLoss {
    Decimal stage;    // what the crop was worth in its stage of growth: 0.9
    Decimal loss;     // of the yield: 0.46
    Decimal area;     // mu, hit; at most what is planted
    Decimal insured;  // mu of the policy
    Decimal planted;  // mu really planted; more than insured reduces in proportion
};

/// Before the remaining sum insured is looked at.
Result<Money> compensation(const CropTerms& terms, const CropLoss& loss);

struct LivestockLoss {
    Decimal amount;       // yuan insured per head
    Decimal coefficient;  // by body length, weight or age: above 0, at most 1
    std::int64_t heads;
    Money residual;    // what the carcass still fetched
    Money government;  // paid for culling
};
/// Never below zero.
Result<Money> compensation(const LivestockLoss& loss);

/// The sum insured of one policy or insured farmer in a season, and what has been paid of it.
class Remaining {
public:
    explicit Remaining(Money sum_insured) : left_(sum_insured) { INVARIANT(sum_insured >= Money()); }
    Money left() const { return left_; }
    /// Of `claimed`, what is still covered; the rest is not paid.
    Money pay(Money claimed) {
        INVARIANT(claimed >= Money());
        const Money paid = claimed < left_ ? claimed : left_;
        left_ -= paid;
        return paid;
    }

private:
    Money left_;
};

}  // namespace ballast::insurance
