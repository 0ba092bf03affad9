/// Cases of prevention cover: a household of the group that bears more than it can. Proposed by the village,
/// the township or the county, by hand or from what screening and casework know of it; visited by the
/// insurer; computed with every step shown; approved by somebody who has had no part in it; paid out of the
/// year's fund, which never falls below zero.
///
/// What befell whom is sealed. It is shown masked, and in clear for a stated purpose, which is recorded.
#pragma once

#include <set>

#include "insurance/prevention_procedure.h"
#include "insurance/prevention_year.h"
#include "packs/store.h"
#include "registry/household.h"

namespace ballast::insurance {

struct PreventionCaseTag;
using PreventionCaseId = Id<PreventionCaseTag>;
struct ProofTag;
using ProofId = Id<ProofTag>;

struct PreventionCase {
    PreventionCaseId id;
    std::string number;
    PreventionYearId year_id;
    int year = 0;
    InsurerId insurer;
    std::string product;
    AreaCode area;  // the household's village
    registry::HouseholdId household;
    std::string head;    // masked
    std::string cause;   // of the scheme
    std::string group;   // of the scheme
    std::string source;  // one of proposal_sources()
    std::optional<std::int64_t> source_id;
    Date happened_on, reported_on;
    PreventionState state = PreventionState::proposed;
    Date entered_on;
    std::int64_t version = 0;
    std::optional<Money> income_per_head;
    Money borne, payable, paid;
    std::optional<Date> posted_on, paid_on;
    std::optional<finance::JournalId> journal;
    std::optional<std::int64_t> clue;  // that it was handed over as
    std::string reckoning;             // JSON; "" before it is computed
};

/// hand, warning, clue, case.
std::span<const std::string_view> proposal_sources();
struct Proposed {
    registry::HouseholdId household;
    std::string cause, source = "hand";
    std::optional<std::int64_t> source_id;  // of a clue or a case
    Date happened_on;
    std::string told;
    std::string key;
};
/// Errors: forbidden "auth.not_allowed"; not_found "registry.no_household"; invalid "insurance.no_such_cause"
/// {name}, "insurance.not_of_the_group", "insurance.no_such_source", "insurance.loss_in_future",
/// "insurance.text_missing"; conflict "insurance.no_prevention_year" {year}, "insurance.year_closed",
/// "insurance.prevention_case_exists" {number}.
Result<PreventionCaseId> propose(db::Tx& tx, const Desk& desk, const Proposed& wanted);

/// Households that may be proposed: with an open warning, clue or case, and without a case of this year. The
/// latest first, 100 at most, each household once: by what tells of a cause, if anything does.
struct Candidate {
    std::string source;
    std::optional<std::int64_t> source_id;
    std::set<std::string> sources;  // all that speaks for it
    registry::HouseholdId household;
    std::string household_no, head;  // the head masked
    AreaCode area;
    std::string cause;  // that the risk leads to; "" when none does
    Date since;
};
Result<std::vector<Candidate>> candidates(db::Tx& tx, const Desk& desk);

struct Expense {
    Date on;
    Money amount;
    Money compensated;     // by medical insurance, aid, other insurance
    std::string excluded;  // "" or a name of the scheme's exclusions
    std::string person, what, payee, bill;
};
/// Takes the place of the bills before them. Errors: forbidden; not_found
/// "insurance.no_such_prevention_case"; conflict "insurance.wrong_state", "insurance.changed_meanwhile",
/// "insurance.bill_used" {row, number}: by another case; invalid, each with {row}, "insurance.out_of_range",
/// "insurance.text_missing", "insurance.no_such_exclusion", "insurance.expense_outside_year",
/// "insurance.compensated_more", "insurance.bill_twice".
Result<void> enter_expenses(db::Tx& tx, const Desk& desk, PreventionCaseId id, std::int64_t version,
                            const std::vector<Expense>& bills);
/// What is sealed of them masked, all but the first sign.
Result<std::vector<Expense>> expenses(db::Tx& tx, const Desk& desk, PreventionCaseId id);

/// Where the payment goes: an account in the name of a member of the household. Errors: as enter_expenses;
/// those of BankCard; invalid "insurance.account_outside_household".
Result<void> set_account(db::Tx& tx, const Desk& desk, PreventionCaseId id, std::int64_t version,
                         std::string_view holder, std::string_view bank, std::string_view account);

/// All that is sealed, in clear; recorded. invalid "insurance.purpose_missing".
struct PreventionSecrets {
    std::string head, told, found, surveyor, assistant, holder, bank, account;
    std::vector<Expense> expenses;
};
Result<PreventionSecrets> reveal_prevention(db::Tx& tx, const Desk& desk, PreventionCaseId id,
                                            std::string_view purpose);
/// The same masked, without a record.
Result<PreventionSecrets> masked_prevention(db::Tx& tx, const Desk& desk, PreventionCaseId id);

struct PreventionOrder {
    std::int64_t version = 0;
    PreventionAction action = PreventionAction::survey;
    std::string note = {}, surveyor = {}, assistant = {}, found = {};
    std::optional<Money> income_per_head = {};  // of survey
};
/// Errors: those of decide; forbidden "auth.not_allowed"; conflict "insurance.changed_meanwhile"; those of
/// compensation() and the ledger.
Result<void> take_step(db::Tx& tx, const Desk& desk, PreventionCaseId id, const PreventionOrder& order);
struct NextPreventionSteps {
    std::vector<PossiblePreventionStep> steps;
    std::vector<PossiblePreventionStep> awaited;  // of others
    Money income_limit;
    std::optional<Date> publicity_until;  // its last day
};
Result<NextPreventionSteps> next_steps(db::Tx& tx, const Desk& desk, const PreventionCase& of);

/// What hangs in the village, in Chinese: the head's masked name, the group, how many members, the amount;
/// never why. Only while it is publicised or later; "" before.
Result<std::string> notice_of(db::Tx& tx, const Desk& desk, const PreventionCase& of);

/// A household that was paid and whose risk remains becomes a clue of casework, or joins its open one.
/// Errors: forbidden; conflict "insurance.wrong_state",
/// "insurance.handed_over"; invalid "insurance.note_missing"; those of casework::receive.
Result<std::string> hand_over(db::Tx& tx, const Desk& desk, PreventionCaseId id, std::string_view note,
                              const packs::Store& packs);

struct PreventionQuery {
    std::optional<PreventionYearId> year;
    std::string state, cause;
    std::int64_t offset = 0, limit = 20;
};
Result<std::vector<PreventionCase>> prevention_cases(db::Tx& tx, const Desk& desk,
                                                     const PreventionQuery& query, std::int64_t* total);
/// Seen with `right`. not_found "insurance.no_such_prevention_case".
Result<PreventionCase> load_prevention_case(db::Tx& tx, const Desk& desk, auth::Right right,
                                            PreventionCaseId id);

/// Proofs: photos and scans. Errors: as of photos of a claim.
Result<ProofId> add_proof(db::Tx& tx, const Desk& desk, PreventionCaseId id, std::string_view bytes);
Result<std::vector<ProofId>> proofs(db::Tx& tx, const Desk& desk, PreventionCaseId id);
struct Proof {
    std::string type, bytes;
};
/// Recorded, for a bill is a fact of health.
Result<Proof> proof(db::Tx& tx, const Desk& desk, PreventionCaseId id, ProofId which);

}  // namespace ballast::insurance
