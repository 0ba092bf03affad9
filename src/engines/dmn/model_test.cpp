#include "dmn/model.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>

#include "base/rng.h"

namespace ballast::dmn {
namespace {

using feel::Number;
using feel::Value;

const feel::Environment november_23{*Date::from(2026, 11, 23)};

std::string escaped(const std::string& text) {
    std::string out;
    for (const char c : text)
        out += c == '<' ? "&lt;" : c == '>' ? "&gt;" : c == '&' ? "&amp;" : std::string(1, c);
    return out;
}

/// A model with inputs a, b (numbers) and s (text) and one table over a, b.
struct TableText {
    std::string policy = "COLLECT";
    std::string aggregation = {};
    std::string listed = {};  // output values, in order of priority
    std::string otherwise = {};
    std::string inputs =
        "<input><inputExpression typeRef='number'><text>a</text></inputExpression></input>"
        "<input><inputExpression typeRef='number'><text>b</text></inputExpression></input>";
    std::string name_space = "https://www.omg.org/spec/DMN/20191111/MODEL/";

    std::string with(const std::vector<std::array<std::string, 3>>& rules) const {
        std::string out = "<definitions xmlns='" + name_space + "' name='m' namespace='n'>\n";
        for (const char* name : {"a", "b"})
            out += std::string("<inputData id='") + name + "_' name='" + name + "' label='input " + name +
                   "'><variable name='" + name + "' typeRef='number'/></inputData>\n";
        out += "<inputData id='s_' name='s'><variable name='s' typeRef='string'/></inputData>\n";
        out += "<decision id='d_' name='d'><variable name='d'/>";
        for (const char* name : {"a", "b", "s"})
            out += std::string("<informationRequirement><requiredInput href='#") + name +
                   "_'/></informationRequirement>";
        out += "\n<decisionTable hitPolicy='" + policy + "'" +
               (aggregation.empty() ? "" : " aggregation='" + aggregation + "'") + ">" + inputs + "<output>";
        if (!listed.empty()) out += "<outputValues><text>" + escaped(listed) + "</text></outputValues>";
        if (!otherwise.empty())
            out += "<defaultOutputEntry><text>" + otherwise + "</text></defaultOutputEntry>";
        out += "</output>\n";
        for (const auto& [first, second, result] : rules) {
            out += "<rule id='rule'>";
            for (const auto& cell : {first, second})
                out += "<inputEntry><text>" + escaped(cell) + "</text></inputEntry>";
            out += "<outputEntry><text>" + escaped(result) + "</text></outputEntry></rule>\n";
        }
        return out + "</decisionTable></decision></definitions>";
    }
};

/// The outcome for a and b; the text of its value, or null and its cause.
std::string decided(const std::string& xml, Value a, Value b = Value(), std::vector<int>* rules = nullptr) {
    const auto model = Model::load(xml, "test.dmn");
    if (!model) return model.error().id;
    const std::vector<Value> facts{std::move(a), std::move(b), Value()};
    const Outcome out = model->evaluate(*model->decision("d"), facts, november_23);
    if (rules) {
        rules->clear();
        for (const Hit& hit : out.hits) rules->push_back(hit.rule);
    }
    return out.value.is_null() ? "null " + out.value.null()->cause->id : out.value.text();
}

std::string refusal(const std::string& xml) {
    const auto model = Model::load(xml, "test.dmn");
    if (model) return "accepted";
    std::string out = model.error().id;
    for (const auto& [name, value] : model.error().args)
        if (name == "line" || name == "source") out += " " + value;
    return out;
}

std::string model_error_argument(const char* xml, std::string_view wanted) {
    const auto model = Model::load(xml, "test.dmn");
    if (model) return "accepted";
    for (const auto& [name, value] : model.error().args)
        if (name == wanted) return value;
    return "none";
}

const std::vector<std::array<std::string, 3>> overlapping{
    {">= 10", "-", "\"low\""}, {"-", "< 5", "\"high\""}, {">= 10", "< 5", "\"low\""}};

TEST(DecisionTable, CollectsEveryRuleThatMatchesAndTellsWhich) {
    std::vector<int> rules;
    EXPECT_EQ(decided(TableText{}.with(overlapping), 10, 4, &rules), R"(["low", "high", "low"])");
    EXPECT_EQ(rules, (std::vector{1, 2, 3}));
    EXPECT_EQ(decided(TableText{}.with(overlapping), 10, 5, &rules), R"(["low"])");
    EXPECT_EQ(rules, std::vector{1});
    EXPECT_EQ(decided(TableText{}.with(overlapping), 9, 5, &rules), "[]");
    EXPECT_TRUE(rules.empty());
}

TEST(DecisionTable, KeepsToItsHitPolicy) {
    const auto table = [](std::string policy, std::string listed = {}) {
        return TableText{.policy = std::move(policy), .listed = std::move(listed)}.with(overlapping);
    };
    EXPECT_EQ(decided(table("UNIQUE"), 10, 4), "null dmn.not_unique");
    EXPECT_EQ(decided(table("UNIQUE"), 10, 5), "\"low\"");
    EXPECT_EQ(decided(table("UNIQUE"), 9, 5), "null dmn.no_rule_matches");
    EXPECT_EQ(decided(table("ANY"), 10, 4), "null dmn.rules_disagree");
    EXPECT_EQ(decided(table("FIRST"), 10, 4), "\"low\"");
    EXPECT_EQ(decided(table("PRIORITY", "\"high\", \"low\""), 10, 4), "\"high\"");
    EXPECT_EQ(decided(table("OUTPUT ORDER", "\"high\", \"low\""), 10, 4), R"(["high", "low", "low"])");
    EXPECT_EQ(decided(table("RULE ORDER"), 10, 4), R"(["low", "high", "low"])");
}

TEST(DecisionTable, AggregatesWhatItCollects) {
    const auto table = [](std::string aggregation) {
        return TableText{.aggregation = std::move(aggregation)}.with(
            {{"> 0", "-", "3"}, {"> 1", "-", "10"}, {"> 2", "-", "5"}});
    };
    EXPECT_EQ(decided(table("SUM"), 3), "18");
    EXPECT_EQ(decided(table("MIN"), 3), "3");
    EXPECT_EQ(decided(table("MAX"), 3), "10");
    EXPECT_EQ(decided(table("COUNT"), 2), "2");
    EXPECT_EQ(decided(table("COUNT"), 0), "0");
    EXPECT_EQ(decided(table("SUM"), 0), "null dmn.no_rule_matches");
}

TEST(DecisionTable, GivesItsDefaultOnlyWhenNoRuleMatches) {
    const auto xml = TableText{.policy = "UNIQUE", .otherwise = "\"none\""}.with({{"> 1", "-", "\"some\""}});
    EXPECT_EQ(decided(xml, 1), "\"none\"");
    EXPECT_EQ(decided(xml, 2), "\"some\"");
}

TEST(DecisionTable, DoesNotMatchOnAnAbsentValueAndSaysSo) {
    const auto model = Model::load(TableText{}.with({{">= 10", "-", "1"}, {"-", "< 5", "2"}}), "test.dmn");
    ASSERT_TRUE(model);
    const std::vector<Value> facts{Value(), 7, Value()};
    const auto rules = model->explain(0, facts, november_23);
    ASSERT_EQ(rules.size(), 2U);
    EXPECT_FALSE(rules[0].matched);
    ASSERT_EQ(rules[0].failed.size(), 1U);
    EXPECT_EQ(rules[0].failed[0].column, 0);
    EXPECT_EQ(rules[0].failed[0].verdict.null()->cause->id, "feel.unset");
    ASSERT_EQ(rules[1].failed.size(), 1U);
    EXPECT_TRUE(rules[1].failed[0].verdict.is_false());
    EXPECT_EQ(rules[1].failed[0].tested.text(), "7");
}

TEST(DecisionTable, KnowsWhatEachRuleReads) {
    const auto model = Model::load(TableText{}.with({{">= b * 2", "-", "1"}, {"-", "-", "2"}}), "test.dmn");
    ASSERT_TRUE(model);
    const auto& rules = model->decisions()[0].table->rules;
    EXPECT_EQ(rules[0].reads, (std::vector{0, 1}));  // a, and b within the cell
    EXPECT_TRUE(rules[1].reads.empty());
}

TEST(DecisionTable, TreatsAFactOfTheWrongKindAsNull) {
    EXPECT_EQ(decided(TableText{.policy = "UNIQUE"}.with({{"null", "-", "\"nothing\""}}), "ten"),
              "\"nothing\"");
}

// The evaluation that everybody would write first: every rule, every cell, in order.
TEST(DecisionTable, AgreesWithANaiveEvaluationOfRandomTables) {
    Rng rng(20261123);
    struct NaiveCell {
        int kind;  // 0 any, 1 at least, 2 below, 3 [low..high), 4 not, 5 one of two
        int low, high;
        std::string text() const {
            const auto l = std::to_string(low), h = std::to_string(high);
            switch (kind) {
                case 0:
                    return "-";
                case 1:
                    return ">= " + l;
                case 2:
                    return "< " + l;
                case 3:
                    return "[" + l + ".." + h + ")";
                case 4:
                    return "not(" + l + ")";
                default:
                    return l + ", " + h;
            }
        }
        bool holds(std::optional<int> x) const {
            if (kind == 0) return true;
            if (kind == 4) return !x || *x != low;  // null is not equal to a number
            if (!x) return false;
            if (kind == 1) return *x >= low;
            if (kind == 2) return *x < low;
            if (kind == 3) return low <= *x && *x < high;
            return *x == low || *x == high;
        }
    };
    for (int round = 0; round < 60; ++round) {
        std::vector<std::array<NaiveCell, 2>> naive(1 + rng.below(12));
        std::vector<std::array<std::string, 3>> written;
        for (auto& rule : naive) {
            for (auto& cell : rule) {
                const int low = static_cast<int>(rng.between(-3, 6));
                cell = {static_cast<int>(rng.below(6)), low, low + static_cast<int>(rng.below(4))};
            }
            written.push_back({rule[0].text(), rule[1].text(), std::to_string(written.size() + 1)});
        }
        const auto collect = Model::load(TableText{}.with(written), "random.dmn");
        const auto first = Model::load(TableText{.policy = "FIRST"}.with(written), "random.dmn");
        ASSERT_TRUE(collect && first);
        for (int row = 0; row < 200; ++row) {
            std::optional<int> x[2];
            std::vector<Value> facts(3);
            for (int i = 0; i < 2; ++i)
                if (rng.below(8) > 0) {
                    x[i] = static_cast<int>(rng.between(-5, 11));
                    facts[static_cast<std::size_t>(i)] = *x[i];
                }
            std::vector<int> expected;
            for (std::size_t r = 0; r < naive.size(); ++r)
                if (naive[r][0].holds(x[0]) && naive[r][1].holds(x[1]))
                    expected.push_back(static_cast<int>(r + 1));
            std::vector<int> found;
            for (const Hit& hit : collect->evaluate(0, facts, november_23).hits) found.push_back(hit.rule);
            ASSERT_EQ(found, expected)
                << TableText{}.with(written) << facts[0].text() << " " << facts[1].text();
            const Outcome one = first->evaluate(0, facts, november_23);
            if (expected.empty())
                ASSERT_TRUE(one.value.is_null());
            else
                ASSERT_EQ(one.value.text(), std::to_string(expected.front()));
        }
    }
}

TEST(Model, FeedsDecisionsIntoDecisions) {
    const auto model =
        Model::load(R"(<d:definitions xmlns:d="https://www.omg.org/spec/DMN/20230324/MODEL/" name="m">
<d:decision id="last" name="总额"><d:variable name="总额"/>
  <d:informationRequirement><d:requiredDecision href="#mid"/></d:informationRequirement>
  <d:knowledgeRequirement><d:requiredKnowledge href="#k"/></d:knowledgeRequirement>
  <d:literalExpression><d:text>加倍(中间) + 1</d:text></d:literalExpression></d:decision>
<d:decision id="mid" name="中间"><d:variable name="中间"/>
  <d:informationRequirement><d:requiredInput href="#in"/></d:informationRequirement>
  <d:context><d:contextEntry><d:variable name="一 二"/><d:literalExpression><d:text>输入 + 1</d:text></d:literalExpression></d:contextEntry>
    <d:contextEntry><d:literalExpression><d:text>一 二 * 10</d:text></d:literalExpression></d:contextEntry></d:context></d:decision>
<d:inputData id="in" name="输入"><d:variable name="输入" typeRef="number"/></d:inputData>
<d:businessKnowledgeModel id="k" name="加倍"><d:variable name="加倍"/><d:encapsulatedLogic><d:formalParameter name="x"/>
  <d:literalExpression><d:text>x * 2</d:text></d:literalExpression></d:encapsulatedLogic></d:businessKnowledgeModel>
</d:definitions>)",
                    "graph.dmn");
    ASSERT_TRUE(model) << model.error().id;
    const std::vector<Value> facts{4};
    EXPECT_EQ(model->evaluate(*model->decision("总额"), facts, november_23).value.text(), "101");
}

TEST(Model, RefusesTypesThatNeverGoTogetherAndSaysWhere) {
    const TableText table;
    const auto output = [&](const char* text) { return refusal(table.with({{"-", "-", text}})); };
    const std::string conflict = "dmn.type_conflict 7 test.dmn › d › 1 › d";
    for (const char* text : {"a + s", "s - 1", "a < s", "if a = \"1\" then 1 else 2", "-s", "[a * s]",
                             "a between s and 9", "date(\"2026-01-01\") > a + 1 or a > \"x\"", "true < false"})
        EXPECT_EQ(output(text), conflict) << text;
    for (const char* text : {"a + b", "s + \"x\"", "s = \"x\"", "a = null", "[a] = a", "s < \"x\"", "string(a) + s",
                             "for x in [1] return x + s", "duration(\"P1D\") * a", "@\"2026-01-01\" + @\"P1D\""})
        EXPECT_EQ(output(text), "accepted") << text;
    // A column, a cell and a result that are not of the type that is declared for them.
    std::string swapped = table.with({});
    swapped.replace(swapped.find("<text>a"), 7, "<text>s");
    EXPECT_EQ(refusal(swapped), "dmn.declared_type 6 test.dmn › d › s");
    EXPECT_EQ(refusal(table.with({{"a > s", "-", "1"}})), "dmn.type_conflict 7 test.dmn › d › 1 › a");
    std::string promised = TableText{.policy = "UNIQUE"}.with({{"> 1", "-", "\"high\""}});
    promised.replace(promised.find("<variable name='d'/>"), 20, "<variable name='d' typeRef='number'/>");
    EXPECT_EQ(refusal(promised), "dmn.declared_type 7 test.dmn › d › 1 › d");
    // Where the kit is run they are nulls.
    const auto null = Model::load(promised, "test.dmn", {Faults::null});
    ASSERT_TRUE(null);
    const std::vector<Value> facts{2, 3, Value()};
    EXPECT_EQ(null->evaluate(0, facts, november_23).value.null()->cause->id, "feel.wrong_type");
}

TEST(Model, RefusesCallsThatNeverHaveAResult) {
    const TableText table;
    const auto output = [&](const char* text) { return refusal(table.with({{"-", "-", text}})).substr(0, 18); };
    EXPECT_EQ(output("abs(s)"), "dmn.argument_type ");
    EXPECT_EQ(output("contains(s, a)"), "dmn.argument_type ");
    EXPECT_EQ(output("abs(a, b)"), "dmn.argument_count");
    EXPECT_EQ(output("abs(number: a)"), "dmn.argument_count");
    for (const char* text : {"abs(a)", "abs(n: a)", "sum(a, b)", "count(a)", "string(a)", "max([a, b])", "abs([a])",
                             "substring(s, 1)", "not(a > 1)", "sort([2, 1], function(x, y) x < y)"})
        EXPECT_EQ(output(text), "accepted") << text;
    const auto called = [](const char* text) {
        return refusal(std::string("<definitions xmlns='https://www.omg.org/spec/DMN/20191111/MODEL/' name='m' "
                                   "namespace='n'><businessKnowledgeModel id='k' name='twice'>"
                                   "<encapsulatedLogic><formalParameter name='x' typeRef='number'/>"
                                   "<literalExpression><text>2 * x</text></literalExpression>"
                                   "</encapsulatedLogic></businessKnowledgeModel>"
                                   "<decision id='d' name='d'><knowledgeRequirement><requiredKnowledge href='#k'/>"
                                   "</knowledgeRequirement><literalExpression><text>") +
                       text + "</text></literalExpression></decision></definitions>")
            .substr(0, 18);
    };
    EXPECT_EQ(called("twice(\"2\")"), "dmn.argument_type ");
    EXPECT_EQ(called("twice(1, 2)"), "dmn.argument_count");
    EXPECT_EQ(called("twice(2)"), "accepted");
}

TEST(Model, SaysWhereInTheFileItsFeelIsWrong) {
    const auto at = [](const char* text) {
        const std::string xml = "<definitions xmlns='https://www.omg.org/spec/DMN/20191111/MODEL/' name='m' "
                                "namespace='n'>\n<decision id='d' name='d'><literalExpression>\n<text>" +
                                std::string(text) + "</text></literalExpression></decision></definitions>";
        return model_error_argument(xml.c_str(), "line") + " " + model_error_argument(xml.c_str(), "column");
    };
    EXPECT_EQ(at("nobody"), "3 7");
    EXPECT_EQ(at(""), "2 1");
    EXPECT_EQ(at("  1 &gt; 2 and 谁"), "3 22");
    EXPECT_EQ(at("\n 1 +\r\n  \"数\" + nobody"), "5 9");
    EXPECT_EQ(at("<![CDATA[1 > nobody]]>"), "3 20");
}

TEST(Model, SaysWhereItsXmlBreaksOff) {
    const auto found = [](const char* xml) { return model_error_argument(xml, "found"); };
    EXPECT_EQ(found("<definitions>\n <decision name=预警 id='d'/>\n</definitions>"), "预警 id='d'/>");
    EXPECT_EQ(found("<definitions>"), "");
}

TEST(Model, RefusesWhatItCannotReadAndSaysWhere) {
    const TableText table;
    EXPECT_EQ(refusal("<definitions"), "dmn.malformed 1");
    EXPECT_EQ(refusal(""), "dmn.malformed 1");
    EXPECT_EQ(refusal("<a/>"), "dmn.not_dmn 1");
    EXPECT_EQ(refusal(TableText{.name_space = "http://example.org/"}.with({})), "dmn.unknown_namespace 1");
    EXPECT_EQ(refusal(table.with({{"> c", "-", "1"}})), "feel.unknown_name test.dmn › d › 1 › a 7");
    EXPECT_EQ(refusal(table.with({{"\"ten\"", "-", "1"}})), "dmn.cell_type 7 test.dmn › d › 1 › a");
    EXPECT_EQ(refusal(table.with({{"-", "-", "1 +"}})).substr(0, 11), "feel.syntax");
    EXPECT_EQ(refusal(TableText{.policy = "SOME"}.with({})), "dmn.unsupported 6");
    std::string short_rule = table.with({{"-", "-", "1"}});
    short_rule.replace(short_rule.find("<inputEntry>"),
                       std::string("<inputEntry><text>-</text></inputEntry>").size(), "");
    EXPECT_EQ(refusal(short_rule), "dmn.rule_length 7");
    std::string lost = table.with({});
    lost.replace(lost.find("#a_"), 3, "#x_");
    EXPECT_EQ(refusal(lost), "dmn.unknown_reference 5");
}

TEST(Model, RefusesDecisionsThatNeedEachOther) {
    std::string xml = "<definitions xmlns='https://www.omg.org/spec/DMN/20191111/MODEL/'>";
    for (const auto& [id, needs] : {std::pair("a", "b"), std::pair("b", "c"), std::pair("c", "a")})
        xml += std::string("<decision id='") + id + "' name='" + id +
               "'><informationRequirement><requiredDecision href='#" + needs +
               "'/></informationRequirement><literalExpression><text>1</text></literalExpression></decision>";
    const auto loaded = Model::load(xml + "</definitions>", "test.dmn");
    ASSERT_FALSE(loaded);
    EXPECT_EQ(loaded.error().id, "dmn.cycle");
    EXPECT_THAT(loaded.error().args, ::testing::Contains(::testing::Pair("circle", "a → b → c → a")));
}

TEST(Model, EndsCleanlyOnHostileNesting) {
    std::string deep =
        "<definitions xmlns='https://www.omg.org/spec/DMN/20191111/MODEL/'><decision id='d' name='d'>";
    for (int i = 0; i < 20'000; ++i) deep += "<list>";
    deep += "<literalExpression><text>1</text></literalExpression>";
    for (int i = 0; i < 20'000; ++i) deep += "</list>";
    EXPECT_EQ(refusal(deep + "</decision></definitions>").substr(0, 15), "dmn.unsupported");
}

}  // namespace
}  // namespace ballast::dmn
