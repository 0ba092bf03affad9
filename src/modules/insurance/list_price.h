/// What a whole list comes to, and each farmer's part of it. The premium is computed on the list together and
/// rounded once; the farmers' parts add up to it again.
#pragma once

#include <string>
#include <vector>

#include "insurance/premium.h"

namespace ballast::insurance {

struct PricedRow {
    Decimal amount;  // yuan a unit
    Money sum_insured;
    Money premium;
    Money farmer;  // of it, the farmer's own part
};
struct PricedList {
    Decimal units;
    Money sum_insured;
    Money premium;
    std::array<Money, payer_count> parts;
    std::vector<PricedRow> rows;
    Money part(Payer payer) const { return parts[static_cast<std::size_t>(payer)]; }
    Money subsidy() const { return premium - part(Payer::farmer); }
};

/// One plot or herd; `operator_key` is the same for everything that one operator insures, which is added up
/// before the scale threshold is looked at.
struct UnitsOf {
    std::string operator_key;
    Decimal units;
};
/// Errors: those of quote(); invalid "insurance.list_empty".
Result<PricedList> price_list(const Tariff& tariff, const std::vector<UnitsOf>& rows);

}  // namespace ballast::insurance
