/// Premium and who pays it (domain specification 5.1). Computed on the whole policy and rounded once; the
/// shares add up to the premium again, the residual payer takes the rest.
#pragma once

#include <array>
#include <optional>

#include "base/decimal.h"
#include "base/result.h"

namespace ballast::insurance {

enum class Payer : std::uint8_t { central, province, prefecture, county, farmer };
inline constexpr std::size_t payer_count = 5;

/// Indexed by Payer; 0.45 is 45 %. They add up to exactly 1.
using PremiumShares = std::array<Decimal, payer_count>;

struct Tariff {
    Decimal amount;  // yuan insured per unit
    /// One operator with at least so many units in one season is insured for this amount instead.
    struct Scale {
        Decimal threshold;
        Decimal amount;
    };
    std::optional<Scale> scale;
    Decimal rate;  // 0.06 is 6 %
    PremiumShares shares;
    bool farmer_waived = false;  // public forest, or a group whose part somebody named pays
};

struct Quote {
    Decimal amount;  // that holds for so many units
    Money sum_insured;
    Money premium;
    std::array<Money, payer_count> parts;  // by Payer; add up to the premium

    Money part(Payer payer) const { return parts[static_cast<std::size_t>(payer)]; }
    Money subsidy() const { return premium - part(Payer::farmer); }
};

/// Who takes the rest of rounding: the county, or when it pays nothing the province, or the first of the
/// others that pays.
Payer residual_payer(const PremiumShares& shares);

/// Errors, all invalid: "insurance.bad_shares" {sum}; "insurance.farmer_pays_nothing", unless waived;
/// "insurance.out_of_range" {name, value}: amount, rate, threshold, units or share.
Result<void> check(const Tariff& tariff);

/// For an operator's units of one season together (mu, head). Errors: those of check;
/// "insurance.out_of_range" of units.
Result<Quote> quote(const Tariff& tariff, Decimal units);

}  // namespace ballast::insurance
