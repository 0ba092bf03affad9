#include "feeds/carried.h"

namespace ballast::feeds {

Result<std::optional<Decision>> standing_on(db::Tx& tx, RowId row) {
    const auto first =
        TRY(tx.first("SELECT CASE WHEN o.superseded_by IS NOT NULL THEN o.id ELSE d.row_id END FROM "
                     "feeds_decision d LEFT JOIN feeds_row o ON o.id = d.carried_from WHERE d.row_id = ? AND "
                     "d.undone_at IS NULL",
                     {row}, [](const db::Row& found) { return found.id<RowId>(0); }));
    if (!first) return std::optional<Decision>();
    auto rows = TRY(tx.all(
        "SELECT r.id, r.batch_id, r.state, d.reason_before, r.household_id, r.village_code FROM "
        "feeds_decision d JOIN feeds_row r ON r.id = d.row_id JOIN feeds_batch b ON b.id = r.batch_id WHERE "
        "(d.row_id = ? OR d.carried_from = ?) AND d.undone_at IS NULL AND r.superseded_by IS NULL AND "
        "b.state = 'applied' ORDER BY r.id",
        {*first, *first}, [](const db::Row& found) {
            return Standing{found.id<RowId>(0), found.id<BatchId>(1), state_named(found.text(2)).value(),
                            std::string(found.text(3)),
                            found.null(4)
                                ? std::nullopt
                                : std::optional(Touched{found.id<registry::HouseholdId>(4), found.area(5)})};
        }));
    return std::optional(Decision{*first, std::move(rows)});
}

Result<void> take_turn(db::Tx& tx, AreaCode county) {
    TRY(
        tx.exec("INSERT INTO feeds_publishing (county, batch_id) VALUES (?, 0) ON CONFLICT (county) DO "
                "UPDATE SET batch_id = excluded.batch_id",
                county));
    return {};
}

Result<std::int64_t> drop_ended(db::Tx& tx, BatchId receiving) {
    const std::string ended =
        " IN (SELECT d.row_id FROM feeds_decision d WHERE d.batch_id = ? AND d.carried_from IS NOT NULL AND "
        "NOT EXISTS (SELECT 1 FROM feeds_decision o WHERE o.row_id = d.carried_from AND o.undone_at IS "
        "NULL))";
    const auto rows = TRY(
        tx.exec("UPDATE feeds_row SET state = 'candidate', person_id = NULL, household_id = NULL, "
                "village_code = NULL, reason = (SELECT d.reason_before FROM feeds_decision d WHERE d.row_id "
                "= feeds_row.id) WHERE batch_id = ? AND id" +
                    ended,
                receiving, receiving));
    if (rows > 0) TRY(tx.exec("DELETE FROM feeds_decision WHERE row_id" + ended, receiving));
    return rows;
}

}  // namespace ballast::feeds
