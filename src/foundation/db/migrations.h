/// Numbered changes of the schema, once for the whole product: modules/*/schema/NNNN_name.sql, embedded in
/// the program.
///
/// In a script `{identity}` stands for the type of a generated primary key, never reused (`id {identity},`:
/// the words PRIMARY KEY are in it), and `{blob}` for bytes. Statements end with `;` at a line's end. Each
/// script runs in one transaction with its entry in `db_migration` (number, name, checksum, applied_at), so
/// that a kill leaves it wholly done or not begun.
#pragma once

#include <span>

#include "base/clock.h"
#include "db/db.h"

namespace ballast::db {

struct Migration {
    int number;
    std::string name;  // "auth/0001_users"
    std::string sql;
};

/// Applies what is missing, in order of number; how many this call applied. Several processes may do it at
/// once.
///
/// Errors: corrupt "db.migration_changed" {migration} (an applied script differs from ours), conflict
/// "db.newer_program" {number} (the database knows a number that we do not), and those of Tx. After the first
/// two nothing has been changed.
Result<int> migrate(Database& database, std::span<const Migration> all, Instant now);

}  // namespace ballast::db
