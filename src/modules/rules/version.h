/// A version of a rule set, kept by a county or an area above it: drafted, checked, approved by somebody
/// else, begun on its day, superseded by the next. Pure; versions.h stores.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/area_code.h"
#include "base/clock.h"
#include "base/date.h"
#include "base/id.h"
#include "base/result.h"

namespace ballast::rules {

struct VersionTag;
using VersionId = Id<VersionTag>;

/// The packs that change by versions only.
inline constexpr std::array<std::string_view, 3> rule_sets{"screening", "negative", "casework"};
bool is_rule_set(std::string_view name);

enum class State : std::uint8_t { draft, checked, approved, withdrawn, discarded };
std::string_view name_of(State state);
State state_named(std::string_view name);  // of the database

struct Version {
    VersionId id;
    std::string pack;
    AreaCode area;
    std::string title;      // what it changes, in a line
    std::string authority;  // the document that decided it
    bool from_folder = false;
    State state = State::draft;
    Date starts_on;
    std::string hash;
    std::int64_t version = 1;  // grows by one with every change; guards against lost updates
    Instant at{};              // drafted
    std::string account, name;
};

/// What people may do with it.
enum class Action : std::uint8_t { draft, edit, check, approve, give_back, withdraw, discard, adopt };
std::string_view name_of(Action action);

/// The state after `action`.
///
/// Errors, conflict: "rules.wrong_state" when the procedure (the table in version.cpp) has no such step,
/// "rules.has_begun" for withdrawing what is in force, "rules.starts_too_early" {date} for approving what
/// would begin before tomorrow: nobody is judged by two versions on one day.
Result<State> after(const Version& version, Action action, Date today);

/// Where it stands today.
enum class Stage : std::uint8_t { draft, checked, planned, in_force, superseded, withdrawn, discarded };
std::string_view name_of(Stage stage);
/// `others`: all of the same pack and area.
Stage stage_of(const Version& version, std::span<const Version> others, Date today);

}  // namespace ballast::rules
