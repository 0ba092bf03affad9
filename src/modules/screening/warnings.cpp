// The warnings on file as lists and pages read them.
#include <algorithm>
#include <array>
#include <unordered_map>

#include "audit/audit.h"
#include "screening/ending.h"
#include "screening/evidence_json.h"
#include "screening/screening.h"

namespace ballast::screening {
namespace {

constexpr std::string_view warning_columns =
    "w.id, w.household_id, w.village_code, w.rule, w.risk, w.level, w.raised_on, w.visit_by, w.state, "
    "w.lapsed_on, w.merged, w.evidence, w.closed_on, w.closed_reason";

Result<Warning> read_warning(const crypto::Vault& vault, const db::Row& row) {
    Warning out;
    out.id = row.id<WarningId>(0);
    out.household = row.id<registry::HouseholdId>(1);
    out.village = row.area(2);
    out.rule = row.text(3);
    out.risk = row.text(4);
    out.level = *level_named(row.text(5));
    out.raised_on = row.date(6);
    out.visit_by = row.date(7);
    out.state = state_named(row.text(8)).value();
    out.lapsed_on = row.maybe_date(9);
    out.merged = row.integer(10);
    out.evidence = TRY(evidence_from(TRY(vault.open(evidence_context, row.bytes(11)))));
    out.closed_on = row.maybe_date(12);
    out.closed_reason = row.maybe_text(13).value_or("");
    return out;
}

/// A condition over `screening_warning w` with its values.
struct Where {
    std::string sql;
    std::vector<db::Value> values;
    void also(std::string_view condition, db::Value value) {
        sql += " AND " + std::string(condition);
        values.push_back(std::move(value));
    }
};
Where visible(const auth::Actor& actor) {
    Where where{actor.scope(auth::Right::warnings_read).sql("w.village_code"), {}};
    if (const auto department = actor.department(); !department.empty())
        where.also("w.departments LIKE ?", "%," + department + ",%");
    return where;
}

/// Of the runs that a file was the cause of, however often it was screened.
constexpr std::string_view raised_by_cause =
    "w.run_id IN (SELECT r.id FROM screening_run r WHERE r.cause = ?)";

constexpr std::array<std::string_view, 3> state_names{"open", "cleared", "closed"};

}  // namespace

std::string_view name_of(Warning::State state) { return state_names[static_cast<std::size_t>(state)]; }

std::optional<Warning::State> state_named(std::string_view name) {
    const auto found = std::find(state_names.begin(), state_names.end(), name);
    if (found == state_names.end()) return std::nullopt;
    return static_cast<Warning::State>(found - state_names.begin());
}

std::string cause_of(feeds::BatchId batch) { return "batch:" + std::to_string(batch.number()); }

Result<std::vector<Warning>> warnings(db::Tx& tx, const crypto::Vault& vault, const auth::Actor& actor,
                                      const Query& query, Counts* counts) {
    Where where = visible(actor);
    if (query.state) where.also("w.state = ?", name_of(*query.state));
    if (query.batch) where.also(raised_by_cause, cause_of(*query.batch));
    if (query.area) where.sql += " AND " + auth::Scope({*query.area}).sql("w.village_code");
    if (!query.risk.empty()) where.also("w.risk = ?", query.risk);
    if (query.household) where.also("w.household_id = ?", *query.household);
    Where with_rule = where, with_level = where;
    if (!query.rule.empty()) with_rule.also("w.rule = ?", query.rule);
    if (query.level) with_level.also("w.level = ?", name_of(*query.level));
    Where whole = with_rule;
    if (query.level) whole.also("w.level = ?", name_of(*query.level));
    if (counts) {
        TRY(tx.each_row(
            "SELECT w.level, COUNT(*) FROM screening_warning w WHERE " + with_rule.sql + " GROUP BY w.level",
            with_rule.values, [&](const db::Row& row) -> Result<void> {
                const Level level = *level_named(row.text(0));
                (level == Level::red      ? counts->red
                 : level == Level::orange ? counts->orange
                                          : counts->yellow) = row.integer(1);
                if (!query.level || *query.level == level) counts->total += row.integer(1);
                return {};
            }));
        TRY(tx.each_row("SELECT w.rule, COUNT(*), MAX(w.id) FROM screening_warning w WHERE " +
                            with_level.sql + " GROUP BY w.rule ORDER BY w.rule",
                        with_level.values, [&](const db::Row& row) -> Result<void> {
                            const auto latest = TRY(warning(tx, vault, actor, row.id<WarningId>(2)));
                            counts->by_rule.push_back({std::string(row.text(0)), latest.evidence.title_zh,
                                                       latest.evidence.title_en, row.integer(1)});
                            return {};
                        }));
    }
    whole.values.emplace_back(query.limit);
    whole.values.emplace_back(query.offset);
    std::vector<Warning> out;
    TRY(tx.each_row("SELECT " + std::string(warning_columns) + " FROM screening_warning w WHERE " +
                        whole.sql +
                        " ORDER BY CASE w.level WHEN 'red' THEN 0 WHEN 'orange' THEN 1 ELSE 2 END, "
                        "w.visit_by, w.id LIMIT ? OFFSET ?",
                    whole.values, [&](const db::Row& row) -> Result<void> {
                        out.push_back(TRY(read_warning(vault, row)));
                        return {};
                    }));
    return out;
}

Result<Warning> warning(db::Tx& tx, const crypto::Vault& vault, const auth::Actor& actor, WarningId id) {
    Where where = visible(actor);
    where.also("w.id = ?", id);
    std::optional<Warning> found;
    TRY(tx.each_row("SELECT " + std::string(warning_columns) + " FROM screening_warning w WHERE " + where.sql,
                    where.values, [&](const db::Row& row) -> Result<void> {
                        found = TRY(read_warning(vault, row));
                        return {};
                    }));
    if (!found) return not_found("screening.no_such_warning");
    return std::move(*found);
}

Result<std::vector<std::int64_t>> raised_by(db::Tx& tx, const auth::Actor& actor,
                                            std::span<const feeds::BatchId> batches) {
    std::vector<std::int64_t> out;
    for (const auto batch : batches) {
        Where where = visible(actor);
        where.also(raised_by_cause, cause_of(batch));
        TRY(tx.each_row("SELECT COUNT(*) FROM screening_warning w WHERE " + where.sql, where.values,
                        [&](const db::Row& row) -> Result<void> {
                            out.push_back(row.integer(0));
                            return {};
                        }));
    }
    return out;
}

Result<std::int64_t> close_ended(db::Tx& tx, const crypto::Vault& vault, const auth::Actor& actor,
                                 registry::HouseholdId household, AreaCode village, Instant now) {
    const auth::Scope county({village.at(AreaLevel::county)});
    const auto closed = TRY(ending::close(tx, county, household, civil_date(now)));
    if (closed > 0)
        TRY(audit::record(tx, vault, actor,
                          {"screening.close", "household:" + std::to_string(household.number()), village, "",
                           "{\"closed\":" + std::to_string(closed) + "}"},
                          now));
    return closed;
}

Result<std::int64_t> ending::close(db::Tx& tx, const auth::Scope& scope,
                                   const std::optional<registry::HouseholdId>& household, Date today) {
    const std::string of = household ? " AND household_id = " + std::to_string(household->number()) : "";
    return tx.exec(
        "UPDATE screening_warning SET state = 'closed', closed_on = ?, closed_reason = (SELECT v.reason FROM "
        "casework_v_warning_end v WHERE v.warning_id = screening_warning.id) WHERE state = 'open' AND " +
            scope.sql("village_code") + of +
            " AND id IN (SELECT warning_id FROM casework_v_warning_end WHERE 1 = 1" + of + ")",
        today);
}

Result<void> note_end(db::Tx& tx, RunId run, Instant now) {
    TRY(tx.exec("UPDATE screening_run SET ended_at = ? WHERE id = ?", now.ms, run));
    return {};
}

Result<std::vector<Run>> runs(db::Tx& tx, const auth::Scope& scope, std::int64_t offset, std::int64_t limit,
                              std::int64_t* total) {
    if (total) *total = TRY(tx.number("SELECT COUNT(*) FROM screening_run WHERE " + scope.sql("county")));
    return tx.all(
        "SELECT id, county, at, as_of, account, cause, households, raised, merged, suppressed, cleared, "
        "pack_hash, ended_at FROM screening_run WHERE " +
            scope.sql("county") + " ORDER BY id DESC LIMIT ? OFFSET ?",
        {limit, offset}, [](const db::Row& row) {
            Run run{row.id<RunId>(0),
                    row.area(1),
                    Instant{row.integer(2)},
                    row.date(3),
                    std::string(row.text(4)),
                    std::string(row.text(5)),
                    row.integer(6),
                    row.integer(7),
                    row.integer(8),
                    row.integer(9),
                    row.integer(10),
                    std::string(row.text(11)),
                    {}};
            if (const auto ended = row.maybe_integer(12)) run.ended = Instant{*ended};
            return run;
        });
}

Result<std::vector<Mark>> marks(db::Tx& tx, const auth::Actor& actor,
                                std::span<const registry::HouseholdId> households) {
    std::vector<Mark> out(households.size());
    if (households.empty()) return out;
    std::unordered_map<registry::HouseholdId, std::size_t> place;
    std::string ids;
    for (std::size_t i = 0; i < households.size(); ++i) {
        place.emplace(households[i], i);
        ids += (i == 0 ? "" : ",") + std::to_string(households[i].number());
    }
    const Where where = visible(actor);
    TRY(tx.each_row(
        "SELECT w.household_id, w.level, COUNT(*) FROM screening_warning w WHERE w.state = 'open' AND "
        "w.household_id IN (" +
            ids + ") AND " + where.sql + " GROUP BY w.household_id, w.level",
        where.values, [&](const db::Row& row) -> Result<void> {
            Mark& mark = out[place.at(row.id<registry::HouseholdId>(0))];
            mark.open += row.integer(2);
            const Level level = *level_named(row.text(1));
            mark.worst = std::min(mark.worst.value_or(level), level);
            return {};
        }));
    return out;
}

}  // namespace ballast::screening
