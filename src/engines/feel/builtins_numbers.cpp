#include "feel/builtins.h"

namespace ballast::feel {

namespace {

Value rounding(In in, Rounding how) {
    std::int64_t places = 0;
    if (in.has(1)) {
        const auto whole = in.number(1).rounded(0, Rounding::down).value_or(Number(0)).integer();
        if (!whole || *whole < -6111 || *whole > 6176)
            return in.refuse("feel.no_number", {{"operator", std::string(in.name)}});
        places = *whole;
    }
    return or_no_number(in, in.number(0).rounded(static_cast<int>(places), how));
}

Value absolute(In in) {
    const Value& value = in.arguments[0];
    if (const Span* span = value.span())
        return Span{span->nanoseconds < 0 ? -span->nanoseconds : span->nanoseconds};
    if (const Months* months = value.months())
        return Months{months->count < 0 ? -months->count : months->count};
    return in.number(0).absolute();
}

Value modulo(In in) {
    if (in.number(1).is_zero()) return in.refuse("feel.divided_by_zero");
    return or_no_number(in, Number::modulo(in.number(0), in.number(1)));
}

Value parity(In in, bool odd) {
    if (!in.number(0).is_integer()) return false;
    return Number::modulo(in.number(0), 2)->is_zero() != odd;
}

Value square_root(In in) {
    if (in.number(0).is_negative()) return or_no_number(in, std::nullopt);
    return or_no_number(in, Number::square_root(in.number(0)));
}

Value negation(In in) { return !*in.arguments[0].boolean(); }

}  // namespace

std::vector<Builtin> number_builtins() {
    return {
        {"not", {"negand: boolean"}, negation},
        {"abs", {"n: number", "n: days and time duration", "n: years and months duration"}, absolute},
        {"floor",
         {"n: number", "n: number, scale: number"},
         [](In in) { return rounding(in, Rounding::floor); }},
        {"ceiling",
         {"n: number", "n: number, scale: number"},
         [](In in) { return rounding(in, Rounding::ceiling); }},
        {"decimal", {"n: number, scale: number"}, [](In in) { return rounding(in, Rounding::half_even); }},
        {"round up", {"n: number, scale: number"}, [](In in) { return rounding(in, Rounding::up); }},
        {"round down", {"n: number, scale: number"}, [](In in) { return rounding(in, Rounding::down); }},
        {"round half up",
         {"n: number, scale: number"},
         [](In in) { return rounding(in, Rounding::half_up); }},
        {"round half down",
         {"n: number, scale: number"},
         [](In in) { return rounding(in, Rounding::half_down); }},
        {"modulo", {"dividend: number, divisor: number"}, modulo},
        {"sqrt", {"number: number"}, square_root},
        {"exp",
         {"number: number"},
         [](In in) { return or_no_number(in, Number::exponential(in.number(0))); }},
        {"log", {"number: number"}, [](In in) { return or_no_number(in, Number::logarithm(in.number(0))); }},
        {"odd", {"number: number"}, [](In in) { return parity(in, true); }},
        {"even", {"number: number"}, [](In in) { return parity(in, false); }},
    };
}

}  // namespace ballast::feel
