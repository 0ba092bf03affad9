// The screening pack: its tables fit its facts and parameters, and every rule warns and stays silent where
// its cases say so.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <pugixml.hpp>
#include <set>

#include "base/toml.h"
#include "dmn/model.h"
#include "packs/packs.h"

namespace ballast::dmn {
namespace {

namespace fs = std::filesystem;
using feel::Number;
using feel::Value;

const fs::path folder = fs::path(BALLAST_SOURCE_DIR) / "packs";
using Facts = std::map<std::string, Value>;

struct Tables {
    packs::Pack pack;
    std::vector<Model> models;
};

const Tables& tables() {
    static const Tables loaded = [] {
        Tables out{packs::load("screening", folder).value(), {}};
        for (const auto& file : out.pack.tables)
            out.models.push_back(Model::load(file.bytes, file.name).value());
        return out;
    }();
    return loaded;
}

/// The inputs of a table: parameters as of the day in the area, facts as the household has them.
std::vector<Value> bound(const Model& model, const Facts& facts, Date on, AreaCode area) {
    std::vector<Value> out(model.inputs().size());
    for (std::size_t i = 0; i < out.size(); ++i) {
        const std::string& name = model.inputs()[i].name;
        if (tables().pack.parameter(name)) {
            if (const auto value = tables().pack.bind(name, on, area))
                out[i] = *Number::parse(value->value->in_rules().plain());
        } else if (const auto fact = facts.find(name); fact != facts.end()) {
            out[i] = fact->second;
        }
    }
    return out;
}

/// "R01 orange", in the order of their ids.
std::vector<std::string> warnings(const Facts& facts, Date on, AreaCode area) {
    std::vector<std::string> out;
    for (const Model& model : tables().models) {
        const auto outcome = model.evaluate(*model.decision("warnings"), bound(model, facts, on, area), {on});
        for (const Hit& hit : outcome.hits)
            out.push_back(*hit.outputs[0].string() + " " + *hit.outputs[2].string());
    }
    std::sort(out.begin(), out.end());
    return out;
}

Value fact_value(const std::string& name, const toml::node& node) {
    const packs::Fact* fact = tables().pack.fact(name);
    EXPECT_TRUE(fact) << name;
    if (const auto truth = node.value_exact<bool>()) return *truth;
    if (const auto whole = node.value_exact<std::int64_t>()) return *whole;
    const std::string text = node.value<std::string>().value();
    if (text == "absent") return Value();
    if (fact && fact->kind == packs::FactKind::money) return *Number::parse(text);
    return text;
}

struct Ordinary {
    Facts facts;
    Date as_of;
    AreaCode area;
};
const Ordinary& ordinary() {
    static const Ordinary loaded = [] {
        const auto file = toml::parse_file((folder / "screening/cases/ordinary.toml").string());
        Ordinary out;
        const auto day = file["as_of"].value<toml::date>().value();
        out.as_of = *Date::from(day.year, day.month, day.day);
        out.area = *AreaCode::parse(file["area"].value<std::string>().value());
        for (const auto& [name, node] : *file["facts"].as_table())
            out.facts[std::string(name.str())] = fact_value(std::string(name.str()), node);
        return out;
    }();
    return loaded;
}

TEST(ScreeningPack, FindsNothingWrongWithAnOrdinaryHousehold) {
    EXPECT_EQ(warnings(ordinary().facts, ordinary().as_of, ordinary().area), std::vector<std::string>{});
}

TEST(ScreeningPack, KnowsEveryInputOfItsTablesAndEveryKind) {
    std::set<std::string> used;
    for (const Model& model : tables().models)
        for (const InputData& input : model.inputs()) {
            used.insert(input.name);
            const packs::Fact* fact = tables().pack.fact(input.name);
            ASSERT_TRUE(fact || tables().pack.parameter(input.name)) << input.name;
            const std::string expected = !fact                                    ? "number"
                                         : fact->kind == packs::FactKind::boolean ? "boolean"
                                         : fact->kind == packs::FactKind::text    ? "string"
                                                                                  : "number";
            EXPECT_EQ(input.type, expected) << input.name;
        }
    for (const packs::Fact& fact : tables().pack.facts)
        EXPECT_TRUE(used.contains(fact.name)) << fact.name << " is asked by no table";
}

TEST(ScreeningPack, NamesNoThresholdInItsTables) {
    for (const Model& model : tables().models)
        for (const auto& rule : model.decisions()[0].table->rules)
            for (const std::string& cell : rule.texts) {
                // Zero is the boundary of "any at all", and 1 the whole of a ratio.
                std::string digits;
                for (std::size_t i = 0; i < cell.size(); ++i)
                    if (std::isdigit(static_cast<unsigned char>(cell[i])) &&
                        (i == 0 ||
                         (!std::isalnum(static_cast<unsigned char>(cell[i - 1])) && cell[i - 1] != '_')))
                        digits += cell[i];
                EXPECT_TRUE(digits.empty() || digits == "0" || digits == "1") << cell;
            }
}

// What the common table editor (dmn-js) needs to open a model: the 1.3 namespaces, a shape for every element
// and an edge for every requirement.
TEST(ScreeningPack, HasADiagramForTheTableEditor) {
    for (const auto& file : tables().pack.tables) {
        pugi::xml_document document;
        ASSERT_TRUE(document.load_buffer(file.bytes.data(), file.bytes.size())) << file.name;
        const auto root = document.document_element();
        EXPECT_STREQ(root.attribute("xmlns").value(), "https://www.omg.org/spec/DMN/20191111/MODEL/");
        EXPECT_STREQ(root.attribute("xmlns:dmndi").value(), "https://www.omg.org/spec/DMN/20191111/DMNDI/");
        std::set<std::string> drawn, expected;
        for (const auto shape : root.child("dmndi:DMNDI").child("dmndi:DMNDiagram").children())
            EXPECT_TRUE(drawn.insert(shape.attribute("dmnElementRef").value()).second) << file.name;
        for (const auto element : root.children()) {
            if (*element.attribute("id").value()) expected.insert(element.attribute("id").value());
            for (const auto requirement : element.children("informationRequirement"))
                expected.insert(requirement.attribute("id").value());
        }
        EXPECT_EQ(drawn, expected) << file.name;
    }
}

TEST(ScreeningPack, HasWordsForEveryRuleAndEveryClearing) {
    std::set<std::string> rules;
    for (const Model& model : tables().models)
        for (const auto& rule : model.decisions()[0].table->rules) {
            const auto text = [&](std::size_t output) { return *rule.outputs[output]->value.string(); };
            rules.insert(text(0));
            EXPECT_TRUE(tables().pack.rule(text(0))) << text(0);
            EXPECT_TRUE(tables().pack.clearing(text(3))) << text(3);
            EXPECT_TRUE(rule.id.starts_with(text(0))) << rule.id;
        }
    EXPECT_EQ(rules.size(), 33U);
    EXPECT_EQ(tables().pack.rules.size(), rules.size());
}

TEST(ScreeningPack, WarnsAndStaysSilentWhereItsCasesSaySo) {
    int cases = 0;
    for (const char* kind : {"good", "bad"}) {
        for (const packs::Rule& rule : tables().pack.rules) {
            const auto path = folder / "screening/cases" / kind / (rule.id + ".toml");
            const auto file = toml::parse_file(path.string());
            ASSERT_TRUE(file) << path;
            for (const auto& node : *file.table()["case"].as_array()) {
                const toml::table& one = *node.as_table();
                const std::string says = rule.id + ": " + one["says"].value<std::string>().value();
                Facts facts = ordinary().facts;
                for (const auto& [name, value] : *one["facts"].as_table())
                    facts[std::string(name.str())] = fact_value(std::string(name.str()), value);
                std::vector<std::string> expected;
                for (const auto& warning : *one["warnings"].as_array())
                    expected.push_back(warning.value<std::string>().value());
                const auto found = warnings(facts, ordinary().as_of, ordinary().area);
                // A good case warns of its own rule.
                const bool own = std::any_of(found.begin(), found.end(),
                                             [&](const auto& w) { return w.starts_with(rule.id); });
                EXPECT_EQ(own, std::string_view(kind) == "good") << says;
                EXPECT_EQ(found, expected) << says;
                ++cases;
            }
        }
    }
    EXPECT_GE(cases, 60);
}

TEST(ScreeningPack, TakesTheIncomeOfTheYearItScreens) {
    Facts facts = ordinary().facts;
    facts["med_self_paid_ytd"] = Number::scaled(1800000, 2);
    const auto on = [&](const char* day) { return warnings(facts, *Date::parse(day), ordinary().area); };
    EXPECT_EQ(on("2022-12-31"), std::vector<std::string>{"R05 red"});  // above the 17575 of 2021
    EXPECT_EQ(on("2023-01-01"), std::vector<std::string>{});           // not above the 18672 of 2022
}

TEST(ScreeningPack, StaysSilentAndSaysWhyWhereNoLineIsKnown) {
    const auto nowhere = *AreaCode::parse("110101");
    Facts facts = ordinary().facts;
    facts["pc_deducted"] = 1;
    facts["pc_deducted_last_year"] = 1;
    EXPECT_EQ(warnings(facts, ordinary().as_of, nowhere), std::vector<std::string>{});
    const auto income = std::find_if(tables().models.begin(), tables().models.end(), [](const Model& model) {
        return model.input("watch_list_factor").has_value();
    });
    const auto rules =
        income->explain(0, bound(*income, facts, ordinary().as_of, nowhere), {ordinary().as_of});
    ASSERT_FALSE(rules[0].failed.empty());
    EXPECT_TRUE(rules[0].failed[0].verdict.is_null());
}

}  // namespace
}  // namespace ballast::dmn
