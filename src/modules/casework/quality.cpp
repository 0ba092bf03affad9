#include "casework/quality.h"

#include <fmt/format.h>

#include <charconv>
#include <unordered_map>

#include "audit/audit.h"
#include "packs/packs.h"
#include "registry/household_file.h"

namespace ballast::casework {
namespace {

using auth::Right;
using registry::PersonField;

constexpr std::int64_t tell_every = 500;

struct Found {
    registry::HouseholdId household;
    AreaCode village;
    QualityFinding finding;
};

/// What has to be known of the whole county before a household can be judged.
class County {
public:
    Result<void> gather(db::Tx& tx, const crypto::Vault& vault, const auth::Scope& scope, AreaCode county) {
        std::unordered_map<std::string, int> active;
        TRY(registry::each_household(tx, vault, scope, county,
                                     [&](const registry::Household& one) -> Result<void> {
                                         for (const auto& member : one.members) {
                                             const auto& number = member.values[PersonField::id_number];
                                             if (number.empty()) continue;
                                             if (member.active() && ++active[number] == 2)
                                                 doubled.insert(number);
                                             if (member.values.is(PersonField::member_status, "2"))
                                                 dead.insert(number);
                                         }
                                         return {};
                                     }));
        const std::vector<db::Value> none;
        TRY(tx.each_row("SELECT household_id, category FROM casework_case WHERE category <> '' AND " +
                            scope.sql("village_code") + " ORDER BY id",
                        none, [&](const db::Row& row) -> Result<void> {
                            categories[row.id<registry::HouseholdId>(0)] = row.text(1);
                            return {};
                        }));
        return tx.each_row(
            "SELECT c.household_id, n.id, n.text FROM casework_notice n JOIN casework_case c ON c.id = "
            "n.case_id WHERE n.over_on IS NULL AND " +
                scope.sql("n.village_code") + " ORDER BY n.id",
            none, [&](const db::Row& row) -> Result<void> {
                notices[row.id<registry::HouseholdId>(0)].emplace_back(row.integer(1), row.text(2));
                return {};
            });
    }
    std::set<std::string> doubled, dead;
    std::unordered_map<registry::HouseholdId, std::string> categories;
    std::unordered_map<registry::HouseholdId, std::vector<std::pair<std::int64_t, std::string>>> notices;
};

Result<std::optional<Money>> line_of(const packs::Store& packs, AreaCode county, Date today) {
    const auto pack = TRY(packs.load("screening", county, today));
    const auto bound = pack->bind("monitoring_line", today, county);
    if (!bound) {
        if (bound.error().id == "packs.no_value") return std::optional<Money>();
        return bound.error();
    }
    return std::optional(Money::fen(std::stoll(bound->value->value.plain())));
}

Result<int> due_days(const packs::Store& packs, AreaCode county, Date today) {
    const auto pack = TRY(packs.load("casework", county, today));
    const auto bound = TRY(pack->bind("quality_due_days", today, county));
    const auto days = bound.value->value.rounded(0, Rounding::half_up);
    if (days != bound.value->value || days < Decimal(0) || days > Decimal(3660))
        return invalid("casework.bad_parameter").with("name", "quality_due_days");
    return std::stoi(days.plain());
}

std::string_view owner_of(std::string_view rule) {
    for (const auto& one : quality_rules())
        if (one.id == rule) return one.owner;
    INVARIANT(false);
    return {};
}

/// What is open already is seen again; what is new is due from today; what was not seen is gone.
Result<void> store(db::Tx& tx, const std::vector<Found>& found, QualityRun& run, int days) {
    for (const auto& one : found) {
        const auto seen =
            TRY(tx.exec("UPDATE casework_quality_finding SET seen_by = ?, village_code = ? WHERE "
                        "household_id = ? AND rule = ? AND subject = ? AND gone_on IS NULL",
                        run.id, one.village, one.household, one.finding.rule, one.finding.subject));
        if (seen > 0) continue;
        ++run.found;
        TRY(
            tx.exec("INSERT INTO casework_quality_finding (rule, household_id, village_code, subject, owner, "
                    "found_on, "
                    "due_on, seen_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                    one.finding.rule, one.household, one.village, one.finding.subject,
                    owner_of(one.finding.rule), run.as_of, run.as_of.plus_days(days), run.id));
    }
    run.gone = TRY(tx.exec(
        "UPDATE casework_quality_finding SET gone_on = ? WHERE gone_on IS NULL AND seen_by <> ? AND " +
            auth::Scope({run.county}).sql("village_code"),
        run.as_of, run.id));
    run.open = static_cast<std::int64_t>(found.size());
    TRY(tx.exec("UPDATE casework_quality_run SET households = ?, found = ?, gone = ?, open = ? WHERE id = ?",
                run.households, run.found, run.gone, run.open, run.id));
    return {};
}

struct Where {
    std::string sql;
    std::vector<db::Value> values;
    void also(std::string_view condition, db::Value value) {
        sql += " AND " + std::string(condition);
        values.push_back(std::move(value));
    }
};

std::optional<registry::PersonId> person_in(std::string_view subject) {
    constexpr std::string_view prefix = "person:";
    if (!subject.starts_with(prefix)) return std::nullopt;
    std::int64_t id = 0;
    std::from_chars(subject.data() + prefix.size(), subject.data() + subject.size(), id);
    return registry::PersonId(id);
}

}  // namespace

Result<void> may_examine(const auth::Actor& actor, AreaCode county) {
    TRY(auth::require(actor, Right::quality_run));
    if (!actor.scope(Right::quality_run).contains(county))
        return not_found("areas.unknown").with("code", county.digits());
    return {};
}

Result<QualityRun> examine_county(db::Database& database, const crypto::Vault& vault,
                                  const areas::Division& division, const auth::Actor& actor,
                                  const packs::Store& packs, AreaCode county, Instant now,
                                  const QualityProgress& progress) {
    TRY(may_examine(actor, county));
    QualityRun run{0, county, civil_date(now), now};
    const auto line = TRY(line_of(packs, county, run.as_of));
    const int days = TRY(due_days(packs, county, run.as_of));
    const auth::Scope scope({county});
    std::vector<Found> found;
    TRY(database.read([&](db::Tx& tx) -> Result<void> {
        County known;
        TRY(known.gather(tx, vault, scope, county));
        QualityAround around{run.as_of, division, line, "", std::move(known.doubled), std::move(known.dead),
                             {}};
        return registry::each_household(
            tx, vault, scope, county, [&](const registry::Household& one) -> Result<void> {
                ++run.households;
                if (progress && run.households % tell_every == 0 && !progress(run.households))
                    return conflict("quality.stopped");
                around.category = known.categories[one.id];
                around.notices = known.notices[one.id];
                for (auto& finding : examine(one, around))
                    found.push_back({one.id, one.village, std::move(finding)});
                return {};
            });
    }));
    return database.write([&](db::Tx& tx) -> Result<QualityRun> {
        run.id = TRY(tx.number(
            "INSERT INTO casework_quality_run (county_code, as_of, at, account, households, found, gone, "
            "open) VALUES (?, ?, ?, ?, 0, 0, 0, 0) RETURNING id",
            {county, run.as_of, now.ms, actor.account}));
        TRY(store(tx, found, run, days));
        TRY(audit::record(tx, vault, actor,
                          {"quality.run", "quality_run:" + std::to_string(run.id), county, "",
                           fmt::format(R"({{"households":{},"found":{},"gone":{},"open":{}}})",
                                       run.households, run.found, run.gone, run.open)},
                          now));
        return run;
    });
}

Result<std::vector<QualityLine>> quality_findings(db::Tx& tx, const auth::Actor& actor,
                                                  const QualityQuery& query, Date today,
                                                  QualityCounts* counts) {
    Where where{"f.gone_on IS NULL AND " + actor.scope(Right::quality_read).sql("f.village_code"), {}};
    if (query.area) where.sql += " AND " + auth::Scope({*query.area}).sql("f.village_code");
    if (query.household) where.also("f.household_id = ?", *query.household);
    if (!query.owner.empty()) where.also("f.owner = ?", query.owner);
    if (query.overdue) where.also("f.due_on < ?", today);
    const Where of_all_rules = where;
    if (!query.rule.empty()) where.also("f.rule = ?", query.rule);
    if (counts) {
        TRY(tx.each_row("SELECT f.rule, COUNT(*) FROM casework_quality_finding f WHERE " + of_all_rules.sql +
                            " GROUP BY f.rule",
                        of_all_rules.values, [&](const db::Row& row) -> Result<void> {
                            counts->by_rule[std::string(row.text(0))] = row.integer(1);
                            if (query.rule.empty() || row.text(0) == query.rule)
                                counts->total += row.integer(1);
                            return {};
                        }));
        auto late = where;
        late.also("f.due_on < ?", today);
        TRY(tx.each_row("SELECT COUNT(*) FROM casework_quality_finding f WHERE " + late.sql, late.values,
                        [&](const db::Row& row) -> Result<void> {
                            counts->overdue = row.integer(0);
                            return {};
                        }));
    }
    where.values.emplace_back(query.limit);
    where.values.emplace_back(query.offset);
    std::vector<QualityLine> out;
    TRY(tx.each_row(
        "SELECT f.id, f.rule, f.household_id, f.village_code, f.subject, f.owner, f.found_on, f.due_on FROM "
        "casework_quality_finding f WHERE " +
            where.sql + " ORDER BY f.due_on, f.village_code, f.id LIMIT ? OFFSET ?",
        where.values, [&](const db::Row& row) -> Result<void> {
            out.push_back({row.integer(0), std::string(row.text(1)), row.id<registry::HouseholdId>(2),
                           row.area(3), person_in(row.text(4)), std::string(row.text(5)), row.date(6),
                           row.date(7)});
            return {};
        }));
    return out;
}

Result<std::optional<QualityRun>> latest_quality_run(db::Tx& tx, const auth::Actor& actor) {
    std::string where = "1 = 0";
    const auto scope = actor.scope(Right::quality_read);
    for (const auto area : scope.areas())
        where += " OR " + (area.level() >= AreaLevel::county
                               ? "county_code = " + area.at(AreaLevel::county).digits()
                               : auth::Scope({area}).sql("county_code"));
    return tx.first(
        "SELECT id, county_code, as_of, at, households, found, gone, open FROM casework_quality_run WHERE " +
            where + " ORDER BY id DESC LIMIT 1",
        {}, [](const db::Row& row) {
            return QualityRun{row.integer(0), row.area(1),    row.date(2),    Instant{row.integer(3)},
                              row.integer(4), row.integer(5), row.integer(6), row.integer(7)};
        });
}

}  // namespace ballast::casework
