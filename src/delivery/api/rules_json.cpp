// Rule sets as lists and pages show them.
#include "api/rules_json.h"

#include <algorithm>
#include <array>
#include <set>

#include "rules/differences.h"
#include "rules/table_view.h"

namespace ballast::api {
namespace {

// Facts are made with these (screening::Windows); every other parameter that counts stands in a table.
constexpr std::array made_with{std::string_view("recent_days"), std::string_view("crop_affected_loss")};

std::string in(const Call& call, const packs::Title& title) {
    return call.language() == words::Language::en ? title.en : title.zh;
}

/// What a row decides as people say it: 橙, not orange.
std::vector<std::string> decided(const Call& call, const packs::Pack& pack, const rules::TableView& table,
                                 const rules::TableView::Row& row) {
    std::vector<std::string> out = row.outputs;
    for (std::size_t i = 0; i < out.size(); ++i) {
        const std::string id = "screening." + table.decides[i] + "." + out[i];
        if (const auto* clearing = pack.clearing(out[i]))
            out[i] = in(call, clearing->title);
        else if (words::known(id))
            out[i] = words::say(id, call.language());
    }
    return out;
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
                    const std::set<std::string>& asked_for, AreaCode area, Date on) {
    const auto bound = pack.bind(parameter.name, on, area);
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

}  // namespace

Result<Json> differences_json(const Call& call, const packs::Pack& before, const packs::Pack& pack) {
    if (before.hash == pack.hash) return Json(nullptr);
    const auto found = TRY(rules::differences(before, pack, call.language() == words::Language::en));
    Json values = Json::array(), texts = Json::array();
    for (const auto& one : found.values) {
        const auto side = [&](const packs::ParameterValue* value) {
            return value ? value_json(call, *one.parameter, *value, nullptr) : Json(nullptr);
        };
        values.push_back({{"parameter", one.parameter->name},
                          {"title", in(call, one.parameter->title)},
                          {"before", side(one.before)},
                          {"after", side(one.after)}});
    }
    for (const auto& one : found.texts)
        texts.push_back({{"of", rules::name_of(one.of)},
                         {"where", one.where},
                         {"before", one.before},
                         {"after", one.after}});
    return Json{{"from_hash", before.hash}, {"values", values}, {"texts", texts}};
}

Json findings_json(const Call& call, std::span<const Error> findings) {
    Json out = Json::array();
    for (const auto& finding : findings) {
        Json one{{"id", finding.id}, {"says", words::say(finding, call.language())}, {"file", nullptr}};
        for (const auto& [name, value] : finding.args)
            if (name == "file") one["file"] = value;
        out.push_back(std::move(one));
    }
    return out;
}

Json set_head(const Call& call, const packs::Pack& pack) {
    std::int64_t assumed = 0;
    for (const auto& parameter : pack.parameters)
        if (const auto bound = pack.bind(parameter.name, call.today(), call.context().settings.area))
            assumed += bound->value->assumed();
    return {{"name", pack.name},
            {"title", in(call, pack.title)},
            {"issuer", pack.issuer},
            {"authority", in(call, pack.document)},
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

Result<Json> contents_json(const Call& call, const packs::Pack& pack, AreaCode area, Date on) {
    const bool english = call.language() == words::Language::en;
    Json json;
    json["rules"] = Json::array();
    for (const auto& rule : pack.rules)
        json["rules"].push_back(
            {{"id", rule.id}, {"title", in(call, rule.title)}, {"authority", rule.source}});
    json["tables"] = Json::array();
    std::set<std::string> asked_for;
    for (const auto& table : TRY(rules::tables_of(pack, english))) {
        Json rows = Json::array();
        for (const auto& row : table.rows)
            rows.push_back({{"id", row.id}, {"cells", row.cells}, {"outputs", decided(call, pack, table, row)}});
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
        json["parameters"].push_back(parameter_json(call, pack, parameter, asked_for, area, on));
    return json;
}

Result<Json> set_json(const Call& call, const packs::Pack& pack) {
    Json json = set_head(call, pack);
    json.update(TRY(contents_json(call, pack, call.context().settings.area, call.today())));
    json["differences"] = TRY(differences_json(call, TRY(packs::load(pack.name)), pack));
    json["findings"] = findings_json(call, call.context().packs.refused(pack.name));
    return json;
}

}  // namespace ballast::api
