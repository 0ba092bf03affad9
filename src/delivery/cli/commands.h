/// Every command of the program. To add a module's: write `<module>_commands.cpp`, declare its table here
/// and name it in all_commands.cpp.
#pragma once

#include "cli/command.h"

namespace ballast::cli {

extern const Commands areas_commands;
extern const Commands audit_commands;
extern const Commands bulletin_commands;        // figures, check
extern const Commands bulletin_issue_commands;  // import, build
extern const Commands demo_commands;
extern const Commands county_commands;  // init, serve, doctor, backup, restore
extern const Commands employment_commands;
extern const Commands feeds_commands;
extern const Commands pack_commands;
extern const Commands papers_commands;
extern const Commands pricing_commands;
extern const Commands registry_commands;
extern const Commands rules_commands;
extern const Commands screening_commands;
extern const Commands users_commands;

/// `ballast serve`, which `ballast demo` ends with.
Result<Output> serve(Invocation& in);

std::span<const Commands> all_commands();

}  // namespace ballast::cli
