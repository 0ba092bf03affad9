#include "finance/loan_scheme.h"

#include "finance/range.h"

namespace ballast::finance {

std::vector<Error> objections(const LoanApplication& application, const LoanScheme& scheme, Fuse fuse) {
    std::vector<Error> out;
    if (application.amount <= Money()) out.push_back(out_of_range("amount", application.amount.plain()));
    if (application.months < 1) out.push_back(out_of_range("months", std::to_string(application.months)));
    if (const auto rate = check_rate("rate", application.rate); !rate) out.push_back(rate.error());

    if (application.amount > scheme.most)
        out.push_back(invalid("finance.amount_above_scheme").with("most", scheme.most.formatted()));
    if (application.months > scheme.most_months)
        out.push_back(invalid("finance.term_above_scheme").with("most", std::to_string(scheme.most_months)));
    const Decimal most_rate =
        application.months <= 12 ? scheme.most_rate_to_a_year : scheme.most_rate_above_a_year;
    if (application.rate > most_rate)
        out.push_back(invalid("finance.rate_above_scheme").with("most", most_rate.plain()));
    if (scheme.own_production_only && application.use != LoanUse::production)
        out.push_back(invalid("finance.use_not_allowed"));
    if (scheme.one_for_a_household && application.open_in_household > 0)
        out.push_back(conflict("finance.household_has_loan"));
    if (scheme.most_times && application.had_before >= *scheme.most_times)
        out.push_back(conflict("finance.too_often").with("most", std::to_string(*scheme.most_times)));
    if (fuse == Fuse::blown) out.push_back(conflict("finance.fuse_blown"));
    return out;
}

}  // namespace ballast::finance
