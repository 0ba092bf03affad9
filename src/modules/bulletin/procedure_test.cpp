#include "bulletin/procedure.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ballast::bulletin {
namespace {

Issue issue_in(State state) {
    Issue out;
    out.state = state;
    out.number = "第1期";
    out.date = Date::parse("2021-06-11").value();
    return out;
}
constexpr Standing ready{
    .articles = 3, .unfinished = 0, .open_findings = 0, .editors = 1, .own = true, .text_checked = true};

std::string refused(const Issue& issue, const Standing& standing, Action action,
                    std::string_view remarks = {}) {
    const auto row = decide({issue, standing, remarks}, action);
    return row ? "" : row.error().id;
}

TEST(Procedure, GoesToTheReviewerOnlyWithCheckedFiguresAndNothingOpen) {
    const auto issue = issue_in(State::checked);
    EXPECT_EQ(refused(issue, ready, Action::submit), "");
    Standing changed = ready;
    changed.text_checked = false;
    EXPECT_EQ(refused(issue, changed, Action::submit), "bulletin.figures_unchecked");
    Standing open = ready;
    open.open_findings = 2;
    const auto row = decide({issue, open, {}}, Action::submit);
    ASSERT_FALSE(row);
    EXPECT_EQ(row.error().id, "bulletin.findings_open");
    EXPECT_EQ(row.error().args.at(0).second, "2");
}

TEST(Procedure, WantsANumberAndADateThatSomebodyConfirmed) {
    auto issue = issue_in(State::checked);
    issue.number.reset();
    EXPECT_EQ(refused(issue, ready, Action::submit), "bulletin.number_missing");
    issue = issue_in(State::checked);
    issue.date.reset();
    EXPECT_EQ(refused(issue, ready, Action::submit), "bulletin.date_missing");
    issue = issue_in(State::checked);
    issue.date_inferred = true;
    EXPECT_EQ(refused(issue, ready, Action::submit), "bulletin.date_inferred");
}

TEST(Procedure, IsReviewedBySomebodyElse) {
    const auto issue = issue_in(State::reviewing);
    EXPECT_EQ(refused(issue, ready, Action::approve), "bulletin.own_issue");
    Standing others = ready;
    others.own = false;
    EXPECT_EQ(refused(issue, others, Action::approve), "");
    EXPECT_EQ(refused(issue, others, Action::send_back, "x"), "bulletin.remarks_missing");
    EXPECT_EQ(refused(issue, others, Action::send_back, "标题不准"), "");
}

TEST(Procedure, RefusesWhatNoRowLists) {
    for (const auto state : {State::collecting, State::editing, State::checked, State::reviewing})
        EXPECT_EQ(refused(issue_in(state), ready, Action::publish), "bulletin.wrong_state");
    EXPECT_EQ(refused(issue_in(State::archived), ready, Action::take_back), "bulletin.wrong_state");
    for (const auto& row : procedure())
        for (const auto from : row.from)
            EXPECT_FALSE(from == State::published && editable(row.to)) << "nothing published becomes a draft";
}

}  // namespace
}  // namespace ballast::bulletin
