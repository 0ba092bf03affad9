/// How a clue may move: new, dispatched to its village, verifying on the spot, then a case or a closing with
/// a reason (domain specification 2.3). It is the table in clue_procedure.cpp; anything not listed there is
/// refused. Pure.
#pragma once

#include <initializer_list>
#include <span>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "casework/clue.h"

namespace ballast::casework {

enum class ClueAction : std::uint8_t {
    dispatch,   // send it to its village
    assign,     // say which household is meant
    begin,      // somebody goes there
    open_case,  // what was found is a possible risk; done by opening the case
    close,      // with one of the row's reasons; of a household whose case is open: merged into that
};
std::span<const ClueAction> all_clue_actions();
std::string_view name_of(ClueAction action);
std::optional<ClueAction> clue_action_named(std::string_view name);

/// What somebody asks for.
struct ClueOrder {
    ClueAction action = ClueAction::begin;
    std::optional<AreaCode> village;                 // of dispatch
    std::optional<registry::HouseholdId> household;  // of assign
    std::optional<ClueId> duplicate_of;              // of close as a duplicate
    std::string reason;                              // of close
    std::string note;
};

/// Everything that a guard may look at.
struct ClueMoment {
    const Clue& before;
    const ClueOrder& order;
    bool village_exists = false;        // in the division of the year, and inside the user's area
    std::optional<AreaCode> home = {};  // the village of the household of the clue, or of the one assigned
    std::optional<ClueState> original = {};  // of the clue that it is said to be a duplicate of
};

struct ClueGuard {
    std::string_view error;  // "clues.household_unknown"
    ErrorKind kind;
    bool standing;  // known before a form is filled in
    bool (*broken)(const ClueMoment&);
};

struct ClueRow {
    std::vector<ClueState> from;
    ClueAction action;
    std::optional<ClueState> to;  // absent: stays where it is
    auth::Right who;
    std::vector<std::string_view> reasons;  // of which one must be given
    std::vector<const ClueGuard*> guards;
};
std::span<const ClueRow> clue_procedure();

/// The row that allows it.
///
/// Errors: conflict "clues.wrong_state" {state, action}; invalid "clues.reason_missing",
/// "clues.reason_not_here" {reason}; those of the row's guards.
Result<const ClueRow*> decide(const ClueMoment& moment);

/// What may be done next by somebody with these rights, each with what is missing before the form is filled
/// in. The steps that come of opening a case are named too, for whoever may open one.
struct NextClueStep {
    const ClueRow* row;
    std::vector<Error> missing;
};
std::vector<NextClueStep> possible(const Clue& clue, const auth::Actor& who);

/// The one scale of urgency over a clue that still waits: "red" (overdue, or within a day), "orange" (2 days
/// left), "yellow" (5 days left), else "".
std::string_view urgency(const Clue& clue, Date today);

}  // namespace ballast::casework
