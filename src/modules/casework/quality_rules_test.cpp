#include "casework/quality_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "registry/test_households.h"

namespace ballast::casework {
namespace {

using registry::HouseholdField;
using registry::PersonField;
using registry::testing::day;
using registry::testing::ordinary_household;
using registry::testing::today;
using ::testing::Contains;
using ::testing::IsEmpty;
using ::testing::Not;

QualityAround around() { return {today, areas::Division::shipped(), Money::yuan(7500), "", {}, {}, {}}; }
registry::Household home() {
    auto one = ordinary_household();
    for (std::size_t i = 0; i < one.members.size(); ++i)
        one.members[i].id = registry::PersonId(static_cast<std::int64_t>(i) + 1);
    return one;
}
std::vector<std::string> found(const registry::Household& one, const QualityAround& with = around()) {
    std::vector<std::string> out;
    for (const auto& finding : examine(one, with))
        out.push_back(std::string(finding.rule) + (finding.subject.empty() ? "" : " " + finding.subject));
    return out;
}
registry::IncomeLine wage(std::int64_t yuan) {
    registry::IncomeLine line;
    line.window = {day(2025, 1, 1), day(2025, 12, 31)};
    line.amount = Money::yuan(yuan);
    return line;
}

TEST(QualityRules, FindNothingWrongWithAnOrdinaryHousehold) { EXPECT_THAT(found(home()), IsEmpty()); }

TEST(QualityRules, MeasureAndAddUpDocuments) {
    auto one = home();
    auto& number = one.members[1].values[PersonField::id_number];
    number = number.substr(0, 17);
    EXPECT_THAT(found(one), Contains("DQ1 person:2"));
    one = home();
    auto& last = one.members[1].values[PersonField::id_number].back();
    last = last == '1' ? '2' : '1';
    EXPECT_THAT(found(one), Contains("DQ2 person:2"));
    EXPECT_THAT(found(one), Not(Contains("DQ1 person:2")));
}

TEST(QualityRules, ReadACertificateOfDisability) {
    const auto id = home().members[0].values[PersonField::id_number];
    EXPECT_TRUE(disability_number_adds_up(id + "42", today));
    EXPECT_TRUE(disability_number_adds_up(id + "74B1", today));
    for (const auto* tail : {"", "4", "82", "02", "45", "42A1", "42B0", "42B"})
        EXPECT_FALSE(disability_number_adds_up(id + tail, today)) << tail;
    auto one = home();
    one.members[0].values[PersonField::disability_certificate] = id + "82";
    EXPECT_THAT(found(one), Contains("DQ3 person:1"));
}

TEST(QualityRules, WantOneHeadAndOneHouseholdForEach) {
    auto one = home();
    one.members[0].values[PersonField::relation] = "99";
    EXPECT_THAT(found(one), Contains("DQ5"));
    one = home();
    one.members[1].values[PersonField::relation] = "01";
    EXPECT_THAT(found(one), Contains("DQ5"));
    one.members[1].values[PersonField::member_status] = "2";
    EXPECT_THAT(found(one), Not(Contains("DQ5"))) << "the dead head does not count";

    auto with = around();
    with.doubled.insert(home().members[2].values[PersonField::id_number]);
    EXPECT_THAT(found(home(), with), Contains("DQ6 person:3"));
}

TEST(QualityRules, NoticeTheDeadAmongTheActive) {
    auto one = home();
    one.members[1].values[PersonField::left_on] = today.iso();
    EXPECT_THAT(found(one), Contains("DQ10 person:2"));
    one.members[1].values[PersonField::left_on] = today.plus_days(1).iso();
    EXPECT_THAT(found(one), Not(Contains("DQ10 person:2")));
    auto with = around();
    with.known_dead.insert(home().members[0].values[PersonField::id_number]);
    EXPECT_THAT(found(home(), with), Contains("DQ10 person:1"));
}

TEST(QualityRules, DoubtAnIncomeOfNothingAndOneFarAboveTheLine) {
    auto one = home();
    one.income = {wage(0)};
    EXPECT_THAT(found(one), Contains("DQ11"));
    // Three heads: 112,500 is 37,500 for each, five times 7,500; a yuan more for each is above it.
    one.values[HouseholdField::household_kind] = "03";
    one.income = {wage(112'500)};
    EXPECT_THAT(found(one), Not(Contains("DQ12")));
    one.income = {wage(112'503)};
    EXPECT_THAT(found(one), Contains("DQ12"));
    auto with = around();
    with.category = "sudden_severe";
    EXPECT_THAT(found(one, with), Not(Contains("DQ12")));
    auto undecided = around();
    undecided.line.reset();
    EXPECT_THAT(found(one, undecided), Not(Contains("DQ12"))) << "no province has decided a line";
    one.values[HouseholdField::household_kind] = "02";
    EXPECT_THAT(found(one), Not(Contains("DQ12")));
}

TEST(QualityRules, HoldAgesAndPlacesAgainstWhatIsKnown) {
    auto one = home();
    one.members[2].values[PersonField::birth] = "1975-09-01";  // a daughter older than her mother
    EXPECT_THAT(found(one), Contains("DQ13 person:3"));
    one = home();
    one.village = *AreaCode::from_number(513431'100'999);
    EXPECT_THAT(found(one), Contains("DQ14"));
}

TEST(QualityRules, FindALongNumberInANotice) {
    EXPECT_FALSE(holds_long_number("服务电话 0834-8331234，公示 2026 年 6 月"));
    EXPECT_FALSE(holds_long_number("1234567890"));
    EXPECT_TRUE(holds_long_number("电话13800138000。"));
    EXPECT_TRUE(holds_long_number("１３８００１３８０００"));
    auto with = around();
    with.notices = {{7, "吉*依一户，联系 13800138000"}, {8, "吉*依一户"}};
    EXPECT_THAT(found(home(), with), ::testing::ElementsAre("DQ15 notice:7"));
}

}  // namespace
}  // namespace ballast::casework
