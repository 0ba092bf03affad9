// Rule sets as lists and pages show them.
#include "api/rules_json.h"

#include <algorithm>
#include <array>
#include <set>

#include "pack_check/pack_check.h"
#include "rules/differences.h"
#include "rules/table_view.h"

namespace ballast::api {
namespace {

// Facts are made with these (screening::Windows); every other parameter that counts stands in a table.
constexpr std::array made_with{std::string_view("recent_days"), std::string_view("crop_affected_loss")};

std::string in(const Call& call, const packs::Title& title) {
    return call.language() == words::Language::en ? title.en : title.zh;
}

/// A row of a parameter: whether it holds here today, and in which area.
Json value_json(const Call& call, const packs::Parameter& parameter, const packs::ParameterValue& value,
                const packs::ParameterValue* in_force) {
    return {{"value", value.value.plain()},
            {"unit", packs::name_of(parameter.unit)},
            {"from", value.from.iso()},
            {"to", value.to ? Json(value.to->iso()) : Json(nullptr)},
            {"area", area_json(call, value.area)},
            {"authority", value.authority},
            {"assumed", value.assumed()},
            {"in_force", &value == in_force},
            {"planned", value.from > call.today()}};
}

Json parameter_json(const Call& call, const packs::Pack& pack, const packs::Parameter& parameter,
                    const std::set<std::string>& asked_for) {
    const auto bound = pack.bind(parameter.name, call.today(), call.context().settings.area);
    Json values = Json::array();
    for (const auto& value : parameter.values)
        values.push_back(value_json(call, parameter, value, bound ? bound->value : nullptr));
    return {{"name", parameter.name},
            {"title", in(call, parameter.title)},
            {"unit", packs::name_of(parameter.unit)},
            {"value", bound ? Json(bound->value->value.plain()) : Json(nullptr)},
            {"decides", asked_for.contains(parameter.name) ||
                            std::find(made_with.begin(), made_with.end(), parameter.name) != made_with.end()},
            {"values", values}};
}

/// What the county's own version says otherwise than the one inside the program; null where it has none.
Result<Json> differences_json(const Call& call, const packs::Pack& pack) {
    const auto shipped = TRY(packs::load(pack.name));
    if (shipped.hash == pack.hash) return Json(nullptr);
    const auto found = TRY(rules::differences(shipped, pack, call.language() == words::Language::en));
    Json values = Json::array(), texts = Json::array();
    for (const auto& one : found.values) {
        const auto side = [&](const packs::ParameterValue* value) {
            return value ? value_json(call, *one.parameter, *value, nullptr) : Json(nullptr);
        };
        values.push_back({{"title", in(call, one.parameter->title)},
                          {"before", side(one.before)},
                          {"after", side(one.after)}});
    }
    for (const auto& one : found.texts)
        texts.push_back({{"of", rules::name_of(one.of)},
                         {"where", one.where},
                         {"before", one.before},
                         {"after", one.after}});
    return Json{{"from_hash", shipped.hash}, {"values", values}, {"texts", texts}};
}

/// What is wrong with the county's own version, by file and line. It is used all the same as long as it
/// reads.
Json findings_json(const Call& call, const std::filesystem::path& folder) {
    Json out = Json::array();
    for (const auto& finding : pack_check::check(folder).findings)
        out.push_back({{"id", finding.id}, {"says", words::say(finding, call.language())}});
    return out;
}

}  // namespace

std::string packs_folder(const Call& call) { return call.context().paths.root + "/packs"; }

Json set_head(const Call& call, const packs::Pack& pack) {
    std::int64_t assumed = 0;
    for (const auto& parameter : pack.parameters)
        if (const auto bound = pack.bind(parameter.name, call.today(), call.context().settings.area))
            assumed += bound->value->assumed();
    return {{"name", pack.name},
            {"title", in(call, pack.title)},
            {"issuer", pack.issuer},
            {"authority", pack.document},
            {"from", pack.valid_from.iso()},
            {"hash", pack.hash},
            {"consent_required", pack.consent_required},
            {"of_the_register", pack.name == "screening"},
            {"counts",
             {{"rules", pack.rules.size()},
              {"tables", pack.tables.size()},
              {"parameters", pack.parameters.size()},
              {"assumed", assumed}}}};
}

Result<Json> set_json(const Call& call, const packs::Pack& pack) {
    const bool english = call.language() == words::Language::en;
    Json json = set_head(call, pack);
    json["rules"] = Json::array();
    for (const auto& rule : pack.rules)
        json["rules"].push_back(
            {{"id", rule.id}, {"title", in(call, rule.title)}, {"authority", rule.source}});
    json["tables"] = Json::array();
    std::set<std::string> asked_for;
    for (const auto& table : TRY(rules::tables_of(pack, english))) {
        Json rows = Json::array();
        for (const auto& row : table.rows)
            rows.push_back({{"id", row.id}, {"cells", row.cells}, {"outputs", row.outputs}});
        asked_for.insert(table.reads.begin(), table.reads.end());
        json["tables"].push_back({{"file", table.file},
                                  {"name", table.name},
                                  {"hit_policy", table.hit_policy},
                                  {"inputs", table.inputs},
                                  {"outputs", table.outputs},
                                  {"rows", rows}});
    }
    json["parameters"] = Json::array();
    for (const auto& parameter : pack.parameters)
        json["parameters"].push_back(parameter_json(call, pack, parameter, asked_for));
    json["differences"] = TRY(differences_json(call, pack));
    json["findings"] = json["differences"].is_null()
                           ? Json::array()
                           : findings_json(call, packs_folder(call) + "/" + pack.name);
    return json;
}

}  // namespace ballast::api
