/// How often somebody without an account may do something: by whom they claim to be, or by what they touch,
/// and by the caller's address, both kept as keyed hashes for a day. Inside casework only.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/clock.h"
#include "crypto/crypto.h"
#include "db/db.h"

namespace ballast::casework::throttle {

inline constexpr std::int64_t day_ms = 24 * 3600 * 1000LL;

/// "report" by phone and address; "follow" by receipt and address, of those that failed; "object" by notice
/// with address, and by address.
struct Attempt {
    std::string_view kind;
    db::Blob who, address;
    std::int64_t per_who, per_address, window_ms;
    std::string_view refusal;
};
db::Blob hashed(const crypto::Vault& vault, std::string_view purpose, std::string_view plain);

/// Counts this attempt, or refuses it: unavailable, with its own `refusal` and {seconds}. One that turns out
/// well may be let off.
Result<std::int64_t> admit(db::Tx& tx, const Attempt& attempt, Instant now);
Result<void> let_off(db::Tx& tx, std::int64_t attempt);

}  // namespace ballast::casework::throttle
