/// The money of loans: what borrowers pay back, what fund and insurer pay to the bank for a loss, what is
/// recovered of it, government's part of the interest. The fund's money is posted into its books in the same
/// transaction, to the fen; the borrower's goes to the bank and is only recorded.
#pragma once

#include "finance/loan_file.h"

namespace ballast::finance {

struct Received {
    std::int64_t version = 0;
    Date on;
    Money amount;
    std::string key;  // sent again with the same key, nothing happens
};
/// A payment of the borrower. What follows from it (begin_repayment, catch_up, settle) is done with it.
///
/// Errors: forbidden; not_found "finance.no_such_loan"; conflict "finance.not_out", "finance.changed_meanwhile";
/// invalid "finance.out_of_range", "finance.future_date", "finance.before_last_money" {date}, those of
/// standing().
Result<void> repay(db::Tx& tx, const LoanDesk& desk, LoanId id, const Received& received);

/// What came in after compensation, shared as the loss was borne; the fund's part is posted. Recovered whole,
/// the loan is settled. Errors: as repay(); conflict "finance.not_claimed"; those of share_recovery and the
/// ledger.
Result<void> recover(db::Tx& tx, const LoanDesk& desk, LoanId id, const Received& received);

/// Part of the step claim: shares the loss and posts the fund's part. Errors: not_found "finance.no_risk_fund";
/// those of share_loss and the ledger.
Result<void> compensate(db::Tx& tx, const LoanDesk& desk, const LoanFile& loan, Date on);

struct MoneyLine {
    std::int64_t id;
    bool recovery = false;
    Date on;
    Money amount;
    Taken taken;  // of a payment
    Borne borne;  // of a recovery
    std::optional<JournalId> journal;
    std::optional<std::int64_t> version;  // the loan's after it; of old rows only where a step came with it
    struct Back {
        Date on;
        std::string name, note;  // who, why
        std::optional<JournalId> journal;
    };
    std::optional<Back> back;  // entered wrongly and taken back: it counts no more
};
/// In order of day, with those that were taken back.
Result<std::vector<MoneyLine>> loan_money(db::Tx& tx, const LoanDesk& desk, const LoanFile& loan);

/// Takes back the last payment (whoever takes payments) or recovery (whoever enters recoveries), which was entered wrongly. The row
/// stays; the loan stands again as the money before it left it, also one that was settled by it; a recovery's journal is reversed
/// today. What the bank had asked for before such a payment, it asks for again.
///
/// Errors: those of against_taking_back(); forbidden; not_found "finance.no_such_loan", "finance.no_such_money"; conflict
/// "finance.changed_meanwhile"; invalid "finance.note_missing"; of a recovery, those of reverse_own().
struct TakeBack {
    std::int64_t version = 0;
    std::int64_t line = 0;
    std::string note;
};
Result<void> take_back(db::Tx& tx, const LoanDesk& desk, LoanId id, const TakeBack& order);

/// Conflicts: "finance.taken_back_before"; "finance.later_money" {date}; "finance.claimed_since" {date}; "finance.extended_since"
/// {date}; "finance.subsidised_since" {date}: government's interest beyond its day has been paid; "finance.written_off_since";
/// "finance.household_has_loan": another since this one was settled. `lines`: all of the loan.
Result<std::optional<Error>> against_taking_back(db::Tx& tx, const LoanDesk& desk, const LoanFile& loan,
                                                 const std::vector<MoneyLine>& lines, const MoneyLine& line);

/// The insurer's premium for the loans of a scheme in a year. Errors: forbidden; not_found "areas.unknown",
/// "finance.no_such_scheme"; invalid "finance.out_of_range".
Result<void> set_cover(db::Tx& tx, const LoanDesk& desk, AreaCode county, std::string_view scheme, int year,
                       Money premium);

/// One bank's loans of one scheme: what is out, what of it is non-performing, whether new loans stop.
struct PortfolioLine {
    Bank bank;
    std::string scheme;
    std::int64_t loans = 0, overdue = 0;
    Money outstanding, overdue_amount, non_performing;
    Fuse fuse = Fuse::open;

    Decimal ratio() const;  // 4 places, half up; 0 of nothing
};
Result<std::vector<PortfolioLine>> portfolio(db::Tx& tx, const LoanDesk& desk);

struct InterestSubsidyLine {
    Bank bank;
    std::int64_t loans = 0;
    Money amount;
};
/// Government's part of the interest up to the end of a quarter ("2026Q1") that has not been paid, by bank.
/// invalid "finance.bad_quarter".
Result<std::vector<InterestSubsidyLine>> interest_subsidy_due(db::Tx& tx, const LoanDesk& desk,
                                                              std::string_view quarter);
/// Pays it to one bank out of a subsidy budget. Errors: forbidden; not_found "finance.no_such_bank",
/// "finance.no_such_fund"; invalid "finance.quarter_runs" {date}; conflict "finance.no_interest_due"; those of
/// the ledger.
Result<InterestSubsidyLine> pay_interest_subsidy(db::Tx& tx, const LoanDesk& desk, BankId to, FundId from,
                                                 std::string_view quarter);

}  // namespace ballast::finance
