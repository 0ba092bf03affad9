/// For whoever writes a pack: all that is wrong with a folder, and a skeleton that passes.
#pragma once

#include "programmes/read_pack.h"

namespace ballast::programmes {

/// Reads the pack, and runs its cases: those of cases/good must pass as they expect, those of cases/bad must be
/// refused for the reason they name. Empty: the pack may be used.
std::vector<Finding> check_pack(const std::filesystem::path& folder);

/// A folder with a pack of one register, which passes the check. `name`: 2 to 30 of a-z 0-9 _, beginning with a
/// letter. Errors: invalid "programmes.bad_pack_name"; conflict "programmes.pack_exists" {path}; unavailable
/// "programmes.cannot_write" {path}.
Result<void> new_pack(const std::filesystem::path& packs, std::string_view name, Date today);

}  // namespace ballast::programmes
