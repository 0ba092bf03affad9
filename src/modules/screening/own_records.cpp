#include "screening/own_records.h"

namespace ballast::screening {

Result<OwnRecordsOf> own_records_of(db::Tx& tx, const auth::Scope& scope) {
    OwnRecordsOf out;
    const std::vector<db::Value> none;
    TRY(tx.each_row(
        "SELECT w.person_id, w.started_on, w.ended_on, r.household_id FROM employment_v_work w JOIN "
        "registry_v_person r ON r.id = w.person_id WHERE w.end_group <> 'gone_death' AND " +
            scope.sql("r.village_code"),
        none, [&](const db::Row& row) -> Result<void> {
            out[row.id<registry::HouseholdId>(3)].work.push_back(
                {row.id<registry::PersonId>(0), row.date(1), row.maybe_date(2)});
            return {};
        }));
    TRY(tx.each_row(
        "SELECT l.person_id, l.disbursed_on, l.amount, l.next_due, l.extended_on, l.last_paid_on, "
        "r.household_id FROM finance_v_loan_due l JOIN registry_v_person r ON r.id = l.person_id WHERE "
        "l.state "
        "NOT IN ('claimed', 'written_off') AND " +
            scope.sql("r.village_code"),
        none, [&](const db::Row& row) -> Result<void> {
            Lent loan{row.id<registry::PersonId>(0), row.date(1), row.money(2), row.maybe_date(3),
                      row.date(1)};
            for (const int changed : {4, 5})
                if (const auto on = row.maybe_date(changed))
                    loan.known_since = std::max(loan.known_since, *on);
            out[row.id<registry::HouseholdId>(6)].loans.push_back(loan);
            return {};
        }));
    return out;
}

}  // namespace ballast::screening
