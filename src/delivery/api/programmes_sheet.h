/// The rows of a programme's register as a workbook.
#pragma once

#include <functional>

#include "api/programmes_json.h"

namespace ballast::api {

/// `next` gives some more rows of that register, as `record_json` makes them, and none at the end. Sealed fields are left
/// out: nobody audits who reads a file. How many rows were written. Errors: unavailable "table.cannot_write"; those of `next`.
Result<std::int64_t> write_rows(const Call& call, const programmes::Register& of, const std::function<Result<Json>()>& next,
                                const std::string& path);

}  // namespace ballast::api
