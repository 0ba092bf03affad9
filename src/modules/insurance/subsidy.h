/// The government's part of the premiums: claimed by an insurer for a quarter's policies, paid by the county
/// out of its subsidy fund into the insurer's book, once for each policy (domain specification 5.1). A change of a policy
/// after that is claimed with the quarter in which it took effect; where changes lower it by more than is claimed, the
/// amount is below zero, and the insurer gives it back.
#pragma once

#include "insurance/desk.h"

namespace ballast::insurance {

struct SubsidyLine {
    InsurerId insurer;
    std::string name;
    std::int64_t policies = 0, farmers = 0;
    Money amount;  // centre, province, prefecture and county together
};
/// Policies that came into force up to the end of the quarter ("2026Q2") and whose subsidy has not been paid,
/// by insurer. invalid "insurance.bad_quarter".
Result<std::vector<SubsidyLine>> subsidy_due(db::Tx& tx, const Desk& desk, AreaCode county,
                                             std::string_view quarter);
/// Errors: forbidden; not_found "insurance.no_such_insurer", "finance.no_such_fund"; conflict
/// "insurance.no_subsidy_due", "finance.fund_exhausted" {available}; invalid "insurance.quarter_runs".
Result<SubsidyLine> pay_subsidy(db::Tx& tx, const Desk& desk, InsurerId insurer, finance::FundId from,
                                std::string_view quarter);

}  // namespace ballast::insurance
