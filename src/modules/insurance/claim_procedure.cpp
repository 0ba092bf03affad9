#include "insurance/claim_procedure.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "insurance/procedure_steps.h"

namespace ballast::insurance {
namespace {

using enum ClaimState;
using enum ClaimAction;
using enum auth::Right;

constexpr std::array<std::string_view, 8> states{"reported", "surveyed", "assessed", "publicised",
                                                 "agreed",   "paid",     "closed",   "rejected"};
constexpr std::array<std::string_view, 10> actions{"survey", "estimate", "assess", "publicise", "object",
                                                   "agree",  "pay",      "close",  "reject",    "reopen"};

bool without_note(const ClaimMoment& m) { return text::trimmed(m.note).empty(); }

constexpr ClaimGuard photo_missing{"insurance.photo_missing", ErrorKind::conflict, true,
                                   [](const ClaimMoment& m) { return m.photos == 0; }};
constexpr ClaimGuard survey_late{
    "insurance.survey_late", ErrorKind::invalid, false,
    [](const ClaimMoment& m) { return m.today > m.reported_on.plus_days(m.survey_days) && without_note(m); }};
constexpr ClaimGuard two_must_sign{
    "insurance.two_must_sign", ErrorKind::invalid, false, [](const ClaimMoment& m) {
        const auto one = text::trimmed(m.surveyor), other = text::trimmed(m.assistant);
        return one.empty() || other.empty() || one == other;
    }};
constexpr ClaimGuard losses_missing{"insurance.losses_missing", ErrorKind::conflict, true,
                                    [](const ClaimMoment& m) { return m.losses == 0; }};
constexpr ClaimGuard disposal_missing{"insurance.disposal_missing", ErrorKind::conflict, true,
                                      [](const ClaimMoment& m) { return m.without_disposal > 0; }};
constexpr ClaimGuard before_harvest{
    "insurance.before_harvest", ErrorKind::conflict, true,
    [](const ClaimMoment& m) { return m.awaits_harvest && (!m.harvest_on || m.today < *m.harvest_on); }};
constexpr ClaimGuard harvest_before_loss{
    "insurance.harvest_before_loss", ErrorKind::invalid, false,
    [](const ClaimMoment& m) { return m.harvest_on && *m.harvest_on < m.occurred_on; }};
constexpr ClaimGuard publicity_runs{
    "insurance.publicity_runs", ErrorKind::conflict, true,
    [](const ClaimMoment& m) { return !m.posted_on || m.today <= m.posted_on->plus_days(m.publicity_days); }};
constexpr ClaimGuard payment_late{
    "insurance.payment_late", ErrorKind::invalid, false, [](const ClaimMoment& m) {
        return m.agreed_on && m.today > m.agreed_on->plus_days(m.payment_days) && without_note(m);
    }};
constexpr ClaimGuard note_missing{"insurance.note_missing", ErrorKind::invalid, false, without_note};

const std::vector<ClaimRow>& rows() {
    static const std::vector<ClaimRow> all{
        {{reported}, survey, surveyed, insurance_write, {&photo_missing, &survey_late, &two_must_sign}},
        {{surveyed}, estimate, surveyed, insurance_write, {&losses_missing}},
        {{surveyed},
         assess,
         assessed,
         insurance_write,
         {&losses_missing, &disposal_missing, &harvest_before_loss, &before_harvest}},
        {{assessed}, publicise, publicised, insurance_confirm, {}},
        {{publicised}, object, surveyed, insurance_confirm, {&note_missing}},
        {{publicised}, agree, agreed, insurance_confirm, {&publicity_runs}},
        {{agreed}, pay, paid, insurance_write, {&payment_late}},
        {{paid}, close, closed, insurance_write, {}},
        {{reported, surveyed, assessed}, reject, rejected, insurance_write, {&note_missing}},
        {{closed, rejected}, reopen, reported, insurance_write, {&note_missing}},
    };
    return all;
}

bool holds_for(const ClaimRow& row, const ClaimMoment& moment) {
    return std::ranges::find(row.from, moment.state) != row.from.end();
}

Error refusal(const ClaimGuard& guard, const ClaimMoment& moment) {
    Error out{guard.kind, std::string(guard.error), {}, {}};
    if (&guard == &publicity_runs && moment.posted_on)
        out.args = {{"date", moment.posted_on->plus_days(moment.publicity_days + 1).iso()}};
    if (&guard == &before_harvest && moment.harvest_on)
        out = conflict("insurance.harvest_to_come").with("date", moment.harvest_on->iso());
    if (&guard == &harvest_before_loss) out.args = {{"date", moment.occurred_on.iso()}};
    if (&guard == &survey_late) out.args = {{"date", moment.reported_on.plus_days(moment.survey_days).iso()}};
    if (&guard == &payment_late)
        out.args = {{"date", moment.agreed_on->plus_days(moment.payment_days).iso()}};
    if (&guard == &disposal_missing) out.args = {{"rows", std::to_string(moment.without_disposal)}};
    return out;
}

}  // namespace

std::string_view name_of(ClaimState state) { return states.at(static_cast<std::size_t>(state)); }
std::string_view name_of(ClaimAction action) { return actions.at(static_cast<std::size_t>(action)); }

std::optional<ClaimAction> claim_action_named(std::string_view name) {
    const auto at = std::ranges::find(actions, name);
    return at == actions.end() ? std::nullopt : std::optional(static_cast<ClaimAction>(at - actions.begin()));
}

Result<ClaimState> claim_state_named(std::string_view name) {
    const auto at = std::ranges::find(states, name);
    if (at == states.end()) return invalid("insurance.no_such_state").with("name", std::string(name));
    return static_cast<ClaimState>(at - states.begin());
}

std::span<const ClaimRow> claim_procedure() { return rows(); }

Result<const ClaimRow*> decide(const ClaimMoment& moment, ClaimAction action) {
    return decided(rows(), moment, action, holds_for, refusal);
}

std::vector<PossibleClaimStep> possible(const ClaimMoment& moment, const auth::Actor& who) {
    return steps_of<PossibleClaimStep>(
        rows(), moment, [&](const auto& row) { return holds_for(row, moment) && who.may(row.who); }, refusal);
}

std::vector<PossibleClaimStep> awaited(const ClaimMoment& moment, const auth::Actor& who) {
    return steps_of<PossibleClaimStep>(
        rows(), moment,
        [&](const auto& row) { return holds_for(row, moment) && leads_on(row) && !who.may(row.who); }, refusal);
}

std::optional<Date> due(const ClaimMoment& moment) {
    if (moment.state == reported) return moment.reported_on.plus_days(moment.survey_days);
    if (moment.state == agreed && moment.agreed_on) return moment.agreed_on->plus_days(moment.payment_days);
    return std::nullopt;
}

}  // namespace ballast::insurance
