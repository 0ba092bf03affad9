/// What the parser makes and the interpreter walks. Every name is already resolved to a slot, so that an
/// evaluation looks nothing up. Boxed expressions of DMN lower to these nodes too, and a decision table
/// is an `extension`: there is one language underneath.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "feel/expression.h"
#include "feel/shape.h"
#include "feel/value.h"

namespace ballast::feel {

enum class Op : std::uint8_t {
    literal,     // value
    global,      // slot: what the caller passes to evaluate
    local,       // slot: place on the stack of local values
    item_field,  // names[0] of the context in local `slot`; else child 0 when there is one (filters)
    field,       // child 0 . names[0]
    negate,
    add,
    subtract,
    multiply,
    divide,
    power,
    equal,
    unequal,
    less,
    at_most,
    greater,
    at_least,
    conjunction,
    disjunction,
    conditional,  // if child 0 then child 1 else child 2
    between,      // child 0 between child 1 and child 2
    in,           // child 0 in child 1.. : each a test over local `slot`
    range,        // child 0 .. child 1; low_included, high_included
    half_range,   // compared by names[0] with child 0: a range open to one side
    list,
    context,  // names[i]: child i, each seeing the ones before it as locals
    filter,   // child 0 [ child 1 ], `item` in local `slot`
    loop,     // for: children are the domains, then the body; `partial` in local `slot`
    some,
    every,   // children are the domains, then the condition
    domain,  // child 0 .. child 1 of a loop: numbers that may run downwards
    lambda,  // function with parameters names of types shapes (or none), then its result's; child 0 is the
             // body
    fit,     // child 0 as shapes[0] demands it
    call,    // child 0 ( child 1.. ); names when given by name
    instance_of,  // child 0 instance of shapes[0]
    tests,        // any child holds; negated when `flag`
    test_value,   // the tested value equals, lies in, or is in child 0
    test_holds,   // child 0 speaks of `?` itself, and is true
    extension,
};

struct Node {
    Op op{};
    Place place;
    std::int32_t slot = -1;
    std::int32_t depth = 1;  // of the tree below; bounded, so that walking it cannot exhaust the stack
    bool low_included = true;
    bool high_included = true;
    bool flag = false;
    Value value;
    std::vector<std::string> names;
    std::vector<ShapePtr> shapes;
    std::vector<std::shared_ptr<const Node>> children;
    std::shared_ptr<const struct Extension> extension;
    std::shared_ptr<const std::string> source;
};
using NodePtr = std::shared_ptr<const Node>;

/// Shares the node, its depth set from its children.
NodePtr shared_node(Node node);

using Arguments = std::vector<std::pair<std::string, std::string>>;

/// The state of one evaluation.
struct Evaluation {
    std::span<const Value> globals;
    const Environment& environment;
    std::vector<Value> locals = {};
    int depth = 0;
    std::int64_t turns = 0;
};

/// A node made elsewhere (a decision table inside a boxed expression).
struct Extension {
    virtual ~Extension() = default;
    virtual Value evaluate(Evaluation& evaluation) const = 0;
};

Value evaluate(const Node& node, Evaluation& evaluation);
/// Calls a function value.
Value call(const Function& function, std::span<const Value> arguments, Evaluation& evaluation,
           const Node& at);

}  // namespace ballast::feel
