/// The migrations of all modules, embedded in the program at build time (src/modules/*/schema/NNNN_name.sql).
/// Code-wise this knows no module: it is given their scripts as files.
#pragma once

#include <initializer_list>
#include <string_view>
#include <vector>

#include "db/migrations.h"

namespace ballast::schema {

/// In order of number. Two scripts with one number, or a file that is not named NNNN_name.sql, break an
/// INVARIANT.
std::vector<db::Migration> shipped_migrations();

/// Only those of the named modules: for a test that needs no more.
std::vector<db::Migration> migrations_of(std::initializer_list<std::string_view> modules);

}  // namespace ballast::schema
