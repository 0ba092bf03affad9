// A sheet goes through a decision whole, or is refused whole.
#include "dmn_sheets/sheet.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "dmn_sheets/model_file.h"

namespace ballast::dmn_sheets {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr auto head =
    "<definitions xmlns='https://www.omg.org/spec/DMN/20191111/MODEL/' namespace='x' name='x'>";
const std::string model_xml = std::string(head) + R"(
  <inputData id='pay' name='self_paid' label='自付金额'><variable name='self_paid' typeRef='number'/></inputData>
  <inputData id='kind' name='monitored'><variable name='monitored' typeRef='boolean'/></inputData>
  <inputData id='day' name='left_on'><variable name='left_on' typeRef='date'/></inputData>
  <inputData id='other' name='not asked'><variable name='not asked' typeRef='number'/></inputData>
  <decision id='warning' name='预警'><variable name='预警' typeRef='string'/>
    <informationRequirement><requiredInput href='#pay'/></informationRequirement>
    <informationRequirement><requiredInput href='#kind'/></informationRequirement>
    <informationRequirement><requiredInput href='#day'/></informationRequirement>
    <decisionTable hitPolicy='UNIQUE'>
      <input label='自付金额'><inputExpression><text>self_paid</text></inputExpression></input>
      <input label='监测户'><inputExpression><text>monitored</text></inputExpression></input>
      <input label='出院日期'><inputExpression><text>left_on</text></inputExpression></input>
      <output/>
      <rule><inputEntry><text>&gt; 15000</text></inputEntry><inputEntry><text>true</text></inputEntry>
        <inputEntry><text>&lt; @"2026-07-01"</text></inputEntry><outputEntry><text>"red"</text></outputEntry></rule>
      <rule><inputEntry><text>-</text></inputEntry><inputEntry><text>false</text></inputEntry>
        <inputEntry><text>-</text></inputEntry><outputEntry><text>"none"</text></outputEntry></rule>
    </decisionTable>
  </decision>
</definitions>)";

class Sheet : public ::testing::Test {
protected:
    Sheet() {
        fs::create_directories(folder);
        write("model.dmn", model_xml);
    }
    ~Sheet() override { fs::remove_all(folder); }
    void write(const char* name, const std::string& bytes) const { std::ofstream(folder / name) << bytes; }
    std::string decided() const {
        std::ifstream stream(folder / "out.csv");
        return {std::istreambuf_iterator<char>(stream), {}};
    }
    Result<Counts> run(const std::string& facts, words::Language language = words::Language::en,
                       const char* decision = "预警") const {
        write("facts.csv", facts);
        const auto model = TRY(load_model(folder / "model.dmn"));
        return evaluate(
            model, {decision, (folder / "facts.csv").string(), (folder / "out.csv").string(), true, language},
            {*Date::from(2026, 11, 23)});
    }
    std::string refusal(const std::string& facts, const char* decision = "预警") const {
        const auto counts = run(facts, words::Language::en, decision);
        EXPECT_FALSE(counts);
        EXPECT_FALSE(fs::exists(folder / "out.csv"));
        return counts ? "" : words::say(counts.error(), words::Language::en);
    }
    std::string refused_model(const std::string& xml) const {
        write("model.dmn", xml);
        const auto model = load_model(folder / "model.dmn");
        return model ? "" : words::say(model.error(), words::Language::en);
    }
    const fs::path folder =
        fs::temp_directory_path() /
        ("ballast_sheet_" + std::string(::testing::UnitTest::GetInstance()->current_test_info()->name()));
};

TEST_F(Sheet, SaysOfEachRowWhatWasDecidedAndWhy) {
    const auto counts =
        run("户,monitored,自付金额,left_on\r\na,是,20000,2026-05-01\r\nb,false,,\r\nc,true,9000,\r\n");
    ASSERT_TRUE(counts) << words::say(counts.error(), words::Language::en);
    EXPECT_EQ(counts->rows, 3);
    EXPECT_EQ(counts->nulls, 1);
    EXPECT_EQ(counts->rules, (std::vector<std::int64_t>{1, 1}));
    const auto out = decided();
    EXPECT_THAT(
        out, HasSubstr("户,monitored,自付金额,left_on,预警,Matched rules,Why there is no value,Explanation"));
    EXPECT_THAT(out, HasSubstr("a,是,20000,2026-05-01,red,1,"));
    EXPECT_THAT(out, HasSubstr("Rule 2 did not match: “监测户” is true, wanted: false."));
    EXPECT_THAT(out, HasSubstr("b,false,,,none,2,"));
    EXPECT_THAT(out,
                HasSubstr("“自付金额” is null, wanted: > 15000, which cannot be said: no value was given"));
    EXPECT_THAT(out, HasSubstr("no rule matches and there is no default"));
}

TEST_F(Sheet, ExplainsInChinese) {
    ASSERT_TRUE(run("monitored,self_paid,left_on\ntrue,9000,2026-05-01\n", words::Language::zh));
    EXPECT_THAT(decided(), HasSubstr("第 1 条规则不成立：“自付金额”为 9000，要求 > 15000。"));
}

TEST_F(Sheet, ExplainsADecisionByThoseThatItNeeds) {
    auto xml = model_xml;
    xml.insert(xml.find("</definitions>"), R"(
  <decision id='level' name='级别'><variable name='级别' typeRef='string'/>
    <informationRequirement><requiredDecision href='#warning'/></informationRequirement>
    <informationRequirement><requiredInput href='#pay'/></informationRequirement>
    <literalExpression><text>if self_paid > 5000 then 预警 else "low"</text></literalExpression>
  </decision>)");
    write("model.dmn", xml);
    ASSERT_TRUE(run("monitored,self_paid,left_on\nfalse,9000,\n", words::Language::en, "级别"));
    EXPECT_THAT(
        decided(),
        HasSubstr("First “预警” was decided, \"\"none\"\":\nRule 1 did not match: “自付金额” is 9000"));
    EXPECT_THAT(decided(), HasSubstr("Rule 2 matched.\n“自付金额” is 9000; “预警” is \"\"none\"\""));
}

TEST_F(Sheet, TakesWhatIsGivenForAllRowsWhereThereIsNoColumn) {
    const auto with = [&](const std::string& facts) {
        write("facts.csv", facts);
        const auto model = load_model(folder / "model.dmn");
        Task task{"预警", (folder / "facts.csv").string(), (folder / "out.csv").string(), true,
                  words::Language::en};
        task.given = [](std::string_view input) -> Result<std::optional<Given>> {
            if (input == "left_on") return not_found("packs.no_value");
            if (input != "self_paid") return std::optional<Given>();
            return std::optional(Given{feel::Number(20000), "self_paid is 20000 from 2021"});
        };
        const auto counts = evaluate(*model, task, {*Date::from(2026, 11, 23)});
        return counts ? decided() : counts.error().id;
    };
    EXPECT_THAT(with("monitored,left_on\ntrue,2026-05-01\n"),
                AllOf(HasSubstr(",red,1,"), HasSubstr("self_paid is 20000 from 2021")));
    EXPECT_THAT(with("monitored,left_on,self_paid\ntrue,2026-05-01,15000\n"),
                AllOf(HasSubstr("no rule matches"), Not(HasSubstr("from 2021"))))
        << "the column goes before it";
    EXPECT_EQ(with("left_on\n2026-05-01\n"), "dmn_sheets.no_column");
    EXPECT_EQ(with("monitored\ntrue\n"), "packs.no_value");
}

TEST_F(Sheet, RefusesWhatItCannotReadAndLeavesNothing) {
    EXPECT_THAT(refusal("self_paid,monitored\n1,true\n"), HasSubstr("no column for: left_on"));
    EXPECT_THAT(refusal("self_paid,monitored,left_on\n1,true,\n2,maybe,\n"),
                HasSubstr("row 3, column B: the value of “monitored” is not of type boolean"));
    EXPECT_THAT(refusal("self_paid,monitored,left_on\n1千,true,\n"), HasSubstr("row 2, column A"));
    EXPECT_THAT(refusal("self_paid,monitored,left_on\n1,true,2026-02-30\n"), HasSubstr("row 2, column C"));
    EXPECT_THAT(refusal("self_paid,self_paid,monitored,left_on\n"), HasSubstr("two columns “self_paid”"));
    EXPECT_THAT(refusal("\n"), HasSubstr("empty"));
    EXPECT_THAT(refusal("a\n", "警"), HasSubstr("no decision “警”. It has: 预警"));
}

TEST_F(Sheet, NamesFileLineAndElementOfABrokenModel) {
    EXPECT_THAT(refused_model("<definitions"), HasSubstr("model.dmn, line 1: not well-formed"));
    EXPECT_THAT(refused_model("<definitions xmlns='http://example.org/dmn9'/>"),
                HasSubstr("the namespace “http://example.org/dmn9” is none of DMN"));
    const auto decision = [](const char* id, const char* needs) {
        return std::string("\n<decision id='") + id + "' name='" + id +
               "'><informationRequirement><requiredDecision href='#" + needs +
               "'/></informationRequirement><literalExpression><text>1</text></literalExpression></decision>";
    };
    EXPECT_THAT(refused_model(head + decision("a", "b") + decision("b", "a") + "</definitions>"),
                HasSubstr("line 2: the decision “a” needs itself"));
    EXPECT_THAT(refused_model(head + decision("a", "nobody") + "</definitions>"),
                HasSubstr("line 2: “a” refers to “#nobody”"));
    EXPECT_THAT(
        refused_model(std::string(head) +
                      "<decision id='d' name='d'><literalExpression><text>1 +</text></literalExpression>"
                      "</decision></definitions>"),
        HasSubstr("line 1, column"));
    fs::remove(folder / "model.dmn");
    EXPECT_EQ(load_model(folder / "model.dmn").error().kind, ErrorKind::not_found);
}

}  // namespace
}  // namespace ballast::dmn_sheets
