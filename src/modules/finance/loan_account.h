/// What a contract comes to on a day, from what was paid on it: what is outstanding, who owes which interest,
/// what is due and since when it is overdue. Pure: made anew each time from the contract and its payments.
///
/// The borrower pays principal and their own part of the interest; government pays the rest to the bank. While
/// something is overdue, and after the subsidy has run out, the borrower bears all of it. There is no penalty
/// interest.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "finance/schedule.h"

namespace ballast::finance {

struct Extension {
    Date on;
    Date maturity;  // the new one: all that is outstanding is due then
};

struct Contract {
    Loan loan;
    Decimal borrower_rate;  // while it is subsidised
    Date subsidy_until;     // interest of later days is not subsidised
    std::optional<Extension> extension;

    Date maturity() const;  // as extended
};

struct DueRow {
    Date due;
    int days = 0;
    Money principal;
    BorneInterest interest;
    Money outstanding;  // principal left after it
    Money amount() const { return principal + interest.borrower; }  // the borrower's
};
/// The schedule of the contract as it was signed, its interest split. Errors: those of schedule().
Result<std::vector<DueRow>> due_rows(const Contract& contract);

/// Payments in order of day.
struct Payment {
    Date on;
    Money amount;
};
/// What a payment was taken for: interest first, then principal.
struct Taken {
    Money principal;
    Money interest;
};

struct Standing {
    Money outstanding;
    Money interest;  // the borrower's, accrued and not paid
    Money fiscal;    // government's in all, whether paid or not
    Money principal_paid, interest_paid;
    std::vector<Taken> taken;       // of each payment
    std::optional<Date> next_due;   // the first day on which something is due that is not paid; nothing: paid off
    Money due;                      // by that day's end of `as_of`: what should have been paid and was not

    Money payoff() const { return outstanding + interest; }
};
/// As of the end of `as_of`; payments after it are left out. next_due looks at those payments only, and not at
/// `as_of`: overdue is a loan whose next_due lies before it.
///
/// Errors: those of schedule(); invalid "finance.before_disbursement" {date}: a payment, or as_of;
/// "finance.repaid_too_much" {most}: a payment above what was owed on its day.
Result<Standing> standing(const Contract& contract, std::span<const Payment> payments, Date as_of);

}  // namespace ballast::finance
