/// Columns that the workbooks of figures share. Included by indicators_*.cpp only.
#pragma once

#include "api/indicators_json.h"
#include "api/list_sheets.h"

namespace ballast::api {

/// A sheet of lines of `reading_json`; `first` are the columns that tell one from the next.
Result<void> reading_sheet(const Call& call, const indicators::Desk& desk, ListSheets& sheets, std::string_view name,
                           std::vector<ListColumn> first, Json lines, std::string_view title);
/// What is to be said of a value: hidden, divided by nought, not counted, not reported, or reported by how many of how many.
/// Of lines with "value", "hidden" and "counted", and where they have them "numerator", "denominator", "reported", "expected".
Json value_remark(const Call& call, const Json& line);
/// The columns of lines of `things_json`.
std::vector<ListColumn> thing_columns(const Call& call, std::string_view what);

}  // namespace ballast::api
