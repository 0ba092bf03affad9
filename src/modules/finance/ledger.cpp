#include "finance/ledger.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "audit/audit.h"
#include "base/shares.h"
#include "base/text.h"
#include "finance/range.h"
#include "finance/reverse_own.h"

namespace ballast::finance {
namespace {

constexpr std::string_view fund_columns = "f.id, f.area_code, f.kind, f.organisation, f.name, f.opened_on";

Result<Fund> fund_of(const db::Row& row) {
    return Fund{
        row.id<FundId>(0),        row.area(1), TRY(fund_kind_named(row.text(2))), std::string(row.text(3)),
        std::string(row.text(4)), row.date(5)};
}

Result<std::vector<Fund>> funds_where(db::Tx& tx, const std::string& condition,
                                      std::vector<db::Value> values) {
    std::vector<Fund> out;
    TRY(tx.each_row("SELECT " + std::string(fund_columns) + " FROM finance_fund f WHERE " + condition +
                        " ORDER BY f.area_code, f.kind, f.organisation",
                    values, [&](const db::Row& row) -> Result<void> {
                        out.push_back(TRY(fund_of(row)));
                        return {};
                    }));
    return out;
}

bool is_reference(std::string_view text) {
    if (text.empty()) return true;
    const auto colon = text.find(':');
    if (colon == 0 || colon == std::string_view::npos || colon + 1 == text.size() || text.size() > 60)
        return false;
    return text.substr(0, colon).find_first_not_of("abcdefghijklmnopqrstuvwxyz_") == std::string_view::npos &&
           text.substr(colon + 1).find_first_not_of("0123456789") == std::string_view::npos;
}

std::set<FundId> funds_in(const std::vector<Posting>& postings) {
    std::set<FundId> out;
    for (const auto& posting : postings) out.insert(posting.fund);
    return out;
}

// An insurer's book is its own: what government moves neither takes from it nor gives to it by hand. Whoever
// may not see a fund learns nothing of it.
Result<void> refuse_insurers_books(db::Tx& tx, const auth::Scope& scope, const std::set<FundId>& funds) {
    for (const auto fund : funds)
        if (TRY(load_fund(tx, scope, fund)).kind == FundKind::insurance)
            return forbidden("finance.insurers_book");
    return {};
}

// What another module posted stands for rows of that module: turned back here, the two would differ.
bool made_elsewhere(std::string_view reference) {
    for (const std::string_view kind :
         {"claim:", "policy:", "subsidy:", "settlement:", "prevention:", "prevention_year:", "pool:", "loan:",
          "interest_subsidy:"})
        if (reference.starts_with(kind)) return true;
    return false;
}

// From here to the end of the transaction other writers of the fund wait, so that what the balance allows
// stays true until it is committed. In order of ids, so that two journals over the same funds cannot wait for
// each other.
Result<void> lock(db::Tx& tx, const std::set<FundId>& funds) {
    for (const auto fund : funds)
        INVARIANT(TRY(tx.exec("UPDATE finance_fund SET version = version + 1 WHERE id = ?", fund)) == 1);
    return {};
}

// The lowest balance of the bank account at the end of any day from `since` on.
Result<Money> lowest_balance(db::Tx& tx, FundId fund, Date since) {
    Money lowest, running;
    TRY(tx.each_row(
        "SELECT value_date, CAST(SUM(amount) AS BIGINT) FROM finance_posting WHERE fund_id = ? AND "
        "ledger_account = 'bank' GROUP BY value_date ORDER BY value_date",
        std::vector<db::Value>{fund}, [&](const db::Row& row) -> Result<void> {
            running += row.money(1);
            lowest = row.date(0) <= since ? running : std::min(lowest, running);
            return {};
        }));
    return lowest;
}

Result<void> check_dates(const Desk& desk, const NewJournal& journal, const std::vector<Fund>& funds) {
    if (journal.value_date > desk.today) return invalid("finance.future_date");
    for (const auto& fund : funds)
        if (journal.value_date < fund.opened_on)
            return invalid("finance.before_opening").with("date", fund.opened_on.iso());
    return {};
}

// What the journal takes from a bank account must be there, on its day and on every later one.
Result<void> check_balances(db::Tx& tx, const NewJournal& journal, const std::set<FundId>& funds) {
    for (const auto fund : funds) {
        Money taken;
        for (const auto& posting : journal.postings)
            if (posting.fund == fund && posting.account == Account::bank) taken -= posting.amount;
        if (taken <= Money()) continue;
        const Money available = TRY(lowest_balance(tx, fund, journal.value_date));
        if (available < taken)
            return conflict("finance.fund_exhausted").with("available", available.formatted());
    }
    return {};
}

// Nothing when the sender's key has been used meanwhile.
Result<std::optional<JournalId>> store(db::Tx& tx, const Desk& desk, const NewJournal& journal,
                                       std::optional<JournalId> reverses, std::string_view key) {
    const auto sealed = desk.vault.seal("finance_journal.note", text::trimmed(journal.note));
    const auto id = TRY(tx.first(
        "INSERT INTO finance_journal (value_date, reference, note, reverses_id, at, account, sender_key) "
        "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (account, sender_key) WHERE sender_key IS NOT NULL DO "
        "NOTHING RETURNING id",
        {journal.value_date, journal.reference, db::Blob(sealed.begin(), sealed.end()), reverses, desk.now.ms,
         desk.actor.account, key.empty() ? db::Value(db::Null{}) : db::Value(key)},
        [](const db::Row& row) { return row.id<JournalId>(0); }));
    if (!id) return id;
    // A season's settlement has as many lines as policies.
    auto lines = TRY(tx.bulk("finance_posting",
                             std::array<std::string_view, 6>{"journal_id", "line", "fund_id",
                                                             "ledger_account", "value_date", "amount"}));
    std::int64_t line = 0;
    for (const auto& posting : journal.postings)
        TRY(lines->add({*id, ++line, posting.fund, name_of(posting.account), journal.value_date,
                        posting.amount}));
    TRY(lines->finish());
    return id;
}

Result<std::optional<JournalId>> posted_before(db::Tx& tx, const Desk& desk, std::string_view key) {
    if (key.empty()) return std::optional<JournalId>();
    return TRY(tx.first("SELECT id FROM finance_journal WHERE account = ? AND sender_key = ?",
                        {desk.actor.account, key}, [](const db::Row& row) { return row.id<JournalId>(0); }));
}

Result<JournalId> enter(db::Tx& tx, const Desk& desk, const NewJournal& journal,
                        std::optional<JournalId> reverses, std::string_view key) {
    TRY(check(journal.postings));
    if (!is_reference(journal.reference)) return invalid("finance.bad_reference");
    const auto concerned = funds_in(journal.postings);
    std::vector<Fund> loaded;
    for (const auto fund : concerned) loaded.push_back(TRY(load_fund(tx, desk.scope, fund)));
    TRY(check_dates(desk, journal, loaded));
    TRY(lock(tx, concerned));
    // The same journal sent twice at once: the second waited for the lock, and finds the first only now. A
    // key used for other funds waits for no lock, and is found as it is stored.
    if (const auto before = TRY(posted_before(tx, desk, key))) return *before;
    TRY(check_balances(tx, journal, concerned));
    const auto stored = TRY(store(tx, desk, journal, reverses, key));
    if (!stored) return conflict("finance.key_used");
    const JournalId id = *stored;
    for (const auto& fund : loaded)
        TRY(audit::record(tx, desk.vault, desk.actor,
                          {reverses ? "finance.reverse" : "finance.post",
                           "journal:" + std::to_string(id.number()), fund.area, "",
                           fmt::format(R"({{"fund":{},"value_date":"{}","lines":{},"reverses":{}}})",
                                       fund.id.number(), journal.value_date.iso(), journal.postings.size(),
                                       reverses ? reverses->number() : 0)},
                          desk.now));
    return id;
}

}  // namespace

Result<FundId> open_fund(db::Tx& tx, const Desk& desk, const Fund& fund) {
    if (!desk.scope.contains(fund.area)) return not_found("areas.unknown").with("code", fund.area.digits());
    const auto name = text::trimmed(fund.name);
    if (text::length(name) < 2 || text::length(name) > 60) return invalid("finance.name_missing");
    if (fund.opened_on > desk.today) return invalid("finance.future_date");
    const auto added = TRY(tx.first(
        "INSERT INTO finance_fund (area_code, kind, organisation, name, opened_on, version, at, account) "
        "VALUES "
        "(?, ?, ?, ?, ?, 0, ?, ?) ON CONFLICT (area_code, kind, organisation) DO NOTHING RETURNING id",
        {fund.area, name_of(fund.kind), fund.organisation, name, fund.opened_on, desk.now.ms,
         desk.actor.account},
        [](const db::Row& row) { return row.id<FundId>(0); }));
    if (!added) return conflict("finance.fund_exists");
    TRY(audit::record(tx, desk.vault, desk.actor,
                      {"finance.open_fund", "fund:" + std::to_string(added->number()), fund.area, "",
                       fmt::format(R"({{"kind":"{}"}})", name_of(fund.kind))},
                      desk.now));
    return *added;
}

Result<Fund> load_fund(db::Tx& tx, const auth::Scope& scope, FundId id) {
    auto found = TRY(funds_where(tx, "f.id = ? AND " + scope.sql("f.area_code"), {id}));
    if (found.empty()) return not_found("finance.no_such_fund");
    return std::move(found.front());
}

Result<std::vector<FundLine>> funds(db::Tx& tx, const auth::Scope& scope, Date as_of) {
    std::vector<FundLine> out;
    for (auto& fund : TRY(funds_where(tx, scope.sql("f.area_code"), {}))) {
        const Money held = TRY(balance(tx, scope, fund.id, Account::bank, as_of));
        out.push_back({std::move(fund), held});
    }
    return out;
}

Result<JournalId> post(db::Tx& tx, const Desk& desk, const NewJournal& journal, std::string_view key) {
    if (const auto before = TRY(posted_before(tx, desk, key))) return *before;
    return enter(tx, desk, journal, std::nullopt, key);
}

namespace {

struct Posted {
    Date value_date;
    bool is_reversal = false;
    NewJournal reversal;  // with the other sign; its day is the original's
};

/// Whoever may not see all its funds learns nothing of the journal.
Result<Posted> posted(db::Tx& tx, const Desk& desk, JournalId id) {
    auto found = TRY(tx.first(
        "SELECT reference, reverses_id, value_date FROM finance_journal WHERE id = ?", {id}, [](const db::Row& row) {
            return Posted{row.date(2), !row.null(1), {row.date(2), {}, std::string(row.text(0)), ""}};
        }));
    if (!found) return not_found("finance.no_such_journal");
    auto& postings = found->reversal.postings;
    TRY(tx.each_row(
        "SELECT fund_id, ledger_account, amount FROM finance_posting WHERE journal_id = ? ORDER BY line",
        std::vector<db::Value>{id}, [&](const db::Row& row) -> Result<void> {
            postings.push_back({row.id<FundId>(0), TRY(account_named(row.text(1))), -row.money(2)});
            return {};
        }));
    for (const auto fund : funds_in(postings))
        if (!load_fund(tx, desk.scope, fund)) return not_found("finance.no_such_journal");
    return std::move(*found);
}

Result<JournalId> enter_reversal(db::Tx& tx, const Desk& desk, JournalId id, Posted original, Date value_date,
                                 std::string_view note) {
    if (value_date < original.value_date)
        return invalid("finance.before_original").with("date", original.value_date.iso());
    TRY(lock(tx, funds_in(original.reversal.postings)));
    if (TRY(tx.number("SELECT COUNT(*) FROM finance_journal WHERE reverses_id = ?", {id})) > 0)
        return conflict("finance.reversed_before");
    original.reversal.value_date = value_date;
    original.reversal.note = note;
    return enter(tx, desk, original.reversal, id, "");
}

}  // namespace

Result<JournalId> reverse(db::Tx& tx, const Desk& desk, JournalId id, Date value_date,
                          std::string_view note) {
    auto original = TRY(posted(tx, desk, id));
    if (original.is_reversal) return conflict("finance.is_reversal");
    const auto& reference = original.reversal.reference;
    if (made_elsewhere(reference)) return conflict("finance.correct_where_made").with("reference", reference);
    TRY(refuse_insurers_books(tx, desk.scope, funds_in(original.reversal.postings)));
    return enter_reversal(tx, desk, id, std::move(original), value_date, note);
}

Result<JournalId> reverse_own(db::Tx& tx, const Desk& desk, JournalId id, std::string_view reference,
                              Date value_date, std::string_view note) {
    auto original = TRY(posted(tx, desk, id));
    if (original.reversal.reference != reference) return not_found("finance.no_such_journal");
    if (original.is_reversal) return conflict("finance.is_reversal");
    return enter_reversal(tx, desk, id, std::move(original), value_date, note);
}

Result<JournalId> appropriate(db::Tx& tx, const Desk& desk, const Appropriation& appropriation,
                              Date value_date, std::string_view key) {
    TRY(check_amount("total", appropriation.total));
    std::vector<Decimal> weights;
    std::set<FundId> seen{appropriation.from};
    for (const auto& part : appropriation.parts) {
        weights.push_back(part.weight);
        if (!seen.insert(part.to).second) return invalid("finance.fund_twice");
    }
    TRY(refuse_insurers_books(tx, desk.scope, seen));
    const auto amounts = TRY(by_largest_remainder(appropriation.total, weights));
    NewJournal journal{value_date, money_out(appropriation.from, Account::transfer_out, appropriation.total),
                       "", ""};
    for (std::size_t i = 0; i < amounts.size(); ++i) {
        if (amounts[i] == Money()) continue;
        for (const auto& posting : money_in(appropriation.parts[i].to, Account::transfer_in, amounts[i]))
            journal.postings.push_back(posting);
    }
    return post(tx, desk, journal, key);
}

Result<Money> balance(db::Tx& tx, const auth::Scope& scope, FundId fund, Account account, Date as_of) {
    TRY(load_fund(tx, scope, fund));
    return Money::fen(TRY(
        tx.number("SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM finance_posting WHERE fund_id = ? "
                  "AND ledger_account = ? AND value_date <= ?",
                  {fund, name_of(account), as_of})));
}

Result<FundYear> fund_year(db::Tx& tx, const auth::Scope& scope, FundId fund, const Period& period) {
    FundYear out;
    out.opening = TRY(balance(tx, scope, fund, Account::bank, period.first.plus_days(-1)));
    const auto moved = [&](Account account) -> Result<Money> {
        return Money::fen(
            TRY(tx.number("SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM finance_posting WHERE "
                          "fund_id = ? AND ledger_account = ? AND value_date BETWEEN ? AND ?",
                          {fund, name_of(account), period.first, period.last})));
    };
    out.contributions = -TRY(moved(Account::contribution));
    out.top_ups = -TRY(moved(Account::top_up));
    out.interest = -TRY(moved(Account::interest));
    out.recoveries = -TRY(moved(Account::recovery));
    out.transfers_in = -TRY(moved(Account::transfer_in));
    out.transfers_out = TRY(moved(Account::transfer_out));
    out.payments = TRY(moved(Account::payment));
    out.service_fees = TRY(moved(Account::service_fee));
    return out;
}

Result<std::vector<StatementLine>> statement(db::Tx& tx, const auth::Scope& scope, FundId fund,
                                             const Period& period, std::int64_t offset, std::int64_t limit) {
    Money running = TRY(balance(tx, scope, fund, Account::bank, period.first.plus_days(-1)));
    std::vector<StatementLine> out;
    std::int64_t at = 0;
    TRY(tx.each_row(
        "SELECT p.journal_id, p.value_date, p.ledger_account, p.amount, j.reference, j.reverses_id FROM "
        "finance_posting p "
        "JOIN finance_journal j ON j.id = p.journal_id WHERE p.fund_id = ? AND p.ledger_account <> 'bank' "
        "AND "
        "p.value_date BETWEEN ? AND ? ORDER BY p.value_date, p.journal_id, p.line",
        std::vector<db::Value>{fund, period.first, period.last}, [&](const db::Row& row) -> Result<void> {
            running -= row.money(3);
            if (at++ < offset || std::ssize(out) >= limit) return {};
            const auto reverses = row.maybe_integer(5);
            out.push_back({row.id<JournalId>(0), row.date(1), TRY(account_named(row.text(2))), -row.money(3),
                           running, std::string(row.text(4)),
                           reverses ? std::optional(JournalId(*reverses)) : std::nullopt});
            return {};
        }));
    return out;
}

}  // namespace ballast::finance
