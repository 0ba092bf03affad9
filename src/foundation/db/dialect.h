/// What differs between the two engines in the text of SQL. Pure text work; inside db only.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "db/db.h"

namespace ballast::db {

/// `?` outside quotes and comments become $1, $2, ...; `count` tells how many there were.
struct Numbered {
    std::string sql;
    int count = 0;
};
Numbered with_numbered_placeholders(std::string_view sql);

/// {identity} and {blob} in a migration's script as the engine writes them.
std::string for_engine(std::string_view script, Engine engine);

/// The statements of a script, without their `;`. One ends at a `;` that is the last thing on its line
/// (a comment may follow) and stands outside quotes and comments.
std::vector<std::string> statements_of(std::string_view script);

/// What a migration runs first, so that two processes do not migrate at once; "" where the writer's own
/// lock is enough.
std::string_view migration_lock(Engine engine);

/// A name that may be put into SQL as it is: lower-case letters, digits and underscores.
bool plain_name(std::string_view name);

}  // namespace ballast::db
