// Filters, loops and quantifiers.
#include <tuple>

#include "feel/interpreter.h"

namespace ballast::feel {

namespace {

/// Says the same whatever the item is: it can be evaluated without one.
bool without_item(const Node& condition) {
    if (condition.op == Op::negate) return without_item(*condition.children[0]);
    return condition.op == Op::literal || condition.op == Op::global;
}

}  // namespace

Value filter(const Node& node, Evaluation& e) {
    const Value subject = evaluate(*node.children[0], e);
    const List one = subject.is_null() ? List{} : List{subject};
    const List& items = subject.list() ? *subject.list() : one;
    const Node& condition = *node.children[1];
    // A position: the expression is a number whatever the item is.
    if (without_item(condition)) {
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
        if (!chosen.boolean() && !chosen.number() && !chosen.is_null())
            return because(node, "feel.no_boolean", {{"found", std::string(name_of(chosen.kind()))}});
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

namespace {

// Loops together may turn this often: `for i in 1..10**15` ends in a cause, not in a hang.
constexpr std::int64_t most_turns = 2'000'000;

/// Whole numbers or days, from the first to the last.
std::optional<std::tuple<std::int64_t, std::int64_t, bool>> steps_between(const Value& low,
                                                                          const Value& high) {
    if (low.date() && high.date()) return std::tuple(low.date()->days(), high.date()->days(), true);
    const auto first = low.number() ? low.number()->integer() : std::nullopt;
    const auto last = high.number() ? high.number()->integer() : std::nullopt;
    if (!first.has_value() || !last.has_value()) return std::nullopt;
    return std::tuple(*first, *last, false);
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
    const auto points = [&](const Value& low, const Value& high, const Range* ends) -> std::optional<Value> {
        const auto steps = steps_between(low, high);
        if (!steps) return wrong_operands(described, low, high);
        auto [n, last, dates] = *steps;
        if (ends && n > last) return because(described, "feel.range_reversed");
        const std::int64_t step = n <= last ? 1 : -1;
        if (ends && !ends->low_included && n == last) return std::nullopt;
        if (ends && !ends->high_included && n == last) return std::nullopt;
        if (ends && !ends->low_included) n += step;
        if (ends && !ends->high_included) {
            if (n == last) return std::nullopt;
            last -= step;
        }
        for (;; n += step) {
            if (auto stop = run(dates ? Value(Date::from_days(n).value_or(Date{})) : Value(n))) return stop;
            if (n == last) return std::nullopt;
        }
    };
    if (described.op == Op::domain)
        return points(evaluate(*described.children[0], e), evaluate(*described.children[1], e), nullptr);
    const Value items = evaluate(described, e);
    if (items.is_null()) return items;
    if (const Range* r = items.range()) return points(r->low, r->high, r);
    if (!items.list()) return run(items);
    for (const Value& item : *items.list())
        if (auto stop = run(item)) return stop;
    return std::nullopt;
}

}  // namespace

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
        if (!result.boolean() && !result.is_null())
            return because(node, "feel.no_boolean", {{"found", std::string(name_of(result.kind()))}});
        if (result.is_null() && !unknown.is_null()) unknown = result;
        return std::nullopt;
    };
    const auto place = e.locals.size();
    const auto stopped = iterate(node, e, 0, visit);
    e.locals.resize(place);
    if (settled) return wanted;
    return stopped ? *stopped : unknown;
}

}  // namespace ballast::feel
