// Government's part of the interest, paid to the banks by the quarter.
#include <fmt/format.h>

#include "audit/audit.h"
#include "finance/loan_money.h"
#include "finance/loan_store.h"

namespace ballast::finance {
namespace {

Result<Date> last_day_of(std::string_view quarter) {
    if (quarter.size() == 6 && quarter[4] == 'Q' && quarter[5] >= '1' && quarter[5] <= '4')
        if (const auto first =
                Date::parse(fmt::format("{}-{:02}-01", quarter.substr(0, 4), 3 * (quarter[5] - '0'))))
            return first->last_of_month();
    return invalid("finance.bad_quarter");
}

struct Due {
    LoanFile loan;
    Money amount;
};

/// What has accrued since it was last paid. A loan that was claimed bears no more interest.
Result<std::vector<Due>> due_of(db::Tx& tx, const LoanDesk& desk, const std::string& condition, Date last) {
    std::vector<Due> out;
    for (auto& loan : TRY(loans_where(tx, desk, "l.disbursed_on <= ? AND " + condition + " ORDER BY l.id",
                                      {last}))) {
        const Date until = loan.claimed_on ? std::min(*loan.claimed_on, last) : last;
        std::vector<Payment> payments = TRY(payments_of(tx, loan.id));
        const Money fiscal = TRY(standing(*loan.contract, payments, until)).fiscal - loan.fiscal_paid;
        if (fiscal > Money()) out.push_back({std::move(loan), fiscal});
    }
    return out;
}

}  // namespace

Result<std::vector<InterestSubsidyLine>> interest_subsidy_due(db::Tx& tx, const LoanDesk& desk,
                                                              std::string_view quarter) {
    const Date last = TRY(last_day_of(quarter));
    std::vector<InterestSubsidyLine> out;
    for (const auto& lender : TRY(banks(tx, desk))) {
        InterestSubsidyLine line{lender, 0, {}};
        const auto condition = fmt::format("l.bank_id = {} AND {}", lender.id.number(),
                                           TRY(visible(tx, desk, auth::Right::loans_decide, "l")));
        for (const auto& due : TRY(due_of(tx, desk, condition, last))) {
            ++line.loans;
            line.amount += due.amount;
        }
        if (line.loans > 0) out.push_back(std::move(line));
    }
    return out;
}

Result<InterestSubsidyLine> pay_interest_subsidy(db::Tx& tx, const LoanDesk& desk, BankId to, FundId from,
                                                 std::string_view quarter) {
    TRY(auth::require(desk.actor, auth::Right::loans_decide));
    const Date last = TRY(last_day_of(quarter));
    if (desk.today <= last) return invalid("finance.quarter_runs").with("date", last.iso());
    InterestSubsidyLine out{TRY(bank(tx, desk, to)), 0, {}};
    const auto ledger = desk.ledger(auth::Right::loans_decide);
    if (!ledger.scope.contains(out.bank.area)) return not_found("finance.no_such_bank");
    if (TRY(load_fund(tx, ledger.scope, from)).kind != FundKind::subsidy)
        return not_found("finance.no_such_fund");
    const auto due = TRY(due_of(tx, desk, fmt::format("l.bank_id = {}", to.number()), last));
    if (due.empty()) return conflict("finance.no_interest_due");

    const auto id = TRY(tx.reserve_ids("finance_loan_subsidy", 1));
    for (const auto& one : due) {
        // Whoever paid it, or took a payment of the loan, in the meantime has moved its version.
        if (TRY(tx.exec("UPDATE finance_loan SET fiscal_paid = fiscal_paid + ?, fiscal_until = ?, version = "
                        "version + 1 WHERE id = ? AND version = ?",
                        one.amount, last, one.loan.id, one.loan.version)) == 0)
            return conflict("finance.changed_meanwhile");
        ++out.loans;
        out.amount += one.amount;
    }
    const auto journal = TRY(post(tx, ledger,
                                  {desk.today, money_out(from, Account::payment, out.amount),
                                   "interest_subsidy:" + std::to_string(id), ""},
                                  ""));
    TRY(tx.exec(
        "INSERT INTO finance_loan_subsidy (id, bank_id, quarter, loans, amount, journal_id, at, account) VALUES "
        "(?, ?, ?, ?, ?, ?, ?, ?)",
        id, to, quarter, out.loans, out.amount, journal, desk.now.ms, desk.actor.account));
    for (const auto& one : due)
        TRY(tx.exec("INSERT INTO finance_loan_subsidised (subsidy_id, loan_id, amount) VALUES (?, ?, ?)", id,
                    one.loan.id, one.amount));
    TRY(audit::record(tx, desk.vault, desk.actor,
                      {"finance.interest_subsidy", fmt::format("interest_subsidy:{}", id), out.bank.area, "",
                       fmt::format(R"({{"loans":{},"fen":{},"quarter":"{}"}})", out.loans, out.amount.fen(),
                                   quarter)},
                      desk.now));
    return out;
}

}  // namespace ballast::finance
