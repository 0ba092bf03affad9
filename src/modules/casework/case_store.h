/// The rows of a case; inside casework only. All SQL over casework_case, _step and _notice is here and in
/// notices.cpp.
#pragma once

#include "casework/case_file.h"

namespace ballast::casework::store {

/// The case by its steps. `where` is SQL over casework_case c. not_found "casework.no_such_case"; corrupt
/// "casework.damaged_case" when the steps do not lead to the row.
Result<RiskCase> load(db::Tx& tx, const crypto::Vault& vault, const auth::Scope& scope, CaseId id);

/// The case in which this user has sent that key, opening it.
Result<std::optional<CaseId>> opened_with(db::Tx& tx, const auth::Actor& actor, const std::string& key);
Result<std::optional<std::string>> under_way(db::Tx& tx, registry::HouseholdId household);  // its number
Result<std::string> next_number(db::Tx& tx, AreaCode county, int year);

/// Puts a new case in; its id.
Result<CaseId> insert(db::Tx& tx, const crypto::Vault& vault, const RiskCase& now, const Terms& terms,
                      Date today);
/// Writes the row anew, and its last step. conflict "casework.stale" {version} when somebody was faster.
Result<void> update(db::Tx& tx, const crypto::Vault& vault, const RiskCase& now, const Terms& terms,
                    Date today);

/// Cases of this township that went to the county this year, and how many of them it had visited itself.
struct Sampled {
    std::int64_t forwarded = 0, visited = 0;
};
Result<Sampled> sampled(db::Tx& tx, AreaCode township, int year);

/// Notices of a case: one goes up; what hangs comes down.
Result<void> put_up(db::Tx& tx, const RiskCase& now, const Deadline& publicity);
Result<void> take_down(db::Tx& tx, const RiskCase& now, Date on, std::string_view by);

}  // namespace ballast::casework::store
