/// What a step of a procedure asks beyond who takes it: values, a passing score, who must be heard, days that must
/// pass, a place within the quota.
#pragma once

#include "programmes/records.h"

namespace ballast::programmes {

/// Errors, all conflict: "programmes.step_holds" {title, value, field}, "programmes.not_passed" {activity},
/// "programmes.heard_against" {who}, "programmes.not_heard" {title, heard, least}, "programmes.too_early" {days, on},
/// "programmes.quota_full" {quota}; those of packs.
Result<void> step_allowed(db::Tx& tx, const Programme& programme, const Register& kind, const Step& step,
                          const Record& record, const Values& values, Date today);

}  // namespace ballast::programmes
