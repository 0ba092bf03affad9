/// The append-only, hash-chained record of who did what, to what, for which purpose. One chain for each
/// county, and one for each area above, for what concerns no county alone. An entry's hash covers its content
/// and the hash before it, keyed by the county's vault; the chain's head holds its length and last hash under
/// a tag of the same key. So `verify` finds what was changed, removed or put in by anyone who has the
/// database and not the key. Only a whole database put back to an earlier day looks whole: against that,
/// write the heads of a verdict down elsewhere, and hold a later one against them.
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
    std::int64_t chain;     // first six digits of the area: 513431; 513400 for its prefecture; 0 the country
    std::int64_t sequence;  // 1, 2, 3 ... within the chain
    Instant at;
    std::string account;
    std::string role;
    Event event;
};

/// Call inside the transaction of the change itself, last: from here to its end other writers of the same
/// chain wait. corrupt "audit.head_broken" {chain} when the chain was tampered with, or the vault is another
/// one; then nothing more is recorded, and so nothing changed, until someone has looked into it.
Result<void> record(db::Tx& tx, const crypto::Vault& vault, const auth::Actor& actor, const Event& event,
                    Instant now);

struct Query {
    std::optional<std::string> action = {};
    std::optional<std::string> account = {};
    std::optional<std::string> object = {};
    std::int64_t before_id = 0;  // 0: newest first from the end
    int limit = 50;              // at most 500
};
/// Newest first.
Result<std::vector<Entry>> list(db::Tx& tx, const auth::Scope& scope, const Query& query);

/// How long a chain was at some time, and the hash that it ended with.
struct NotedHead {
    std::int64_t chain = 0, entries = 0;
    std::string hash;  // hex
};

struct Verdict {
    std::int64_t chains = 0;
    std::int64_t entries = 0;
    struct Break {
        std::int64_t chain;     // -1: the register of chains
        std::int64_t sequence;  // 0: the head of the chain
        /// "changed"    the row (or head) is not as it was written
        /// "missing"    this row and perhaps others after it are gone from the middle
        /// "shortened"  rows from this one on are gone from the end
        /// "forged"     the row was put in, or put back from another state
        /// "put_back"   the chain does not hold the row that was noted: it is of an earlier day, or another
        /// one
        std::string what;
    };
    std::vector<Break> breaks;     // empty: every chain holds
    std::vector<NotedHead> heads;  // as they are now, to be written down elsewhere
};
/// `noted` are heads of earlier verdicts: each chain must still hold the row that was its last one then.
Result<Verdict> verify(db::Tx& tx, const crypto::Vault& vault, const std::vector<NotedHead>& noted = {});

}  // namespace ballast::audit
