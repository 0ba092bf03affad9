/// The yearly evaluation of insurers (domain specification 5.10): rates with numerator and denominator, as
/// published. A rate is a share with 6 places, half up: 0.975743 is 97.5743 %.
///
/// Errors, all invalid: "insurance.nothing_to_rate" {name}, a denominator of zero;
/// "insurance.part_exceeds_whole" {name}; "insurance.bad_shares" {sum}, weights that do not add up to 1;
/// "insurance.out_of_range" {name, value}; "insurance.sample_too_small" {sampled, needed}.
#pragma once

#include <array>
#include <vector>

#include "base/decimal.h"
#include "base/result.h"

namespace ballast::insurance {

struct InsuredKind {
    Decimal insured;  // mu or head
    Decimal insurable;
    Decimal weight;  // of premium or area; the weights of all kinds add up to 1
};

/// 综合投保率, the comprehensive insured rate.
Result<Decimal> insured_rate(const std::vector<InsuredKind>& kinds);

/// Any part of a whole: 理赔兑现率 by amount or by cases, surveys within 24 hours, stations for townships.
Result<Decimal> rate(std::string_view name, Decimal part, Decimal whole);

/// 农户满意度: very satisfied, fairly, neutral, dissatisfied, very dissatisfied.
using Answers = std::array<std::int64_t, 5>;
struct Satisfaction {
    Decimal top_two;
    Decimal mean_score;  // points, 4 places
};
/// Dated parameters of the pack: satisfaction_points_*, satisfaction_sample_least, satisfaction_sample_part.
struct SatisfactionRule {
    Answers points;      // of the five answers, each 0 to 100: 100, 80, 60, 30, 0
    std::int64_t least;  // answers that a sample needs: 30
    Decimal part;        // and of the households that can be asked: 0.01
};
Result<Satisfaction> satisfaction(const Answers& answers, std::int64_t households,
                                  const SatisfactionRule& rule);

}  // namespace ballast::insurance
