/// What a change of some rows of a policy makes of its premium (domain specification 5.1, 5.2). Pure.
///
/// Rows that are not changed keep their premium to the fen. Of what is added the premium is rounded once and shared as a
/// list's is; a row that leaves takes its own premium with it, one that shrinks the part that its sum insured loses, half
/// up. The season's premium is not split by days [assumed]. The parts of the whole add up to its premium again: every
/// payer has its share of it, the farmers what their rows say, the residual payer the rest.
#pragma once

#include <optional>
#include <vector>

#include "insurance/list_price.h"

namespace ballast::insurance {

struct RowChange {
    std::optional<PricedRow> before;  // nothing: the row is new
    Decimal units;                    // afterwards; 0: the row leaves
    Decimal amount;                   // yuan a unit, afterwards
};
struct PricedChange {
    std::vector<PricedRow> rows;  // afterwards; all zero of one that leaves
    Money sum_insured;            // the difference of all rows
    Money premium;
    std::array<Money, payer_count> parts;  // differences; add up to that of the premium
    Money part(Payer payer) const { return parts[static_cast<std::size_t>(payer)]; }
};
/// `premium` and `parts` are the policy's before. Errors, invalid: those of check(); "insurance.out_of_range".
Result<PricedChange> price_change(const Tariff& tariff, Money premium,
                                  const std::array<Money, payer_count>& parts,
                                  const std::vector<RowChange>& changes);

}  // namespace ballast::insurance
