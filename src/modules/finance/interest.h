/// Interest of loans by day count, and who bears it (domain specification 6.2). Exact; each amount rounded
/// once, half up.
///
/// Errors, all invalid: "finance.out_of_range" {name, value}: a rate of 1 or more, below 0, or with more than
/// 6 places; a principal at or below 0; a period that ends before it begins.
#pragma once

#include "base/date.h"
#include "base/decimal.h"

namespace ballast::finance {

/// Days of a year in the contract: banks count 360 as a rule.
enum class Basis : std::int16_t { days_360 = 360, days_365 = 365 };

struct Terms {
    Decimal rate;  // a year: 0.0385
    Basis basis = Basis::days_360;
};

/// principal x rate x days / basis.
Result<Money> interest(Money principal, const Terms& terms, std::int64_t days);

struct BorneInterest {
    Money borrower;
    Money fiscal;  // together the whole interest
};
/// The borrower pays at most `borrower_rate`, the government the rest: nothing when the loan itself costs no
/// more. With 0 the government pays all.
Result<BorneInterest> interest_borne(Money principal, const Terms& terms, Decimal borrower_rate,
                                     std::int64_t days);

}  // namespace ballast::finance
