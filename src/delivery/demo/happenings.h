/// What happened in a demo county before its day: clues and cases in every state that there is, as a table.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "casework/clue.h"

namespace ballast::demo {

/// Whom a clue names.
enum class Whom : std::uint8_t {
    household,      // one of the register
    by_name,        // a name of the village without a number
    other_name,     // a number of the register under another name
    not_on_file,    // nobody of the register
    again,          // the household of the happening before this one
    again_by_name,  // the same, without its number
};

struct Happening {
    casework::Source source;
    std::string_view channel;
    std::string_view risk;
    Whom whom;
    bool at_home;  // in the village of the accounts on the sign-in page
    int ago;       // days between its last step and the demo's day
    /// The steps after the clue came in, by their names: "begin open verify:sudden authorise compare+4".
    /// After
    /// ":" which of several ways, after "+" how many days later when that is not the usual number.
    std::string_view way;
};
std::span<const Happening> happenings();

struct Leg {
    std::string_view action, what;
    int day = 0;  // since the clue
};
/// The days follow one another as the limits want it: fifteen from the clue to the enrolment.
std::vector<Leg> legs(std::string_view way);

/// What is said of each risk, in the order of the procedure.
struct RiskStory {
    std::string_view code, told, found, danger, help;
};
const RiskStory& story_of(std::string_view risk);

}  // namespace ballast::demo
