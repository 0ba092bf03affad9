/// What households receive, whatever the pack: all of one household, and what somebody received twice. A receipt is a row
/// whose register declares a benefit; it is the same again when its kind and its receiver are (a person, a family or a
/// dwelling), and the values of the fields that tell one receipt from the next. Rows that a step voided never count.
#pragma once

#include "programmes/records.h"

namespace ballast::programmes {

/// By which the database finds what was received twice; nothing when the register gives nothing.
std::optional<std::string> receipt_of(const Register& kind, const Record& record, const Values& values);

struct Aid {
    std::string pack;
    Record record;
    std::string receipt;  // "" when the row gives nothing
    bool twice = false;   // somebody of the household has the same receipt in another row
};
/// All that programmes hold about a household, the latest first. Errors: not_found "registry.no_household".
Result<std::vector<Aid>> aid_of(db::Tx& tx, const auth::Actor& actor, registry::HouseholdId household);

/// Rows with the same receipt, the earliest first.
struct Doubled {
    std::string receipt;
    registry::HouseholdId household;
    std::vector<Aid> rows;
};
struct DoubledQuery {
    std::optional<AreaCode> area;
    std::int64_t offset = 0, limit = 20;
};
/// The latest first. Of several households' rows none are one receipt: a receiver belongs to one household.
Result<std::vector<Doubled>> doubled(db::Tx& tx, const auth::Actor& actor, const DoubledQuery& query,
                                     std::int64_t* total);

}  // namespace ballast::programmes
