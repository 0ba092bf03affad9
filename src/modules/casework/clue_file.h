/// Clues as others use them: lists, one clue with all that was told and done, the steps of its machine, and
/// the seam to cases. Every read takes an Actor; what lies outside their areas is not found.
#pragma once

#include <map>

#include "areas/areas.h"
#include "casework/clue.h"
#include "casework/clue_match.h"
#include "casework/clue_procedure.h"
#include "crypto/crypto.h"
#include "db/db.h"

namespace ballast::casework {

struct ClueQuery {
    std::optional<ClueState> state;  // absent: those that wait for somebody: new, dispatched, verifying
    std::optional<Source> source;
    std::string risk;
    std::optional<AreaCode> area;
    std::optional<registry::HouseholdId> household;
    bool any_state = false;
    bool overdue = false;
    std::int64_t offset = 0, limit = 20;
};
struct ClueCounts {
    std::int64_t total = 0;    // as the whole query says
    std::int64_t overdue = 0;  // whatever state the query asks for, like by_state
    std::map<ClueState, std::int64_t> by_state;
};
/// Those due first come first; closed ones the latest first.
Result<std::vector<Clue>> clues(db::Tx& tx, const auth::Actor& actor, const ClueQuery& query, Date today,
                                ClueCounts* counts);

/// not_found "clues.no_such_clue".
Result<Clue> load_clue(db::Tx& tx, const auth::Actor& actor, ClueId id);
struct ClueFile {
    Clue clue;
    std::vector<Signal> signals;  // ID numbers and phones masked
    std::vector<ClueStep> steps;
};
Result<ClueFile> clue_file(db::Tx& tx, const crypto::Vault& vault, const auth::Actor& actor, ClueId id);

/// Whom the first signals of these clues name, for lists of those without a household: name and place only.
Result<std::map<ClueId, Told>> first_told(db::Tx& tx, const crypto::Vault& vault,
                                          std::span<const ClueId> clues);

/// Households that a clue without one may mean, inside the areas of the actor.
Result<Matched> candidates(db::Tx& tx, const crypto::Vault& vault, const auth::Actor& actor, const Clue& clue,
                           Date today);

/// One of "id_number", "phone", "teller_phone" of a signal in clear, for somebody who must find or call them.
/// Recorded with the purpose.
///
/// Errors: not_found "clues.no_such_clue", "clues.no_such_signal"; forbidden "auth.not_allowed"; invalid
/// "clues.purpose_missing" (under two characters), "clues.no_field".
Result<std::string> reveal(db::Tx& tx, const crypto::Vault& vault, const auth::Actor& actor, ClueId id,
                           SignalId signal, std::string_view field, std::string_view purpose, Instant now);

/// What a change rests on.
struct ClueDesk {
    const crypto::Vault& vault;
    const areas::Division& division;
    const auth::Actor& actor;
    Date today;
    Instant now;
};
/// One step of the machine, by a person. `version` is the one they saw; under the same `key` a second sending
/// changes nothing and answers the clue as it is. Assigning a household that has an open clue makes this one
/// its duplicate.
///
/// Errors: not_found "clues.no_such_clue", "registry.no_household"; forbidden "auth.not_allowed"; conflict
/// "clues.stale", "clues.only_by_case" (open_case and merge are the case's to do); those of `decide`.
Result<Clue> act(db::Tx& tx, const ClueDesk& desk, ClueId id, std::int64_t version, std::string_view key,
                 const ClueOrder& order);

// The seam to cases, called by them inside the transaction that opens or ends a case.

/// The clue that is being verified becomes a case. Errors: those of `decide` with open_case; not_found
/// "clues.no_such_clue"; forbidden "auth.not_allowed".
Result<Clue> hand_over(db::Tx& tx, const ClueDesk& desk, ClueId id, CaseId opened);
/// The case is over: what is told of the household from now on is a new clue.
Result<void> case_over(db::Tx& tx, ClueId id);

}  // namespace ballast::casework
