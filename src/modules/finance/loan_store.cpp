#include "finance/loan_store.h"

#include <fmt/format.h>

#include <array>

#include "audit/audit.h"
#include "base/text.h"
#include "registry/household_file.h"

namespace ballast::finance {
namespace {

constexpr std::string_view columns =
    "l.id, l.area_code, l.bank_id, b.area_code, b.name, l.scheme, l.household_id, l.person_id, l.facts, "
    "l.purpose, l.jobs, l.applied_on, l.credit, l.amount, l.months, l.rate, l.borrower_rate, l.basis, "
    "l.repayment, l.months_between, l.subsidised_months, l.contract_no, l.disbursed_on, l.maturity, "
    "l.extended_on, l.state, l.entered_on, l.overdue_since, l.claim_asked, l.version, l.outstanding, "
    "l.next_due, l.fiscal_paid, l.fiscal_until, l.loss, l.borne_insurer, l.borne_fund, l.borne_bank, "
    "l.recovered, l.claimed_on, l.fund_id, CASE WHEN {} THEN 1 ELSE 0 END";

Decimal from_millionths(std::int64_t n) { return Decimal::from_parts(n, 6); }

Result<void> read_contract(const db::Row& row, LoanFile& out) {
    if (row.null(15)) return {};
    out.decision = LoanFile::Decision{
        .terms = {from_millionths(row.integer(15)), static_cast<Basis>(row.integer(17))},
        .borrower_rate = from_millionths(row.integer(16)),
        .repayment = TRY(repayment_named(row.text(18))),
        .months_between = static_cast<int>(row.integer(19)),
        .subsidised_months = static_cast<int>(row.integer(20))};
    if (row.null(22)) return {};
    const Date begin = row.date(22);
    const Date end = begin.plus_months(out.months);
    out.contract = Contract{
        .loan = {out.amount, out.decision->terms, begin, out.months, out.decision->repayment,
                 out.decision->months_between},
        .borrower_rate = out.decision->borrower_rate,
        .subsidy_until = std::min(begin.plus_months(out.decision->subsidised_months), end),
        .extension = {}};
    if (!row.null(24)) out.contract->extension = Extension{row.date(24), row.date(23)};
    return {};
}

Result<LoanFile> read(const LoanDesk& desk, const db::Row& row) {
    const auto facts = TRY(opened_loan(desk.vault, row.bytes(8)));
    LoanFile out;
    out.id = row.id<LoanId>(0);
    out.area = row.area(1);
    out.bank = {row.id<BankId>(2), row.area(3), std::string(row.text(4))};
    out.scheme = row.text(5);
    out.household = row.id<registry::HouseholdId>(6);
    out.person = row.id<registry::PersonId>(7);
    out.name = facts.name;
    out.id_masked = facts.id_number.empty() ? facts.id_masked : registry::masked_id(facts.id_number);
    out.account_masked = facts.account.empty() ? "" : registry::masked_account(facts.account);
    out.what = facts.what;
    out.use = TRY(loan_use_named(row.text(9)));
    out.jobs = row.integer(10);
    out.applied_on = row.date(11);
    out.credit = row.text(12);
    out.amount = row.money(13);
    out.months = static_cast<int>(row.integer(14));
    TRY(read_contract(row, out));
    out.contract_number = row.text(21);
    out.course.state = TRY(loan_state_named(row.text(25)));
    out.course.entered = row.date(26);
    if (out.contract) out.course.maturity = out.contract->maturity();
    out.course.overdue_since = row.maybe_date(27);
    out.course.was_extended = !row.null(24);
    out.claim_asked = row.truth(28);
    out.version = row.integer(29);
    out.outstanding = row.money(30);
    out.next_due = row.maybe_date(31);
    out.fiscal_paid = row.money(32);
    out.fiscal_until = row.maybe_date(33);
    out.loss = row.money(34);
    out.borne = {row.money(35), row.money(36), row.money(37)};
    out.recovered = row.money(38);
    out.claimed_on = row.maybe_date(39);
    if (const auto fund = row.maybe_integer(40)) out.fund = FundId(*fund);
    if (row.truth(41) && out.days_overdue(desk.today) == 0 &&
        matures_soon(out.course, desk.today, TRY(desk.book.whole("matures_within", desk.today, out.bank.area))))
        out.matures_in = out.course.maturity - desk.today;
    return out;
}

}  // namespace

Result<registry::PersonLine> who_signs(db::Tx& tx, const LoanDesk& desk, registry::PersonId person,
                                       const char* otherwise) {
    constexpr int of_age = 18;
    const auto scope = desk.actor.scope(auth::Right::loans_recommend);
    auto found = TRY(registry::people(tx, desk.vault, scope, std::array{person}));
    if (found.empty()) return not_found("finance.no_such_person");
    auto out = std::move(found.begin()->second);
    const bool member = TRY(tx.number("SELECT COUNT(*) FROM registry_v_person WHERE id = ? AND member_status = '1'",
                                      {person})) > 0;
    if (!member || !out.birth || out.birth->plus_months(12 * of_age) > desk.today) return invalid(otherwise);
    return out;
}

std::string at_risk(const LoanDesk& desk, std::string_view alias) {
    return fmt::format("EXISTS (SELECT 1 FROM casework_v_case c WHERE c.household_id = {}.household_id AND c.live = 1 "
                       "AND {})",
                       alias, desk.actor.scope(auth::Right::cases_read).sql("c.village_code"));
}

Result<std::vector<LoanFile>> loans_where(db::Tx& tx, const LoanDesk& desk, const std::string& condition,
                                          const std::vector<db::Value>& values) {
    std::vector<LoanFile> out;
    TRY(tx.each_row(fmt::format("SELECT {} FROM finance_loan l JOIN finance_bank b ON b.id = l.bank_id WHERE {}",
                                fmt::format(columns, at_risk(desk, "l")), condition),
                    values, [&](const db::Row& row) -> Result<void> {
                        out.push_back(TRY(read(desk, row)));
                        return {};
                    }));
    return out;
}

Result<LoanFacts> loan_facts(db::Tx& tx, const LoanDesk& desk, LoanId id) {
    const auto found = TRY(tx.first("SELECT facts FROM finance_loan WHERE id = ?", {id},
                                    [](const db::Row& row) { return row.blob(0); }));
    INVARIANT(found);
    return opened_loan(desk.vault, *found);
}

Result<std::vector<Payment>> payments_of(db::Tx& tx, LoanId id) {
    return tx.all(
        "SELECT on_day, amount FROM finance_loan_money WHERE loan_id = ? AND kind = 'repayment' AND "
        "back_on IS NULL ORDER BY on_day, id",
        {id}, [](const db::Row& row) { return Payment{row.date(0), row.money(1)}; });
}

Result<void> advance(db::Tx& tx, const LoanFile& before, std::int64_t version,
                     const LoanCourse& now) {
    if (version != before.version ||
        TRY(tx.exec("UPDATE finance_loan SET state = ?, entered_on = ?, overdue_since = ?, version = version "
                    "+ 1 WHERE id = ? AND version = ?",
                    name_of(now.state), now.entered, now.overdue_since, before.id, before.version)) == 0)
        return conflict("finance.changed_meanwhile");
    if (now.is_over()) TRY(tx.exec("UPDATE finance_loan SET only_one = NULL WHERE id = ?", before.id));
    return {};
}

Result<void> keep_step(db::Tx& tx, const LoanDesk& desk, const LoanFile& loan, std::int64_t version,
                       LoanAction action, LoanState to, Date on, std::string_view note) {
    const auto sealed = desk.vault.seal("finance_loan_step.note", text::trimmed(note));
    TRY(tx.exec(
        "INSERT INTO finance_loan_step (loan_id, version, action, from_state, to_state, on_day, at, account, "
        "name, note) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        loan.id, version, name_of(action), name_of(loan.course.state), name_of(to), on, desk.now.ms,
        desk.actor.account, desk.actor.name, blob(sealed)));
    return audit::record(tx, desk.vault, desk.actor,
                         {fmt::format("finance.loan.{}", name_of(action)),
                          fmt::format("loan:{}", loan.id.number()), loan.area, "",
                          fmt::format(R"({{"from":"{}","to":"{}","version":{}}})",
                                      name_of(loan.course.state), name_of(to), version)},
                         desk.now);
}

Result<Fuse> fuse_of(db::Tx& tx, const LoanDesk& desk, const Bank& bank, std::string_view scheme) {
    const int days = TRY(desk.book.whole("non_performing_after", desk.today, bank.area));
    Money bad, all;
    TRY(tx.each_row(
        "SELECT CAST(COALESCE(SUM(CASE WHEN state = 'claimed' OR next_due < ? THEN outstanding ELSE 0 END), 0) "
        "AS BIGINT), CAST(COALESCE(SUM(outstanding), 0) AS BIGINT) FROM finance_loan WHERE bank_id = ? AND "
        "scheme = ?",
        std::vector<db::Value>{desk.today.plus_days(-days), bank.id, scheme},
        [&](const db::Row& row) -> Result<void> {
            bad = row.money(0);
            all = row.money(1);
            return {};
        }));
    return fuse(bad, all, TRY(desk.book.fuse_limits(desk.today, bank.area)));
}

}  // namespace ballast::finance
