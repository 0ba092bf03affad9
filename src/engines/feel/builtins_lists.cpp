#include <algorithm>

#include "feel/builtins.h"

namespace ballast::feel {

namespace {

bool same(const Value& a, const Value& b) { return equal(a, b) == std::optional(true); }

/// A position in a list, from 1 or from the end; nullopt when there is none.
std::optional<std::size_t> position(const Number& n, std::size_t size) {
    const auto at = n.integer();
    const auto count = static_cast<std::int64_t>(size);
    if (!at || *at == 0 || *at > count || *at < -count) return std::nullopt;
    return static_cast<std::size_t>(*at > 0 ? *at - 1 : count + *at);
}
Value no_position(In in, std::size_t argument) {
    return in.refuse("feel.no_position",
                     {{"position", in.number(argument).text()}, {"size", std::to_string(in.list(0).size())}});
}

Value count(In in) { return static_cast<std::int64_t>(in.list(0).size()); }

Value list_contains(In in) {
    return std::any_of(in.list(0).begin(), in.list(0).end(),
                       [&](const Value& value) { return same(value, in.arguments[1]); });
}

/// all(): false as soon as one is false; any(): true as soon as one is true; null when it cannot be said.
Value together(In in, bool settling) {
    Value unknown = !settling;
    for (const Value& value : spread(in.arguments)) {
        if (value.boolean() && *value.boolean() == settling) return settling;
        if (!value.boolean()) unknown = value.is_null() ? value : in.refuse("feel.mixed_list");
    }
    return unknown;
}

Value sublist(In in) {
    const List& list = in.list(0);
    const auto from = position(in.number(1), list.size());
    if (!from) return no_position(in, 1);
    auto length = list.size() - *from;
    if (in.has(2)) {
        const auto wanted = in.number(2).integer();
        if (!wanted || *wanted < 0 || static_cast<std::size_t>(*wanted) > length) return no_position(in, 2);
        length = static_cast<std::size_t>(*wanted);
    }
    const auto begin = list.begin() + static_cast<std::ptrdiff_t>(*from);
    return List(begin, begin + static_cast<std::ptrdiff_t>(length));
}

Value append(In in) {
    List out = in.list(0);
    out.insert(out.end(), in.arguments.begin() + 1, in.arguments.end());
    return out;
}

Value concatenated(In in) {
    List out;
    for (const Value& argument : in.arguments) {
        out.insert(out.end(), argument.list()->begin(), argument.list()->end());
        if (out.size() > most_items) return in.refuse("feel.too_large");
    }
    return out;
}

Value insert_before(In in) {
    List out = in.list(0);
    const auto at = position(in.number(1), out.size());
    if (!at) return no_position(in, 1);
    out.insert(out.begin() + static_cast<std::ptrdiff_t>(*at), in.arguments[2]);
    return out;
}

Value removed(In in) {
    List out = in.list(0);
    const auto at = position(in.number(1), out.size());
    if (!at) return no_position(in, 1);
    out.erase(out.begin() + static_cast<std::ptrdiff_t>(*at));
    return out;
}

Value list_replace(In in) {
    List out = in.list(0);
    if (in.signature == 0) {
        const auto at = position(in.number(1), out.size());
        if (!at) return no_position(in, 1);
        out[*at] = in.arguments[2];
        return out;
    }
    for (Value& item : out) {
        const Value both[] = {item, in.arguments[2]};
        const Value chosen = call(*in.arguments[1].function(), both, in.evaluation, in.at);
        if (!chosen.boolean())
            return chosen.is_null()
                       ? chosen
                       : in.refuse("feel.no_boolean", {{"found", std::string(name_of(chosen.kind()))}});
        if (chosen.is_true()) item = in.arguments[2];
    }
    return out;
}

Value reversed(In in) { return List(in.list(0).rbegin(), in.list(0).rend()); }

Value index_of(In in) {
    List out;
    for (std::size_t i = 0; i < in.list(0).size(); ++i)
        if (same(in.list(0)[i], in.arguments[1])) out.emplace_back(static_cast<std::int64_t>(i + 1));
    return out;
}

List distinct(const List& values) {
    List out;
    for (const Value& value : values)
        if (std::none_of(out.begin(), out.end(), [&](const Value& seen) { return same(seen, value); }))
            out.push_back(value);
    return out;
}
Value union_of(In in) {
    const Value all = concatenated(in);
    return all.list() ? Value(distinct(*all.list())) : all;
}

void flatten_into(List& out, const List& values) {
    for (const Value& value : values) {
        if (out.size() > most_items) return;
        if (const List* list = value.list())
            flatten_into(out, *list);
        else
            out.push_back(value);
    }
}
Value flattened(In in) {
    List out;
    flatten_into(out, in.list(0));
    if (out.size() > most_items) return in.refuse("feel.too_large");
    return out;
}

/// Merges sorted halves; a `precedes` that contradicts itself gives some order, never worse.
class Sorting {
public:
    Sorting(In in, const Function* precedes) : in_(in), precedes_(precedes) {}
    std::optional<Value> refused;

    List sorted(std::span<const Value> values) {
        if (values.size() < 2 || refused) return List(values.begin(), values.end());
        const List left = sorted(values.first(values.size() / 2));
        const List right = sorted(values.subspan(values.size() / 2));
        List out;
        out.reserve(values.size());
        auto a = left.begin();
        auto b = right.begin();
        while (a != left.end() && b != right.end()) out.push_back(precedes(*b, *a) ? *b++ : *a++);
        out.insert(out.end(), a, left.end());
        out.insert(out.end(), b, right.end());
        return out;
    }

private:
    bool precedes(const Value& a, const Value& b) {
        if (refused) return false;
        if (!precedes_) {
            const auto order = ordered(a, b);
            if (!order) refused = in_.refuse("feel.mixed_list");
            return order && *order < 0;
        }
        const Value both[] = {a, b};
        const Value before = call(*precedes_, both, in_.evaluation, in_.at);
        if (!before.boolean())
            refused = before.is_null()
                          ? before
                          : in_.refuse("feel.no_boolean", {{"found", std::string(name_of(before.kind()))}});
        return before.is_true();
    }
    In in_;
    const Function* precedes_;
};

Value sorted(In in) {
    Sorting sorting(in, in.has(1) ? in.arguments[1].function() : nullptr);
    Value out = sorting.sorted(in.list(0));
    return sorting.refused ? *sorting.refused : out;
}

}  // namespace

std::vector<Builtin> list_builtins() {
    return {
        {"list contains", {"list: list, element"}, list_contains},
        {"count", {"list: list"}, count},
        {"all", {"list: list", "list..."}, [](In in) { return together(in, false); }},
        {"any", {"list: list", "list..."}, [](In in) { return together(in, true); }},
        {"sublist", {"list: list, start position: number, length?: number"}, sublist},
        {"append", {"list: list, item..."}, append},
        {"concatenate", {"list: list..."}, concatenated},
        {"insert before", {"list: list, position: number, newItem"}, insert_before},
        {"remove", {"list: list, position: number"}, removed},
        {"list replace",
         {"list: list, position: number, newItem", "list: list, match: function, newItem"},
         list_replace},
        {"reverse", {"list: list"}, reversed},
        {"index of", {"list: list, match"}, index_of},
        {"union", {"list: list..."}, union_of},
        {"distinct values", {"list: list"}, [](In in) { return Value(distinct(in.list(0))); }},
        {"flatten", {"list: list"}, flattened},
        {"sort", {"list: list, precedes?: function"}, sorted},
    };
}

}  // namespace ballast::feel
