/// The rows of users that both the managing of users and the sessions read; inside auth only.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "auth/auth.h"

namespace ballast::auth::store {

/// An account as it is kept: without blanks around it, in lower case.
std::string normal_account(std::string_view typed);

Result<std::vector<Actor::Grant>> grants_of(db::Tx& tx, UserId id);
Result<void> end_sessions(db::Tx& tx, UserId id, std::string_view except_token_hash = {});

}  // namespace ballast::auth::store
