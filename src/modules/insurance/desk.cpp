#include "insurance/desk.h"

#include <fmt/format.h>

#include <algorithm>

#include "audit/audit.h"
#include "base/text.h"

namespace ballast::insurance {
namespace {

Insurer read_insurer(const db::Row& row) {
    return {row.id<InsurerId>(0), row.area(1), std::string(row.text(2)), row.id<finance::FundId>(3)};
}
constexpr std::string_view select =
    "SELECT i.id, i.area_code, i.name, i.fund_id FROM insurance_insurer i WHERE ";

bool acts_for_an_insurer(const auth::Actor& actor) {
    return !actor.is_system() && actor.may(auth::Right::insurance_write);
}

Result<std::optional<Insurer>> assigned(db::Tx& tx, const auth::Actor& actor) {
    return tx.first(
        std::string(select) + "i.id = (SELECT insurer_id FROM insurance_operator WHERE account = ?)",
        {actor.account}, read_insurer);
}

}  // namespace

Result<InsurerId> add_insurer(db::Tx& tx, const Desk& desk, AreaCode county, std::string_view given) {
    TRY(auth::require(desk.actor, auth::Right::insurance_subsidy));
    if (county.level() > AreaLevel::county || !desk.division.exists(county) ||
        !desk.actor.scope(auth::Right::insurance_subsidy).contains(county))
        return not_found("areas.unknown").with("code", county.digits());
    const std::string name(text::trimmed(given));
    if (text::length(name) < 2 || text::length(name) > 50) return invalid("insurance.name_missing");
    if (TRY(tx.number("SELECT COUNT(*) FROM insurance_insurer WHERE area_code = ? AND name = ?",
                      {county, name})) > 0)
        return conflict("insurance.insurer_exists").with("name", name);
    const InsurerId id(TRY(tx.reserve_ids("insurance_insurer", 1)));
    const auto fund = TRY(finance::open_fund(
        tx, desk.ledger(auth::Right::insurance_subsidy),
        {{}, county, finance::FundKind::insurance, std::to_string(id.number()), name, desk.today}));
    TRY(tx.exec(
        "INSERT INTO insurance_insurer (id, area_code, name, fund_id, at, account) VALUES (?, ?, ?, ?, ?, ?)",
        id, county, name, fund, desk.now.ms, desk.actor.account));
    TRY(audit::record(tx, desk.vault, desk.actor,
                      {"insurance.insurer", "insurer:" + std::to_string(id.number()), county, "", "{}"},
                      desk.now));
    return id;
}

Result<std::vector<Insurer>> insurers(db::Tx& tx, const Desk& desk) {
    if (acts_for_an_insurer(desk.actor)) {
        const auto own = TRY(assigned(tx, desk.actor));
        return own ? std::vector{*own} : std::vector<Insurer>();
    }
    // A township sees who works in its county.
    const auto scope = desk.actor.scope(auth::Right::insurance_read);
    std::vector<AreaCode> counties;
    for (const auto area : scope.areas())
        counties.push_back(area.level() > AreaLevel::county ? area.at(AreaLevel::county) : area);
    return tx.all(
        std::string(select) + auth::Scope(counties).sql("i.area_code") + " ORDER BY i.area_code, i.name", {},
        read_insurer);
}

Result<Insurer> insurer(db::Tx& tx, const Desk& desk, InsurerId id) {
    for (auto& one : TRY(insurers(tx, desk)))
        if (one.id == id) return std::move(one);
    return not_found("insurance.no_such_insurer");
}

Result<void> assign_operator(db::Tx& tx, const Desk& desk, InsurerId id, std::string_view account) {
    TRY(auth::require(desk.actor, auth::Right::insurance_subsidy));
    const auto one = TRY(insurer(tx, desk, id));
    if (!desk.actor.scope(auth::Right::insurance_subsidy).contains(one.area))
        return not_found("insurance.no_such_insurer");
    const auto user = TRY(auth::user_of_account(tx, account));
    const bool fits = user && std::ranges::any_of(user->grants, [&](const auto& grant) {
                          return grant.role == auth::Role::insurer_operator && grant.area.contains(one.area);
                      });
    if (!fits) return not_found("insurance.no_such_account").with("account", std::string(account));
    TRY(tx.exec("DELETE FROM insurance_operator WHERE account = ?", account));
    TRY(tx.exec("INSERT INTO insurance_operator (account, insurer_id, at, given_by) VALUES (?, ?, ?, ?)",
                account, id, desk.now.ms, desk.actor.account));
    return audit::record(tx, desk.vault, desk.actor,
                         {"insurance.operator", "insurer:" + std::to_string(id.number()), one.area, "",
                          fmt::format(R"({{"user":{}}})", user->id.number())},
                         desk.now);
}

Result<Insurer> own_insurer(db::Tx& tx, const Desk& desk) {
    auto own = TRY(assigned(tx, desk.actor));
    if (!own) return conflict("insurance.no_insurer");
    return std::move(*own);
}

Result<Insurer> acting_insurer(db::Tx& tx, const Desk& desk, std::optional<InsurerId> on_behalf) {
    return on_behalf && desk.actor.is_system() ? insurer(tx, desk, *on_behalf) : own_insurer(tx, desk);
}

Result<finance::JournalId> deposit(db::Tx& tx, const Desk& desk, Money amount, std::string_view note,
                                   std::string_view key) {
    TRY(auth::require(desk.actor, auth::Right::insurance_write));
    const auto own = TRY(own_insurer(tx, desk));
    if (amount == Money())
        return invalid("insurance.out_of_range").with("name", "amount").with("value", amount.plain());
    auto postings = amount > Money() ? finance::money_in(own.fund, finance::Account::top_up, amount)
                                     : finance::money_out(own.fund, finance::Account::top_up, -amount);
    return finance::post(tx, desk.ledger(auth::Right::insurance_write),
                         {desk.today, std::move(postings), "", std::string(note)}, key);
}

Result<std::string> visible(db::Tx& tx, const Desk& desk, auth::Right right, std::string_view alias) {
    std::string out = desk.actor.scope(right).sql(std::string(alias) + ".area_code");
    if (!acts_for_an_insurer(desk.actor)) return out;
    const auto own = TRY(assigned(tx, desk.actor));
    return out + fmt::format(" AND {}.insurer_id = {}", alias, own ? own->id.number() : 0);
}

Result<void> keep_step(db::Tx& tx, const Desk& desk, const NewStep& step) {
    const auto sealed = desk.vault.seal("insurance_step.note", text::trimmed(step.note));
    TRY(
        tx.exec("INSERT INTO insurance_step (about, about_id, version, action, from_state, to_state, on_day, "
                "at, account, "
                "name, note) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                step.about, step.id, step.version, step.action, step.from, step.to, desk.today, desk.now.ms,
                desk.actor.account, desk.actor.name, db::Blob(sealed.begin(), sealed.end())));
    return audit::record(
        tx, desk.vault, desk.actor,
        {fmt::format("insurance.{}.{}", step.about, step.action), fmt::format("{}:{}", step.about, step.id),
         step.area, "",
         fmt::format(R"({{"from":"{}","to":"{}","version":{}}})", step.from, step.to, step.version)},
        desk.now);
}

Result<std::vector<StepLine>> steps(db::Tx& tx, const Desk& desk, std::string_view about, std::int64_t id) {
    std::vector<StepLine> out;
    TRY(tx.each_row(
        "SELECT version, action, from_state, to_state, on_day, account, name, note FROM insurance_step WHERE "
        "about = ? AND about_id = ? ORDER BY version",
        std::vector<db::Value>{about, id}, [&](const db::Row& row) -> Result<void> {
            out.push_back({row.integer(0), std::string(row.text(1)), std::string(row.text(2)),
                           std::string(row.text(3)), row.date(4), std::string(row.text(5)),
                           std::string(row.text(6)),
                           TRY(desk.vault.open("insurance_step.note", row.bytes(7)))});
            return {};
        }));
    return out;
}

}  // namespace ballast::insurance
