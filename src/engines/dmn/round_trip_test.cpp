#include "dmn/round_trip.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace ballast::dmn {
namespace {

const std::string model = R"(<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" xmlns:x="https://example.org/x"
             id="m" name="因病" namespace="https://example.org/m">
  <description>why it is there</description>
  <itemDefinition id="t" name="share"><typeRef>number</typeRef>
    <typeConstraint><text>[0..1]</text></typeConstraint>
  </itemDefinition>
  <inputData id="a" name="a"><variable name="a" typeRef="number"/></inputData>
  <decision id="d" name="d">
    <extensionElements><x:source clause="3.2">art. 4</x:source></extensionElements>
    <variable name="d"/>
    <informationRequirement id="r"><requiredInput href="#a"/></informationRequirement>
    <!-- agreed with the county hospital -->
    <decisionTable id="table" hitPolicy="COLLECT" aggregation="SUM">
      <input id="in" label="A"><inputExpression typeRef="number"><text>a</text></inputExpression>
        <inputValues><text>&gt; 0</text></inputValues></input>
      <output id="out" name="o" typeRef="number"><defaultOutputEntry><text>0</text></defaultOutputEntry></output>
      <annotation name="依据"/>
      <rule id="R01"><description>first</description><inputEntry><text>&gt; 5</text></inputEntry>
        <outputEntry><text>1</text></outputEntry><annotationEntry><text>art. 1</text></annotationEntry></rule>
      <rule id="R02"><inputEntry><text>-</text></inputEntry>
        <outputEntry><text>2</text></outputEntry><annotationEntry><text>art. 2</text></annotationEntry></rule>
    </decisionTable>
  </decision>
  <decision id="e" name="e">
    <variable name="e"/>
    <list><literalExpression><text>1</text></literalExpression><context>
      <contextEntry><variable name="k"/><literalExpression><text>2</text></literalExpression></contextEntry>
    </context></list>
  </decision>
</definitions>)";

std::string with(std::string text, std::string_view old_text, std::string_view new_text) {
    const auto at = text.find(old_text);
    EXPECT_NE(at, std::string::npos) << old_text;
    return text.replace(at, old_text.size(), new_text);
}

std::string argument(const Error& error, std::string_view name) {
    for (const auto& [key, value] : error.args)
        if (key == name) return value;
    return {};
}

/// "dmn.lost rule “R02” @ ..." or empty.
std::string found(const std::string& after, Compared compared = Compared::all) {
    const auto same = same_meaning(model, after, "m.dmn", compared);
    return same ? "" : same.error().id + " " + argument(same.error(), "what");
}

TEST(RoundTrip, WhatTheWriterMayChooseIsNoDifference) {
    EXPECT_EQ(found(model), "");
    // Prefixes, blank space, a default left out, the order of kinds.
    std::string other = with(model, "xmlns=", "xmlns:dmn=");
    for (const char* end : {"<", "</"}) {
        std::string prefixed;
        for (std::size_t i = 0; i < other.size(); ++i) {
            prefixed += other[i];
            const bool begins = other[i] == '<' && other[i + 1] != '?' && other[i + 1] != '!';
            const bool closes = begins && other[i + 1] == '/';
            if (!begins || closes != (std::string_view(end) == "</")) continue;
            if (closes) prefixed += other[++i];
            if (other.substr(i + 1, 2) != "x:") prefixed += "dmn:";
        }
        other = prefixed;
    }
    EXPECT_EQ(found(other), "");
    EXPECT_EQ(found(with(with(model, "<variable name=\"d\"/>", ""), "</decisionTable>",
                         "</decisionTable><variable name=\"d\"/>")),
              "");
    EXPECT_EQ(found(as_dmn_13(model)), "");
}

TEST(RoundTrip, EveryLossIsNamed) {
    struct Row {
        std::string_view was, is, says;
    };
    for (const auto& [was, is, says] : std::initializer_list<Row>{
             {"<description>why it is there</description>", "", "dmn.lost description"},
             {"<typeConstraint><text>[0..1]</text></typeConstraint>", "", "dmn.lost typeConstraint"},
             {"<x:source clause=\"3.2\">art. 4</x:source>", "", "dmn.lost source"},
             {" clause=\"3.2\"", "", "dmn.lost clause"},
             {"art. 4", "art. 5", "dmn.altered text"},
             {"<informationRequirement id=\"r\"><requiredInput href=\"#a\"/></informationRequirement>", "",
              "dmn.lost informationRequirement “r”"},
             {"href=\"#a\"", "href=\"#b\"", "dmn.altered href"},
             {"hitPolicy=\"COLLECT\"", "", "dmn.lost hitPolicy"},
             {"COLLECT", "FIRST", "dmn.altered hitPolicy"},
             {" aggregation=\"SUM\"", "", "dmn.lost aggregation"},
             {"<inputValues><text>&gt; 0</text></inputValues>", "", "dmn.lost inputValues"},
             {"<defaultOutputEntry><text>0</text></defaultOutputEntry>", "", "dmn.lost defaultOutputEntry"},
             {"<annotation name=\"依据\"/>", "", "dmn.lost annotation “依据”"},
             {"<annotationEntry><text>art. 2</text></annotationEntry>", "", "dmn.lost annotationEntry"},
             {"&gt; 5", "&gt;= 5", "dmn.altered text"},
             {"<description>first</description>", "", "dmn.lost description"},
             {"<!-- agreed with the county hospital -->", "", "dmn.lost <!-- agreed with the county hospital -->"},
             {"<literalExpression><text>1</text></literalExpression><context>",
              "<context>", "dmn.altered element"},
             {"<variable name=\"e\"/>", "<variable name=\"e\" typeRef=\"number\"/>", "dmn.added typeRef"},
             {"</rule>\n    </decisionTable>", "</rule><rule id=\"R03\"/></decisionTable>",
              "dmn.added rule “R03”"},
         })
        EXPECT_EQ(found(with(model, was, is)), says) << was;
}

TEST(RoundTrip, OrderCountsAmongWhatIsOfOneKind) {
    auto swapped = with(with(model, "id=\"R01\"", "id=\"R0X\""), "id=\"R02\"", "id=\"R01\"");
    EXPECT_EQ(found(with(swapped, "R0X", "R02")), "dmn.altered id");
}

TEST(RoundTrip, SaysWhere) {
    const auto same = same_meaning(model, with(model, "<outputEntry><text>2</text>", "<outputEntry><text>3</text>"),
                                   "m.dmn");
    ASSERT_FALSE(same);
    EXPECT_EQ(argument(same.error(), "place"),
              "decision “d” / decisionTable “table” / rule 2 / outputEntry / text");
    EXPECT_EQ(argument(same.error(), "was"), "2");
    EXPECT_EQ(argument(same.error(), "is"), "3");
    EXPECT_EQ(argument(same.error(), "line"), "22");
    EXPECT_EQ(argument(same.error(), "file"), "m.dmn");
}

TEST(RoundTrip, RowsMayDifferWhereTablesAreWhatIsEdited) {
    const auto edited = with(model, "&gt; 5", "&gt; 6");
    EXPECT_EQ(found(edited, Compared::outside_tables), "");
    EXPECT_EQ(found(with(edited, "COLLECT", "FIRST"), Compared::outside_tables), "");
    EXPECT_EQ(found(with(edited, "href=\"#a\"", "href=\"#b\""), Compared::outside_tables), "dmn.altered href");
    EXPECT_EQ(found(with(edited, "[0..1]", "[0..2]"), Compared::outside_tables), "dmn.altered text");
}

TEST(RoundTrip, TheVersionOfTheStandardComesBack) {
    const auto given = as_dmn_13(model);
    EXPECT_NE(given.find("20191111/MODEL/"), std::string::npos);
    EXPECT_EQ(given.find("20230324"), std::string::npos);
    EXPECT_EQ(with_namespaces_of(model, given), model);
    EXPECT_EQ(as_dmn_13(given), given);
}

TEST(RoundTrip, WhatIsNoModelIsSaid) {
    const auto same = same_meaning(model, "<definitions", "m.dmn");
    ASSERT_FALSE(same);
    EXPECT_EQ(same.error().id, "dmn.malformed");
}

}  // namespace
}  // namespace ballast::dmn
