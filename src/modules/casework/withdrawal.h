/// 撤回授权 by the household itself, without an account: by the receipt of what it reported about itself and
/// the phone that it left, which must be one that the register has for a member of it. From then on nobody may ask anything more about it; what a comparison has found
/// before stays part of the case (domain specification 7.3). The officer's own step is
/// Action::withdraw_consent.
#pragma once

#include "casework/case_file.h"

namespace ballast::casework {

/// Errors: those of `follow` (a wrong receipt or phone counts and is throttled); forbidden
/// "clues.only_the_household"; conflict "casework.consent_missing" (also while there is no case),
/// "casework.consent_withdrawn", "casework.wrong_state", "casework.stale"; invalid "casework.reason_missing".
Result<void> withdraw_publicly(db::Database& database, const crypto::Vault& vault, const Rulebook& rules,
                               std::string_view receipt, std::string_view phone, const std::string& reason,
                               const std::string& key, std::string_view address, Instant now);

}  // namespace ballast::casework
