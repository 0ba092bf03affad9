/// The built-in functions of DMN 1.5 (10.3.4), a row each: a name, what it takes, what it does.
///
/// What it takes is a text: "string: string, start position: number, length?: number". A `?` may be left
/// out, `...` takes any number; an argument without a type may be anything, also null. What comes to `run`
/// has these types: a list of one was taken for its item, a single value for a list where a list is asked.
#pragma once

#include "feel/ast.h"

namespace ballast::feel {

struct Parameter {
    std::string name;
    ShapePtr type;  // nullptr: anything
    bool optional = false;
};
struct Signature {
    std::vector<Parameter> parameters;
    std::size_t required = 0;
    bool variadic = false;        // the last one repeats
    Signature(const char* text);  // NOLINT: the text is the signature
};

struct Invocation {
    std::span<const Value> arguments;
    Evaluation& evaluation;
    const Node& at;
    std::string_view name;
    std::size_t signature;  // which one was chosen

    bool has(std::size_t i) const { return i < arguments.size() && !arguments[i].is_null(); }
    const Number& number(std::size_t i) const { return *arguments[i].number(); }
    const std::string& string(std::size_t i) const { return *arguments[i].string(); }
    const List& list(std::size_t i) const { return *arguments[i].list(); }
    Value refuse(std::string id, Arguments args = {}) const;
};
using In = const Invocation&;

struct Builtin {
    std::string_view name;
    std::vector<Signature> signatures;
    Value (*run)(In);
};

/// For each argument the parameter that it is for; nothing when the signature does not take these.
std::optional<std::vector<std::size_t>> places_of(const Signature& signature, std::size_t count,
                                                  std::span<const std::string> names);

const Builtin* find_builtin(std::string_view name);
const std::vector<Builtin>& builtins();
/// `names` are empty when the arguments stand in their order.
Value call_builtin(const Builtin& builtin, std::span<const Value> arguments,
                   std::span<const std::string> names, Evaluation& evaluation, const Node& at);

// The rows, by what they are about.
std::vector<Builtin> number_builtins();
std::vector<Builtin> conversion_builtins();
std::vector<Builtin> string_builtins();
std::vector<Builtin> list_builtins();
std::vector<Builtin> statistics_builtins();
std::vector<Builtin> context_builtins();
std::vector<Builtin> date_builtins();
std::vector<Builtin> range_builtins();

// A list may grow this long; lists of shared lists would otherwise fill the machine.
constexpr std::size_t most_items = 1'000'000;

/// The number, or null because there is none.
Value or_no_number(In in, const std::optional<Number>& result);
/// `sum(1, 2)` and `sum([1, 2])` are the same.
std::span<const Value> spread(std::span<const Value> arguments);

}  // namespace ballast::feel
