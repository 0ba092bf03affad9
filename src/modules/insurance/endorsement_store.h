/// What the draft of a change and its course share, within the module: what is asked of both when it is drafted and
/// when it takes effect.
#pragma once

#include <array>

#include "insurance/endorsement.h"

namespace ballast::insurance {

/// As they are stored, in the order of ChangeKind.
inline constexpr std::array<std::string_view, 3> change_kinds{"add", "change", "remove"};

/// No loss of the row was reported, in a claim or a settlement. Errors: conflict "insurance.claim_without_sheet" {claim},
/// "insurance.loss_reported" {row}.
Result<void> check_untouched(db::Tx& tx, const Policy& policy, InsuredId id, std::int64_t chain, std::int64_t line);

/// Whether a change may begin on that day. Errors: conflict "insurance.not_in_force", "insurance.window_begun" {date};
/// invalid "insurance.endorsement_from" {first, last}.
Result<void> check_day(const Desk& desk, const Policy& policy, const Product& product, Date from);

/// Claims, settlements and other changes of the policy wait here.
Result<void> lock(db::Tx& tx, PolicyId policy);

}  // namespace ballast::insurance
