#include "casework/procedure.h"

#include <gmock/gmock.h>

#include <functional>
#include <map>

#include "casework/case_testing.h"
#include "words/words.h"

namespace ballast::casework {
namespace {

using namespace testing;
using enum State;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

// -- every row's path --------------------------------------------------------------------------------------

struct Path {
    State from;
    Action action;
    Facts facts;
    const auth::Actor& who;
    int day;  // of June
    State to;
    std::string reason = "";
    std::function<void(Bench&)> before = {};
};

void notice_over(Bench& bench) {
    ASSERT_TRUE(bench.act(Action::end_publicity, taken_down(), committee, june(12)));
}
void explained(Bench& bench) { ASSERT_TRUE(bench.act(Action::explain, explanation(), officer, june(5))); }
void accepted_by_the_township(Bench& bench) {
    explained(bench);
    ASSERT_TRUE(bench.act(Action::judge, judgement(), township, june(5)));
}
/// The car is soft: the township alone settles it.
void soft_and_explained(Bench& bench) {
    bench.now.hits.front().hit.severity = "soft";
    explained(bench);
}
void to_be_mended(Bench& bench) {
    ASSERT_TRUE(bench.act(Action::return_township, returned(), township, june(12)));
}
void paused(Bench& bench) { ASSERT_TRUE(bench.act(Action::pause, reasoned(), leader, june(3))); }
Review lost() {
    Review minutes = review();
    minutes.votes_for = 12;  // exactly half of the 24 present
    minutes.votes_against = 10;
    return minutes;
}

std::vector<Path> paths() {
    return {
        {opened, Action::verify, visit(), officer, 2, verified},
        {verified, Action::authorise, consent(), officer, 2, consented},
        {compared, Action::authorise, consent(), officer, 5, consented},
        {verified, Action::refuse_consent, reasoned(), officer, 2, closed, "refused_consent"},
        {consented, Action::withdraw_consent, reasoned(), officer, 3, verified},
        {compared, Action::withdraw_consent, reasoned(), officer, 5, compared},
        {consented, Action::withdraw_consent, reasoned(), somebody(), 3, verified},
        {compared, Action::withdraw_consent, reasoned(), somebody(), 5, compared},
        {consented, Action::compare, comparison(), clerk, 4, compared},
        {consented, Action::compare, comparison({car}), township, 4, explaining},
        {explaining, Action::explain, explanation(), officer, 5, explaining},
        {explaining, Action::judge, judgement(), township, 5, compared, "", soft_and_explained},
        {explaining, Action::judge, judgement(), township, 5, explaining, "", explained},
        {explaining, Action::judge_county, judgement(), leader, 6, compared, "", accepted_by_the_township},
        {explaining, Action::judge_county, judgement(false), leader, 6, explaining, "",
         accepted_by_the_township},
        {explaining, Action::reject_asset, reasoned(), township, 6, rejected, "asset"},
        {compared, Action::review, review(), committee, 5, reviewed},
        {compared, Action::review, lost(), committee, 5, rejected, "review"},
        {reviewed, Action::publicise, posting(), committee, 6, publicised},
        {publicised, Action::end_publicity, taken_down(), committee, 12, publicised},
        {publicised, Action::object, objection(), officer, 8, objected},
        {objected, Action::dismiss_objection, inquiry(), township, 8, publicised},
        {objected, Action::restart_publicity, inquiry(), township, 8, reviewed},
        {objected, Action::repeat_review, inquiry(), township, 8, compared},
        {objected, Action::reject_objection, reasoned(), township, 8, rejected, "objection"},
        {publicised, Action::township_review, township_review(), township, 12, town_reviewed, "",
         notice_over},
        {publicised, Action::return_township, returned(), township, 12, publicised},
        {publicised, Action::correct, corrected(), officer, 13, publicised, "", to_be_mended},
        {publicised, Action::reject_township, reasoned(), township, 12, rejected, "township"},
        {town_reviewed, Action::approve, approval(), leader, 13, approved},
        {town_reviewed, Action::return_county, returned(), leader, 13, publicised},
        {town_reviewed, Action::reject_county, reasoned(), leader, 13, rejected, "county"},
        {approved, Action::enrol, enrolment(), clerk, 13, enrolled},
        {verified, Action::close, reasoned("no_risk"), township, 3, closed, "no_risk"},
        {opened, Action::green_help, green_help(), township, 2, opened},
        {compared, Action::extend, extension(), leader, 5, compared},
        {consented, Action::pause, reasoned(), leader, 3, consented},
        {consented, Action::resume, reasoned(), leader, 4, consented, "", paused},
    };
}

TEST(Procedure, EveryRowLeadsWhereItSays) {
    std::set<const Row*> taken;
    Bench unopened;
    const auto opening = unopened.act(Action::open, Opened{"线索核实", {"05"}}, officer, june(1));
    ASSERT_TRUE(opening);
    taken.insert(*opening);
    for (const Path& path : paths()) {
        SCOPED_TRACE(std::string(name_of(path.from)) + " " + std::string(name_of(path.action)));
        Bench bench = case_in(path.from);
        if (path.before) path.before(bench);
        const auto row = bench.act(path.action, path.facts, path.who, june(path.day));
        ASSERT_TRUE(row) << row.error().id;
        EXPECT_EQ(name_of(bench.now.state), name_of(path.to));
        EXPECT_EQ(bench.now.reason, path.reason);
        taken.insert(*row);
    }
    for (const Row& row : procedure())
        EXPECT_TRUE(taken.contains(&row))
            << "no path takes " << row.step << " " << name_of(row.action) << " " << row.when.name;
}

TEST(Procedure, WhatNoRowListsIsRefused) {
    for (const State state : all_states()) {
        if (state == rejected || state == closed) continue;  // reached below
        for (const Action action : all_actions()) {
            const bool listed = std::ranges::any_of(procedure(), [&](const Row& row) {
                return row.action == action && row.from.contains(state);
            });
            if (listed) continue;
            const Bench bench = case_in(state);
            const auto refused = bench.decide(action, reasoned(), auth::system_actor("test"));
            ASSERT_FALSE(refused) << name_of(state) << " " << name_of(action);
            EXPECT_EQ(refused.error().id, "casework.wrong_state");
        }
    }
}

TEST(Procedure, AnEndedCaseTakesNoFurtherStep) {
    Bench refused = case_in(verified);
    ASSERT_TRUE(refused.act(Action::refuse_consent, reasoned(), officer, june(2)));
    for (const Action action : all_actions())
        EXPECT_EQ(refused.decide(action, reasoned(), auth::system_actor("test")).error().id,
                  "casework.wrong_state");
}

TEST(Procedure, OnlyTheRoleThatTheRowNamesTakesTheStepAndOnlyInItsArea) {
    const Bench bench = case_in(opened);
    EXPECT_EQ(bench.decide(Action::verify, visit(), committee).error().id, "auth.not_allowed");
    EXPECT_EQ(bench.decide(Action::verify, visit(), leader).error().id, "auth.not_allowed");
    const auto elsewhere = actor("bai", auth::Role::village_officer, "513431100201");
    EXPECT_EQ(bench.decide(Action::verify, visit(), elsewhere).error().id, "auth.not_allowed");
}

TEST(Procedure, EverythingWaitsWhilePausedButHelpObjectionsAndWithdrawal) {
    Bench bench = case_in(consented);
    paused(bench);
    EXPECT_EQ(bench.decide(Action::compare, comparison(), clerk).error().id, "casework.paused");
    EXPECT_TRUE(bench.decide(Action::green_help, green_help(), township));
    EXPECT_TRUE(bench.decide(Action::withdraw_consent, reasoned(), officer));
    ASSERT_TRUE(bench.act(Action::resume, reasoned(), leader, june(6)));
    EXPECT_EQ(bench.now.paused_days(june(20)), 3);
    EXPECT_EQ(bench.decide(Action::resume, reasoned(), leader).error().id, "casework.not_paused");
}

// -- what the specification's scenarios ask ----------------------------------------------------------------

// Posted on the 6th, five whole days are the 7th to the 11th; from the 12th the township may act.
TEST(Procedure, ANoticeMayNotBeCutShort) {
    Bench bench = case_in(publicised);
    bench.today = june(11);
    EXPECT_EQ(bench.decide(Action::township_review, township_review(), township).error().id,
              "casework.publicity_too_short");
    notice_over(bench);
    EXPECT_TRUE(bench.act(Action::township_review, township_review(), township, june(12)));
}

TEST(Procedure, AChangedHouseholdBringsItsNoticeBackToDayNought) {
    Bench bench = case_in(objected);
    bench.around.shown = "four members now";
    bench.today = june(8);
    EXPECT_EQ(bench.decide(Action::dismiss_objection, inquiry(), township).error().id,
              "casework.content_changed");
    ASSERT_TRUE(bench.act(Action::restart_publicity, inquiry(), township, june(9)));
    Posting anew = posting();
    anew.posted_on = june(9);
    anew.shown = "four members now";
    ASSERT_TRUE(bench.act(Action::publicise, anew, committee, june(9)));
    EXPECT_EQ(publicity(bench.now, bench.terms).next_step(), june(15));
}

TEST(Procedure, AnObjectionThatChangesNothingDoesNotStopTheClock) {
    Bench bench = case_in(objected);
    ASSERT_TRUE(bench.act(Action::dismiss_objection, inquiry(), township, june(8)));
    EXPECT_EQ(publicity(bench.now, bench.terms).next_step(), june(12));
}

TEST(Procedure, WhoEntersDoesNotReviewAndWhoReviewsDoesNotApprove) {
    Bench bench = case_in(publicised);
    notice_over(bench);
    auth::Actor both = officer;
    both.grants.push_back({auth::Role::township_reviewer, AreaCode::parse("513431100").value(), ""});
    EXPECT_EQ(bench.decide(Action::township_review, township_review(), both).error().id,
              "casework.reviewed_by_investigator");

    bench = case_in(town_reviewed);
    auth::Actor risen = township;
    risen.grants.push_back({auth::Role::county_leader, AreaCode::parse("513431").value(), ""});
    EXPECT_EQ(bench.decide(Action::approve, approval(), risen).error().id, "casework.approver_reviewed");
    auth::Actor entered = officer;
    entered.grants.push_back({auth::Role::county_leader, AreaCode::parse("513431").value(), ""});
    EXPECT_EQ(bench.decide(Action::approve, approval(), entered).error().id, "casework.approver_entered");
}

TEST(Procedure, AnInvestigatorNamedOnTheFormIsOneEvenWithoutAnAccount) {
    Bench bench = case_in(publicised);
    notice_over(bench);
    auth::Actor namesake = township;
    namesake.name = "何志强";
    EXPECT_EQ(bench.decide(Action::township_review, township_review(), namesake).error().id,
              "casework.reviewed_by_investigator");
}

TEST(Procedure, AnUnexplainedCarIsPutToThePeopleAndNeverDecidedByTheMachine) {
    Bench bench = case_in(explaining);
    EXPECT_EQ(bench.decide(Action::review, review(), committee).error().id, "casework.wrong_state");
    EXPECT_EQ(bench.decide(Action::judge, judgement(), township).error().id, "casework.hit_unexplained");
    accepted_by_the_township(bench);
    EXPECT_EQ(bench.now.state, explaining);  // hard: the county too
    ASSERT_TRUE(bench.act(Action::judge_county, judgement(), leader, june(6)));
    EXPECT_EQ(bench.now.state, compared);
}

TEST(Procedure, ANewExplanationIsJudgedAnew) {
    Bench bench = case_in(explaining);
    accepted_by_the_township(bench);
    ASSERT_TRUE(bench.act(Action::explain, explanation(), officer, june(6)));
    EXPECT_EQ(bench.decide(Action::judge_county, judgement(), leader).error().id, "casework.township_first");
}

TEST(Procedure, ItSaysWhatThisUserMayDoAndWhatIsMissing) {
    Bench bench = case_in(publicised);
    const auto township_may = possible(bench.now, township, bench.terms, bench.around, june(8));
    std::map<Action, std::vector<std::string>> missing;
    for (const auto& one : township_may)
        for (const auto& error : one.missing) missing[one.row->action].push_back(error.id);
    EXPECT_THAT(missing[Action::township_review],
                ElementsAre("casework.publicity_too_short", "casework.publicity_not_ended"));
    for (const auto& one : possible(bench.now, officer, bench.terms, bench.around, june(8)))
        EXPECT_NE(one.row->action, Action::township_review);
}

TEST(Procedure, ItKnowsWhoseTurnItIsAndByWhen) {
    const auto turn = [](State state) {
        const Bench bench = case_in(state);
        return awaited(bench.now, bench.terms);
    };
    EXPECT_EQ(turn(opened)->action, Action::verify);
    EXPECT_EQ(turn(opened)->due.last_day, june(3));
    EXPECT_EQ(turn(publicised)->action, Action::end_publicity);
    EXPECT_EQ(turn(approved)->who, auth::Right::cases_enrol);
    EXPECT_FALSE(turn(enrolled));
}

// -- the words of the table --------------------------------------------------------------------------------

TEST(Procedure, EveryGuardHasItsSentenceInBothLanguagesAndEveryLimitItsParameter) {
    const Bench bench;
    for (const Row& row : procedure()) {
        for (const Guard* guard : row.guards)
            for (const auto language : {words::Language::zh, words::Language::en})
                EXPECT_NE(words::say(guard->error, language, {}), guard->error);
        if (!row.limit.empty()) {
            EXPECT_EQ(bench.terms.limit(row.limit).name, row.limit);
        }
    }
}

}  // namespace
}  // namespace ballast::casework
