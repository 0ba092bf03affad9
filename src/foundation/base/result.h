/// What a user can cause comes back as a Result; what only a bug can cause is an INVARIANT.
///
/// `TRY(expression)` gives the value of a Result or returns its error from the enclosing function.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace ballast {

/// The six kinds decide everything outside: HTTP status, exit code, whether a job tries again.
enum class ErrorKind : std::uint8_t { invalid, not_found, forbidden, conflict, unavailable, corrupt };

/// A refusal. `id` is stable ("feeds.missing_column") and has a sentence in every language in the
/// word files; `args` fill the {places} of that sentence (file, sheet, row, column, expected ...).
/// `detail` is for logs. Neither may hold personal data.
struct Error {
    ErrorKind kind = ErrorKind::invalid;
    std::string id;
    std::vector<std::pair<std::string, std::string>> args;
    std::string detail;

    Error&& with(std::string name, std::string value) && {
        args.emplace_back(std::move(name), std::move(value));
        return std::move(*this);
    }
};

inline Error invalid(std::string id, std::string detail = {}) {
    return {ErrorKind::invalid, std::move(id), {}, std::move(detail)};
}
inline Error not_found(std::string id, std::string detail = {}) {
    return {ErrorKind::not_found, std::move(id), {}, std::move(detail)};
}
inline Error forbidden(std::string id, std::string detail = {}) {
    return {ErrorKind::forbidden, std::move(id), {}, std::move(detail)};
}
inline Error conflict(std::string id, std::string detail = {}) {
    return {ErrorKind::conflict, std::move(id), {}, std::move(detail)};
}
inline Error unavailable(std::string id, std::string detail = {}) {
    return {ErrorKind::unavailable, std::move(id), {}, std::move(detail)};
}
inline Error corrupt(std::string id, std::string detail = {}) {
    return {ErrorKind::corrupt, std::move(id), {}, std::move(detail)};
}

/// A bug, caught only by the HTTP worker, the job runner and the command line's main.
struct InvariantBroken : std::logic_error {
    using std::logic_error::logic_error;
};

[[noreturn]] inline void broken_invariant(const char* condition, const char* file, int line) {
    throw InvariantBroken(std::string(file) + ":" + std::to_string(line) + ": " + condition);
}

#define INVARIANT(condition) \
    ((condition) ? static_cast<void>(0) : ::ballast::broken_invariant(#condition, __FILE__, __LINE__))

struct Nothing {
    friend bool operator==(Nothing, Nothing) = default;
};

template <class T>
class [[nodiscard]] Result {
    using Value = std::conditional_t<std::is_void_v<T>, Nothing, T>;

public:
    using value_type = Value;

    Result() requires std::is_void_v<T> : state_(std::in_place_index<0>) {}
    template <class U = Value>
    requires(!std::is_void_v<T> && std::is_convertible_v<U, Value> &&
             !std::is_same_v<std::remove_cvref_t<U>, Result> &&
             !std::is_same_v<std::remove_cvref_t<U>, Error>) Result(U&& value)
        : state_(std::in_place_index<0>, std::forward<U>(value)) {}
    Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

    explicit operator bool() const { return state_.index() == 0; }
    bool has_value() const { return state_.index() == 0; }

    Value& value() & { return checked(), *std::get_if<0>(&state_); }
    const Value& value() const& { return checked(), *std::get_if<0>(&state_); }
    Value&& value() && { return checked(), std::move(*std::get_if<0>(&state_)); }
    Value& operator*() & { return value(); }
    const Value& operator*() const& { return value(); }
    Value&& operator*() && { return std::move(*this).value(); }
    Value* operator->() { return &value(); }
    const Value* operator->() const { return &value(); }

    const Error& error() const& { return INVARIANT(state_.index() == 1), *std::get_if<1>(&state_); }
    Error&& error() && { return INVARIANT(state_.index() == 1), std::move(*std::get_if<1>(&state_)); }

private:
    void checked() const {
        if (state_.index() != 0)
            throw InvariantBroken("value of a refused Result: " + std::get_if<1>(&state_)->id);
    }
    std::variant<Value, Error> state_;
};

// The counter gives each use a name of its own: a TRY may stand inside another's lambda.
#define BALLAST_TRY_JOIN(a, b) a##b
#define BALLAST_TRY_NAME(n) BALLAST_TRY_JOIN(ballast_try_, n)
#define BALLAST_TRY_AS(name, ...)                  \
    ({                                             \
        auto name = (__VA_ARGS__);                 \
        if (!name) return std::move(name).error(); \
        std::move(name).value();                   \
    })
#define TRY(...) BALLAST_TRY_AS(BALLAST_TRY_NAME(__COUNTER__), __VA_ARGS__)

}  // namespace ballast
