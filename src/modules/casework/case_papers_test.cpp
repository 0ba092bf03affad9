// A case's papers filled in, read back as HTML.
#include "casework/case_papers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "casework/case_testing.h"
#include "casework/measure.h"
#include "document/render.h"

namespace ballast::casework {
namespace {

using namespace testing;
using papers::Kind;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;
using H = registry::HouseholdField;
using P = registry::PersonField;

registry::Member member(std::int64_t id, const char* name, const char* id_number, const char* relation) {
    registry::Member out{.id = registry::PersonId(id), .values = {}};
    out.values[P::name] = name;
    out.values[P::id_number] = id_number;
    out.values[P::relation] = relation;
    out.values[P::phone] = "138****8000";
    out.values[P::work_months] = "65";
    out.values[P::member_status] = "1";
    return out;
}

const Offices::Office agency{village, june(1), "昭觉县防返贫监测工作专班", "0834-8300000", ""};

registry::Household home() {
    registry::Household out;
    out.household_no = "513431001";
    out.village = village;
    out.values[H::group_name] = "三组";
    out.values[H::household_kind] = "01";
    out.values[H::land_arable] = "250";
    out.values[H::helper] = "何志强";
    out.members = {member(1, "吉克阿依", "513431********0021", "01"),
                   member(2, "吉克木呷", "513431********0013", "02"),
                   member(3, "吉克伍果", "513431********0046", "03")};
    return out;
}

CaseFile file_of(const Bench& bench) {
    CaseFile file{.now = bench.now,
                  .terms = bench.terms,
                  .around = bench.around,
                  .line = {},
                  .measured = {},
                  .proposal = {},
                  .attachments = {}};
    file.now.number = "2021-000041";
    file.now.source = "grassroots_check";
    if (!file.now.visit) return file;
    static const packs::Pack lines = packs::load("screening").value();
    file.line = lines.bind("monitoring_line", june(2), village).value();
    file.measured = measure(*file.now.visit, 3, Money::yuan(6'000), registry::Bound::strict).value();
    file.proposal = propose(findings(file.now, *file.measured, false));
    return file;
}

std::string shown(const Bench& bench, Kind kind) {
    auto tree = paper(file_of(bench), home(), kind, words::Language::zh, june(13));
    EXPECT_TRUE(tree) << tree.error().id;
    return document::html(*tree);
}

TEST(CasePapers, AFormCanBeTakenAlongWithWhatTheRegisterKnows) {
    const Bench bench = case_in(State::opened);
    const std::string page = shown(bench, Kind::visit_form);
    for (const char* known : {"吉克伍果", "513431********0021", "138****8000", "2021-000041", "☑基层干部排查",
                              "☑因意外事故", ">6.5<", ">2.5<"})
        EXPECT_THAT(page, HasSubstr(known));
    EXPECT_THAT(page, Not(HasSubstr("☑是")));
    const std::string consent = shown(bench, Kind::consent);
    EXPECT_THAT(consent, HasSubstr("吉克木呷"));
    EXPECT_THAT(consent, Not(HasSubstr("吉克伍果")));  // nine years old
}

TEST(CasePapers, WhatTellsOfSomethingDoneWaitsForIt) {
    const Bench bench = case_in(State::compared);
    for (const Kind kind :
         {Kind::notice, Kind::decision_letter, Kind::rejection_letter, Kind::announcement, Kind::enrolment}) {
        EXPECT_THAT(printable_papers(bench.now), Not(Contains(kind)));
        EXPECT_EQ(paper(file_of(bench), home(), kind, words::Language::zh, june(4)).error().id,
                  "casework.paper_not_yet");
    }
}

TEST(CasePapers, AnEnrolledCasePrintsAllButTheRejection) {
    const Bench bench = case_in(State::enrolled);
    ASSERT_EQ(bench.now.state, State::enrolled);
    for (const Kind kind : papers::kinds) {
        const bool told = kind != Kind::rejection_letter;
        EXPECT_EQ(std::ranges::count(printable_papers(bench.now), kind), told ? 1 : 0);
        if (!told) continue;
        EXPECT_THAT(shown(bench, kind), Not(HasSubstr("casework."))) << papers::name_of(kind);
    }
    const std::string visited = shown(bench, Kind::visit_form);
    EXPECT_THAT(visited, HasSubstr("15,000.00"));
    EXPECT_THAT(visited, HasSubstr("2020年6月1日"));
    EXPECT_THAT(visited, HasSubstr("陈秀英"));
    const std::string held = shown(bench, Kind::minutes);
    EXPECT_THAT(held, HasSubstr("3 分之 2（假设值）"));
    EXPECT_THAT(held, HasSubstr("到会人数的 50%（假设值）"));
    EXPECT_THAT(shown(bench, Kind::review_form), HasSubstr("材料齐全，同意上报"));
    EXPECT_THAT(shown(bench, Kind::approval_form), HasSubstr("☑边缘易致贫户"));
    const std::string letter = shown(bench, Kind::decision_letter);
    EXPECT_THAT(letter, HasSubstr("何志强"));
    EXPECT_THAT(letter, HasSubstr("15（假设值）"));
    EXPECT_THAT(shown(bench, Kind::enrolment), HasSubstr("2021年6月13日"));
}

// Without a named office a letter is a draft, and has no head.
TEST(CasePapers, CarryTheNameOfTheOfficeThatSigns) {
    const Bench bench = case_in(State::enrolled);
    CaseFile file = file_of(bench);
    const auto printed = [&](Kind kind) {
        return document::html(*paper(file, home(), kind, words::Language::zh, june(13)));
    };
    for (const Kind kind : {Kind::decision_letter, Kind::announcement})
        EXPECT_THAT(printed(kind), Not(HasSubstr("防返贫监测工作专班")));
    file.office = agency;
    for (const Kind kind : {Kind::decision_letter, Kind::announcement})
        EXPECT_THAT(printed(kind), HasSubstr("昭觉县防返贫监测工作专班")) << papers::name_of(kind);
}

// Domain specification 7.4: in full only where the area's rule says so.
TEST(CasePapers, ShowAFullNameWhereTheRuleOfTheAreaSaysSo) {
    const Bench bench = case_in(State::publicised);
    CaseFile file = file_of(bench);
    auto pack = packs::load("casework").value();
    for (auto& parameter : pack.parameters)
        if (parameter.name == "notice_full_name") parameter.values.front().value = Decimal(1);
    file.terms = Terms::in_force(pack, village, june(1)).value();
    const auto page = document::html(*paper(file, home(), Kind::notice, words::Language::zh, june(13)));
    EXPECT_THAT(page, HasSubstr("吉克阿依"));
    EXPECT_THAT(page, Not(HasSubstr("513431")));
}

TEST(CasePapers, TheNoticeSaysNoMoreThanItMay) {
    const Bench bench = case_in(State::publicised);
    const std::string page = shown(bench, Kind::notice);
    EXPECT_THAT(page, HasSubstr("吉**依"));
    EXPECT_THAT(page, HasSubstr("2021年6月11日"));  // five days from the day after posting
    for (const char* kept_back : {"吉克", "513431", "138", "车祸", "意外", "易致贫户"})
        EXPECT_THAT(page, Not(HasSubstr(kept_back))) << kept_back;
    CaseFile file = file_of(bench);
    file.around.shown = "日历村\n三组\n张* 13812345678\n3";
    EXPECT_EQ(paper(file, home(), Kind::notice, words::Language::zh, june(6)).error().id,
              "casework.notice_leaks");
}

TEST(CasePapers, ARejectedHouseholdIsToldWhy) {
    Bench bench = case_in(State::opened);
    bench.act(Action::verify, visit(), officer, june(2)).value();
    bench.act(Action::refuse_consent, reasoned("refused_consent"), officer, june(2)).value();
    ASSERT_EQ(bench.now.state, State::closed);
    CaseFile file = file_of(bench);
    file.office = agency;
    const auto letter = paper(file, home(), Kind::rejection_letter, words::Language::zh, june(13));
    ASSERT_TRUE(letter) << letter.error().id;
    const std::string page = document::html(*letter);
    EXPECT_THAT(page, HasSubstr("拒绝授权"));
    EXPECT_THAT(page, HasSubstr("情况已核实清楚"));
    EXPECT_THAT(page, HasSubstr("不纳入"));
    // No notice has hung, with the village's number on it: the office's own.
    EXPECT_THAT(page, HasSubstr("0834-8300000"));
}

}  // namespace
}  // namespace ballast::casework
