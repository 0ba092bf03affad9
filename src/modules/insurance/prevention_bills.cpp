// What a household paid, with its proofs and the account that is paid into; sealed, masked, revealed.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "audit/audit.h"
#include "base/bank_card.h"
#include "base/masking.h"
#include "base/text.h"
#include "chinese/chinese.h"
#include "insurance/claim.h"
#include "insurance/photo_type.h"
#include "insurance/policy_store.h"
#include "insurance/prevention_store.h"
#include "insurance/range.h"
#include "registry/household_file.h"

namespace ballast::insurance {
namespace {

using auth::Right;

constexpr std::string_view proof_context = "insurance_prevention_proof.content";
constexpr std::int64_t most_bills = 200, most_proofs = 50;

Error at_row(Error error, std::size_t row) { return std::move(error).with("row", std::to_string(row + 1)); }

/// While it is proposed, by the insurer.
Result<PreventionCase> to_change(db::Tx& tx, const Desk& desk, PreventionCaseId id, std::string_view what) {
    TRY(auth::require(desk.actor, Right::insurance_write));
    auto out = TRY(load_prevention_case(tx, desk, Right::insurance_write, id));
    if (out.state != PreventionState::proposed && out.state != PreventionState::surveyed)
        return conflict("insurance.wrong_state")
            .with("state", std::string(name_of(out.state)))
            .with("action", std::string(what));
    return out;
}

Result<void> check(const PreventionScheme& scheme, const PreventionCase& of, const Expense& bill,
                   Date today) {
    TRY(positive("amount", Decimal::yuan(bill.amount), 100'000'000, 2));
    TRY(within("compensated", Decimal::yuan(bill.compensated), 100'000'000, 2));
    if (bill.compensated > bill.amount) return invalid("insurance.compensated_more");
    if (!bill.excluded.empty() && !scheme.excludes(bill.excluded))
        return invalid("insurance.no_such_exclusion").with("name", bill.excluded);
    if (bill.on > today || bill.on.year() != of.year)
        return invalid("insurance.expense_outside_year").with("year", std::to_string(of.year));
    for (const auto& [name, given] : {std::pair{"person", &bill.person}, std::pair{"what", &bill.what},
                                      std::pair{"payee", &bill.payee}, std::pair{"bill", &bill.bill}})
        TRY(needed_text(name, *given));
    return {};
}

/// A bill is paid once: whoever issued it, its number belongs to one case that was not refused.
Result<void> check_unused(db::Tx& tx, const PreventionCase& of, const db::Blob& lookup) {
    const auto other =
        TRY(tx.first("SELECT c.case_no FROM insurance_prevention_expense e JOIN insurance_prevention_case c "
                     "ON c.id = e.case_id WHERE "
                     "e.bill_lookup = ? AND c.id <> ? AND c.state NOT IN ('rejected', 'recovered')",
                     {lookup, of.id}, [](const db::Row& row) { return std::string(row.text(0)); }));
    if (other) return conflict("insurance.bill_used").with("number", *other);
    return {};
}

Result<std::vector<Expense>> read_bills(db::Tx& tx, const Desk& desk, PreventionCaseId id) {
    std::vector<Expense> out;
    TRY(
        tx.each_row("SELECT on_day, amount, compensated, excluded, facts FROM insurance_prevention_expense "
                    "WHERE case_id = ? ORDER "
                    "BY line",
                    std::vector<db::Value>{id}, [&](const db::Row& row) -> Result<void> {
                        auto facts = TRY(opened_expense(desk.vault, row.bytes(4)));
                        out.push_back({row.date(0), row.money(1), row.money(2), std::string(row.text(3)),
                                       facts.person, facts.what, facts.payee, facts.bill});
                        return {};
                    }));
    return out;
}

/// The first sign, and that there is more.
std::string hidden(const std::string& text) { return text.empty() ? "" : "***"; }

Result<PreventionSecrets> secrets(db::Tx& tx, const Desk& desk, const PreventionCase& of) {
    const auto facts = TRY(facts_of(tx, desk, of.id));
    const auto known = TRY(shown(tx, desk.actor.scope(Right::insurance_read), {of.household}));
    const auto at = known.find(of.household);
    return PreventionSecrets{at == known.end() ? "" : at->second.head,
                             facts.told,
                             facts.found,
                             facts.surveyor,
                             facts.assistant,
                             facts.holder,
                             facts.bank,
                             facts.account,
                             TRY(read_bills(tx, desk, of.id))};
}

}  // namespace

Result<void> enter_expenses(db::Tx& tx, const Desk& desk, PreventionCaseId id, std::int64_t version,
                            const std::vector<Expense>& bills) {
    const auto of = TRY(to_change(tx, desk, id, "bills"));
    const auto* scheme = TRY(scheme_of(desk, of.product));
    if (std::ssize(bills) > most_bills)
        return invalid("insurance.out_of_range")
            .with("name", "bills")
            .with("value", std::to_string(bills.size()));
    TRY(advance(tx, of, version, PreventionState::proposed, desk.today));
    TRY(tx.exec("DELETE FROM insurance_prevention_expense WHERE case_id = ?", id));
    std::set<db::Blob> seen;
    for (std::size_t i = 0; i < bills.size(); ++i) {
        const auto& bill = bills[i];
        if (auto checked = check(*scheme, of, bill, desk.today); !checked) return at_row(checked.error(), i);
        const auto number = text::trimmed(bill.bill);
        const auto lookup = blob(
            desk.vault.lookup("prevention_bill", fmt::format("{}|{}", text::trimmed(bill.payee), number)));
        if (!seen.insert(lookup).second) return at_row(invalid("insurance.bill_twice"), i);
        if (auto unused = check_unused(tx, of, lookup); !unused) return at_row(unused.error(), i);
        const ExpenseFacts facts{std::string(text::trimmed(bill.person)),
                                 std::string(text::trimmed(bill.what)),
                                 std::string(text::trimmed(bill.payee)), std::string(number)};
        TRY(
            tx.exec("INSERT INTO insurance_prevention_expense (case_id, line, on_day, amount, compensated, "
                    "excluded, facts, "
                    "bill_lookup) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                    id, static_cast<std::int64_t>(i + 1), bill.on, bill.amount, bill.compensated,
                    bill.excluded, blob(sealed(desk.vault, facts)), lookup));
    }
    return keep_prevention_step(tx, desk, of, "bills", PreventionState::proposed, "");
}

Result<std::vector<Expense>> expenses(db::Tx& tx, const Desk& desk, PreventionCaseId id) {
    TRY(load_prevention_case(tx, desk, Right::insurance_read, id));
    auto out = TRY(read_bills(tx, desk, id));
    for (auto& bill : out) {
        bill.person = masked_name(bill.person);
        for (auto* text : {&bill.what, &bill.payee, &bill.bill}) *text = hidden(*text);
    }
    return out;
}

Result<void> set_account(db::Tx& tx, const Desk& desk, PreventionCaseId id, std::int64_t version,
                         std::string_view holder, std::string_view bank, std::string_view account) {
    const auto of = TRY(to_change(tx, desk, id, "account"));
    auto facts = TRY(facts_of(tx, desk, id));
    facts.holder = TRY(needed_text("holder", holder));
    const auto home = TRY(registry::household(tx, desk.vault, desk.actor.scope(Right::insurance_write),
                                              of.household, desk.today))
                          .household;
    if (!std::ranges::any_of(home.members, [&](const auto& member) {
            return chinese::normalised_name(member.values[registry::PersonField::name]) == chinese::normalised_name(facts.holder);
        }))
        return invalid("insurance.account_outside_household");
    facts.bank = TRY(needed_text("bank", bank));
    facts.account = TRY(BankCard::parse(account)).reveal();
    TRY(advance(tx, of, version, of.state, desk.today));
    TRY(keep_facts(tx, desk, id, facts));
    return keep_prevention_step(tx, desk, of, "account", of.state, "");
}

Result<PreventionSecrets> reveal_prevention(db::Tx& tx, const Desk& desk, PreventionCaseId id,
                                            std::string_view purpose) {
    const auto of = TRY(load_prevention_case(tx, desk, Right::insurance_read, id));
    const auto why = text::trimmed(purpose);
    if (text::length(why) < 2) return invalid("insurance.purpose_missing");
    TRY(audit::record(tx, desk.vault, desk.actor,
                      {"insurance.unmask", fmt::format("prevention:{}", id.number()), of.area,
                       std::string(why), R"({"field":"all"})"},
                      desk.now));
    return secrets(tx, desk, of);
}

Result<PreventionSecrets> masked_prevention(db::Tx& tx, const Desk& desk, PreventionCaseId id) {
    const auto of = TRY(load_prevention_case(tx, desk, Right::insurance_read, id));
    auto out = TRY(secrets(tx, desk, of));
    out.head = of.head;
    out.told = hidden(out.told);
    out.found = hidden(out.found);
    out.holder = masked_name(out.holder);
    if (!out.account.empty()) out.account = TRY(BankCard::parse(out.account)).masked();
    out.expenses = TRY(expenses(tx, desk, id));
    return out;
}

Result<ProofId> add_proof(db::Tx& tx, const Desk& desk, PreventionCaseId id, std::string_view bytes) {
    const auto of = TRY(to_change(tx, desk, id, "proof"));
    const auto type = photo_type(bytes);
    if (type.empty()) return invalid("insurance.photo_type");
    if (std::ssize(bytes) > largest_photo)
        return invalid("insurance.photo_too_large").with("most", std::to_string(largest_photo >> 20));
    if (TRY(tx.number("SELECT COUNT(*) FROM insurance_prevention_proof WHERE case_id = ?", {id})) >=
        most_proofs)
        return invalid("insurance.too_many_photos").with("most", std::to_string(most_proofs));
    TRY(advance(tx, of, of.version, of.state, desk.today));
    const ProofId added(TRY(tx.number(
        "INSERT INTO insurance_prevention_proof (case_id, type, size, at, account, content) VALUES (?, "
        "?, ?, ?, ?, ?) RETURNING id",
        {id, type, std::ssize(bytes), desk.now.ms, desk.actor.account,
         blob(desk.vault.seal(proof_context, bytes))})));
    TRY(keep_prevention_step(tx, desk, of, "proof", of.state, ""));
    return added;
}

Result<std::vector<ProofId>> proofs(db::Tx& tx, const Desk& desk, PreventionCaseId id) {
    TRY(load_prevention_case(tx, desk, Right::insurance_read, id));
    return tx.all("SELECT id FROM insurance_prevention_proof WHERE case_id = ? ORDER BY id", {id},
                  [](const db::Row& row) { return row.id<ProofId>(0); });
}

Result<Proof> proof(db::Tx& tx, const Desk& desk, PreventionCaseId id, ProofId which) {
    const auto of = TRY(load_prevention_case(tx, desk, Right::insurance_read, id));
    struct Found {
        std::string type;
        db::Blob content;
    };
    const auto found =
        TRY(tx.first("SELECT type, content FROM insurance_prevention_proof WHERE id = ? AND case_id = ?",
                     {which, id}, [](const db::Row& row) {
                         return Found{std::string(row.text(0)), row.blob(1)};
                     }));
    if (!found) return not_found("insurance.no_such_photo");
    TRY(audit::record(tx, desk.vault, desk.actor,
                      {"insurance.unmask", fmt::format("prevention:{}", id.number()), of.area, "",
                       fmt::format(R"({{"proof":{}}})", which.number())},
                      desk.now));
    return Proof{found->type, TRY(desk.vault.open(proof_context, found->content))};
}

}  // namespace ballast::insurance
