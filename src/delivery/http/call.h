/// What a handler is given: the request, who asks, and the county's context. The day, the instant
/// and the packs are read once per call.
#pragma once

#include <charconv>
#include <optional>
#include <string>
#include <string_view>

#include "auth/auth.h"
#include "context/context.h"
#include "http/message.h"

namespace ballast::http {

using Parameters = std::map<std::string, std::string, std::less<>>;

class Call {
public:
    Call(const delivery::Context& context, Request& request, Parameters parameters, auth::Session session,
         packs::Store packs, Instant now)
        : context_(context),
          request_(request),
          parameters_(std::move(parameters)),
          session_(std::move(session)),
          packs_(std::move(packs)),
          now_(now) {}

    const auth::Actor& actor() const { return session_.actor; }
    const auth::Session& session() const { return session_; }
    Instant now() const { return now_; }
    Date today() const { return civil_date(now_); }
    Request& request() { return request_; }
    words::Language language() const { return request_.language(); }

    const delivery::Context& context() const { return context_; }
    db::Database& database() const { return context_.database; }
    /// What government has decided, as it held when the call began.
    const packs::Store& packs() const { return packs_; }
    const crypto::Vault& vault() const { return context_.vault; }
    const areas::Division& division() const { return context_.division; }
    /// A sentence of the word files in the caller's language.
    std::string say(std::string_view id, const words::Places& places = {}) const {
        return words::say(id, language(), places);
    }

    /// A {parameter} of the path: `call.path<CaseId>("id")`. A malformed one cannot name anything:
    /// not_found "http.no_such_thing".
    template <class T>
    Result<T> path(std::string_view name) const {
        const auto found = parameters_.find(name);
        INVARIANT(found != parameters_.end());
        auto value = parsed<T>(found->second);
        if (!value) return not_found("http.no_such_thing");
        return std::move(*value);
    }
    /// A parameter of the query; nothing when absent or empty. invalid "http.bad_parameter" {name}.
    template <class T>
    Result<std::optional<T>> query(std::string_view name) const {
        for (const auto& [key, text] : request_.query) {
            if (key != name || text.empty()) continue;
            auto value = parsed<T>(text);
            if (!value) return invalid("http.bad_parameter").with("name", std::string(name));
            return std::optional<T>(std::move(*value));
        }
        return std::optional<T>();
    }
    /// `page` from 1 and `size` up to 200, as LIMIT and OFFSET. invalid "http.bad_parameter".
    struct Page {
        std::int64_t number, size;
        std::int64_t offset() const { return (number - 1) * size; }
    };
    Result<Page> page() const;

    template <class T>
    static std::optional<T> parsed(std::string_view text) {
        if constexpr (std::is_same_v<T, std::string>) {
            return std::string(text);
        } else if constexpr (std::is_same_v<T, AreaCode>) {
            auto code = AreaCode::parse(text);
            return code ? std::optional(*code) : std::nullopt;
        } else if constexpr (std::is_same_v<T, Date>) {
            auto day = Date::parse(text);
            return day ? std::optional(*day) : std::nullopt;
        } else {
            std::int64_t number = 0;
            const auto end = text.data() + text.size();
            const auto read = std::from_chars(text.data(), end, number);
            if (read.ec != std::errc{} || read.ptr != end) return {};
            if constexpr (!std::is_integral_v<T>)
                if (number <= 0) return {};  // an Id
            return T(number);
        }
    }

private:
    const delivery::Context& context_;
    Request& request_;
    Parameters parameters_;
    auth::Session session_;
    packs::Store packs_;
    Instant now_;
};

}  // namespace ballast::http
