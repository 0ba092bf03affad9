/// What is done to users, and the coming and going of users, recorded: each change of `auth` with its event.
/// Here and not in `auth`, because the audit knows actors and so uses auth, never the other way round.
#pragma once

#include <string_view>

#include "audit/audit.h"

namespace ballast::audit {

// As the functions of auth of the same name, with their errors and those of `record`.

Result<auth::UserId> add_user(db::Tx& tx, const crypto::Vault& vault, const auth::Actor& by,
                              const auth::User& user, std::string_view password, Instant now);
Result<void> deactivate(db::Tx& tx, const crypto::Vault& vault, const auth::Actor& by, auth::UserId id,
                        Instant now);
Result<void> reactivate(db::Tx& tx, const crypto::Vault& vault, const auth::Actor& by, auth::UserId id,
                        Instant now);
Result<void> set_grants(db::Tx& tx, const crypto::Vault& vault, const auth::Actor& by, auth::UserId id,
                        const std::vector<auth::Actor::Grant>& grants, Instant now);
Result<void> set_password(db::Tx& tx, const crypto::Vault& vault, const auth::Actor& by, auth::UserId id,
                          std::string_view password, Instant now);

/// Records "auth.sign_in", and "auth.sign_in_refused" for a wrong password. What the throttle refuses is not
/// recorded, or an attacker could fill the disk.
Result<auth::Session> sign_in(db::Database& database, const crypto::Vault& vault, std::string_view account,
                              std::string_view password, std::string_view address, Instant now);
Result<void> sign_out(db::Tx& tx, const crypto::Vault& vault, const auth::Session& session, Instant now);
Result<void> change_password(db::Database& database, const crypto::Vault& vault, const auth::Session& session,
                             std::string_view old_password, std::string_view new_password, Instant now);

/// The area in whose chain a user's own doings are recorded: that of the first role.
AreaCode home_of(const std::vector<auth::Actor::Grant>& grants);

}  // namespace ballast::audit
