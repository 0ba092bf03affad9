#include <array>

#include "cli/commands.h"

namespace ballast::cli {

std::span<const Commands> all_commands() {
    static const std::array all{areas_commands,   audit_commands,    bulletin_commands, county_commands,
                                demo_commands,    feeds_commands,    pack_commands,     papers_commands,
                                pricing_commands, registry_commands, rules_commands,    screening_commands,
                                users_commands};
    return all;
}

}  // namespace ballast::cli
