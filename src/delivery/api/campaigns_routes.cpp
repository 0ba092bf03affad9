#include "api/json.h"
#include "api/routes.h"
#include "api/warnings_json.h"
#include "casework/campaign.h"

namespace ballast::api {
namespace {

using casework::CampaignId;

casework::ClueDesk desk_of(const Call& call) {
    return {call.vault(), call.division(), call.actor(), call.today(), call.now()};
}

Json coverage_json(const casework::Coverage& coverage) {
    return {{"due", coverage.due},
            {"checked", coverage.checked},
            {"left", coverage.left()},
            {"clues", coverage.clues}};
}

Json line_json(const Call& call, const casework::CampaignLine& line) {
    const auto& one = line.campaign;
    Json kind;
    if (!one.household_kind.empty())
        kind = {{"code", one.household_kind},
                {"label", call.say("registry.code.household_kind." + one.household_kind)}};
    return {{"id", text(one.id)},
            {"name", one.name},
            {"area", area_json(call, one.area)},
            {"kind", kind},
            {"begins_on", one.begins_on.iso()},
            {"ends_on", one.ends_on.iso()},
            {"by", one.account},
            {"days_left", one.ends_on - call.today()},
            {"coverage", coverage_json(line.coverage)}};
}

Result<Reply> list(Call& call, db::Tx& tx) {
    Json items = Json::array();
    for (const auto& line : TRY(casework::campaigns(tx, call.actor())))
        items.push_back(line_json(call, line));
    return ok({{"items", items}});
}

Result<Reply> begin(Call& call, db::Tx& tx) {
    const Json asked = TRY(body(call));
    casework::Campaign wanted;
    const auto area = Call::parsed<AreaCode>(TRY(field<std::string>(asked, "area")));
    if (!area) return invalid("http.wrong_type").with("name", "area");
    wanted.area = *area;
    wanted.name = TRY(field<std::string>(asked, "name"));
    wanted.household_kind = TRY(optional_field<std::string>(asked, "kind")).value_or("");
    wanted.begins_on = TRY(Date::parse(TRY(field<std::string>(asked, "begins_on"))));
    wanted.ends_on = TRY(Date::parse(TRY(field<std::string>(asked, "ends_on"))));
    const auto key = TRY(optional_field<std::string>(asked, "key")).value_or("");
    const auto begun = TRY(casework::begin_campaign(tx, desk_of(call), std::move(wanted), key));
    return created(line_json(call, TRY(casework::campaign(tx, call.actor(), begun.id))));
}

Result<Reply> one(Call& call, db::Tx& tx) {
    const auto id = TRY(call.path<CampaignId>("id"));
    const auto line = TRY(casework::campaign(tx, call.actor(), id));
    const auto within = TRY(call.query<AreaCode>("area")).value_or(line.campaign.area);
    Json out = line_json(call, line);
    out["areas"] = Json::array();
    for (const auto& part : TRY(casework::coverage(tx, call.actor(), id, within)))
        out["areas"].push_back(
            {{"area", area_json(call, part.area)}, {"coverage", coverage_json(part.coverage)}});
    return ok(out);
}

Result<Reply> households(Call& call, db::Tx& tx) {
    const auto id = TRY(call.path<CampaignId>("id"));
    const auto page = TRY(call.page());
    casework::CheckQuery query;
    query.area = TRY(call.query<AreaCode>("area")).value_or(call.context().settings.area);
    query.checked = TRY(call.query<std::string>("checked")) == "true";
    query.found = TRY(call.query<std::string>("found")) == "true";
    query.offset = page.offset();
    query.limit = page.size;
    std::int64_t total = 0;
    const auto found = TRY(casework::check_list(tx, call.actor(), id, query, &total));
    std::vector<registry::HouseholdId> ids;
    for (const auto& check : found) ids.push_back(check.household);
    const Json lines = TRY(household_lines(call, tx, ids));
    Json items = Json::array();
    for (const auto& check : found)
        if (const auto line = lines.find(text(check.household)); line != lines.end())
            items.push_back({{"household", *line},
                             {"checked_on", check.checked_on ? Json(check.checked_on->iso()) : Json(nullptr)},
                             {"by", check.by},
                             {"clue", check.clue ? Json(text(*check.clue)) : Json(nullptr)}});
    return ok({{"total", total}, {"items", items}});
}

Result<Reply> check(Call& call, db::Tx& tx) {
    const auto id = TRY(call.path<CampaignId>("id"));
    const Json asked = TRY(body(call));
    const auto household = Call::parsed<registry::HouseholdId>(TRY(field<std::string>(asked, "household")));
    if (!household) return not_found("registry.no_household");
    const auto county = call.context().settings.area;
    std::optional<casework::Report> found;
    if (const auto risks = TRY(optional_field<Json>(asked, "risks"))) {
        found.emplace();
        found->county = county;
        found->told.teller = "officer";
        found->told.text = TRY(field<std::string>(asked, "text"));
        for (const auto& code : *risks) {
            if (!code.is_string()) return invalid("http.wrong_type").with("name", "risks");
            found->risks += code.get<std::string>() + " ";
        }
    }
    const auto terms = TRY(casework::clue_terms(call.packs(), county, call.today()));
    const auto done = TRY(casework::check_household(
        tx, desk_of(call), terms, id, *household,
        TRY(optional_field<std::string>(asked, "note")).value_or(""), std::move(found)));
    return created({{"clue", done.clue ? Json(text(*done.clue)) : Json(nullptr)}});
}

constexpr std::array table{
    Route{get, "/api/campaigns", Right::clues_read, list},
    Route{post, "/api/campaigns", Right::clues_dispatch, begin},
    Route{get, "/api/campaigns/{id}", Right::clues_read, one},
    Route{get, "/api/campaigns/{id}/households", Right::clues_read, households},
    Route{post, "/api/campaigns/{id}/checks", Right::clues_write, check},
};

}  // namespace

const Routes campaigns_routes = table;

}  // namespace ballast::api
