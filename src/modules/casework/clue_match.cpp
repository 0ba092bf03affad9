#include "casework/clue_match.h"

#include "base/citizen_id.h"
#include "chinese/chinese.h"

namespace ballast::casework {
namespace {

constexpr std::int64_t most_candidates = 20;

struct Found {
    Candidate candidate;
    std::string name_key;
    std::optional<Date> birth;
    bool active;
};

Result<std::vector<Found>> persons(db::Tx& tx, const auth::Scope& scope, const std::string& condition,
                                   std::initializer_list<db::Value> values) {
    return tx.all(
        "SELECT household_id, id, village_code, name_key, birth, member_status FROM registry_v_person "
        "WHERE " +
            condition + " AND " + scope.sql("village_code") + " ORDER BY id LIMIT " +
            std::to_string(most_candidates),
        values, [](const db::Row& row) {
            return Found{{row.id<registry::HouseholdId>(0), row.id<registry::PersonId>(1), row.area(2), ""},
                         std::string(row.text(3)),
                         row.maybe_date(4),
                         row.maybe_text(5) == "1"};
        });
}

void offer(Matched& out, const Found& found, Match why) {
    if (out.candidates.empty()) out.how = why;
    out.candidates.push_back(found.candidate);
    out.candidates.back().why = std::move(why);
}

}  // namespace

Result<Matched> match(db::Tx& tx, const crypto::Vault& vault, const auth::Scope& scope, AreaCode area,
                      const Told& told, Date today) {
    Matched out;
    const std::string name = chinese::normalised_name(told.name);
    if (!told.id_number.empty()) {
        const auto id = TRY(CitizenId::parse(told.id_number, today)).id;
        for (const auto& one :
             TRY(persons(tx, scope, "id_lookup = ?", {vault.lookup("citizen_id", id.reveal())}))) {
            if (one.name_key != name) {
                offer(out, one, "name_differs");
            } else if (!one.active) {
                offer(out, one, "left_register");
            } else {
                out.how = "matched";
                out.household = one.candidate;
                out.candidates.clear();
                return out;
            }
        }
        if (!out.candidates.empty()) return out;
    }
    if (name.empty()) return out;
    const auto place = auth::Scope({area}).sql("village_code");
    for (const auto& one : TRY(persons(tx, scope, "name_key = ? AND " + place, {name})))
        if (!told.birth || !one.birth || *told.birth == *one.birth)
            offer(out, one, one.active ? "by_name" : "left_register");
    return out;
}

}  // namespace ballast::casework
