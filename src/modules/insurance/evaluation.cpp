#include "insurance/evaluation.h"

#include <algorithm>
#include <numeric>

#include "insurance/range.h"

namespace ballast::insurance {
namespace {

constexpr int rate_places = 6;

Decimal whole_above(Decimal value) {
    const Decimal whole = value.rounded(0, Rounding::down);
    return whole == value ? whole : whole + 1;
}

Result<void> check_parts(std::string_view name, Decimal part, Decimal whole) {
    TRY(within(name, part, 1'000'000'000'000, 4));
    TRY(within(name, whole, 1'000'000'000'000, 4));
    if (whole.is_zero()) return invalid("insurance.nothing_to_rate").with("name", std::string(name));
    if (part > whole) return invalid("insurance.part_exceeds_whole").with("name", std::string(name));
    return {};
}

}  // namespace

Result<Decimal> insured_rate(const std::vector<InsuredKind>& kinds) {
    Decimal weights, sum;
    for (const auto& kind : kinds) {
        TRY(check_parts("insured", kind.insured, kind.insurable));
        TRY(share("weight", kind.weight));
        weights = weights + kind.weight;
        // Each quotient at 14 places: the sum of all kinds cannot differ in the sixth but at an exact half.
        sum = sum + (kind.insured * kind.weight).divided_by(kind.insurable, 14, Rounding::half_even);
    }
    if (weights != 1) return invalid("insurance.bad_shares").with("sum", weights.plain());
    return sum.rounded(rate_places, Rounding::half_up);
}

Result<Decimal> rate(std::string_view name, Decimal part, Decimal whole) {
    TRY(check_parts(name, part, whole));
    return part.divided_by(whole, rate_places, Rounding::half_up);
}

Result<Satisfaction> satisfaction(const Answers& answers, std::int64_t households,
                                  const SatisfactionRule& rule) {
    for (const auto points : rule.points) TRY(within("points", points, 101, 0));
    TRY(within("least", rule.least, 100'000'000, 0));
    TRY(share("part", rule.part));
    for (const auto count : answers) TRY(within("answers", count, 100'000'000, 0));
    TRY(within("households", households, 100'000'000, 0));
    const auto valid = std::accumulate(answers.begin(), answers.end(), std::int64_t{0});
    const Decimal part = Decimal(households) * rule.part;
    const bool too_few = Decimal(valid) < part || valid < rule.least;
    if (too_few)
        return invalid("insurance.sample_too_small")
            .with("sampled", std::to_string(valid))
            .with("needed", std::max(Decimal(rule.least), whole_above(part)).plain());
    const auto score =
        std::inner_product(answers.begin(), answers.end(), rule.points.begin(), std::int64_t{0});
    return Satisfaction{TRY(rate("satisfied", answers[0] + answers[1], valid)),
                        Decimal(score).divided_by(valid, 4, Rounding::half_up)};
}

}  // namespace ballast::insurance
