/// Changing the register by hand. Each act names the version it was made from, states why and since when,
/// comes wholly or not at all, and is recorded.
#pragma once

#include <span>

#include "auth/auth.h"
#include "base/clock.h"
#include "crypto/crypto.h"
#include "db/db.h"
#include "registry/entry.h"

namespace ballast::registry {

/// Somebody who was on file as another person's row before: rows of other modules about `before` are about
/// `now`. Who keeps such rows follows (feeds::follow).
struct Succession {
    PersonId before;
    HouseholdId left;
    PersonId now;
    HouseholdId household;
    AreaCode village;
};

/// An entry as it would be stored, before it is.
struct Outlook {
    std::vector<Pair> pairs;
    std::vector<Slip> slips;
    std::vector<Finding> findings;
    std::vector<std::string> members;  // names, by which findings point at somebody
};
/// Errors: not_found "registry.no_household"; conflict "registry.stale" {version};
/// forbidden "registry.may_not_write"; invalid "registry.source_missing" (under two characters),
/// "registry.since_ahead". All else is a slip, among them
/// invalid "registry.person_elsewhere" {household, other} or, where the other household lies outside the
/// actor's areas, "registry.person_elsewhere_outside".
Result<Outlook> outlook(db::Tx& tx, const crypto::Vault& vault, const auth::Actor& actor, HouseholdId id,
                        std::int64_t version, const Entry& entry, Date today);

struct Edited {
    std::int64_t version = 0;
    std::vector<Succession> successions;
};
/// Those of `outlook`; of several slips the first.
Result<Edited> change(db::Tx& tx, const crypto::Vault& vault, const auth::Actor& actor, HouseholdId id,
                      std::int64_t version, const Entry& entry, Date today, Instant now);

/// A household that is not on file yet, with its head among those joining. The number is ours.
/// Besides: invalid "registry.village_unknown", "registry.village_code_unknown"; not_found "registry.no_area"
/// outside the actor's areas.
Result<Outlook> outlook_new(db::Tx& tx, const crypto::Vault& vault, const auth::Actor& actor,
                            AreaCode village, const Entry& entry, Date today);
struct Added {
    HouseholdId household;
    std::vector<Succession> successions;
};
Result<Added> add_household(db::Tx& tx, const crypto::Vault& vault, const auth::Actor& actor,
                            AreaCode village, const Entry& entry, Date today, Instant now);

/// A member goes to live with another household of the county: leaves here as 转入其他户, comes there with
/// all that is on file about them.
struct Move {
    PersonId person;
    std::int64_t version = 0;  // of the household that is left
    HouseholdId to;
    std::string relation;  // to the head there, as people write it
    std::string source;
    Date since;
};
/// Those of `change`; besides invalid "registry.move_nowhere" (to the same household, or to another county),
/// "registry.not_a_member" (not an active one).
Result<Edited> move(db::Tx& tx, const crypto::Vault& vault, const auth::Actor& actor, HouseholdId from,
                    const Move& asked, Date today, Instant now);

}  // namespace ballast::registry
