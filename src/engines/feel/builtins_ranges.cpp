// How points and ranges lie to each other (DMN 1.5, 10.3.4.6, table 78).
#include "feel/builtins.h"

namespace ballast::feel {

namespace {

/// One side of a range, or a point as both its sides.
struct Edge {
    const Value* value;
    bool included;
    int infinite;  // -1 and 1: the range has no such end
};
struct Ends {
    Edge low, high;
};

Ends ends_of(const Value& value) {
    if (const Range* r = value.range())
        return {{&r->low, r->low_included, r->low.is_null() ? -1 : 0},
                {&r->high, r->high_included, r->high.is_null() ? 1 : 0}};
    return {{&value, true, 0}, {&value, true, 0}};
}

/// Whether there is an order between all of them; asked before any relation is.
bool comparable(const Ends& a, const Ends& b) {
    for (const Edge* x : {&a.low, &a.high})
        for (const Edge* y : {&b.low, &b.high})
            if (!x->infinite && !y->infinite && !ordered(*x->value, *y->value)) return false;
    return true;
}
int compared(const Edge& a, const Edge& b) {
    if (a.infinite || b.infinite) return a.infinite < b.infinite ? -1 : a.infinite > b.infinite ? 1 : 0;
    return ordered(*a.value, *b.value).value_or(0);
}
bool meet(const Edge& a, const Edge& b) { return compared(a, b) == 0 && a.included && b.included; }

bool before(const Ends& a, const Ends& b) {
    const int order = compared(a.high, b.low);
    return order < 0 || (order == 0 && !(a.high.included && b.low.included));
}
bool meets(const Ends& a, const Ends& b) { return meet(a.high, b.low); }
bool overlaps(const Ends& a, const Ends& b) {
    return (compared(a.high, b.low) > 0 || meet(a.high, b.low)) &&
           (compared(a.low, b.high) < 0 || meet(a.low, b.high));
}
bool overlaps_before(const Ends& a, const Ends& b) {
    const int low = compared(a.low, b.low), high = compared(a.high, b.high);
    return (low < 0 || (low == 0 && a.low.included && !b.low.included)) &&
           (compared(a.high, b.low) > 0 || meet(a.high, b.low)) &&
           (high < 0 || (high == 0 && (!a.high.included || b.high.included)));
}
bool finishes(const Ends& a, const Ends& b) {
    const int low = compared(a.low, b.low);
    return compared(a.high, b.high) == 0 && a.high.included == b.high.included &&
           (low > 0 || (low == 0 && (!a.low.included || b.low.included)));
}
bool starts(const Ends& a, const Ends& b) {
    const int high = compared(a.high, b.high);
    return compared(a.low, b.low) == 0 && a.low.included == b.low.included &&
           (high < 0 || (high == 0 && (!a.high.included || b.high.included)));
}
bool includes(const Ends& a, const Ends& b) {
    const int low = compared(a.low, b.low), high = compared(a.high, b.high);
    return (low < 0 || (low == 0 && (a.low.included || !b.low.included))) &&
           (high > 0 || (high == 0 && (a.high.included || !b.high.included)));
}
bool coincides(const Ends& a, const Ends& b) {
    return compared(a.low, b.low) == 0 && compared(a.high, b.high) == 0 && a.low.included == b.low.included &&
           a.high.included == b.high.included;
}

using Relation = bool (*)(const Ends&, const Ends&);

template <Relation relation, bool swapped>
Value related(In in) {
    for (const Value& side : in.arguments)
        if (side.is_null()) return side;
    const Ends a = ends_of(in.arguments[swapped ? 1 : 0]), b = ends_of(in.arguments[swapped ? 0 : 1]);
    if (!comparable(a, b)) return in.refuse("feel.mixed_list");
    return relation(a, b);
}

Value range_of(In in) {
    const auto compiled = Expression::compile(in.string(0), Scope(), "range");
    if (!compiled) return in.refuse("feel.no_range");
    const Node& root = *compiled->root();
    const auto constant = [](const NodePtr& end) {
        return end->op == Op::literal || end->op == Op::negate || end->op == Op::call;
    };
    if ((root.op != Op::range && root.op != Op::half_range) || !constant(root.children.front()) ||
        !constant(root.children.back()))
        return in.refuse("feel.no_range");
    Value out = compiled->evaluate({}, in.evaluation.environment);
    return out.range() ? out : in.refuse("feel.no_range");
}

}  // namespace

std::vector<Builtin> range_builtins() {
    // Points and ranges, by the names the standard gives each form.
    const std::vector<Signature> any{"point1, point2", "range1, range2", "point, range", "range, point"};
    const std::vector<Signature> ranges{"range1: range, range2: range"};
    const std::vector<Signature> point_first{"point, range: range", "range1: range, range2: range"};
    const std::vector<Signature> range_first{"range: range, point", "range1: range, range2: range"};
    return {
        {"before", any, related<before, false>},
        {"after", any, related<before, true>},
        {"meets", ranges, related<meets, false>},
        {"met by", ranges, related<meets, true>},
        {"overlaps", ranges, related<overlaps, false>},
        {"overlaps before", ranges, related<overlaps_before, false>},
        {"overlaps after", ranges, related<overlaps_before, true>},
        {"finishes", point_first, related<finishes, false>},
        {"finished by", range_first, related<finishes, true>},
        {"includes", range_first, related<includes, false>},
        {"during", point_first, related<includes, true>},
        {"starts", point_first, related<starts, false>},
        {"started by", range_first, related<starts, true>},
        {"coincides", {"point1, point2", "range1, range2"}, related<coincides, false>},
        {"range", {"from: string"}, range_of},
    };
}

}  // namespace ballast::feel
