/// The rows of snapshots. Internal to the module.
#pragma once

#include "bulletin/platform_data.h"

namespace ballast::bulletin::store {

Result<void> insert(db::Tx& tx, const Desk& desk, const Article& article, const Snapshot& snapshot);
/// Those of the issue; those of the other issues that are published, which a reader may hold beside it.
Result<std::vector<Snapshot>> told_in(db::Tx& tx, IssueId id);
Result<std::vector<Snapshot>> told_outside(db::Tx& tx, IssueId id);
/// Of an article that is taken out.
Result<void> remove_snapshots(db::Tx& tx, ArticleId id);

}  // namespace ballast::bulletin::store
