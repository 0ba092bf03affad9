/// The rows of snapshots. Internal to the module.
#pragma once

#include "bulletin/platform_data.h"

namespace ballast::bulletin::store {

Result<void> insert(db::Tx& tx, const Desk& desk, const Article& article, const Snapshot& snapshot);
/// Of an article that is taken out.
Result<void> remove_snapshots(db::Tx& tx, ArticleId id);

}  // namespace ballast::bulletin::store
