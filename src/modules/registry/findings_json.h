/// Findings and changes as the text in which verdicts keep them. Inside the module only.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "registry/difference.h"
#include "registry/import.h"
#include "registry/validation.h"

namespace ballast::registry {

std::string findings_json(const std::vector<Finding>& findings);
std::vector<Finding> findings_from_json(std::string_view json);
/// With sensitive values hidden.
std::string changes_json(const std::vector<Change>& changes);
std::vector<FieldChange> changes_from_json(std::string_view json);

}  // namespace ballast::registry
