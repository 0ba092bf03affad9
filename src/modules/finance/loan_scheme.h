/// What a scheme lends, to whom and at what price (domain specification 6.2): the checks of an application.
/// The terms are dated parameters of a pack; nothing here knows a scheme by name.
#pragma once

#include <optional>
#include <vector>

#include "base/decimal.h"
#include "base/result.h"
#include "finance/risk_share.h"

namespace ballast::finance {

enum class LoanUse : std::uint8_t {
    production,  // the household's own
    consumption,
    lent_on,  // 户贷企用: to a firm
};

struct LoanScheme {
    Money most;  // 脱贫人口小额信贷: 50,000
    int most_months = 36;
    Decimal most_rate_to_a_year;      // 1-year LPR, plus what the scheme allows
    Decimal most_rate_above_a_year;   // 5-year LPR, likewise
    std::optional<int> most_times;    // loans of one borrower under the scheme in all
    bool one_for_a_household = true;  // at a time
    bool own_production_only = true;
};

struct LoanApplication {
    Money amount;
    int months = 12;
    Decimal rate;
    LoanUse use = LoanUse::production;
    int open_in_household = 0;  // loans of the scheme not yet over
    int had_before = 0;         // by the borrower under the scheme
};

/// Everything that stands against it, in the order of the list; empty: nothing does.
///   invalid  "finance.out_of_range" {name, value}   amount or months not above zero, a rate that is none
///   invalid  "finance.amount_above_scheme" {most}
///   invalid  "finance.term_above_scheme" {most}      months
///   invalid  "finance.rate_above_scheme" {most}      a share: 0.0385
///   invalid  "finance.use_not_allowed"
///   conflict "finance.household_has_loan"
///   conflict "finance.too_often" {most}
///   conflict "finance.fuse_blown"                    too many of the fund's loans are not paid back
std::vector<Error> objections(const LoanApplication& application, const LoanScheme& scheme, Fuse fuse);

}  // namespace ballast::finance
