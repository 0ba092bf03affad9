#include "employment/startups.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "audit/audit.h"

namespace ballast::employment {
namespace {

// The procedure. Anything not listed is refused.
constexpr std::array steps{
    StartupStep{"plan", "chosen", "planned", "plan"},
    StartupStep{"finance", "planned", "financed", "finance"},
    StartupStep{"guide", "financed", "guided", "expert"},
    StartupStep{"open", "financed", "opened", "jobs"},
    StartupStep{"open", "guided", "opened", "jobs"},
    StartupStep{"give_up", "chosen", "given_up", "result"},
    StartupStep{"give_up", "planned", "given_up", "result"},
    StartupStep{"give_up", "financed", "given_up", "result"},
    StartupStep{"give_up", "guided", "given_up", "result"},
    StartupStep{"give_up", "opened", "given_up", "result"},
};

constexpr std::string_view columns =
    "SELECT s.id, s.person_id, s.project, s.state, s.plan, s.scheme, s.finance_fen, s.expert, s.result, "
    "s.jobs, s.version FROM "
    "employment_startup s JOIN registry_v_person r ON r.id = s.person_id WHERE ";

Startup read(const db::Row& row) {
    Startup out;
    out.id = row.id<StartupId>(0);
    out.person = row.id<PersonId>(1);
    out.project = row.text(2);
    out.state = row.text(3);
    out.plan = row.text(4);
    out.scheme = row.text(5);
    out.finance = row.money(6);
    out.expert = row.text(7);
    out.result = row.text(8);
    out.jobs = row.integer(9);
    out.version = row.integer(10);
    return out;
}

Result<void> fill(Startup& into, const StartupStep& step, const StartupOrder& order) {
    if (step.needs == "plan") into.plan = TRY(text_of(order.text, "plan", 2, 400));
    if (step.needs == "expert") into.expert = TRY(text_of(order.text, "expert", 2, 60));
    if (step.needs == "result") into.result = TRY(text_of(order.text, "result", 2, 400));
    if (step.needs == "finance") {
        TRY(check_code(codes::scheme, order.scheme));
        if (order.finance <= Money()) return invalid("employment.finance_missing");
        into.scheme = order.scheme;
        into.finance = order.finance;
    }
    if (step.needs == "jobs") {
        if (order.jobs < 1 || order.jobs > 10'000) return invalid("employment.jobs_missing");
        into.jobs = order.jobs;
    }
    return {};
}

}  // namespace

std::span<const StartupStep> startup_steps() { return steps; }

std::vector<std::string_view> next_actions(const Startup& startup) {
    std::vector<std::string_view> out;
    for (const auto& step : steps)
        if (step.from == startup.state) out.push_back(step.action);
    return out;
}

Result<StartupId> begin_startup(db::Tx& tx, const Desk& desk, Startup wanted) {
    TRY(auth::require(desk.actor, may_write));
    if (const auto before = TRY(sent_before<StartupId>(tx, desk, "employment_startup", wanted.key)))
        return *before;
    const auto who = TRY(worker(tx, desk.actor.scope(may_write), wanted.person));
    if (!who.active) return invalid("employment.not_a_member");
    wanted.project = TRY(text_of(wanted.project, "project", 2, 60));
    const StartupId id(TRY(tx.number(
        "INSERT INTO employment_startup (person_id, project, state, plan, scheme, finance_fen, expert, "
        "result, jobs, version, at, "
        "account, sender_key) VALUES (?, ?, 'chosen', '', '', 0, '', '', 0, 1, ?, ?, ?) RETURNING id",
        {wanted.person, wanted.project, desk.now.ms, desk.actor.account, key_value(wanted.key)})));
    TRY(audit::record(tx, desk.vault, desk.actor,
                      {"employment.startup", object("startup", id), who.village, "",
                       fmt::format(R"({{"person":{}}})", wanted.person.number())},
                      desk.now));
    return id;
}

Result<void> step_startup(db::Tx& tx, const Desk& desk, StartupId id, const StartupOrder& order) {
    TRY(auth::require(desk.actor, may_write));
    const auto found = TRY(
        tx.first(std::string(columns) + "s.id = ? AND " + desk.actor.scope(may_write).sql("r.village_code"),
                 {id}, read));
    if (!found) return not_found("employment.no_startup");
    const auto step = std::ranges::find_if(steps, [&](const StartupStep& one) {
        return one.action == order.action && one.from == found->state;
    });
    if (step == steps.end())
        return conflict("employment.no_such_step").with("action", order.action).with("state", found->state);
    Startup after = *found;
    TRY(fill(after, *step, order));
    after.state = step->to;
    if (TRY(tx.exec("UPDATE employment_startup SET state = ?, plan = ?, scheme = ?, finance_fen = ?, expert "
                    "= ?, result = ?, jobs "
                    "= ?, version = version + 1 WHERE id = ? AND version = ?",
                    after.state, after.plan, after.scheme, after.finance, after.expert, after.result,
                    after.jobs, id, order.version)) == 0)
        return conflict("employment.changed_meanwhile");
    const auto who = TRY(worker(tx, desk.actor.scope(may_write), found->person));
    return audit::record(tx, desk.vault, desk.actor,
                         {"employment.startup_step", object("startup", id), who.village, "",
                          fmt::format(R"({{"action":"{}","to":"{}"}})", step->action, step->to)},
                         desk.now);
}

Result<std::vector<StartupLine>> startups(db::Tx& tx, const Desk& desk, std::optional<AreaCode> area,
                                          std::optional<PersonId> person) {
    const auto scope = desk.actor.scope(may_read);
    std::string where = scope.sql("r.village_code");
    if (area) where += " AND " + auth::Scope({*area}).sql("r.village_code");
    if (person) where += " AND s.person_id = " + std::to_string(person->number());
    std::vector<StartupLine> out;
    for (auto& one : TRY(tx.all(std::string(columns) + where + " ORDER BY s.id DESC", {}, read))) {
        auto who = TRY(worker(tx, scope, one.person));
        out.push_back({std::move(one), std::move(who)});
    }
    return out;
}

}  // namespace ballast::employment
