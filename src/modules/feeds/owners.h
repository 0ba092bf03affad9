/// Who may be told whose car or firm it is. Only for this module's own sources.
#pragma once

#include "auth/auth.h"
#include "feeds/contract.h"

namespace ballast::feeds {

/// What needs a household's consent shows its owners to its sender, and to a comparison; to nobody else.
inline bool shows_owners(const auth::Actor& actor, const Contract& agreed) {
    return agreed.consent.empty() || actor.department() == agreed.department;
}

}  // namespace ballast::feeds
