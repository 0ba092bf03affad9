/// The two engines behind Database::open; inside db only.
#pragma once

#include "db/db.h"

namespace ballast::db {

Result<std::unique_ptr<Database>> open_sqlite(const std::string& path, const Options& options);
Result<std::unique_ptr<Database>> open_postgresql(const std::string& address, const Options& options);

}  // namespace ballast::db
