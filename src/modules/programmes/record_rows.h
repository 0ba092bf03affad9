/// How records lie in their tables; only for the sources of this module.
#pragma once

#include "programmes/records.h"

namespace ballast::programmes::rows {

/// A household's row lies where the household does now: a village that moved takes it along.
inline constexpr std::string_view area = "r.place";
#define BALLAST_PLACED_RECORDS                                                                         \
    " FROM (SELECT p.*, COALESCE(h.village_code, p.area_code) AS place FROM programmes_record p LEFT " \
    "JOIN registry_v_household h ON h.id = p.household_id) r"
#define BALLAST_RECORD_COLUMNS                                                                          \
    "SELECT r.id, r.register, r.place, r.household_id, r.person_id, r.parent_id, r.subject, r.state, " \
    "r.live, r.version, r.at, r.account, r.pack, COALESCE(r.receipt_key, '')"
inline constexpr std::string_view from = BALLAST_PLACED_RECORDS " WHERE ";
inline constexpr std::string_view with_values =
    BALLAST_PLACED_RECORDS " JOIN programmes_value s ON s.record_id = r.id WHERE ";
inline constexpr std::string_view select = BALLAST_RECORD_COLUMNS BALLAST_PLACED_RECORDS " WHERE ";
#undef BALLAST_RECORD_COLUMNS
#undef BALLAST_PLACED_RECORDS
inline constexpr std::string_view sealed_context = "programmes_record.sealed";
inline constexpr std::string_view change_context = "programmes_change.facts";

inline std::string object(RecordId id) { return "programme_record:" + std::to_string(id.number()); }

Record of(const db::Row& row);
Result<void> fill_values(db::Tx& tx, std::vector<Record>& records);
/// Those that the condition holds for, the latest first.
Result<std::vector<Record>> page(db::Tx& tx, const std::string& condition, std::vector<db::Value> values, const Page& page,
                                 std::int64_t* total);
Result<Record> one(db::Tx& tx, const auth::Scope& scope, const Programme& programme, RecordId id);
Result<Values> sealed_values(db::Tx& tx, const crypto::Vault& vault, RecordId id);

/// What changed, and why, as one sealed text.
std::string facts_text(const Values& before, const Values& after, std::string_view note);
/// Into `before`, `after` and `note`; sealed fields come masked.
Result<void> read_facts(const Register& of, std::string_view text, Change& into);

}  // namespace ballast::programmes::rows
