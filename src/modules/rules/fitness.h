/// Whether a version can take the place of a rule set: what pack_check finds, and what the program itself
/// asks of the pack on the day and in the area where it is to begin. Pure.
#pragma once

#include <string_view>
#include <vector>

#include "base/area_code.h"
#include "base/date.h"
#include "base/result.h"
#include "packs/store.h"

namespace ballast::rules {

/// Empty: it may be approved. Otherwise errors with sentences: those of pack_check.h; and of what the program
/// would stand still without: invalid "rules.parameter_missing" {name}, "rules.parameter_unit" {name,
/// expected}, not_found "packs.no_value", and those of screening, casework and rule_columns.h for the pack.
///
/// `packs`: what holds beside it.
std::vector<Error> unfit(std::string_view name, const std::vector<packs::File>& files,
                         const packs::Store& packs, AreaCode area, Date day);

}  // namespace ballast::rules
