/// Who works on loans, where, when, by which schemes. Loans of another area are not found; whoever acts for a
/// bank sees that bank's alone.
#pragma once

#include "areas/areas.h"
#include "finance/ledger.h"
#include "finance/loan_book.h"

namespace ballast::finance {

struct BankTag;
struct LoanTag;
using BankId = Id<BankTag>;
using LoanId = Id<LoanTag>;

struct LoanDesk {
    const crypto::Vault& vault;
    const areas::Division& division;
    const LoanBook& book;
    const auth::Actor& actor;
    Date today;
    Instant now;

    /// For the ledger: the areas over which the actor has `right`.
    Desk ledger(auth::Right right) const { return {vault, actor, actor.scope(right), today, now}; }
};

struct Bank {
    BankId id;
    AreaCode area;  // a county
    std::string name;
};
/// Errors: forbidden "auth.not_allowed"; not_found "areas.unknown"; invalid "finance.bank_name_missing"; conflict
/// "finance.bank_exists".
Result<BankId> add_bank(db::Tx& tx, const LoanDesk& desk, AreaCode county, std::string_view name);
/// A township sees those of its county; whoever acts for a bank its own.
Result<std::vector<Bank>> banks(db::Tx& tx, const LoanDesk& desk);
/// not_found "finance.no_such_bank".
Result<Bank> bank(db::Tx& tx, const LoanDesk& desk, BankId id);
/// Lets an account act for the bank. Errors: forbidden; not_found "finance.no_such_bank",
/// "finance.no_such_clerk" {account}: none with a bank's role over the county.
Result<void> assign_clerk(db::Tx& tx, const LoanDesk& desk, BankId id, std::string_view account);

/// SQL that holds for loans (`alias`.area_code, .bank_id) that this actor may see with `right`.
Result<std::string> visible(db::Tx& tx, const LoanDesk& desk, auth::Right right, std::string_view alias);

/// The county's fund that bears its part of a loss. not_found "finance.no_risk_fund".
Result<FundId> risk_fund(db::Tx& tx, AreaCode area);

}  // namespace ballast::finance
