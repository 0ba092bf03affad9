// Every paper, empty and filled, as text: what must stand there and what must not.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "document/render.h"
#include "papers/authorisation.h"
#include "papers/decision.h"
#include "papers/kinds.h"
#include "papers/minutes.h"
#include "papers/publicity.h"
#include "papers/review.h"
#include "papers/visit_form.h"

namespace ballast::papers {
namespace {

using testing::HasSubstr;
using testing::Not;

const Date today = *Date::from(2026, 11, 23);

std::string shown(const document::Document& paper) { return document::html(paper); }

Matter matter() {
    return {.case_no = "ZJ-2026-0041",
            .household_no = "513431001",
            .head = "吉克阿依",
            .place = {.county = "昭觉县", .township = "解放沟镇", .village = "火普村", .group = "三组"},
            .printed_on = today};
}

TEST(Papers, EveryKindPrintsEmptyInBothLanguages) {
    for (const Kind kind : kinds)
        for (const Language language : {Language::zh, Language::en}) {
            const auto paper = blank(kind, language, today);
            EXPECT_EQ(paper.title, title_of(kind, language));
            const std::string page = shown(paper);
            EXPECT_THAT(page, Not(HasSubstr("papers."))) << name_of(kind);  // an id without a sentence
            EXPECT_THAT(page, Not(HasSubstr("registry."))) << name_of(kind);
            EXPECT_THAT(page, Not(HasSubstr("screening."))) << name_of(kind);
            EXPECT_THAT(page, Not(HasSubstr("☑"))) << name_of(kind);
            EXPECT_TRUE(document::pdf(paper)) << name_of(kind);
            EXPECT_EQ(kind_of(name_of(kind)), kind);
        }
    EXPECT_EQ(kind_of("cheque"), std::nullopt);
}

// The example of domain specification 2.1.
VisitIncome worked_example() {
    return {.window = {*Date::from(2025, 11, 1), *Date::from(2026, 10, 31)},
            .wage = Money::yuan(24'000),
            .production = Money::yuan(9'500),
            .production_expense = Money::yuan(5'200),
            .property = Money::yuan(600),
            .transfer = Money::yuan(4'320),
            .self_paid = Money::yuan(13'500),
            .claims = Money::yuan(2'000),
            .transfers = {{"low_income", Money::yuan(4'320)}},
            .net = Money::yuan(33'220),
            .deducted = Money::yuan(21'720),
            .members = 4,
            .net_per_head = Money::yuan(8'305),
            .deducted_per_head = Money::yuan(5'430)};
}

TEST(VisitForm, WorksTheFormulasOutLineByLine) {
    VisitForm visit{.matter = matter()};
    visit.income = worked_example();
    visit.line = Parameter<Money>{.value = Money::yuan(7'500), .assumed = true, .authority = "测试数据"};
    visit.below_line = true;
    const std::string page = shown(visit_form(visit, Language::zh));
    for (const char* number :
         {"33,220.00", "21,720.00", "8,305.00", "5,430.00", "2025年11月1日", "2026年10月31日"})
        EXPECT_THAT(page, HasSubstr(number));
    EXPECT_THAT(page, HasSubstr("7,500.00 元（假设值）"));
    EXPECT_THAT(page, HasSubstr("依据：测试数据"));
}

TEST(VisitForm, MasksIdNumbersUnlessTheyWereRevealed) {
    const CitizenId id = CitizenId::parse("11010519491231002X", today)->id;
    VisitForm visit{.matter = matter()};
    visit.members = {{.name = "吉克阿依", .id = id, .relation = "01", .sex = "2", .health = "2,4"}};
    const std::string masked = shown(visit_form(visit, Language::zh));
    EXPECT_THAT(masked, HasSubstr("110105********002X"));
    EXPECT_THAT(masked, Not(HasSubstr("11010519491231002X")));
    EXPECT_THAT(masked, HasSubstr("长期慢性病、残疾"));
    visit.members[0].id = IdNumber::as_shown(id.reveal());
    EXPECT_THAT(shown(visit_form(visit, Language::zh)), HasSubstr("11010519491231002X"));
}

TEST(VisitForm, TicksWhatWasFoundAndKeepsEveryMember) {
    VisitForm visit{.matter = matter(), .source = "department_screening"};
    visit.guarantees = {{.item = "housing", .status = "not_secured", .remark = "D级"}};
    visit.risks = {"07", "01"};
    visit.members.resize(23);
    visit.members.back().name = "最后一人";
    const std::string page = shown(visit_form(visit, Language::zh));
    EXPECT_THAT(page, HasSubstr("☑部门筛查预警"));
    EXPECT_THAT(page, HasSubstr("☑未保障"));
    EXPECT_THAT(page, HasSubstr("☑产业项目失败"));
    EXPECT_THAT(page, HasSubstr("☐因残"));
    EXPECT_THAT(page, HasSubstr("最后一人"));
}

TEST(Authorisation, SaysWhatForHowLongAndHowToWithdraw) {
    Authorisation paper{.matter = matter()};
    paper.items = {"vehicle", "deposits"};
    paper.valid = Period{today, *Date::from(2027, 11, 22)};
    paper.withdrawal_contact = "解放沟镇人民政府";
    const std::string page = shown(authorisation(paper, Language::zh));
    EXPECT_THAT(page, HasSubstr("☑车辆"));
    EXPECT_THAT(page, HasSubstr("☐房产"));
    EXPECT_THAT(page, HasSubstr("2027年11月22日"));
    EXPECT_THAT(page, HasSubstr("撤回"));
}

TEST(Minutes, PrintTheVotesAndSayWhichSharesAreAssumed) {
    Minutes paper{.matter = matter()};
    paper.votes_for = 21;
    paper.votes_against = 2;
    paper.quorum = Parameter<std::string>{.value = "三分之二", .assumed = true};
    paper.passed = true;
    paper.abstaining = {"吉克拉铁", "吉克木呷"};
    const std::string page = shown(minutes(paper, Language::zh));
    EXPECT_THAT(page, HasSubstr("三分之二（假设值）"));
    EXPECT_THAT(page, HasSubstr("吉克拉铁、吉克木呷"));
    EXPECT_THAT(page, HasSubstr(">21<"));
}

TEST(Notice, ShowsOnlyWhatMayBePublished) {
    Notice paper{.place = matter().place};
    paper.households = {{.head = "吉克·阿依",
                         .group = "三组",
                         .members = 4,
                         .category = Category::marginal,
                         .primary_risk = "01"}};
    paper.days = Parameter<int>{.value = 5};
    paper.hotline = "0834-2123456";
    const std::string page = shown(notice(paper, Language::zh));
    EXPECT_THAT(page, HasSubstr("吉***依"));
    EXPECT_THAT(page, Not(HasSubstr("吉克")));
    EXPECT_THAT(page, Not(HasSubstr("因病")));
    EXPECT_THAT(page, HasSubstr("家庭突发困难"));
    EXPECT_THAT(page, HasSubstr("0834-2123456"));
    EXPECT_THAT(page, Not(HasSubstr("假设值")));
    paper.names = Names::in_full;
    EXPECT_THAT(shown(notice(paper, Language::zh)), HasSubstr("吉克·阿依"));
}

TEST(PublicReason, OfHealthIsHardship) {
    for (const char* risk : {"01", "02", "13"}) EXPECT_EQ(public_reason(risk, Language::zh), "家庭突发困难");
    EXPECT_EQ(public_reason("04", Language::zh), "因灾");
    EXPECT_EQ(public_reason("", Language::zh), "");
}

TEST(Letters, GiveTheReasonsAndHowToObject) {
    Decision paper{.matter = matter(), .reasons = {"家庭人均收入高于监测范围。", "查有在营企业。"}};
    paper.objection_days = Parameter<int>{.value = 15, .assumed = true};
    paper.objection_to = "解放沟镇人民政府";
    const std::string no = shown(rejection_letter(paper, Language::zh));
    EXPECT_THAT(no, HasSubstr("查有在营企业。"));
    EXPECT_THAT(no, HasSubstr("15（假设值）"));
    EXPECT_THAT(no, HasSubstr("不纳入"));
    paper.category = Category::sudden_severe;
    EXPECT_THAT(shown(decision_letter(paper, Language::zh)), HasSubstr("突发严重困难户"));
}

TEST(Reviews, ShowTheStepsAndTheOpinion) {
    CaseSummary summary{.matter = matter(), .deducted_per_head = Money::yuan(5'430)};
    summary.steps = {{.name = "publicity", .done_on = today, .by = "火普村", .result = "无异议"}};
    TownshipReview paper{
        .summary = summary, .opinion = Opinion::returned, .reasons = "缺照片", .leader = {.name = "罗书记"}};
    const std::string page = shown(township_review(paper, Language::zh));
    EXPECT_THAT(page, HasSubstr("☑退回补正"));
    EXPECT_THAT(page, HasSubstr("无异议"));
    EXPECT_THAT(page, HasSubstr("罗书记"));
    EXPECT_THAT(shown(county_approval({.summary = summary, .category = Category::marginal}, Language::zh)),
                HasSubstr("☑边缘易致贫户"));
}

TEST(Papers, AValueCannotMakeAPlaceOrABlank) {
    Decision paper{.matter = matter()};
    paper.matter.head = "{helper}____<b>";
    const std::string page = shown(decision_letter(paper, Language::zh));
    EXPECT_THAT(page, HasSubstr("{helper}____&lt;b&gt;"));
}

}  // namespace
}  // namespace ballast::papers
