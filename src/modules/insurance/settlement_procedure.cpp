#include "insurance/settlement_procedure.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "insurance/procedure_steps.h"

namespace ballast::insurance {
namespace {

using enum SettlementState;
using enum SettlementAction;
using enum auth::Right;

constexpr std::array<std::string_view, 6> states{"draft",     "checked", "publicised",
                                                 "confirmed", "paid",    "cancelled"};
constexpr std::array<std::string_view, 8> actions{"calculate", "check",   "publicise", "object",
                                                  "send_back", "confirm", "pay",       "cancel"};

constexpr SettlementGuard not_calculated{"insurance.not_calculated", ErrorKind::conflict, true,
                                         [](const SettlementMoment& m) { return !m.calculated; }};
constexpr SettlementGuard series_revised{"insurance.series_revised", ErrorKind::conflict, true,
                                         [](const SettlementMoment& m) { return m.revised; }};
constexpr SettlementGuard terms_changed{"insurance.terms_changed", ErrorKind::conflict, true,
                                        [](const SettlementMoment& m) { return m.terms_differ; }};
constexpr SettlementGuard publicity_runs{
    "insurance.publicity_runs", ErrorKind::conflict, true, [](const SettlementMoment& m) {
        return !m.posted_on || m.today <= m.posted_on->plus_days(m.publicity_days);
    }};
constexpr SettlementGuard note_missing{"insurance.note_missing", ErrorKind::invalid, false,
                                       [](const SettlementMoment& m) { return text::trimmed(m.note).empty(); }};

const std::vector<SettlementRow>& rows() {
    static const std::vector<SettlementRow> all{
        {{draft}, calculate, draft, insurance_write, {}},
        {{draft}, check, checked, insurance_subsidy, {&not_calculated, &series_revised, &terms_changed}},
        {{checked}, publicise, publicised, insurance_write, {&series_revised, &terms_changed}},
        {{publicised}, object, draft, insurance_confirm, {&note_missing}},
        {{checked, publicised, confirmed}, send_back, draft, insurance_subsidy, {&note_missing}},
        {{publicised},
         confirm,
         confirmed,
         insurance_subsidy,
         {&publicity_runs, &series_revised, &terms_changed}},
        {{confirmed}, pay, paid, insurance_write, {&series_revised, &terms_changed}},
        {{draft, checked}, cancel, cancelled, insurance_write, {&note_missing}},
    };
    return all;
}

bool holds_for(const SettlementRow& row, const SettlementMoment& moment) {
    return std::ranges::find(row.from, moment.state) != row.from.end();
}

Error refusal(const SettlementGuard& guard, const SettlementMoment& moment) {
    Error out{guard.kind, std::string(guard.error), {}, {}};
    if (&guard == &publicity_runs && moment.posted_on)
        out.args = {{"date", moment.posted_on->plus_days(moment.publicity_days + 1).iso()}};
    return out;
}

}  // namespace

std::string_view name_of(SettlementState state) { return states.at(static_cast<std::size_t>(state)); }
std::string_view name_of(SettlementAction action) { return actions.at(static_cast<std::size_t>(action)); }

std::optional<SettlementAction> settlement_action_named(std::string_view name) {
    const auto at = std::ranges::find(actions, name);
    return at == actions.end() ? std::nullopt
                               : std::optional(static_cast<SettlementAction>(at - actions.begin()));
}

Result<SettlementState> settlement_state_named(std::string_view name) {
    const auto at = std::ranges::find(states, name);
    if (at == states.end()) return invalid("insurance.no_such_state").with("name", std::string(name));
    return static_cast<SettlementState>(at - states.begin());
}

std::span<const SettlementRow> settlement_procedure() { return rows(); }

Result<const SettlementRow*> decide(const SettlementMoment& moment, SettlementAction action) {
    return decided(rows(), moment, action, holds_for, refusal);
}

std::vector<PossibleSettlementStep> possible(const SettlementMoment& moment, const auth::Actor& who) {
    return steps_of<PossibleSettlementStep>(
        rows(), moment, [&](const auto& row) { return holds_for(row, moment) && who.may(row.who); }, refusal);
}

std::vector<PossibleSettlementStep> awaited(const SettlementMoment& moment, const auth::Actor& who) {
    return steps_of<PossibleSettlementStep>(
        rows(), moment,
        [&](const auto& row) { return holds_for(row, moment) && leads_on(row) && !who.may(row.who); }, refusal);
}

}  // namespace ballast::insurance
