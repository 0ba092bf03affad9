// Decisions that feed decisions, over households with their members: what is counted over the members, a
// table over that and facts, a quotient of two facts, and a table over both; row by row and by column, with
// equal answers. Costs are CPU time a household, the median of five.
//
//   decisions_bench [households]       1,000,000 by default; row by row is timed on a thousandth of them
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>

#include "base/rng.h"
#include "dmn/answers.h"

namespace {

using namespace ballast;

constexpr std::string_view model_text = R"(
<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" namespace="b" name="b">
<inputData id="members" name="members"><variable name="members"/></inputData>
<inputData id="income" name="income"><variable name="income" typeRef="number"/></inputData>
<inputData id="people" name="people"><variable name="people" typeRef="number"/></inputData>
<inputData id="paid" name="paid"><variable name="paid" typeRef="number"/></inputData>
<inputData id="line" name="line"><variable name="line" typeRef="number"/></inputData>
<decision id="out_of_school" name="out of school"><variable name="out of school"/>
<informationRequirement><requiredInput href="#members"/></informationRequirement>
<literalExpression><text>count(members[age &lt; 16 and age >= 6 and not(enrolled)])</text></literalExpression></decision>
<decision id="each" name="each"><variable name="each"/>
<informationRequirement><requiredInput href="#income"/></informationRequirement>
<informationRequirement><requiredInput href="#people"/></informationRequirement>
<literalExpression><text>income / people</text></literalExpression></decision>
<decision id="burden" name="burden"><variable name="burden"/>
<informationRequirement><requiredInput href="#paid"/></informationRequirement>
<informationRequirement><requiredDecision href="#out_of_school"/></informationRequirement>
<decisionTable hitPolicy="FIRST">
<input><inputExpression><text>paid</text></inputExpression></input>
<input><inputExpression><text>out of school</text></inputExpression></input><output name="o"/>
<rule><inputEntry><text>> 20000</text></inputEntry><inputEntry><text>-</text></inputEntry><outputEntry><text>"heavy"</text></outputEntry></rule>
<rule><inputEntry><text>-</text></inputEntry><inputEntry><text>> 0</text></inputEntry><outputEntry><text>"heavy"</text></outputEntry></rule>
<rule><inputEntry><text>> 5000</text></inputEntry><inputEntry><text>-</text></inputEntry><outputEntry><text>"some"</text></outputEntry></rule>
<rule><inputEntry><text>-</text></inputEntry><inputEntry><text>-</text></inputEntry><outputEntry><text>"none"</text></outputEntry></rule>
</decisionTable></decision>
<decision id="level" name="level"><variable name="level"/>
<informationRequirement><requiredInput href="#line"/></informationRequirement>
<informationRequirement><requiredDecision href="#burden"/></informationRequirement>
<informationRequirement><requiredDecision href="#each"/></informationRequirement>
<decisionTable hitPolicy="UNIQUE">
<input><inputExpression><text>burden</text></inputExpression></input>
<input><inputExpression><text>each</text></inputExpression></input><output name="o"/>
<rule><inputEntry><text>"heavy"</text></inputEntry><inputEntry><text>&lt; line * 1.5</text></inputEntry><outputEntry><text>1</text></outputEntry></rule>
<rule><inputEntry><text>"some"</text></inputEntry><inputEntry><text>&lt; line</text></inputEntry><outputEntry><text>1</text></outputEntry></rule>
<rule><inputEntry><text>"none"</text></inputEntry><inputEntry><text>&lt; line * 0.8</text></inputEntry><outputEntry><text>2</text></outputEntry></rule>
</decisionTable></decision>
</definitions>)";

/// Up to seven members; incomes in whole hundreds of yuan, as registers have them.
std::vector<dmn::Column> households(std::size_t rows) {
    Rng rng(3);
    dmn::Lists members{{0}, {"age", "enrolled"}, std::vector<dmn::Column>(2)};
    members.columns[0].kind = feel::Kind::number;
    members.columns[1].kind = feel::Kind::boolean;
    std::vector<dmn::Column> out(5);
    out[0].kind = feel::Kind::list;
    for (std::size_t i = 1; i < 4; ++i) out[i].kind = feel::Kind::number;
    out[3].scale = 2;
    out[4].constant = 8000;
    for (std::size_t row = 0; row < rows; ++row) {
        const auto people = static_cast<std::int64_t>(1 + rng.below(7));
        for (std::int64_t i = 0; i < people; ++i) {
            members.columns[0].values.push_back(static_cast<std::int64_t>(rng.below(90)));
            members.columns[1].values.push_back(rng.below(20) != 0);
        }
        members.offsets.push_back(members.columns[0].values.size());
        out[1].values.push_back(static_cast<std::int64_t>(rng.below(1000)) * 100);
        out[2].values.push_back(people);
        out[3].values.push_back(rng.below(4) ? 0 : static_cast<std::int64_t>(rng.below(5'000'000)));
    }
    for (auto& column : members.columns) column.shrink();
    for (std::size_t i = 1; i < 4; ++i) out[i].shrink();
    out[0].lists = std::make_shared<const dmn::Lists>(std::move(members));
    return out;
}

double seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

}  // namespace

int main(int argc, char** argv) {
    const std::size_t rows = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 1'000'000;
    const feel::Environment today{*Date::from(2026, 11, 23)};
    const auto model = dmn::Model::load(model_text, "bench.dmn");
    if (!model) return std::fprintf(stderr, "%s\n", model.error().id.c_str()), 1;
    const auto level = *model->decision("level");
    const auto columns = households(rows);

    std::vector<double> by_column;
    dmn::Answers answers;
    for (int i = 0; i < 5; ++i) {
        const auto begun = seconds();
        answers = dmn::answer(*model, level, columns, rows, today);
        by_column.push_back((seconds() - begun) * 1e9 / static_cast<double>(rows));
    }
    std::ranges::sort(by_column);

    const std::size_t sample = std::max<std::size_t>(rows / 1000, 100);
    std::size_t different = 0;
    const auto begun = seconds();
    std::vector<feel::Value> values, facts(columns.size());
    for (std::size_t row = 0; row < sample; ++row) {
        for (std::size_t i = 0; i < facts.size(); ++i) facts[i] = columns[i].at(row);
        values.push_back(model->evaluate(level, facts, today).value);
    }
    const double by_row = (seconds() - begun) * 1e9 / static_cast<double>(sample);
    for (std::size_t row = 0; row < sample; ++row)
        different += !feel::identical(values[row], answers.value().at(row));

    std::printf("four decisions, %zu households, %zu members\n", rows, columns[0].lists->offsets.back());
    std::printf("  %-34s %10.1f ns\n", "row by row", by_row);
    std::printf("  %-34s %10.1f ns  %s, the interpreter asked %zu times\n", "by column", by_column[2],
                different ? "DIFFERENT" : "equal", answers.asked);
    return different ? 1 : 0;
}
