/// The schemes of the pack `loans`: who may borrow how much, at what price, who bears the interest and who a
/// loss. Terms are dated and by area; nothing here knows a scheme by name.
#pragma once

#include <filesystem>

#include "finance/loan_procedure.h"
#include "finance/loan_scheme.h"
#include "finance/schedule.h"
#include "packs/packs.h"

namespace ballast::finance {

/// What a scheme offers from a day on, in an area.
struct SchemeTerms {
    Date from;
    AreaCode area;
    Money most;
    int most_months = 12;
    std::optional<int> most_times;
    Decimal above_prime;                          // the rate may be the prime rate and so much more
    std::optional<Decimal> borrower_above_prime;  // the borrower pays so much; government the rest
    Decimal fiscal_share;                         // or government pays this part of the interest
    int subsidised_months = 0;                    // from disbursement
    RiskShares shares;
    std::optional<int> pool_multiple;  // of what the fund holds, may be lent in all
    std::string authority;

    bool assumed() const { return authority.starts_with("assumed"); }
};

struct Scheme {
    std::string name;  // of its file
    packs::Title title;
    std::string document;
    std::vector<std::string> households;  // codes of the register's kinds; empty: any
    bool own_production_only = true;
    bool one_for_a_household = true;
    std::vector<Repayment> repayments;  // that a contract may agree on
    std::vector<SchemeTerms> terms;

    /// The row of the nearest area, upwards, that holds on that day. not_found "finance.no_terms" {scheme,
    /// date}.
    Result<const SchemeTerms*> on(Date day, AreaCode area) const;
};

std::string_view name_of(Repayment repayment);
Result<Repayment> repayment_named(std::string_view name);  // invalid "finance.no_such_repayment" {name}

struct LoanBook {
    packs::Pack pack;
    std::vector<Scheme> schemes;  // by name

    /// not_found "finance.no_such_scheme" {name}.
    Result<const Scheme*> scheme(std::string_view name) const;
    /// A dated limit of parameters.toml; percent as a share. Errors: those of packs::bind.
    Result<Decimal> limit(std::string_view name, Date on, AreaCode area) const;
    Result<int> whole(std::string_view name, Date on, AreaCode area) const;

    Result<LoanLimits> limits(Date on, AreaCode area) const;
    Result<FuseLimits> fuse_limits(Date on, AreaCode area) const;
    /// What objections() holds an application against.
    Result<LoanScheme> offer(const Scheme& scheme, Date on, AreaCode area) const;
    /// Of a loan at `rate`: what the borrower pays while it is subsidised.
    Result<Decimal> borrower_rate(const Scheme& scheme, Decimal rate, int months, Date on, AreaCode area) const;
};

/// `folder`: where the operator keeps packs of their own, which go before the one inside the program, whole.
///
/// Errors: those of packs::read; invalid, with {file, line, key, expected}: "packs.missing"; "packs.malformed";
/// "shares.not_whole" {sum}.
Result<LoanBook> load_loan_book(const std::filesystem::path& folder = {});
Result<LoanBook> read_loan_book(std::vector<packs::File> files);

}  // namespace ballast::finance
