#include "programmes/indicators.h"

#include "programmes/record_rows.h"

namespace ballast::programmes {
namespace {


std::int64_t villages_in(const areas::Division& division, AreaCode area) {
    if (area.level() == AreaLevel::village) return 1;
    std::int64_t sum = 0;
    for (const auto& child : division.children(area)) sum += villages_in(division, child.code);
    return sum;
}

Result<std::int64_t> count(db::Tx& tx, const Desk& desk, const Programme& programme, const Counted& counted,
                           AreaCode area) {
    const auto scope = desk.actor.scope(may_read).intersect(auth::Scope({area}));
    if (counted.what == Counted::What::households)
        return tx.number("SELECT COUNT(*) FROM registry_v_household h WHERE " + scope.sql("h.village_code"));
    if (counted.what == Counted::What::villages) {
        std::int64_t sum = 0;
        for (const auto part : scope.areas()) sum += villages_in(desk.division, part);
        return sum;
    }
    std::string sql = counted.what == Counted::What::sum
                          ? "SELECT CAST(COALESCE(SUM(CAST(s.value AS BIGINT)), 0) AS BIGINT)" +
                                std::string(rows::with_values) + "s.field = ? AND "
                          : "SELECT COUNT(*)" + std::string(rows::from);
    std::vector<db::Value> values;
    if (counted.what == Counted::What::sum) values.emplace_back(counted.sum);
    sql += "r.pack = ? AND r.register = ? AND r.live = 1 AND " + scope.sql(rows::area);
    values.emplace_back(programme.pack.name);
    values.emplace_back(counted.in);
    for (const auto& [field, value] : counted.where) {
        sql += " AND EXISTS (SELECT 1 FROM programmes_value v WHERE v.record_id = r.id AND v.field = ? AND v.value = ?)";
        values.emplace_back(field);
        values.emplace_back(value);
    }
    std::int64_t out = 0;
    TRY(tx.each_row(sql, values, [&](const db::Row& row) -> Result<void> {
        out = row.integer(0);
        return {};
    }));
    return out;
}

}  // namespace

std::optional<Decimal> Counts::percent() const {
    if (denominator == 0) return std::nullopt;
    return (Decimal(numerator) * Decimal(100)).divided_by(Decimal(denominator), 2, Rounding::half_up);
}

Result<std::vector<Counts>> indicators(db::Tx& tx, const Desk& desk, const Programme& programme, AreaCode area) {
    std::vector<Counts> out;
    for (const auto& one : programme.indicators)
        out.push_back({&one, TRY(count(tx, desk, programme, one.numerator, area)),
                       TRY(count(tx, desk, programme, one.denominator, area))});
    return out;
}

Result<std::int64_t> live_rows(db::Tx& tx, const Desk& desk, const Programme& programme, std::string_view kind,
                               AreaCode area) {
    Counted all;
    all.in = kind;
    return count(tx, desk, programme, all, area);
}

}  // namespace ballast::programmes
