/// FEEL values. Null is never silent: it carries what made it, and where.
///
/// Values are immutable and cheap to copy (what is large is shared), so they may be read from any thread.
/// Further kinds (time, date and time, the two durations) become members of the variant.
#pragma once

#include <compare>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/date.h"
#include "feel/number.h"

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

/// A FEEL date; years reach further than a civil Date of the register.
struct Date {
    std::int32_t year = 1970;
    std::int8_t month = 1;
    std::int8_t day = 1;
    static std::optional<Date> from(std::int64_t year, std::int64_t month, std::int64_t day);
    /// "2026-11-23", "-0044-03-15"; nothing else.
    static std::optional<Date> parse(std::string_view iso);
    static Date of(ballast::Date day) {
        return {day.year(), static_cast<std::int8_t>(day.month()), static_cast<std::int8_t>(day.day())};
    }
    int weekday() const;  // 1 Monday .. 7 Sunday
    std::string iso() const;
    friend constexpr auto operator<=>(const Date&, const Date&) = default;
};

class Value;
struct Node;
struct Builtin;
struct Range;
struct Function;
using List = std::vector<Value>;
/// Entries in the order in which they were written.
using Context = std::vector<std::pair<std::string, Value>>;

enum class Kind : std::uint8_t { null, boolean, number, string, date, list, context, range, function };
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
    std::variant<Null, bool, Number, std::shared_ptr<const std::string>, Date, std::shared_ptr<const List>,
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
};

/// A built-in, or a body with the values that surrounded its definition.
struct Function {
    const Builtin* builtin = nullptr;
    std::shared_ptr<const Node> body;
    std::vector<std::string> parameters;
    std::vector<Value> captured;
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
