#include "finance/interest.h"

#include <algorithm>

#include "finance/range.h"

namespace ballast::finance {

Result<Money> interest(Money principal, const Terms& terms, std::int64_t days) {
    TRY(check_amount("principal", principal));
    TRY(check_rate("rate", terms.rate));
    if (days < 0 || days > 40'000) return out_of_range("days", std::to_string(days));
    return (Decimal::yuan(principal) * terms.rate * days)
        .divided_by(static_cast<std::int64_t>(terms.basis), 2, Rounding::half_up)
        .to_money(Rounding::half_up);
}

Result<BorneInterest> interest_borne(Money principal, const Terms& terms, Decimal borrower_rate,
                                     std::int64_t days) {
    TRY(check_rate("borrower_rate", borrower_rate));
    const Money whole = TRY(interest(principal, terms, days));
    const Money borrower = TRY(interest(principal, {std::min(borrower_rate, terms.rate), terms.basis}, days));
    return BorneInterest{borrower, whole - borrower};
}

}  // namespace ballast::finance
