/// Rows of a programme's registers: entered, changed, taken through the steps of their procedure; each change kept
/// with its values before and after. Every call asks the actor's areas; what lies outside is not found.
#pragma once

#include "areas/areas.h"
#include "auth/auth.h"
#include "base/clock.h"
#include "crypto/crypto.h"
#include "db/db.h"
#include "programmes/rights.h"
#include "programmes/values.h"
#include "registry/household.h"

namespace ballast::programmes {

struct RecordTag;
using RecordId = Id<RecordTag>;

/// Who acts, where and when.
struct Desk {
    const crypto::Vault& vault;
    const areas::Division& division;
    const auth::Actor& actor;
    Date today;
    Instant now;
};

/// The area, when the scope holds it and the division knows it. Errors: not_found "areas.unknown" {code}; invalid
/// "programmes.area_moved" {code, year}: the code is of another year; the village is looked up by its name.
Result<AreaCode> known_area(const Desk& desk, const auth::Scope& scope, AreaCode area);

struct Record {
    RecordId id;
    std::string kind;  // the register
    AreaCode area;     // of a household's row: where the household is on file now
    std::optional<registry::HouseholdId> household;
    std::optional<registry::PersonId> person;
    std::optional<RecordId> parent;
    std::string subject;  // the name of a school, site or organisation; else ""
    std::string state;    // "" without a procedure
    bool live = true;
    std::int64_t version = 0;
    Instant at;
    std::string account;  // who entered it
    Values values;        // those that are not sealed
};

struct NewRecord {
    std::string kind;
    std::optional<AreaCode> area;  // of a village, school, site or organisation
    std::optional<registry::HouseholdId> household;
    std::optional<registry::PersonId> person;
    std::optional<RecordId> parent;
    std::string subject;
    Values typed;
    std::string key;  // the sender's, to know a second sending by
};
/// Errors: forbidden "auth.not_allowed"; not_found "programmes.no_such_register" {name}, "programmes.no_parent",
/// "registry.no_household", "programmes.no_person", "areas.unknown"; invalid "programmes.area_moved" {code} (the
/// division knows no such area), "programmes.area_missing", "programmes.village_needed", "programmes.name_missing";
/// conflict "programmes.received_before" {register, date}; those of `checked`.
Result<RecordId> enter(db::Tx& tx, const Desk& desk, const Programme& programme, const NewRecord& wanted);

/// Errors: not_found "programmes.no_such_record"; conflict "programmes.changed_meanwhile", "programmes.over"; those
/// of `checked`.
Result<void> amend(db::Tx& tx, const Desk& desk, const Programme& programme, RecordId id, std::int64_t version,
                   const Values& typed);

/// One step of the procedure, with what was typed on the way.
///
/// Errors: as `amend`; conflict "programmes.no_such_step" {action, state}; forbidden "programmes.step_not_yours"
/// {level}, "programmes.own_entry" (a review by who entered it); invalid "programmes.note_missing",
/// "programmes.required" of a field that the step needs.
struct StepOrder {
    std::int64_t version = 0;
    std::string action, note;
    Values typed;
};
Result<void> take_step(db::Tx& tx, const Desk& desk, const Programme& programme, RecordId id,
                       const StepOrder& order);
/// The steps that this actor may take now.
std::vector<const Step*> next_steps(const auth::Actor& actor, const Programme& programme, const Record& record);

struct Page {
    std::int64_t offset = 0, limit = 20;
};

struct RecordQuery {
    std::string kind;
    std::optional<AreaCode> area;
    std::string state;
    std::optional<registry::HouseholdId> household;
    std::optional<RecordId> parent;
    std::vector<std::pair<std::string, std::string>> where;  // unsealed fields
    bool live = false;  // none that is over
    Page page;
};
/// The latest first.
Result<std::vector<Record>> records(db::Tx& tx, const auth::Actor& actor, const Programme& programme,
                                    const RecordQuery& query, std::int64_t* total);
Result<Record> record(db::Tx& tx, const auth::Actor& actor, const Programme& programme, RecordId id);
/// The sealed values, masked.
Result<Values> masked_values(db::Tx& tx, const crypto::Vault& vault, const Register& of, RecordId id);
/// One sealed value in full; audited. Errors: as `record`; not_found "programmes.no_such_field"; invalid
/// "programmes.purpose_missing".
Result<std::string> reveal(db::Tx& tx, const Desk& desk, const Programme& programme, RecordId id,
                           std::string_view field, std::string_view purpose);

struct Change {
    std::int64_t version = 0;
    std::string action;  // "enter", "amend", or that of a step
    std::string from, to;
    Instant at;
    std::string account, name, note;
    Values before, after;  // only what changed; sealed fields masked
};
/// The latest first; of a record that the caller has found to be readable.
Result<std::vector<Change>> changes(db::Tx& tx, const crypto::Vault& vault, const Register& of, RecordId id);

}  // namespace ballast::programmes
