/// From a request to a reply: routing, sign-in, rights, the defence against forged requests, errors in the
/// user's language. Knows nothing of sockets; every function may block and may be called from any thread.
#pragma once

#include <optional>
#include <variant>

#include "http/router.h"

namespace ballast::http {

/// Answers a path that no route has (the front end's files); nothing when there is no such thing.
using Fallback = std::function<std::optional<Reply>(const Request&)>;

class Service {
public:
    Service(const delivery::Context& context, std::span<const Routes> tables, Fallback fallback);

    /// A request whose head was good: its body may now be read.
    struct Admission {
        const Route* route = nullptr;
        Parameters parameters;
        auth::Session session;
        Instant now;
        std::string number;
    };
    /// By the head alone (everything but body, form and uploads), so that nobody without the right to can
    /// make the server swallow a large body.
    std::variant<Reply, Admission> admit(const Request& head) const;
    Reply answer(Admission admission, Request& request) const;

    /// What GET of each address would answer whoever asks for `page`: {"language": "zh", "answers": {address: reply}},
    /// safe between the tags of an element of HTML. Only what is answered with 200; "" when nothing is. In the language of
    /// the page's ?lang= or else Chinese, as the front end does it.
    std::string answers_ahead(const Request& page, std::span<const std::string> addresses) const;

    /// {"error": {...}} with the sentence in the request's language.
    Reply refusal(const Error& error, words::Language language, const std::string& number) const;
    /// For what has no kind of its own: 400, 405, 408, 413, 415, 431.
    Reply refusal(const Error& error, words::Language language, int status) const;

    const delivery::Context& context() const { return context_; }

private:
    Result<Admission> checked(const Request& head, Router::Match match, const std::string& number) const;

    const delivery::Context& context_;
    Router router_;
    Fallback fallback_;
};

int status_of(ErrorKind kind);
std::string_view name_of(ErrorKind kind);
/// {"id": ..., "kind": ..., "message": ..., "args": {...}, "number": ...}
std::string error_json(const Error& error, std::string_view message, std::string_view number);

inline constexpr std::string_view session_cookie = "ballast_session";

}  // namespace ballast::http
