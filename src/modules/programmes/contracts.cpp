#include "programmes/contracts.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "audit/audit.h"
#include "base/text.h"

namespace ballast::programmes {
namespace {


constexpr std::string_view columns =
    "SELECT id, kind, area_code, party, scope, payer, price, begins_on, ends_on, ended_on, version FROM "
    "programmes_contract WHERE ";

Contract read(const db::Row& row) {
    return {row.id<ContractId>(0), std::string(row.text(1)), row.area(2),        std::string(row.text(3)),
            std::string(row.text(4)), std::string(row.text(5)), row.money(6),   row.date(7),
            row.date(8),           row.maybe_date(9),        row.integer(10),    {}};
}

std::string object(ContractId id) { return "programme_contract:" + std::to_string(id.number()); }

db::Value key_value(const std::string& key) { return key.empty() ? db::Value(db::Null{}) : db::Value(key); }

Result<void> check(const Desk& desk, const auth::Scope& scope, Contract& contract) {
    TRY(known_area(desk, scope, contract.area));
    for (auto* text : {&contract.party, &contract.scope, &contract.payer}) *text = std::string(text::trimmed(*text));
    if (text::length(contract.party) < 2 || text::length(contract.party) > 60) return invalid("programmes.party_missing");
    if (text::length(contract.scope) > 200 || text::length(contract.payer) > 60)
        return invalid("programmes.too_long").with("field", "scope").with("title", "scope").with("most", "200");
    if (contract.ends_on < contract.begins_on) return invalid("programmes.ends_before");
    if (contract.price < Money()) return invalid("programmes.price_negative");
    return {};
}

/// The areas that hold contracts for these: those above them.
std::string held_above(std::span<const AreaCode> places) {
    std::set<std::int64_t> above;
    for (auto area : places)
        while (area.level() != AreaLevel::nation) above.insert((area = area.parent()).number());
    return above.empty() ? "(1=0)" : fmt::format("area_code IN ({})", fmt::join(above, ", "));
}

}  // namespace

Result<ContractId> add_contract(db::Tx& tx, const Desk& desk, const Programme& programme, Contract contract) {
    TRY(auth::require(desk.actor, may_manage));
    if (!contract.key.empty())
        if (const auto before = TRY(tx.first("SELECT id FROM programmes_contract WHERE account = ? AND sender_key = ?",
                                             {desk.actor.account, contract.key},
                                             [](const db::Row& row) { return row.id<ContractId>(0); })))
            return *before;
    if (!programme.contract(contract.kind))
        return not_found("programmes.no_such_contract_kind").with("name", contract.kind);
    TRY(check(desk, desk.actor.scope(may_manage), contract));
    const auto beside = TRY(tx.first(
        std::string(columns) + "pack = ? AND kind = ? AND area_code = ? AND ended_on IS NULL AND begins_on <= ? AND ends_on >= ?",
        {programme.pack.name, contract.kind, contract.area, contract.ends_on, contract.begins_on}, read));
    if (beside)
        return conflict("programmes.contract_overlaps")
            .with("party", beside->party)
            .with("from", beside->begins_on.iso())
            .with("to", beside->ends_on.iso());
    contract.id = ContractId(TRY(tx.number(
        "INSERT INTO programmes_contract (pack, kind, area_code, party, scope, payer, price, begins_on, ends_on, version, "
        "at, account, sender_key) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?) RETURNING id",
        {programme.pack.name, contract.kind, contract.area, contract.party, contract.scope, contract.payer, contract.price,
         contract.begins_on, contract.ends_on, desk.now.ms, desk.actor.account, key_value(contract.key)})));
    TRY(audit::record(tx, desk.vault, desk.actor,
                      {"programmes.contract", object(contract.id), contract.area, "",
                       fmt::format(R"({{"programme":"{}","kind":"{}","from":"{}","to":"{}","fen":{}}})",
                                   programme.pack.name, contract.kind, contract.begins_on.iso(), contract.ends_on.iso(),
                                   contract.price.fen())},
                      desk.now));
    return contract.id;
}

Result<void> end_contract(db::Tx& tx, const Desk& desk, const Programme& programme, ContractId id,
                          std::int64_t version) {
    TRY(auth::require(desk.actor, may_manage));
    const auto found = TRY(tx.first(std::string(columns) + "id = ? AND pack = ? AND " +
                                        desk.actor.scope(may_manage).sql("area_code"),
                                    {id, programme.pack.name}, read));
    if (!found) return not_found("programmes.no_such_contract");
    if (found->ended_on || found->ends_on < desk.today) return conflict("programmes.over");
    const auto changed = TRY(tx.exec(
        "UPDATE programmes_contract SET ended_on = ?, version = version + 1 WHERE id = ? AND version = ? AND ended_on IS NULL",
        desk.today, id, version));
    if (changed == 0) return conflict("programmes.changed_meanwhile");
    return audit::record(tx, desk.vault, desk.actor,
                         {"programmes.contract_end", object(id), found->area, "",
                          fmt::format(R"({{"on":"{}"}})", desk.today.iso())},
                         desk.now);
}

Result<std::vector<ContractLine>> contracts(db::Tx& tx, const Desk& desk, const Programme& programme,
                                            std::optional<AreaCode> area) {
    std::vector<ContractLine> out;
    auto scope = desk.actor.scope(may_read);
    if (area) scope = scope.intersect(auth::Scope({*area}));
    const auto managed = desk.actor.scope(may_manage);
    const auto condition = "pack = ? AND (" + scope.sql("area_code") + " OR " + held_above(scope.areas()) + ")";
    for (auto& one : TRY(tx.all(std::string(columns) + condition + " ORDER BY ends_on, id", {programme.pack.name}, read))) {
        const auto days = TRY(warning_days(programme.pack, one.area, desk.today));
        const auto mark = one.ended_on ? Mark::none : expiry_mark(days, one.ends_on, desk.today);
        const bool may_end = managed.contains(one.area);
        out.push_back({std::move(one), mark, days.assumed, may_end});
    }
    std::ranges::stable_partition(out, [&](const ContractLine& line) {
        return !line.contract.ended_on && line.contract.ends_on >= desk.today;
    });
    return out;
}

Money Project::total() const {
    Money sum;
    for (const auto& [source, amount] : funds) sum += amount;
    return sum;
}

Result<ProjectId> add_project(db::Tx& tx, const Desk& desk, const Programme& programme, Project project) {
    TRY(auth::require(desk.actor, may_manage));
    if (!project.key.empty())
        if (const auto before = TRY(tx.first("SELECT id FROM programmes_project WHERE account = ? AND sender_key = ?",
                                             {desk.actor.account, project.key},
                                             [](const db::Row& row) { return row.id<ProjectId>(0); })))
            return *before;
    const auto* kind = programme.project(project.kind);
    if (!kind) return not_found("programmes.no_such_project_kind").with("name", project.kind);
    TRY(known_area(desk, desk.actor.scope(may_manage), project.area));
    project.title = std::string(text::trimmed(project.title));
    if (text::length(project.title) < 2 || text::length(project.title) > 60) return invalid("programmes.name_missing");
    if (project.ends_on < project.begins_on) return invalid("programmes.ends_before");
    if (project.funds.empty()) return invalid("programmes.no_funds");
    std::map<std::string, Money> by_source;
    for (const auto& [source, amount] : project.funds) {
        if (std::ranges::find(kind->sources, source, &Choice::value) == kind->sources.end())
            return invalid("programmes.no_such_source").with("source", source);
        if (amount <= Money()) return invalid("programmes.fund_not_positive").with("source", source);
        if (!by_source.emplace(source, amount).second) return invalid("programmes.source_twice").with("source", source);
    }
    project.id = ProjectId(TRY(tx.number(
        "INSERT INTO programmes_project (pack, kind, area_code, title, begins_on, ends_on, at, account, sender_key) VALUES "
        "(?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
        {programme.pack.name, project.kind, project.area, project.title, project.begins_on, project.ends_on, desk.now.ms,
         desk.actor.account, key_value(project.key)})));
    for (const auto& [source, amount] : by_source)
        TRY(tx.exec("INSERT INTO programmes_funding (project_id, source, fen) VALUES (?, ?, ?)", project.id, source, amount));
    TRY(audit::record(tx, desk.vault, desk.actor,
                      {"programmes.project", "programme_project:" + std::to_string(project.id.number()), project.area, "",
                       fmt::format(R"({{"programme":"{}","fen":{}}})", programme.pack.name, project.total().fen())},
                      desk.now));
    return project.id;
}

Result<std::vector<Project>> projects(db::Tx& tx, const Desk& desk, const Programme& programme,
                                      std::optional<AreaCode> area) {
    std::string condition = "pack = ? AND " + desk.actor.scope(may_read).sql("area_code");
    if (area) condition += " AND " + auth::Scope({*area}).sql("area_code");
    auto out = TRY(tx.all("SELECT id, kind, area_code, title, begins_on, ends_on FROM programmes_project WHERE " + condition +
                              " ORDER BY begins_on DESC, id DESC",
                          {programme.pack.name}, [](const db::Row& row) {
                              return Project{row.id<ProjectId>(0),     std::string(row.text(1)), row.area(2),
                                             std::string(row.text(3)), row.date(4),              row.date(5),
                                             {},                       {}};
                          }));
    for (auto& one : out)
        one.funds = TRY(tx.all("SELECT source, fen FROM programmes_funding WHERE project_id = ? ORDER BY source", {one.id},
                               [](const db::Row& row) {
                                   return std::pair(std::string(row.text(0)), row.money(1));
                               }));
    return out;
}

}  // namespace ballast::programmes
