#include <algorithm>
#include <span>

#include "auth/auth.h"
#include "auth/store.h"
#include "crypto/crypto.h"

namespace ballast::auth {

namespace {

constexpr std::int64_t slide_every_ms = 60 * 1000;

std::string digest(std::string_view purpose, std::string_view text) {
    crypto::Digest digest;
    for (const std::string_view part : {purpose, std::string_view(":"), text})
        digest.add({reinterpret_cast<const std::uint8_t*>(part.data()), part.size()});
    return digest.hex();
}
// Different purposes, so that the hash in the database tells nothing about the CSRF token.
std::string token_hash(std::string_view token) { return digest("session", token); }
std::string csrf_of(std::string_view token) { return digest("csrf", token); }

// ---- the throttle

struct AttemptTag;
using AttemptId = Id<AttemptTag>;

struct Caller {
    std::string account_hash;
    std::string address;  // empty when it is known who calls
};

/// Milliseconds until fewer than `most` of the matching attempts lie within the window; 0 when that is so
/// now.
Result<std::int64_t> wait_for(db::Tx& tx, std::string_view condition, const std::string& key,
                              std::int64_t most, Instant now) {
    const std::string sql = "SELECT at FROM auth_attempt WHERE " + std::string(condition) +
                            " AND at > ? ORDER BY at DESC, id DESC LIMIT ?";
    const auto times = TRY(tx.all(sql, {key, now.ms - throttle_window_ms, most},
                                  [](const db::Row& row) { return row.integer(0); }));
    if (static_cast<std::int64_t>(times.size()) < most) return std::int64_t{0};
    return times.back() + throttle_window_ms - now.ms;
}

/// Lets one attempt begin, or says "auth.throttled".
Result<AttemptId> admit(db::Database& database, const Caller& caller, Instant now) {
    return database.write([&](db::Tx& tx) -> Result<AttemptId> {
        TRY(tx.exec("UPDATE auth_gate SET passed = passed + 1 WHERE id = 1"));
        TRY(tx.exec("DELETE FROM auth_attempt WHERE at <= ?", now.ms - throttle_window_ms));
        const auto for_account =
            TRY(wait_for(tx, "account_hash = ?", caller.account_hash, failures_per_account, now));
        const auto for_address =
            caller.address.empty()
                ? 0
                : TRY(wait_for(tx, "failed = 1 AND address = ?", caller.address, failures_per_address, now));
        const auto wait_ms = std::max(for_account, for_address);
        if (wait_ms > 0)
            return unavailable("auth.throttled").with("seconds", std::to_string((wait_ms + 999) / 1000));
        return AttemptId(
            TRY(tx.number("INSERT INTO auth_attempt (account_hash, address, failed, at)"
                          " VALUES (?, ?, 0, ?) RETURNING id",
                          {caller.account_hash, caller.address, now.ms})));
    });
}

Error wrong_password() { return forbidden("auth.wrong_password"); }

Error failed(db::Database& database, AttemptId attempt) {
    const auto noted = database.write(
        [&](db::Tx& tx) { return tx.exec("UPDATE auth_attempt SET failed = 1 WHERE id = ?", attempt); });
    return noted ? wrong_password() : noted.error();
}

// ---- what is stored

struct Stored {
    UserId id;
    std::string account;
    std::string name;
    std::string password;
    bool active;
};

Result<std::optional<Stored>> stored(db::Database& database, const std::string& account) {
    return database.read([&](db::Tx& tx) {
        return tx.first("SELECT id, account, name, password, active FROM auth_user WHERE account = ?",
                        {account}, [](const db::Row& row) {
                            return Stored{row.id<UserId>(0), std::string(row.text(1)),
                                          std::string(row.text(2)), std::string(row.text(3)), row.truth(4)};
                        });
    });
}

/// Verifies against an unknown password when there is no such user, so that both take as long.
bool right_password(const std::optional<Stored>& user, std::string_view password) {
    static const std::string nobody = crypto::hash_password(crypto::random_token());
    const bool right = crypto::verify_password(user ? user->password : nobody, password);
    return user && user->active && right;
}

/// Refuses when the password was changed or the user deactivated while the hash was computed.
Result<void> still(db::Tx& tx, const Stored& user) {
    const auto same =
        TRY(tx.exec("UPDATE auth_user SET active = 1 WHERE id = ? AND password = ? AND active = 1", user.id,
                    user.password));
    if (same != 1) return wrong_password();
    return {};
}

Instant expiry(std::int64_t started_at, std::int64_t used_at) {
    return {std::min(started_at + session_ms, used_at + idle_ms)};
}

struct Resumed {
    Session session;
    std::int64_t used_at;
    bool slide_due(Instant now) const { return now.ms - used_at >= slide_every_ms; }
};

Result<Resumed> find_session(db::Tx& tx, std::string_view token, Instant now) {
    auto found = TRY(tx.first(
        "SELECT u.id, u.account, u.name, s.started_at, s.used_at, u.must_change FROM auth_session s"
        " JOIN auth_user u ON u.id = s.user_id WHERE s.token_hash = ? AND u.active = 1",
        {token_hash(token)}, [&](const db::Row& row) {
            Resumed resumed{{std::string(token),
                             csrf_of(token),
                             expiry(row.integer(3), row.integer(4)),
                             {row.id<UserId>(0), std::string(row.text(1)), std::string(row.text(2)), {}},
                             row.truth(5)},
                            row.integer(4)};
            return resumed;
        }));
    if (!found || found->session.expires <= now) return forbidden("auth.signed_out");
    found->session.actor.grants = TRY(store::grants_of(tx, found->session.actor.user));
    return std::move(*found);
}

Result<void> slide(db::Tx& tx, Session& session, Instant now) {
    const auto hash = token_hash(session.token);
    const auto started_at = TRY(tx.first(
        "UPDATE auth_session SET used_at = CASE WHEN used_at < ? THEN ? ELSE used_at END WHERE token_hash = ?"
        " RETURNING started_at",
        {now.ms, now.ms, hash}, [](const db::Row& row) { return row.integer(0); }));
    if (!started_at) return forbidden("auth.signed_out");
    session.expires = expiry(*started_at, now.ms);
    return {};
}

}  // namespace

Result<Session> sign_in(db::Database& database, std::string_view account, std::string_view password,
                        std::string_view address, Instant now) {
    const std::string wanted = store::normal_account(account);
    const Caller caller{digest("account", wanted), std::string(address)};
    const AttemptId attempt = TRY(admit(database, caller, now));

    // The slow hash is computed outside of any transaction.
    const auto user = TRY(stored(database, wanted));
    if (!right_password(user, password)) return failed(database, attempt);

    return database.write([&](db::Tx& tx) -> Result<Session> {
        TRY(still(tx, *user));
        const std::string token = crypto::random_token();
        TRY(tx.exec("DELETE FROM auth_attempt WHERE account_hash = ?", caller.account_hash));
        TRY(tx.exec("DELETE FROM auth_session WHERE started_at <= ? OR used_at <= ?", now.ms - session_ms,
                    now.ms - idle_ms));
        TRY(tx.exec("INSERT INTO auth_session (token_hash, user_id, started_at, used_at) VALUES (?, ?, ?, ?)",
                    token_hash(token), user->id, now.ms, now.ms));
        return TRY(find_session(tx, token, now)).session;
    });
}

Result<Session> resume(db::Tx& tx, std::string_view token, Instant now) {
    Resumed resumed = TRY(find_session(tx, token, now));
    if (resumed.slide_due(now)) TRY(slide(tx, resumed.session, now));
    return std::move(resumed.session);
}

Result<Session> resume(db::Database& database, std::string_view token, Instant now) {
    Resumed resumed = TRY(database.read([&](db::Tx& tx) { return find_session(tx, token, now); }));
    if (resumed.slide_due(now)) {
        const auto slid = database.write([&](db::Tx& tx) { return slide(tx, resumed.session, now); });
        // Whoever only reads need not wait for a long writer; the next request tries again.
        if (!slid && slid.error().kind != ErrorKind::unavailable) return slid.error();
    }
    return std::move(resumed.session);
}

Result<void> sign_out(db::Tx& tx, std::string_view token, Instant) {
    TRY(tx.exec("DELETE FROM auth_session WHERE token_hash = ?", token_hash(token)));
    return {};
}

Result<void> change_password(db::Database& database, const Session& session, std::string_view old_password,
                             std::string_view new_password, Instant now) {
    const std::string& account = session.actor.account;
    TRY(check_password(account, new_password));
    // Before it counts as an attempt: nothing is tried.
    if (new_password == old_password) return invalid("auth.same_password");
    const Caller caller{digest("account", account), ""};
    const AttemptId attempt = TRY(admit(database, caller, now));
    const auto user = TRY(stored(database, account));
    if (!right_password(user, old_password)) return failed(database, attempt);

    const std::string hash = crypto::hash_password(new_password);
    return database.write([&](db::Tx& tx) -> Result<void> {
        TRY(still(tx, *user));
        TRY(tx.exec("DELETE FROM auth_attempt WHERE account_hash = ?", caller.account_hash));
        TRY(tx.exec("UPDATE auth_user SET password = ?, must_change = 0 WHERE id = ?", hash, user->id));
        return store::end_sessions(tx, user->id, token_hash(session.token));
    });
}

}  // namespace ballast::auth
