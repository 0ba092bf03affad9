#include "api/json.h"

namespace ballast::api {
namespace {

std::string written(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

}  // namespace

Result<Json> body(Call& call) {
    auto json = Json::parse(call.request().body, nullptr, /*allow_exceptions=*/false);
    if (!json.is_object()) return invalid("http.bad_json");
    return json;
}

Reply ok(const Json& json) { return Reply::json(written(json)); }
Reply created(const Json& json) { return Reply::json(written(json), 201); }
Reply accepted(const Json& json) { return Reply::json(written(json), 202); }

std::string_view name_of(AreaLevel level) {
    constexpr std::string_view names[] = {"nation", "province", "prefecture",
                                          "county", "township", "village"};
    return names[static_cast<int>(level)];
}

AreaCode own_area(const Call& call, auth::Right right) {
    const auto county = call.context().settings.area;
    const auto scope = call.actor().scope(right);
    return scope.areas().size() == 1 && !scope.contains(county) ? scope.areas().front() : county;
}

Json area_json(const Call& call, AreaCode code) {
    const auto& division = call.division();
    const auto area = division.find(code);
    std::string name = area ? std::string(area->name) : code.short_digits();
    if (code.level() == AreaLevel::village) name = areas::everyday_name(name);
    if (code.level() == AreaLevel::nation) name = call.say("http.whole_country");
    std::string path;
    if (code.level() > AreaLevel::province) path = division.full_name(code.parent());
    return {{"code", code.digits()}, {"name", name}, {"level", name_of(code.level())}, {"path", path}};
}

Result<Date> date_of(const Json& asked, const char* name) {
    const auto day = Date::parse(TRY(field<std::string>(asked, name)));
    if (!day) return invalid("http.wrong_type").with("name", name);
    return *day;
}

Result<AreaCode> area_of(const Json& asked, const char* name) {
    const auto area = Call::parsed<AreaCode>(TRY(field<std::string>(asked, name)));
    if (!area) return invalid("http.wrong_type").with("name", name);
    return *area;
}

Result<Money> fen_of(const Json& asked, const char* name) {
    return Money::fen(TRY(field<std::int64_t>(asked, name)));
}

Result<Decimal> decimal_of(const Json& asked, const char* name) {
    const auto given = TRY(field<std::string>(asked, name));
    const auto value = Decimal::parse(given);
    if (!value) return invalid("http.wrong_type").with("name", name);
    return *value;
}

Json maybe_day(const std::optional<Date>& day) { return day ? Json(day->iso()) : Json(nullptr); }

}  // namespace ballast::api
