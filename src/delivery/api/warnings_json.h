/// Warnings as the API shows them, for the pages that list them and for the household page. Heavy, as json.h
/// is.
#pragma once

#include "api/json.h"
#include "screening/screening.h"

namespace ballast::api {

/// One sentence out of the facts and the parameters of the evidence, whatever the rule:
/// "住院年度累计自付 6,210.00 元，达到 5,000.00 元".
std::string summary(const Call& call, const screening::Evidence& evidence);

/// As #/components/schemas/Parameter.
Json parameter_json(const Call& call, const screening::UsedParameter& parameter);

/// As #/components/schemas/WarningLine.
Json warning_line(const Call& call, const screening::Warning& warning, const Json& household);
/// As #/components/schemas/Warning. Rows of other
/// departments are left out for a department's clerk; what is sealed in a row is in none.
Result<Json> warning_json(Call& call, db::Tx& tx, const screening::Warning& warning, const Json& household);

/// The open warnings of a household, the most urgent first, then the latest cleared ones; an empty array for
/// who may not read warnings.
Result<Json> warnings_of(Call& call, db::Tx& tx, registry::HouseholdId household);

/// An object of household lines by id, of those in the areas whose warnings may be read. In
/// registry_routes.cpp.
Result<Json> household_lines(Call& call, db::Tx& tx, const std::vector<registry::HouseholdId>& ids);

/// Fills `worst_level` and `warnings` of household lines (a JSON array with their `id`).
Result<void> mark_lines(Call& call, db::Tx& tx, Json& lines);

}  // namespace ballast::api
