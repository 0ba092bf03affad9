#include "dmn/cut_points.h"

#include <algorithm>

namespace ballast::dmn {

using feel::Node;
using feel::Op;
using feel::Value;

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
