/// The two readers behind Reader::open. Internal to `table`.
#pragma once

#include <memory>
#include <string>

#include "table/table.h"

namespace ballast::table {

Result<std::unique_ptr<Reader>> open_csv(const std::string& path, std::string name, const Limits& limits);
Result<std::unique_ptr<Reader>> open_xlsx(const std::string& path, std::string name, const Limits& limits);

}  // namespace ballast::table
