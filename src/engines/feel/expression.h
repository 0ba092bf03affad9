/// FEEL, the expression language of DMN 1.5: text in, a compiled expression out, evaluated as often as
/// wanted. Pure: no clock (`Environment` brings the day), no files, safe from any thread.
///
/// Names may hold spaces and symbols ("Monthly Salary", "年度累计自付", "a+b"); the longest name of the scope
/// wins. Full-width punctuation reads as its half-width form outside of strings.
///
/// Errors, all invalid, with arguments "source", "line", "column":
///   "feel.syntax"        found something else than "expected"
///   "feel.unknown_name"  "name" is neither in scope nor a built-in function
///   "feel.too_deep"      nested deeper than any table needs
///   "feel.too_long"      longer than 100,000 characters
///   "feel.bad_number", "feel.bad_string", "feel.bad_literal"  a literal that has no value
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/date.h"
#include "base/result.h"
#include "feel/value.h"

namespace ballast::feel {

struct Node;
struct Shape;

/// What an expression may depend on besides its inputs.
struct Environment {
    ballast::Date today;
    /// What now() says; without it, the beginning of the day in China.
    std::optional<Instant> now = std::nullopt;
};

/// The kinds a slot or an expression may have; `any` where nothing is known before evaluation.
struct Type {
    bool known = false;
    Kind kind = Kind::null;
    static Type any() { return {}; }
    static Type of(Kind kind) { return {true, kind}; }
    friend bool operator==(const Type&, const Type&) = default;
};

/// The names an expression may use, each with the slot where its value will stand.
class Scope {
public:
    /// Declares a name; slots count from 0 in the order of declaration.
    int declare(std::string_view name, Type type = Type::any());
    /// Declares a name whose value stands in a given slot.
    void declare_at(int slot, std::string_view name, Type type = Type::any());
    /// What a name calls, so that its calls can be checked: a `lambda`.
    void know_function(int slot, std::shared_ptr<const Node> lambda);
    const Node* function_at(int slot) const;
    /// Values that stand on the stack of locals before the expression begins (the entries of a boxed
    /// context). An empty name takes a place that no text can reach.
    void enter(std::string_view local);
    /// The item that a boxed filter tests: `item`, whose entries are names too.
    void enter_item();
    void leave(std::size_t count);
    struct Local {
        std::vector<std::string> words;
        bool is_item = false;
    };
    const std::vector<Local>& locals() const { return locals_; }
    /// What is known of the value in a slot.
    Type type_at(int slot) const;
    std::string name_at(int slot) const;  // "" when nothing stands there
    /// Names of entries that contexts may have, so that names with spaces are found after a point.
    void know_field(std::string_view name);

    /// A type that `instance of` and parameters may name.
    void know_type(std::string_view name, std::shared_ptr<const Shape> shape);
    const std::vector<std::pair<std::vector<std::string>, std::shared_ptr<const Shape>>>& types() const {
        return types_;
    }

    struct Name {
        std::string name;
        std::vector<std::string> words;  // as the lexer splits it
        int slot = -1;
        Type type;
    };
    const std::vector<Name>& names() const { return names_; }
    const std::vector<Name>& fields() const { return fields_; }

private:
    std::vector<Name> names_;
    std::vector<Name> fields_;
    std::vector<std::pair<int, std::shared_ptr<const Node>>> functions_;
    std::vector<std::pair<std::vector<std::string>, std::shared_ptr<const Shape>>> types_;
    std::vector<Local> locals_;
};

class Expression {
public:
    Expression() = default;
    /// `source` is what errors and causes call this text.
    static Result<Expression> compile(std::string_view text, const Scope& scope, std::string_view source);
    /// One cell of a decision table: `-`, tests with commas, `not(...)`.
    static Result<Expression> compile_tests(std::string_view text, const Scope& scope,
                                            std::string_view source);
    /// From nodes built elsewhere.
    explicit Expression(std::shared_ptr<const Node> root) : root_(std::move(root)) {}

    Value evaluate(std::span<const Value> slots, const Environment& environment) const;
    /// For compiled tests: true, false, or null with the reason why it cannot be said.
    Value test(const Value& tested, std::span<const Value> slots, const Environment& environment) const;

    /// The slots it reads, ascending.
    std::vector<int> reads() const;
    /// A cell "-".
    bool always_true() const;
    const std::shared_ptr<const Node>& root() const { return root_; }

private:
    std::shared_ptr<const Node> root_;
};

/// What an at-literal says: a date, a time, a date and time or a duration.
std::optional<Value> temporal_literal(std::string_view text);

/// What is known of the type before evaluation.
Type type_of(const Node& node, const Scope& scope);
/// Whether a value of the one type may be taken for the other (10.3.2.9.4), as far as both are known: an item may stand for a
/// list of one and the other way about, a date for a date and time.
bool may_fit(Type found, Type wanted);
/// For compiled tests: the first test that no value of type `tested` can pass, because its kind differs.
struct Mismatch {
    Kind found;
    Place place;
};
std::optional<Mismatch> mismatch(const Expression& tests, Type tested, const Scope& scope);

/// The first operator or call that can never have a value (a comparison: never be true), because of the kinds,
/// known before evaluation, of what it is given.
struct Conflict {
    enum class Of : std::uint8_t { operands, argument, argument_count } of;
    std::string name;      // the operator as FEEL writes it, or the function
    std::string expected;  // the left operand's kind, or the parameter's type
    std::string found;     // the right operand's kind, or the argument's; or how many there are
    std::size_t position = 0;  // of the argument, from 1
    Place place = {};
};
std::optional<Conflict> conflict(const Node& node, const Scope& scope);

}  // namespace ballast::feel
