/// Rows of prevention cases in and out. Inside the module only.
#pragma once

#include <map>

#include "insurance/prevention_case.h"
#include "insurance/prevention_facts.h"

namespace ballast::insurance {

/// Moves the case on, if nobody else has: from here to the end of the transaction others wait. conflict
/// "insurance.changed_meanwhile".
Result<void> advance(db::Tx& tx, const PreventionCase& before, std::int64_t version, PreventionState to,
                     Date today);
Result<PreventionMoment> moment_of(db::Tx& tx, const Desk& desk, const PreventionCase& of);
Result<PreventionFacts> facts_of(db::Tx& tx, const Desk& desk, PreventionCaseId id);
Result<void> keep_facts(db::Tx& tx, const Desk& desk, PreventionCaseId id, const PreventionFacts& facts);
/// The scheme by which the case is paid.
Result<const PreventionScheme*> scheme_of(const Desk& desk, const std::string& product);
/// Of casework and the register, for people: as it stands there, or "".
struct Shown {
    std::string household_no, head, group;
    std::int64_t members = 0;
};
Result<std::map<registry::HouseholdId, Shown>> shown(db::Tx& tx, const auth::Scope& scope,
                                                     const std::vector<registry::HouseholdId>& households);
Result<void> keep_prevention_step(db::Tx& tx, const Desk& desk, const PreventionCase& before,
                                  std::string_view action, PreventionState to, std::string_view note);
/// A text of 1 to 500 signs. invalid "insurance.text_missing" {name}.
Result<std::string> needed_text(std::string_view name, std::string_view given);

}  // namespace ballast::insurance
