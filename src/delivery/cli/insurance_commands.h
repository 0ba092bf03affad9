/// The commands of insurance.
#pragma once

#include "cli/command.h"

namespace ballast::cli {

extern const Commands insurance_commands;  // settle

}  // namespace ballast::cli
