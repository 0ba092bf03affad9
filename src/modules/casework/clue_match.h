/// Which household somebody means who names a person: by ID number when the name agrees, which is sure; by
/// name and place, with the birth date where it is known, which a person must confirm (domain
/// specification 2.3).
#pragma once

#include <vector>

#include "casework/clue.h"
#include "crypto/crypto.h"
#include "db/db.h"

namespace ballast::casework {

struct Candidate {
    registry::HouseholdId household;
    registry::PersonId person;
    AreaCode village;
    Match why;  // "name_differs", "left_register", "by_name"
};
struct Matched {
    Match how = "not_on_file";
    std::optional<Candidate> household;  // when `how` is "matched"
    std::vector<Candidate> candidates;   // otherwise; at most twenty
};
/// Whom `told` names, inside `area` (whose villages are all looked through). An ID number that is none is
/// invalid "citizen_id....".
Result<Matched> match(db::Tx& tx, const crypto::Vault& vault, const auth::Scope& scope, AreaCode area,
                      const Told& told, Date today);

}  // namespace ballast::casework
