#include "screening/rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "registry/test_households.h"

namespace ballast::screening {
namespace {

using registry::testing::day;
using registry::testing::zhaojue;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const Date today = day(2026, 4, 10);

Facts ex_poor_with_bills(std::int64_t fen) {
    return {{"ex_poor_or_monitored", {true, {}}},
            {"hosp_self_paid_ytd", {Money::fen(fen), {feeds::RowId(7), feeds::RowId(9)}}}};
}

TEST(ScreeningRules, WarnAtTheLimitAndNotAFenBelow) {
    const auto rules = *Rules::load(zhaojue, today);
    EXPECT_THAT(rules.evaluate(ex_poor_with_bills(499'999)), IsEmpty());
    const auto hits = rules.evaluate(ex_poor_with_bills(500'000));
    ASSERT_THAT(hits, SizeIs(1));
    EXPECT_EQ(hits[0].rule, "R01");
    EXPECT_EQ(hits[0].risk, "01");
    EXPECT_EQ(hits[0].level, Level::orange);
    EXPECT_EQ(hits[0].visit_days, 3);
    EXPECT_EQ(hits[0].cooldown_days, 30);
    EXPECT_EQ(hits[0].amount, Money::yuan(5000));
}

TEST(ScreeningRules, GiveTheRowTheValuesAndTheirAuthorityAsEvidence) {
    const auto hits = (*Rules::load(zhaojue, today)).evaluate(ex_poor_with_bills(621'000));
    ASSERT_THAT(hits, SizeIs(1));
    const auto& evidence = hits[0].evidence;
    EXPECT_EQ(evidence.table, "screening/illness.dmn");
    EXPECT_EQ(evidence.row, 1);
    EXPECT_THAT(evidence.rows, ElementsAre(feeds::RowId(7), feeds::RowId(9)));
    ASSERT_THAT(evidence.facts, SizeIs(2));
    EXPECT_EQ(evidence.facts[1].name, "hosp_self_paid_ytd");
    EXPECT_EQ(evidence.facts[1].value, "621000");
    ASSERT_THAT(evidence.parameters, SizeIs(1));
    EXPECT_EQ(evidence.parameters[0].name, "hosp_limit_ex_poor");
    EXPECT_EQ(evidence.parameters[0].value, "500000");
    EXPECT_EQ(evidence.parameters[0].from, day(2021, 1, 1));
    EXPECT_FALSE(evidence.parameters[0].authority.empty());
    EXPECT_FALSE(evidence.parameters[0].assumed);
    EXPECT_FALSE(evidence.clears_zh.empty());
    EXPECT_FALSE(evidence.clears_en.empty());
    EXPECT_THAT(evidence.pack_hash, SizeIs(64));
}

TEST(ScreeningRules, FlagAParameterThatNobodyHasDecided) {
    const auto hits = (*Rules::load(zhaojue, today)).evaluate({{"n_disabled", {std::int64_t{2}, {}}}});
    ASSERT_THAT(hits, SizeIs(1));
    EXPECT_TRUE(hits[0].evidence.parameters.at(0).assumed);
}

TEST(ScreeningRules, StaySilentWhereTheProvinceHasNoMonitoringLine) {
    const Facts poor{{"pc_deducted", {Money::yuan(100), {}}}};
    EXPECT_THAT((*Rules::load(zhaojue, today)).evaluate(poor), SizeIs(1));
    const auto guizhou = *AreaCode::from_number(520121'000'000);
    EXPECT_THAT((*Rules::load(guizhou, today)).evaluate(poor), IsEmpty());
}

TEST(ScreeningRules, CallAGrowthOfTwentyPercentNews) {
    const auto rules = *Rules::load(zhaojue, today);
    EXPECT_FALSE(rules.grown(Money::fen(500'000), Money::fen(599'999)));
    EXPECT_TRUE(rules.grown(Money::fen(500'000), Money::fen(600'000)));
    EXPECT_FALSE(rules.grown(Money(), Money()));
}

/// The shipped pack laid down in a folder, as an operator begins.
class OperatorsPack : public ::testing::Test {
protected:
    void SetUp() override {
        std::filesystem::copy(std::string(BALLAST_SOURCE_DIR) + "/packs/screening", folder.file("screening"),
                              std::filesystem::copy_options::recursive);
    }
    void replace(const std::string& file, const std::string& what, const std::string& by) {
        const auto path = folder.file("screening/" + file);
        std::ifstream in(path);
        std::string text((std::istreambuf_iterator<char>(in)), {});
        const auto at = text.find(what);
        ASSERT_NE(at, std::string::npos);
        text.replace(at, what.size(), by);
        std::ofstream(path) << text;
    }
    static std::string arg(const Error& error, const std::string& name) {
        for (const auto& [key, value] : error.args)
            if (key == name) return value;
        return "";
    }
    Result<Rules> load() {
        return Rules::load(zhaojue, today, std::filesystem::path(folder.file("x")).parent_path());
    }
    registry::testing::Folder folder;
};

TEST_F(OperatorsPack, GoesBeforeTheShippedOne) {
    replace("parameters.toml", "value = 500000", "value = 300000");
    const auto rules = load();
    ASSERT_TRUE(rules) << rules.error().id;
    EXPECT_THAT(rules->evaluate(ex_poor_with_bills(300'000)), SizeIs(1));
    EXPECT_NE(rules->pack_hash(), (*Rules::load(zhaojue, today)).pack_hash());
}

TEST_F(OperatorsPack, IsRefusedByFileAndLineWhenItIsBroken) {
    const auto in_force = *Rules::load(zhaojue, today);
    replace("illness.dmn", "&gt;= hosp_limit_ex_poor", "&gt;= hosp_limit_nobody");
    const auto refused = load();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::invalid);
    EXPECT_THAT(arg(refused.error(), "source"), ::testing::HasSubstr("screening/illness.dmn"));
    replace("rules.toml", "[rules.R01]", "[rules.R01");
    const auto malformed = load();
    ASSERT_FALSE(malformed);
    EXPECT_EQ(arg(malformed.error(), "file"), "screening/rules.toml");
    EXPECT_GT(std::stoi(arg(malformed.error(), "line")), 1);
    EXPECT_THAT(in_force.evaluate(ex_poor_with_bills(500'000)), SizeIs(1));
}

TEST_F(OperatorsPack, IsRefusedWhenARowPutsOutWhatNobodyKnows) {
    replace("illness.dmn", "\"orange\"", "\"purple\"");
    const auto refused = load();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().id, "screening.bad_output");
    EXPECT_EQ(arg(refused.error(), "name"), "level");
    EXPECT_EQ(arg(refused.error(), "row"), "1");
}

}  // namespace
}  // namespace ballast::screening
