/// Numbered changes of the schema, once for the whole product: modules/*/schema/NNNN_name.sql, embedded in
/// the program.
///
/// In a script `{identity}` stands for the type of a generated primary key (never reused) and `{blob}` for
/// bytes. Statements end with `;` at a line's end. Each script runs in one transaction with its entry in
/// `db_migration` (number, name, checksum, applied_at), so that a kill leaves it wholly done or not begun.
#pragma once

#include <span>

#include "base/clock.h"
#include "db/db.h"

namespace ballast::db {

struct Migration {
    int number;
    std::string name;
    std::string sql;
};

/// Applies what is missing, in order of number.
///
/// Errors: corrupt "db.migration_changed" (an applied script differs from ours), conflict "db.newer_program"
/// (the database knows a number that we do not), and those of Tx.
Result<int> migrate(Database& database, std::span<const Migration> all, Instant now);

}  // namespace ballast::db
