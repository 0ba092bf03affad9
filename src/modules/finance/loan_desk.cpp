#include "finance/loan_desk.h"

#include <fmt/format.h>

#include <algorithm>

#include "audit/audit.h"
#include "base/text.h"
#include "finance/loan_store.h"

namespace ballast::finance {
namespace {

constexpr auto may_manage = auth::Right::loans_decide;

Bank read_bank(const db::Row& row) { return {row.id<BankId>(0), row.area(1), std::string(row.text(2))}; }
constexpr std::string_view select = "SELECT b.id, b.area_code, b.name FROM finance_bank b WHERE ";

bool acts_for_a_bank(const auth::Actor& actor) {
    return !actor.is_system() && actor.may(auth::Right::loans_write);
}

Result<std::optional<Bank>> assigned(db::Tx& tx, const auth::Actor& actor) {
    return tx.first(
        std::string(select) + "b.id = (SELECT bank_id FROM finance_bank_clerk WHERE account = ?)",
        {actor.account}, read_bank);
}

}  // namespace

Result<BankId> add_bank(db::Tx& tx, const LoanDesk& desk, AreaCode county, std::string_view given) {
    TRY(auth::require(desk.actor, may_manage));
    if (county.level() != AreaLevel::county || !desk.division.exists(county) ||
        !desk.actor.scope(may_manage).contains(county))
        return not_found("areas.unknown").with("code", county.digits());
    const std::string name(text::trimmed(given));
    if (text::length(name) < 2 || text::length(name) > 50) return invalid("finance.bank_name_missing");
    const auto added = TRY(tx.first(
        "INSERT INTO finance_bank (area_code, name, at, account) VALUES (?, ?, ?, ?) ON CONFLICT (area_code, "
        "name) DO NOTHING RETURNING id",
        {county, name, desk.now.ms, desk.actor.account},
        [](const db::Row& row) { return row.id<BankId>(0); }));
    if (!added) return conflict("finance.bank_exists").with("name", name);
    TRY(audit::record(
        tx, desk.vault, desk.actor,
        {"finance.bank", "bank:" + std::to_string(added->number()), county, "", "{}"}, desk.now));
    return *added;
}

auth::Scope counties_of(const auth::Actor& actor) {
    std::vector<AreaCode> out;
    const auto scope = actor.scope(auth::Right::loans_read);
    for (const auto area : scope.areas())
        out.push_back(area.level() > AreaLevel::county ? area.at(AreaLevel::county) : area);
    return auth::Scope(out);
}

Result<std::vector<Bank>> banks(db::Tx& tx, const LoanDesk& desk) {
    if (acts_for_a_bank(desk.actor)) {
        const auto own = TRY(assigned(tx, desk.actor));
        return own ? std::vector{*own} : std::vector<Bank>();
    }
    return tx.all(std::string(select) + counties_of(desk.actor).sql("b.area_code") + " ORDER BY b.area_code, b.name",
                  {}, read_bank);
}

Result<Bank> bank(db::Tx& tx, const LoanDesk& desk, BankId id) {
    for (auto& one : TRY(banks(tx, desk)))
        if (one.id == id) return std::move(one);
    return not_found("finance.no_such_bank");
}

Result<void> assign_clerk(db::Tx& tx, const LoanDesk& desk, BankId id, std::string_view account) {
    TRY(auth::require(desk.actor, may_manage));
    const auto one = TRY(bank(tx, desk, id));
    if (!desk.actor.scope(may_manage).contains(one.area)) return not_found("finance.no_such_bank");
    const auto user = TRY(auth::user_of_account(tx, account));
    const bool fits = user && std::ranges::any_of(user->grants, [&](const auto& grant) {
                          return grant.role == auth::Role::bank_operator && grant.area.contains(one.area);
                      });
    if (!fits) return not_found("finance.no_such_clerk").with("account", std::string(account));
    TRY(tx.exec("DELETE FROM finance_bank_clerk WHERE account = ?", account));
    TRY(tx.exec("INSERT INTO finance_bank_clerk (account, bank_id, at, given_by) VALUES (?, ?, ?, ?)", account,
                id, desk.now.ms, desk.actor.account));
    return audit::record(tx, desk.vault, desk.actor,
                         {"finance.bank_clerk", "bank:" + std::to_string(id.number()), one.area, "",
                          fmt::format(R"({{"user":{}}})", user->id.number())},
                         desk.now);
}

Result<std::string> visible(db::Tx& tx, const LoanDesk& desk, auth::Right right, std::string_view alias) {
    std::string out = desk.actor.scope(right).sql(std::string(alias) + ".area_code");
    if (!acts_for_a_bank(desk.actor)) return out;
    const auto own = TRY(assigned(tx, desk.actor));
    return out + fmt::format(" AND {}.bank_id = {}", alias, own ? own->id.number() : 0);
}

Result<FundId> risk_fund(db::Tx& tx, AreaCode area) {
    const auto found = TRY(tx.first(
        "SELECT id FROM finance_fund WHERE area_code = ? AND kind = 'risk_sharing' AND organisation = ''",
        {area.at(AreaLevel::county)}, [](const db::Row& row) { return row.id<FundId>(0); }));
    if (!found) return not_found("finance.no_risk_fund");
    return *found;
}

}  // namespace ballast::finance
