// Decisions that feed decisions: by column and row by row the same, whatever the model.
#include "dmn/answers.h"

#include <gtest/gtest.h>

#include <array>

#include "base/rng.h"

namespace ballast::dmn {
namespace {

using feel::Kind;
using feel::Value;

const feel::Environment november_23{*Date::from(2026, 11, 23)};

/// Writes a model element by element.
class Writer {
public:
    void input(std::string_view name, std::string_view type) {
        xml_ += "<inputData id='" + std::string(name) + "' name='" + std::string(name) +
                "'><variable name='" + std::string(name) + "' typeRef='" + std::string(type) +
                "'/></inputData>";
    }
    void literal(std::string_view name, std::initializer_list<std::string_view> inputs,
                 std::initializer_list<std::string_view> decisions, std::string_view text) {
        begin(name, inputs, decisions);
        xml_ += "<literalExpression><text><![CDATA[" + std::string(text) +
                "]]></text></literalExpression></decision>";
    }
    struct Rule {
        std::vector<std::string> cells;
        std::string output;
    };
    void table(std::string_view name, std::initializer_list<std::string_view> inputs,
               std::initializer_list<std::string_view> decisions, std::string_view policy,
               const std::vector<std::string>& headings, const std::vector<Rule>& rules) {
        begin(name, inputs, decisions);
        xml_ += "<decisionTable " + std::string(policy) + ">";
        for (const auto& heading : headings)
            xml_ += "<input><inputExpression><text>" + heading + "</text></inputExpression></input>";
        xml_ += "<output name='o'/>";
        for (const auto& rule : rules) {
            xml_ += "<rule>";
            for (const auto& cell : rule.cells)
                xml_ += "<inputEntry><text><![CDATA[" + cell + "]]></text></inputEntry>";
            xml_ += "<outputEntry><text><![CDATA[" + rule.output + "]]></text></outputEntry></rule>";
        }
        xml_ += "</decisionTable></decision>";
    }
    Model model() const {
        auto out = Model::load(
            "<definitions xmlns='https://www.omg.org/spec/DMN/20230324/MODEL/' namespace='x' name='x'>" +
                xml_ + "</definitions>",
            "test.dmn");
        EXPECT_TRUE(out) << out.error().id;
        return *std::move(out);
    }

private:
    void begin(std::string_view name, std::initializer_list<std::string_view> inputs,
               std::initializer_list<std::string_view> decisions) {
        xml_ += "<decision id='" + std::string(name) + "' name='" + std::string(name) + "'><variable name='" +
                std::string(name) + "'/>";
        for (const auto& one : inputs) need("Input", one);
        for (const auto& one : decisions) need("Decision", one);
    }
    void need(std::string_view kind, std::string_view name) {
        xml_ += "<informationRequirement><required" + std::string(kind) + " href='#" + std::string(name) +
                "'/></informationRequirement>";
    }
    std::string xml_;
};

std::string number(Rng& rng) { return std::to_string(static_cast<int>(rng.below(19)) - 9); }
std::string grade(Rng& rng) { return std::array{"\"高\"", "\"中\"", "\"低\""}[rng.below(3)]; }

std::string number_cell(Rng& rng) {
    const std::array<std::string, 6> forms{
        "-", "< " + number(rng), ">= 线", "[" + number(rng) + "..线 + 4]", "not(> 线)", "null"};
    return forms[rng.below(forms.size())];
}
std::string grade_cell(Rng& rng) {
    const std::array<std::string, 4> forms{"-", grade(rng), "not(" + grade(rng) + ")", "null"};
    return forms[rng.below(forms.size())];
}

std::vector<Writer::Rule> random_rules(std::size_t count, auto&& cells, auto&& output) {
    std::vector<Writer::Rule> out(count);
    for (auto& rule : out) rule = {cells(), output()};
    return out;
}

/// 级 from facts, 均 by arithmetic, 评 over both, 数评 over the list that 评 may be.
Model random_model(Rng& rng) {
    Writer out;
    out.input("数", "number");
    out.input("真", "boolean");
    out.input("线", "number");
    out.input("日", "date");
    out.literal("均", {"数", "线"}, {}, rng.below(2) ? "数 / 4 + 线" : "if 数 > 线 then 数 * 3 else null");
    out.table("级", {"数", "真", "日"}, {}, rng.below(2) ? "hitPolicy='FIRST'" : "hitPolicy='UNIQUE'",
              {"数", "真", "日"},
              random_rules(
                  1 + rng.below(5),
                  [&] {
                      return std::vector<std::string>{rng.below(2) ? "> " + number(rng) : "-",
                                                      std::array{"-", "true", "false"}[rng.below(3)],
                                                      rng.below(2) ? "-" : "< @\"2026-11-14\""};
                  },
                  [&] { return grade(rng); }));
    constexpr std::array policies{"hitPolicy='RULE ORDER'", "hitPolicy='COLLECT' aggregation='SUM'",
                                  "hitPolicy='COLLECT' aggregation='COUNT'", "hitPolicy='FIRST'",
                                  "hitPolicy='ANY'"};
    const bool constant = rng.below(2);
    out.table("评", {"数", "线"}, {"级", "均"}, policies[rng.below(policies.size())],
              {"级", rng.below(4) ? "均" : "均 + 数", "线"},
              random_rules(
                  1 + rng.below(70),
                  [&] {
                      return std::vector<std::string>{grade_cell(rng), number_cell(rng),
                                                      rng.below(4) ? "-" : "> " + number(rng)};
                  },
                  [&] { return constant ? number(rng) : "均 + " + number(rng); }));
    out.literal("总", {}, {"评", "级"}, "if 评 instance of list<Any> then count(评) else 评");
    out.table("终", {}, {"评", "总"}, "hitPolicy='FIRST'", {"评", "总"},
              {{{"null", "-"}, "\"无\""}, {{"-", "> 2"}, "\"多\""}, {{"-", "-"}, "\"少\""}});
    return out.model();
}

std::vector<Column> random_columns(Rng& rng, std::size_t rows) {
    std::vector<Column> out(4);
    out[0].kind = Kind::number;
    out[0].scale = static_cast<int>(rng.below(2));
    out[1].kind = Kind::boolean;
    out[2].constant = static_cast<int>(rng.below(5));
    out[3].kind = Kind::date;
    for (std::size_t row = 0; row < rows; ++row) {
        out[0].values.push_back(static_cast<std::int64_t>(rng.below(121)) - 60);
        out[1].values.push_back(static_cast<std::int64_t>(rng.below(2)));
        out[3].values.push_back(Date::from(2026, 11, 8)->days() + static_cast<std::int64_t>(rng.below(12)));
        for (const auto i : {0U, 1U, 3U}) out[i].absent.push_back(rng.below(12) == 0);
    }
    return out;
}

TEST(Answers, AgreeWithTheRowInterpreterWhateverLiesBelow) {
    const char* wanted = std::getenv("BALLAST_COLUMN_ROWS");
    const std::size_t rows = 300, models = (wanted ? std::strtoull(wanted, nullptr, 10) : 12'000) / rows;
    Rng rng(29);
    for (std::size_t m = 0; m < models; ++m) {
        const auto model = random_model(rng);
        const auto columns = random_columns(rng, rows);
        for (std::size_t d = 0; d < model.decisions().size(); ++d) {
            const auto answers = answer(model, d, columns, rows, november_23);
            std::vector<Value> facts(columns.size());
            for (std::size_t row = 0; row < rows; ++row) {
                for (std::size_t i = 0; i < facts.size(); ++i) facts[i] = columns[i].at(row);
                const auto outcome = model.evaluate(d, facts, november_23);
                ASSERT_TRUE(identical(answers.value().at(row), outcome.value))
                    << "model " << m << ", " << model.decisions()[d].name << ", row " << row << ": "
                    << answers.value().at(row).text() << " by column, " << outcome.value.text() << " by row";
                if (!model.decisions()[d].table) continue;
                for (const auto& hit : outcome.hits)
                    ASSERT_TRUE(answers.matched.holds(row, hit.rule)) << "model " << m << ", row " << row;
            }
        }
    }
}

TEST(Answers, AskTheRowInterpreterOnceForEachThingThatIsSeen) {
    Writer out;
    out.input("数", "number");
    out.input("真", "boolean");
    out.table("级", {"数"}, {}, "hitPolicy='UNIQUE'", {"数"}, {{{"< 0"}, "\"低\""}, {{">= 0"}, "\"高\""}});
    out.table("评", {"真"}, {"级"}, "hitPolicy='FIRST'", {"级", "真"},
              {{{"\"高\"", "true"}, "1"}, {{"\"低\"", "-"}, "2"}, {{"-", "-"}, "3"}});
    const auto model = out.model();
    std::vector<Column> columns(2);
    columns[0].kind = Kind::number;
    columns[1].kind = Kind::boolean;
    constexpr std::size_t rows = 10'000;
    for (std::size_t row = 0; row < rows; ++row) {
        columns[0].values.push_back(static_cast<std::int64_t>(row) - 5'000);
        columns[1].values.push_back(row % 2);
    }
    const auto answers = answer(model, *model.decision("评"), columns, rows, november_23);
    EXPECT_EQ(answers.asked, 2U + 3U);  // two grades, three of the rules above them
    EXPECT_TRUE(identical(answers.value().at(0), 2));
    EXPECT_TRUE(identical(answers.value().at(9'998), 3));
    EXPECT_TRUE(identical(answers.value().at(9'999), 1));
}

/// Members with age, school and state; a few lists are empty, a few are not there, as are entries.
Column random_members(Rng& rng, std::size_t rows) {
    Lists lists{{0}, {"年龄", "在学", "状态", "自付", "日"}, std::vector<Column>(5)};
    auto &age = lists.columns[0], &school = lists.columns[1], &state = lists.columns[2],
         &paid = lists.columns[3], &day = lists.columns[4];
    age.kind = paid.kind = Kind::number;
    paid.scale = 2;
    school.kind = Kind::boolean;
    state.kind = Kind::string;
    state.texts = {"在家", "外出", "去世"};
    day.kind = Kind::date;
    Column out{.kind = Kind::list};
    for (std::size_t row = 0; row < rows; ++row) {
        out.absent.push_back(rng.below(15) == 0);
        for (auto left = out.absent.back() ? 0 : rng.below(6); left > 0; --left) {
            age.values.push_back(static_cast<std::int64_t>(rng.below(90)));
            school.values.push_back(static_cast<std::int64_t>(rng.below(2)));
            state.values.push_back(static_cast<std::int64_t>(rng.below(3)));
            paid.values.push_back(static_cast<std::int64_t>(rng.below(5'000'000)));
            day.values.push_back(Date::from(2026, 11, 1)->days() + static_cast<std::int64_t>(rng.below(30)));
            for (auto& column : lists.columns) column.absent.push_back(rng.below(12) == 0);
        }
        lists.offsets.push_back(age.values.size());
    }
    out.lists = std::make_shared<const Lists>(std::move(lists));
    return out;
}

std::string condition(Rng& rng, std::string_view of, int depth = 0) {
    const auto entry = [&](std::string_view name) { return std::string(of) + std::string(name); };
    const std::string age = std::to_string(rng.below(80)), paid = std::to_string(rng.below(50'000)) + ".5";
    switch (rng.below(depth < 2 ? 11 : 8)) {
        case 0:
            return entry("年龄") + " < " + age;
        case 1:
            return entry("年龄") + " between " + age + " and 线";
        case 2:
            return entry("自付") + " >= " + paid;
        case 3:
            return entry("状态") + " = \"外出\"";
        case 4:
            return entry("在学");
        case 5:
            return entry("日") + " > @\"2026-11-20\"";
        case 6:
            return "线 <= " + entry("年龄");
        case 7:
            return entry("自付") + " != null";
        case 8:
            return "not(" + condition(rng, of, depth + 1) + ")";
        case 9:
            return condition(rng, of, depth + 1) + " and " + condition(rng, of, depth + 1);
        default:
            return "(" + condition(rng, of, depth + 1) + " or " + condition(rng, of, depth + 1) + ")";
    }
}

std::string counted(Rng& rng) {
    const auto filtered = [&] { return "成员[" + condition(rng, rng.below(2) ? "" : "item.") + "]"; };
    switch (rng.below(7)) {
        case 0:
            return "count(成员)";
        case 1:
            return "count(" + filtered() + ")";
        case 2:
            return "sum(" + filtered() + ".自付)";
        case 3:
            return "min(" + filtered() + ".年龄)";
        case 4:
            return "max(" + filtered() + ".日)";
        case 5:
            return "some m in 成员 satisfies " + condition(rng, "m.");
        default:
            return "every m in 成员 satisfies " + condition(rng, "m.");
    }
}

TEST(Answers, CountOverListsAsTheRowInterpreterDoes) {
    const char* wanted = std::getenv("BALLAST_COLUMN_ROWS");
    const std::size_t rows = 200, models = (wanted ? std::strtoull(wanted, nullptr, 10) : 20'000) / rows;
    Rng rng(31);
    std::size_t asked = 0;
    for (std::size_t m = 0; m < models; ++m) {
        Writer out;
        out.input("成员", "Any");
        out.input("线", "number");
        const auto text = counted(rng);
        out.literal("数", {"成员", "线"}, {}, text);
        out.table("评", {}, {"数"}, "hitPolicy='FIRST'", {"数"},
                  {{{"> 2"}, "\"多\""}, {{"true"}, "\"有\""}, {{"null"}, "\"不详\""}});
        const auto model = out.model();
        std::vector<Column> columns{random_members(rng, rows), {.constant = static_cast<int>(rng.below(60))}};
        for (std::size_t d = 0; d < 2; ++d) {
            const auto answers = answer(model, d, columns, rows, november_23);
            asked += d == 0 ? answers.asked : 0;
            for (std::size_t row = 0; row < rows; ++row) {
                const auto expected =
                    model.evaluate(d, std::vector{columns[0].at(row), columns[1].at(row)}, november_23).value;
                ASSERT_TRUE(identical(answers.value().at(row), expected))
                    << text << ", row " << row << ": " << columns[0].at(row).text() << ": "
                    << answers.value().at(row).text() << " by column, " << expected.text() << " by row";
            }
        }
    }
    EXPECT_GT(asked, 0U);
    EXPECT_LT(asked, rows * models / 8);  // absent lists, entries without a value
}

TEST(Answers, ADecisionThatIsTheSameForAllIsAConstant) {
    Writer out;
    out.input("数", "number");
    out.input("线", "number");
    out.literal("倍", {"线"}, {}, "线 * 2");
    out.table("评", {"数"}, {"倍"}, "hitPolicy='UNIQUE'", {"数"}, {{{"< 倍"}, "true"}, {{">= 倍"}, "false"}});
    const auto model = out.model();
    std::vector<Column> columns(2);
    columns[0] = {.kind = Kind::number, .values = {7, 8, 9}};
    columns[1].constant = 4;
    const auto answers = answer(model, *model.decision("评"), columns, 3, november_23);
    EXPECT_EQ(answers.decided.front().column.kind, Kind::null);
    EXPECT_TRUE(answers.value().at(0).is_true());
    EXPECT_TRUE(answers.value().at(1).is_false());
    EXPECT_EQ(answers.matched.asked, 0U);
}

}  // namespace
}  // namespace ballast::dmn
