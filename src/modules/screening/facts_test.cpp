#include "screening/facts.h"

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
using testing_facts::ScreeningFacts;

TEST_F(ScreeningFacts, TellExPoorFromMonitoredFromOrdinary) {
    EXPECT_FALSE(truth("ex_poor_or_monitored"));
    home.values[HouseholdField::household_kind] = "02";
    EXPECT_TRUE(truth("ex_poor_or_monitored"));
    EXPECT_FALSE(truth("monitored"));
    home.values[HouseholdField::household_kind] = "03";
    EXPECT_TRUE(truth("ex_poor_or_monitored"));
    EXPECT_TRUE(truth("monitored"));
    home.values[HouseholdField::household_kind] = "";
    EXPECT_FALSE(knows("ex_poor_or_monitored"));
}

TEST_F(ScreeningFacts, CountWhoCanWorkButNotWhoHasLeft) {
    of(0)[PersonField::labour] = "3";
    of(1)[PersonField::labour] = "1";
    EXPECT_EQ(count("labour_count"), 2);
    of(1)[PersonField::member_status] = "3";
    EXPECT_EQ(count("labour_count"), 1);
    of(0)[PersonField::labour] = "4";
    EXPECT_EQ(count("labour_count"), 0);
}

TEST_F(ScreeningFacts, DoNotSayThatNobodyCanWorkWhileAGrownUpsFieldIsEmpty) {
    of(0)[PersonField::labour] = "4";
    EXPECT_FALSE(knows("labour_count"));  // the husband's is empty
    of(1)[PersonField::labour] = "5";
    EXPECT_EQ(count("labour_count"), 0);  // the daughter is eleven
}

TEST_F(ScreeningFacts, CountStudentsFromTheFirstYearOfUpperSecondarySchool) {
    of(1)[PersonField::student] = "06";
    of(2)[PersonField::student] = "05";
    EXPECT_EQ(count("n_students_noncompulsory"), 1);
    of(2)[PersonField::student] = "21";
    EXPECT_EQ(count("n_students_noncompulsory"), 2);
}

TEST_F(ScreeningFacts, SumTheHospitalBillsOfTheYear) {
    bill(day(2025, 12, 31), 900'000);
    bill(day(2026, 1, 1), 300'000);
    bill(day(2026, 6, 15), 210'001, 1);
    bill(day(2026, 6, 16), 500'000);  // tomorrow
    EXPECT_EQ(money("hosp_self_paid_ytd"), Money::fen(510'001));
    EXPECT_THAT(rows_of("hosp_self_paid_ytd"), ElementsAre(2, 3));
}

TEST_F(ScreeningFacts, LookAtLastYearsBillsInJanuaryOnly) {
    bill(day(2025, 12, 31), 900'000);
    bill(day(2026, 1, 2), 100'000);
    today = day(2026, 1, 31);
    EXPECT_EQ(money("hosp_self_paid_ytd"), Money::fen(900'000));
    EXPECT_THAT(rows_of("hosp_self_paid_ytd"), ElementsAre(1));
    today = day(2026, 2, 1);
    EXPECT_EQ(money("hosp_self_paid_ytd"), Money::fen(100'000));
}

TEST_F(ScreeningFacts, TakeABillForAStayByItsKindOrElseByItsDischarge) {
    bill(day(2026, 3, 1), 100, 0, "outpatient");
    bill(day(2026, 3, 2), 200, 0, "");
    says({"medical.expenses", "2026-03", 0, {{"self_paid", "400"}}});  // neither kind nor discharge
    EXPECT_EQ(money("hosp_self_paid_ytd"), Money::fen(200));
    EXPECT_EQ(money("med_self_paid_ytd"), Money::fen(700));
}

TEST_F(ScreeningFacts, TrustTheSendersRunningTotalWhereItIsLarger) {
    says({"medical.expenses", "2026-03", 0, {{"self_paid", "1000"}, {"self_paid_ytd", "1500"}}});
    says({"medical.expenses", "2026-04", 0, {{"self_paid", "1000"}, {"self_paid_ytd", "1800"}}});
    EXPECT_EQ(money("med_self_paid_ytd"), Money::fen(2000));
    says({"medical.expenses", "2026-05", 1, {{"self_paid", "100"}, {"self_paid_ytd", "7000"}}});
    EXPECT_EQ(money("med_self_paid_ytd"), Money::fen(9000));
    EXPECT_EQ(money("hosp_self_paid_ytd"), Money());
}

TEST_F(ScreeningFacts, CountTheBillsOfTheDeadButNotOfWhoMovedAway) {
    bill(day(2026, 3, 1), 100, 0);
    bill(day(2026, 3, 1), 200, 1);
    of(0)[PersonField::member_status] = "2";
    of(1)[PersonField::member_status] = "3";
    EXPECT_EQ(money("hosp_self_paid_ytd"), Money::fen(100));
}

TEST_F(ScreeningFacts, TakeTheDearestOfThreeMonthsOfSpecialOutpatientCare) {
    const auto visit = [&](Date on, std::int64_t fen) { bill(on, fen, 0, "special_outpatient"); };
    visit(day(2026, 3, 31), 90'000);  // too long ago
    visit(day(2026, 4, 1), 30'000);
    visit(day(2026, 4, 30), 20'000);
    visit(day(2026, 6, 2), 10'000);  // June is on file in part
    EXPECT_EQ(money("outpatient_special_month"), Money::fen(50'000));
    EXPECT_THAT(rows_of("outpatient_special_month"), ElementsAre(2, 3));
}

TEST_F(ScreeningFacts, TellTheUninsuredOfThisYearByTheirLatestRow) {
    const auto list = [&](const std::string& year, const std::string& state, const std::string& period) {
        says({"medical.uninsured", period, 0, {{"insured_year", year}, {"insured_state", state}}});
    };
    list("2025", "uninsured", "2026-01");
    EXPECT_TRUE(truth("insured_medical"));
    list("2026", "insured", "2026-03");
    list("2026", "uninsured", "2026-02");  // came late
    EXPECT_TRUE(truth("insured_medical"));
    list("2026", "uninsured", "2026-04");
    EXPECT_FALSE(truth("insured_medical"));
    EXPECT_THAT(rows_of("insured_medical"), ElementsAre(4));
}

TEST_F(ScreeningFacts, TakeInsuranceFromTheRegisterForWhomTheListDoesNotName) {
    of(1)[PersonField::medical] = "9";
    EXPECT_FALSE(truth("insured_medical"));
    EXPECT_THAT(rows_of("insured_medical"), IsEmpty());
    of(1)[PersonField::member_status] = "4";
    EXPECT_TRUE(truth("insured_medical"));
}

TEST_F(ScreeningFacts, CallACertificateNewForNinetyDays) {
    const auto certificate = [&](Date issued, const std::string& grade, std::size_t member) {
        says({"disability.certificates",
              issued.iso().substr(0, 7),
              member,
              {{"issued_on", issued.iso()}, {"grade", grade}}});
    };
    certificate(today.plus_days(-91), "1", 0);
    EXPECT_FALSE(truth("disability_new"));
    EXPECT_FALSE(knows("disability_grade"));
    certificate(today.plus_days(-90), "3", 1);
    certificate(today, "2", 1);
    EXPECT_TRUE(truth("disability_new"));
    EXPECT_EQ(count("disability_grade"), 2);
    EXPECT_THAT(rows_of("disability_grade"), ElementsAre(2, 3));
    EXPECT_EQ(count("n_disabled"), 2);
    EXPECT_THAT(rows_of("n_disabled"), ElementsAre(1, 2, 3));
}

TEST_F(ScreeningFacts, CountTheDisabledOfTheRegisterAndOfTheFilesOnce) {
    of(0)[PersonField::disability_grade] = "4";
    of(1)[PersonField::health] = "2,4";
    says({"disability.certificates", "2026-01", 0, {{"issued_on", "2026-01-05"}, {"grade", "3"}}});
    EXPECT_EQ(count("n_disabled"), 2);
    of(1)[PersonField::member_status] = "2";
    EXPECT_EQ(count("n_disabled"), 1);
}

TEST_F(ScreeningFacts, SeeADropoutFromSixToFifteen) {
    says({"education.students", "2026-04", 2, {{"study_state", "dropped_out"}}});
    const auto born = [&](Date on) { of(2)[PersonField::birth] = on.iso(); };
    born(day(2010, 6, 15));  // sixteen today
    EXPECT_FALSE(truth("school_age_not_at_school"));
    born(day(2010, 6, 16));
    EXPECT_TRUE(truth("school_age_not_at_school"));
    EXPECT_THAT(rows_of("school_age_not_at_school"), ElementsAre(1));
    born(day(2020, 6, 15));  // six today
    EXPECT_TRUE(truth("school_age_not_at_school"));
    born(day(2020, 6, 16));
    EXPECT_FALSE(truth("school_age_not_at_school"));
}

TEST_F(ScreeningFacts, DoNotCallTheExemptTheHomeTaughtAndTheGraduatedDropouts) {
    for (const std::string state : {"exempt", "home_taught"}) {
        rows.clear();
        says({"education.students", "2026-04", 2, {{"study_state", state}}});
        EXPECT_FALSE(truth("school_age_not_at_school")) << state;
        EXPECT_TRUE(truth("dropout_exempt")) << state;
    }
    rows.clear();
    says({"education.students", "2026-04", 2, {{"study_state", "graduated"}}});
    EXPECT_FALSE(truth("school_age_not_at_school"));
    EXPECT_FALSE(truth("dropout_exempt"));
    says({"education.students", "2026-05", 2, {{"study_state", "dropped_out"}}});
    EXPECT_TRUE(truth("school_age_not_at_school"));
    of(2)[PersonField::schooling_exempt] = "1";
    EXPECT_FALSE(truth("school_age_not_at_school"));
    EXPECT_TRUE(truth("dropout_exempt"));
}

TEST_F(ScreeningFacts, SeeAChildBackAtSchool) {
    says({"education.students", "2025-10", 2, {{"study_state", "dropped_out"}}});
    says({"education.students", "2026-04", 2, {{"study_state", "studying"}}});
    EXPECT_FALSE(truth("school_age_not_at_school"));
}

TEST_F(ScreeningFacts, TakeADropoutFromTheRegisterOnceTheChildWasSixAtTheBeginningOfTheSchoolYear) {
    of(2)[PersonField::student] = "00";
    EXPECT_TRUE(truth("school_age_not_at_school"));
    EXPECT_THAT(rows_of("school_age_not_at_school"), IsEmpty());
    of(2)[PersonField::birth] = "2019-09-01";
    EXPECT_FALSE(truth("school_age_not_at_school"));
    of(2)[PersonField::birth] = "2019-08-31";
    EXPECT_TRUE(truth("school_age_not_at_school"));
}

TEST_F(ScreeningFacts, SumWhatSchoolCostThisSchoolYearPastCompulsorySchooling) {
    of(1)[PersonField::student] = "07";
    const auto cost = [&](const std::string& period, std::int64_t fen, std::size_t member) {
        says({"education.students",
              period,
              member,
              {{"study_state", "studying"}, {"self_paid", std::to_string(fen)}}});
    };
    cost("2025-08", 100, 1);
    cost("2025-09", 200, 1);
    cost("2026-03", 400, 1);
    cost("2026-03", 800, 2);  // in primary school
    EXPECT_EQ(money("edu_self_paid_year"), Money::fen(600));
    EXPECT_THAT(rows_of("edu_self_paid_year"), ElementsAre(2, 3));
    of(1)[PersonField::student] = "";  // a grown-up is past it
    EXPECT_EQ(money("edu_self_paid_year"), Money::fen(600));
}

TEST_F(ScreeningFacts, CountTheDaysSinceWorkWasLostAndKnowTheSoleEarner) {
    of(1)[PersonField::work_months] = "100";
    EXPECT_EQ(count("earners_left"), 1);
    EXPECT_FALSE(knows("work_loss_days"));
    says({"hr.employment", "2026-05", 1, {{"left_on", "2026-05-16"}, {"started_on", "2025-03-01"}}});
    EXPECT_EQ(count("work_loss_days"), 30);
    EXPECT_TRUE(truth("sole_earner"));
    EXPECT_EQ(count("earners_left"), 0);
    of(0)[PersonField::public_post_months] = "60";
    EXPECT_FALSE(truth("sole_earner"));
    EXPECT_EQ(count("earners_left"), 1);
    EXPECT_THAT(rows_of("work_loss_days"), ElementsAre(1));
}

TEST_F(ScreeningFacts, CallNobodyAnEarnerWhenAllHaveLostTheirWork) {
    says({"hr.employment", "2026-05", 0, {{"left_on", "2026-05-01"}}});
    says({"hr.employment", "2026-05", 1, {{"unemployed_on", "2026-04-01"}}});
    EXPECT_EQ(count("work_loss_days"), 75);
    EXPECT_THAT(rows_of("work_loss_days"), ElementsAre(2));
    EXPECT_TRUE(truth("sole_earner"));
}

TEST_F(ScreeningFacts, SeeWorkFoundAgainInWhateverOrderTheRowsCome) {
    says({"hr.employment", "2026-05", 1, {{"started_on", "2026-05-02"}}});
    says({"hr.employment", "2026-04", 1, {{"left_on", "2026-04-20"}}});
    EXPECT_FALSE(knows("work_loss_days"));
    EXPECT_EQ(count("earners_left"), 1);
    says({"hr.employment", "2026-06", 1, {{"left_on", "2026-05-10"}}});
    EXPECT_EQ(count("work_loss_days"), 36);
    of(1)[PersonField::member_status] = "3";
    EXPECT_FALSE(knows("work_loss_days"));
}

TEST_F(ScreeningFacts, CountFromTheEndOfAPlacementUnlessAnotherRuns) {
    of(1)[PersonField::work_months] = "100";
    const auto who = home.members[1].id;
    own.work = {{who, day(2025, 3, 1), day(2026, 5, 16)}};
    EXPECT_EQ(count("work_loss_days"), 30);
    EXPECT_TRUE(truth("sole_earner"));
    EXPECT_THAT(rows_of("work_loss_days"), IsEmpty()) << "no department said so";
    own.work.push_back({who, day(2025, 12, 1), std::nullopt});
    EXPECT_FALSE(knows("work_loss_days"));
    EXPECT_EQ(count("earners_left"), 1);
    own.work = {{who, day(2025, 3, 1), day(2026, 6, 16)}};
    EXPECT_FALSE(knows("work_loss_days")) << "it ends tomorrow";
}

TEST_F(ScreeningFacts, CompareWagesWithTheSameMonthsAYearBefore) {
    for (const std::string month : {"2025-03", "2025-04", "2025-05"}) wage(month, 400'000);
    for (const std::string month : {"2026-03", "2026-04", "2026-05"}) wage(month, 280'000);
    EXPECT_EQ(money("wage_before_3m"), Money::fen(1'200'000));
    EXPECT_EQ(money("wage_now_3m"), Money::fen(840'000));
    EXPECT_THAT(rows_of("wage_now_3m"), ElementsAre(6, 5, 4));
    rows.erase(rows.begin() + 1);  // 2025-04
    EXPECT_FALSE(knows("wage_now_3m"));
}

TEST_F(ScreeningFacts, TakeTheMemberWhoseWagesFellDeepestAndAddHerTwoEmployers) {
    for (const std::string month : {"-03", "-04", "-05"}) {
        wage("2025" + month, 100'000, 0);
        wage("2026" + month, 90'000, 0);
        wage("2025" + month, 100'000, 1);
        wage("2026" + month, 40'000, 1);
        wage("2026" + month, 10'000, 1, "茶厂");
    }
    EXPECT_EQ(money("wage_now_3m"), Money::fen(150'000));
    of(1)[PersonField::member_status] = "3";
    EXPECT_EQ(money("wage_now_3m"), Money::fen(270'000));
}

TEST_F(ScreeningFacts, SayNothingOfWagesThatEndedLongAgo) {
    for (const std::string month : {"-01", "-02", "-03"}) {
        wage("2025" + month, 100);
        wage("2026" + month, 50);
    }
    EXPECT_TRUE(knows("wage_now_3m"));
    today = day(2026, 7, 1);
    EXPECT_FALSE(knows("wage_now_3m"));
}

TEST_F(ScreeningFacts, SeeTheOldWhoLiveAloneWithoutPension) {
    of(0)[PersonField::birth] = "1966-06-15";  // sixty today
    of(0)[PersonField::pension] = "9";
    EXPECT_FALSE(truth("age_60_alone_no_pension"));
    of(1)[PersonField::member_status] = of(2)[PersonField::member_status] = "3";
    EXPECT_TRUE(truth("age_60_alone_no_pension"));
    of(0)[PersonField::birth] = "1966-06-16";
    EXPECT_FALSE(truth("age_60_alone_no_pension"));
    of(0)[PersonField::birth] = "1950-01-01";
    of(0)[PersonField::pension] = "";
    EXPECT_FALSE(knows("age_60_alone_no_pension"));
    says({"hr.employment", "2026-05", 0, {{"pension_state", "none"}}});
    EXPECT_TRUE(truth("age_60_alone_no_pension"));
    says({"hr.employment", "2026-06", 0, {{"pension_state", "drawing"}}});
    EXPECT_FALSE(truth("age_60_alone_no_pension"));
}

TEST_F(ScreeningFacts, TakeTheLatestAppraisalOfTheHouse) {
    home.values[HouseholdField::house_grade] = "C";
    EXPECT_EQ(text("house_grade"), "C");
    const auto appraise = [&](const std::string& on, const std::string& grade, const std::string& state) {
        says({"housing.dangerous",
              "2026-05",
              0,
              {{"appraised_on", on}, {"grade", grade}, {"rebuild_state", state}}});
    };
    appraise("2026-05-02", "D", "under_way");
    appraise("2026-04-01", "B", "");
    EXPECT_EQ(text("house_grade"), "D");
    EXPECT_TRUE(truth("sole_home"));
    EXPECT_THAT(rows_of("house_grade"), ElementsAre(1));
    appraise("2026-05-20", "D", "other_home");
    EXPECT_FALSE(truth("sole_home"));
    appraise("2026-06-01", "D", "done");
    EXPECT_EQ(text("house_grade"), "A");
}

TEST_F(ScreeningFacts, SeeAnAllowanceGrantedAndThenStopped) {
    const auto grant = [&](const std::string& from, const std::string& until,
                           const std::string& reason = "") {
        says({"civil_affairs.relief",
              "2026-05",
              0,
              {{"relief_kind", "dibao"},
               {"from_month", from},
               {"stopped_month", until},
               {"stop_reason", reason}}});
    };
    EXPECT_FALSE(truth("has_dibao"));
    grant("2026-04", "");
    EXPECT_TRUE(truth("has_dibao"));
    EXPECT_TRUE(truth("dibao_new"));
    EXPECT_FALSE(truth("dibao_stopped"));
    grant("2026-04", "2026-05", "overdue_review");
    EXPECT_FALSE(truth("has_dibao"));
    EXPECT_FALSE(truth("dibao_new"));
    EXPECT_TRUE(truth("dibao_stopped"));
    EXPECT_EQ(text("dibao_stop_reason"), "overdue_review");
    EXPECT_THAT(rows_of("dibao_stopped"), ElementsAre(2));
}

TEST_F(ScreeningFacts, CallAGrantNewWhileItsMonthTouchesTheLastNinetyDays) {
    says({"civil_affairs.relief", "2026-03", 0, {{"relief_kind", "dibao"}, {"from_month", "2026-03"}}});
    today = day(2026, 6, 29);  // ninety days after 31 March
    EXPECT_TRUE(truth("dibao_new"));
    today = day(2026, 6, 30);
    EXPECT_FALSE(truth("dibao_new"));
    EXPECT_TRUE(truth("has_dibao"));
}

TEST_F(ScreeningFacts, KeepAnAllowanceThatWillStopOnlyLater) {
    says({"civil_affairs.relief",
          "2026-06",
          0,
          {{"relief_kind", "tekun"}, {"from_month", "2024-01"}, {"stopped_month", "2026-07"}}});
    EXPECT_TRUE(truth("has_tekun"));
    today = day(2026, 7, 1);
    EXPECT_FALSE(truth("has_tekun"));
}

TEST_F(ScreeningFacts, CountTemporaryAidOfThisMonthAndTheElevenBefore) {
    for (const std::string month : {"2025-06", "2025-07", "2026-06"})
        says({"civil_affairs.relief", month, 1, {{"relief_kind", "temporary"}, {"from_month", month}}});
    EXPECT_EQ(count("temporary_aid_12m"), 2);
    EXPECT_THAT(rows_of("temporary_aid_12m"), ElementsAre(2, 3));
    says({"civil_affairs.relief",
          "2026-05",
          1,
          {{"relief_kind", "temporary"}}});  // no month: that of the file
    EXPECT_EQ(count("temporary_aid_12m"), 3);
}

// Domain specification 2.1: four members, 21,720.00 yuan after deductions, 5,430.00 a head.
TEST_F(ScreeningFacts, DeductCompliantCostsExactlyAndCompareTwoYears) {
    home.members.push_back(registry::testing::member("吉克·木呷", "03", day(2016, 1, 2), 55));
    const Period year{day(2025, 1, 1), day(2025, 12, 31)}, before{day(2024, 1, 1), day(2024, 12, 31)};
    earn(year, IncomeItem::wage, 2'400'000);
    earn(year, IncomeItem::production, 950'000);
    earn(year, IncomeItem::property, 60'000);
    earn(year, IncomeItem::transfer, 432'000);
    earn(year, IncomeItem::production_expense, 520'000);
    earn(year, IncomeItem::compliant_self_paid, 1'350'000);
    earn(year, IncomeItem::insurance_claim, 200'000);
    EXPECT_EQ(money("pc_deducted"), Money::fen(543'000));
    EXPECT_FALSE(knows("pc_deducted_last_year"));
    earn(before, IncomeItem::wage, 4'000'002);
    EXPECT_EQ(money("pc_deducted_last_year"), Money::fen(1'000'001));  // 10,000.005 rounds up
    home.members.back().values[PersonField::member_status] = "3";
    EXPECT_EQ(money("pc_deducted"), Money::fen(724'000));
}

TEST_F(ScreeningFacts, DoNotTakeOneMonthForAYearsIncome) {
    earn({day(2025, 1, 1), day(2025, 12, 31)}, IncomeItem::wage, 3'000'000);
    earn({day(2026, 1, 1), day(2026, 1, 31)}, IncomeItem::wage, 100);
    EXPECT_EQ(money("pc_deducted"), Money::yuan(10'000));
    home.income.erase(home.income.begin());
    EXPECT_FALSE(knows("pc_deducted"));
    for (int back = 1; back < 12; ++back) {
        const Date month = day(2026, 1, 1).plus_months(-back);
        earn({month, month.last_of_month()}, IncomeItem::wage, 100);
    }
    EXPECT_EQ(money("pc_deducted"), Money::fen(400));
}

}  // namespace
}  // namespace ballast::screening
