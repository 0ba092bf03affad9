// A payment or recovery that was entered wrongly: marked and kept, and the loan stands as the money before it left it.
#include <fmt/format.h>

#include <algorithm>

#include "audit/audit.h"
#include "base/text.h"
#include "finance/loan_money.h"
#include "finance/loan_store.h"
#include "finance/reverse_own.h"

namespace ballast::finance {
namespace {

/// Where the loan came from and went by itself as the money came in; nothing when it stayed.
struct Moved {
    LoanState from, to;
};
Result<std::optional<Moved>> moved_by(db::Tx& tx, LoanId id, const MoneyLine& line) {
    if (!line.version) return std::optional<Moved>();
    std::optional<Moved> out;
    TRY(tx.each_row(
        "SELECT from_state, to_state FROM finance_loan_step WHERE loan_id = ? AND version = ? AND action IN "
        "('begin_repayment', 'catch_up', 'settle')",
        std::vector<db::Value>{id, *line.version}, [&](const db::Row& row) -> Result<void> {
            out = Moved{TRY(loan_state_named(row.text(0))), TRY(loan_state_named(row.text(1)))};
            return {};
        }));
    return out;
}

Result<bool> extended_since(db::Tx& tx, LoanId id, const MoneyLine& line) {
    return TRY(tx.number("SELECT COUNT(*) FROM finance_loan_step WHERE loan_id = ? AND action = 'extend' AND version > ?",
                         {id, line.version.value_or(0)})) > 0;
}

/// While it is open, it is the household's only one where its scheme says so.
Result<bool> lends_once(const LoanDesk& desk, const LoanFile& loan) {
    return TRY(desk.book.scheme(loan.scheme))->one_for_a_household;
}

Result<std::optional<Error>> another_loan(db::Tx& tx, const LoanDesk& desk, const LoanFile& loan) {
    if (!loan.course.is_over() || !TRY(lends_once(desk, loan))) return std::optional<Error>();
    if (TRY(tx.number("SELECT COUNT(*) FROM finance_loan WHERE scheme = ? AND only_one = ?",
                      {loan.scheme, loan.household})) == 0)
        return std::optional<Error>();
    return std::optional(conflict("finance.household_has_loan"));
}

/// What is owed without the line, and since when something is overdue.
Result<void> owed_again(db::Tx& tx, const LoanDesk& desk, const LoanFile& loan, const MoneyLine& line,
                        LoanCourse& course) {
    if (line.recovery) {
        const Money recovered = loan.recovered - line.amount;
        TRY(tx.exec("UPDATE finance_loan SET recovered = ?, outstanding = ? WHERE id = ?", recovered,
                    loan.loss - recovered, loan.id));
        return {};
    }
    const auto now = TRY(standing(*loan.contract, TRY(payments_of(tx, loan.id)), desk.today));
    if (course.state == LoanState::overdue)
        course.overdue_since = now.next_due;
    else
        course.overdue_since.reset();
    TRY(tx.exec("UPDATE finance_loan SET outstanding = ?, next_due = ? WHERE id = ?", now.outstanding, now.next_due,
                loan.id));
    return {};
}

Result<void> mark(db::Tx& tx, const LoanDesk& desk, const MoneyLine& line, std::string_view note) {
    const auto sealed = desk.vault.seal("finance_loan_money.back_note", note);
    TRY(tx.exec("UPDATE finance_loan_money SET back_on = ?, back_at = ?, back_account = ?, back_name = ?, back_note = "
                "? WHERE id = ?",
                desk.today, desk.now.ms, desk.actor.account, desk.actor.name, blob(sealed), line.id));
    return {};
}

Result<void> turn_back_journal(db::Tx& tx, const LoanDesk& desk, const LoanFile& loan, const MoneyLine& line,
                               std::string_view note) {
    if (!line.journal) return {};
    const auto journal = TRY(reverse_own(tx, desk.ledger(auth::Right::loans_decide), *line.journal,
                                         fmt::format("loan:{}", loan.id.number()), desk.today, note));
    TRY(tx.exec("UPDATE finance_loan_money SET back_journal_id = ? WHERE id = ?", journal, line.id));
    return {};
}

}  // namespace

Result<std::optional<Error>> against_taking_back(db::Tx& tx, const LoanDesk& desk, const LoanFile& loan,
                                                 const std::vector<MoneyLine>& lines, const MoneyLine& line) {
    using Found = std::optional<Error>;
    if (line.back) return Found(conflict("finance.taken_back_before"));
    const auto& last = std::ranges::find_if(lines.rbegin(), lines.rend(),
                                            [](const MoneyLine& one) { return !one.back; });
    if (last->id != line.id) return Found(conflict("finance.later_money").with("date", last->on.iso()));
    if (loan.course.state == LoanState::written_off) return Found(conflict("finance.written_off_since"));
    if (line.recovery) return another_loan(tx, desk, loan);
    if (loan.claimed_on) return Found(conflict("finance.claimed_since").with("date", loan.claimed_on->iso()));
    if (TRY(extended_since(tx, loan.id, line)))
        return Found(conflict("finance.extended_since").with("date", loan.contract->extension->on.iso()));
    // Interest up to the payment's own day is the same with and without it.
    if (loan.fiscal_until && *loan.fiscal_until > line.on)
        return Found(conflict("finance.subsidised_since").with("date", loan.fiscal_until->iso()));
    return another_loan(tx, desk, loan);
}

Result<void> take_back(db::Tx& tx, const LoanDesk& desk, LoanId id, const TakeBack& order) {
    const auto seen = TRY(load_loan(tx, desk, auth::Right::loans_read, id));
    const auto lines = TRY(loan_money(tx, desk, seen));
    const auto line = std::ranges::find(lines, order.line, &MoneyLine::id);
    if (line == lines.end()) return not_found("finance.no_such_money");
    const auto right = line->recovery ? auth::Right::loans_decide : auth::Right::loans_write;
    TRY(auth::require(desk.actor, right));
    const auto loan = TRY(load_loan(tx, desk, right, id));  // within the areas of that right
    const auto note = text::trimmed(order.note);
    if (text::length(note) < 2 || text::length(note) > 500) return invalid("finance.note_missing");
    if (const auto against = TRY(against_taking_back(tx, desk, loan, lines, *line))) return *against;

    auto course = loan.course;
    const auto moved = TRY(moved_by(tx, id, *line));
    INVARIANT(moved || !loan.course.is_over());
    if (moved && moved->to == course.state) {
        course.state = moved->from;
        course.entered = desk.today;
    }
    TRY(mark(tx, desk, *line, note));
    TRY(owed_again(tx, desk, loan, *line, course));
    TRY(advance(tx, loan, order.version, course));
    if (loan.course.is_over() && TRY(lends_once(desk, loan)))
        TRY(tx.exec("UPDATE finance_loan SET only_one = household_id WHERE id = ?", id));
    TRY(turn_back_journal(tx, desk, loan, *line, note));
    TRY(keep_step(tx, desk, loan, loan.version + 1, LoanAction::take_back, course.state, desk.today, note));
    return audit::record(tx, desk.vault, desk.actor,
                         {"finance.loan.money_back", fmt::format("loan:{}", id.number()), loan.area, "",
                          fmt::format(R"({{"line":{},"fen":{},"on":"{}"}})", line->id, line->amount.fen(),
                                      line->on.iso())},
                         desk.now);
}

}  // namespace ballast::finance
