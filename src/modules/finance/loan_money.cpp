#include "finance/loan_money.h"

#include <fmt/format.h>

#include <algorithm>

#include "audit/audit.h"
#include "finance/loan_store.h"
#include "finance/range.h"

namespace ballast::finance {
namespace {

std::string reference_of(LoanId id) { return "loan:" + std::to_string(id.number()); }

Result<bool> received_before(db::Tx& tx, const LoanDesk& desk, const std::string& key) {
    if (key.empty()) return false;
    return TRY(tx.number("SELECT COUNT(*) FROM finance_loan_money WHERE account = ? AND sender_key = ?",
                         {desk.actor.account, key})) > 0;
}

Result<void> check_day(db::Tx& tx, const LoanDesk& desk, const LoanFile& loan, const Received& received) {
    TRY(check_amount("amount", received.amount));
    if (received.on > desk.today) return invalid("finance.future_date");
    Date first = loan.claimed_on.value_or(loan.contract->loan.disbursed);
    if (loan.fiscal_until) first = std::max(first, *loan.fiscal_until);
    if (loan.contract->extension) first = std::max(first, loan.contract->extension->on);
    const auto last = TRY(tx.first(
        "SELECT MAX(on_day) FROM finance_loan_money WHERE loan_id = ? AND back_on IS NULL", {loan.id},
        [](const db::Row& row) { return row.maybe_date(0); }));
    if (last && *last) first = std::max(first, **last);
    if (received.on < first) return invalid("finance.before_last_money").with("date", first.iso());
    return {};
}

Result<void> keep_money(db::Tx& tx, const LoanDesk& desk, const LoanFile& loan, std::string_view kind,
                        const Received& received, const Borne& shared, std::optional<JournalId> journal) {
    const auto kept = TRY(tx.first(
        "INSERT INTO finance_loan_money (loan_id, kind, on_day, amount, insurer, fund, bank, journal_id, at, "
        "account, sender_key, version) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (account, sender_key) WHERE "
        "sender_key IS NOT NULL DO NOTHING RETURNING id",
        {loan.id, kind, received.on, received.amount, shared.insurer, shared.fund, shared.bank, journal,
         desk.now.ms, desk.actor.account,
         received.key.empty() ? db::Value(db::Null{}) : db::Value(received.key), loan.version + 1},
        [](const db::Row& row) { return row.integer(0); }));
    if (!kept) return conflict("finance.key_used");
    return {};
}

/// What a payment brings about by itself.
std::optional<LoanAction> follows(const LoanFile& loan, const Standing& now, Date on) {
    if (now.payoff() == Money()) return LoanAction::settle;
    if (loan.course.state == LoanState::overdue && (!now.next_due || *now.next_due >= on))
        return LoanAction::catch_up;
    if (loan.course.state == LoanState::disbursed) return LoanAction::begin_repayment;
    return std::nullopt;
}

/// Moves the loan by `action`, or only its version.
Result<void> move(db::Tx& tx, const LoanDesk& desk, const LoanFile& loan, std::int64_t version,
                  std::optional<LoanAction> action, Date on) {
    auto course = loan.course;
    if (action)
        course = TRY(after(loan.course, *action, std::max(on, loan.course.entered),
                           TRY(desk.book.limits(on, loan.area))));
    TRY(advance(tx, loan, version, course));
    if (action) return keep_step(tx, desk, loan, loan.version + 1, *action, course.state, on, "");
    return {};
}

Result<void> record_money(db::Tx& tx, const LoanDesk& desk, const LoanFile& loan, std::string_view what,
                          const Received& received) {
    return audit::record(tx, desk.vault, desk.actor,
                         {fmt::format("finance.loan.{}", what), reference_of(loan.id), loan.area, "",
                          fmt::format(R"({{"fen":{},"on":"{}"}})", received.amount.fen(), received.on.iso())},
                         desk.now);
}

}  // namespace

Result<void> repay(db::Tx& tx, const LoanDesk& desk, LoanId id, const Received& received) {
    TRY(auth::require(desk.actor, auth::Right::loans_write));
    const auto loan = TRY(load_loan(tx, desk, auth::Right::loans_write, id));
    if (TRY(received_before(tx, desk, received.key))) return {};
    if (!loan.is_out()) return conflict("finance.not_out");
    TRY(check_day(tx, desk, loan, received));
    auto payments = TRY(payments_of(tx, id));
    payments.push_back({received.on, received.amount});
    const auto now = TRY(standing(*loan.contract, payments, received.on));
    TRY(move(tx, desk, loan, received.version, follows(loan, now, received.on), received.on));
    TRY(keep_money(tx, desk, loan, "repayment", received, {}, std::nullopt));
    // What was asked for while it was overdue falls with what was overdue.
    const bool overdue = now.next_due && *now.next_due < received.on;
    TRY(tx.exec("UPDATE finance_loan SET outstanding = ?, next_due = ?, claim_asked = CASE WHEN ? = 1 THEN "
                "claim_asked ELSE 0 END WHERE id = ?",
                now.outstanding, now.next_due, overdue ? 1 : 0, id));
    return record_money(tx, desk, loan, "repay", received);
}

namespace {

/// What is left of the insurer's yearly limit; the year's row makes two losses wait for each other.
Result<Money> insurer_left(db::Tx& tx, const LoanDesk& desk, const LoanFile& loan, Date on) {
    const AreaCode county = loan.area.at(AreaLevel::county);
    const auto premium = TRY(tx.first(
        "UPDATE finance_loan_cover SET version = version + 1 WHERE area_code = ? AND scheme = ? AND year = ? "
        "RETURNING premium",
        {county, loan.scheme, on.year()}, [](const db::Row& row) { return row.money(0); }));
    if (!premium) return Money();
    const Money paid = Money::fen(TRY(tx.number(
        "SELECT CAST(COALESCE(SUM(borne_insurer), 0) AS BIGINT) FROM finance_loan WHERE scheme = ? AND claimed_on "
        "BETWEEN ? AND ? AND " +
            auth::Scope({county}).sql("area_code"),
        {loan.scheme, *Date::from(on.year(), 1, 1), *Date::from(on.year(), 12, 31)})));
    return stop_loss_left(*premium, TRY(desk.book.limit("stop_loss", on, loan.area)), paid);
}

}  // namespace

Result<void> compensate(db::Tx& tx, const LoanDesk& desk, const LoanFile& loan, Date on) {
    const auto* scheme = TRY(desk.book.scheme(loan.scheme));
    const auto* terms = TRY(scheme->on(loan.contract->loan.disbursed, loan.area));
    const auto now = TRY(standing(*loan.contract, TRY(payments_of(tx, loan.id)), on));
    const bool with_interest = TRY(desk.book.whole("loss_with_interest", on, loan.area)) != 0;
    const Money loss = now.outstanding + (with_interest ? now.interest : Money());
    const auto fund = TRY(risk_fund(tx, loan.area));
    const auto ledger = desk.ledger(auth::Right::loans_decide);
    const Money held = TRY(balance(tx, ledger.scope, fund, Account::bank, on));
    const auto borne = TRY(share_loss(loss, terms->shares, {TRY(insurer_left(tx, desk, loan, on)), held}));
    if (borne.fund > Money())
        TRY(post(tx, ledger, {on, money_out(fund, Account::payment, borne.fund), reference_of(loan.id), ""},
                 ""));
    TRY(tx.exec(
        "UPDATE finance_loan SET loss = ?, borne_insurer = ?, borne_fund = ?, borne_bank = ?, outstanding = ?, "
        "next_due = NULL, claimed_on = ?, fund_id = ? WHERE id = ?",
        loss, borne.insurer, borne.fund, borne.bank, loss, on, fund, loan.id));
    return {};
}

Result<void> recover(db::Tx& tx, const LoanDesk& desk, LoanId id, const Received& received) {
    TRY(auth::require(desk.actor, auth::Right::loans_decide));
    const auto loan = TRY(load_loan(tx, desk, auth::Right::loans_decide, id));
    if (TRY(received_before(tx, desk, received.key))) return {};
    if (loan.course.state != LoanState::claimed) return conflict("finance.not_claimed");
    TRY(check_day(tx, desk, loan, received));
    Borne before;
    for (const auto& line : TRY(loan_money(tx, desk, loan))) {
        if (!line.recovery || line.back) continue;
        before.insurer += line.borne.insurer;
        before.fund += line.borne.fund;
        before.bank += line.borne.bank;
    }
    const auto shared = TRY(share_recovery(received.amount, loan.borne, before));
    const Money left = loan.loss - loan.recovered - received.amount;
    TRY(move(tx, desk, loan, received.version,
             left == Money() ? std::optional(LoanAction::settle) : std::nullopt, received.on));
    std::optional<JournalId> journal;
    if (shared.fund > Money())
        journal = TRY(post(tx, desk.ledger(auth::Right::loans_decide),
                           {received.on, money_in(*loan.fund, Account::recovery, shared.fund),
                            reference_of(id), ""},
                           ""));
    TRY(keep_money(tx, desk, loan, "recovery", received, shared, journal));
    TRY(tx.exec("UPDATE finance_loan SET recovered = recovered + ?, outstanding = ? WHERE id = ?",
                received.amount, left, id));
    return record_money(tx, desk, loan, "recover", received);
}

Result<std::vector<MoneyLine>> loan_money(db::Tx& tx, const LoanDesk& desk, const LoanFile& loan) {
    std::vector<MoneyLine> out;
    TRY(tx.each_row(
        "SELECT id, kind, on_day, amount, insurer, fund, bank, journal_id, version, back_on, back_name, back_note, "
        "back_journal_id FROM finance_loan_money WHERE loan_id = ? ORDER BY on_day, id",
        std::vector<db::Value>{loan.id}, [&](const db::Row& row) -> Result<void> {
            MoneyLine line;
            line.id = row.integer(0);
            line.recovery = row.text(1) == "recovery";
            line.on = row.date(2);
            line.amount = row.money(3);
            line.borne = {row.money(4), row.money(5), row.money(6)};
            if (const auto journal = row.maybe_integer(7)) line.journal = JournalId(*journal);
            line.version = row.maybe_integer(8);
            if (const auto on = row.maybe_date(9)) {
                line.back = MoneyLine::Back{*on, std::string(row.text(10)),
                                            TRY(desk.vault.open("finance_loan_money.back_note", row.bytes(11))), {}};
                if (const auto journal = row.maybe_integer(12)) line.back->journal = JournalId(*journal);
            }
            out.push_back(std::move(line));
            return {};
        }));
    const auto is_payment = [](const MoneyLine& line) { return !line.recovery && !line.back; };
    std::vector<Payment> payments;
    for (const auto& line : out)
        if (is_payment(line)) payments.push_back({line.on, line.amount});
    if (payments.empty()) return out;
    const auto taken = TRY(standing(*loan.contract, payments, payments.back().on)).taken;
    auto next = taken.begin();
    for (auto& line : out)
        if (is_payment(line)) line.taken = *next++;
    return out;
}

Result<void> set_cover(db::Tx& tx, const LoanDesk& desk, AreaCode county, std::string_view scheme, int year,
                       Money premium) {
    TRY(auth::require(desk.actor, auth::Right::loans_decide));
    if (county.level() != AreaLevel::county || !desk.actor.scope(auth::Right::loans_decide).contains(county))
        return not_found("areas.unknown").with("code", county.digits());
    TRY(desk.book.scheme(scheme));
    TRY(check_amount("premium", premium));
    if (year < 2000 || year > 2150) return out_of_range("year", std::to_string(year));
    TRY(tx.exec(
        "INSERT INTO finance_loan_cover (area_code, scheme, year, premium, version, at, account) VALUES (?, ?, ?, "
        "?, 1, ?, ?) ON CONFLICT (area_code, scheme, year) DO UPDATE SET premium = excluded.premium, version = "
        "finance_loan_cover.version + 1, at = excluded.at, account = excluded.account",
        county, scheme, year, premium, desk.now.ms, desk.actor.account));
    return audit::record(
        tx, desk.vault, desk.actor,
        {"finance.loan_cover", fmt::format("cover:{}", year), county, "",
         fmt::format(R"({{"scheme":"{}","fen":{}}})", scheme, premium.fen())},
        desk.now);
}

Decimal PortfolioLine::ratio() const {
    if (outstanding <= Money()) return {};
    return Decimal::yuan(non_performing).divided_by(Decimal::yuan(outstanding), 4, Rounding::half_up);
}

Result<std::vector<PortfolioLine>> portfolio(db::Tx& tx, const LoanDesk& desk) {
    // A county's limit of days may differ; each bank lies in one county.
    std::vector<PortfolioLine> out;
    for (const auto& lender : TRY(banks(tx, desk))) {
        const int days = TRY(desk.book.whole("non_performing_after", desk.today, lender.area));
        const auto limits = TRY(desk.book.fuse_limits(desk.today, lender.area));
        TRY(tx.each_row(
            "SELECT l.scheme, COUNT(*), CAST(SUM(CASE WHEN l.next_due < ? THEN 1 ELSE 0 END) AS BIGINT), "
            "CAST(SUM(l.outstanding) AS BIGINT), CAST(SUM(CASE WHEN l.next_due < ? THEN l.outstanding ELSE 0 "
            "END) AS BIGINT), CAST(SUM(CASE WHEN l.state = 'claimed' OR l.next_due < ? THEN l.outstanding ELSE "
            "0 END) AS BIGINT) FROM finance_loan l WHERE l.bank_id = ? AND l.state IN ('disbursed', "
            "'in_repayment', 'overdue', 'extended', 'claimed') AND " +
                TRY(visible(tx, desk, auth::Right::loans_read, "l")) + " GROUP BY l.scheme ORDER BY l.scheme",
            std::vector<db::Value>{desk.today, desk.today, desk.today.plus_days(-days), lender.id},
            [&](const db::Row& row) -> Result<void> {
                PortfolioLine line{lender,       std::string(row.text(0)), row.integer(1), row.integer(2),
                                   row.money(3), row.money(4),             row.money(5),   Fuse::open};
                line.fuse = fuse(line.non_performing, line.outstanding, limits);
                out.push_back(std::move(line));
                return {};
            }));
    }
    return out;
}

}  // namespace ballast::finance
