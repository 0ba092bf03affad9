/// A dated value written into the text of a parameters.toml, so that all else of the file, its comments too,
/// stays as somebody wrote it. Pure.
#pragma once

#include <string>
#include <string_view>

#include "base/area_code.h"
#include "base/date.h"
#include "base/decimal.h"
#include "base/result.h"
#include "packs/packs.h"

namespace ballast::rules {

/// What a parameter is to be in an area from a day on, in its own unit (fen for amounts).
struct NewValue {
    std::string parameter;
    Decimal value;
    Date from;
    AreaCode area;
    std::string authority;
};

/// The file with that value; in place of the one of the same area from the same day, where there is one.
///
/// Errors: invalid "packs.malformed", "rules.unknown_parameter" {name}, "rules.no_authority".
Result<std::string> with_value(const packs::File& parameters, const NewValue& value);
/// The file without it. not_found "rules.no_such_value" {name, date}; invalid "rules.last_value" {name} for
/// the only one that a parameter has.
Result<std::string> without_value(const packs::File& parameters, std::string_view parameter, Date from,
                                  AreaCode area);

}  // namespace ballast::rules
