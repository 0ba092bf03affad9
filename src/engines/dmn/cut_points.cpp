#include "dmn/cut_points.h"

#include <algorithm>

#include "dmn/columns.h"

namespace ballast::dmn {

using feel::Kind;
using feel::Node;
using feel::Number;
using feel::Op;
using feel::Value;

namespace {

/// The first n that is not below the point, and the first above it.
std::optional<std::pair<std::int64_t, std::int64_t>> cuts_of(const Value& point, const Column& column) {
    if (point.date() && column.kind == Kind::date)
        return std::pair(point.date()->days(), point.date()->days() + 1);
    if (!point.number() || column.kind != Kind::number) return std::pair<std::int64_t, std::int64_t>(0, 0);
    const auto shifted = Number::multiply(*point.number(), Number::scaled(1, -column.scale));
    const auto low = shifted ? shifted->rounded(0, feel::Rounding::ceiling) : std::nullopt;
    const auto high = shifted ? shifted->rounded(0, feel::Rounding::floor) : std::nullopt;
    if (!low || !high || !low->integer() || !high->integer() || *high->integer() == INT64_MAX)
        return std::nullopt;
    return std::pair(*low->integer(), *high->integer() + 1);
}

}  // namespace

std::vector<std::int64_t> cuts_between(const std::vector<Value>& points, const Column& column) {
    std::vector<std::int64_t> out;
    if (column.kind == Kind::boolean) return {1};
    if (column.kind != Kind::number && column.kind != Kind::date) return out;
    for (const Value& point : points) {
        const auto cuts = cuts_of(point, column);
        if (!cuts) continue;  // further than any value of the column
        out.push_back(cuts->first);
        out.push_back(cuts->second);
    }
    std::sort(out.begin(), out.end());
    std::erase(out, INT64_MIN);  // nothing lies below
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

bool CutPoints::is_constant(const Node& node) const {
    switch (node.op) {
        case Op::global:
            return !varies_[static_cast<std::size_t>(node.slot)];
        case Op::literal:
        case Op::negate:
        case Op::add:
        case Op::subtract:
        case Op::multiply:
        case Op::divide:
        case Op::power:
        case Op::range:
        case Op::half_range:
        case Op::list:
        case Op::call:
            return std::all_of(node.children.begin(), node.children.end(),
                               [&](const auto& inside) { return is_constant(*inside); });
        default:
            return false;
    }
}

bool CutPoints::add_value(const Value& value) {
    if (value.number() || value.date()) points_.push_back(value);
    if (const auto* range = value.range()) return add_value(range->low) && add_value(range->high);
    if (const auto* list = value.list())
        return std::all_of(list->begin(), list->end(), [&](const Value& item) { return add_value(item); });
    return true;
}

bool CutPoints::add_tests(const Node& node, int slot) {
    return node.op == Op::tests && std::all_of(node.children.begin(), node.children.end(),
                                               [&](const auto& test) { return add_test(*test, slot); });
}

bool CutPoints::add_test(const Node& test, int slot) {
    if (test.slot != slot) return false;
    if (test.op == Op::test_holds) return add_condition(*test.children[0], slot);
    if (test.op != Op::test_value) return false;
    return add_compared(*test.children[0], slot);
}

/// What the tested value is held against.
bool CutPoints::add_compared(const Node& node, int slot) {
    if (node.op == Op::local && node.slot == slot) return true;
    if (!is_constant(node)) return false;
    feel::Evaluation e{constants_, environment_};
    return add_value(feel::evaluate(node, e));
}

bool CutPoints::add_condition(const Node& node, int slot) {
    switch (node.op) {
        case Op::conjunction:
        case Op::disjunction:
            return add_condition(*node.children[0], slot) && add_condition(*node.children[1], slot);
        case Op::equal:
        case Op::unequal:
        case Op::less:
        case Op::at_most:
        case Op::greater:
        case Op::at_least:
        case Op::between:
            return std::all_of(node.children.begin(), node.children.end(),
                               [&](const auto& side) { return add_compared(*side, slot); });
        default:
            return false;
    }
}

}  // namespace ballast::dmn
