#include "registry/people.h"

#include "registry/household_file.h"

namespace ballast::registry {

Result<std::map<PersonId, PersonLine>> people(db::Tx& tx, const crypto::Vault& vault,
                                              const auth::Scope& scope, std::span<const PersonId> people) {
    std::map<PersonId, PersonLine> out;
    if (people.empty()) return out;
    std::string ids;
    for (const auto id : people) ids += (ids.empty() ? "" : ", ") + std::to_string(id.number());
    TRY(tx.each_row(
        "SELECT p.id, p.household_id, p.village_code, p.name, p.birth, p.sex, p.id_number"
        " FROM registry_person p WHERE p.id IN (" +
            ids + ") AND " + scope.sql("p.village_code"),
        {}, [&](const db::Row& row) -> Result<void> {
            PersonLine line{row.id<HouseholdId>(1), row.area(2), row.maybe_text(3).value_or(""), "",
                            row.maybe_date(4),      Sex::unknown};
            if (!row.null(5)) line.sex = row.text(5) == "1" ? Sex::male : Sex::female;
            if (!row.null(6))
                line.id_masked = masked_id(TRY(vault.open("registry_person.id_number", row.bytes(6))));
            out.emplace(row.id<PersonId>(0), std::move(line));
            return {};
        }));
    return out;
}

Result<bool> has_phone(db::Tx& tx, const crypto::Vault& vault, const auth::Scope& scope,
                       HouseholdId household, std::string_view phone) {
    return TRY(tx.number("SELECT COUNT(*) FROM registry_person WHERE phone_lookup = ? AND household_id = ? "
                         "AND member_status = '1' AND " +
                             scope.sql("village_code"),
                         {vault.lookup("phone", phone), household})) > 0;
}

}  // namespace ballast::registry
