/// The parts of the interpreter, one file each: operators, properties, iteration, tests.
#pragma once

#include "feel/ast.h"

namespace ballast::feel {

// A string may grow this long: doubling it forty times ends in a cause, not in an empty machine.
constexpr std::size_t longest_string = 10'000'000;

/// Null at this node.
Value because(const Node& node, const char* id, Arguments args = {});
/// The cause of an operand that is null is the cause of the result: it names where the trouble began.
Value wrong_operands(const Node& node, const Value& a, const Value& b);

/// How FEEL writes the operator.
std::string_view sign(Op op);
/// Whether the arithmetic operator knows these kinds at all (tables 50 to 55).
bool applies(Op op, Kind a, Kind b);

Value arithmetic(const Node& node, const Value& a, const Value& b);
Value negated(const Node& node, const Value& a);
Value comparison(const Node& node, const Value& a, const Value& b);

/// An entry of a context, a property of a date or a range; of a list, of each of its items.
Value property(const Node& node, const Value& from);

Value filter(const Node& node, Evaluation& e);
Value loop(const Node& node, Evaluation& e);
Value quantified(const Node& node, Evaluation& e);

/// One test of a cell, and all of them: true, false, or null with the reason why it cannot be said.
Value run_test(const Node& test, Evaluation& e);
Value run_tests(const Node& node, Evaluation& e);

}  // namespace ballast::feel
