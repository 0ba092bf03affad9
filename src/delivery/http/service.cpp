#include "http/service.h"

#include <nlohmann/json.hpp>

#include "context/log.h"

namespace ballast::http {

using words::Language;

namespace {
/// Who has yet to choose a password of their own can do that, see who they are, and sign out.
constexpr std::string_view own_session = "/api/session";
}  // namespace

int status_of(ErrorKind kind) {
    constexpr int statuses[] = {422, 404, 403, 409, 503, 500};
    return statuses[static_cast<int>(kind)];
}

std::string_view name_of(ErrorKind kind) {
    constexpr std::string_view names[] = {"invalid",  "not_found",   "forbidden",
                                          "conflict", "unavailable", "corrupt"};
    return names[static_cast<int>(kind)];
}

std::string error_json(const Error& error, std::string_view message, std::string_view number) {
    nlohmann::ordered_json args = nlohmann::ordered_json::object();
    for (const auto& [name, value] : error.args) args[name] = value;
    const nlohmann::ordered_json json{{"id", error.id},
                                      {"kind", name_of(error.kind)},
                                      {"message", message},
                                      {"args", args},
                                      {"number", number}};
    return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

Service::Service(const delivery::Context& context, std::span<const Routes> tables, Fallback fallback)
    : context_(context), fallback_(std::move(fallback)) {
    for (const Routes table : tables) router_.add(table);
}

Reply Service::refusal(const Error& error, Language language, const std::string& number) const {
    const auto message = words::say(error, language);
    auto reply = Reply::json("{\"error\":" + error_json(error, message, number) + "}", status_of(error.kind));
    // A user who is not signed in is told so by the status, as every HTTP client expects.
    if (error.id == "auth.signed_out") reply.status = 401;
    for (const auto& [name, value] : error.args)
        if (name == "seconds") reply.headers.emplace_back("Retry-After", value);
    reply.trouble = number + " " + error.id + (error.detail.empty() ? "" : ": " + error.detail);
    return reply;
}

Reply Service::refusal(const Error& error, Language language, int status) const {
    auto reply = refusal(error, language, delivery::fresh_number());
    reply.status = status;
    return reply;
}

std::variant<Reply, Service::Admission> Service::admit(const Request& head) const {
    const std::string number = delivery::fresh_number();
    auto match = router_.find(head.method, head.segments);
    if (!match.route) {
        if (!match.allowed.empty())
            return refusal(invalid("http.method").with("allowed", match.allowed), head.language(), 405)
                .with("Allow", match.allowed);
        const bool page = head.method == Method::get && !head.path().starts_with("/api");
        if (page && fallback_)
            if (auto reply = fallback_(head)) return std::move(*reply);
        return refusal(not_found("http.no_such_thing"), head.language(), number);
    }
    try {
        auto admission = checked(head, std::move(match), number);
        if (!admission) return refusal(admission.error(), head.language(), number);
        return std::move(*admission);
    } catch (const std::exception& bug) {
        delivery::log_error(number + " broken: " + bug.what());
        return refusal(corrupt("http.broken"), head.language(), number);
    }
}

Result<Service::Admission> Service::checked(const Request& head, Router::Match match,
                                            const std::string& number) const {
    Admission admission{match.route, std::move(match.parameters), {}, context_.clock.now(), number};
    if (match.route->right == auth::Right::anyone) return admission;
    const auto token = head.cookie(session_cookie);
    if (token.empty()) return forbidden("auth.signed_out");
    admission.session = TRY(auth::resume(context_.database, token, admission.now));
    // A page elsewhere can make a browser send our cookie, but cannot know the token in our session.
    if (head.method != Method::get && head.header("x-csrf") != admission.session.csrf)
        return forbidden("http.csrf");
    if (admission.session.must_change && !match.route->pattern.starts_with(own_session))
        return forbidden("auth.password_to_change");
    const auto right = match.route->right;
    if (right != auth::Right::signed_in) TRY(auth::require(admission.session.actor, right));
    return admission;
}

Reply Service::answer(Admission admission, Request& request) const {
    const std::string number = admission.number;
    const Route& route = *admission.route;
    try {
        auto packs = context_.packs.now();
        if (!packs) return refusal(packs.error(), request.language(), number);
        Call call(context_, request, std::move(admission.parameters), std::move(admission.session),
                  std::move(*packs), admission.now);
        auto reply = route.handler(call, route.method);
        if (reply) return std::move(*reply);
        return refusal(reply.error(), request.language(), number);
    } catch (const std::exception& bug) {
        delivery::log_error(number + " broken: " + bug.what());
        return refusal(corrupt("http.broken"), request.language(), number);
    }
}

std::string Service::answers_ahead(const Request& page, std::span<const std::string> addresses) const {
    // Nobody is signed in: a reading of the database for each would be asked in vain.
    if (page.cookie(session_cookie).empty()) return "";
    std::string_view language = "zh";
    for (const auto& [name, value] : page.query)
        if (name == "lang" && value == "en") language = "en";
    nlohmann::ordered_json answers = nlohmann::ordered_json::object();
    for (const auto& address : addresses) {
        Request asked;
        if (!asked.set_target(address)) continue;
        asked.headers = {{"cookie", std::string(page.header("cookie"))},
                         {"accept-language", std::string(language)}};
        asked.peer = page.peer;
        auto admitted = admit(asked);
        if (!std::holds_alternative<Admission>(admitted)) continue;
        const auto reply = answer(std::move(std::get<Admission>(admitted)), asked);
        if (reply.status != 200 || reply.body.empty()) continue;
        auto read = nlohmann::ordered_json::parse(reply.body, nullptr, false);
        if (!read.is_discarded()) answers[address] = std::move(read);
    }
    if (answers.empty()) return "";
    const auto text = nlohmann::ordered_json{{"language", language}, {"answers", answers}}.dump();
    std::string safe;
    for (const char c : text) {
        if (c == '<') safe += "\\u003c";
        else safe += c;
    }
    return safe;
}

}  // namespace ballast::http
