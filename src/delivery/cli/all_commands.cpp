#include <array>

#include "cli/commands.h"
#include "cli/insurance_commands.h"
#include "cli/surveillance_commands.h"

namespace ballast::cli {

std::span<const Commands> all_commands() {
    static const std::array all{
        county_commands,     areas_commands, audit_commands,     bulletin_commands, bulletin_issue_commands,
        employment_commands, feeds_commands, insurance_commands, pack_commands,     papers_commands,
        pricing_commands, registry_commands, rules_commands, screening_commands, users_commands,    demo_commands};
    return all;
}

}  // namespace ballast::cli
