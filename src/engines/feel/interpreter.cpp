#include "feel/interpreter.h"

#include <algorithm>

#include "feel/builtins.h"

namespace ballast::feel {

namespace {

// A function that calls itself may go this deep before it gets null for an answer.
constexpr int deepest_evaluation = 1000;

/// Three-valued: `decided` is the value that settles the matter whatever the other side is.
Value junction(const Node& node, Evaluation& e) {
    const bool decided = node.op == Op::disjunction;
    const Value a = evaluate(*node.children[0], e);
    if (a.boolean() && *a.boolean() == decided) return decided;
    const Value b = evaluate(*node.children[1], e);
    if (b.boolean() && *b.boolean() == decided) return decided;
    if (a.boolean() && b.boolean()) return !decided;
    return wrong_operands(node, a.boolean() ? b : a, b.boolean() ? a : b);
}

Value range(const Node& node, Evaluation& e) {
    Range out;
    out.low = evaluate(*node.children[0], e);
    out.high = evaluate(*node.children[1], e);
    out.low_included = node.low_included;
    out.high_included = node.high_included;
    if (!out.low.is_null() && !out.high.is_null() && !ordered(out.low, out.high))
        return because(node, "feel.wrong_operands",
                       {{"operator", ".."},
                        {"left", std::string(name_of(out.low.kind()))},
                        {"right", std::string(name_of(out.high.kind()))}});
    // A side that came out null is unknown, not unbounded.
    if (out.low.is_null()) return out.low;
    if (out.high.is_null()) return out.high;
    return out;
}

Value context(const Node& node, Evaluation& e) {
    Context out;
    const auto place = e.locals.size();
    for (std::size_t i = 0; i < node.children.size(); ++i) {
        Value value = evaluate(*node.children[i], e);
        e.locals.push_back(value);
        out.emplace_back(node.names[i], std::move(value));
    }
    e.locals.resize(place);
    // A boxed context may end in a result, which is its value then.
    if (node.flag) return out.back().second;
    return out;
}

Value invoke(const Node& node, Evaluation& e) {
    const Value called = evaluate(*node.children[0], e);
    const Function* function = called.function();
    if (!function) {
        if (called.is_null()) return called;
        return because(node, "feel.no_function", {{"found", std::string(name_of(called.kind()))}});
    }
    std::vector<Value> given;
    given.reserve(node.children.size() - 1);
    for (std::size_t i = 1; i < node.children.size(); ++i) given.push_back(evaluate(*node.children[i], e));
    if (node.names.empty()) return call(*function, given, e, node);
    if (function->builtin) return call_builtin(*function->builtin, given, node.names, e, node);
    std::vector<Value> in_order(function->parameters.size(), because(node, "feel.argument_missing"));
    for (std::size_t i = 0; i < given.size(); ++i) {
        const auto found = std::find(function->parameters.begin(), function->parameters.end(), node.names[i]);
        if (found == function->parameters.end())
            return because(node, "feel.unknown_parameter", {{"name", node.names[i]}});
        in_order[static_cast<std::size_t>(found - function->parameters.begin())] = given[i];
    }
    return call(*function, in_order, e, node);
}

Value conditional(const Node& node, Evaluation& e) {
    const Value condition = evaluate(*node.children[0], e);
    if (!condition.boolean() && !condition.is_null())
        return because(node, "feel.no_boolean", {{"found", std::string(name_of(condition.kind()))}});
    return evaluate(*node.children[condition.is_true() ? 1 : 2], e);
}

Value half_range(const Node& node, Evaluation& e) {
    const Value end = evaluate(*node.children[0], e);
    if (end.is_null()) return end;
    const std::string& op = node.names[0];
    Range out;
    if (op == "=" || op == "!=") {
        out = {end, end, true, true, op == "=" ? Range::Form::equal : Range::Form::unequal};
        return out;
    }
    out.low_included = op == ">=";
    out.high_included = op == "<=";
    (op[0] == '<' ? out.high : out.low) = end;
    return out;
}

Value lambda(const Node& node, const Evaluation& e) {
    Function out{nullptr, node.children[0], node.names, e.locals, {}, nullptr};
    out.types.assign(node.shapes.begin(), node.shapes.begin() + static_cast<std::ptrdiff_t>(std::min(
                                                                    node.shapes.size(), node.names.size())));
    if (node.shapes.size() > node.names.size()) out.result = node.shapes.back();
    return out;
}

struct Depth {
    explicit Depth(Evaluation& e) : evaluation(e) { ++evaluation.depth; }
    ~Depth() { --evaluation.depth; }
    Depth(const Depth&) = delete;
    Depth& operator=(const Depth&) = delete;
    Evaluation& evaluation;
};

}  // namespace

NodePtr shared_node(Node node) {
    for (const auto& child : node.children) node.depth = std::max(node.depth, child->depth + 1);
    return std::make_shared<const Node>(std::move(node));
}

Value call(const Function& function, std::span<const Value> arguments, Evaluation& e, const Node& at) {
    if (function.builtin) return call_builtin(*function.builtin, arguments, {}, e, at);
    if (arguments.size() != function.parameters.size())
        return because(at, "feel.argument_count",
                       {{"name", "function"}, {"found", std::to_string(arguments.size())}});
    // The body sees what surrounded its definition, then its parameters.
    std::vector<Value> locals = function.captured;
    locals.insert(locals.end(), arguments.begin(), arguments.end());
    const std::string_view source = at.source ? *at.source : std::string_view();
    for (std::size_t i = 0; i < function.types.size(); ++i) {
        if (!function.types[i]) continue;
        Value& argument = locals[function.captured.size() + i];
        const bool given = !argument.is_null();
        argument = fitted(argument, *function.types[i], e.environment, at.place, source);
        // An argument that does not fit makes the call null (10.3.2.13.2).
        if (given && argument.is_null()) return argument;
    }
    std::swap(e.locals, locals);
    Value result = evaluate(*function.body, e);
    e.locals = std::move(locals);
    return function.result ? fitted(result, *function.result, e.environment, at.place, source) : result;
}

Value evaluate(const Node& node, Evaluation& e) {
    const Depth depth(e);
    if (e.depth > deepest_evaluation) return because(node, "feel.too_deep_evaluation");
    switch (node.op) {
        case Op::literal:
            return node.value;
        case Op::global:
            return e.globals[static_cast<std::size_t>(node.slot)];
        case Op::local:
            return e.locals[static_cast<std::size_t>(node.slot)];
        case Op::item_field: {
            const Value& item = e.locals[static_cast<std::size_t>(node.slot)];
            if (const Value* entry = item.entry(node.names[0])) return *entry;
            if (!node.children.empty()) return evaluate(*node.children[0], e);
            return property(node, item);
        }
        case Op::field:
            return property(node, evaluate(*node.children[0], e));
        case Op::negate:
            return negated(node, evaluate(*node.children[0], e));
        case Op::add:
        case Op::subtract:
        case Op::multiply:
        case Op::divide:
        case Op::power:
            return arithmetic(node, evaluate(*node.children[0], e), evaluate(*node.children[1], e));
        case Op::equal:
        case Op::unequal:
        case Op::less:
        case Op::at_most:
        case Op::greater:
        case Op::at_least:
            return comparison(node, evaluate(*node.children[0], e), evaluate(*node.children[1], e));
        case Op::conjunction:
        case Op::disjunction:
            return junction(node, e);
        case Op::conditional:
            return conditional(node, e);
        case Op::between: {
            const Value x = evaluate(*node.children[0], e);
            const Range r{evaluate(*node.children[1], e), evaluate(*node.children[2], e)};
            for (const Value* side : {&x, &r.low, &r.high})
                if (side->is_null()) return *side;
            const auto inside = contains(r, x);
            if (!inside) return wrong_operands(node, x, r.low);
            return *inside;
        }
        case Op::in: {
            e.locals.push_back(evaluate(*node.children[0], e));
            Value result = evaluate(*node.children[1], e);
            e.locals.pop_back();
            return result;
        }
        case Op::range:
            return range(node, e);
        case Op::list: {
            List out;
            out.reserve(node.children.size());
            for (const auto& child : node.children) out.push_back(evaluate(*child, e));
            return out;
        }
        case Op::context:
            return context(node, e);
        case Op::filter:
            return filter(node, e);
        case Op::loop:
            return loop(node, e);
        case Op::some:
        case Op::every:
            return quantified(node, e);
        case Op::domain:
            return because(node, "feel.no_number", {{"operator", ".."}});
        case Op::lambda:
            return lambda(node, e);
        case Op::call:
            return invoke(node, e);
        case Op::instance_of:
            return is_instance(evaluate(*node.children[0], e), *node.shapes[0], e.environment);
        case Op::fit:
            return fitted(evaluate(*node.children[0], e), *node.shapes[0], e.environment, node.place,
                          node.source ? *node.source : std::string_view());
        case Op::half_range:
            return half_range(node, e);
        case Op::tests:
            return run_tests(node, e);
        case Op::test_value:
        case Op::test_holds:
            return run_test(node, e);
        case Op::extension:
            return node.extension->evaluate(e);
    }
    return because(node, "feel.unset");
}

Value Expression::evaluate(std::span<const Value> slots, const Environment& environment) const {
    INVARIANT(root_);
    Evaluation e{slots, environment};
    return feel::evaluate(*root_, e);
}

Value Expression::test(const Value& tested, std::span<const Value> slots,
                       const Environment& environment) const {
    INVARIANT(root_ && root_->op == Op::tests);
    if (root_->children.empty()) return true;
    Evaluation e{slots, environment};
    e.locals.push_back(tested);
    return run_tests(*root_, e);
}

}  // namespace ballast::feel