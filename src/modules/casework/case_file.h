/// Cases as others use them: open one, take a step, read one, list them. Every read is bounded by the areas
/// in which the user may read cases; what lies outside is not found. A case changes only by the steps of
/// procedure_rows.cpp.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "casework/attachments.h"
#include "casework/measure.h"
#include "casework/offices.h"
#include "casework/procedure.h"
#include "crypto/crypto.h"
#include "db/db.h"
#include "packs/store.h"

namespace ballast::casework {

/// By what cases are run: pack "casework" for limits, quorums and switches, pack "screening" for the
/// monitoring line, each as it held on the day asked for; and who signs.
struct Rulebook {
    packs::Store packs;
    Offices offices;
    /// Errors: those of Offices.
    static Result<Rulebook> load(const packs::Store& packs);
    /// Errors: those of packs and of Terms::in_force.
    Result<Terms> terms(AreaCode village, Date day) const;
};

/// A case in a list.
struct CaseLine {
    CaseId id;
    std::string number;
    registry::HouseholdId household;
    AreaCode village;
    std::string source;
    Date day_zero;
    std::int64_t version = 0;
    State state = State::opened;
    std::string reason;
    Date opened_on, entered;
    std::vector<std::string> risks;
    std::optional<Action> awaited;
    std::optional<Deadline> due;  // of the awaited step
    Deadline decide_by;           // of the whole case
    bool paused = false;
    bool green = false;
    std::string category;
};
struct CaseQuery {
    std::optional<AreaCode> area = {};
    std::optional<registry::HouseholdId> household = {};
    std::optional<State> state = {};
    std::optional<bool> live = {};
    bool mine = false;                // only what waits for a step that this user may take
    std::optional<Date> due_by = {};  // whose step is due by then
    std::optional<Date> due_on = {};  // on that very day
    std::int64_t offset = 0, limit = 20;
};
struct CaseCounts {
    std::int64_t total = 0;
    std::vector<std::pair<State, std::int64_t>> by_state;  // whatever state the query asks for
};
/// By the day on which the step is due, the earliest first; cases that are over last, the latest first.
Result<std::vector<CaseLine>> cases(db::Tx& tx, const auth::Actor& actor, const CaseQuery& query,
                                    CaseCounts* counts);

/// Everything about a case, today.
struct CaseFile {
    RiskCase now;
    Terms terms;
    Surroundings around;
    std::optional<packs::Bound> line;  // the monitoring line of the day of the visit; lives in `lines`
    std::optional<Measured> measured;  // once it is verified
    std::optional<Proposal> proposal;
    std::vector<Attachment> attachments;
    Offices::Office office = {};  // that signs its papers; without a name when nobody has named it
    std::shared_ptr<const packs::Pack> lines = {};
};
/// not_found "casework.no_such_case".
Result<CaseFile> case_file(db::Tx& tx, const crypto::Vault& vault, const auth::Actor& actor,
                           const Rulebook& rules, CaseId id, Date today);

/// Step 1, out of a clue that is being verified: its household, its source, its day 0.
struct Opening {
    ClueId clue;
    std::string reason;
    std::vector<std::string> risks;  // the primary one first; empty: the clue's
    std::string key;
};
/// The same key of the same user gives the same case. Errors: not_found "clues.no_such_clue"; conflict
/// "casework.case_under_way" {number}, "clues.household_unknown"; those of the clue's machine and of step 1.
Result<CaseId> open_case(db::Tx& tx, const crypto::Vault& vault, const auth::Actor& actor,
                         const Rulebook& rules, const Opening& opening, Instant now);

/// What somebody asks to be done.
struct Order {
    Action action = Action::verify;
    std::string form;          // JSON, see facts_json.h
    std::int64_t version = 0;  // of the case as the user saw it
    std::string key;           // the same key again changes nothing
};
/// What else is to happen in the step's transaction, with the case as the step has left it.
using Also = std::function<Result<void>(db::Tx&, const RiskCase&)>;
/// Takes the step and answers the case's new version. A comparison that the authorisation does not allow is
/// refused and recorded.
///
/// Errors: not_found "casework.no_such_case"; conflict "casework.stale" {version}; invalid "casework.no_key";
/// those of the form, of `decide`, and when a household is enrolled those of registry::change.
Result<std::int64_t> take_step(db::Database& database, const crypto::Vault& vault, const auth::Actor& actor,
                               const Rulebook& rules, CaseId id, const Order& order, Instant now,
                               const Also& also = {});
/// The same for somebody without an account, who reaches a case only through what hangs in its village.
/// Inside casework only.
Result<std::int64_t> take_public_step(db::Database& database, const crypto::Vault& vault,
                                      const auth::Actor& somebody, const auth::Scope& reached,
                                      const Rulebook& rules, CaseId id, const Order& order, Instant now);

}  // namespace ballast::casework
