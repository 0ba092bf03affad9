/// A model on the disk, with the models that it imports.
#pragma once

#include <filesystem>

#include "base/result.h"
#include "dmn/model.h"

namespace ballast::dmn_sheets {

/// Looks for an imported model, by its namespace, among the files of a folder.
std::optional<dmn::ModelText> neighbour(const std::filesystem::path& folder, std::string_view space);

/// Imports are looked for beside the file. Errors: those of dmn/model.h; not_found "dmn_sheets.no_model"
/// {file}.
Result<dmn::Model> load_model(const std::filesystem::path& file);

}  // namespace ballast::dmn_sheets
