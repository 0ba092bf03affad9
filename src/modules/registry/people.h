/// A few people of the register as other screens list them: beside a department's row, in a warning.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "auth/auth.h"
#include "crypto/crypto.h"
#include "db/db.h"
#include "registry/household.h"

namespace ballast::registry {

struct PersonLine {
    HouseholdId household;
    AreaCode village;
    std::string name;
    std::string id_masked;  // "" without a document
    std::optional<Date> birth;
    Sex sex = Sex::unknown;
};
/// Those of `people` that lie in the scope; the others are left out.
Result<std::map<PersonId, PersonLine>> people(db::Tx& tx, const crypto::Vault& vault,
                                              const auth::Scope& scope, std::span<const PersonId> people);

/// Whether a member of the household, who belongs to it today, is registered with this phone (as Phone
/// reveals it).
Result<bool> has_phone(db::Tx& tx, const crypto::Vault& vault, const auth::Scope& scope,
                       HouseholdId household, std::string_view phone);

}  // namespace ballast::registry
