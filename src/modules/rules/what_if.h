/// What would change in a county if thresholds were others: who enters, who leaves, by rule and by area.
/// Pure; the answers come from rule_columns.h.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "auth/auth.h"
#include "base/area_code.h"
#include "base/decimal.h"
#include "packs/packs.h"
#include "rules/rule_columns.h"

namespace ballast::rules {

/// A threshold as it might be, in its own unit (fen for amounts).
struct Change {
    std::string parameter;
    Decimal value;
};

/// The pack with those values in place of the ones that hold in the county on the day.
///
/// Errors: invalid "rules.unknown_parameter" {name}, "rules.bad_value" {name} (an amount with a part of a
/// fen, a count with a fraction, below zero); not_found "packs.no_value" where the county has none.
Result<packs::Pack> changed(packs::Pack pack, std::span<const Change> changes, AreaCode county, Date as_of);

/// What the parameters of a pack become in an area between two days: tried today, it is as it will be then.
std::vector<Change> until(const packs::Pack& pack, AreaCode county, Date today, Date then);

/// Households that a rule means: as it is, as it would be, and the difference.
struct Tally {
    std::int64_t before = 0, after = 0, entering = 0, leaving = 0;
    void add(bool was, bool is);
};

struct Comparison {
    std::int64_t households = 0;  // looked at
    Tally all;                    // by any rule
    std::vector<Tally> by_rule;   // in the order of the pack
    struct OfArea {
        AreaCode area;
        std::int64_t households = 0;
        Tally tally;
    };
    std::vector<OfArea> by_area;  // the areas one level below `area`, by code
};

/// Of which households, and by which rule alone (its place in the pack; nothing: any).
struct Part {
    auth::Scope scope;
    AreaCode area;
    std::optional<std::size_t> rule;
};

/// The area one level below `area` in which the village lies; the village itself at the end.
AreaCode below(AreaCode area, AreaCode village);

/// `villages`, `before` and `after` go household by household. `by_rule` counts every rule; `all` and
/// `by_area` what the part says.
Comparison compare(std::span<const AreaCode> villages, std::span<const RuleBits> before,
                   std::span<const RuleBits> after, const Part& part, std::size_t rules);

enum class Group : std::uint8_t { before, after, entering, leaving };
std::string_view name_of(Group group);
std::optional<Group> group_named(std::string_view name);

/// The places of the households behind one of the numbers, in the register's order.
std::vector<std::size_t> behind(std::span<const AreaCode> villages, std::span<const RuleBits> before,
                                std::span<const RuleBits> after, const Part& part, Group group);

}  // namespace ballast::rules
