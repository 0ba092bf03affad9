/// Targets by indicator, area and term.
#pragma once

#include "indicators/desk.h"

namespace ballast::indicators {

struct Target {
    std::string indicator;
    AreaCode area;
    std::string term;
    Decimal value = {};
    Direction direction = Direction::at_least;
    std::int64_t version = 0;
    std::string account, name;
};
std::string_view name_of(Direction direction);
std::optional<Direction> direction_named(std::string_view name);

struct TargetOrder {
    std::string indicator, term;
    AreaCode area;
    std::string value;  // "" takes it back
    Direction direction = Direction::at_least;
    std::int64_t version = 0;  // that was seen; 0 for none
};
/// Errors: forbidden; those of `term_of`, `area_of`; invalid "indicators.bad_target" {value}; conflict
/// "indicators.target_changed" {value, name}; of counts: "indicators.target_below_sum" {target, sum, unit, area}, both of
/// this area over its parts and of the area above over this one and its siblings.
Result<void> set_target(db::Tx& tx, const Desk& desk, const TargetOrder& order);

/// Of an area and of those directly below it.
Result<std::vector<Target>> targets(db::Tx& tx, const Desk& desk, const Term& term, AreaCode area);

}  // namespace ballast::indicators
