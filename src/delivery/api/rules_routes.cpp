#include "api/routes.h"
#include "api/rules_json.h"

namespace ballast::api {
namespace {

/// As it holds today.
Result<packs::Pack> in_force(const Call& call, std::string_view name) {
    return *TRY(call.packs().load(name, call.context().settings.area, call.today()));
}

Result<packs::Pack> set_named(const Call& call) {
    const auto name = TRY(call.path<std::string>("set"));
    if (!rules::is_rule_set(name)) return not_found("rules.no_such_set");
    return in_force(call, name);
}

Result<Reply> list(Call& call) {
    Json items = Json::array();
    for (const auto name : rules::rule_sets) items.push_back(set_head(call, TRY(in_force(call, name))));
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
