// What the checks find in a table, they find with an example that shows it; and random tables agree.
#include "dmn/table_checks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

#include "base/rng.h"

namespace ballast::dmn {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Rules = std::vector<std::vector<std::string>>;  // cells of "pay" (number) and "kind" (string), output

const feel::Environment november_23{*Date::from(2026, 11, 23)};

std::string xml_of(const Rules& rules, const std::string& policy,
                   const std::string& output = "<output name='o'/>") {
    std::string out =
        "<definitions xmlns='https://www.omg.org/spec/DMN/20230324/MODEL/' namespace='x' name='x'>"
        "<inputData id='a' name='pay'><variable name='pay' typeRef='number'/></inputData>"
        "<inputData id='b' name='kind'><variable name='kind' typeRef='string'/></inputData>"
        "<decision id='d' name='d'><variable name='d'/>"
        "<informationRequirement><requiredInput href='#a'/></informationRequirement>"
        "<informationRequirement><requiredInput href='#b'/></informationRequirement>"
        "<decisionTable hitPolicy='" +
        policy +
        "'><input><inputExpression><text>pay</text></inputExpression></input>"
        "<input><inputExpression><text>kind</text></inputExpression></input>" +
        output;
    for (const auto& rule : rules) {
        out += "<rule>";
        for (std::size_t i = 0; i < 2; ++i)
            out += "<inputEntry><text><![CDATA[" + rule[i] + "]]></text></inputEntry>";
        out += "<outputEntry><text>" + rule[2] + "</text></outputEntry></rule>";
    }
    return out + "</decisionTable></decision></definitions>";
}

TableChecks checks(const std::string& xml) {
    const auto model = Model::load(xml, "test.dmn");
    if (!model) {
        ADD_FAILURE() << model.error().id;
        return {};
    }
    const auto columns = plain_columns(*model, 0);
    return check(ColumnTable::compile(*model, 0, columns, november_23), columns);
}

/// "overlap 1 2: pay = 5"
std::vector<std::string> found(const std::string& xml) {
    constexpr std::array kinds{"gap", "overlap", "never_matches", "hidden", "unreachable"};
    std::vector<std::string> out;
    for (const auto& finding : checks(xml).findings) {
        std::string line = kinds[static_cast<std::size_t>(finding.kind)];
        for (const int rule : finding.rules) line += " " + std::to_string(rule);
        if (!finding.column.empty()) line += " " + finding.column + " " + finding.value;
        for (const auto& one : finding.example) line += (&one == &finding.example[0] ? ": " : ", ") + one;
        out.push_back(line);
    }
    return out;
}

TEST(TableChecks, FindNothingWhereEveryCaseHasOneAnswer) {
    EXPECT_THAT(
        found(xml_of({{"< 10", "-", "1"}, {">= 10", "\"a\"", "2"}, {">= 10", "not(\"a\")", "3"}}, "UNIQUE")),
        IsEmpty());
    EXPECT_THAT(found(xml_of({{"< 10", "-", "1"}}, "COLLECT")), IsEmpty());
}

TEST(TableChecks, TakeACellOfNullForNoValue) {
    EXPECT_THAT(
        found(xml_of({{"null", "-", "1"}, {"< 10", "-", "2"}, {">= 10", "-", "3"}}, "UNIQUE")), IsEmpty());
    EXPECT_THAT(found(xml_of({{"null", "-", "1"}, {"< 10", "-", "2"}}, "UNIQUE")),
                ElementsAre("gap: pay = 10"));
    EXPECT_THAT(found(xml_of({{"null", "-", "1"}, {"null, < 10", "-", "2"}}, "ANY")),
                ElementsAre("overlap 1 2: pay = null", "gap: pay = 10"));
    EXPECT_THAT(found(xml_of({{"-", "null", "1"}, {"-", "\"a\"", "2"}}, "UNIQUE")),
                ElementsAre("gap: kind = \"…\""));
}

TEST(TableChecks, FindTheCaseThatNoRuleAnswers) {
    EXPECT_THAT(found(xml_of({{"< 10", "-", "1"}, {"> 10", "-", "2"}}, "UNIQUE")),
                ElementsAre("gap: pay = 10"));
    EXPECT_THAT(found(xml_of({{"-", "\"a\"", "1"}, {"[0..5]", "not(\"a\")", "2"}}, "FIRST")),
                ElementsAre("gap: pay = -1, kind = \"…\""));
    // A default answers the rest.
    EXPECT_THAT(
        found(xml_of({{"< 10", "-", "1"}}, "UNIQUE",
                     "<output name='o'><defaultOutputEntry><text>0</text></defaultOutputEntry></output>")),
        IsEmpty());
}

TEST(TableChecks, FindRulesThatOverlap) {
    const Rules rules{{"<= 10", "-", "1"}, {">= 10", "-", "2"}};
    EXPECT_THAT(found(xml_of(rules, "UNIQUE")), ElementsAre("overlap 1 2: pay = 10"));
    EXPECT_THAT(found(xml_of(rules, "ANY")), ElementsAre("overlap 1 2: pay = 10"));
    EXPECT_THAT(found(xml_of({{"<= 10", "-", "1"}, {">= 10", "-", "1"}}, "ANY")), IsEmpty());
    EXPECT_THAT(found(xml_of(rules, "FIRST")), IsEmpty());
}

TEST(TableChecks, FindRulesThatNeverMatch) {
    EXPECT_THAT(found(xml_of({{"[9..3]", "-", "1"}, {"> 1", "-", "2"}}, "COLLECT")),
                ElementsAre("never_matches 1 pay [9..3]"));
    EXPECT_THAT(found(xml_of({{"-", "\"a\"", "1"}, {"> 1", "\"a\"", "2"}, {"-", "-", "3"}}, "FIRST")),
                ElementsAre("hidden 1 2"));
}

TEST(TableChecks, FindOutputsThatNeverComeOut) {
    EXPECT_THAT(found(xml_of(
                    {{"-", "-", "\"red\""}}, "COLLECT",
                    "<output name='o'><outputValues><text>\"red\", \"blue\"</text></outputValues></output>")),
                ElementsAre("unreachable o \"blue\""));
}

TEST(TableChecks, SayWhatTheyCouldNotJudge) {
    const auto said = checks(xml_of({{"< 10", "-", "1"}, {"? * 2 > 40", "-", "2"}}, "UNIQUE"));
    EXPECT_THAT(said.findings, IsEmpty());
    EXPECT_EQ(said.not_judged, 1U);
    EXPECT_FALSE(said.searched);
}

TEST(TableChecks, AgreeWithTheRowInterpreterOverRandomTables) {
    Rng rng(4);
    int gaps = 0, overlaps = 0, sound = 0;
    for (int t = 0; t < 300; ++t) {
        Rules rules;
        for (std::size_t r = 1 + rng.below(5); r > 0; --r) {
            const auto low = rng.below(6);
            const std::array<std::string, 5> pay{
                "-", "< " + std::to_string(low), ">= " + std::to_string(low),
                "[" + std::to_string(low) + ".." + std::to_string(low + 2) + "]",
                "not(" + std::to_string(low) + ")"};
            const std::array<std::string, 3> kind{"-", "\"a\"", "not(\"a\")"};
            rules.push_back({pay[rng.below(5)], kind[rng.below(3)], std::to_string(r)});
        }
        const auto model = Model::load(xml_of(rules, "UNIQUE"), "test.dmn");
        ASSERT_TRUE(model);
        bool gap = false, overlap = false;
        for (int half = -2; half < 20; ++half)
            for (const char* kind : {"a", "…"}) {
                const std::array<feel::Value, 2> facts{feel::Number::scaled(half * 5, 1), kind};
                const auto hits = model->evaluate(0, facts, november_23).hits.size();
                gap = gap || hits == 0;
                overlap = overlap || hits > 1;
            }
        bool said_gap = false, said_overlap = false;
        for (const auto& finding : checks(xml_of(rules, "UNIQUE")).findings) {
            said_gap = said_gap || finding.kind == TableFinding::Kind::gap;
            // Rules that overlap where nothing is known overlap too.
            said_overlap =
                said_overlap || (finding.kind == TableFinding::Kind::overlap &&
                                 !std::any_of(finding.example.begin(), finding.example.end(),
                                              [](const auto& one) { return one.ends_with("null"); }));
        }
        ASSERT_EQ(said_gap, gap) << "table " << t;
        ASSERT_EQ(said_overlap, overlap) << "table " << t;
        gaps += gap, overlaps += overlap, sound += !gap && !overlap;
    }
    EXPECT_GT(gaps, 20);
    EXPECT_GT(overlaps, 20);
    EXPECT_GT(sound, 3);
}

}  // namespace
}  // namespace ballast::dmn
