#include <algorithm>

#include "feel/ast.h"

namespace ballast::feel {

namespace {

// A function that calls itself may go this deep before it gets null for an answer.
constexpr int deepest_evaluation = 1000;
// A string may grow this long: doubling it forty times ends in a cause, not in an empty machine.
constexpr std::size_t longest_string = 10'000'000;
// And loops together may turn this often: `for i in 1..10**15` ends in a cause, not in a hang.
constexpr std::int64_t most_turns = 2'000'000;

using Arguments = std::vector<std::pair<std::string, std::string>>;

Value because(const Node& node, const char* id, Arguments args = {}) {
    return null_because(id, std::move(args), node.place, node.source ? *node.source : std::string());
}

std::string_view sign(Op op) {
    switch (op) {
        case Op::add:
            return "+";
        case Op::subtract:
        case Op::negate:
            return "-";
        case Op::multiply:
            return "*";
        case Op::divide:
            return "/";
        case Op::power:
            return "**";
        case Op::equal:
            return "=";
        case Op::unequal:
            return "!=";
        case Op::less:
            return "<";
        case Op::at_most:
            return "<=";
        case Op::greater:
            return ">";
        case Op::at_least:
            return ">=";
        case Op::conjunction:
            return "and";
        case Op::disjunction:
            return "or";
        default:
            return "in";
    }
}

// The cause of an operand that is null is the cause of the result: it names where the trouble began.
Value wrong_operands(const Node& node, const Value& a, const Value& b) {
    if (a.is_null()) return a;
    if (b.is_null()) return b;
    return because(node, "feel.wrong_operands",
                   {{"operator", std::string(sign(node.op))},
                    {"left", std::string(name_of(a.kind()))},
                    {"right", std::string(name_of(b.kind()))}});
}

Value arithmetic(const Node& node, const Value& a, const Value& b) {
    if (node.op == Op::add && a.string() && b.string()) {
        if (a.string()->size() + b.string()->size() > longest_string) return because(node, "feel.too_large");
        return *a.string() + *b.string();
    }
    if (!a.number() || !b.number()) return wrong_operands(node, a, b);
    std::optional<Number> result;
    switch (node.op) {
        case Op::add:
            result = Number::add(*a.number(), *b.number());
            break;
        case Op::subtract:
            result = Number::subtract(*a.number(), *b.number());
            break;
        case Op::multiply:
            result = Number::multiply(*a.number(), *b.number());
            break;
        case Op::divide:
            if (b.number()->is_zero()) return because(node, "feel.divided_by_zero");
            result = Number::divide(*a.number(), *b.number());
            break;
        default:
            result = Number::power(*a.number(), *b.number());
            break;
    }
    if (!result) return because(node, "feel.no_number", {{"operator", std::string(sign(node.op))}});
    return *result;
}

Value comparison(const Node& node, const Value& a, const Value& b) {
    if (node.op == Op::equal || node.op == Op::unequal) {
        const auto same = equal(a, b);
        if (!same) return wrong_operands(node, a, b);
        return *same == (node.op == Op::equal);
    }
    const auto order = ordered(a, b);
    if (!order) return wrong_operands(node, a, b);
    switch (node.op) {
        case Op::less:
            return *order < 0;
        case Op::at_most:
            return *order <= 0;
        case Op::greater:
            return *order > 0;
        default:
            return *order >= 0;
    }
}

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

Value field_of(const Node& node, const Value& from) {
    const std::string& name = node.names[0];
    if (const Value* entry = from.entry(name)) return *entry;
    if (const List* items = from.list()) {
        List out;
        for (const Value& item : *items) out.push_back(field_of(node, item));
        return out;
    }
    if (const Date* date = from.date()) {
        if (name == "year") return static_cast<std::int64_t>(date->year);
        if (name == "month") return static_cast<std::int64_t>(date->month);
        if (name == "day") return static_cast<std::int64_t>(date->day);
        if (name == "weekday") return date->weekday();
    }
    if (const Range* r = from.range()) {
        if (name == "start") return r->low;
        if (name == "end") return r->high;
        if (name == "start included") return r->low_included;
        if (name == "end included") return r->high_included;
    }
    if (from.is_null()) return from;
    return because(node, "feel.no_entry", {{"name", name}, {"found", std::string(name_of(from.kind()))}});
}

Value filter(const Node& node, Evaluation& e) {
    const Value subject = evaluate(*node.children[0], e);
    const List one = subject.is_null() ? List{} : List{subject};
    const List& items = subject.list() ? *subject.list() : one;
    const Node& condition = *node.children[1];
    // A position: the expression is a number whatever the item is.
    if (condition.op == Op::literal || condition.op == Op::negate || condition.op == Op::global) {
        const Value position = evaluate(condition, e);
        if (position.number()) {
            const auto n = position.number()->integer();
            const auto size = static_cast<std::int64_t>(items.size());
            if (n && *n >= 1 && *n <= size) return items[static_cast<std::size_t>(*n - 1)];
            if (n && *n <= -1 && *n >= -size) return items[static_cast<std::size_t>(size + *n)];
            return because(node, "feel.no_position",
                           {{"position", position.text()}, {"size", std::to_string(size)}});
        }
    }
    List out;
    std::optional<std::int64_t> computed_position;
    for (const Value& item : items) {
        e.locals.push_back(item);
        const Value chosen = evaluate(condition, e);
        e.locals.pop_back();
        if (chosen.is_true()) out.push_back(item);
        if (chosen.number()) {
            computed_position = chosen.number()->integer();
            break;
        }
    }
    if (!computed_position) return out;
    const auto size = static_cast<std::int64_t>(items.size());
    const auto n = *computed_position < 0 ? size + 1 + *computed_position : *computed_position;
    if (n < 1 || n > size)
        return because(node, "feel.no_position",
                       {{"position", std::to_string(*computed_position)}, {"size", std::to_string(size)}});
    return items[static_cast<std::size_t>(n - 1)];
}

/// Runs the body for every combination of the domains; `visit` returns false to stop. A domain may use
/// the variables before it. Returns null with its cause when a domain is no list.
template <class Visit>
std::optional<Value> iterate(const Node& node, Evaluation& e, std::size_t domain, Visit& visit) {
    if (domain + 1 == node.children.size()) return visit(evaluate(*node.children[domain], e));
    const Node& described = *node.children[domain];
    const auto run = [&](const Value& item) -> std::optional<Value> {
        if (++e.turns > most_turns) return because(node, "feel.too_many_turns");
        e.locals.push_back(item);
        auto stop = iterate(node, e, domain + 1, visit);
        e.locals.pop_back();
        return stop;
    };
    const auto numbers = [&](const Value& low, const Value& high) -> std::optional<Value> {
        const auto first = low.number() ? low.number()->integer() : std::nullopt;
        const auto last = high.number() ? high.number()->integer() : std::nullopt;
        if (!first || !last) return wrong_operands(described, low, high);
        const std::int64_t step = *first <= *last ? 1 : -1;
        for (std::int64_t n = *first;; n += step) {
            if (auto stop = run(n)) return stop;
            if (n == *last) return std::nullopt;
        }
    };
    if (described.op == Op::domain)
        return numbers(evaluate(*described.children[0], e), evaluate(*described.children[1], e));
    const Value items = evaluate(described, e);
    if (items.is_null()) return items;
    if (const Range* r = items.range()) return numbers(r->low, r->high);
    if (!items.list()) return run(items);
    for (const Value& item : *items.list())
        if (auto stop = run(item)) return stop;
    return std::nullopt;
}

Value loop(const Node& node, Evaluation& e) {
    // `partial` would copy the results once for each turn, so it is kept only where the body may read it.
    List out;
    const auto place = e.locals.size();
    e.locals.emplace_back(List{});
    auto visit = [&](Value result) -> std::optional<Value> {
        out.push_back(std::move(result));
        if (node.flag) {
            // The copy costs as much as the list is long, and counts so.
            e.turns += static_cast<std::int64_t>(out.size());
            e.locals[place] = Value(out);
        }
        return std::nullopt;
    };
    auto refused = iterate(node, e, 0, visit);
    e.locals.resize(place);
    return refused ? *refused : Value(std::move(out));
}

Value quantified(const Node& node, Evaluation& e) {
    const bool wanted = node.op == Op::some;
    Value unknown = !wanted;
    bool settled = false;
    auto visit = [&](const Value& result) -> std::optional<Value> {
        if (result.boolean() && *result.boolean() == wanted) {
            settled = true;
            return wanted;
        }
        if (!result.boolean() && !unknown.is_null())
            unknown = result.is_null() ? result
                                       : because(node, "feel.no_boolean",
                                                 {{"found", std::string(name_of(result.kind()))}});
        return std::nullopt;
    };
    const auto place = e.locals.size();
    const auto stopped = iterate(node, e, 0, visit);
    e.locals.resize(place);
    if (settled) return wanted;
    return stopped ? *stopped : unknown;
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

    std::vector<std::string> parameters = function->parameters;
    if (function->builtin)
        parameters.assign(function->builtin->parameters.begin(), function->builtin->parameters.end());
    std::vector<Value> ordered_values(parameters.size(), because(node, "feel.argument_missing"));
    std::size_t last = 0;
    for (std::size_t i = 0; i < given.size(); ++i) {
        const auto found = std::find(parameters.begin(), parameters.end(), node.names[i]);
        if (found == parameters.end())
            return because(node, "feel.unknown_parameter", {{"name", node.names[i]}});
        const auto at = static_cast<std::size_t>(found - parameters.begin());
        ordered_values[at] = given[i];
        last = std::max(last, at + 1);
    }
    if (function->builtin) {
        if (last < static_cast<std::size_t>(function->builtin->required))
            return because(node, "feel.argument_missing");
        ordered_values.resize(last);
    }
    return call(*function, ordered_values, e, node);
}

bool is_instance(const Value& value, const std::string& type) {
    if (type == "Any") return !value.is_null();
    if (type == "Null") return value.is_null();
    if (type.starts_with("list<") && value.list()) {
        const auto inner = type.substr(5, type.size() - 6);
        return std::all_of(value.list()->begin(), value.list()->end(),
                           [&](const Value& item) { return is_instance(item, inner); });
    }
    return name_of(value.kind()) == type.substr(0, type.find('<')) && !value.is_null();
}

/// One test of a cell: true, false, or null with the reason why it cannot be said.
Value run_test(const Node& test, Evaluation& e) {
    const Value found = evaluate(*test.children[0], e);
    const Value& tested = e.locals[static_cast<std::size_t>(test.slot)];
    if (test.op == Op::test_holds || (test.flag && found.boolean() && !tested.boolean())) {
        if (found.boolean() || found.is_null()) return found;
        return because(test, "feel.no_boolean", {{"found", std::string(name_of(found.kind()))}});
    }
    if (const Range* r = found.range(); r && !tested.range()) {
        const auto inside = contains(*r, tested);
        if (inside) return *inside;
        return wrong_operands(test, tested, found);
    }
    if (const List* items = found.list(); items && !tested.list()) {
        Value unknown = false;
        for (const Value& item : *items) {
            const Range* r = item.range();
            const auto holds = r && !tested.range() ? contains(*r, tested) : equal(tested, item);
            if (holds && *holds) return true;
            if (!holds) unknown = wrong_operands(test, tested, item);
        }
        return unknown;
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
    if (const Builtin* builtin = function.builtin) {
        const auto most = builtin->variadic ? arguments.size() : builtin->parameters.size();
        if (arguments.size() < static_cast<std::size_t>(builtin->required) || arguments.size() > most)
            return because(
                at, "feel.argument_count",
                {{"name", std::string(builtin->name)}, {"found", std::to_string(arguments.size())}});
        return builtin->run({arguments, e, at, builtin->name});
    }
    if (arguments.size() != function.parameters.size())
        return because(at, "feel.argument_count",
                       {{"name", "function"}, {"found", std::to_string(arguments.size())}});
    // The body sees what surrounded its definition, then its parameters.
    std::vector<Value> caller = std::move(e.locals);
    e.locals = function.captured;
    e.locals.insert(e.locals.end(), arguments.begin(), arguments.end());
    Value result = evaluate(*function.body, e);
    e.locals = std::move(caller);
    return result;
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
            return field_of(node, item);
        }
        case Op::field:
            return field_of(node, evaluate(*node.children[0], e));
        case Op::negate: {
            const Value a = evaluate(*node.children[0], e);
            if (a.number()) return a.number()->negated();
            return wrong_operands(node, a, a);
        }
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
            return evaluate(*node.children[evaluate(*node.children[0], e).is_true() ? 1 : 2], e);
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
            return Function{nullptr, node.children[0], node.names, e.locals};
        case Op::call:
            return invoke(node, e);
        case Op::instance_of:
            return is_instance(evaluate(*node.children[0], e), node.names[0]);
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
