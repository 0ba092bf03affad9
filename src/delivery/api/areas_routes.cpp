#include "api/json.h"
#include "api/routes.h"
#include "areas/areas.h"

namespace ballast::api {
namespace {

Result<std::optional<AreaLevel>> level_asked(const Call& call) {
    const auto name = TRY(call.query<std::string>("level"));
    if (!name) return std::optional<AreaLevel>();
    for (const auto level : {AreaLevel::nation, AreaLevel::province, AreaLevel::prefecture, AreaLevel::county,
                             AreaLevel::township, AreaLevel::village})
        if (name_of(level) == *name) return std::optional(level);
    return invalid("http.bad_parameter").with("name", "level");
}

Result<Reply> search(Call& call) {
    const auto what = TRY(call.query<std::string>("q"));
    if (!what) return invalid("http.missing_field").with("name", "q");
    const auto within = TRY(call.query<AreaCode>("within")).value_or(AreaCode());
    const auto level = TRY(level_asked(call));
    const auto limit = TRY(call.query<std::int64_t>("limit")).value_or(20);
    if (limit < 1 || limit > 50) return invalid("http.bad_parameter").with("name", "limit");
    Json items = Json::array();
    for (const auto& hit : call.division().search(*what, within, level, static_cast<std::size_t>(limit)))
        items.push_back({{"code", hit.area.code.digits()},
                         {"name", hit.area.name},
                         {"level", name_of(hit.area.code.level())},
                         {"path", hit.path}});
    return ok({{"items", items}});
}

Result<Reply> one(Call& call) {
    const auto code = TRY(call.path<AreaCode>("code"));
    const auto& division = call.division();
    if (code.level() != AreaLevel::nation && !division.exists(code)) return not_found("http.no_such_thing");
    Json json = area_json(call, code);
    json["parents"] = Json::array();
    for (const auto& parent : division.path(code))
        if (parent.code != code) json["parents"].push_back(area_json(call, parent.code));
    json["children"] = Json::array();
    for (const auto& child : division.children(code)) json["children"].push_back(area_json(call, child.code));
    return ok(json);
}

constexpr std::array table{
    Route{get, "/api/areas/search", Right::signed_in, search},
    Route{get, "/api/areas/{code}", Right::signed_in, one},
};

}  // namespace

const Routes areas_routes = table;

}  // namespace ballast::api
