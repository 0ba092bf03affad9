/// Rows of claims in and out. Inside the module only.
#pragma once

#include "insurance/claim.h"

namespace ballast::insurance {

/// As policies_where: those that hold `condition`, over `insurance_claim c` and `insurance_policy p`.
Result<std::vector<Claim>> claims_where(db::Tx& tx, const Desk& desk, const std::string& condition,
                                        const std::vector<db::Value>& values);
Result<ClaimMoment> moment_of(db::Tx& tx, const Desk& desk, const Claim& claim);
/// conflict "insurance.changed_meanwhile".
Result<void> advance(db::Tx& tx, const Claim& before, std::int64_t version, ClaimState to, Date today);
/// The rows of the sheet against what is left of each sum insured, under the policy's lock: claimed,
/// assessed.
Result<void> assess_rows(db::Tx& tx, const Desk& desk, const Claim& claim);

}  // namespace ballast::insurance
