/// JSON in and out for the routes. Included by *_routes.cpp only; it is heavy.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "base/decimal.h"
#include "http/route.h"

namespace ballast::api {

using Json = nlohmann::ordered_json;
using auth::Right;
using http::Call;
using http::Reply;
using http::Route;
using http::Routes;
inline constexpr auto get = http::Method::get;
inline constexpr auto post = http::Method::post;
inline constexpr auto put = http::Method::put;
inline constexpr auto patch = http::Method::patch;
inline constexpr auto del = http::Method::del;

/// Ids are text in JSON: a browser's numbers are not wide enough for them.
template <class Tag>
std::string text(Id<Tag> id) {
    return std::to_string(id.number());
}

/// The body, which is a JSON object. invalid "http.bad_json".
Result<Json> body(Call& call);

/// A member of an object. invalid "http.missing_field" {name}, "http.wrong_type" {name}.
template <class T>
Result<T> field(const Json& object, const char* name) {
    const auto found = object.find(name);
    if (found == object.end() || found->is_null()) return invalid("http.missing_field").with("name", name);
    bool fits = false;
    if constexpr (std::is_same_v<T, std::string>)
        fits = found->is_string();
    else if constexpr (std::is_same_v<T, bool>)
        fits = found->is_boolean();
    else if constexpr (std::is_integral_v<T>)
        fits = found->is_number_integer();
    else
        fits = found->is_structured();
    if (!fits) return invalid("http.wrong_type").with("name", name);
    return found->template get<T>();
}
/// Nothing when it is absent or null.
template <class T>
Result<std::optional<T>> optional_field(const Json& object, const char* name) {
    const auto found = object.find(name);
    if (found == object.end() || found->is_null()) return std::optional<T>();
    return std::optional<T>(TRY(field<T>(object, name)));
}

/// A member that is a day, an area, an amount in fen. Errors: as `field`.
Result<Date> date_of(const Json& object, const char* name);
Result<AreaCode> area_of(const Json& object, const char* name);
Result<Money> fen_of(const Json& object, const char* name);
/// A number that a person typed, exact.
Result<Decimal> decimal_of(const Json& object, const char* name);
/// An id, which is text. Nothing when it is absent or "".
template <class I>
Result<std::optional<I>> optional_id(const Json& object, const char* name) {
    const auto given = TRY(optional_field<std::string>(object, name)).value_or("");
    if (given.empty()) return std::optional<I>();
    const auto id = Call::parsed<I>(given);
    if (!id) return invalid("http.wrong_type").with("name", name);
    return std::optional<I>(*id);
}
template <class I>
Result<I> id_of(const Json& object, const char* name) {
    const auto id = Call::parsed<I>(TRY(field<std::string>(object, name)));
    if (!id) return invalid("http.wrong_type").with("name", name);
    return *id;
}

/// The day, or null.
Json maybe_day(const std::optional<Date>& day);

/// Replies. Text that is not UTF-8 is replaced, never thrown over.
Reply ok(const Json& json);
Reply created(const Json& json);
Reply accepted(const Json& json);  // 202, for a job

/// Where nobody asks for an area: the county, or the one place to which the right is given. A village
/// officer's figures are the village's, and say so.
AreaCode own_area(const Call& call, auth::Right right);
/// {code, name, level, path}; a code that the division does not know keeps its digits as its name.
Json area_json(const Call& call, AreaCode code);
std::string_view name_of(AreaLevel level);

}  // namespace ballast::api
