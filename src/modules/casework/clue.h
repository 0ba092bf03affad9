/// A clue (线索): a signal, or several, that a household may be at risk, from the first word of it until
/// somebody has been there and a case is opened or the clue closed with a reason. How it may move is the
/// table in clue_procedure.cpp; how somebody named becomes a household of the register is clue_match.h.
///
/// A household has one open clue: whatever else is told of it meanwhile joins as further evidence and keeps
/// its own source. Who told what is sealed; what the household's page may not show is masked here too.
///
/// Law: domain specification 2.2, 2.3, 7.3.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "auth/auth.h"
#include "base/area_code.h"
#include "base/clock.h"
#include "casework/ids.h"
#include "registry/household.h"

namespace ballast::casework {

struct SignalTag;
using SignalId = Id<SignalTag>;

/// Domain specification 2.2: A, B, C, D.
enum class Source : std::uint8_t { self_report, grassroots_check, department_screening, other };
std::span<const Source> all_sources();
std::string_view name_of(Source source);  // "grassroots_check"
std::optional<Source> source_named(std::string_view name);

enum class ClueState : std::uint8_t { fresh, dispatched, verifying, case_opened, closed };
std::span<const ClueState> all_clue_states();
std::string_view name_of(ClueState state);  // "new", "dispatched" ...
std::optional<ClueState> clue_state_named(std::string_view name);

/// How sure it is which household is meant.
///   "matched"           chosen from the register by a person, or ID number and name agree
///   "name_differs"      the number is on file under another name
///   "left_register"     the person has died or moved away
///   "by_name"           only namesakes of the place are found: a person must say which
///   "not_on_file"       nobody
using Match = std::string;

/// What somebody said, sealed at rest.
struct Told {
    std::string text;
    std::string name, id_number, phone;  // of whom it is said; "" when not said
    std::optional<Date> birth;
    std::string place;   // group, landmark: what helps to find the house
    std::string teller;  // self | kin | neighbour | officer | department | other
    std::string teller_name, teller_phone;
};

struct Signal {
    SignalId id;
    ClueId clue, first_clue;
    Source source = Source::other;
    std::string channel;  // of its source's list
    std::vector<std::string> risks;
    Match matched;
    Date on;
    Instant at;
    std::string account, name;  // who entered it
    std::optional<std::int64_t> warning;
    std::string receipt;  // of a public report; "" otherwise
    Told told;
};

struct ClueStep {
    std::int64_t sequence = 0;
    std::string action;
    ClueState from = ClueState::fresh, to = ClueState::fresh;
    std::string reason;
    std::optional<AreaCode> village;
    Instant at;
    std::string account, name;
    std::string note;
};

struct Clue {
    ClueId id;
    AreaCode county;
    AreaCode area;  // the village once it is known, else what is known above it
    std::optional<registry::HouseholdId> household;
    Source source = Source::other;   // of its first signal
    std::vector<std::string> risks;  // of all its signals, the first one's first
    ClueState state = ClueState::fresh;
    std::string closed_reason;
    std::optional<ClueId> into;  // the clue that it is a duplicate of
    std::optional<CaseId> risk_case;
    bool open = true;
    Date created_on;  // day 0 of a case that comes of it
    Date due_on;      // somebody should have been there by the end of this day
    Date entered_on;  // the day it came into its state
    std::int64_t version = 0;

    bool over() const { return state == ClueState::case_opened || state == ClueState::closed; }
};

/// "2026-000041": the year of its day 0 and its id. Nothing when it is none.
std::string number_of(const Clue& clue);
std::optional<ClueId> clue_numbered(std::string_view number);

}  // namespace ballast::casework
