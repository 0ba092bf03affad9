/// The course of a case of prevention cover (domain specification 5.9): proposed, visited, computed,
/// publicised, approved by somebody else, paid out of the fund. The procedure is the table in
/// prevention_procedure.cpp; anything not listed there is refused. Pure.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "auth/auth.h"
#include "base/date.h"
#include "base/money.h"
#include "base/result.h"

namespace ballast::insurance {

enum class PreventionState : std::uint8_t {
    proposed,
    surveyed,
    assessed,
    publicised,
    approved,
    paid,
    rejected,
    recovered,
};
enum class PreventionAction : std::uint8_t {
    survey,     // at the household, by two who sign, with bills and proof
    assess,     // the payment is computed
    publicise,  // in the village, masked
    object,     // somebody objects: visited again
    approve,    // by somebody who has had no part in it
    send_back,  // instead of the approval
    pay,        // out of the fund
    recover,    // what was paid wrongly has come back into the fund
    reject,
    reopen,
};
std::string_view name_of(PreventionState state);
std::string_view name_of(PreventionAction action);
std::optional<PreventionAction> prevention_action_named(std::string_view name);
/// invalid "insurance.no_such_state" {name}.
Result<PreventionState> prevention_state_named(std::string_view name);
/// Somebody still has to do something about it, or may pay for it.
bool live(PreventionState state);

/// All that the guards look at.
struct PreventionMoment {
    PreventionState state = PreventionState::proposed;
    Date today;
    std::int64_t expenses = 0, proofs = 0;
    std::optional<Money> income_per_head;
    Money income_limit;
    bool account_known = false;
    Money payable;
    std::optional<Date> posted_on;
    int publicity_days = 0;
    bool took_part = false;  // whoever acts has proposed, visited, computed or publicised it
    bool approved_it = false;
    // What is asked for now.
    std::string_view note, surveyor, assistant;
};

struct PreventionGuard {
    std::string_view error;
    ErrorKind kind;
    bool standing;  // known before a form is filled in
    bool (*broken)(const PreventionMoment&);
};
struct PreventionRow {
    std::vector<PreventionState> from;
    PreventionAction action;
    PreventionState to;
    auth::Right who;
    std::vector<const PreventionGuard*> guards;
};
std::span<const PreventionRow> prevention_procedure();

/// Errors: conflict "insurance.wrong_state" {state, action}; those of the row's guards.
Result<const PreventionRow*> decide(const PreventionMoment& moment, PreventionAction action);

struct PossiblePreventionStep {
    const PreventionRow* row;
    std::vector<Error> missing;
};
std::vector<PossiblePreventionStep> possible(const PreventionMoment& moment, const auth::Actor& who);
/// What leads on from here and is for others to do.
std::vector<PossiblePreventionStep> awaited(const PreventionMoment& moment, const auth::Actor& who);

}  // namespace ballast::insurance
