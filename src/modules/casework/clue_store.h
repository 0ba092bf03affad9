/// Clues as rows. Inside the module only; all SQL over the three clue tables that writes is here.
#pragma once

#include "casework/clue.h"
#include "crypto/crypto.h"
#include "db/db.h"

namespace ballast::casework::store {

inline constexpr std::string_view clue_columns =
    "c.id, c.county_code, c.area_code, c.household_id, c.source, c.risks, c.state, c.closed_reason, "
    "c.into_clue, "
    "c.case_id, c.is_open, c.created_on, c.due_on, c.entered_on, c.version";
Clue clue_of(const db::Row& row);
/// The open clue of a household, whoever may see it.
Result<std::optional<Clue>> open_clue(db::Tx& tx, registry::HouseholdId household);

/// The open clue of the household of `fresh`; else `fresh` itself, with an id.
struct TakenUp {
    Clue clue;
    bool begun = false;
};
Result<TakenUp> take_up(db::Tx& tx, Clue fresh);
/// As it is now; others who would change it wait until this transaction ends.
Result<Clue> locked(db::Tx& tx, ClueId id);
/// conflict "clues.stale" when somebody was faster. Raises the version.
Result<void> update(db::Tx& tx, Clue& clue);

/// Gives it an id; `signal.clue` is set.
Result<void> insert(db::Tx& tx, const crypto::Vault& vault, Signal& signal, std::string_view key);
/// All signals of one clue join another.
Result<void> move_signals(db::Tx& tx, ClueId from, ClueId to);
Result<std::vector<Signal>> signals_of(db::Tx& tx, const crypto::Vault& vault, ClueId clue);

Result<void> insert(db::Tx& tx, const crypto::Vault& vault, ClueId clue, const ClueStep& step,
                    std::string_view key);
Result<std::vector<ClueStep>> steps_of(db::Tx& tx, const crypto::Vault& vault, ClueId clue);

std::vector<std::string> codes_of(std::string_view risks);
/// Risks of `more` that are not there yet come after those that are.
void add_risks(std::vector<std::string>& risks, std::span<const std::string> more);

}  // namespace ballast::casework::store
