#include <algorithm>

#include "api/routes.h"
#include "api/rules_json.h"

namespace ballast::api {
namespace {

// Rule sets in the order of the work. Only the first is asked of every household; the second needs consent.
constexpr std::array sets{"screening", "negative", "casework"};
constexpr std::string_view of_the_register = "screening";

Result<packs::Pack> set_named(const Call& call) {
    const auto name = TRY(call.path<std::string>("set"));
    if (std::find(sets.begin(), sets.end(), name) == sets.end()) return not_found("rules.no_such_set");
    return packs::load(name, packs_folder(call));
}

Result<Reply> list(Call& call) {
    Json items = Json::array();
    for (const auto* name : sets) items.push_back(set_head(call, TRY(packs::load(name, packs_folder(call)))));
    return ok({{"items", items}});
}

Result<Reply> one(Call& call) { return ok(TRY(set_json(call, TRY(set_named(call))))); }

Result<Reply> what_if(Call& call) {
    return ok(TRY(what_if_json(call, TRY(set_named(call)), TRY(body(call)))));
}

Result<Reply> what_if_households(Call& call) {
    return ok(TRY(what_if_lines(call, TRY(set_named(call)), TRY(body(call)))));
}

Result<Reply> back_test(Call& call) {
    return ok(TRY(back_test_json(call, TRY(set_named(call)), TRY(body(call)))));
}

Result<Reply> back_test_households(Call& call) {
    return ok(TRY(back_test_lines(call, TRY(set_named(call)), TRY(body(call)))));
}

constexpr std::array table{
    Route{get, "/api/rules", Right::rules_read, list},
    Route{get, "/api/rules/{set}", Right::rules_read, one},
    Route{post, "/api/rules/{set}/what-if", Right::rules_read, what_if},
    Route{post, "/api/rules/{set}/what-if/households", Right::rules_read, what_if_households},
    Route{post, "/api/rules/{set}/back-test", Right::rules_read, back_test},
    Route{post, "/api/rules/{set}/back-test/households", Right::rules_read, back_test_households},
};

}  // namespace

const Routes rules_routes = table;

}  // namespace ballast::api
