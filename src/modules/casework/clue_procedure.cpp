#include "casework/clue_procedure.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace ballast::casework {
namespace {

using enum ClueState;
using auth::Right;

template <class Enum, std::size_t n>
std::optional<Enum> named(const std::array<std::string_view, n>& names, std::string_view name) {
    const auto at = std::ranges::find(names, name);
    if (at == names.end()) return std::nullopt;
    return static_cast<Enum>(at - names.begin());
}

constexpr std::array<std::string_view, 4> source_names{"self_report", "grassroots_check",
                                                       "department_screening", "other"};
constexpr std::array<std::string_view, 5> state_names{"new", "dispatched", "verifying", "case_opened",
                                                      "closed"};
constexpr std::array<std::string_view, 5> action_names{"dispatch", "assign", "begin", "open_case", "close"};

// ---- the guards

// A clue goes to a village by its twelve digits, not to a township or a group.
const ClueGuard to_a_village{"clues.village_needed", ErrorKind::invalid, false, [](const ClueMoment& m) {
                                 return !m.order.village || m.order.village->level() != AreaLevel::village;
                             }};
const ClueGuard village_exists{"clues.no_such_village", ErrorKind::not_found, false,
                               [](const ClueMoment& m) { return !m.village_exists; }};
const ClueGuard where_the_household_lives{
    "clues.household_elsewhere", ErrorKind::conflict, false,
    [](const ClueMoment& m) { return m.home && *m.home != *m.order.village; }};
const ClueGuard elsewhere_than_now{
    "clues.already_there", ErrorKind::conflict, false,
    [](const ClueMoment& m) { return m.before.state != fresh && m.order.village == m.before.area; }};
const ClueGuard household_given{"clues.household_missing", ErrorKind::invalid, false,
                                [](const ClueMoment& m) { return !m.order.household; }};
const ClueGuard of_this_village{
    "clues.household_elsewhere", ErrorKind::conflict, false,
    [](const ClueMoment& m) { return m.before.state != fresh && m.home && *m.home != m.before.area; }};
const ClueGuard nobody_assigned{"clues.household_known", ErrorKind::conflict, true,
                                [](const ClueMoment& m) { return m.before.household.has_value(); }};
const ClueGuard household_known{"clues.household_unknown", ErrorKind::conflict, true,
                                [](const ClueMoment& m) { return !m.before.household; }};
const ClueGuard risk_known{"clues.risk_unknown", ErrorKind::conflict, true,
                           [](const ClueMoment& m) { return m.before.risks.empty(); }};
// What the household, or an auditor, is told later.
const ClueGuard note_given{"clues.note_missing", ErrorKind::invalid, false,
                           [](const ClueMoment& m) { return text::length(text::trimmed(m.order.note)) < 2; }};
const ClueGuard original_given{"clues.duplicate_of_what", ErrorKind::invalid, false, [](const ClueMoment& m) {
                                   return m.order.reason == "duplicate" &&
                                          (!m.original || m.order.duplicate_of == m.before.id);
                               }};
const ClueGuard original_open{"clues.original_closed", ErrorKind::conflict, false, [](const ClueMoment& m) {
                                  return m.order.reason == "duplicate" && m.original == closed;
                              }};
// To find no risk, or a refusal, in nobody's house means nothing.
const ClueGuard whose_it_was{"clues.household_unknown", ErrorKind::conflict, false, [](const ClueMoment& m) {
                                 return !m.before.household && (m.order.reason == "no_risk" ||
                                                                m.order.reason == "resolved_on_spot" ||
                                                                m.order.reason == "refused_consent");
                             }};

// ---- the procedure. Anything not listed is refused.

// Before somebody has been there, a clue can only turn out to be none.
const std::vector<std::string_view> without_a_visit{"duplicate", "not_rural_household", "false_report"};
const std::vector<std::string_view> after_a_visit{
    "no_risk", "resolved_on_spot", "refused_consent", "not_rural_household", "false_report", "duplicate"};

const std::array table{
    ClueRow{{fresh},
            ClueAction::dispatch,
            dispatched,
            Right::clues_dispatch,
            {},
            {&to_a_village, &village_exists, &where_the_household_lives}},
    // To another village than it was sent to.
    ClueRow{{dispatched, verifying},
            ClueAction::dispatch,
            dispatched,
            Right::clues_dispatch,
            {},
            {&to_a_village, &village_exists, &where_the_household_lives, &elsewhere_than_now, &note_given}},
    ClueRow{{fresh}, ClueAction::assign, {}, Right::clues_dispatch, {}, {&nobody_assigned, &household_given}},
    ClueRow{{dispatched, verifying},
            ClueAction::assign,
            {},
            Right::clues_write,
            {},
            {&nobody_assigned, &household_given, &of_this_village}},
    ClueRow{{dispatched}, ClueAction::begin, verifying, Right::clues_write, {}, {}},
    ClueRow{{verifying},
            ClueAction::open_case,
            case_opened,
            Right::clues_write,
            {},
            {&household_known, &risk_known}},
    ClueRow{{verifying},
            ClueAction::close,
            closed,
            Right::clues_write,
            after_a_visit,
            {&note_given, &whose_it_was, &original_given, &original_open}},
    ClueRow{{fresh},
            ClueAction::close,
            closed,
            Right::clues_dispatch,
            without_a_visit,
            {&note_given, &original_given, &original_open}},
};

Error refusal(const ClueGuard& guard) {
    Error error;
    error.kind = guard.kind;
    error.id = guard.error;
    return error;
}

}  // namespace

std::span<const Source> all_sources() {
    using enum Source;
    static constexpr std::array all{self_report, grassroots_check, department_screening, other};
    return all;
}
std::string_view name_of(Source source) { return source_names.at(static_cast<std::size_t>(source)); }
std::optional<Source> source_named(std::string_view name) { return named<Source>(source_names, name); }

std::span<const ClueState> all_clue_states() {
    static constexpr std::array all{fresh, dispatched, verifying, case_opened, closed};
    return all;
}
std::string_view name_of(ClueState state) { return state_names.at(static_cast<std::size_t>(state)); }
std::optional<ClueState> clue_state_named(std::string_view name) {
    return named<ClueState>(state_names, name);
}

std::span<const ClueAction> all_clue_actions() {
    using enum ClueAction;
    static constexpr std::array all{dispatch, assign, begin, open_case, close};
    return all;
}
std::string_view name_of(ClueAction action) { return action_names.at(static_cast<std::size_t>(action)); }
std::optional<ClueAction> clue_action_named(std::string_view name) {
    return named<ClueAction>(action_names, name);
}

std::span<const ClueRow> clue_procedure() { return table; }

Result<const ClueRow*> decide(const ClueMoment& moment) {
    const auto row = std::ranges::find_if(table, [&](const ClueRow& one) {
        return one.action == moment.order.action && std::ranges::count(one.from, moment.before.state) > 0;
    });
    if (row == table.end())
        return conflict("clues.wrong_state")
            .with("state", std::string(name_of(moment.before.state)))
            .with("action", std::string(name_of(moment.order.action)));
    if (!row->reasons.empty()) {
        if (moment.order.reason.empty()) return invalid("clues.reason_missing");
        if (std::ranges::count(row->reasons, moment.order.reason) == 0)
            return invalid("clues.reason_not_here").with("reason", moment.order.reason);
    }
    for (const auto* guard : row->guards)
        if (guard->broken(moment)) return refusal(*guard);
    return &*row;
}

std::vector<NextClueStep> possible(const Clue& clue, const auth::Actor& who) {
    std::vector<NextClueStep> out;
    const ClueOrder nothing;
    const ClueMoment moment{clue, nothing};
    for (const auto& row : table) {
        if (std::ranges::count(row.from, clue.state) == 0) continue;
        if (!who.scope(row.who).contains(clue.area)) continue;
        // Said already, and not to be said twice.
        if (row.action == ClueAction::assign && clue.household) continue;
        NextClueStep step{&row, {}};
        for (const auto* guard : row.guards)
            if (guard->standing && guard->broken(moment)) step.missing.push_back(refusal(*guard));
        out.push_back(std::move(step));
    }
    return out;
}

std::string_view urgency(const Clue& clue, Date today) {
    if (clue.over()) return "";
    const auto left = clue.due_on - today;
    return left <= 1 ? "red" : left <= 2 ? "orange" : left <= 5 ? "yellow" : "";
}

}  // namespace ballast::casework
