/// Who works on a bulletin, with what: made once for a request or a command.
#pragma once

#include "areas/areas.h"
#include "auth/auth.h"
#include "crypto/crypto.h"

namespace ballast::bulletin {

struct Desk {
    const crypto::Vault& vault;
    const areas::Division& division;
    const auth::Actor& actor;
    Date today;
    Instant now;
};

/// What a text may hold at most, in characters. [assumed]
inline constexpr std::size_t longest_article = 300'000;
inline constexpr std::size_t longest_line = 300;  // a headline, a place, a line of the imprint

}  // namespace ballast::bulletin
