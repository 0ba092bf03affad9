// What anybody may do without an account: report, and follow a report. (Notices are with the cases.)
#include "api/json.h"
#include "api/routes.h"
#include "casework/clue_public.h"
#include "casework/withdrawal.h"

namespace ballast::api {
namespace {

Json place_json(const Call& call, AreaCode code) {
    const auto area = area_json(call, code);
    return {{"code", area.at("code")}, {"name", area.at("name")}};
}

Result<casework::ClueTerms> terms_of(const Call& call) {
    const auto& context = call.context();
    return casework::clue_terms(call.packs(), context.settings.area, call.today());
}

Result<Reply> county(Call& call) {
    const auto county = call.context().settings.area;
    const auto terms = TRY(terms_of(call));
    Json townships = Json::array();
    for (const auto& township : call.division().children(county)) {
        Json villages = Json::array();
        for (const auto& village : call.division().children(township.code))
            villages.push_back(place_json(call, village.code));
        auto one = place_json(call, township.code);
        one["villages"] = std::move(villages);
        townships.push_back(std::move(one));
    }
    return ok({{"county", area_json(call, county)},
               {"verify_days", terms.verify_days},
               {"verify_days_assumed", terms.assumed},
               {"townships", townships}});
}

Result<std::string> text_field(const Json& asked, const char* name) {
    return TRY(optional_field<std::string>(asked, name)).value_or("");
}

Result<Reply> report(Call& call, db::Tx& tx) {
    const Json asked = TRY(body(call));
    casework::PublicReport report;
    report.county = call.context().settings.area;
    const auto village = Call::parsed<AreaCode>(TRY(field<std::string>(asked, "village")));
    if (!village) return invalid("clues.village_needed");
    report.village = *village;
    auto& told = report.told;
    told.teller = TRY(field<std::string>(asked, "teller"));
    told.teller_name = TRY(field<std::string>(asked, "teller_name"));
    told.teller_phone = TRY(field<std::string>(asked, "teller_phone"));
    told.name = TRY(text_field(asked, "name"));
    told.id_number = TRY(text_field(asked, "id_number"));
    told.place = TRY(text_field(asked, "place"));
    told.text = TRY(field<std::string>(asked, "text"));
    if (const auto risks = TRY(optional_field<Json>(asked, "risks")))
        for (const auto& code : *risks) {
            if (!code.is_string()) return invalid("http.wrong_type").with("name", "risks");
            report.risks += code.get<std::string>() + " ";
        }
    report.key = TRY(text_field(asked, "key"));
    if (report.key.size() > 64) return invalid("http.bad_parameter").with("name", "key");
    const auto receipt =
        TRY(casework::report_publicly(tx, call.vault(), call.division(), TRY(terms_of(call)),
                                      std::move(report), call.request().peer, call.today(), call.now()));
    return created(
        {{"receipt", receipt.number}, {"due_on", receipt.due_on.iso()}, {"repeated", receipt.repeated}});
}

Json coded(const Call& call, std::string_view kind, std::string_view code) {
    return {{"code", code}, {"label", call.say("clues." + std::string(kind) + "." + std::string(code))}};
}

Result<Reply> follow(Call& call) {
    const Json asked = TRY(body(call));
    const auto found =
        TRY(casework::follow(call.database(), call.vault(), TRY(field<std::string>(asked, "receipt")),
                             TRY(field<std::string>(asked, "phone")), call.request().peer, call.now()));
    return ok(
        {{"reported_on", found.reported_on.iso()},
         {"state", coded(call, "told", found.decided ? "decided" : name_of(found.state))},
         {"reason", found.closed_reason.empty() ? Json(nullptr) : coded(call, "reason", found.closed_reason)},
         {"entered_on", found.entered_on.iso()},
         {"due_on", found.due_on.iso()},
         {"to_case", found.to_case}});
}

/// A fault of the form is told like any other; a wrong receipt counts.
Result<Reply> withdraw(Call& call) {
    const Json asked = TRY(body(call));
    const auto rules = TRY(casework::Rulebook::load(call.packs()));
    TRY(casework::withdraw_publicly(
        call.database(), call.vault(), rules, TRY(field<std::string>(asked, "receipt")),
        TRY(field<std::string>(asked, "phone")), TRY(field<std::string>(asked, "reason")),
        TRY(field<std::string>(asked, "key")), call.request().peer, call.now()));
    return ok({{"withdrawn_on", call.today().iso()}});
}

constexpr std::array table{
    Route{get, "/api/public/county", Right::anyone, county},
    Route{post, "/api/public/reports", Right::anyone, report},
    Route{post, "/api/public/follow", Right::anyone, follow},
    Route{post, "/api/public/withdraw", Right::anyone, withdraw},
};

}  // namespace

const Routes public_routes = table;

}  // namespace ballast::api
