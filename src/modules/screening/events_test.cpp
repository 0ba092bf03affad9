#include "screening/events.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "screening/test_facts.h"

namespace ballast::screening {
namespace {

using registry::HouseholdField;
using registry::IncomeItem;
using registry::PersonField;
using registry::testing::day;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// On 2026-06-15; what happened since 17 March is new.
class WhatBefell : public testing_facts::ScreeningFacts {
protected:
    using Values = std::vector<std::pair<std::string, std::string>>;
    void ill(const Values& values, const std::string& on, std::size_t of = 0) {
        Values all = values;
        all.emplace_back("diagnosed_on", on);
        says({"health.new_diseases", on.substr(0, 7), of, all});
    }
    void disaster(Values values, const std::string& on = "2026-06-01") {
        values.emplace_back("disaster", "暴雨");
        values.emplace_back("happened_on", on);
        says({"emergency.disasters", on.substr(0, 7), 0, values});
    }
    void change(const std::string& kind, const std::string& on, std::size_t who) {
        says({"police.registration", on.substr(0, 7), who, {{"change", kind}, {"changed_on", on}}});
    }
    void accident(const std::string& harm, std::size_t who, const std::string& on = "2026-05-02") {
        says({"police.accidents",
              on.substr(0, 7),
              who,
              {{"accident_no", "A1"}, {"harm", harm}, {"happened_on", on}}});
    }
    void project(const std::string& period, const std::string& state, const std::string& fen) {
        says({"agriculture.projects", period, 0, {{"project", "肉牛养殖"}, {"state", state}, {"loss", fen}}});
    }
    void died(const std::string& species, const std::string& number, const std::string& insured = "") {
        says({"agriculture.livestock_deaths",
              "2026-06",
              0,
              {{"species", species}, {"died", number}, {"died_on", "2026-05-20"}, {"insured", insured}}});
    }
    void loan(const std::string& period, const std::string& days, const std::string& lent = "2023-05-01") {
        says({"bank.microloans",
              period,
              0,
              {{"amount", "5000000"}, {"lent_on", lent}, {"overdue_days", days}}});
    }
    void no_water(const Values& values, const std::string& period = "2026-06") {
        says({"water.problems", period, 0, values});
    }
};

TEST_F(WhatBefell, IsNothingWhereNobodySaysSo) {
    for (const auto* name : {"new_major_disease", "disaster_house_damage", "accident_of_worker",
                             "head_or_earner_gone", "water_quality_bad", "hotline_hardship"})
        EXPECT_FALSE(truth(name)) << name;
    for (const auto* name : {"livestock_large_dead", "livestock_small_dead", "water_outage_days"})
        EXPECT_EQ(count(name), 0) << name;
    EXPECT_EQ(money("project_failed_loss"), Money());
    for (const auto* name : {"crop_loss_percent", "microloan_overdue_days"})
        EXPECT_FALSE(knows(name)) << name;
}

TEST_F(WhatBefell, IsAnIllnessOfTheSpecialListFoundLately) {
    ill({{"disease", "other"}}, "2026-05-01");
    EXPECT_FALSE(truth("new_major_disease"));
    ill({{"disease", "special_list"}}, "2026-03-16");  // 91 days ago
    EXPECT_FALSE(truth("new_major_disease"));
    ill({{"disease", "special_list"}}, "2026-03-17", 1);
    EXPECT_TRUE(truth("new_major_disease"));
    EXPECT_THAT(rows_of("new_major_disease"), ElementsAre(3));
}

TEST_F(WhatBefell, IsAnIllnessThatItsSenderTreatsUnderTheProgramme) {
    ill({{"disease", "other"}, {"special_treatment", "yes"}}, "2026-05-01");
    EXPECT_TRUE(truth("new_major_disease"));
}

TEST_F(WhatBefell, IsNotTheIllnessOfWhoMovedAway) {
    ill({{"disease", "special_list"}}, "2026-05-01", 1);
    of(1)[PersonField::member_status] = "3";
    EXPECT_FALSE(truth("new_major_disease"));
}

TEST_F(WhatBefell, IsAHouseDamagedOrGradedAfterTheDisaster) {
    disaster({{"rooms", "0"}, {"loss", "80000"}});
    EXPECT_FALSE(truth("disaster_house_damage"));
    says({"housing.dangerous",
          "2026-05",
          0,
          {{"grade", "D"}, {"appraised_on", "2026-05-31"}}});  // the day before
    EXPECT_FALSE(truth("disaster_house_damage"));
    says({"housing.dangerous", "2026-06", 0, {{"grade", "D"}, {"appraised_on", "2026-06-08"}}});
    EXPECT_TRUE(truth("disaster_house_damage"));
    rows.clear();
    disaster({{"rooms", "2"}});
    EXPECT_TRUE(truth("disaster_house_damage"));
}

TEST_F(WhatBefell, WeighsTheCropByWhatWasLostOfTheLand) {
    disaster({{"crop_affected", "4"}, {"crop_lost", "1.5"}});
    EXPECT_FALSE(knows("crop_loss_percent"));  // nobody knows how much land there is
    home.values[HouseholdField::land_arable] = "500";
    EXPECT_EQ(count("crop_loss_percent"), 45);  // 1.5 mu whole, 2.5 mu at 30 %: 2.25 of 5
    home.values[HouseholdField::land_arable] = "751";
    EXPECT_EQ(count("crop_loss_percent"), 29);  // 29.96, not thirty
    disaster({{"crop_affected", "20"}, {"crop_lost", "20"}}, "2026-06-10");
    EXPECT_EQ(count("crop_loss_percent"), 100);
}

TEST_F(WhatBefell, TakesTheShareOfProductionFromTheLastYearThatIsKnownWhole) {
    EXPECT_FALSE(knows("crop_income_percent"));
    earn({day(2025, 1, 1), day(2025, 12, 31)}, IncomeItem::wage, 2'000'000);
    earn({day(2025, 1, 1), day(2025, 12, 31)}, IncomeItem::production, 1'000'000);
    earn({day(2025, 1, 1), day(2025, 12, 31)}, IncomeItem::production_expense, 400'000);
    EXPECT_EQ(count("crop_income_percent"), 33);
    EXPECT_EQ(money("income_year"), Money::fen(2'600'000));
}

TEST_F(WhatBefell, IsAnAccidentOfWhoWorks) {
    of(0)[PersonField::labour] = "1";
    of(2)[PersonField::labour] = "5";
    accident("injured", 0);
    accident("death", 2);
    EXPECT_FALSE(truth("accident_of_worker"));
    accident("disabled", 0);
    EXPECT_TRUE(truth("accident_of_worker"));
    EXPECT_THAT(rows_of("accident_of_worker"), ElementsAre(3));
}

// The register may have written the dead man off before the police's list came.
TEST_F(WhatBefell, IsTheDeathOrPrisonOfTheHeadOrWhoEarned) {
    of(1)[PersonField::work_months] = "0";
    change("death", "2026-05-01", 1);  // neither
    change("moved_out", "2026-05-01", 0);
    EXPECT_FALSE(truth("head_or_earner_gone"));
    of(1)[PersonField::work_months] = "80";
    EXPECT_TRUE(truth("head_or_earner_gone"));
    of(1)[PersonField::member_status] = "2";
    EXPECT_TRUE(truth("head_or_earner_gone"));
    rows.clear();
    change("imprisoned", "2026-06-14", 0);
    EXPECT_TRUE(truth("head_or_earner_gone"));
}

TEST_F(WhatBefell, TakesTheLatestWordOnAProject) {
    project("2025-05", "failed", "2000000");  // over a year ago
    EXPECT_EQ(money("project_failed_loss"), Money());
    project("2025-12", "failed", "1200000");
    EXPECT_EQ(money("project_failed_loss"), Money::yuan(12'000));
    project("2026-03", "normal", "0");
    EXPECT_EQ(money("project_failed_loss"), Money());
}

TEST_F(WhatBefell, CountsDeadLivestockThatNoInsurancePaysFor) {
    died("large", "1");
    died("small", "3");
    died("small", "2", "no");
    died("small", "9", "yes");
    died("poultry", "200");
    EXPECT_EQ(count("livestock_large_dead"), 1);
    EXPECT_EQ(count("livestock_small_dead"), 5);
    says({"insurer.claims",
          "2026-06",
          0,
          {{"kind", "育肥猪养殖保险"}, {"happened_on", "2026-05-21"}, {"paid", "300000"}}});
    EXPECT_EQ(count("livestock_large_dead"), 0);
    EXPECT_EQ(count("livestock_small_dead"), 2);  // the two of which the sheet says no
}

TEST_F(WhatBefell, TakesTheWorstLoanAsTheLatestLedgerHasIt) {
    loan("2026-04", "45");
    loan("2026-05", "0");
    loan("2026-05", "12", "2024-02-01");
    EXPECT_EQ(count("microloan_overdue_days"), 12);
    EXPECT_THAT(rows_of("microloan_overdue_days"), ElementsAre(3));
    rows.clear();
    loan("2026-02", "95");  // no ledger since names it
    EXPECT_FALSE(knows("microloan_overdue_days"));
}

TEST_F(WhatBefell, TakesALoanOfOurOwnBookFromThatBook) {
    const auto who = home.members[0].id;
    loan("2026-05", "45", "2023-05-01");
    own.loans = {{who, day(2023, 5, 1), Money::yuan(50'000), day(2026, 6, 15), day(2023, 5, 1)}};
    EXPECT_EQ(count("microloan_overdue_days"), 0);  // due today: nothing missed, whatever May's ledger said
    own.loans[0].next_due = day(2026, 5, 16);
    EXPECT_EQ(count("microloan_overdue_days"), 30);
    EXPECT_THAT(rows_of("microloan_overdue_days"), IsEmpty());
    own.loans[0].amount = Money::yuan(40'000);  // another loan: the longer counts
    EXPECT_EQ(count("microloan_overdue_days"), 45);
    EXPECT_THAT(rows_of("microloan_overdue_days"), ElementsAre(1));
    own.loans[0] = {who, day(2023, 5, 1), Money::yuan(50'000), std::nullopt, day(2026, 6, 14)};
    EXPECT_EQ(count("microloan_overdue_days"), 0);  // paid off yesterday
    today = day(2026, 6, 13);
    EXPECT_EQ(count("microloan_overdue_days"), 45);  // what the book said then is gone
}

TEST_F(WhatBefell, CountsTheDaysWithoutWaterUntilSomebodySaysThatItIsBack) {
    no_water({{"problem", "outage"}, {"from", "2026-06-01"}, {"outage_days", "2"}});
    EXPECT_EQ(count("water_outage_days"), 2);
    no_water({{"problem", "outage"}, {"from", "2026-06-10"}});
    EXPECT_EQ(count("water_outage_days"), 5);
    EXPECT_FALSE(truth("water_quality_bad"));
    no_water({{"problem", "quality"}});
    EXPECT_TRUE(truth("water_quality_bad"));
}

TEST_F(WhatBefell, IsACallAboutHardshipAndNoOther) {
    says({"hotline.orders", "2026-06", 0, {{"category", "other"}, {"called_on", "2026-06-02"}}});
    EXPECT_FALSE(truth("hotline_hardship"));
    says({"hotline.orders", "2026-06", 0, {{"category", "hardship"}, {"called_on", "2026-06-02"}}});
    EXPECT_TRUE(truth("hotline_hardship"));
}

TEST_F(WhatBefell, KnowsWhetherTheHouseholdWasRelocated) {
    home.values[HouseholdField::relocated] = "";
    EXPECT_FALSE(knows("relocated"));
    home.values[HouseholdField::relocated] = "1";
    EXPECT_TRUE(truth("relocated"));
}

TEST_F(WhatBefell, HasNotHappenedBeforeItsDay) {
    today = day(2026, 4, 30);
    accident("death", 0, "2026-05-02");
    change("death", "2026-05-01", 0);
    disaster({{"rooms", "2"}});
    EXPECT_FALSE(truth("accident_of_worker"));
    EXPECT_FALSE(truth("head_or_earner_gone"));
    EXPECT_FALSE(truth("disaster_house_damage"));
}

}  // namespace
}  // namespace ballast::screening
