#include "insurance/prevention_procedure.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "insurance/procedure_steps.h"

namespace ballast::insurance {
namespace {

using enum PreventionState;
using enum PreventionAction;
using enum auth::Right;
using Moment = PreventionMoment;

constexpr std::array<std::string_view, 8> states{"proposed", "surveyed", "assessed", "publicised",
                                                 "approved", "paid",     "rejected", "recovered"};
constexpr std::array<std::string_view, 10> actions{"survey",    "assess", "publicise", "object", "approve",
                                                   "send_back", "pay",    "recover",   "reject", "reopen"};

constexpr PreventionGuard expenses_missing{"insurance.expenses_missing", ErrorKind::conflict, true,
                                           [](const Moment& m) { return m.expenses == 0; }};
constexpr PreventionGuard proof_missing{"insurance.proof_missing", ErrorKind::conflict, true,
                                        [](const Moment& m) { return m.proofs == 0; }};
constexpr PreventionGuard two_must_sign{
    "insurance.two_must_sign", ErrorKind::invalid, false, [](const Moment& m) {
        const auto one = text::trimmed(m.surveyor), other = text::trimmed(m.assistant);
        return one.empty() || other.empty() || one == other;
    }};
constexpr PreventionGuard income_missing{"insurance.income_missing", ErrorKind::invalid, false,
                                         [](const Moment& m) { return !m.income_per_head; }};
constexpr PreventionGuard income_above{
    "insurance.income_above", ErrorKind::conflict, true,
    [](const Moment& m) { return m.income_per_head && *m.income_per_head > m.income_limit; }};
constexpr PreventionGuard account_missing{"insurance.account_missing", ErrorKind::conflict, true,
                                          [](const Moment& m) { return !m.account_known; }};
constexpr PreventionGuard below_line{"insurance.below_line", ErrorKind::conflict, true,
                                     [](const Moment& m) { return m.payable <= Money(); }};
constexpr PreventionGuard publicity_runs{
    "insurance.publicity_runs", ErrorKind::conflict, true,
    [](const Moment& m) { return !m.posted_on || m.today <= m.posted_on->plus_days(m.publicity_days); }};
constexpr PreventionGuard own_work{"insurance.own_work", ErrorKind::conflict, true,
                                   [](const Moment& m) { return m.took_part; }};
constexpr PreventionGuard own_approval{"insurance.own_approval", ErrorKind::conflict, true,
                                       [](const Moment& m) { return m.approved_it; }};
constexpr PreventionGuard note_missing{"insurance.note_missing", ErrorKind::invalid, false,
                                       [](const Moment& m) { return text::trimmed(m.note).empty(); }};

const std::vector<PreventionRow>& rows() {
    static const std::vector<PreventionRow> all{
        {{proposed},
         survey,
         surveyed,
         insurance_write,
         {&expenses_missing, &proof_missing, &two_must_sign, &income_missing}},
        {{surveyed}, assess, assessed, insurance_write, {&income_above, &account_missing}},
        {{assessed}, publicise, publicised, insurance_confirm, {&below_line}},
        {{publicised}, object, proposed, insurance_confirm, {&note_missing}},
        {{publicised}, approve, approved, ledger_approve, {&own_work, &publicity_runs}},
        {{publicised}, send_back, proposed, ledger_approve, {&note_missing}},
        {{approved}, pay, paid, insurance_subsidy, {&own_approval}},
        {{paid}, recover, recovered, insurance_subsidy, {&note_missing}},
        {{proposed, surveyed, assessed}, reject, rejected, insurance_write, {&note_missing}},
        {{rejected}, reopen, proposed, insurance_subsidy, {&note_missing}},
    };
    return all;
}

bool holds_for(const PreventionRow& row, const Moment& moment) {
    return std::ranges::find(row.from, moment.state) != row.from.end();
}

Error refusal(const PreventionGuard& guard, const Moment& moment) {
    Error out{guard.kind, std::string(guard.error), {}, {}};
    if (&guard == &publicity_runs && moment.posted_on)
        out.args = {{"date", moment.posted_on->plus_days(moment.publicity_days + 1).iso()}};
    if (&guard == &income_above) out.args = {{"limit", moment.income_limit.formatted()}};
    return out;
}

}  // namespace

std::string_view name_of(PreventionState state) { return states.at(static_cast<std::size_t>(state)); }
std::string_view name_of(PreventionAction action) { return actions.at(static_cast<std::size_t>(action)); }

std::optional<PreventionAction> prevention_action_named(std::string_view name) {
    const auto at = std::ranges::find(actions, name);
    return at == actions.end() ? std::nullopt
                               : std::optional(static_cast<PreventionAction>(at - actions.begin()));
}

Result<PreventionState> prevention_state_named(std::string_view name) {
    const auto at = std::ranges::find(states, name);
    if (at == states.end()) return invalid("insurance.no_such_state").with("name", std::string(name));
    return static_cast<PreventionState>(at - states.begin());
}

bool live(PreventionState state) { return state < paid; }

std::span<const PreventionRow> prevention_procedure() { return rows(); }

Result<const PreventionRow*> decide(const Moment& moment, PreventionAction action) {
    return decided(rows(), moment, action, holds_for, refusal);
}

std::vector<PossiblePreventionStep> possible(const Moment& moment, const auth::Actor& who) {
    return steps_of<PossiblePreventionStep>(
        rows(), moment, [&](const auto& row) { return holds_for(row, moment) && who.may(row.who); }, refusal);
}

std::vector<PossiblePreventionStep> awaited(const Moment& moment, const auth::Actor& who) {
    Moment of_others = moment;
    of_others.took_part = of_others.approved_it = false;  // said of this reader
    return steps_of<PossiblePreventionStep>(
        rows(), of_others,
        [&](const auto& row) { return holds_for(row, moment) && leads_on(row) && !who.may(row.who); }, refusal);
}

}  // namespace ballast::insurance
