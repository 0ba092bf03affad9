/// 候选确认: a person says whom a row means that linking left open, or that it means none of them, and may
/// take that back. What is confirmed reaches the rules as if the number had agreed; what is undone ceases to.
/// Each is recorded, and whoever calls orders the households' screening in the same transaction.
#pragma once

#include <vector>

#include "feeds/feeds.h"

namespace ballast::feeds {

struct Decided {
    BatchId batch;
    AreaCode county;
    std::vector<Touched> households;  // whose rows have changed; none when nobody was meant
    std::int64_t also_open = 0;       // by an undo: later rows that had carried on what was decided
};

/// The row means this person, who is one of its candidates.
/// Errors: forbidden "auth.not_allowed"; not_found "feeds.no_such_row"; invalid "feeds.not_among_candidates";
/// conflict "feeds.decided_already", "feeds.row_replaced".
Result<Decided> confirm(db::Tx& tx, const crypto::Vault& vault, const auth::Actor& actor, RowId row,
                        registry::PersonId person, Instant now);
/// The row means none of its candidates: it counts as unmatched, and its sender is told. Errors as `confirm`.
Result<Decided> set_aside(db::Tx& tx, const crypto::Vault& vault, const auth::Actor& actor, RowId row,
                          Instant now);
/// The row is open again, and so are the rows of later files that counted as it did (`carried_from`); at one
/// of those, that one alone, unless the sender has replaced the row where it was decided: then all of them.
/// conflict "feeds.nothing_to_undo", "feeds.row_replaced".
Result<Decided> undo(db::Tx& tx, const crypto::Vault& vault, const auth::Actor& actor, RowId row,
                     Instant now);

}  // namespace ballast::feeds
