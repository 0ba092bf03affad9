/// FEEL values. Null is never silent: it carries what made it, and where.
///
/// Values are immutable and cheap to copy (what is large is shared), so they may be read from any thread.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "feel/number.h"
#include "feel/temporal.h"

namespace ballast::feel {

/// Where in a text: both count from 1, columns in code points.
struct Place {
    int line = 1;
    int column = 1;
};

/// Why a value is null. `id` has a sentence in the word files; `source` names the text the place is in
/// ("decision 'Fee', rule 3, 'Age'").
struct Cause {
    std::string id;
    std::vector<std::pair<std::string, std::string>> args;
    Place place;
    std::string source;
};

struct Null {
    std::shared_ptr<const Cause> cause;
};

class Value;
struct Node;
struct Builtin;
struct Range;
struct Function;
struct Shape;
using List = std::vector<Value>;
/// Entries in the order in which they were written.
using Context = std::vector<std::pair<std::string, Value>>;

enum class Kind : std::uint8_t {
    null,
    boolean,
    number,
    string,
    date,
    time,
    date_time,
    span,    // days and time duration
    months,  // years and months duration
    list,
    context,
    range,
    function,
};
/// "number", "string" ... as FEEL writes its types.
std::string_view name_of(Kind kind);

class Value {
public:
    Value();  // null that nobody has set
    Value(Null null) : state_(std::move(null)) {}
    Value(bool b) : state_(b) {}
    Value(Number n) : state_(n) {}
    Value(int n) : state_(Number(n)) {}
    Value(std::int64_t n) : state_(Number(n)) {}
    Value(std::string text) : state_(std::make_shared<const std::string>(std::move(text))) {}
    Value(const char* text) : Value(std::string(text)) {}
    Value(Date date) : state_(date) {}
    Value(ballast::Date date) : state_(Date::of(date)) {}
    Value(Time time) : state_(std::make_shared<const Time>(time)) {}
    Value(DateTime moment) : state_(std::make_shared<const DateTime>(moment)) {}
    Value(Span span) : state_(span) {}
    Value(Months months) : state_(months) {}
    Value(List list);
    Value(Context context);
    Value(Range range);
    Value(Function function);

    Kind kind() const { return static_cast<Kind>(state_.index()); }
    bool is_null() const { return kind() == Kind::null; }
    bool is_true() const { return is(true); }
    bool is_false() const { return is(false); }

    const Null* null() const { return std::get_if<Null>(&state_); }
    const bool* boolean() const { return std::get_if<bool>(&state_); }
    const Number* number() const { return std::get_if<Number>(&state_); }
    const std::string* string() const { return shared<std::string>(); }
    const Date* date() const { return std::get_if<Date>(&state_); }
    const Time* time() const { return shared<Time>(); }
    const DateTime* date_time() const { return shared<DateTime>(); }
    const Span* span() const { return std::get_if<Span>(&state_); }
    const Months* months() const { return std::get_if<Months>(&state_); }
    const List* list() const { return shared<List>(); }
    const Context* context() const { return shared<Context>(); }
    const Range* range() const { return shared<Range>(); }
    const Function* function() const { return shared<Function>(); }

    /// The entry of a context, or nullptr.
    const Value* entry(std::string_view name) const;

    /// As FEEL writes it: "text" in quotes, null, [1, 2], {a: 1}.
    std::string text() const;

private:
    bool is(bool wanted) const {
        const bool* b = boolean();
        return b && *b == wanted;
    }
    template <class T>
    const T* shared() const {
        const auto* pointer = std::get_if<std::shared_ptr<const T>>(&state_);
        return pointer ? pointer->get() : nullptr;
    }
    // In the order of Kind.
    std::variant<Null, bool, Number, std::shared_ptr<const std::string>, Date, std::shared_ptr<const Time>,
                 std::shared_ptr<const DateTime>, Span, Months, std::shared_ptr<const List>,
                 std::shared_ptr<const Context>, std::shared_ptr<const Range>,
                 std::shared_ptr<const Function>>
        state_;
};

/// [low..high]; a side that is null is unbounded.
struct Range {
    Value low;
    Value high;
    bool low_included = true;
    bool high_included = true;
    /// `(= 5)` and `(!= 5)` are ranges too; both sides hold the value then.
    enum class Form : std::uint8_t { between, equal, unequal } form = Form::between;
};

/// A built-in, or a body with the values that surrounded its definition.
struct Function {
    const Builtin* builtin = nullptr;
    std::shared_ptr<const Node> body;
    std::vector<std::string> parameters;
    std::vector<Value> captured;
    std::vector<std::shared_ptr<const Shape>> types;  // of the parameters; nullptr where nothing is demanded
    std::shared_ptr<const Shape> result;              // or nullptr
};

/// Null because of `id`.
Value null_because(std::string id, std::vector<std::pair<std::string, std::string>> args = {},
                   Place place = {}, std::string_view source = {});

/// Equality of FEEL: true, false, or nullopt when the kinds cannot be compared. null equals null.
std::optional<bool> equal(const Value& a, const Value& b);
/// -1, 0, 1, or nullopt when there is no order between them.
std::optional<int> ordered(const Value& a, const Value& b);
/// Whether the value lies in the range; nullopt when it cannot be compared with its ends.
std::optional<bool> contains(const Range& range, const Value& value);
/// Same kind, same content; for tests and for hit policy ANY. Nulls are equal whatever their cause.
bool identical(const Value& a, const Value& b);

}  // namespace ballast::feel
