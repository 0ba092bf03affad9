/// 一条龙 start-up service: a project, its plan, its finance, an expert, the opening. Each step is a row.
#pragma once

#include <span>

#include "employment/codes.h"
#include "employment/desk.h"

namespace ballast::employment {

struct Startup {
    StartupId id;
    PersonId person;
    std::string project, state = "chosen";
    std::string plan;    // what is done, by when
    std::string scheme;  // codes::scheme
    Money finance;
    std::string expert, result;
    std::int64_t jobs = 0;  // that it gave when it opened, the owner's own among them
    std::int64_t version = 0;
    std::string key;
};
struct StartupStep {
    std::string_view action, from, to;
    std::string_view needs;  // the field that it fills: "plan", "finance", "expert", "jobs", "result"
};
std::span<const StartupStep> startup_steps();
std::vector<std::string_view> next_actions(const Startup& startup);

/// Errors: forbidden "auth.not_allowed"; not_found "employment.no_person"; invalid "employment.text.<field>",
/// "employment.not_a_member".
Result<StartupId> begin_startup(db::Tx& tx, const Desk& desk, Startup wanted);

/// What was typed with a step; only the field that the step needs is read.
struct StartupOrder {
    std::int64_t version = 0;
    std::string action, text, scheme;
    Money finance;
    std::int64_t jobs = 0;
};
/// Errors: not_found "employment.no_startup"; conflict "employment.no_such_step" {action, state},
/// "employment.changed_meanwhile"; invalid "employment.text.<field>", "employment.no_such_code",
/// "employment.finance_missing", "employment.jobs_missing".
Result<void> step_startup(db::Tx& tx, const Desk& desk, StartupId id, const StartupOrder& order);

struct StartupLine {
    Startup startup;
    Worker who;
};
/// Of people in the actor's areas, the latest first; of one person when given.
Result<std::vector<StartupLine>> startups(db::Tx& tx, const Desk& desk, std::optional<AreaCode> area,
                                          std::optional<PersonId> person);

}  // namespace ballast::employment
