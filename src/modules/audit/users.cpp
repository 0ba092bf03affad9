#include "audit/users.h"

#include <algorithm>
#include <set>

namespace ballast::audit {

namespace {

std::string user_object(auth::UserId id) { return "user:" + std::to_string(id.number()); }

/// Role names and codes are plain ASCII; so is a department's id, checked when its contract is loaded.
std::string quoted(std::string_view plain) {
    std::string out = "\"";
    for (const char c : plain)
        if (static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\') out += c;
    return out + "\"";
}

std::string grants_list(const std::vector<auth::Actor::Grant>& grants) {
    std::string out = "[";
    for (const auto& grant : grants) {
        if (out.back() != '[') out += ',';
        out += "{\"role\":" + quoted(auth::name_of(grant.role)) + ",\"area\":" + quoted(grant.area.digits());
        if (!grant.department.empty()) out += ",\"department\":" + quoted(grant.department);
        out += '}';
    }
    return out + "]";
}

Result<void> record_own(db::Tx& tx, const crypto::Vault& vault, const auth::Actor& actor, std::string action,
                        std::string details, Instant now) {
    return record(tx, vault, actor,
                  {std::move(action), user_object(actor.user), home_of(actor.grants), "", std::move(details)},
                  now);
}

}  // namespace

AreaCode home_of(const std::vector<auth::Actor::Grant>& grants) {
    return grants.empty() ? AreaCode{} : grants.front().area;
}

Result<auth::UserId> add_user(db::Tx& tx, const crypto::Vault& vault, const auth::Actor& by,
                              const auth::User& user, std::string_view password, Instant now) {
    const auto id = TRY(auth::add_user(tx, by, user, password, now));
    TRY(record(tx, vault, by,
               {"auth.add_user", user_object(id), home_of(user.grants), "",
                "{\"grants\":" + grants_list(user.grants) + "}"},
               now));
    return id;
}

Result<void> deactivate(db::Tx& tx, const crypto::Vault& vault, const auth::Actor& by, auth::UserId id,
                        Instant now) {
    const auth::User user = TRY(auth::load_user(tx, by, id));
    TRY(auth::deactivate(tx, by, id));
    return record(tx, vault, by, {"auth.deactivate", user_object(id), home_of(user.grants), "", "{}"}, now);
}

Result<void> reactivate(db::Tx& tx, const crypto::Vault& vault, const auth::Actor& by, auth::UserId id,
                        Instant now) {
    const auth::User user = TRY(auth::load_user(tx, by, id));
    TRY(auth::reactivate(tx, by, id));
    return record(tx, vault, by, {"auth.reactivate", user_object(id), home_of(user.grants), "", "{}"}, now);
}

Result<void> set_grants(db::Tx& tx, const crypto::Vault& vault, const auth::Actor& by, auth::UserId id,
                        const std::vector<auth::Actor::Grant>& grants, Instant now) {
    const auth::User user = TRY(auth::load_user(tx, by, id));
    TRY(auth::set_grants(tx, by, id, grants));
    // In each area where the user had or now has a role: its auditor sees who came and who went.
    std::set<AreaCode> concerned;
    for (const auto& held : {user.grants, grants})
        for (const auto& grant : held) concerned.insert(grant.area);
    for (const auto area : concerned)
        TRY(record(tx, vault, by,
                   {"auth.set_grants", user_object(id), area, "",
                    "{\"before\":" + grants_list(user.grants) + ",\"after\":" + grants_list(grants) + "}"},
                   now));
    return {};
}

Result<void> set_password(db::Tx& tx, const crypto::Vault& vault, const auth::Actor& by, auth::UserId id,
                          std::string_view password, Instant now) {
    const auth::User user = TRY(auth::load_user(tx, by, id));
    TRY(auth::set_password(tx, by, id, password));
    return record(tx, vault, by, {"auth.set_password", user_object(id), home_of(user.grants), "", "{}"}, now);
}

Result<auth::Session> sign_in(db::Database& database, const crypto::Vault& vault, std::string_view account,
                              std::string_view password, std::string_view address, Instant now) {
    const std::string details = "{\"address\":" + quoted(address) + "}";
    auto session = auth::sign_in(database, account, password, address, now);
    const auto refused = [&](db::Tx& tx) -> Result<void> {
        const auto user = TRY(auth::user_of_account(tx, account));
        // Without the account as typed: people type a password there too.
        return record(tx, vault, auth::system_actor("sign_in"),
                      {"auth.sign_in_refused", user ? user_object(user->id) : "user:unknown",
                       user ? home_of(user->grants) : AreaCode{}, "", details},
                      now);
    };
    const auto admitted = [&](db::Tx& tx) {
        return record_own(tx, vault, session->actor, "auth.sign_in", details, now);
    };
    if (session)
        TRY(database.write(admitted));
    else if (session.error().id == "auth.wrong_password")
        TRY(database.write(refused));
    return session;
}

Result<void> sign_out(db::Tx& tx, const crypto::Vault& vault, const auth::Session& session, Instant now) {
    TRY(auth::sign_out(tx, session.token, now));
    return record_own(tx, vault, session.actor, "auth.sign_out", "{}", now);
}

Result<void> change_password(db::Database& database, const crypto::Vault& vault, const auth::Session& session,
                             std::string_view old_password, std::string_view new_password, Instant now) {
    TRY(auth::change_password(database, session, old_password, new_password, now));
    return database.write(
        [&](db::Tx& tx) { return record_own(tx, vault, session.actor, "auth.change_password", "{}", now); });
}

}  // namespace ballast::audit
