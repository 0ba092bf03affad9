#include "programmes/indicators.h"

#include <algorithm>

#include "programmes/record_rows.h"

namespace ballast::programmes {
namespace {


std::int64_t villages_in(const areas::Division& division, AreaCode area) {
    if (area.level() == AreaLevel::village) return 1;
    std::int64_t sum = 0;
    for (const auto& child : division.children(area)) sum += villages_in(division, child.code);
    return sum;
}

/// Numbers against parameters as they are in that area today.
Result<void> add_bounds(std::string& sql, std::vector<db::Value>& values, const Desk& desk, const Programme& programme,
                        const Counted& counted, AreaCode area) {
    const auto add = [&](const auto& bounds, std::string_view comparison) -> Result<void> {
        for (const auto& [field, parameter] : bounds) {
            const auto bound = TRY(programme.pack.bind(parameter, desk.today, area));
            sql += " AND EXISTS (SELECT 1 FROM programmes_value v WHERE v.record_id = r.id AND v.field = ? AND CAST(v.value AS "
                   "BIGINT) " + std::string(comparison) + bound.value->value.rounded(0, Rounding::half_up).plain() + ")";
            values.emplace_back(field);
        }
        return {};
    };
    TRY(add(counted.below, "< "));
    return add(counted.at_least, ">= ");
}

/// Rows below with every choice there is.
void add_every(std::string& sql, std::vector<db::Value>& values, const Programme& programme, const Counted& counted) {
    const auto* field = programme.find_register(counted.every_in)->field(counted.every);
    sql += " AND (SELECT COUNT(DISTINCT v.value) FROM programmes_record c JOIN programmes_value v ON v.record_id = c.id "
           "WHERE c.parent_id = r.id AND c.register = ? AND c.live = 1 AND v.field = ?) = " +
           std::to_string(field->choices.size());
    values.emplace_back(counted.every_in);
    values.emplace_back(counted.every);
}

/// What a row must be to be counted there.
Result<std::string> counted_rows(const Desk& desk, const Programme& programme, const Counted& counted, AreaCode area,
                                 const auth::Scope& scope, std::vector<db::Value>& values) {
    std::string sql = "r.pack = ? AND r.register = ? AND " + scope.sql(rows::area);
    values.emplace_back(programme.pack.name);
    values.emplace_back(counted.in);
    for (const auto& [field, value] : counted.where) {
        sql += " AND EXISTS (SELECT 1 FROM programmes_value v WHERE v.record_id = r.id AND v.field = ? AND v.value = ?)";
        values.emplace_back(field);
        values.emplace_back(value);
    }
    if (!counted.over) sql += " AND r.live = 1";
    for (const auto& [field, value] : counted.without) {
        sql += " AND NOT EXISTS (SELECT 1 FROM programmes_value v WHERE v.record_id = r.id AND v.field = ? AND v.value = ?)";
        values.emplace_back(field);
        values.emplace_back(value);
    }
    if (!counted.state.empty()) {
        sql += " AND r.state = ?";
        values.emplace_back(counted.state);
    }
    if (!counted.latest.empty()) {
        sql += " AND NOT EXISTS (SELECT 1 FROM programmes_record n JOIN programmes_value w ON w.record_id = n.id AND w.field = ? "
               "JOIN programmes_value v ON v.record_id = r.id AND v.field = ? WHERE n.pack = r.pack AND n.register = r.register "
               "AND n.live = 1 AND n.area_code = r.area_code AND COALESCE(n.household_id, 0) = COALESCE(r.household_id, 0) "
               "AND COALESCE(n.parent_id, 0) = COALESCE(r.parent_id, 0) AND n.subject = r.subject "
               "AND CAST(w.value AS BIGINT) > CAST(v.value AS BIGINT))";
        values.emplace_back(counted.latest);
        values.emplace_back(counted.latest);
    }
    TRY(add_bounds(sql, values, desk, programme, counted, area));
    if (!counted.every_in.empty()) add_every(sql, values, programme, counted);
    return sql;
}

/// Nothing: a sum to which no row says anything, which is no nought.
Result<std::optional<std::int64_t>> count(db::Tx& tx, const Desk& desk, const Programme& programme, const Counted& counted,
                           AreaCode area) {
    const auto scope = desk.actor.scope(may_read).intersect(auth::Scope({area}));
    if (counted.what == Counted::What::households)
        return std::optional(TRY(tx.number("SELECT COUNT(*) FROM registry_v_household h WHERE " + scope.sql("h.village_code"))));
    if (counted.what == Counted::What::villages) {
        std::int64_t sum = 0;
        for (const auto part : scope.areas()) sum += villages_in(desk.division, part);
        return std::optional(sum);
    }
    std::string sql = counted.what == Counted::What::sum
                          ? "SELECT CAST(SUM(CAST(s.value AS BIGINT)) AS BIGINT)" +
                                std::string(rows::with_values) + "s.field = ? AND "
                      : counted.distinct == "subject" ? "SELECT COUNT(DISTINCT r.subject)" + std::string(rows::from)
                      : !counted.distinct.empty()
                          ? "SELECT COUNT(DISTINCT s.value)" + std::string(rows::with_values) + "s.field = ? AND "
                          : "SELECT COUNT(*)" + std::string(rows::from);
    std::vector<db::Value> values;
    if (counted.what != Counted::What::sum && !counted.distinct.empty() && counted.distinct != "subject")
        values.emplace_back(counted.distinct);
    if (counted.what == Counted::What::sum) values.emplace_back(counted.sum);
    sql += TRY(counted_rows(desk, programme, counted, area, scope, values));
    std::optional<std::int64_t> out;
    TRY(tx.each_row(sql, values, [&](const db::Row& row) -> Result<void> {
        out = row.maybe_integer(0);
        return {};
    }));
    return out;
}

}  // namespace

std::optional<Decimal> Counts::average() const {
    if (denominator == 0 || !said || of->per.empty()) return std::nullopt;
    return Decimal(numerator).divided_by(Decimal(denominator), 2, Rounding::half_up);
}

std::optional<Decimal> Counts::percent() const {
    if (denominator == 0 || !said || !of->per.empty()) return std::nullopt;
    return (Decimal(numerator) * Decimal(100)).divided_by(Decimal(denominator), 2, Rounding::half_up);
}

Result<std::vector<Counts>> indicators(db::Tx& tx, const Desk& desk, const Programme& programme, AreaCode area) {
    std::vector<Counts> out;
    for (const auto& one : programme.indicators) {
        const auto above = TRY(count(tx, desk, programme, one.numerator, area));
        const auto below = TRY(count(tx, desk, programme, one.denominator, area));
        out.push_back({&one, above.value_or(0), below.value_or(0), above.has_value()});
    }
    return out;
}

Result<std::vector<Record>> counted_records(db::Tx& tx, const Desk& desk, const Programme& programme,
                                            std::string_view indicator, std::string_view side, AreaCode area,
                                            const Page& page, std::int64_t* total) {
    const auto of = std::ranges::find(programme.indicators, indicator, &Indicator::name);
    if (of == programme.indicators.end() || (side != "numerator" && side != "denominator"))
        return not_found("programmes.no_list");
    const auto& counted = side == "numerator" ? of->numerator : of->denominator;
    if (counted.in.empty()) return not_found("programmes.no_list");
    std::vector<db::Value> values;
    const auto scope = desk.actor.scope(may_read).intersect(auth::Scope({area}));
    const auto condition = TRY(counted_rows(desk, programme, counted, area, scope, values));
    return rows::page(tx, condition, std::move(values), page, total);
}

Result<std::vector<MatrixRow>> matrix(db::Tx& tx, const Desk& desk, const Programme& programme, const Matrix& of,
                                      AreaCode area) {
    const auto scope = desk.actor.scope(may_read).intersect(auth::Scope({area}));
    std::vector<MatrixRow> out;
    const auto line_of = [&](AreaCode code) {
        if (scope.contains(code)) out.push_back({code, std::vector<std::int64_t>(of.columns.size())});
    };
    if (of.each && area.level() == *of.each) line_of(area);
    if (!of.each || area.level() < *of.each)
        for (const auto& child : desk.division.children(area)) line_of(child.code);
    std::string condition = "s.field = ? AND r.pack = ? AND r.register = ? AND r.live = 1 AND " + scope.sql(rows::area);
    std::vector<db::Value> values{of.column, programme.pack.name, of.in};
    for (const auto& [field, value] : of.where) {
        condition += " AND EXISTS (SELECT 1 FROM programmes_value v WHERE v.record_id = r.id AND v.field = ? AND v.value = ?)";
        values.emplace_back(field);
        values.emplace_back(value);
    }
    TRY(tx.each_row("SELECT r.place, s.value, COUNT(*)" + std::string(rows::with_values) + condition +
                        " GROUP BY r.place, s.value",
                    values, [&](const db::Row& row) -> Result<void> {
                        const auto column = std::ranges::find(of.columns, row.text(1));
                        const auto place = row.area(0);
                        const auto line = std::ranges::find_if(out, [&](const auto& one) { return one.area.contains(place); });
                        if (column != of.columns.end() && line != out.end())
                            line->counts[static_cast<std::size_t>(column - of.columns.begin())] += row.integer(2);
                        return {};
                    }));
    return out;
}

Result<std::int64_t> row_count(db::Tx& tx, const Desk& desk, const Programme& programme, std::string_view kind,
                               AreaCode area) {
    Counted all;
    all.in = kind;
    all.over = true;
    return TRY(count(tx, desk, programme, all, area)).value_or(0);
}

}  // namespace ballast::programmes
