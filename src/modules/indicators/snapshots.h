/// Figures as they were published. A snapshot keeps the sums and everything that stood behind them, so that it can be
/// recomputed to the digit and each figure opens a list of its own length, whatever has changed since.
#pragma once

#include "indicators/desk.h"
#include "indicators/series.h"

namespace ballast::indicators {

struct SnapshotTag;
using SnapshotId = Id<SnapshotTag>;

struct Snapshot {
    SnapshotId id;
    AreaCode area;
    std::string term;
    std::string title;
    std::string catalogue;  // hash of the definitions
    std::int64_t division_year = 0;
    Instant at;
    std::string account, name;
};
/// All figures of that term, in the area. Errors: forbidden; those of `area_of`; invalid "indicators.title_missing";
/// conflict "indicators.nothing_to_freeze" {term}.
Result<SnapshotId> freeze(db::Tx& tx, const Desk& desk, AreaCode area, const Term& term, std::string_view title);

/// The latest first.
Result<std::vector<Snapshot>> snapshots(db::Tx& tx, const Desk& desk);
/// not_found "indicators.no_such_snapshot".
Result<Snapshot> snapshot(db::Tx& tx, const Desk& desk, SnapshotId id);

struct FrozenSum {
    std::string figure, part;
    AreaCode area;
    AreaLevel level;
    Sum sum;
};
/// Of an area inside it: the area itself; small counts hidden above the village, the parts of a figure together.
Result<std::vector<FrozenSum>> frozen(db::Tx& tx, const Desk& desk, SnapshotId id, AreaCode area);

struct FrozenRow {
    AreaCode area;
    std::int64_t object = 0;  // 0: a figure that was entered of that area
    std::int64_t value = 1;
};
/// What stood behind a figure; when asked, `total` its number of rows, `sum` what they come to.
Result<std::vector<FrozenRow>> frozen_rows(db::Tx& tx, const Desk& desk, SnapshotId id, std::string_view figure,
                                           std::string_view part, AreaCode area, std::int64_t offset, std::int64_t limit,
                                           std::int64_t* total, std::int64_t* sum);

/// Adds up what was behind every sum again. Each that comes out otherwise, or is not there, is told; none, when the
/// database is whole.
struct Difference {
    std::string figure, part;
    AreaCode area;
    std::int64_t printed = absent, computed = absent;
};
struct Recomputed {
    std::int64_t sums = 0;
    std::vector<Difference> differences;
};
Result<Recomputed> recompute(db::Tx& tx, const Desk& desk, SnapshotId id);

}  // namespace ballast::indicators
