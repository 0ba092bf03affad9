/// Evidence as it lies sealed in the database. Inside the module only.
#pragma once

#include <string>
#include <string_view>

#include "screening/rules.h"

namespace ballast::screening {

std::string to_json(const Evidence& evidence);
/// corrupt "screening.damaged_evidence".
Result<Evidence> evidence_from(std::string_view json);

}  // namespace ballast::screening
