// Arithmetic and comparison (DMN 1.5, 10.3.2.11, tables 50 to 58).
#include "feel/interpreter.h"

namespace ballast::feel {

Value because(const Node& node, const char* id, Arguments args) {
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
        case Op::between:
            return "between";
        default:
            return "in";
    }
}

namespace {

using Result = std::optional<Value>;

/// Of a number, when it is a whole one or is cut to one.
std::optional<Nanoseconds> whole(const Number& n) {
    const auto cut = n.rounded(0, Rounding::down);
    const auto high = cut ? Number::divide(*cut, Number::scaled(1, -15)) : std::nullopt;
    const auto upper = high ? high->rounded(0, Rounding::down) : std::nullopt;
    const auto back = upper ? Number::multiply(*upper, Number::scaled(1, -15)) : std::nullopt;
    const auto lower = back ? Number::subtract(*cut, *back) : std::nullopt;
    if (!lower || !upper->integer() || !lower->integer()) return std::nullopt;
    return Nanoseconds{*upper->integer()} * 1'000'000'000'000'000 + *lower->integer();
}

Number number_of(Nanoseconds n) {
    constexpr Nanoseconds unit = 1'000'000'000'000'000;
    const auto upper = Number::multiply(static_cast<std::int64_t>(n / unit), Number::scaled(1, -15));
    return *Number::add(*upper, static_cast<std::int64_t>(n % unit));
}

template <class T>
Result value(const std::optional<T>& v) {
    return v ? Result(Value(*v)) : std::nullopt;
}

Result span_of(const std::optional<Number>& nanoseconds) {
    const auto n = nanoseconds ? whole(*nanoseconds) : std::nullopt;
    return n ? value(Span::of(*n)) : std::nullopt;
}
Result months_of(const std::optional<Number>& months) {
    const auto cut = months ? months->rounded(0, Rounding::down) : std::nullopt;
    const auto n = cut ? cut->integer() : std::nullopt;
    return n ? value(Months::of(*n)) : std::nullopt;
}

Result added(const Value& a, const Value& b, int sign) {
    if (a.number() && b.number())
        return value(sign > 0 ? Number::add(*a.number(), *b.number())
                              : Number::subtract(*a.number(), *b.number()));
    if (a.span() && b.span()) return value(Span::of(a.span()->nanoseconds + sign * b.span()->nanoseconds));
    if (a.months() && b.months())
        return value(Months::of(Nanoseconds{a.months()->count} + sign * b.months()->count));
    return std::nullopt;
}

Result moved(const Value& point, const Value& by, int sign) {
    if (const Months* months = by.months()) {
        if (point.date()) return value(point.date()->plus_months(sign * months->count));
        if (const DateTime* at = point.date_time())
            if (const auto date = at->date.plus_months(sign * months->count))
                return DateTime{*date, at->time};
        return std::nullopt;
    }
    const Nanoseconds n = sign * by.span()->nanoseconds;
    if (point.time()) return Time::from_nanoseconds(point.time()->since_midnight() + n, point.time()->zone);
    if (point.date()) {
        const auto moment = DateTime::at(point.date()->days() * per_day + n, {});
        return moment ? Result(moment->date) : std::nullopt;
    }
    return value(DateTime::at(point.date_time()->instant() + n, point.date_time()->time.zone));
}

/// A date counts as midnight in Greenwich where it meets a moment with a zone.
Result between_points(const Value& a, const Value& b) {
    if (a.time() && b.time()) {
        if (a.time()->zone.local() != b.time()->zone.local()) return std::nullopt;
        return Span{a.time()->since_midnight() - b.time()->since_midnight() -
                    (a.time()->offset().value_or(0) - b.time()->offset().value_or(0)) * per_second};
    }
    const auto instant = [](const Value& v) {
        return v.date() ? v.date()->days() * per_day : v.date_time()->instant();
    };
    const auto local = [](const Value& v) { return v.date_time() && v.date_time()->time.zone.local(); };
    if (local(a) != local(b)) return std::nullopt;
    return Span{instant(a) - instant(b)};
}

bool is_point(const Value& v) { return v.date() || v.time() || v.date_time(); }

Result multiplied(const Value& a, const Value& b) {
    if (a.number() && b.number()) return value(Number::multiply(*a.number(), *b.number()));
    if (a.number()) return multiplied(b, a);
    if (!b.number()) return std::nullopt;
    if (a.span()) return span_of(Number::multiply(number_of(a.span()->nanoseconds), *b.number()));
    return months_of(Number::multiply(a.months()->count, *b.number()));
}

Result divided(const Value& a, const Value& b) {
    if (a.number() && b.number()) return value(Number::divide(*a.number(), *b.number()));
    if (a.span() && b.span())
        return value(Number::divide(number_of(a.span()->nanoseconds), number_of(b.span()->nanoseconds)));
    if (a.months() && b.months()) return value(Number::divide(a.months()->count, b.months()->count));
    if (!b.number()) return std::nullopt;
    if (a.span()) return span_of(Number::divide(number_of(a.span()->nanoseconds), *b.number()));
    return months_of(Number::divide(a.months()->count, *b.number()));
}

bool is_zero(const Value& v) {
    if (v.number()) return v.number()->is_zero();
    if (v.span()) return v.span()->nanoseconds == 0;
    return v.months() && v.months()->count == 0;
}

Result computed(Op op, const Value& a, const Value& b) {
    switch (op) {
        case Op::add:
            if (is_point(a)) return moved(a, b, 1);
            return is_point(b) ? moved(b, a, 1) : added(a, b, 1);
        case Op::subtract:
            if (is_point(a)) return is_point(b) ? between_points(a, b) : moved(a, b, -1);
            return added(a, b, -1);
        case Op::multiply:
            return multiplied(a, b);
        case Op::divide:
            return divided(a, b);
        default:
            return value(Number::power(*a.number(), *b.number()));
    }
}

}  // namespace

bool applies(Op op, Kind a, Kind b) {
    const bool numbers = a == Kind::number && b == Kind::number;
    const auto is_point = [](Kind k) { return k == Kind::date || k == Kind::time || k == Kind::date_time; };
    const auto is_duration = [](Kind k) { return k == Kind::span || k == Kind::months; };
    const bool durations = is_duration(a) && a == b;
    const auto shifts = [&](Kind point, Kind by) {
        return is_point(point) && is_duration(by) && !(point == Kind::time && by == Kind::months);
    };
    switch (op) {
        case Op::add:
            return numbers || durations || (a == Kind::string && b == Kind::string) || shifts(a, b) ||
                   shifts(b, a);
        case Op::subtract:
            return numbers || durations || shifts(a, b) ||
                   (is_point(a) && is_point(b) && (a == Kind::time) == (b == Kind::time));
        case Op::multiply:
            return numbers || (is_duration(a) && b == Kind::number) || (a == Kind::number && is_duration(b));
        case Op::divide:
            return numbers || durations || (is_duration(a) && b == Kind::number);
        default:
            return numbers;
    }
}

Value wrong_operands(const Node& node, const Value& a, const Value& b) {
    if (a.is_null()) return a;
    if (b.is_null()) return b;
    return because(node, "feel.wrong_operands",
                   {{"operator", std::string(sign(node.op))},
                    {"left", std::string(name_of(a.kind()))},
                    {"right", std::string(name_of(b.kind()))}});
}

Value arithmetic(const Node& node, const Value& a, const Value& b) {
    if (!applies(node.op, a.kind(), b.kind())) return wrong_operands(node, a, b);
    if (a.string()) {
        if (a.string()->size() + b.string()->size() > longest_string) return because(node, "feel.too_large");
        return *a.string() + *b.string();
    }
    if (node.op == Op::divide && is_zero(b)) return because(node, "feel.divided_by_zero");
    if (auto result = computed(node.op, a, b)) return *std::move(result);
    return because(node, "feel.no_number", {{"operator", std::string(sign(node.op))}});
}

Value negated(const Node& node, const Value& a) {
    if (a.number()) return a.number()->negated();
    if (a.span()) return Span{-a.span()->nanoseconds};
    if (a.months()) return Months{-a.months()->count};
    return wrong_operands(node, a, a);
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

}  // namespace ballast::feel
