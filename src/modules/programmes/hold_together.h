/// Whether the parts of a programme that was read name each other rightly: parents, parameters, tables and their
/// inputs, indicators; whether every state of a procedure can be reached.
#pragma once

#include <map>
#include <span>
#include <string_view>

#include "programmes/read_pack.h"

namespace ballast::programmes {

/// Where a part stands in programme.toml: "registers.toilet" -> 12.
using Lines = std::map<std::string, std::int64_t, std::less<>>;

/// `pack_read`: whether the parameters were; else what names one is not asked. Where there are findings already, only what
/// does not follow from them is added, so that an author is told of a wrong parent and a wrong unit at once.
void hold_together(const Programme& programme, const Lines& lines, bool pack_read, std::vector<Finding>& findings);

/// In which units rows about these can be counted. Each has its own: sites that are counted in 户 would be read as
/// households, and stand beside them.
std::span<const std::string_view> units_of_rows(About about);

}  // namespace ballast::programmes
