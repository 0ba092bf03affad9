/// The course of a year's evaluation: open while the figures run along with what the platform knows, closed
/// with the figures of that day. The procedure is the table in evaluation_procedure.cpp. Pure.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "auth/auth.h"
#include "base/date.h"
#include "base/result.h"

namespace ballast::insurance {

enum class EvaluationState : std::uint8_t { open, closed };
enum class EvaluationAction : std::uint8_t { close, reopen };
std::string_view name_of(EvaluationState state);
std::string_view name_of(EvaluationAction action);
std::optional<EvaluationAction> evaluation_action_named(std::string_view name);
Result<EvaluationState> evaluation_state_named(std::string_view name);

/// All that the guards look at.
struct EvaluationMoment {
    EvaluationState state = EvaluationState::open;
    Date last_day, today;  // of the year
    std::int64_t missing = 0, wrong = 0;
    bool scored = false;
    std::string_view note;
};
struct EvaluationGuard {
    std::string_view error;
    ErrorKind kind;
    bool standing;  // known before a form is filled in
    bool (*broken)(const EvaluationMoment&);
};
struct EvaluationRow {
    std::vector<EvaluationState> from;
    EvaluationAction action;
    EvaluationState to;
    auth::Right who;
    std::vector<const EvaluationGuard*> guards;
};

/// Errors: conflict "insurance.wrong_state" {state, action}, "insurance.evaluation_year_runs" {date},
/// "insurance.figures_missing" {count}, "insurance.figures_wrong" {count}, "insurance.nothing_to_score"; invalid
/// "insurance.note_missing".
Result<const EvaluationRow*> decide(const EvaluationMoment& moment, EvaluationAction action);

struct PossibleEvaluationStep {
    const EvaluationRow* row;
    std::vector<Error> missing;
};
std::vector<PossibleEvaluationStep> possible(const EvaluationMoment& moment, const auth::Actor& who);
/// What leads on from here and is for others to do.
std::vector<PossibleEvaluationStep> awaited(const EvaluationMoment& moment, const auth::Actor& who);

}  // namespace ballast::insurance
