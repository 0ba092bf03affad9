#include "insurance/policy_procedure.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "insurance/procedure_steps.h"

namespace ballast::insurance {
namespace {

using enum PolicyState;
using enum PolicyAction;
using enum auth::Right;

constexpr std::array<std::string_view, 8> states{"draft", "listed",    "inspected", "publicised",
                                                 "paid",  "effective", "expired",   "cancelled"};
constexpr std::array<std::string_view, 8> actions{"submit",  "inspect",  "publicise", "send_back",
                                                  "collect", "activate", "expire",    "cancel"};

constexpr PolicyGuard list_missing{"insurance.list_missing", ErrorKind::conflict, true,
                                   [](const PolicyMoment& m) { return m.farmers == 0; }};
constexpr PolicyGuard sample_open{"insurance.sample_open", ErrorKind::conflict, true,
                                  [](const PolicyMoment& m) { return m.unlooked > 0; }};
constexpr PolicyGuard sample_differs{"insurance.sample_differs", ErrorKind::conflict, true,
                                     [](const PolicyMoment& m) { return m.differing > 0; }};
constexpr PolicyGuard publicity_runs{
    "insurance.publicity_runs", ErrorKind::conflict, true, [](const PolicyMoment& m) {
        return !m.posted_on || m.today <= m.posted_on->plus_days(m.publicity_days);
    }};
constexpr PolicyGuard farmers_unpaid{"insurance.farmers_unpaid", ErrorKind::conflict, true,
                                     [](const PolicyMoment& m) { return m.unpaid > 0; }};
constexpr PolicyGuard farmers_have_paid{"insurance.farmers_have_paid", ErrorKind::conflict, true,
                                        [](const PolicyMoment& m) { return m.paid > 0; }};
constexpr PolicyGuard season_over{"insurance.season_over", ErrorKind::conflict, true,
                                  [](const PolicyMoment& m) { return m.today >= m.last_day; }};
constexpr PolicyGuard season_runs{"insurance.season_runs", ErrorKind::conflict, true,
                                  [](const PolicyMoment& m) { return m.today <= m.last_day; }};
constexpr PolicyGuard note_missing{"insurance.note_missing", ErrorKind::invalid, false,
                                   [](const PolicyMoment& m) { return text::trimmed(m.note).empty(); }};

const std::vector<PolicyRow>& rows() {
    static const std::vector<PolicyRow> all{
        // from                            action     to          who                lists  groups guards
        {{draft}, submit, listed, insurance_write, true, false, {&list_missing}},
        {{listed}, inspect, inspected, insurance_confirm, true, false, {&sample_open, &sample_differs}},
        {{inspected}, publicise, publicised, insurance_confirm, true, false, {}},
        {{listed, inspected, publicised},
         send_back,
         draft,
         insurance_confirm,
         true,
         false,
         {&farmers_have_paid, &note_missing}},
        {{publicised}, collect, paid, insurance_write, true, false, {&publicity_runs, &farmers_unpaid}},
        {{draft}, collect, paid, insurance_write, false, true, {}},
        {{paid}, activate, effective, insurance_write, true, true, {&season_over}},
        {{effective}, expire, expired, insurance_write, true, true, {&season_runs}},
        {{draft, listed, inspected, publicised},
         cancel,
         cancelled,
         insurance_write,
         true,
         true,
         {&farmers_have_paid, &note_missing}},
        // What was collected is given back in full: no cover has begun.
        {{paid}, cancel, cancelled, insurance_write, true, true, {&note_missing}},
    };
    return all;
}

bool holds_for(const PolicyRow& row, const PolicyMoment& moment) {
    return (moment.has_list ? row.lists : row.groups) &&
           std::ranges::find(row.from, moment.state) != row.from.end();
}

Error refusal(const PolicyGuard& guard, const PolicyMoment& moment) {
    Error out{guard.kind, std::string(guard.error), {}, {}};
    if (&guard == &publicity_runs && moment.posted_on)
        out.args = {{"date", moment.posted_on->plus_days(moment.publicity_days + 1).iso()}};
    if (&guard == &sample_open) out.args = {{"rows", std::to_string(moment.unlooked)}};
    if (&guard == &sample_differs) out.args = {{"rows", std::to_string(moment.differing)}};
    if (&guard == &farmers_have_paid) out.args = {{"rows", std::to_string(moment.paid)}};
    if (&guard == &farmers_unpaid) out.args = {{"rows", std::to_string(moment.unpaid)}};
    if (&guard == &season_over || &guard == &season_runs) out.args = {{"date", moment.last_day.iso()}};
    return out;
}

}  // namespace

std::string_view name_of(PolicyState state) { return states.at(static_cast<std::size_t>(state)); }
std::string_view name_of(PolicyAction action) { return actions.at(static_cast<std::size_t>(action)); }

std::optional<PolicyAction> policy_action_named(std::string_view name) {
    const auto at = std::ranges::find(actions, name);
    return at == actions.end() ? std::nullopt
                               : std::optional(static_cast<PolicyAction>(at - actions.begin()));
}

Result<PolicyState> policy_state_named(std::string_view name) {
    const auto at = std::ranges::find(states, name);
    if (at == states.end()) return invalid("insurance.no_such_state").with("name", std::string(name));
    return static_cast<PolicyState>(at - states.begin());
}

std::span<const PolicyRow> policy_procedure() { return rows(); }

Result<const PolicyRow*> decide(const PolicyMoment& moment, PolicyAction action) {
    return decided(rows(), moment, action, holds_for, refusal);
}

std::vector<PossiblePolicyStep> possible(const PolicyMoment& moment, const auth::Actor& who) {
    return steps_of<PossiblePolicyStep>(
        rows(), moment, [&](const auto& row) { return holds_for(row, moment) && who.may(row.who); }, refusal);
}

std::vector<PossiblePolicyStep> awaited(const PolicyMoment& moment, const auth::Actor& who) {
    return steps_of<PossiblePolicyStep>(
        rows(), moment,
        [&](const auto& row) { return holds_for(row, moment) && leads_on(row) && !who.may(row.who); }, refusal);
}

}  // namespace ballast::insurance
