#include "indicators/counting.h"

#include <fmt/format.h>

#include <array>

#include "indicators/sources.h"

namespace ballast::indicators {
namespace {

using auth::Right;

/// SELECT village, id, with its values.
struct Statement {
    std::string sql;
    std::vector<db::Value> values;
};
Statement statement(const Figure& figure, Date today) {
    if (figure.source == Source::query) {
        const auto& query = *query_named(figure.query);
        return {std::string(query.sql), query.of_today ? std::vector<db::Value>{today} : std::vector<db::Value>{}};
    }
    // A household's row lies where the household does now.
    Statement out{"SELECT COALESCE(h.village_code, r.area_code), r.id FROM programmes_v_record r LEFT JOIN "
                  "registry_v_household h ON h.id = r.household_id WHERE r.pack = ? AND r.register = ? AND r.live = 1",
                  {figure.programme, figure.records}};
    for (const auto& [field, value] : figure.where) {
        out.sql += " AND EXISTS (SELECT 1 FROM programmes_v_value v WHERE v.record_id = r.id AND v.field = ? AND v.value = ?)";
        out.values.emplace_back(field);
        out.values.emplace_back(value);
    }
    return out;
}

Result<std::int64_t> count(db::Tx& tx, const Desk& desk, const Figure& figure, const Term& term) {
    const auto text = term.text();
    TRY(tx.exec("DELETE FROM indicators_behind WHERE figure = ? AND term = ?", figure.name, text));
    static constexpr std::array<std::string_view, 4> columns{"figure", "term", "area_code", "object_id"};
    std::vector<std::pair<AreaCode, std::int64_t>> found;
    const auto [sql, values] = statement(figure, desk.today);
    TRY(tx.each_row(sql, values, [&](const db::Row& row) -> Result<void> {
        // What lies above the figure's level, or elsewhere, is in no area's figure.
        if (row.area(0).level() == figure.level && desk.top.contains(row.area(0)))
            found.emplace_back(row.area(0), row.integer(1));
        return {};
    }));
    const auto bulk = TRY(tx.bulk("indicators_behind", columns));
    for (const auto& [area, id] : found) TRY(bulk->add({figure.name, text, area, id}));
    TRY(bulk->finish());
    TRY(roll(tx, desk, {figure.name, "", text}));
    return std::ssize(found);
}

}  // namespace

Result<std::int64_t> count_all(db::Tx& tx, const Desk& desk) {
    TRY(auth::require(desk.actor, Right::indicators_manage));
    TRY(area_of(desk, desk.actor.scope(Right::indicators_manage), TRY(successions(tx)), desk.top, desk.today));
    std::int64_t counted = 0;
    for (const auto& figure : desk.catalogue.figures)
        if (figure.source != Source::entered)
            counted += TRY(count(tx, desk, figure, Term::of(figure.term, desk.today)));
    TRY(record(tx, desk, "indicators.count", "figures", desk.top, fmt::format(R"({{"counted":{}}})", counted)));
    return counted;
}

std::string_view about(const Figure& figure) {
    if (figure.source == Source::entered) return "";
    return figure.source == Source::programme ? "record" : query_named(figure.query)->about;
}

Result<std::vector<Behind>> behind(db::Tx& tx, const Desk& desk, const Figure& figure, const Term& term, AreaCode area,
                                   std::int64_t offset, std::int64_t limit, std::int64_t* total) {
    TRY(readable(tx, desk, area, desk.today));
    const auth::Scope scope({area});
    const auto within = " FROM indicators_behind WHERE figure = ? AND term = ? AND " + scope.sql("area_code");
    if (total) *total = TRY(tx.number("SELECT COUNT(*)" + within, {figure.name, term.text()}));
    return tx.all("SELECT object_id, area_code" + within + " ORDER BY area_code, object_id LIMIT ? OFFSET ?",
                  {figure.name, term.text(), limit, offset},
                  [](const db::Row& row) { return Behind{row.integer(0), row.area(1)}; });
}

}  // namespace ballast::indicators
