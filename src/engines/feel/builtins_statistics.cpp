// What is counted over a list of values: `sum(1, 2)` and `sum([1, 2])` are the same.
#include <algorithm>

#include "feel/builtins.h"

namespace ballast::feel {

namespace {

Value extreme(In in, int sign) {
    const auto values = spread(in.arguments);
    if (values.empty()) return in.refuse("feel.empty_list");
    Value best = values[0];
    for (const Value& value : values) {
        const auto order = ordered(value, best);
        if (!order) return value.is_null() ? value : best.is_null() ? best : in.refuse("feel.mixed_list");
        if (*order * sign > 0) best = value;
    }
    return best;
}

/// All of them numbers, or the reason why not.
std::optional<Value> not_numbers(In in, std::span<const Value> values) {
    for (const Value& value : values)
        if (!value.number()) return value.is_null() ? value : in.refuse("feel.mixed_list");
    return std::nullopt;
}

/// Durations are added too; nullopt when there are others among them.
std::optional<Value> added_durations(In in, std::span<const Value> values) {
    const Kind kind = values[0].kind();
    if (kind != Kind::span && kind != Kind::months) return std::nullopt;
    Nanoseconds sum = 0;
    std::optional<Value> out;
    for (const Value& value : values) {
        if (value.kind() != kind) return std::nullopt;
        sum += kind == Kind::span ? value.span()->nanoseconds : Nanoseconds{value.months()->count};
        const auto span = Span::of(sum);
        const auto months = Months::of(sum);
        if (kind == Kind::span && span)
            out = *span;
        else if (kind == Kind::months && months)
            out = *months;
        else
            return or_no_number(in, std::nullopt);
    }
    return out;
}

using Step = std::optional<Number> (*)(const Number&, const Number&);

Value folded(In in, Number from, Step step) {
    const auto values = spread(in.arguments);
    if (values.empty()) return in.refuse("feel.empty_list");
    if (step == Number::add)
        if (auto sum = added_durations(in, values)) return *sum;
    if (auto wrong = not_numbers(in, values)) return *wrong;
    for (const Value& value : values) {
        const auto next = step(from, *value.number());
        if (!next) return or_no_number(in, next);
        from = *next;
    }
    return from;
}

Value total(In in) { return folded(in, 0, Number::add); }
Value product(In in) { return folded(in, 1, Number::multiply); }

Value mean(In in) {
    const Value sum = total(in);
    if (!sum.number()) return sum.is_null() ? sum : in.refuse("feel.mixed_list");
    return or_no_number(
        in, Number::divide(*sum.number(), static_cast<std::int64_t>(spread(in.arguments).size())));
}

std::vector<Number> sorted_numbers(std::span<const Value> values) {
    std::vector<Number> out;
    for (const Value& value : values) out.push_back(*value.number());
    std::sort(out.begin(), out.end());
    return out;
}

Value median(In in) {
    const auto values = spread(in.arguments);
    if (values.empty()) return in.refuse("feel.empty_list");
    if (auto wrong = not_numbers(in, values)) return *wrong;
    const auto numbers = sorted_numbers(values);
    const auto middle = numbers.size() / 2;
    if (numbers.size() % 2) return numbers[middle];
    const auto sum = Number::add(numbers[middle - 1], numbers[middle]);
    return or_no_number(in, sum ? Number::divide(*sum, 2) : sum);
}

/// Of the sample: divided by one less than there are.
Value deviation(In in) {
    const auto values = spread(in.arguments);
    if (values.size() < 2) return in.refuse("feel.empty_list");
    if (auto wrong = not_numbers(in, values)) return *wrong;
    const Value middle = mean(in);
    if (!middle.number()) return middle;
    std::optional<Number> sum = Number(0);
    for (const Value& value : values) {
        const auto gap = Number::subtract(*value.number(), *middle.number());
        const auto square = gap ? Number::multiply(*gap, *gap) : gap;
        if (square) sum = Number::add(*sum, *square);
        if (!square || !sum) return or_no_number(in, std::nullopt);
    }
    const auto variance = Number::divide(*sum, static_cast<std::int64_t>(values.size() - 1));
    return or_no_number(in, variance ? Number::square_root(*variance) : variance);
}

/// The values that occur most often, ascending.
Value mode(In in) {
    const auto values = spread(in.arguments);
    if (auto wrong = not_numbers(in, values)) return *wrong;
    List out;
    std::ptrdiff_t most = 0;
    const auto numbers = sorted_numbers(values);
    for (auto at = numbers.begin(); at != numbers.end();) {
        const auto next = std::upper_bound(at, numbers.end(), *at);
        if (next - at > most) out.clear(), most = next - at;
        if (next - at == most) out.emplace_back(*at);
        at = next;
    }
    return out;
}

}  // namespace

std::vector<Builtin> statistics_builtins() {
    return {
        {"min", {"list: list", "list..."}, [](In in) { return extreme(in, -1); }},
        {"max", {"list: list", "list..."}, [](In in) { return extreme(in, 1); }},
        {"sum", {"list: list", "list..."}, total},
        {"mean", {"list: list", "list..."}, mean},
        {"product", {"list: list", "list..."}, product},
        {"median", {"list: list", "list..."}, median},
        {"stddev", {"list: list", "list..."}, deviation},
        {"mode", {"list: list", "list..."}, mode},
    };
}

}  // namespace ballast::feel
