/// Burn analysis: what an index cover would have paid in each year of a history, and what premium that asks
/// for before any loading.
#pragma once

#include "pricing/payout.h"
#include "pricing/weather.h"

namespace ballast::pricing {

struct IndexCover {
    Season season;
    IndexRule rule;
    MissingDays missing;
    Payout payout;
    /// Pays only what exceeds this share of the sum insured (an absolute deductible); 0 for nearly all.
    Decimal deductible = 0;
};

struct BurnYear {
    int year;                      // in which the season begins
    std::optional<Error> unknown;  // why the year's index cannot be told; nothing below holds then
    Quotient index;
    Quotient paid_per_unit;
    int days_substituted = 0;
};

struct Burn {
    std::vector<BurnYear> years;
    int known = 0;   // years with an index
    int paying = 0;  // of those, years that pay
    /// The mean over the known years: yuan per unit, and its share of the sum insured.
    Quotient pure_premium;
    Quotient pure_rate;
    Quotient largest;
};

/// Years that cannot be told are listed, and take no part in the mean.
///
/// Errors: those of check() and index_over for a bad cover or value; invalid, "pricing.bad_history" {first,
/// last} when last < first or more than 200 years lie between; conflict, "pricing.no_known_year" when there
/// is nothing to average.
Result<Burn> burn(const IndexCover& cover, int first_year, int last_year,
                  const std::vector<const DailySeries*>& stations);

/// What the cover pays per unit for an index, its deductible taken off.
Quotient paid_per_unit(const IndexCover& cover, const Quotient& index);

}  // namespace ballast::pricing
