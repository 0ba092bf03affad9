/// The department comparison of a case: what the sheets of the county say of those who have agreed to it
/// joins what a clerk has typed in. Nobody can leave out what is on file. Heavy, as json.h is.
#pragma once

#include "api/json.h"
#include "casework/case_file.h"

namespace ballast::api {

/// The form of the step `compare` with what was found. Where the authorisation does not hold today, or the
/// form asks for more than it allows, nothing is read and the form comes back as it was: the step refuses.
///
/// Errors: not_found "casework.no_such_case"; forbidden "auth.not_allowed"; those of screening::compare.
Result<Json> with_findings(Call& call, const casework::Rulebook& rules, casework::CaseId id, Json form);

}  // namespace ballast::api
