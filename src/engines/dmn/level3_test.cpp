// Imports, decision services, types, boxed iterators.
#include <gtest/gtest.h>

#include "dmn/model.h"

namespace ballast::dmn {
namespace {

using feel::Value;

const feel::Environment november_23{*Date::from(2026, 11, 23)};

std::string definitions(std::string_view inside, std::string_view space = "urn:main") {
    return "<definitions xmlns='https://www.omg.org/spec/DMN/20230324/MODEL/' namespace='" +
           std::string(space) + "' name='m'>" + std::string(inside) + "</definitions>";
}

std::string shown(const Value& value) {
    return value.is_null() ? "null " + value.null()->cause->id : value.text();
}
std::string decided(const Model& model, std::string_view decision, std::vector<Value> facts = {}) {
    facts.resize(model.inputs().size());
    return shown(model.evaluate(*model.decision(decision), facts, november_23).value);
}
std::string decided(std::string_view inside, std::string_view decision, std::vector<Value> facts = {}) {
    const auto model = Model::load(definitions(inside), "test.dmn");
    return model ? decided(*model, decision, std::move(facts)) : model.error().id;
}

constexpr std::string_view library = R"(
<itemDefinition name="t人"><itemComponent name="姓名"><typeRef>string</typeRef></itemComponent></itemDefinition>
<businessKnowledgeModel id="b" name="问好"><variable name="问好"/><encapsulatedLogic><formalParameter name="某人" typeRef="t人"/>
  <literalExpression><text>"您好，" + 某人.姓名</text></literalExpression></encapsulatedLogic></businessKnowledgeModel>)";

constexpr std::string_view importing = R"(
<import namespace="urn:lib" name="库" importType="https://www.omg.org/spec/DMN/20230324/MODEL/"/>
<inputData id="i" name="户主"><variable name="户主" typeRef="库.t人"/></inputData>
<decision id="d" name="信"><variable name="信" typeRef="string"/>
  <informationRequirement><requiredInput href="#i"/></informationRequirement>
  <knowledgeRequirement><requiredKnowledge href="urn:lib#b"/></knowledgeRequirement>
  <literalExpression><text>库.问好(户主)</text></literalExpression></decision>)";

Loading finding(std::string text) {
    return {Faults::refuse, [text](std::string_view space, std::string_view) {
                return space == "urn:lib" ? std::optional(ModelText{text, "lib.dmn"}) : std::nullopt;
            }};
}

TEST(Import, BringsTypesAndKnowledgeUnderItsName) {
    const auto model =
        Model::load(definitions(importing), "main.dmn", finding(definitions(library, "urn:lib")));
    ASSERT_TRUE(model) << model.error().id;
    EXPECT_EQ(decided(*model, "信", {feel::Context{{"姓名", "阿木"}}}), "\"您好，阿木\"");
    EXPECT_EQ(decided(*model, "信", {feel::Context{{"姓名", 5}}}), "null dmn.wrong_kind");
}

TEST(Import, IsRefusedWhereItCannotBeFoundOrGoesInACircle) {
    const auto missing = Model::load(definitions(importing), "main.dmn");
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().id, "dmn.unknown_import");
    const std::string circle = definitions(
        "<import namespace='urn:lib' name='x' importType='https://www.omg.org/spec/DMN/20230324/MODEL/'/>",
        "urn:lib");
    const auto turning = Model::load(definitions(importing), "main.dmn", finding(circle));
    ASSERT_FALSE(turning);
    EXPECT_EQ(turning.error().id, "dmn.import_cycle");
}

constexpr std::string_view served = R"(
<inputData id="n" name="n"><variable name="n" typeRef="number"/></inputData>
<decision id="base" name="base"><variable name="base"/><literalExpression><text>100</text></literalExpression></decision>
<decision id="sum" name="sum"><variable name="sum" typeRef="number"/>
  <informationRequirement><requiredInput href="#n"/></informationRequirement>
  <informationRequirement><requiredDecision href="#base"/></informationRequirement>
  <literalExpression><text>n + base</text></literalExpression></decision>
<decisionService id="s" name="adding"><variable name="adding"/><outputDecision href="#sum"/><inputDecision href="#base"/>
  <inputData href="#n"/></decisionService>
<decision id="d" name="d"><variable name="d"/><informationRequirement><requiredInput href="#n"/></informationRequirement>
  <knowledgeRequirement><requiredKnowledge href="#s"/></knowledgeRequirement>
  <literalExpression><text>[adding(1, 2), adding(base: 5, n: 6), adding("x", 1), n]</text></literalExpression></decision>)";

TEST(Service, IsCalledFromFeelAndDirectly) {
    const auto model = Model::load(definitions(served), "test.dmn");
    ASSERT_TRUE(model) << model.error().id;
    EXPECT_EQ(decided(*model, "d", {9}), "[3, 11, null, 9]");
    EXPECT_EQ(decided(*model, "sum", {9}), "109");
    const auto service = model->service("adding");
    ASSERT_TRUE(service);
    EXPECT_EQ(model->services()[*service].parameters, (std::vector<std::string>{"n", "base"}));
    const std::vector<Value> arguments{1, 2};
    EXPECT_EQ(shown(model->invoke(*service, arguments, november_23)), "3");
}

TEST(Service, DecisionsMayBeGiven) {
    const auto model = Model::load(definitions(served), "test.dmn");
    ASSERT_TRUE(model);
    const std::vector<Value> facts{1};
    const std::vector<Given> given{{*model->decision("base"), 7}};
    EXPECT_EQ(shown(model->evaluate(*model->decision("sum"), facts, november_23, given).value), "8");
}

TEST(ItemType, HoldsInputsAndDecisions) {
    const std::string_view model = R"(
<itemDefinition name="tGrade"><typeRef>string</typeRef><allowedValues><text>"A", "B"</text></allowedValues></itemDefinition>
<itemDefinition name="tGrades" isCollection="true"><typeRef>tGrade</typeRef><typeConstraint><text>count(?) &lt; 3</text></typeConstraint></itemDefinition>
<inputData id="g" name="g"><variable name="g" typeRef="tGrades"/></inputData>
<decision id="d" name="d"><variable name="d" typeRef="number"/><informationRequirement><requiredInput href="#g"/></informationRequirement>
  <literalExpression><text>if count(g) = 1 then "one" else count(g)</text></literalExpression></decision>)";
    EXPECT_EQ(decided(model, "d", {feel::List{"A", "B"}}), "2");
    EXPECT_EQ(decided(model, "d", {feel::List{"A"}}), "null feel.wrong_type");
    EXPECT_EQ(decided(model, "d", {feel::List{"A", "C"}}), "null dmn.value_not_allowed");
    EXPECT_EQ(decided(model, "d", {feel::List{"A", "B", "A"}}), "null dmn.value_not_allowed");
    EXPECT_EQ(decided(model, "d", {"A"}), "null feel.wrong_type");
    EXPECT_EQ(decided(model, "d", {5}), "null dmn.wrong_kind");
}

std::string boxed(std::string_view box) {
    return decided("<decision id='d' name='d'><variable name='d'/>" + std::string(box) + "</decision>", "d");
}
std::string text(std::string_view feel) {
    return "<literalExpression><text>" + std::string(feel) + "</text></literalExpression>";
}

TEST(Boxed, IteratorsAndFiltersAreThoseOfFeel) {
    EXPECT_EQ(boxed("<for iteratorVariable='x'><in>" + text("1..3") + "</in><return>" + text("x * x") +
                    "</return></for>"),
              "feel.syntax");
    EXPECT_EQ(boxed("<for iteratorVariable='x'><in>" + text("[1..3]") + "</in><return>" +
                    text("x + sum(concatenate([0], partial))") + "</return></for>"),
              "[1, 3, 7]");
    EXPECT_EQ(boxed("<some iteratorVariable='x'><in>" + text("[1, 2]") + "</in><satisfies>" + text("x > 1") +
                    "</satisfies></some>"),
              "true");
    EXPECT_EQ(boxed("<every iteratorVariable='x'><in>" + text("[1, 2]") + "</in><satisfies>" + text("x > 1") +
                    "</satisfies></every>"),
              "false");
    EXPECT_EQ(boxed("<filter><in>" + text("[{a: 1}, {a: 2}]") + "</in><match>" +
                    text("a = item.a and a > 1") + "</match></filter>"),
              "[{a: 2}]");
    EXPECT_EQ(boxed("<functionDefinition kind='Java'>" + text("1") + "</functionDefinition>"),
              "dmn.unsupported");
}

}  // namespace
}  // namespace ballast::dmn
