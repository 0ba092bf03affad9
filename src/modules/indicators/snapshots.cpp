#include "indicators/snapshots.h"

#include <fmt/format.h>

#include <array>
#include <map>
#include <set>
#include <tuple>

#include "base/text.h"

namespace ballast::indicators {
namespace {

using auth::Right;

constexpr std::string_view select =
    "SELECT id, area_code, term, title, catalogue, division_year, at, account, name FROM indicators_snapshot WHERE ";

Snapshot read(const db::Row& row) {
    return {row.id<SnapshotId>(0), row.area(1),   std::string(row.text(2)), std::string(row.text(3)),
            std::string(row.text(4)), row.integer(5), Instant{row.integer(6)}, std::string(row.text(7)),
            std::string(row.text(8))};
}

/// Everything that was counted or entered of the term. Entered values of areas above a figure's level are statements,
/// not parts of a sum, and stay out.
Result<void> keep_rows(db::Tx& tx, const Desk& desk, SnapshotId id, AreaCode area, const Term& term) {
    TRY(tx.exec("INSERT INTO indicators_snapshot_row (snapshot_id, figure, part, area_code, object_id, value) SELECT CAST(? AS "
                "BIGINT), figure, '', area_code, object_id, 1 FROM indicators_behind WHERE term = ? AND area_code BETWEEN ? "
                "AND ?",
                id, term.text(), area.first(), area.last()));
    std::vector<std::vector<db::Value>> rows;
    const std::vector<db::Value> which{term.text(), area.first(), area.last()};
    TRY(tx.each_row("SELECT figure, part, area_code, value FROM indicators_value WHERE term = ? AND area_code BETWEEN ? AND ? "
                    "AND value IS NOT NULL",
                    which, [&](const db::Row& row) -> Result<void> {
                        const auto* figure = desk.catalogue.figure(row.text(0));
                        if (figure && row.area(2).level() == figure->level)
                            rows.push_back({id, row.text(0), row.text(1), row.area(2), 0, row.integer(3)});
                        return {};
                    }));
    static constexpr std::array<std::string_view, 6> columns{"snapshot_id", "figure", "part", "area_code", "object_id", "value"};
    const auto bulk = TRY(tx.bulk("indicators_snapshot_row", columns));
    for (const auto& row : rows) TRY(bulk->add(row));
    TRY(bulk->finish());
    return {};
}

}  // namespace

Result<SnapshotId> freeze(db::Tx& tx, const Desk& desk, AreaCode area, const Term& term, std::string_view title) {
    TRY(auth::require(desk.actor, Right::indicators_manage));
    TRY(area_of(desk, desk.actor.scope(Right::indicators_manage), TRY(successions(tx)), area, desk.today));
    if (text::trimmed(title).empty()) return invalid("indicators.title_missing");
    const SnapshotId id(TRY(tx.number(
        "INSERT INTO indicators_snapshot (area_code, term, title, catalogue, division_year, at, account, name) VALUES (?, ?, "
        "?, ?, ?, ?, ?, ?) RETURNING id",
        {area, term.text(), text::trimmed(title), desk.catalogue.hash, desk.division.year(), desk.now.ms, desk.actor.account,
         desk.actor.name})));
    const auto sums =
        TRY(tx.exec("INSERT INTO indicators_snapshot_sum (snapshot_id, figure, part, area_code, level, value, reported, "
                    "expected, hidden) SELECT CAST(? AS BIGINT), figure, part, area_code, level, value, reported, expected, "
                    "hidden FROM indicators_sum WHERE term = ? AND level >= ? AND area_code BETWEEN ? AND ?",
                    id, term.text(), static_cast<std::int64_t>(area.level()), area.first(), area.last()));
    if (sums == 0) return conflict("indicators.nothing_to_freeze").with("term", term.text());
    TRY(keep_rows(tx, desk, id, area, term));
    TRY(record(tx, desk, "indicators.freeze", fmt::format("snapshot:{}", id.number()), area,
               fmt::format(R"({{"term":"{}","sums":{}}})", term.text(), sums)));
    return id;
}

Result<std::vector<Snapshot>> snapshots(db::Tx& tx, const Desk& desk) {
    return tx.all(std::string(select) + desk.actor.scope(Right::indicators_read).sql("area_code") + " ORDER BY id DESC", {},
                  read);
}

Result<Snapshot> snapshot(db::Tx& tx, const Desk& desk, SnapshotId id) {
    auto found = TRY(tx.first(
        std::string(select) + "id = ? AND " + desk.actor.scope(Right::indicators_read).sql("area_code"), {id}, read));
    if (!found) return not_found("indicators.no_such_snapshot");
    return *std::move(found);
}

Result<std::vector<FrozenSum>> frozen(db::Tx& tx, const Desk& desk, SnapshotId id, AreaCode area) {
    const auto of = TRY(snapshot(tx, desk, id));
    if (!of.area.contains(area)) return not_found("areas.unknown").with("code", area.digits());
    auto out = TRY(tx.all(
        "SELECT figure, part, area_code, level, value, reported, expected, hidden FROM indicators_snapshot_sum WHERE "
        "snapshot_id = ? AND area_code = ? AND level = ? ORDER BY figure, part",
        {id, area, static_cast<std::int64_t>(area.level())}, [](const db::Row& row) {
            return FrozenSum{std::string(row.text(0)), std::string(row.text(1)), row.area(2),
                             static_cast<AreaLevel>(row.integer(3)),
                             {row.maybe_integer(4).value_or(absent), row.integer(5), row.integer(6), row.truth(7), false}};
        }));
    const bool above = area.level() != AreaLevel::village;
    std::set<std::string> told;
    for (const auto& one : out)
        if (const auto* figure = desk.catalogue.figure(one.figure); figure && !one.part.empty() && gives_away(*figure, one.sum))
            told.insert(one.figure);
    for (auto& one : out) one.sum.hidden = above && (one.part.empty() ? one.sum.hidden : told.contains(one.figure));
    return out;
}

Result<std::vector<FrozenRow>> frozen_rows(db::Tx& tx, const Desk& desk, SnapshotId id, std::string_view figure,
                                           std::string_view part, AreaCode area, std::int64_t offset, std::int64_t limit,
                                           std::int64_t* total, std::int64_t* sum) {
    const auto of = TRY(snapshot(tx, desk, id));
    if (!of.area.contains(area)) return not_found("areas.unknown").with("code", area.digits());
    const std::string within = " FROM indicators_snapshot_row WHERE snapshot_id = ? AND figure = ? AND part = ? AND area_code "
                               "BETWEEN ? AND ?";
    const std::initializer_list<db::Value> which{id, figure, part, area.first(), area.last()};
    if (total) *total = TRY(tx.number("SELECT COUNT(*)" + within, which));
    if (sum) *sum = TRY(tx.number("SELECT CAST(COALESCE(SUM(value), 0) AS BIGINT)" + within, which));
    return tx.all("SELECT area_code, object_id, value" + within + " ORDER BY area_code, object_id LIMIT ? OFFSET ?",
                  {id, figure, part, area.first(), area.last(), limit, offset},
                  [](const db::Row& row) { return FrozenRow{row.area(0), row.integer(1), row.integer(2)}; });
}

Result<Recomputed> recompute(db::Tx& tx, const Desk& desk, SnapshotId id) {
    const auto of = TRY(snapshot(tx, desk, id));
    using Key = std::tuple<std::string, std::string, AreaCode>;
    std::map<Key, std::int64_t> sums;  // at every level at once
    const auto changes = TRY(successions(tx));
    const auto term = TRY(Term::parse(of.term));
    std::map<std::pair<std::string, std::string>, std::vector<AreaFigure>> rows;
    const std::vector<db::Value> which{id};
    TRY(tx.each_row("SELECT figure, part, area_code, CAST(SUM(value) AS BIGINT) FROM indicators_snapshot_row WHERE snapshot_id "
                    "= ? GROUP BY figure, part, area_code",
                    which, [&](const db::Row& row) -> Result<void> {
                        rows[{std::string(row.text(0)), std::string(row.text(1))}].push_back(
                            {row.area(2), row.integer(3), false});
                        return {};
                    }));
    for (const auto& [series, values] : rows)
        for (const auto& one : carried(values, changes, term.last(), civil_date(of.at)))
            for (int level = 0; level <= static_cast<int>(one.area.level()); ++level) {
                const auto above = one.area.at(static_cast<AreaLevel>(level));
                if (static_cast<int>(above.level()) == level) sums[{series.first, series.second, above}] += one.value;
            }
    Recomputed out;
    TRY(tx.each_row("SELECT figure, part, area_code, level, value FROM indicators_snapshot_sum WHERE snapshot_id = ? ORDER BY "
                    "figure, part, area_code",
                    which, [&](const db::Row& row) -> Result<void> {
                        if (static_cast<std::int64_t>(row.area(2).level()) != row.integer(3)) return {};
                        ++out.sums;
                        const auto found = sums.find({std::string(row.text(0)), std::string(row.text(1)), row.area(2)});
                        const auto* figure = desk.catalogue.figure(row.text(0));
                        const bool counted = figure && figure->source != Source::entered;
                        const bool above = figure && !figure->rolls_up() && row.area(2).level() < figure->level;
                        const auto computed = above ? absent : found != sums.end() ? found->second : counted ? 0 : absent;
                        const auto printed = row.maybe_integer(4).value_or(absent);
                        if (computed != printed)
                            out.differences.push_back(
                                {std::string(row.text(0)), std::string(row.text(1)), row.area(2), printed, computed});
                        return {};
                    }));
    return out;
}

}  // namespace ballast::indicators
