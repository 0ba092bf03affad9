#include "insurance/evaluation_procedure.h"

#include <array>

#include "base/text.h"
#include "insurance/procedure_steps.h"

namespace ballast::insurance {
namespace {

using enum EvaluationState;
using enum EvaluationAction;

constexpr std::array<std::string_view, 2> states{"open", "closed"};
constexpr std::array<std::string_view, 2> actions{"close", "reopen"};

constexpr EvaluationGuard year_runs{"insurance.evaluation_year_runs", ErrorKind::conflict, true,
                                    [](const EvaluationMoment& m) { return m.today <= m.last_day; }};
constexpr EvaluationGuard figures_missing{"insurance.figures_missing", ErrorKind::conflict, true,
                                          [](const EvaluationMoment& m) { return m.missing > 0; }};
constexpr EvaluationGuard figures_wrong{"insurance.figures_wrong", ErrorKind::conflict, true,
                                        [](const EvaluationMoment& m) { return m.wrong > 0; }};
constexpr EvaluationGuard nothing_to_score{
    "insurance.nothing_to_score", ErrorKind::conflict, true,
    [](const EvaluationMoment& m) { return m.missing == 0 && m.wrong == 0 && !m.scored; }};
constexpr EvaluationGuard note_missing{
    "insurance.note_missing", ErrorKind::invalid, false,
    [](const EvaluationMoment& m) { return text::trimmed(m.note).empty(); }};

const std::vector<EvaluationRow>& rows() {
    using enum auth::Right;
    static const std::vector<EvaluationRow> all{
        {{open}, close, closed, insurance_subsidy, {&year_runs, &figures_missing, &figures_wrong, &nothing_to_score}},
        {{closed}, reopen, open, insurance_subsidy, {&note_missing}},
    };
    return all;
}

bool holds_for(const EvaluationRow& row, const EvaluationMoment& moment) { return row.from.front() == moment.state; }

Error refusal(const EvaluationGuard& guard, const EvaluationMoment& moment) {
    Error out{guard.kind, std::string(guard.error), {}, {}};
    if (&guard == &year_runs) out.args = {{"date", moment.last_day.iso()}};
    if (&guard == &figures_missing) out.args = {{"count", std::to_string(moment.missing)}};
    if (&guard == &figures_wrong) out.args = {{"count", std::to_string(moment.wrong)}};
    return out;
}

}  // namespace

std::string_view name_of(EvaluationState state) { return states.at(static_cast<std::size_t>(state)); }
std::string_view name_of(EvaluationAction action) { return actions.at(static_cast<std::size_t>(action)); }

std::optional<EvaluationAction> evaluation_action_named(std::string_view name) {
    const auto* at = std::ranges::find(actions, name);
    return at == actions.end() ? std::nullopt
                               : std::optional(static_cast<EvaluationAction>(at - actions.begin()));
}
Result<EvaluationState> evaluation_state_named(std::string_view name) {
    const auto* at = std::ranges::find(states, name);
    if (at == states.end()) return invalid("insurance.no_such_state").with("name", std::string(name));
    return static_cast<EvaluationState>(at - states.begin());
}

Result<const EvaluationRow*> decide(const EvaluationMoment& moment, EvaluationAction action) {
    return decided(rows(), moment, action, holds_for, refusal);
}

std::vector<PossibleEvaluationStep> possible(const EvaluationMoment& moment, const auth::Actor& who) {
    return steps_of<PossibleEvaluationStep>(
        rows(), moment, [&](const auto& row) { return holds_for(row, moment) && who.may(row.who); }, refusal);
}
std::vector<PossibleEvaluationStep> awaited(const EvaluationMoment& moment, const auth::Actor& who) {
    return steps_of<PossibleEvaluationStep>(
        rows(), moment,
        [&](const auto& row) { return holds_for(row, moment) && leads_on(row) && !who.may(row.who); }, refusal);
}

}  // namespace ballast::insurance
