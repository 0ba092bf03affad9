/// A loan's file, from the application to its end: entered by the village, checked and recommended by two
/// people, decided and paid out by two of the bank. Every step is a row of loan_procedure.cpp. Its money is in
/// loan_money.h.
#pragma once

#include "finance/loan_account.h"
#include "finance/loan_desk.h"
#include "registry/household.h"

namespace ballast::finance {

struct LoanFile {
    LoanId id;
    AreaCode area;  // the village
    Bank bank;
    std::string scheme;
    registry::HouseholdId household;
    registry::PersonId person;
    std::string name, id_masked, account_masked, what;
    LoanUse use = LoanUse::production;
    std::int64_t jobs = 0;  // that the loan is to create
    Date applied_on;
    std::string credit;  // of the household, by the village: "excellent" ...; "" before
    Money amount;
    int months = 0;
    std::optional<Contract> contract;  // from the day of disbursement on
    /// Agreed by the bank's decision; the contract takes them over.
    struct Decision {
        Terms terms;
        Decimal borrower_rate;
        Repayment repayment = Repayment::at_maturity;
        int months_between = 1;
        int subsidised_months = 0;
    };
    std::optional<Decision> decision;
    std::string contract_number;
    LoanCourse course;
    bool claim_asked = false;
    std::int64_t version = 0;
    Money outstanding;
    std::optional<Date> next_due;
    /// Days until it matures, when those are at most `matures_within` of the pack, it is paid out and not overdue,
    /// and its household has an open case: somebody has to ask how it will be paid back. Nothing otherwise, and
    /// for whoever may not read that case; a bank is not told that a household is at risk.
    std::optional<int> matures_in;
    Money fiscal_paid;
    std::optional<Date> fiscal_until;
    Money loss, recovered;
    Borne borne;
    std::optional<Date> claimed_on;
    std::optional<FundId> fund;

    /// Overdue today: how many days; 0 when not.
    int days_overdue(Date today) const;
    bool is_out() const;  // paid out and not over
};

std::string_view name_of(LoanUse use);
Result<LoanUse> loan_use_named(std::string_view name);  // invalid "finance.no_such_use" {name}
std::span<const std::string_view> credits();            // "excellent", "good", "ordinary", "poor"

struct NewLoan {
    registry::PersonId person;
    BankId bank;
    std::string scheme;
    Money amount;
    int months = 12;
    LoanUse use = LoanUse::production;
    std::string what;
    std::int64_t jobs = 0;
    std::string key;  // sent again with the same key, the first application is answered
};
/// Errors: forbidden; not_found "finance.no_such_person", "finance.no_such_bank", "finance.no_such_scheme",
/// "finance.no_terms"; invalid "finance.not_a_borrower" (no longer a member, or under 18),
/// "finance.household_not_meant" {scheme}, "finance.text_missing" {name}, "finance.out_of_range"; the first of
/// objections().
Result<LoanId> apply(db::Tx& tx, const LoanDesk& desk, const NewLoan& wanted);

/// not_found "finance.no_such_loan".
Result<LoanFile> load_loan(db::Tx& tx, const LoanDesk& desk, auth::Right right, LoanId id);

struct LoanQuery {
    std::optional<AreaCode> area;
    std::string scheme, state;
    std::optional<BankId> bank;
    std::optional<registry::HouseholdId> household;
    bool out = false;  // paid out and not over, or compensated and not yet settled: what a portfolio counts
    bool overdue = false;
    bool matures_soon = false;  // with LoanFile::matures_in
    std::int64_t offset = 0, limit = 50;
};
struct LoanTotals {
    std::int64_t loans = 0;
    Money amount, outstanding;
};
/// Newest first.
Result<std::vector<LoanFile>> loans(db::Tx& tx, const LoanDesk& desk, const LoanQuery& query,
                                    LoanTotals* totals = nullptr);

/// What a step takes with it; each step looks at its own part.
struct LoanOrder {
    std::int64_t version = 0;
    LoanAction action = LoanAction::check_village;
    Date on = {};
    std::string note = {};    // needed to refuse, extend and write off
    std::string credit = {};  // check_village
    // approve
    Money amount = {};
    int months = 0;
    Decimal rate = {};
    Repayment repayment = Repayment::at_maturity;
    int months_between = 1;
    // disburse: as on the contract and the borrower's own papers
    std::string contract_number = {}, id_number = {}, account = {};
    std::optional<Date> maturity = {};  // extend
};
/// Errors: those of loan_step() and after(); forbidden "finance.not_your_step"; conflict "finance.changed_meanwhile",
/// "finance.two_people", "finance.claim_not_asked", "finance.asked_before", "finance.nothing_missed",
/// "finance.poor_credit", "finance.pool_exhausted" {available}; invalid "finance.future_date",
/// "finance.note_missing", "finance.no_such_credit" {name}, "finance.contract_number_missing",
/// "finance.not_the_borrower", "finance.repayment_not_offered"; those of objections(), CitizenId and BankCard;
/// of claim: those of compensate().
Result<void> take_step(db::Tx& tx, const LoanDesk& desk, LoanId id, const LoanOrder& order);

struct PossibleLoanStep {
    const LoanStep* row;
    std::vector<Error> missing;  // known before a form is filled in
};
/// What this actor may do next with it.
Result<std::vector<PossibleLoanStep>> next_steps(db::Tx& tx, const LoanDesk& desk, const LoanFile& loan);

struct LoanStepLine {
    std::int64_t version;
    std::string action, from, to;
    Date on;
    std::string account, name, note;
};
Result<std::vector<LoanStepLine>> loan_steps(db::Tx& tx, const LoanDesk& desk, LoanId id);

/// "id_number" or "account" in clear; recorded with the purpose. Errors: forbidden; not_found
/// "finance.no_such_loan"; invalid "finance.purpose_missing", "finance.no_such_field" {name}.
Result<std::string> reveal(db::Tx& tx, const LoanDesk& desk, LoanId id, std::string_view field,
                           std::string_view purpose);

}  // namespace ballast::finance
