#include "api/json.h"
#include "api/routes.h"

namespace ballast::api {
namespace {

Result<Reply> meta(Call& call) {
    const auto& settings = call.context().settings;
    Json json{{"name", call.say("app.name")},
              {"version", BALLAST_VERSION},
              {"demo", !settings.demo_accounts.empty()},
              {"area", area_json(call, settings.area)},
              {"today", call.today().iso()}};
    if (!settings.demo_accounts.empty()) {
        json["demo_accounts"] = Json::array();
        for (const auto& one : settings.demo_accounts)
            json["demo_accounts"].push_back(
                {{"account", one.account}, {"password", one.password}, {"title", one.title}});
    }
    return ok(json);
}

constexpr std::array table{
    Route{get, "/api/meta", Right::anyone, meta},
};

}  // namespace

const Routes meta_routes = table;

}  // namespace ballast::api
