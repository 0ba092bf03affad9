/// Evidence as it lies sealed in the database. Inside the module only.
#pragma once

#include <string>
#include <string_view>

#include "screening/rules.h"

namespace ballast::screening {

/// What it is sealed under.
inline constexpr std::string_view evidence_context = "screening_warning.evidence";
std::string to_json(const Evidence& evidence);
/// corrupt "screening.damaged_evidence".
Result<Evidence> evidence_from(std::string_view json);

}  // namespace ballast::screening
