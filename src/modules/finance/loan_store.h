/// Rows of loans in and out. Inside the module only.
#pragma once

#include "finance/loan_facts.h"
#include "finance/loan_file.h"
#include "registry/people.h"

namespace ballast::finance {

/// The counties in which the actor's areas lie: whoever works in a village deals with its county's banks and companies.
auth::Scope counties_of(const auth::Actor& actor);
/// A member of a household of the actor's area today, of age (民法典 17, 18). Errors: not_found "finance.no_such_person";
/// invalid `otherwise`.
Result<registry::PersonLine> who_signs(db::Tx& tx, const LoanDesk& desk, registry::PersonId person,
                                       const char* otherwise);

Result<std::vector<LoanFile>> loans_where(db::Tx& tx, const LoanDesk& desk, const std::string& condition,
                                          const std::vector<db::Value>& values);
/// SQL that holds for loans of households with an open case that this actor may read.
std::string at_risk(const LoanDesk& desk, std::string_view alias);
Result<LoanFacts> loan_facts(db::Tx& tx, const LoanDesk& desk, LoanId id);
/// Without those that were taken back.
Result<std::vector<Payment>> payments_of(db::Tx& tx, LoanId id);

/// Moves the loan to `now`, once for a version; from here to the end of the transaction others wait.
/// conflict "finance.changed_meanwhile".
Result<void> advance(db::Tx& tx, const LoanFile& before, std::int64_t version,
                     const LoanCourse& now);
/// Keeps a step and records it. `version` is the loan's after it.
Result<void> keep_step(db::Tx& tx, const LoanDesk& desk, const LoanFile& loan, std::int64_t version,
                       LoanAction action, LoanState to, Date on, std::string_view note);
/// The fuse of the bank's loans of the scheme, as they are today.
Result<Fuse> fuse_of(db::Tx& tx, const LoanDesk& desk, const Bank& bank, std::string_view scheme);

inline db::Blob blob(const crypto::Bytes& bytes) { return {bytes.begin(), bytes.end()}; }
inline std::int64_t millionths(Decimal rate) {
    return (rate * 10'000).to_money(Rounding::half_up).fen();
}

}  // namespace ballast::finance
