/// What stands on a person's decision: later rows of the sender that are written alike and count as it says.
/// Only for this module's own sources.
#pragma once

#include <vector>

#include "feeds/feeds.h"

namespace ballast::feeds {

/// A row in force that counts as it does because of a decision.
struct Standing {
    RowId row;
    BatchId batch;
    State state;
    std::string reason;  // why it was open, and would be again
    std::optional<Touched> household;
};

/// The decision that a row stands on, and every row that ceases to with it: the row about which a person
/// decided and what was carried on from it. Taken back at a row that carried it on, it ends there alone,
/// unless the sender has replaced the first row: then nobody can take it back there, and it ends for all.
struct Decision {
    RowId first;  // the row whose decision ends
    std::vector<Standing> rows;
};
/// None: no decision about the row is in force.
Result<std::optional<Decision>> standing_on(db::Tx& tx, RowId row);

/// Files are published and decisions taken back one after the other in a county: or a file that was being
/// received meanwhile would carry on what is taken back.
Result<void> take_turn(db::Tx& tx, AreaCode county);

/// What a batch carried on while it was received, of decisions that have been taken back since, is open.
/// Answers how many rows.
Result<std::int64_t> drop_ended(db::Tx& tx, BatchId receiving);

}  // namespace ballast::feeds
