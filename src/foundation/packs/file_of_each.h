/// A file that a pack may have beside pack.toml ("indicators.toml"), of every pack that has it.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "packs/packs.h"

namespace ballast::packs {

/// The file at `path`, called "<pack>/<its name>".
File file_at(const std::filesystem::path& path, std::string_view pack);

/// By pack: those inside the program (called "<pack>/<file>"), an operator's in the place of the one inside,
/// and those of other names after all inside, so that what is in both is held against the newcomer.
std::vector<std::pair<std::string, File>> file_of_each(std::string_view file, std::vector<File> inside,
                                                       const std::filesystem::path& folder);

}  // namespace ballast::packs
