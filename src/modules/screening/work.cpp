#include "screening/work.h"

namespace ballast::screening {

Result<WorkOf> work_of(db::Tx& tx, const auth::Scope& scope) {
    WorkOf out;
    const std::vector<db::Value> none;
    TRY(tx.each_row(
        "SELECT w.person_id, w.started_on, w.ended_on, r.household_id FROM employment_v_work w JOIN "
        "registry_v_person r ON r.id = w.person_id WHERE w.end_group <> 'gone_death' AND " +
            scope.sql("r.village_code"),
        none, [&](const db::Row& row) -> Result<void> {
            out[row.id<registry::HouseholdId>(3)].push_back(
                {row.id<registry::PersonId>(0), row.date(1), row.maybe_date(2)});
            return {};
        }));
    return out;
}

}  // namespace ballast::screening
