#include "indicators/targets.h"

#include <fmt/format.h>

#include <array>

#include "base/text.h"
#include "indicators/series.h"

namespace ballast::indicators {
namespace {

using auth::Right;

constexpr std::array<std::string_view, 2> directions{"at_least", "at_most"};
constexpr std::string_view select =
    "SELECT indicator, area_code, term, value, direction, version, account, name FROM indicators_target WHERE ";

Result<std::vector<Target>> read(db::Tx& tx, const std::string& condition, std::initializer_list<db::Value> values) {
    std::vector<Target> out;
    const std::vector<db::Value> list(values);
    TRY(tx.each_row(std::string(select) + condition + " ORDER BY indicator, area_code", list,
                    [&](const db::Row& row) -> Result<void> {
                        out.push_back({std::string(row.text(0)), row.area(1), std::string(row.text(2)),
                                       TRY(Decimal::parse(row.text(3))),
                                       direction_named(row.text(4)).value_or(Direction::at_least), row.integer(5),
                                       std::string(row.text(6)), std::string(row.text(7))});
                        return {};
                    }));
    return out;
}

/// The targets of the level below that lies next and has any.
Result<std::vector<Target>> parts_of(db::Tx& tx, const TargetOrder& order, AreaCode area) {
    std::vector<Target> out;
    for (auto& one : TRY(read(tx, "indicator = ? AND term = ? AND area_code BETWEEN ? AND ?",
                              {order.indicator, order.term, area.first(), area.last()})))
        if (one.area != area && one.area.level() == level_below(area.level())) out.push_back(std::move(one));
    return out;
}

/// What is promised below may not be more than what is promised here. `instead` stands for the area that is changed.
Result<void> hold_up(db::Tx& tx, const TargetOrder& order, const Measure& measure, AreaCode area,
                     const std::optional<Decimal>& target, AreaCode instead, const Decimal& by) {
    if (!target) return {};
    const auto whole = [&](const Decimal& value) { return read_value(measure, value.plain()); };
    std::vector<std::int64_t> parts;
    bool counted = false;
    for (const auto& one : TRY(parts_of(tx, order, area))) {
        counted |= one.area == instead;
        parts.push_back(TRY(whole(one.area == instead ? by : one.value)));
    }
    if (!counted && instead != area) parts.push_back(TRY(whole(by)));
    auto held = check_target_sum(measure, TRY(whole(*target)), parts);
    if (!held) return std::move(held).error().with("area", area.short_digits());
    return {};
}

/// Only counts add up; of them a ceiling and a floor alike.
Result<void> check_sums(db::Tx& tx, const Desk& desk, const TargetOrder& order, const Measure& measure,
                        const Decimal& value) {
    TRY(hold_up(tx, order, measure, order.area, value, order.area, value));
    const auto above = order.area.parent();
    if (above == order.area || !desk.top.contains(above)) return {};
    const auto there = TRY(read(tx, "indicator = ? AND term = ? AND area_code = ?", {order.indicator, order.term, above}));
    if (there.empty()) return {};
    return hold_up(tx, order, measure, above, there.front().value, order.area, value);
}

}  // namespace

std::string_view name_of(Direction direction) { return directions[static_cast<std::size_t>(direction)]; }
std::optional<Direction> direction_named(std::string_view name) {
    if (name == directions[0]) return Direction::at_least;
    if (name == directions[1]) return Direction::at_most;
    return std::nullopt;
}

Result<void> set_target(db::Tx& tx, const Desk& desk, const TargetOrder& order) {
    TRY(auth::require(desk.actor, Right::indicators_manage));
    const auto* indicator = TRY(indicator_of(desk, order.indicator));
    const auto* figure = TRY(figure_of(desk, indicator->numerator));
    const auto term = TRY(Term::parse(order.term));
    TRY(area_of(desk, desk.actor.scope(Right::indicators_manage), TRY(successions(tx)), order.area, term.last()));
    const auto before = TRY(read(tx, "indicator = ? AND term = ? AND area_code = ?", {order.indicator, order.term, order.area}));
    const auto stands = before.empty() ? std::int64_t{0} : before.front().version;
    if (stands != order.version)
        return conflict("indicators.target_changed")
            .with("value", before.empty() ? "—" : before.front().value.plain())
            .with("name", before.empty() ? "—" : before.front().name);
    const auto typed = text::trimmed(order.value);
    if (typed.empty()) {
        TRY(tx.exec("DELETE FROM indicators_target WHERE indicator = ? AND term = ? AND area_code = ?", order.indicator,
                    order.term, order.area));
    } else {
        const auto value = Decimal::parse(typed);
        if (!value || *value < Decimal(0)) return invalid("indicators.bad_target").with("value", std::string(typed));
        if (indicator->as == Indicator::As::figure) TRY(check_sums(tx, desk, order, figure->measure, *value));
        TRY(tx.exec("INSERT INTO indicators_target (indicator, area_code, term, value, direction, version, at, account, name) "
                    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (indicator, term, area_code) DO UPDATE SET value = "
                    "excluded.value, direction = excluded.direction, version = excluded.version, at = excluded.at, "
                    "account = excluded.account, name = excluded.name",
                    order.indicator, order.area, order.term, value->plain(), name_of(order.direction), stands + 1,
                    desk.now.ms, desk.actor.account, desk.actor.name));
    }
    return record(tx, desk, "indicators.target", "indicator:" + order.indicator, order.area,
                  fmt::format(R"({{"term":"{}","version":{}}})", order.term, stands + 1));
}

Result<std::vector<Target>> targets(db::Tx& tx, const Desk& desk, const Term& term, AreaCode area) {
    if (!desk.actor.scope(Right::indicators_read).contains(area))
        return not_found("areas.unknown").with("code", area.digits());
    std::vector<Target> out;
    for (auto& one : TRY(read(tx, "term = ? AND area_code BETWEEN ? AND ?", {term.text(), area.first(), area.last()})))
        if (one.area == area || one.area.level() == level_below(area.level())) out.push_back(std::move(one));
    return out;
}

}  // namespace ballast::indicators
