/// The course of a season's settlement, from its calculation to the money. The procedure is the table in
/// settlement_procedure.cpp; anything not listed there is refused. Pure.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "auth/auth.h"
#include "base/date.h"
#include "base/result.h"

namespace ballast::insurance {

enum class SettlementState : std::uint8_t { draft, checked, publicised, confirmed, paid, cancelled };
enum class SettlementAction : std::uint8_t {
    calculate,  // anew, from the series as they now stand
    check,      // the county has looked at the series, the index and the rows
    publicise,  // the lists are put up in the villages
    object,     // somebody in a village objects: back to the draft
    send_back,  // the county found something
    confirm,    // the publicity has run, nobody objects
    pay,
    cancel,
};
std::string_view name_of(SettlementState state);
std::string_view name_of(SettlementAction action);
std::optional<SettlementAction> settlement_action_named(std::string_view name);
Result<SettlementState> settlement_state_named(std::string_view name);

/// All that the guards look at.
struct SettlementMoment {
    SettlementState state = SettlementState::draft;
    bool calculated = false;
    bool revised = false;       // a day of the window has another value on file since it was frozen
    bool terms_differ = false;  // the product's terms are no longer those it was settled by
    std::optional<Date> posted_on;
    int publicity_days = 0;
    Date today;
    std::string_view note;
};

struct SettlementGuard {
    std::string_view error;
    ErrorKind kind;
    bool standing;  // known before a form is filled in
    bool (*broken)(const SettlementMoment&);
};
struct SettlementRow {
    std::vector<SettlementState> from;
    SettlementAction action;
    SettlementState to;
    auth::Right who;
    std::vector<const SettlementGuard*> guards;
};
std::span<const SettlementRow> settlement_procedure();

/// Errors: conflict "insurance.wrong_state" {state, action}; those of the row's guards.
Result<const SettlementRow*> decide(const SettlementMoment& moment, SettlementAction action);

struct PossibleSettlementStep {
    const SettlementRow* row;
    std::vector<Error> missing;
};
/// What somebody with these rights may do next, and what is still missing.
std::vector<PossibleSettlementStep> possible(const SettlementMoment& moment, const auth::Actor& who);
/// What leads on from here and is for others to do.
std::vector<PossibleSettlementStep> awaited(const SettlementMoment& moment, const auth::Actor& who);

}  // namespace ballast::insurance
