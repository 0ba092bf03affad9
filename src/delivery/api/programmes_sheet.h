/// A programme's register as a workbook.
#pragma once

#include "api/list_sheets.h"
#include "api/programmes_json.h"

namespace ballast::api {

/// Of lines that `read_values` went through. Sealed fields are left out: nobody audits who reads a file.
std::vector<ListColumn> register_columns(const Call& call, const programmes::Register& of);
/// Adds to lines of `record_json` their values as people read them: a choice by its label, truth as a word.
void read_values(const Call& call, const programmes::Register& of, Json& lines);

}  // namespace ballast::api
