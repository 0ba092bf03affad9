#include "db/engines.h"

namespace ballast::db {

Result<std::unique_ptr<Database>> Database::open(const std::string& address, const Options& options) {
    constexpr std::string_view sqlite = "sqlite:";
    if (address.size() > sqlite.size() && address.starts_with(sqlite))
        return open_sqlite(address.substr(sqlite.size()), options);
    if (address.starts_with("postgresql://") || address.starts_with("postgres://"))
        return open_postgresql(address, options);
    return invalid("db.bad_address");  // the address itself may hold a password
}

}  // namespace ballast::db
