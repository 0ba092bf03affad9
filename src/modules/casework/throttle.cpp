#include "casework/throttle.h"

#include <algorithm>
#include <string>

namespace ballast::casework::throttle {
namespace {

/// Milliseconds until one more is let in.
Result<std::int64_t> wait_for(db::Tx& tx, const Attempt& attempt, std::string_view column,
                              const db::Blob& value, std::int64_t most, Instant now) {
    const auto times =
        TRY(tx.all("SELECT at FROM casework_public_attempt WHERE kind = ? AND counts = 1 AND " +
                       std::string(column) + " = ? AND at > ? ORDER BY at DESC LIMIT ?",
                   {attempt.kind, value, now.ms - attempt.window_ms, most},
                   [](const db::Row& row) { return row.integer(0); }));
    if (static_cast<std::int64_t>(times.size()) < most) return std::int64_t{0};
    return times.back() + attempt.window_ms - now.ms;
}

}  // namespace

db::Blob hashed(const crypto::Vault& vault, std::string_view purpose, std::string_view plain) {
    const auto hash = vault.lookup(purpose, plain);
    return {hash.begin(), hash.end()};
}

Result<std::int64_t> admit(db::Tx& tx, const Attempt& attempt, Instant now) {
    TRY(tx.exec("DELETE FROM casework_public_attempt WHERE at <= ?", now.ms - day_ms));
    const auto wait =
        std::max(TRY(wait_for(tx, attempt, "who", attempt.who, attempt.per_who, now)),
                 TRY(wait_for(tx, attempt, "address", attempt.address, attempt.per_address, now)));
    if (wait > 0)
        return unavailable(std::string(attempt.refusal)).with("seconds", std::to_string((wait + 999) / 1000));
    return tx.number(
        "INSERT INTO casework_public_attempt (kind, who, address, at, counts) VALUES (?, ?, ?, ?, 1) "
        "RETURNING id",
        {attempt.kind, attempt.who, attempt.address, now.ms});
}

Result<void> let_off(db::Tx& tx, std::int64_t attempt) {
    TRY(tx.exec("UPDATE casework_public_attempt SET counts = 0 WHERE id = ?", attempt));
    return {};
}

}  // namespace ballast::casework::throttle
