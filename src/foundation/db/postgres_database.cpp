#include "db/engines.h"
namespace ballast::db {
Result<std::unique_ptr<Database>> open_postgresql(const std::string&, const Options&) {
    return unavailable("db.unreachable");
}
}  // namespace ballast::db
