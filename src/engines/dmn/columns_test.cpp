// The columns agree with the row interpreter, whatever the table.
#include "dmn/columns.h"

#include <gtest/gtest.h>

#include <array>

#include "base/rng.h"

namespace ballast::dmn {
namespace {

using feel::Kind;
using feel::Value;

const feel::Environment november_23{*Date::from(2026, 11, 23)};

constexpr std::array inputs{"数", "日", "真", "文", "线", "列"};

std::string model_text(const std::vector<std::array<std::string, 6>>& rules, std::string_view policy,
                       std::string_view last = "列") {
    std::string xml =
        "<definitions xmlns='https://www.omg.org/spec/DMN/20230324/MODEL/' namespace='x' name='x'>";
    constexpr std::array types{"number", "date", "boolean", "string", "number", "number"};
    for (std::size_t i = 0; i < inputs.size(); ++i)
        xml += std::string("<inputData id='i") + std::to_string(i) + "' name='" + inputs[i] +
               "'><variable name='" + inputs[i] + "' typeRef='" + types[i] + "'/></inputData>";
    xml += "<decision id='d' name='d'><variable name='d'/>";
    for (std::size_t i = 0; i < inputs.size(); ++i)
        xml += "<informationRequirement><requiredInput href='#i" + std::to_string(i) +
               "'/></informationRequirement>";
    xml += "<decisionTable hitPolicy='" + std::string(policy) + "'>";
    for (std::size_t i = 0; i < inputs.size(); ++i)
        xml += "<input><inputExpression><text>" + std::string(i == 5 ? last : inputs[i]) +
               "</text></inputExpression></input>";
    xml += "<output name='o'/>";
    for (const auto& rule : rules) {
        xml += "<rule>";
        for (const auto& cell : rule) xml += "<inputEntry><text><![CDATA[" + cell + "]]></text></inputEntry>";
        xml += "<outputEntry><text>1</text></outputEntry></rule>";
    }
    return xml + "</decisionTable></decision></definitions>";
}

std::string cell(Rng& rng, std::size_t column) {
    const auto n = [&] {
        return std::to_string(static_cast<int>(rng.below(9)) - 4) + (rng.below(2) ? ".5" : "");
    };
    const auto day = [&] { return "@\"2026-11-" + std::to_string(10 + rng.below(9)) + "\""; };
    if (rng.below(3) == 0) return "-";
    switch (column) {
        case 0: {
            const std::array<std::string, 8> forms{
                "< " + n(), n() + ", " + n(), "[" + n() + "..4]",    "not(> " + n() + ")",
                ">= 线",    "(线..线 + 2]",   "? > 1 or ? < " + n(), "null"};
            return forms[rng.below(forms.size())];
        }
        case 1:
            return rng.below(2) ? "< " + day() : "[@\"2026-11-10\".." + day() + "]";
        case 2:
            return rng.below(2) ? "true" : "not(true)";
        case 3: {
            const std::array<std::string, 4> forms{"\"a\"", "not(\"a\", \"b\")", "> \"a\"",
                                                   "starts with(?, \"c\")"};
            return forms[rng.below(forms.size())];
        }
        case 4:
            return "> " + n();
        default:
            return rng.below(2) ? "> 数" : "<= " + n();
    }
}

std::vector<Column> columns(Rng& rng, std::size_t rows) {
    std::vector<Column> out(6);
    constexpr std::array kinds{Kind::number, Kind::date, Kind::boolean,
                               Kind::string, Kind::null, Kind::number};
    for (std::size_t i = 0; i < out.size(); ++i) {
        Column& column = out[i];
        column.kind = kinds[i];
        if (i == 4) column.constant = 1;
        if (column.kind == Kind::number) column.scale = 1;
        if (column.kind == Kind::string) column.texts = {"a", "b", "c", "cc", ""};
        const auto first_day = Date::from(2026, 11, 8)->days();
        for (std::size_t row = 0; row < rows && i != 4; ++row) {
            const auto n = static_cast<std::int64_t>(rng.below(101)) - 50;
            column.values.push_back(column.kind == Kind::number    ? n
                                    : column.kind == Kind::date    ? first_day + (n + 50) / 8
                                    : column.kind == Kind::boolean ? n & 1
                                                                   : (n + 50) % 5);
            column.absent.push_back(rng.below(10) == 0);
        }
        if (rng.below(2)) column.shrink();
    }
    return out;
}

/// How many rows were asked; fails where the two differ.
std::size_t agree(const Model& model, const std::vector<Column>& facts, std::size_t rows) {
    const auto table = ColumnTable::compile(model, 0, facts, november_23);
    const auto matched = table.evaluate(facts, rows);
    std::vector<Value> row_facts(facts.size());
    for (std::size_t row = 0; row < rows; ++row) {
        for (std::size_t i = 0; i < facts.size(); ++i) row_facts[i] = facts[i].at(row);
        std::vector<bool> expected(matched.rules + 1);
        for (const Hit& hit : model.evaluate(0, row_facts, november_23).hits)
            expected[static_cast<std::size_t>(hit.rule)] = true;
        for (std::size_t rule = 1; rule <= matched.rules; ++rule)
            if (matched.holds(row, static_cast<int>(rule)) != expected[rule]) {
                ADD_FAILURE() << "row " << row << ", rule " << rule;
                return matched.asked;
            }
    }
    return matched.asked;
}

TEST(Columns, AgreeWithTheRowInterpreterOverRandomTables) {
    const char* wanted = std::getenv("BALLAST_COLUMN_ROWS");
    const std::size_t rows = 400, tables = (wanted ? std::strtoull(wanted, nullptr, 10) : 30'000) / rows;
    Rng rng(7);
    std::size_t asked = 0;
    for (std::size_t t = 0; t < tables; ++t) {
        std::vector<std::array<std::string, 6>> rules(1 + rng.below(90));
        for (auto& rule : rules)
            for (std::size_t i = 0; i < rule.size(); ++i) rule[i] = cell(rng, i);
        constexpr std::array policies{"COLLECT", "FIRST", "RULE ORDER", "UNIQUE", "ANY"};
        const auto model =
            Model::load(model_text(rules, policies[t % 5], t % 2 ? "列" : "列 + 数"), "random.dmn");
        ASSERT_TRUE(model) << model.error().id;
        asked += agree(*model, columns(rng, rows), rows);
        ASSERT_FALSE(HasFailure()) << "table " << t;
    }
    EXPECT_GT(asked, 0U);
    EXPECT_LT(asked, rows * tables);
}

TEST(Columns, NeedNoRowsWhereCellsCompareWithParameters) {
    const auto model = Model::load(
        model_text({{"> 线", "-", "-", "-", "-", "-"}, {"[线..线 + 3)", "-", "true", "\"a\"", "> 0", "-"}},
                   "COLLECT"),
        "test.dmn");
    ASSERT_TRUE(model) << model.error().id;
    Rng rng(3);
    const auto facts = columns(rng, 500);
    const auto table = ColumnTable::compile(*model, 0, facts, november_23);
    EXPECT_EQ(table.slow_rules(), 0U);
    EXPECT_EQ(agree(*model, facts, 500), 0U);
}

TEST(Columns, AnswerAChangedThresholdAsIfMadeAnew) {
    Rng rng(11);
    for (int t = 0; t < 12; ++t) {
        std::vector<std::array<std::string, 6>> rules(1 + rng.below(90));
        for (auto& rule : rules)
            for (std::size_t i = 0; i < rule.size(); ++i) rule[i] = cell(rng, i);
        const auto model =
            Model::load(model_text(rules, t % 2 ? "COLLECT" : "FIRST", t % 3 ? "列" : "列 + 数"), "test.dmn");
        ASSERT_TRUE(model) << model.error().id;
        constexpr std::size_t rows = 600, threshold = 4;
        auto facts = columns(rng, rows);
        const auto table = ColumnTable::compile(*model, 0, facts, november_23);
        const WhatIf what_if(table, facts, rows, std::array{threshold});
        EXPECT_EQ(what_if.evaluate(facts).bits, table.evaluate(facts, rows).bits);
        for (int value = -2; value < 3; ++value) {
            facts[threshold].constant = value;
            ASSERT_EQ(what_if.evaluate(facts).bits,
                      ColumnTable::compile(*model, 0, facts, november_23).evaluate(facts, rows).bits)
                << "table " << t << ", threshold " << value;
        }
    }
}

}  // namespace
}  // namespace ballast::dmn
