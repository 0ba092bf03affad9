#include <algorithm>
#include <array>

#include "audit/audit.h"
#include "registry/findings_json.h"
#include "registry/import.h"
#include "registry/staging.h"

namespace ballast::registry {

namespace {

constexpr std::array all_tables{Table::household, Table::person,        Table::income,
                                Table::guarantee, Table::field_history, Table::name_gram};

std::string joined(const std::vector<std::string_view>& columns, std::string_view before) {
    std::string out;
    for (const auto column : columns)
        out += (out.empty() ? "" : ", ") + std::string(before) + std::string(column);
    return out;
}

/// Households that are no longer as they were when they were judged, or whose number or member somebody
/// else has entered meanwhile.
Result<std::vector<std::int64_t>> overtaken(db::Tx& tx, ImportId id) {
    std::vector<std::int64_t> out;
    constexpr std::array queries{
        "SELECT s.id FROM registry_stage_household s JOIN registry_household h ON h.id = s.id"
        " WHERE s.import_id = ? AND s.action = 'change' AND h.version <> s.version - 1",
        "SELECT s.id FROM registry_stage_household s JOIN registry_household h"
        " ON h.county_code = s.county_code AND h.household_no = s.household_no"
        " WHERE s.import_id = ? AND s.action = 'add'",
        "SELECT s.household_id FROM registry_stage_person s JOIN registry_person p ON p.id_lookup = "
        "s.id_lookup"
        " AND p.id <> s.id AND p.member_status = '1' WHERE s.import_id = ? AND s.member_status = '1'"};
    for (const auto sql : queries)
        TRY(tx.each_row(sql, std::array{db::Value(id)}, [&](const db::Row& row) -> Result<void> {
            out.push_back(row.integer(0));
            return {};
        }));
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

Result<void> leave_out(db::Tx& tx, ImportId id, std::int64_t household) {
    const std::string finding =
        findings_json({{Severity::error, "registry.overtaken", "", std::nullopt, {}}});
    TRY(
        tx.exec("UPDATE registry_import_verdict SET verdict = 'rejected', changes = '', findings = ?"
                " WHERE import_id = ? AND household_no IN"
                " (SELECT household_no FROM registry_stage_household WHERE import_id = ? AND id = ?)",
                finding, id, id, household));
    for (const Table table : all_tables)
        TRY(tx.exec("DELETE FROM " + std::string(stage_of(table)) + " WHERE import_id = ? AND " +
                        (table == Table::household ? "id" : "household_id") + " = ?",
                    id, household));
    return {};
}

Result<void> publish(db::Tx& tx, ImportId id, Table table) {
    const std::string to(name_of(table)), from(stage_of(table));
    if (table == Table::name_gram) {
        TRY(
            tx.exec("DELETE FROM registry_name_gram WHERE (gram, person_id) IN (SELECT gram, person_id FROM"
                    " registry_stage_name_gram WHERE import_id = ? AND action = 'remove')",
                    id));
        TRY(tx.exec(
            "INSERT INTO registry_name_gram (gram, person_id) SELECT gram, person_id FROM"
            " registry_stage_name_gram WHERE import_id = ? AND action = 'add' ORDER BY gram, person_id",
            id));
        return {};
    }
    std::string changes;
    for (const auto column : changeable_columns(table))
        changes += (changes.empty() ? "" : ", ") + std::string(column) + " = s." + std::string(column);
    TRY(tx.exec("UPDATE " + to + " SET " + changes + " FROM " + from +
                    " s WHERE s.import_id = ? AND s.action = 'change'"
                    " AND s.id = " +
                    to + ".id",
                id));
    TRY(tx.exec("INSERT INTO " + to + " (id, import_id, " + joined(columns_of(table), "") +
                    ") SELECT s.id, s.import_id, " + joined(columns_of(table), "s.") + " FROM " + from +
                    " s WHERE s.import_id = ? AND s.action = 'add' ORDER BY s.id",
                id));
    return {};
}

/// Whom the import made members who had left elsewhere.
Result<std::vector<Succession>> successions(db::Tx& tx, ImportId id) {
    return tx.all(
        "SELECT p.id, p.household_id, s.id, s.household_id, s.village_code FROM registry_stage_person s"
        " JOIN registry_person p ON p.id_lookup = s.id_lookup AND p.id <> s.id AND p.member_status <> '1'"
        " WHERE s.import_id = ? AND s.member_status = '1' ORDER BY p.id",
        {id}, [](const db::Row& row) {
            return Succession{row.id<PersonId>(0), row.id<HouseholdId>(1), row.id<PersonId>(2),
                              row.id<HouseholdId>(3), row.area(4)};
        });
}

Result<void> require_state(db::Tx& tx, const crypto::Vault& vault, const auth::Actor& actor, ImportId id,
                           std::string_view state) {
    const Import import = TRY(find_import(tx, vault, actor, id));
    if (import.state != state) return conflict("registry.import_state").with("state", import.state);
    return {};
}

Result<void> recount(db::Tx& tx, ImportId id, std::int64_t left_out) {
    const auto rows = [&](std::string_view verdict) {
        return tx.number("SELECT COUNT(*) FROM registry_import_verdict WHERE import_id = ? AND verdict = ?",
                         {id, verdict});
    };
    const auto added = TRY(rows("new")), changed = TRY(rows("changed")), rejected = TRY(rows("rejected"));
    const auto households = [&](std::string_view action) {
        return tx.number("SELECT COUNT(*) FROM registry_stage_household WHERE import_id = ? AND action = ?",
                         {id, action});
    };
    const auto new_homes = TRY(households("add")), changed_homes = TRY(households("change"));
    TRY(tx.exec(
        "UPDATE registry_import SET rows_new = ?, rows_changed = ?, rows_rejected = ?, households_new = ?,"
        " households_changed = ?, households_rejected = households_rejected + ? WHERE id = ?",
        added, changed, rejected, new_homes, changed_homes, left_out, id));
    return {};
}

}  // namespace

Result<Applied> apply(db::Database& database, const crypto::Vault& vault, const auth::Actor& actor,
                      ImportId id, Instant now, const OnSuccessions& follow) {
    auto applied = TRY(database.write([&](db::Tx& tx) -> Result<Applied> {
        TRY(require_state(tx, vault, actor, id, "staged"));
        const auto left_out = TRY(overtaken(tx, id));
        for (const auto household : left_out) TRY(leave_out(tx, id, household));
        if (!left_out.empty()) TRY(recount(tx, id, static_cast<std::int64_t>(left_out.size())));
        Applied out;
        out.overtaken = static_cast<std::int64_t>(left_out.size());
        out.households =
            TRY(tx.number("SELECT COUNT(*) FROM registry_stage_household WHERE import_id = ?", {id}));
        for (const Table table : all_tables) TRY(publish(tx, id, table));
        if (follow) TRY(follow(tx, TRY(successions(tx, id))));
        TRY(tx.exec("UPDATE registry_import SET state = 'applied', applied_at = ? WHERE id = ?", now.ms, id));
        const Import import = TRY(find_import(tx, vault, actor, id));
        TRY(audit::record(tx, vault, actor,
                          {"registry.apply", "import:" + std::to_string(id.number()), import.county, "",
                           "{\"households\":" + std::to_string(out.households) +
                               ",\"overtaken\":" + std::to_string(out.overtaken) + "}"},
                          now));
        return out;
    }));
    // Published; a kill from here on leaves only staged rows, which `sweep` removes.
    TRY(clear_stage(database, id, true));
    return applied;
}

Result<void> discard(db::Database& database, const crypto::Vault& vault, const auth::Actor& actor,
                     ImportId id, Instant now) {
    TRY(database.write([&](db::Tx& tx) -> Result<void> {
        TRY(require_state(tx, vault, actor, id, "staged"));
        TRY(tx.exec("UPDATE registry_import SET state = 'discarded' WHERE id = ?", id));
        const Import import = TRY(find_import(tx, vault, actor, id));
        return audit::record(
            tx, vault, actor,
            {"registry.discard", "import:" + std::to_string(id.number()), import.county, "", "{}"}, now);
    }));
    return clear_stage(database, id, false);
}

Result<void> sweep(db::Database& database, Instant now) {
    // A receiving import that has lasted a day has no program behind it any more.
    constexpr std::int64_t day_ms = 86'400'000;
    TRY(database.write([&](db::Tx& tx) {
        return tx.exec(
            "UPDATE registry_import SET state = 'failed' WHERE state = 'receiving' AND received_at < ?",
            now.ms - day_ms);
    }));
    struct Ended {
        ImportId id;
        bool keep_refused;
    };
    const auto ended = TRY(database.read([&](db::Tx& tx) {
        return tx.all(
            "SELECT i.id, i.state FROM registry_import i WHERE i.state IN ('applied', 'discarded', 'failed')"
            " AND EXISTS (SELECT 1 FROM registry_stage_household s WHERE s.import_id = i.id)",
            {}, [](const db::Row& row) {
                return Ended{row.id<ImportId>(0), row.text(1) == "applied"};
            });
    }));
    for (const auto& one : ended) TRY(clear_stage(database, one.id, one.keep_refused));
    return {};
}

}  // namespace ballast::registry
