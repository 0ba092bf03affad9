// Unary tests: what stands in the cells of a decision table.
#include <algorithm>

#include "feel/interpreter.h"

namespace ballast::feel {

Value run_test(const Node& test, Evaluation& e) {
    const Value found = evaluate(*test.children[0], e);
    const Value& tested = e.locals[static_cast<std::size_t>(test.slot)];
    if (test.op == Op::test_holds || (test.flag && found.boolean() && !tested.boolean())) {
        if (found.boolean() || found.is_null()) return found;
        return because(test, "feel.no_boolean", {{"found", std::string(name_of(found.kind()))}});
    }
    if (found.is_null() && test.children[0]->op == Op::range) return found;
    if (const Range* r = found.range(); r && !tested.range()) {
        const auto inside = contains(*r, tested);
        if (inside) return *inside;
        return wrong_operands(test, tested, found);
    }
    if (const List* items = found.list(); items && !tested.list()) {
        for (const Value& item : *items) {
            const Range* r = item.range();
            const auto holds = r && !tested.range() ? contains(*r, tested) : equal(tested, item);
            if (holds && *holds) return true;
        }
        return false;
    }
    const auto same = equal(tested, found);
    if (same) {
        if (*same) return true;
        // Also a list that holds the tested list.
        if (const List* items = found.list())
            return std::any_of(items->begin(), items->end(),
                               [&](const Value& item) { return equal(tested, item) == std::optional(true); });
        return false;
    }
    return wrong_operands(test, tested, found);
}

Value run_tests(const Node& node, Evaluation& e) {
    if (node.children.empty()) return true;
    Value result = false;
    for (const auto& child : node.children) {
        Value one = run_test(*child, e);
        if (one.is_true()) return !node.flag;
        if (one.is_null()) result = std::move(one);
    }
    if (result.is_null()) return result;
    return node.flag;
}
}  // namespace ballast::feel
