// The built-in functions, one row each. A row is all it takes to add one; the rest of the standard's 86
// come as further rows.
#include <algorithm>

#include "base/text.h"
#include "feel/ast.h"

namespace ballast::feel {

Value Invocation::refuse(std::string id, std::vector<std::pair<std::string, std::string>> args) const {
    args.emplace_back("name", std::string(name));
    return null_because(std::move(id), std::move(args), at.place, at.source ? *at.source : std::string());
}

namespace {

using I = const Invocation&;

// A list may grow this long; lists of shared lists would otherwise fill the machine.
constexpr std::size_t most_items = 1'000'000;

// A wrong argument: the cause of a null argument stays the cause.
Value wrong(I in, std::size_t index, Kind expected) {
    const Value& given = in.arguments[index];
    if (given.is_null()) return given;
    return in.refuse("feel.wrong_argument", {{"position", std::to_string(index + 1)},
                                             {"expected", std::string(name_of(expected))},
                                             {"found", std::string(name_of(given.kind()))}});
}

#define NUMBER(variable, index)                                    \
    const Number* variable##_given = in.arguments[index].number(); \
    if (!variable##_given) return wrong(in, index, Kind::number);  \
    const Number& variable = *variable##_given
#define STRING(variable, index)                                         \
    const std::string* variable##_given = in.arguments[index].string(); \
    if (!variable##_given) return wrong(in, index, Kind::string);       \
    const std::string& variable = *variable##_given

/// `sum(1, 2)` and `sum([1, 2])` are the same; a single value is a list of one.
std::span<const Value> items(std::span<const Value> arguments) {
    if (arguments.size() == 1)
        if (const List* list = arguments[0].list()) return *list;
    return arguments;
}

Value or_no_number(I in, const std::optional<Number>& result) {
    if (!result) return in.refuse("feel.no_number", {{"operator", std::string(in.name)}});
    return *result;
}

Value negation(I in) {
    if (const bool* b = in.arguments[0].boolean()) return !*b;
    return wrong(in, 0, Kind::boolean);
}

Value extreme(I in, int sign) {
    const auto values = items(in.arguments);
    if (values.empty()) return in.refuse("feel.empty_list");
    Value best = values[0];
    for (const Value& value : values) {
        const auto order = ordered(value, best);
        if (!order) return value.is_null() ? value : best.is_null() ? best : in.refuse("feel.mixed_list");
        if (*order * sign > 0) best = value;
    }
    return best;
}

Value total(I in) {
    const auto values = items(in.arguments);
    if (values.empty()) return in.refuse("feel.empty_list");
    std::optional<Number> sum = Number(0);
    for (const Value& value : values) {
        if (!value.number()) return value.is_null() ? value : in.refuse("feel.mixed_list");
        sum = Number::add(*sum, *value.number());
        if (!sum) return or_no_number(in, sum);
    }
    return *sum;
}

Value mean(I in) {
    const Value sum = total(in);
    if (!sum.number()) return sum;
    return or_no_number(in,
                        Number::divide(*sum.number(), static_cast<std::int64_t>(items(in.arguments).size())));
}

Value count(I in) {
    if (const List* list = in.arguments[0].list()) return static_cast<std::int64_t>(list->size());
    if (in.arguments[0].is_null()) return in.arguments[0];
    return 1;
}

/// all(): false as soon as one is false; any(): true as soon as one is true; null when it cannot be said.
Value together(I in, bool settling) {
    Value unknown = !settling;
    for (const Value& value : items(in.arguments)) {
        if (value.boolean() && *value.boolean() == settling) return settling;
        if (!value.boolean()) unknown = value.is_null() ? value : in.refuse("feel.mixed_list");
    }
    return unknown;
}

Value rounding(I in, Rounding how) {
    NUMBER(n, 0);
    std::int64_t places = 0;
    if (in.arguments.size() > 1) {
        NUMBER(scale, 1);
        const auto whole = scale.integer();
        if (!whole || *whole < -6111 || *whole > 6176)
            return in.refuse("feel.no_number", {{"operator", std::string(in.name)}});
        places = *whole;
    }
    return or_no_number(in, n.rounded(static_cast<int>(places), how));
}

Value absolute(I in) {
    NUMBER(n, 0);
    return n.absolute();
}
Value modulo(I in) {
    NUMBER(a, 0);
    NUMBER(b, 1);
    if (b.is_zero()) return in.refuse("feel.divided_by_zero");
    return or_no_number(in, Number::modulo(a, b));
}
Value parity(I in, bool odd) {
    NUMBER(n, 0);
    if (!n.is_integer()) return in.refuse("feel.no_number", {{"operator", std::string(in.name)}});
    return Number::modulo(n, 2)->is_zero() != odd;
}

Value as_string(I in) {
    const Value& value = in.arguments[0];
    if (value.is_null()) return value;
    if (value.string()) return value;
    return value.text();
}

Value as_number(I in) {
    STRING(from, 0);
    std::string text = from;
    const auto separator = [&](std::size_t index) -> std::string {
        if (in.arguments.size() <= index || !in.arguments[index].string()) return {};
        return *in.arguments[index].string();
    };
    const std::string grouping = separator(1);
    const std::string decimal = separator(2);
    if (!grouping.empty())
        for (std::size_t at; (at = text.find(grouping)) != std::string::npos;)
            text.erase(at, grouping.size());
    if (decimal == ",") std::replace(text.begin(), text.end(), ',', '.');
    if (const auto number = Number::parse(text)) return *number;
    return in.refuse("feel.no_number", {{"operator", std::string(in.name)}});
}

Value as_date(I in) {
    if (in.arguments.size() == 3) {
        NUMBER(year, 0);
        NUMBER(month, 1);
        NUMBER(day, 2);
        const auto y = year.integer(), m = month.integer(), d = day.integer();
        if (y && m && d)
            if (const auto date = Date::from(*y, *m, *d)) return *date;
        return in.refuse("feel.no_date");
    }
    if (in.arguments.size() == 2) return in.refuse("feel.argument_count", {{"found", "2"}});
    if (in.arguments[0].date()) return in.arguments[0];
    STRING(text, 0);
    if (const auto date = Date::parse(text)) return *date;
    return in.refuse("feel.no_date");
}

Value text_length(I in) {
    STRING(text, 0);
    return static_cast<std::int64_t>(text::length(text));
}

Value substring(I in) {
    STRING(text, 0);
    NUMBER(start, 1);
    const auto points = text::code_points(text);
    const auto size = static_cast<std::int64_t>(points.size());
    auto from = start.rounded(0, Rounding::down).value_or(Number(0)).integer().value_or(0);
    if (from < 0) from = size + from + 1;
    if (from < 1 || from > size)
        return in.refuse("feel.no_position", {{"position", start.text()}, {"size", std::to_string(size)}});
    auto length = size - from + 1;
    if (in.arguments.size() > 2) {
        NUMBER(wanted, 2);
        length =
            std::min(length, wanted.rounded(0, Rounding::down).value_or(Number(0)).integer().value_or(size));
        if (length < 1)
            return in.refuse("feel.no_position",
                             {{"position", wanted.text()}, {"size", std::to_string(size)}});
    }
    return text::utf8(std::u32string_view(points).substr(static_cast<std::size_t>(from - 1),
                                                         static_cast<std::size_t>(length)));
}

Value contains_text(I in) {
    STRING(text, 0);
    STRING(part, 1);
    return text.find(part) != std::string::npos;
}
Value starts(I in) {
    STRING(text, 0);
    STRING(part, 1);
    return text.starts_with(part);
}
Value ends(I in) {
    STRING(text, 0);
    STRING(part, 1);
    return text.ends_with(part);
}
Value before(I in) {
    STRING(text, 0);
    STRING(part, 1);
    const auto at = text.find(part);
    return at == std::string::npos ? std::string() : text.substr(0, at);
}
Value after(I in) {
    STRING(text, 0);
    STRING(part, 1);
    const auto at = text.find(part);
    return at == std::string::npos ? std::string() : text.substr(at + part.size());
}

Value list_contains(I in) {
    const auto values = items(in.arguments.first(1));
    return std::any_of(values.begin(), values.end(), [&](const Value& value) {
        return equal(value, in.arguments[1]) == std::optional(true);
    });
}
Value append(I in) {
    const auto first = items(in.arguments.first(1));
    List out(first.begin(), first.end());
    out.insert(out.end(), in.arguments.begin() + 1, in.arguments.end());
    return out;
}
Value concatenated(I in) {
    List out;
    for (const Value& argument : in.arguments) {
        if (const List* list = argument.list())
            out.insert(out.end(), list->begin(), list->end());
        else
            out.push_back(argument);
        if (out.size() > most_items) return in.refuse("feel.too_large");
    }
    return out;
}
List distinct(std::span<const Value> values) {
    List out;
    for (const Value& value : values)
        if (std::none_of(out.begin(), out.end(),
                         [&](const Value& seen) { return equal(seen, value) == std::optional(true); }))
            out.push_back(value);
    return out;
}
Value distinct_values(I in) { return distinct(items(in.arguments.first(1))); }
Value union_of(I in) {
    const Value all = concatenated(in);
    return all.list() ? Value(distinct(*all.list())) : all;
}
void flatten_into(List& out, std::span<const Value> values) {
    for (const Value& value : values) {
        if (out.size() > most_items) return;
        if (const List* list = value.list())
            flatten_into(out, *list);
        else
            out.push_back(value);
    }
}
Value flattened(I in) {
    List out;
    flatten_into(out, in.arguments);
    if (out.size() > most_items) return in.refuse("feel.too_large");
    return out;
}
Value reversed(I in) {
    const auto values = items(in.arguments.first(1));
    return List(values.rbegin(), values.rend());
}
Value index_of(I in) {
    const auto values = items(in.arguments.first(1));
    List out;
    for (std::size_t i = 0; i < values.size(); ++i)
        if (equal(values[i], in.arguments[1]) == std::optional(true))
            out.emplace_back(static_cast<std::int64_t>(i + 1));
    return out;
}
Value get_value(I in) {
    if (!in.arguments[0].context()) return wrong(in, 0, Kind::context);
    STRING(key, 1);
    if (const Value* entry = in.arguments[0].entry(key)) return *entry;
    return null_because("feel.no_entry", {{"found", "context"}, {"name", key}}, in.at.place,
                        in.at.source ? *in.at.source : std::string());
}

Value today(I in) { return Date::of(in.evaluation.environment.today); }

const std::vector<Builtin>& table() {
    static const std::vector<Builtin> rows{
        {"not", {"negand"}, 1, false, negation},
        {"min", {"list"}, 1, true, [](I in) { return extreme(in, -1); }},
        {"max", {"list"}, 1, true, [](I in) { return extreme(in, 1); }},
        {"sum", {"list"}, 1, true, total},
        {"mean", {"list"}, 1, true, mean},
        {"count", {"list"}, 1, false, count},
        {"all", {"list"}, 1, true, [](I in) { return together(in, false); }},
        {"any", {"list"}, 1, true, [](I in) { return together(in, true); }},
        {"abs", {"n"}, 1, false, absolute},
        {"floor", {"n", "scale"}, 1, false, [](I in) { return rounding(in, Rounding::floor); }},
        {"ceiling", {"n", "scale"}, 1, false, [](I in) { return rounding(in, Rounding::ceiling); }},
        {"decimal", {"n", "scale"}, 2, false, [](I in) { return rounding(in, Rounding::half_even); }},
        {"round up", {"n", "scale"}, 2, false, [](I in) { return rounding(in, Rounding::up); }},
        {"round down", {"n", "scale"}, 2, false, [](I in) { return rounding(in, Rounding::down); }},
        {"round half up", {"n", "scale"}, 2, false, [](I in) { return rounding(in, Rounding::half_up); }},
        {"round half down", {"n", "scale"}, 2, false, [](I in) { return rounding(in, Rounding::half_down); }},
        {"modulo", {"dividend", "divisor"}, 2, false, modulo},
        {"odd", {"number"}, 1, false, [](I in) { return parity(in, true); }},
        {"even", {"number"}, 1, false, [](I in) { return parity(in, false); }},
        {"sqrt",
         {"number"},
         1,
         false,
         [](I in) {
             NUMBER(n, 0);
             return or_no_number(in, Number::square_root(n));
         }},
        {"exp",
         {"number"},
         1,
         false,
         [](I in) {
             NUMBER(n, 0);
             return or_no_number(in, Number::exponential(n));
         }},
        {"log",
         {"number"},
         1,
         false,
         [](I in) {
             NUMBER(n, 0);
             return or_no_number(in, Number::logarithm(n));
         }},
        {"string", {"from"}, 1, false, as_string},
        {"number", {"from", "grouping separator", "decimal separator"}, 1, false, as_number},
        {"date", {"from", "month", "day"}, 1, false, as_date},
        {"today", {}, 0, false, today},
        {"string length", {"string"}, 1, false, text_length},
        {"substring", {"string", "start position", "length"}, 2, false, substring},
        {"substring before", {"string", "match"}, 2, false, before},
        {"substring after", {"string", "match"}, 2, false, after},
        {"contains", {"string", "match"}, 2, false, contains_text},
        {"starts with", {"string", "match"}, 2, false, starts},
        {"ends with", {"string", "match"}, 2, false, ends},
        {"list contains", {"list", "element"}, 2, false, list_contains},
        {"append", {"list", "item"}, 2, true, append},
        {"concatenate", {"list"}, 1, true, concatenated},
        {"union", {"list"}, 1, true, union_of},
        {"distinct values", {"list"}, 1, false, distinct_values},
        {"flatten", {"list"}, 1, false, flattened},
        {"reverse", {"list"}, 1, false, reversed},
        {"index of", {"list", "match"}, 2, false, index_of},
        {"get value", {"m", "key"}, 2, false, get_value},
    };
    return rows;
}

}  // namespace

std::span<const Builtin> builtins() { return table(); }

const Builtin* find_builtin(std::string_view name) {
    for (const Builtin& builtin : table())
        if (builtin.name == name) return &builtin;
    return nullptr;
}

}  // namespace ballast::feel
