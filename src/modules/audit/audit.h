/// The append-only, hash-chained record of who did what, to what, for which purpose. One chain per county
/// (chain 0: what belongs to none). Each entry's hash covers its content and the hash before it, keyed by the
/// county's vault, so that neither a changed nor a removed row can be hidden from `verify`.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "auth/auth.h"
#include "base/area_code.h"
#include "base/clock.h"
#include "crypto/crypto.h"
#include "db/db.h"

namespace ballast::audit {

/// No personal data in any field: ids, codes, counts, field names.
struct Event {
    std::string action;   // "registry.unmask", "feeds.receive", "auth.sign_in"
    std::string object;   // "person:41", "batch:7"
    AreaCode area;        // where the object lies; decides the chain
    std::string purpose;  // what the user stated, for unmasked reads; else ""
    std::string details;  // JSON: counts, changed field names, hashes before and after
};

struct Entry {
    std::int64_t id;
    std::int64_t chain;     // county code as number, 6 digits; 0 for none
    std::int64_t sequence;  // 1, 2, 3 ... within the chain
    Instant at;
    std::string account;
    std::string role;
    Event event;
};

/// Call inside the transaction of the change itself.
Result<void> record(db::Tx& tx, const crypto::Vault& vault, const auth::Actor& actor, const Event& event,
                    Instant now);

struct Query {
    std::optional<std::string> action;
    std::optional<std::string> account;
    std::optional<std::string> object;
    std::int64_t before_id = 0;  // 0: newest first from the end
    int limit = 50;
};
Result<std::vector<Entry>> list(db::Tx& tx, const auth::Scope& scope, const Query& query);

struct Verdict {
    std::int64_t chains = 0;
    std::int64_t entries = 0;
    struct Break {
        std::int64_t chain, sequence;
        std::string what;  // "changed" | "missing" | "shortened" | "forged"
    };
    std::vector<Break> breaks;  // empty: every chain holds
};
Result<Verdict> verify(db::Tx& tx, const crypto::Vault& vault);

}  // namespace ballast::audit
