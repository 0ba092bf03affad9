// The columns say of each household what the row interpreter of screening says; and what-if and back-test
// count what they say.
#include "screening/rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "rules/differences.h"
#include "rules/replay.h"
#include "rules/what_if.h"

namespace ballast::rules {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const AreaCode zhaojue = *AreaCode::parse("513431");
const AreaCode north = *AreaCode::parse("513431100200"), south = *AreaCode::parse("513431101200");
const Date june = *Date::from(2026, 6, 15);

packs::Pack pack() { return *packs::load("screening"); }
std::size_t place(const packs::Pack& of, const std::string& rule) {
    return static_cast<std::size_t>(of.rule(rule) - of.rules.data());
}
screening::Facts bill(std::int64_t fen, bool ex_poor) {
    screening::Facts out;
    out["ex_poor_or_monitored"] = {ex_poor, {}};
    out["hosp_self_paid_ytd"] = {Money::fen(fen), {}};
    return out;
}
Part everywhere() { return {auth::Scope({zhaojue}), zhaojue, std::nullopt}; }

TEST(RuleColumns, SayWhatTheRowsSay) {
    const auto screening_pack = pack();
    const auto rules = *screening::Rules::of(screening_pack, zhaojue, june);
    auto columns = *RuleColumns::of(screening_pack, zhaojue, june);
    std::vector<screening::Facts> households{{}};
    for (const auto fen : {0, 499999, 500000, 1999999, 2000000, 9000000})
        for (const bool ex_poor : {false, true}) {
            households.push_back(bill(fen, ex_poor));
            households.push_back(bill(fen, ex_poor));
            households.back()["house_grade"] = {std::string("D"), {}};
            households.back()["sole_home"] = {true, {}};
        }
    for (const auto& facts : households) columns.add(facts);
    columns.settle(screening_pack);
    const auto met = columns.met(screening_pack);
    ASSERT_EQ(met.size(), households.size());
    for (std::size_t i = 0; i < households.size(); ++i) {
        RuleBits expected = 0;
        for (const auto& hit : rules.evaluate(households[i]))
            expected |= RuleBits{1} << place(screening_pack, hit.rule);
        EXPECT_EQ(met[i], expected) << "household " << i;
    }
}

TEST(WhatIf, CountsWhoEntersAndWhoLeaves) {
    const auto held = pack();
    auto columns = *RuleColumns::of(held, zhaojue, june);
    for (const auto fen : {400000, 600000, 900000}) columns.add(bill(fen, true));
    columns.settle(held);
    const std::array villages{north, north, south};
    const auto before = columns.met(held);
    const auto with = [&](std::int64_t fen) {
        return columns.met(
            *changed(held, std::array{Change{"hosp_limit_ex_poor", Decimal(fen)}}, zhaojue, june));
    };
    auto part = everywhere();
    part.rule = place(held, "R01");
    const auto stricter = compare(villages, before, with(800000), part, held.rules.size());
    EXPECT_EQ(stricter.all.before, 2);
    EXPECT_EQ(stricter.all.after, 1);
    EXPECT_EQ(stricter.all.leaving, 1);
    ASSERT_EQ(stricter.by_area.size(), 2U);
    EXPECT_EQ(stricter.by_area[0].area, north.at(AreaLevel::township));
    EXPECT_EQ(stricter.by_area[0].tally.leaving, 1);
    EXPECT_EQ(stricter.by_area[1].tally.leaving, 0);
    EXPECT_THAT(behind(villages, before, with(800000), part, Group::leaving), ElementsAre(1));
    EXPECT_THAT(behind(villages, before, with(400000), part, Group::entering), ElementsAre(0));
    part.scope = auth::Scope({south});
    EXPECT_THAT(behind(villages, before, with(800000), part, Group::leaving), IsEmpty());
    EXPECT_EQ(compare(villages, before, before, part, held.rules.size()).households, 1);
}

TEST(WhatIf, RefusesValuesThatNoParameterHas) {
    const auto with = [](const char* name, const char* value) {
        return changed(pack(), std::array{Change{name, *Decimal::parse(value)}}, zhaojue, june);
    };
    EXPECT_EQ(with("nothing", "1").error().id, "rules.unknown_parameter");
    EXPECT_EQ(with("hosp_limit_ex_poor", "12.5").error().id, "rules.bad_value");
    EXPECT_EQ(with("recent_days", "-1").error().id, "rules.bad_value");
    EXPECT_TRUE(with("med_share_ex_poor", "0.45"));
}

TEST(BackTest, TellsWhatWasFoundInTimeLateNeverAndForNothing) {
    History history;
    for (const int month : {1, 2, 3}) history.months.push_back(Date::from(2026, month, 1)->last_of_month());
    for (int i = 1; i <= 4; ++i) history.households.emplace_back(i);
    history.villages = {north, north, south, south};
    //                       January    February   March
    history.met = {{1, 0, 0, 0}, {1, 0, 0, 1}, {0, 1, 0, 1}};
    const Date february = *Date::from(2026, 2, 10);
    const std::vector<Finding> found{
        {0, february, true}, {1, february, true}, {2, february, true}, {3, february, false}};
    const auto judged = judge(history, found, everywhere());
    EXPECT_EQ(judged.all.meant, 4);
    EXPECT_EQ(judged.all.begun, 2);
    EXPECT_THAT(judged.all.by_outcome, ElementsAre(1, 1, 1, 1));
    EXPECT_EQ(judged.by_month[0].begun, 1);
    EXPECT_EQ(judged.by_month[1].begun, 1);
    EXPECT_EQ(judged.villages, 2);
    EXPECT_THAT(behind(history, found, everywhere(), Outcome::missed, std::nullopt), ElementsAre(2));
    EXPECT_THAT(behind(history, found, everywhere(), std::nullopt, 1), ElementsAre(1));
    auto other_rule = everywhere();
    other_rule.rule = 1;
    EXPECT_THAT(judge(history, found, other_rule).all.by_outcome, ElementsAre(0, 0, 3, 0));
}

TEST(Differences, AreValuesRulesAndRows) {
    const auto before = pack();
    EXPECT_THAT(differences(before, before, false)->values, IsEmpty());
    EXPECT_THAT(differences(before, before, false)->texts, IsEmpty());

    auto after = before;
    auto& parameter = *std::find_if(after.parameters.begin(), after.parameters.end(),
                                    [](const auto& one) { return one.name == "hosp_limit_ex_poor"; });
    auto of_the_county = parameter.values.front();
    parameter.values.front().value = Decimal(600000);
    of_the_county.area = zhaojue;
    parameter.values.push_back(of_the_county);
    after.rules.front().source = "another document";
    auto& table = *std::find_if(after.tables.begin(), after.tables.end(),
                                [](const auto& one) { return one.name == "screening/illness.dmn"; });
    const std::string_view cell = "&gt;= hosp_limit_ex_poor";
    const auto at = table.bytes.find(cell);
    ASSERT_NE(at, std::string::npos);
    table.bytes.replace(at, cell.size(), "&gt; hosp_limit_ex_poor");

    const auto found = *differences(before, after, false);
    ASSERT_EQ(found.values.size(), 2u);
    EXPECT_EQ(found.values[0].before->value, Decimal(500000));
    EXPECT_EQ(found.values[0].after->value, Decimal(600000));
    EXPECT_EQ(found.values[1].before, nullptr);
    EXPECT_EQ(found.values[1].after->area, zhaojue);
    ASSERT_EQ(found.texts.size(), 2u);
    EXPECT_EQ(found.texts[0].of, TextDifference::Of::rule);
    EXPECT_THAT(found.texts[0].after, ::testing::HasSubstr("another document"));
    EXPECT_EQ(found.texts[1].of, TextDifference::Of::row);
    EXPECT_THAT(found.texts[1].before, ::testing::HasSubstr(">= 住院年度自付阈值"));
    EXPECT_THAT(found.texts[1].after, ::testing::HasSubstr("> 住院年度自付阈值"));
}

}  // namespace
}  // namespace ballast::rules
