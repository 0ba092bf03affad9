/// The commands of module surveillance; all_commands.cpp puts them beside those of commands.h.
#pragma once

#include "cli/command.h"

namespace ballast::cli {

extern const Commands surveillance_commands;

}  // namespace ballast::cli
