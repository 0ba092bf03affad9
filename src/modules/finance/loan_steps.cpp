// The steps of a loan's file: who may take them, what each of them asks for and does.
#include <fmt/format.h>

#include <algorithm>

#include "base/bank_card.h"
#include "base/text.h"
#include "finance/loan_money.h"
#include "finance/loan_store.h"

namespace ballast::finance {
namespace {

using A = LoanAction;

/// The account that last took that step with the loan.
Result<std::string> taken_by(db::Tx& tx, LoanId id, LoanAction action) {
    return TRY(tx.first("SELECT account FROM finance_loan_step WHERE loan_id = ? AND action = ? ORDER BY version "
                        "DESC",
                        {id, name_of(action)}, [](const db::Row& row) { return std::string(row.text(0)); }))
        .value_or("");
}

/// What stands against a step whatever is filled in with it.
Result<std::vector<Error>> standing_against(db::Tx& tx, const LoanDesk& desk, const LoanFile& loan,
                                            const LoanStep& row) {
    std::vector<Error> out;
    if (row.not_by && TRY(taken_by(tx, loan.id, *row.not_by)) == desk.actor.account)
        out.push_back(conflict("finance.two_people"));
    if (row.action == A::miss && loan.days_overdue(desk.today) == 0) out.push_back(conflict("finance.nothing_missed"));
    if (row.action == A::ask_claim && loan.claim_asked) out.push_back(conflict("finance.asked_before"));
    if (row.action == A::claim && !loan.claim_asked) out.push_back(conflict("finance.claim_not_asked"));
    if (row.action == A::extend && loan.course.was_extended) out.push_back(conflict("finance.extended_before"));
    if (row.action == A::ask_claim || row.action == A::claim) {
        const auto limits = TRY(desk.book.limits(desk.today, loan.area));
        const auto would = after(loan.course, row.action, std::max(desk.today, loan.course.entered), limits);
        if (!would) out.push_back(would.error());
    }
    if (row.action == A::approve || row.action == A::disburse)
        if (TRY(fuse_of(tx, desk, loan.bank, loan.scheme)) == Fuse::blown)
            out.push_back(conflict("finance.fuse_blown"));
    return out;
}

Result<void> check_note(const LoanOrder& order) {
    const bool asks = order.action == A::refuse || order.action == A::extend || order.action == A::write_off;
    const auto length = text::length(text::trimmed(order.note));
    if (length > 500 || (asks && length < 2)) return invalid("finance.note_missing");
    return {};
}

Result<void> rate_household(db::Tx& tx, const LoanFile& loan, const LoanOrder& order) {
    if (std::ranges::find(credits(), order.credit) == credits().end())
        return invalid("finance.no_such_credit").with("name", order.credit);
    TRY(tx.exec("UPDATE finance_loan SET credit = ? WHERE id = ?", order.credit, loan.id));
    return {};
}

/// The bank's decision; the terms are those of its day.
Result<void> decide(db::Tx& tx, const LoanDesk& desk, const LoanFile& loan, const LoanOrder& order) {
    if (loan.credit == "poor") return conflict("finance.poor_credit");
    const auto* scheme = TRY(desk.book.scheme(loan.scheme));
    if (order.amount > loan.amount)
        return invalid("finance.amount_above_scheme").with("most", loan.amount.formatted());
    const auto offer = TRY(desk.book.offer(*scheme, order.on, loan.area));
    const auto against = objections(
        {.amount = order.amount, .months = order.months, .rate = order.rate, .use = loan.use}, offer, Fuse::open);
    if (!against.empty()) return against.front();
    if (std::ranges::find(scheme->repayments, order.repayment) == scheme->repayments.end())
        return invalid("finance.repayment_not_offered");
    const auto* terms = TRY(scheme->on(order.on, loan.area));
    const auto borrower =
        TRY(desk.book.borrower_rate(*scheme, order.rate, order.months, order.on, loan.area));
    const Basis basis = TRY(desk.book.whole("day_count", order.on, loan.area)) == 365 ? Basis::days_365
                                                                                      : Basis::days_360;
    TRY(schedule({order.amount, {order.rate, basis}, order.on, order.months, order.repayment,
                  order.months_between}));
    TRY(tx.exec(
        "UPDATE finance_loan SET amount = ?, months = ?, rate = ?, borrower_rate = ?, basis = ?, repayment = ?, "
        "months_between = ?, subsidised_months = ?, pack_hash = ? WHERE id = ?",
        order.amount, order.months, millionths(order.rate), millionths(borrower),
        static_cast<std::int64_t>(basis), name_of(order.repayment), order.months_between,
        terms->subsidised_months, desk.book.pack.hash, loan.id));
    return {};
}

/// The person at the counter is the one whom the register knows: found by keyed hash.
Result<LoanFacts> at_the_counter(db::Tx& tx, const LoanDesk& desk, const LoanFile& loan, const LoanOrder& order) {
    const auto id = TRY(CitizenId::parse(order.id_number, desk.today)).id;
    if (TRY(tx.number("SELECT COUNT(*) FROM registry_v_person WHERE id = ? AND id_lookup = ?",
                      {loan.person, blob(desk.vault.lookup("citizen_id", id.reveal()))})) == 0)
        return invalid("finance.not_the_borrower");
    auto facts = TRY(loan_facts(tx, desk, loan.id));
    facts.id_number = id.reveal();
    facts.account = TRY(BankCard::parse(order.account)).reveal();
    return facts;
}

/// Loans that are out, of what the fund holds. The fund's row makes two disbursements wait for each other.
Result<void> check_pool(db::Tx& tx, const LoanDesk& desk, const LoanFile& loan, const Scheme& scheme, Date on) {
    const auto* terms = TRY(scheme.on(on, loan.area));
    if (!terms->pool_multiple) return {};
    const auto fund = TRY(risk_fund(tx, loan.area));
    TRY(tx.exec("UPDATE finance_fund SET version = version + 1 WHERE id = ?", fund));
    const AreaCode county = loan.area.at(AreaLevel::county);
    const Money held = TRY(balance(tx, auth::Scope({county}), fund, Account::bank, desk.today));
    const Money out = Money::fen(TRY(tx.number(
        "SELECT CAST(COALESCE(SUM(outstanding), 0) AS BIGINT) FROM finance_loan WHERE scheme = ? AND " +
            auth::Scope({county}).sql("area_code"),
        {scheme.name})));
    const Money available = Money::fen(held.fen() * *terms->pool_multiple) - out;
    if (loan.amount > available)
        return conflict("finance.pool_exhausted").with("available", std::max(available, Money()).formatted());
    return {};
}

Result<void> pay_out(db::Tx& tx, const LoanDesk& desk, const LoanFile& loan, const LoanOrder& order) {
    const auto* scheme = TRY(desk.book.scheme(loan.scheme));
    const std::string number(text::trimmed(order.contract_number));
    if (text::length(number) < 2 || text::length(number) > 60) return invalid("finance.contract_number_missing");
    const auto facts = TRY(at_the_counter(tx, desk, loan, order));
    TRY(check_pool(tx, desk, loan, *scheme, order.on));
    INVARIANT(loan.decision);
    const Contract contract{.loan = {loan.amount, loan.decision->terms, order.on, loan.months,
                                     loan.decision->repayment, loan.decision->months_between},
                            .borrower_rate = loan.decision->borrower_rate,
                            .subsidy_until = order.on.plus_months(loan.decision->subsidised_months),
                            .extension = {}};
    const auto now = TRY(standing(contract, {}, order.on));
    TRY(tx.exec(
        "UPDATE finance_loan SET facts = ?, contract_no = ?, disbursed_on = ?, maturity = ?, outstanding = ?, "
        "next_due = ? WHERE id = ?",
        blob(sealed(desk.vault, facts)), number, order.on, contract.maturity(), loan.amount, now.next_due,
        loan.id));
    return {};
}

Result<void> prolong(db::Tx& tx, const LoanFile& loan, const LoanOrder& order) {
    auto contract = *loan.contract;
    contract.extension = Extension{order.on, *order.maturity};
    const auto now = TRY(standing(contract, TRY(payments_of(tx, loan.id)), order.on));
    TRY(tx.exec("UPDATE finance_loan SET extended_on = ?, maturity = ?, next_due = ? WHERE id = ?", order.on,
                *order.maturity, now.next_due, loan.id));
    return {};
}

/// What a step does besides moving the loan on.
Result<void> carry_out(db::Tx& tx, const LoanDesk& desk, const LoanFile& loan, const LoanOrder& order) {
    switch (order.action) {
        case A::check_village: return rate_household(tx, loan, order);
        case A::approve: return decide(tx, desk, loan, order);
        case A::disburse: return pay_out(tx, desk, loan, order);
        case A::extend: return prolong(tx, loan, order);
        case A::ask_claim:
            TRY(tx.exec("UPDATE finance_loan SET claim_asked = 1 WHERE id = ?", loan.id));
            return {};
        case A::claim: return compensate(tx, desk, loan, order.on);
        case A::write_off:
            TRY(tx.exec("UPDATE finance_loan SET outstanding = 0, next_due = NULL WHERE id = ?", loan.id));
            return {};
        case A::recommend:
        case A::refuse:
        case A::miss:
        case A::begin_repayment:
        case A::catch_up:
        case A::settle:
        case A::take_back: return {};
    }
    return {};
}

/// New loans of a bank wait for each other, so that each sees what the fuse has to go by.
Result<void> wait_for_others(db::Tx& tx, const LoanFile& loan, LoanAction action) {
    if (action == A::approve || action == A::disburse)
        TRY(tx.exec("UPDATE finance_bank SET at = at WHERE id = ?", loan.bank.id));
    return {};
}

}  // namespace

Result<void> take_step(db::Tx& tx, const LoanDesk& desk, LoanId id, const LoanOrder& order) {
    const auto before = TRY(load_loan(tx, desk, auth::Right::loans_read, id));
    const auto* row = TRY(loan_step(before.course.state, order.action));
    if (!row->who)
        return conflict("finance.wrong_state")
            .with("state", std::string(name_of(before.course.state)))
            .with("action", std::string(name_of(order.action)));
    if (!desk.actor.may(*row->who)) return forbidden("finance.not_your_step");
    TRY(load_loan(tx, desk, *row->who, id));  // within the areas of that right
    if (order.on > desk.today) return invalid("finance.future_date");
    TRY(check_note(order));
    TRY(wait_for_others(tx, before, order.action));
    const auto against = TRY(standing_against(tx, desk, before, *row));
    if (!against.empty()) return against.front();
    auto now = TRY(after(before.course, order.action, order.on, TRY(desk.book.limits(order.on, before.area)),
                         order.maturity));
    if (order.action == A::miss) now.overdue_since = before.next_due;
    TRY(advance(tx, before, order.version, now));
    TRY(carry_out(tx, desk, before, order));
    return keep_step(tx, desk, before, before.version + 1, order.action, now.state, order.on, order.note);
}

Result<std::vector<PossibleLoanStep>> next_steps(db::Tx& tx, const LoanDesk& desk, const LoanFile& loan) {
    std::vector<PossibleLoanStep> out;
    for (const auto& row : loan_procedure()) {
        if (row.from != loan.course.state || !row.who || !desk.actor.may(*row.who)) continue;
        if (!desk.actor.scope(*row.who).contains(loan.area)) continue;
        out.push_back({&row, TRY(standing_against(tx, desk, loan, row))});
    }
    return out;
}

}  // namespace ballast::finance
