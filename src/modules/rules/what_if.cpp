#include "rules/what_if.h"

#include <algorithm>
#include <array>
#include <bit>
#include <map>

namespace ballast::rules {

namespace {

constexpr std::array group_names{std::string_view("before"), std::string_view("after"),
                                 std::string_view("entering"), std::string_view("leaving")};

bool fits(const Decimal& value, packs::Unit unit) {
    if (value < Decimal(0)) return false;
    return unit == packs::Unit::ratio || unit == packs::Unit::percent ||
           value.rounded(0, Rounding::down) == value;
}

bool holds(RuleBits bits, const std::optional<std::size_t>& rule) {
    return rule ? (bits >> *rule & 1) != 0 : bits != 0;
}

bool belongs(Group group, bool was, bool is) {
    switch (group) {
        case Group::before:
            return was;
        case Group::after:
            return is;
        case Group::entering:
            return is && !was;
        case Group::leaving:
            return was && !is;
    }
    return false;
}

}  // namespace

std::string_view name_of(Group group) { return group_names[static_cast<std::size_t>(group)]; }
std::optional<Group> group_named(std::string_view name) {
    const auto found = std::find(group_names.begin(), group_names.end(), name);
    if (found == group_names.end()) return std::nullopt;
    return static_cast<Group>(found - group_names.begin());
}

Result<packs::Pack> changed(packs::Pack pack, std::span<const Change> changes, AreaCode county, Date as_of) {
    for (const auto& change : changes) {
        const auto parameter = std::find_if(pack.parameters.begin(), pack.parameters.end(),
                                            [&](const auto& one) { return one.name == change.parameter; });
        if (parameter == pack.parameters.end())
            return invalid("rules.unknown_parameter").with("name", change.parameter);
        const auto held = TRY(pack.bind(change.parameter, as_of, county));
        if (!fits(change.value, parameter->unit))
            return invalid("rules.bad_value").with("name", change.parameter);
        auto& row = parameter->values[static_cast<std::size_t>(held.value - parameter->values.data())];
        row.value = change.value;
    }
    return pack;
}

std::vector<Change> until(const packs::Pack& pack, AreaCode county, Date today, Date then) {
    std::vector<Change> out;
    for (const auto& parameter : pack.parameters) {
        const auto now = pack.bind(parameter.name, today, county);
        const auto later = pack.bind(parameter.name, then, county);
        if (now && later && now->value->value != later->value->value)
            out.push_back({parameter.name, later->value->value});
    }
    return out;
}

void Tally::add(bool was, bool is) {
    before += was;
    after += is;
    entering += is && !was;
    leaving += was && !is;
}

AreaCode below(AreaCode area, AreaCode village) {
    const auto level = area.level();
    return level == AreaLevel::village ? village
                                       : village.at(static_cast<AreaLevel>(static_cast<int>(level) + 1));
}

Comparison compare(std::span<const AreaCode> villages, std::span<const RuleBits> before,
                   std::span<const RuleBits> after, const Part& part, std::size_t rules) {
    Comparison out;
    out.by_rule.resize(rules);
    const auth::Scope within = part.scope.intersect(auth::Scope({part.area}));
    std::map<AreaCode, Comparison::OfArea> areas;
    std::map<AreaCode, bool> seen;  // by village
    for (std::size_t i = 0; i < villages.size(); ++i) {
        const auto [visible, is_new] = seen.try_emplace(villages[i], false);
        if (is_new) visible->second = within.contains(villages[i]);
        if (!visible->second) continue;
        const bool was = holds(before[i], part.rule), is = holds(after[i], part.rule);
        auto& area = areas[below(part.area, villages[i])];
        ++out.households;
        ++area.households;
        out.all.add(was, is);
        area.tally.add(was, is);
        for (RuleBits left = before[i] | after[i]; left; left &= left - 1) {
            const auto rule = static_cast<std::size_t>(std::countr_zero(left));
            out.by_rule[rule].add(before[i] >> rule & 1, after[i] >> rule & 1);
        }
    }
    for (auto& [code, area] : areas) {
        area.area = code;
        out.by_area.push_back(area);
    }
    return out;
}

std::vector<std::size_t> behind(std::span<const AreaCode> villages, std::span<const RuleBits> before,
                                std::span<const RuleBits> after, const Part& part, Group group) {
    const auth::Scope within = part.scope.intersect(auth::Scope({part.area}));
    std::vector<std::size_t> out;
    for (std::size_t i = 0; i < villages.size(); ++i)
        if (belongs(group, holds(before[i], part.rule), holds(after[i], part.rule)) &&
            within.contains(villages[i]))
            out.push_back(i);
    return out;
}

}  // namespace ballast::rules
