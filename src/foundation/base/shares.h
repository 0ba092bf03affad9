/// A sum of money split so that its parts add up to it again, to the fen (domain specification G3). Of a
/// negative sum the parts are those of the positive one, negated.
///
/// Errors, all invalid: "shares.none"; "shares.out_of_range" {position, value}: below 0, a trillion or more,
/// or with more than 6 places; "shares.nothing_to_share_by": all zero; "shares.not_whole" {sum}.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "base/decimal.h"

namespace ballast {

/// In proportion to the weights: each part rounded down, the missing fen given one by one to the largest
/// fractions, ties in the order of the list. For coinsurance and the allocation of funds.
Result<std::vector<Money>> by_largest_remainder(Money total, std::span<const Decimal> weights);

/// By shares that add up to exactly 1: each part rounded half up, save that of `payer`, who takes the rest.
/// For subsidies. Of very small sums the rest can come out below zero; they are split by largest remainder
/// instead, so that nobody receives where all pay.
Result<std::vector<Money>> by_residual_payer(Money total, std::span<const Decimal> shares, std::size_t payer);

}  // namespace ballast
