#include "screening/screening.h"

#include <algorithm>
#include <set>
#include <unordered_map>

#include "audit/audit.h"
#include "registry/household_file.h"
#include "screening/evidence_json.h"

namespace ballast::screening {
namespace {

constexpr std::string_view evidence_context = "screening_warning.evidence";
// So many households' warnings change in one transaction.
constexpr std::size_t piece = 500;
// Facts look back a year, and wages a year and a quarter.
constexpr int months_back = 16;

/// A warning that is on file already.
struct Known {
    WarningId id;
    std::string rule;
    Level level;
    bool open;
    bool lapsed;
    Date visit_by, last_hit_on;
    std::optional<Money> amount;
};

/// What was found about one household and is still to be stored.
struct Found {
    registry::HouseholdId household;
    AreaCode village;
    std::vector<Hit> hits;
    std::vector<std::string> departments;  // of each hit
};

class Screening {
public:
    Screening(db::Database& database, const crypto::Vault& vault, const auth::Actor& actor, const Rules& rules, const Order& order, Instant now)
        : database_(database), vault_(vault), actor_(actor), rules_(rules), order_(order), now_(now), today_(rules.as_of()), scope_({order.county}) {}

    Result<Run> run(const std::function<bool(std::int64_t, std::int64_t)>& progress) {
        TRY(database_.read([&](db::Tx& tx) { return gather(tx); }));
        TRY(begin());
        for (const auto village : places_) {
            TRY(database_.read([&](db::Tx& tx) { return evaluate(tx, village); }));
            if (found_.size() >= piece) TRY(store());
            if (progress && !progress(run_.households, expected_)) break;
        }
        TRY(store());
        TRY(database_.write([&](db::Tx& tx) -> Result<void> {
            return audit::record(tx, vault_, actor_,
                                 {"screening.run", "run:" + std::to_string(run_.id.number()), order_.county, "",
                                  R"({"households":)" + std::to_string(run_.households) + R"(,"raised":)" + std::to_string(run_.raised) + R"(,"merged":)" + std::to_string(run_.merged) +
                                      R"(,"suppressed":)" + std::to_string(run_.suppressed) + R"(,"cleared":)" + std::to_string(run_.cleared) + R"(,"pack":")" + run_.pack_hash + R"("})"},
                                 now_);
        }));
        return run_;
    }

private:
    Result<void> gather(db::Tx& tx) {
        if (order_.households) {
            std::set<AreaCode> places;
            for (const auto& one : *order_.households) {
                wanted_.insert(one.household);
                places.insert(one.village);
            }
            places_.assign(places.begin(), places.end());
            expected_ = static_cast<std::int64_t>(wanted_.size());
        } else {
            const auto villages = TRY(tx.all("SELECT village_code, COUNT(*) FROM registry_v_household WHERE " + scope_.sql("village_code") + " GROUP BY village_code ORDER BY village_code", {},
                                             [](const db::Row& row) { return std::pair(row.area(0), row.integer(1)); }));
            for (const auto& [village, households] : villages) {
                places_.push_back(village);
                expected_ += households;
            }
        }
        TRY(feeds::each_fact(tx, vault_, scope_, today_.plus_months(-months_back).iso().substr(0, 7), [&](const feeds::Fact& fact) -> Result<void> {
            if (!order_.households || wanted_.contains(fact.household)) facts_[fact.household].push_back(fact);
            return {};
        }));
        const std::vector<db::Value> none;
        return tx.each_row("SELECT id, household_id, rule, level, state, lapsed_on, visit_by, last_hit_on, amount_fen FROM screening_warning WHERE " + scope_.sql("village_code") + " ORDER BY id",
                           none, [&](const db::Row& row) -> Result<void> {
                               const auto amount = row.maybe_integer(8);
                               known_[row.id<registry::HouseholdId>(1)].push_back({row.id<WarningId>(0), std::string(row.text(2)), *level_named(row.text(3)), row.text(4) == "open", !row.null(5),
                                                                                  row.date(6), row.date(7), amount ? std::optional(Money::fen(*amount)) : std::nullopt});
                               return {};
                           });
    }

    Result<void> begin() {
        run_ = {{}, order_.county, now_, today_, actor_.account, order_.cause, 0, 0, 0, 0, 0, rules_.pack_hash()};
        return database_.write([&](db::Tx& tx) -> Result<void> {
            run_.id = RunId(TRY(tx.number("INSERT INTO screening_run (county, at, as_of, account, cause, households, raised, merged, suppressed, cleared, pack_hash) VALUES "
                                          "(?, ?, ?, ?, ?, 0, 0, 0, 0, 0, ?) RETURNING id",
                                          {order_.county, now_.ms, today_, actor_.account, order_.cause, rules_.pack_hash()})));
            return {};
        });
    }

    Result<void> evaluate(db::Tx& tx, AreaCode village) {
        return registry::each_household(tx, vault_, scope_, village, [&](const registry::Household& household) -> Result<void> {
            if (order_.households && !wanted_.contains(household.id)) return {};
            ++run_.households;
            static const std::vector<feeds::Fact> no_rows;
            const auto rows = facts_.find(household.id);
            const auto& sent = rows == facts_.end() ? no_rows : rows->second;
            Found found{household.id, household.village, TRY(rules_.evaluate(facts_of(household, sent, today_, rules_.windows()))), {}};
            if (found.hits.empty() && !known_.contains(household.id)) return {};
            for (const auto& hit : found.hits) found.departments.push_back(departments_of(hit, sent));
            found_.push_back(std::move(found));
            return {};
        });
    }

    /// ",medical_insurance,education,": who sent the rows, for a clerk's view.
    static std::string departments_of(const Hit& hit, const std::vector<feeds::Fact>& sent) {
        std::set<std::string> out;
        for (const auto& row : sent)
            if (std::binary_search(hit.evidence.rows.begin(), hit.evidence.rows.end(), row.row)) out.insert(feeds::contract(row.feed).value()->department);
        std::string text = ",";
        for (const auto& one : out) text += one + ",";
        return text;
    }

    Result<void> store() {
        if (found_.empty()) return {};
        const Run before = run_;
        auto stored = database_.write([&](db::Tx& tx) -> Result<void> {
            for (const auto& found : found_) TRY(store(tx, found));
            TRY(tx.exec("UPDATE screening_run SET households = ?, raised = ?, merged = ?, suppressed = ?, cleared = ? WHERE id = ?", run_.households, run_.raised, run_.merged,
                        run_.suppressed, run_.cleared, run_.id));
            return {};
        });
        if (!stored) {
            run_ = before;
            return std::move(stored).error();
        }
        found_.clear();
        return {};
    }

    Result<void> store(db::Tx& tx, const Found& found) {
        std::set<std::string> met;
        for (std::size_t i = 0; i < found.hits.size(); ++i) {
            const auto& hit = found.hits[i];
            met.insert(hit.rule);
            const Known* last = nullptr;  // the open one, else the latest
            for (const auto& known : known_[found.household])
                if (known.rule == hit.rule && (!last || known.open || !last->open)) last = &known;
            const bool news = !last || says_more(hit, *last) || today_ - last->last_hit_on >= hit.cooldown_days;
            if (!news) {
                ++run_.suppressed;
                if (last->open && last->lapsed) TRY(tx.exec("UPDATE screening_warning SET lapsed_on = NULL WHERE id = ?", last->id));
            } else if (last && last->open) {
                TRY(merge(tx, hit, found.departments[i], *last));
            } else {
                TRY(raise(tx, found, hit, found.departments[i]));
            }
        }
        for (const auto& known : known_[found.household])
            if (known.open && !met.contains(known.rule)) TRY(no_longer_met(tx, known));
        return {};
    }

    /// More urgent, or an amount that has grown by the pack's percentage.
    bool says_more(const Hit& hit, const Known& last) const {
        if (hit.level < last.level) return true;
        return hit.amount && last.amount && rules_.grown(*last.amount, *hit.amount);
    }

    db::Value amount_of(const Hit& hit) const { return hit.amount ? db::Value(*hit.amount) : db::Value(db::Null{}); }
    db::Blob sealed(const Evidence& evidence) const {
        const auto bytes = vault_.seal(evidence_context, to_json(evidence));
        return {bytes.begin(), bytes.end()};
    }

    Result<void> raise(db::Tx& tx, const Found& found, const Hit& hit, const std::string& departments) {
        ++run_.raised;
        TRY(tx.exec("INSERT INTO screening_warning (run_id, household_id, village_code, rule, risk, level, raised_on, visit_by, state, last_hit_on, amount_fen, departments, evidence) "
                    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'open', ?, ?, ?, ?)",
                    run_.id, found.household, found.village, hit.rule, hit.risk, name_of(hit.level), today_, today_.plus_days(hit.visit_days), today_, amount_of(hit), departments,
                    sealed(hit.evidence)));
        return {};
    }

    Result<void> merge(db::Tx& tx, const Hit& hit, const std::string& departments, const Known& into) {
        ++run_.merged;
        const Level level = std::min(hit.level, into.level);
        const Date visit_by = std::min(into.visit_by, today_.plus_days(hit.visit_days));
        TRY(tx.exec("UPDATE screening_warning SET level = ?, visit_by = ?, last_hit_on = ?, lapsed_on = NULL, merged = merged + 1, amount_fen = ?, departments = ?, evidence = ? WHERE id = ?",
                    name_of(level), visit_by, today_, amount_of(hit), departments, sealed(hit.evidence), into.id));
        return {};
    }

    /// A year that turns or a month that passes ends no warning: somebody must look. Only when the sender has replaced the rows
    /// behind it was it raised in error.
    Result<void> no_longer_met(db::Tx& tx, const Known& known) {
        std::vector<feeds::RowId> rows;
        const std::vector<db::Value> values{known.id};
        TRY(tx.each_row("SELECT evidence FROM screening_warning WHERE id = ?", values, [&](const db::Row& row) -> Result<void> {
            rows = evidence_from(TRY(vault_.open(evidence_context, row.bytes(0)))).rows;
            return {};
        }));
        if (TRY(feeds::replaced(tx, rows))) {
            ++run_.cleared;
            TRY(tx.exec("UPDATE screening_warning SET state = 'cleared', cleared_on = ? WHERE id = ?", today_, known.id));
        } else if (!known.lapsed) {
            TRY(tx.exec("UPDATE screening_warning SET lapsed_on = ? WHERE id = ?", today_, known.id));
        }
        return {};
    }

    db::Database& database_;
    const crypto::Vault& vault_;
    const auth::Actor& actor_;
    const Rules& rules_;
    const Order& order_;
    Instant now_;
    Date today_;
    auth::Scope scope_;
    std::set<registry::HouseholdId> wanted_;
    std::vector<AreaCode> places_;
    std::int64_t expected_ = 0;
    std::unordered_map<registry::HouseholdId, std::vector<feeds::Fact>> facts_;
    std::unordered_map<registry::HouseholdId, std::vector<Known>> known_;
    std::vector<Found> found_;
    Run run_;
};

constexpr std::string_view warning_columns =
    "w.id, w.household_id, w.village_code, w.rule, w.risk, w.level, w.raised_on, w.visit_by, w.state, w.lapsed_on, w.merged, w.evidence";

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
    out.open = row.text(8) == "open";
    out.lapsed_on = row.maybe_date(9);
    out.merged = row.integer(10);
    out.evidence = evidence_from(TRY(vault.open(evidence_context, row.bytes(11))));
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
    if (const auto department = actor.department(); !department.empty()) where.also("w.departments LIKE ?", "%," + department + ",%");
    return where;
}

}  // namespace

Result<Run> screen(db::Database& database, const crypto::Vault& vault, const auth::Actor& actor, const Rules& rules, const Order& order, Instant now,
                   const std::function<bool(std::int64_t, std::int64_t)>& progress) {
    TRY(auth::require(actor, auth::Right::screening_run));
    if (!actor.scope(auth::Right::screening_run).contains(order.county)) return not_found("screening.no_such_county");
    INVARIANT(rules.county() == order.county);
    return Screening(database, vault, actor, rules, order, now).run(progress);
}

Result<std::vector<Warning>> warnings(db::Tx& tx, const crypto::Vault& vault, const auth::Actor& actor, const Query& query, Counts* counts) {
    Where where = visible(actor);
    where.also("w.state = ?", query.open ? "open" : "cleared");
    if (query.area) where.sql += " AND " + auth::Scope({*query.area}).sql("w.village_code");
    if (!query.risk.empty()) where.also("w.risk = ?", query.risk);
    if (query.household) where.also("w.household_id = ?", *query.household);
    Where with_rule = where, with_level = where;
    if (!query.rule.empty()) with_rule.also("w.rule = ?", query.rule);
    if (query.level) with_level.also("w.level = ?", name_of(*query.level));
    Where whole = with_rule;
    if (query.level) whole.also("w.level = ?", name_of(*query.level));
    if (counts) {
        TRY(tx.each_row("SELECT w.level, COUNT(*) FROM screening_warning w WHERE " + with_rule.sql + " GROUP BY w.level", with_rule.values, [&](const db::Row& row) -> Result<void> {
            const Level level = *level_named(row.text(0));
            (level == Level::red ? counts->red : level == Level::orange ? counts->orange : counts->yellow) = row.integer(1);
            if (!query.level || *query.level == level) counts->total += row.integer(1);
            return {};
        }));
        TRY(tx.each_row("SELECT w.rule, COUNT(*) FROM screening_warning w WHERE " + with_level.sql + " GROUP BY w.rule ORDER BY w.rule", with_level.values, [&](const db::Row& row) -> Result<void> {
            counts->by_rule.emplace_back(row.text(0), row.integer(1));
            return {};
        }));
    }
    whole.values.emplace_back(query.limit);
    whole.values.emplace_back(query.offset);
    std::vector<Warning> out;
    TRY(tx.each_row("SELECT " + std::string(warning_columns) + " FROM screening_warning w WHERE " + whole.sql +
                        " ORDER BY CASE w.level WHEN 'red' THEN 0 WHEN 'orange' THEN 1 ELSE 2 END, w.visit_by, w.id LIMIT ? OFFSET ?",
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
    TRY(tx.each_row("SELECT " + std::string(warning_columns) + " FROM screening_warning w WHERE " + where.sql, where.values, [&](const db::Row& row) -> Result<void> {
        found = TRY(read_warning(vault, row));
        return {};
    }));
    if (!found) return not_found("screening.no_such_warning");
    return std::move(*found);
}

Result<std::vector<Run>> runs(db::Tx& tx, const auth::Scope& scope, std::int64_t offset, std::int64_t limit, std::int64_t* total) {
    if (total) *total = TRY(tx.number("SELECT COUNT(*) FROM screening_run WHERE " + scope.sql("county")));
    return tx.all("SELECT id, county, at, as_of, account, cause, households, raised, merged, suppressed, cleared, pack_hash FROM screening_run WHERE " + scope.sql("county") +
                      " ORDER BY id DESC LIMIT ? OFFSET ?",
                  {limit, offset}, [](const db::Row& row) {
                      return Run{row.id<RunId>(0), row.area(1), Instant{row.integer(2)}, row.date(3), std::string(row.text(4)), std::string(row.text(5)), row.integer(6), row.integer(7),
                                 row.integer(8),   row.integer(9), row.integer(10), std::string(row.text(11))};
                  });
}

Result<std::vector<Mark>> marks(db::Tx& tx, const auth::Scope& scope, std::span<const registry::HouseholdId> households) {
    std::vector<Mark> out;
    for (const auto id : households) {
        Mark mark;
        const std::vector<db::Value> values{id};
        TRY(tx.each_row("SELECT level, COUNT(*) FROM screening_warning WHERE state = 'open' AND household_id = ? AND " + scope.sql("village_code") + " GROUP BY level", values,
                        [&](const db::Row& row) -> Result<void> {
                            mark.open += row.integer(1);
                            const Level level = *level_named(row.text(0));
                            mark.worst = mark.worst ? std::min(*mark.worst, level) : level;
                            return {};
                        }));
        out.push_back(mark);
    }
    return out;
}

}  // namespace ballast::screening
