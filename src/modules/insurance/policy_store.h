/// Rows of policies in and out. Inside the module only.
#pragma once

#include "insurance/policy.h"

namespace ballast::insurance {

/// Those that hold `condition`, over `insurance_policy p`.
Result<std::vector<Policy>> policies_where(db::Tx& tx, const Desk& desk, const std::string& condition,
                                           const std::vector<db::Value>& values);
/// Moves the policy on, if nobody else has: the version that the caller saw is the one still there. From here
/// to the end of the transaction others wait. conflict "insurance.changed_meanwhile".
Result<void> advance(db::Tx& tx, const Policy& before, std::int64_t version, PolicyState to, Date today);
/// What the guards look at.
Result<PolicyMoment> moment_of(db::Tx& tx, const Desk& desk, const Policy& policy);

db::Blob blob(const crypto::Bytes& bytes);

}  // namespace ballast::insurance
