// What can be said of an expression before it is evaluated.
#include <algorithm>

#include "feel/builtins.h"
#include "feel/interpreter.h"

namespace ballast::feel {

namespace {

void collect_reads(const Node& node, std::vector<int>& slots) {
    if (node.op == Op::global) slots.push_back(node.slot);
    for (const auto& child : node.children) collect_reads(*child, slots);
}

}  // namespace

std::vector<int> Expression::reads() const {
    std::vector<int> slots;
    if (root_) collect_reads(*root_, slots);
    std::sort(slots.begin(), slots.end());
    slots.erase(std::unique(slots.begin(), slots.end()), slots.end());
    return slots;
}

bool Expression::always_true() const { return root_ && root_->op == Op::tests && root_->children.empty(); }

std::optional<Value> temporal_literal(std::string_view text) {
    if (const auto date = Date::parse(text)) return *date;
    if (const auto moment = DateTime::parse(text)) return *moment;
    if (const auto time = Time::parse(text)) return *time;
    if (const auto months = Months::parse(text)) return *months;
    if (const auto span = Span::parse(text)) return *span;
    return std::nullopt;
}

Type type_of(const Node& node, const Scope& scope) {
    switch (node.op) {
        case Op::literal:
            return node.value.is_null() ? Type::any() : Type::of(node.value.kind());
        case Op::global:
            return scope.type_at(node.slot);
        case Op::power:
            return Type::of(Kind::number);
        case Op::negate:
            return type_of(*node.children[0], scope);
        case Op::subtract:
        case Op::multiply:
        case Op::divide:
        case Op::add: {
            // Of two numbers a number; dates and durations make each other, and are not told here.
            const Type left = type_of(*node.children[0], scope);
            const bool same = left == type_of(*node.children[1], scope);
            if (same && left.known && left.kind == Kind::number) return left;
            return same && node.op == Op::add ? left : Type::any();
        }
        case Op::equal:
        case Op::unequal:
        case Op::less:
        case Op::at_most:
        case Op::greater:
        case Op::at_least:
        case Op::conjunction:
        case Op::disjunction:
        case Op::between:
        case Op::in:
        case Op::instance_of:
        case Op::some:
        case Op::every:
        case Op::tests:
        case Op::test_value:
        case Op::test_holds:
            return Type::of(Kind::boolean);
        case Op::conditional: {
            const Type yes = type_of(*node.children[1], scope);
            return yes == type_of(*node.children[2], scope) ? yes : Type::any();
        }
        case Op::range:
        case Op::half_range:
            return Type::of(Kind::range);
        case Op::list:
        case Op::loop:
            return Type::of(Kind::list);
        case Op::context:
            return node.flag ? Type::any() : Type::of(Kind::context);
        case Op::lambda:
            return Type::of(Kind::function);
        default:
            return Type::any();
    }
}

std::optional<Mismatch> mismatch(const Expression& tests, Type tested, const Scope& scope) {
    if (!tested.known || !tests.root() || tested.kind == Kind::null) return std::nullopt;
    const auto check = [&](const Node& node) -> std::optional<Mismatch> {
        const Type type = type_of(node, scope);
        if (!type.known || type == tested) return std::nullopt;
        return Mismatch{type.kind, node.place};
    };
    for (const auto& test : tests.root()->children) {
        const Node& inside = *test->children[0];
        if (test->op == Op::test_holds) {
            // `< 5`: the tested value stands on the left.
            const bool on_tested = inside.children.size() == 2 && inside.children[0]->op == Op::local &&
                                   inside.children[0]->slot == test->slot;
            if (on_tested)
                if (auto found = check(*inside.children[1])) return found;
            continue;
        }
        if (test->flag) continue;  // a condition of its own
        if (inside.op == Op::range) {
            for (const auto& end : inside.children)
                if (auto found = check(*end)) return found;
        } else if (inside.op == Op::list) {
            for (const auto& item : inside.children)
                if (auto found = check(*item)) return found;
        } else if (auto found = check(inside);
                   found && found->found != Kind::list && found->found != Kind::range) {
            return found;
        }
    }
    return std::nullopt;
}

namespace {

/// Known, and of one value: lists and contexts may be taken for their items.
bool is_plain(Type type) { return type.known && type.kind >= Kind::boolean && type.kind <= Kind::months; }

bool goes_together(Op op, Kind left, Kind right) {
    switch (op) {
        case Op::add:
        case Op::subtract:
        case Op::multiply:
        case Op::divide:
        case Op::power:
            return applies(op, left, right);
        case Op::less:
        case Op::at_most:
        case Op::greater:
        case Op::at_least:
            return left == right && left != Kind::boolean;
        case Op::equal:
        case Op::unequal:
        case Op::between:
            return left == right;
        default:
            return true;
    }
}

Conflict operands(const Node& node, Kind left, Kind right) {
    return {Conflict::Of::operands, std::string(sign(node.op)), std::string(name_of(left)),
            std::string(name_of(right)), 0, node.place};
}

bool may_fit_shape(Type given, const Shape* wanted) {
    if (!wanted || wanted->form == Shape::Form::any) return true;
    if (wanted->form == Shape::Form::basic) return may_fit(given, Type::of(wanted->kind));
    return wanted->form != Shape::Form::context || !is_plain(given);
}

/// The arguments of a call against what the function takes; nothing when it is not known what is called.
std::optional<Conflict> call_conflict(const Node& node, const Scope& scope) {
    const Node& called = *node.children[0];
    const std::size_t count = node.children.size() - 1;
    const auto refusal = [&](Conflict::Of of, std::string_view name) {
        return Conflict{of, std::string(name), "", std::to_string(count), 0, node.place};
    };
    const auto argument = [&](std::string_view name, std::size_t i, const Shape* wanted) {
        const Type given = type_of(*node.children[i + 1], scope);
        if (may_fit_shape(given, wanted)) return std::optional<Conflict>();
        return std::optional(Conflict{Conflict::Of::argument, std::string(name), wanted->name,
                                      std::string(name_of(given.kind)), i + 1, node.place});
    };
    if (called.op == Op::literal && called.value.function() && called.value.function()->builtin) {
        const Builtin& builtin = *called.value.function()->builtin;
        std::optional<Conflict> first;
        for (const Signature& signature : builtin.signatures) {
            const auto places = places_of(signature, count, node.names);
            if (!places) continue;
            std::optional<Conflict> wrong;
            for (std::size_t i = 0; i < count && !wrong; ++i)
                wrong = argument(builtin.name, i, signature.parameters[(*places)[i]].type.get());
            if (!wrong) return std::nullopt;
            if (!first) first = std::move(wrong);
        }
        return first ? first : refusal(Conflict::Of::argument_count, builtin.name);
    }
    const Node* lambda = called.op == Op::global ? scope.function_at(called.slot) : nullptr;
    if (!lambda || lambda->op != Op::lambda || !node.names.empty()) return std::nullopt;
    const std::string name = scope.name_at(called.slot);
    if (count != lambda->names.size()) return refusal(Conflict::Of::argument_count, name);
    for (std::size_t i = 0; i < count && i < lambda->shapes.size(); ++i)
        if (auto wrong = argument(name, i, lambda->shapes[i].get())) return wrong;
    return std::nullopt;
}

}  // namespace

bool may_fit(Type found, Type wanted) {
    if (!is_plain(found) || !is_plain(wanted) || found == wanted) return true;
    return found.kind == Kind::date && wanted.kind == Kind::date_time;
}

std::optional<Conflict> conflict(const Node& node, const Scope& scope) {
    for (const auto& child : node.children)
        if (auto found = conflict(*child, scope)) return found;
    if (node.children.empty()) return std::nullopt;
    if (node.op == Op::call) return call_conflict(node, scope);
    const Type left = type_of(*node.children[0], scope);
    if (!is_plain(left)) return std::nullopt;
    if (node.op == Op::negate && !applies(Op::divide, left.kind, left.kind))
        return operands(node, left.kind, left.kind);
    for (auto other = node.children.begin() + 1; other != node.children.end(); ++other)
        if (const Type right = type_of(**other, scope);
            is_plain(right) && !goes_together(node.op, left.kind, right.kind))
            return operands(node, left.kind, right.kind);
    return std::nullopt;
}

}  // namespace ballast::feel
