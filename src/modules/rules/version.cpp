#include "rules/version.h"

#include <algorithm>
#include <tuple>

namespace ballast::rules {

namespace {

constexpr std::array state_names{std::string_view("draft"), std::string_view("checked"),
                                 std::string_view("approved"), std::string_view("withdrawn"),
                                 std::string_view("discarded")};
constexpr std::array action_names{std::string_view("draft"),     std::string_view("edit"),
                                  std::string_view("check"),     std::string_view("approve"),
                                  std::string_view("give_back"), std::string_view("withdraw"),
                                  std::string_view("discard"),   std::string_view("adopt")};
constexpr std::array stage_names{std::string_view("draft"),      std::string_view("checked"),
                                 std::string_view("planned"),    std::string_view("in_force"),
                                 std::string_view("superseded"), std::string_view("withdrawn"),
                                 std::string_view("discarded")};

struct Step {
    State from;
    Action action;
    State to;
};
// The procedure. Anything not listed is refused. What was approved never changes again.
constexpr std::array procedure{
    Step{State::draft, Action::edit, State::draft},
    Step{State::checked, Action::edit, State::draft},
    Step{State::draft, Action::check, State::checked},
    Step{State::checked, Action::check, State::checked},
    Step{State::checked, Action::approve, State::approved},
    Step{State::checked, Action::give_back, State::draft},
    Step{State::approved, Action::withdraw, State::withdrawn},
    Step{State::draft, Action::discard, State::discarded},
    Step{State::checked, Action::discard, State::discarded},
};

template <class Enum, class Names>
std::string_view named(const Names& names, Enum value) {
    return names.at(static_cast<std::size_t>(value));
}

}  // namespace

bool is_rule_set(std::string_view name) { return std::ranges::find(rule_sets, name) != rule_sets.end(); }

std::string_view name_of(State state) { return named(state_names, state); }
std::string_view name_of(Action action) { return named(action_names, action); }
std::string_view name_of(Stage stage) { return named(stage_names, stage); }

State state_named(std::string_view name) {
    const auto found = std::ranges::find(state_names, name);
    INVARIANT(found != state_names.end());
    return static_cast<State>(found - state_names.begin());
}

Result<State> after(const Version& version, Action action, Date today) {
    const auto step = std::ranges::find_if(
        procedure, [&](const Step& one) { return one.from == version.state && one.action == action; });
    if (step == procedure.end()) return conflict("rules.wrong_state");
    if (action == Action::withdraw && version.starts_on <= today) return conflict("rules.has_begun");
    if (action == Action::approve && version.starts_on <= today)
        return conflict("rules.starts_too_early").with("date", today.plus_days(1).iso());
    return step->to;
}

Stage stage_of(const Version& version, std::span<const Version> others, Date today) {
    switch (version.state) {
        case State::draft:
            return Stage::draft;
        case State::checked:
            return Stage::checked;
        case State::withdrawn:
            return Stage::withdrawn;
        case State::discarded:
            return Stage::discarded;
        case State::approved:
            break;
    }
    if (version.starts_on > today) return Stage::planned;
    const bool superseded = std::ranges::any_of(others, [&](const Version& one) {
        return one.state == State::approved && one.starts_on <= today &&
               std::tie(version.starts_on, version.id) < std::tie(one.starts_on, one.id);
    });
    return superseded ? Stage::superseded : Stage::in_force;
}

}  // namespace ballast::rules
