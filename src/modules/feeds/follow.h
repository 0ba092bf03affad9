/// When somebody of the register goes to live in another household, what departments said of them goes along.
#pragma once

#include <span>

#include "db/db.h"
#include "registry/editing.h"

namespace ballast::feeds {

/// Call in the transaction of the move. Rows and candidates about the earlier person are then about the later
/// one, in the household and village where they live now.
Result<void> follow(db::Tx& tx, std::span<const registry::Succession> successions);

}  // namespace ballast::feeds
