/// A route: method, pattern, the right it demands, handler. The right stands before the handler and has no
/// default, so a route that forgets it does not compile.
///
///     extern const std::array<Route, 2> areas_routes{{
///         {get, "/api/areas/search", Right::signed_in, search},
///         {get, "/api/areas/{code}", Right::signed_in, one},
///     }};
#pragma once

#include <array>
#include <span>
#include <string_view>
#include <variant>

#include "http/call.h"

namespace ballast::http {

/// A handler with a Tx runs inside a transaction: reading for a GET, else writing, and committed when it
/// answers with a Reply. One without may open its own, or none.
class Handler {
public:
    using Plain = Result<Reply> (*)(Call&);
    using InTransaction = Result<Reply> (*)(Call&, db::Tx&);
    constexpr Handler(Plain function) : function_(function) {}
    constexpr Handler(InTransaction function) : function_(function) {}

    Result<Reply> operator()(Call& call, Method method) const;

private:
    std::variant<Plain, InTransaction> function_;
};

struct Route {
    Method method;
    std::string_view pattern;  // "/api/cases/{id}/actions"
    auth::Right right;
    Handler handler;
};
using Routes = std::span<const Route>;

}  // namespace ballast::http
