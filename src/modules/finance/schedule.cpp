#include "finance/schedule.h"

#include <algorithm>
#include <boost/multiprecision/cpp_int.hpp>

#include "base/shares.h"
#include "finance/range.h"

namespace ballast::finance {
namespace {

using Rational = boost::multiprecision::cpp_rational;
using Whole = boost::multiprecision::cpp_int;

std::vector<Date> due_dates(const Loan& loan) {
    std::vector<Date> out;
    if (loan.repayment != Repayment::at_maturity)
        for (int month = loan.months_between; month < loan.months; month += loan.months_between)
            out.push_back(loan.disbursed.plus_months(month));
    out.push_back(loan.disbursed.plus_months(loan.months));
    return out;
}

// principal x i / (1 - (1 + i)^-n), exact in fractions of any length, rounded once, half up.
Money annuity(const Loan& loan, std::size_t periods) {
    const auto millionths = (loan.terms.rate * 1'000'000).to_money(Rounding::down).fen() / 100;
    const Rational i = Rational(millionths * loan.months_between) / (12 * 1'000'000);
    const Rational principal(loan.principal.fen());
    if (i == 0) return loan.principal.divided_by(static_cast<std::int64_t>(periods));
    Rational growth = 1;
    for (std::size_t period = 0; period < periods; ++period) growth *= 1 + i;
    const Rational exact = principal * i * growth / (growth - 1);
    const Whole twice = 2 * numerator(exact) + denominator(exact);
    return Money::fen(static_cast<std::int64_t>(twice / (2 * denominator(exact))));
}

Result<void> check(const Loan& loan) {
    TRY(check_amount("principal", loan.principal));
    TRY(check_rate("rate", loan.terms.rate));
    if (loan.months < 1 || loan.months > 360) return out_of_range("months", std::to_string(loan.months));
    if (loan.months_between < 1 || loan.months_between > 12)
        return out_of_range("months_between", std::to_string(loan.months_between));
    return {};
}

}  // namespace

Result<std::vector<Instalment>> schedule(const Loan& loan) {
    TRY(check(loan));
    const auto dates = due_dates(loan);
    const auto equal = TRY(by_largest_remainder(loan.principal, std::vector<Decimal>(dates.size(), 1)));
    const bool level = loan.repayment == Repayment::equal_instalment;
    const Money instalment = level ? annuity(loan, dates.size()) : Money();

    std::vector<Instalment> out;
    Money outstanding = loan.principal;
    Date before = loan.disbursed;
    for (std::size_t i = 0; i < dates.size(); ++i) {
        Instalment row{
            .due = dates[i], .days = dates[i] - before, .principal = {}, .interest = {}, .outstanding = {}};
        if (outstanding > Money()) row.interest = TRY(interest(outstanding, loan.terms, row.days));
        if (i + 1 == dates.size())
            row.principal = outstanding;
        else if (loan.repayment == Repayment::equal_principal)
            row.principal = equal[i];
        else if (level)
            row.principal = std::clamp(instalment - row.interest, Money(), outstanding);
        outstanding -= row.principal;
        row.outstanding = outstanding;
        before = row.due;
        out.push_back(row);
    }
    return out;
}

}  // namespace ballast::finance
