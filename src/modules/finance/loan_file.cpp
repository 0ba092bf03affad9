#include "finance/loan_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "audit/audit.h"
#include "base/bank_card.h"
#include "base/text.h"
#include "finance/loan_money.h"
#include "finance/loan_store.h"
#include "finance/range.h"

namespace ballast::finance {
namespace {

constexpr std::array<std::string_view, 3> uses{"production", "consumption", "lent_on"};
constexpr std::array<std::string_view, 4> all_credits{"excellent", "good", "ordinary", "poor"};
constexpr std::size_t longest_text = 200;

Result<std::string> needed(std::string_view name, std::string_view given) {
    const std::string out(text::trimmed(given));
    if (text::length(out) < 2 || text::length(out) > longest_text)
        return invalid("finance.text_missing").with("name", std::string(name));
    return out;
}

struct Borrower {
    registry::PersonLine line;
    std::string kind;  // of the household
};

Result<Borrower> borrower(db::Tx& tx, const LoanDesk& desk, registry::PersonId person) {
    Borrower out{TRY(who_signs(tx, desk, person, "finance.not_a_borrower")), {}};
    out.kind = TRY(tx.first("SELECT household_kind FROM registry_v_household WHERE id = ?",
                            {out.line.household},
                            [](const db::Row& row) { return row.maybe_text(0).value_or(""); }))
                   .value_or("");
    return out;
}

Result<void> first_of(const std::vector<Error>& objections) {
    if (!objections.empty()) return objections.front();
    return {};
}

/// Looked at with the application and with the bank's decision; `self` does not stand against itself.
Result<void> check_application(db::Tx& tx, const LoanDesk& desk, const Scheme& scheme, const Bank& bank,
                               AreaCode area, LoanApplication asked, registry::HouseholdId household,
                               registry::PersonId person, LoanId self) {
    asked.open_in_household = static_cast<int>(
        TRY(tx.number("SELECT COUNT(*) FROM finance_loan WHERE household_id = ? AND scheme = ? AND id <> ? AND "
                      "state NOT IN ('settled', 'written_off', 'refused')",
                      {household, scheme.name, self})));
    asked.had_before = static_cast<int>(
        TRY(tx.number("SELECT COUNT(*) FROM finance_loan WHERE person_id = ? AND scheme = ? AND id <> ? AND "
                      "disbursed_on IS NOT NULL",
                      {person, scheme.name, self})));
    const auto offer = TRY(desk.book.offer(scheme, desk.today, area));
    return first_of(objections(asked, offer, TRY(fuse_of(tx, desk, bank, scheme.name))));
}

Result<std::optional<LoanId>> applied_before(db::Tx& tx, const LoanDesk& desk, const std::string& key) {
    if (key.empty()) return std::optional<LoanId>();
    return tx.first("SELECT id FROM finance_loan WHERE account = ? AND sender_key = ?",
                    {desk.actor.account, key}, [](const db::Row& row) { return row.id<LoanId>(0); });
}

}  // namespace

std::string_view name_of(LoanUse use) { return uses.at(static_cast<std::size_t>(use)); }
Result<LoanUse> loan_use_named(std::string_view name) {
    const auto at = std::ranges::find(uses, name);
    if (at == uses.end()) return invalid("finance.no_such_use").with("name", std::string(name));
    return static_cast<LoanUse>(at - uses.begin());
}
std::span<const std::string_view> credits() { return all_credits; }

int LoanFile::days_overdue(Date today) const {
    return is_out() && next_due && *next_due < today ? today - *next_due : 0;
}
bool LoanFile::is_out() const {
    using enum LoanState;
    const auto state = course.state;
    return state == disbursed || state == in_repayment || state == overdue || state == extended;
}

Result<LoanId> apply(db::Tx& tx, const LoanDesk& desk, const NewLoan& wanted) {
    TRY(auth::require(desk.actor, auth::Right::loans_recommend));
    if (const auto before = TRY(applied_before(tx, desk, wanted.key))) return *before;
    const auto who = TRY(borrower(tx, desk, wanted.person));
    const auto lender = TRY(bank(tx, desk, wanted.bank));
    if (!lender.area.contains(who.line.village)) return not_found("finance.no_such_bank");
    const auto* scheme = TRY(desk.book.scheme(wanted.scheme));
    if (!scheme->households.empty() && std::ranges::find(scheme->households, who.kind) == scheme->households.end())
        return invalid("finance.household_not_meant").with("scheme", scheme->title.zh);
    if (wanted.jobs < 0 || wanted.jobs > 10'000) return out_of_range("jobs", std::to_string(wanted.jobs));
    const auto what = TRY(needed("what", wanted.what));
    TRY(check_application(tx, desk, *scheme, lender, who.line.village,
                          {.amount = wanted.amount, .months = wanted.months, .rate = {}, .use = wanted.use},
                          who.line.household, wanted.person, LoanId(0)));

    const auto facts = sealed(desk.vault, {who.line.name, who.line.id_masked, what, "", ""});
    const auto only = scheme->one_for_a_household ? db::Value(who.line.household) : db::Value(db::Null{});
    const auto added = TRY(tx.first(
        "INSERT INTO finance_loan (area_code, bank_id, scheme, pack_hash, household_id, person_id, facts, "
        "purpose, jobs, applied_on, credit, amount, months, contract_no, state, entered_on, claim_asked, "
        "version, outstanding, fiscal_paid, loss, borne_insurer, borne_fund, borne_bank, recovered, only_one, "
        "at, account, sender_key) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', ?, ?, '', 'applied', ?, 0, 1, 0, "
        "0, 0, 0, 0, 0, 0, ?, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING id",
        {who.line.village, lender.id, scheme->name, desk.book.pack.hash, who.line.household, wanted.person,
         blob(facts), name_of(wanted.use), wanted.jobs, desk.today, wanted.amount, wanted.months, desk.today,
         only, desk.now.ms, desk.actor.account,
         wanted.key.empty() ? db::Value(db::Null{}) : db::Value(wanted.key)},
        [](const db::Row& row) { return row.id<LoanId>(0); }));
    // Somebody else entered one for the household at the same moment.
    if (!added) return conflict("finance.household_has_loan");
    TRY(tx.exec(
        "INSERT INTO finance_loan_step (loan_id, version, action, from_state, to_state, on_day, at, account, name, "
        "note) VALUES (?, 1, 'apply', '', 'applied', ?, ?, ?, ?, ?)",
        *added, desk.today, desk.now.ms, desk.actor.account, desk.actor.name,
        blob(desk.vault.seal("finance_loan_step.note", ""))));
    TRY(audit::record(tx, desk.vault, desk.actor,
                      {"finance.loan.apply", "loan:" + std::to_string(added->number()), who.line.village, "",
                       fmt::format(R"({{"scheme":"{}","fen":{}}})", scheme->name, wanted.amount.fen())},
                      desk.now));
    return *added;
}

Result<LoanFile> load_loan(db::Tx& tx, const LoanDesk& desk, auth::Right right, LoanId id) {
    auto found = TRY(loans_where(tx, desk, "l.id = ? AND " + TRY(visible(tx, desk, right, "l")), {id}));
    if (found.empty()) return not_found("finance.no_such_loan");
    return std::move(found.front());
}

namespace {

/// SQL for what LoanFile::matures_in tells. The days may differ by county, and each bank lies in one.
Result<std::string> maturing(db::Tx& tx, const LoanDesk& desk, std::vector<db::Value>& values) {
    std::string by_bank = "1=0";
    const std::string running = " AND l.state IN ('disbursed', 'in_repayment', 'extended') AND l.maturity >= ? AND "
                                "(l.next_due IS NULL OR l.next_due >= ?) AND " + at_risk(desk, "l");
    values.insert(values.end(), {desk.today, desk.today});
    for (const auto& lender : TRY(banks(tx, desk))) {
        const int days = TRY(desk.book.whole("matures_within", desk.today, lender.area));
        by_bank += " OR (l.bank_id = ? AND l.maturity <= ?)";
        values.insert(values.end(), {lender.id, desk.today.plus_days(days)});
    }
    return running + " AND (" + by_bank + ")";
}

}  // namespace

Result<std::vector<LoanFile>> loans(db::Tx& tx, const LoanDesk& desk, const LoanQuery& query,
                                    LoanTotals* totals) {
    std::string condition = TRY(visible(tx, desk, auth::Right::loans_read, "l"));
    std::vector<db::Value> values;
    if (query.area) condition += " AND " + auth::Scope({*query.area}).sql("l.area_code");
    if (!query.scheme.empty()) condition += " AND l.scheme = ?", values.emplace_back(query.scheme);
    if (!query.state.empty()) condition += " AND l.state = ?", values.emplace_back(query.state);
    if (query.bank) condition += " AND l.bank_id = ?", values.emplace_back(*query.bank);
    if (query.household) condition += " AND l.household_id = ?", values.emplace_back(*query.household);
    if (query.out)
        condition += " AND l.state IN ('disbursed', 'in_repayment', 'overdue', 'extended', 'claimed')";
    if (query.overdue) {
        condition += " AND l.next_due < ? AND l.state IN ('disbursed', 'in_repayment', 'overdue', 'extended')";
        values.emplace_back(desk.today);
    }
    if (query.matures_soon) condition += TRY(maturing(tx, desk, values));
    if (totals)
        TRY(tx.each_row(
            "SELECT COUNT(*), CAST(COALESCE(SUM(l.amount), 0) AS BIGINT), CAST(COALESCE(SUM(l.outstanding), 0) "
            "AS BIGINT) FROM finance_loan l WHERE " + condition,
            values, [&](const db::Row& row) -> Result<void> {
                *totals = {row.integer(0), row.money(1), row.money(2)};
                return {};
            }));
    values.emplace_back(query.limit);
    values.emplace_back(query.offset);
    return loans_where(tx, desk, condition + " ORDER BY l.id DESC LIMIT ? OFFSET ?", values);
}

Result<std::vector<LoanStepLine>> loan_steps(db::Tx& tx, const LoanDesk& desk, LoanId id) {
    std::vector<LoanStepLine> out;
    TRY(tx.each_row(
        "SELECT version, action, from_state, to_state, on_day, account, name, note FROM finance_loan_step WHERE "
        "loan_id = ? ORDER BY version",
        std::vector<db::Value>{id}, [&](const db::Row& row) -> Result<void> {
            out.push_back({row.integer(0), std::string(row.text(1)), std::string(row.text(2)),
                           std::string(row.text(3)), row.date(4), std::string(row.text(5)),
                           std::string(row.text(6)),
                           TRY(desk.vault.open("finance_loan_step.note", row.bytes(7)))});
            return {};
        }));
    return out;
}

Result<std::string> reveal(db::Tx& tx, const LoanDesk& desk, LoanId id, std::string_view field,
                           std::string_view purpose) {
    TRY(auth::require(desk.actor, auth::Right::loans_write));
    const auto loan = TRY(load_loan(tx, desk, auth::Right::loans_write, id));
    const auto why = text::trimmed(purpose);
    if (text::length(why) < 2) return invalid("finance.purpose_missing");
    if (field != "id_number" && field != "account")
        return invalid("finance.no_such_field").with("name", std::string(field));
    const auto facts = TRY(loan_facts(tx, desk, id));
    TRY(audit::record(tx, desk.vault, desk.actor,
                      {"finance.unmask", "loan:" + std::to_string(id.number()), loan.area, std::string(why),
                       fmt::format(R"({{"field":"{}"}})", field)},
                      desk.now));
    return field == "account" ? facts.account : facts.id_number;
}

}  // namespace ballast::finance
