// Each rejection of the procedure, by the guard that speaks.
#include "casework/guards.h"

#include <gmock/gmock.h>

#include <functional>
#include <map>

#include "casework/case_testing.h"
#include "casework/consent.h"

namespace ballast::casework {
namespace {

using namespace testing;
using enum State;

struct Rejection {
    std::string_view error;  // without "casework."
    State from;
    Action action;
    Facts facts;
    auth::Actor who;
    int day;  // of June
    std::function<void(Bench&)> before = {};
};

/// `form` with one thing changed.
template <class Form>
Facts but(Form form, const std::function<void(Form&)>& change) {
    change(form);
    return form;
}

void notice_over(Bench& b) { ASSERT_TRUE(b.act(Action::end_publicity, taken_down(), committee, june(12))); }
void explained(Bench& b) { ASSERT_TRUE(b.act(Action::explain, explanation(), officer, june(5))); }
void accepted(Bench& b) {
    explained(b);
    ASSERT_TRUE(b.act(Action::judge, judgement(), township, june(5)));
}
void settled(Bench& b) {
    accepted(b);
    b.now.hits.front().hit.severity = "soft";
}
auth::Actor also(auth::Actor who, auth::Role role, std::string_view area) {
    who.grants.push_back({role, AreaCode::parse(area).value(), ""});
    return who;
}
const auth::Actor officer_at_township = also(officer, auth::Role::township_reviewer, "513431100");
const auth::Actor officer_at_county = also(officer, auth::Role::county_leader, "513431");
const auth::Actor township_in_village = also(township, auth::Role::village_officer, "513431100200");
void judged(Bench& b) {
    Step step;
    step.action = Action::judge;
    step.user = township.user;
    step.account = township.account;
    b.now.steps.push_back(step);
}
const auth::Actor township_at_county = also(township, auth::Role::county_leader, "513431");

std::vector<Rejection> visits() {
    const auto verify = [](std::string_view error, const std::function<void(Visit&)>& change,
                           std::function<void(Bench&)> before = {}) {
        return Rejection{error, opened, Action::verify, but(visit(), change), officer, 2, std::move(before)};
    };
    const auto nothing = [](Visit&) {};
    return {
        verify("nobody_left", nothing, [](Bench& b) { b.around.members.clear(); }),
        verify("visit_in_future", [](Visit& v) { v.visited_on = june(3); }),
        verify("visit_before_clue", [](Visit& v) { v.visited_on = june(1).plus_days(-1); }),
        verify("one_investigator", [](Visit& v) { v.investigators.pop_back(); }),
        verify("no_village_investigator", [](Visit& v) { v.investigators[0].post = "county"; }),
        verify("relation_not_declared", [](Visit& v) { v.investigators[1].no_relation = false; }),
        verify("visit_not_signed", [](Visit& v) { v.signed_by_household = false; }),
        verify("visit_without_photo", [](Visit& v) { v.photos.clear(); }),
        verify("income_missing", [](Visit& v) { v.income.clear(); }),
        verify("income_negative", [](Visit& v) { v.income[0].amount = Money::fen(-1); }),
        verify("guarantee_missing", [](Visit& v) { v.guarantees.pop_back(); }),
        verify("risk_missing", [](Visit& v) { v.risks.clear(); }),
        verify("code_unknown", [](Visit& v) { v.guarantees[2].status = ""; }),
        verify("code_unknown", [](Visit& v) { v.income[0].item = "I9"; }),
        verify("code_unknown", [](Visit& v) { v.risks = {"77"}; }),
        verify("code_unknown", [](Visit& v) { v.investigators[1].post = "moon"; }),
        verify("attachment_unknown", [](Visit& v) { v.photos = {AttachmentId(99)}; }),
    };
}

std::vector<Rejection> authorisations() {
    const auto authorise = [](std::string_view error, const std::function<void(Consent&)>& change) {
        return Rejection{error, verified, Action::authorise, but(consent(), change), officer, 2};
    };
    return {
        authorise("promise_missing", [](Consent& c) { c.promise_of_truth = false; }),
        authorise("party_unknown", [](Consent& c) { c.parties[0].person = 77; }),
        authorise("adult_missing", [](Consent& c) { c.parties.pop_back(); }),
        authorise("consent_unsigned", [](Consent& c) { c.parties[1].signature.clear(); }),
        // A supporting child who lives elsewhere signs in person; nobody signs for her.
        authorise(
            "outsider_must_sign",
            [](Consent& c) {
                c.parties.push_back(
                    {{}, "吉克支铁", "513431199501011239", "supporting_child", "agent", "吉克阿依", {photo}});
            }),
        authorise("outsider_id_wrong",
                  [](Consent& c) {
                      c.parties.push_back(
                          {{}, "吉克支铁", "513431199501011230", "supporting_child", "self", "", {photo}});
                  }),
        // The child of nine does not sign for himself.
        authorise("guardian_missing",
                  [](Consent& c) {
                      c.parties.push_back({3, "", "", "member", "self", "", {photo}});
                  }),
        authorise("consent_without_items", [](Consent& c) { c.items.clear(); }),
        authorise("consent_item_unknown", [](Consent& c) { c.items = {"chat_messages"}; }),
        authorise("purpose_missing", [](Consent& c) { c.purpose = " "; }),
        authorise("consent_over", [](Consent& c) { c.to = june(1); }),
        authorise("consent_too_long", [](Consent& c) { c.to = c.from.plus_months(12).plus_days(1); }),
        {"consent_before_birth", verified, Action::authorise, Facts(consent()), officer, 2,
         [](Bench& b) { b.around.members[0].birth = june(3); }},
        {"reason_missing", verified, Action::refuse_consent,
         but(reasoned(), std::function([](Reasoned& r) { r.reason = ""; })), officer, 2},
    };
}

std::vector<Rejection> comparisons() {
    const auto compare = [](std::string_view error, const std::function<void(Comparison&)>& change,
                            std::function<void(Bench&)> before = {}) {
        return Rejection{error, consented, Action::compare,  but(comparison(), change),
                         clerk, 4,         std::move(before)};
    };
    const auto nothing = [](Comparison&) {};
    return {
        compare("consent_missing", nothing, [](Bench& b) { b.now.consent.reset(); }),
        compare("consent_withdrawn", nothing, [](Bench& b) { b.now.consent_withdrawn = true; }),
        compare("consent_not_yet", nothing, [](Bench& b) { b.now.consent->from = june(5); }),
        // It expired between two clicks.
        compare("consent_expired", nothing, [](Bench& b) { b.now.consent->to = june(3); }),
        compare("outside_consent_items", [](Comparison& c) { c.items.push_back("deposits"); }),
        compare("outside_consent_persons", [](Comparison& c) { c.persons.push_back(3); }),
        compare("code_unknown",
                [](Comparison& c) {
                    c.hits = {{"N3", "dire", 1, "车", "", {}}};
                }),
        compare("compared_in_future", [](Comparison& c) { c.compared_on = june(5); }),
        compare("dated_before_clue", [](Comparison& c) { c.compared_on = june(1).plus_days(-1); }),
    };
}

std::vector<Rejection> explanations() {
    const auto no_hit = [](auto form) {
        form.hit = 5;
        return Facts(form);
    };
    const auto without_reason = but(judgement(), std::function([](Judgement& j) { j.reason = ""; }));
    const auto related = but(judgement(), std::function([](Judgement& j) { j.no_relation = false; }));
    return {
        {"entered_by_reviewer", compared, Action::authorise, consent(), township_in_village, 5, judged},
        {"entered_by_reviewer", explaining, Action::explain, explanation(), township_in_village, 5, accepted},
        {"entered_by_reviewer", publicised, Action::correct, corrected(), township_in_village, 8,
         [](Bench& b) { ASSERT_TRUE(b.act(Action::return_township, returned(), township, june(7))); }},
        {"reviewed_by_investigator", explaining, Action::judge, judgement(), township_at_county, 5,
         [](Bench& b) {
             accepted(b);
             b.now.steps.back().action = Action::judge_county;
         }},
        {"no_such_hit", explaining, Action::explain, no_hit(explanation()), officer, 5},
        {"hit_settled", explaining, Action::explain, explanation(), officer, 5, settled},
        {"explanation_empty", explaining, Action::explain,
         but(explanation(), std::function([](Explanation& e) { e.text = "."; })), officer, 5},
        {"proof_missing", explaining, Action::explain,
         but(explanation(), std::function([](Explanation& e) { e.proof.clear(); })), officer, 5},
        {"no_such_hit", explaining, Action::judge, no_hit(judgement()), township, 5},
        {"hit_settled", explaining, Action::judge, judgement(), township, 5, settled},
        {"reviewed_by_investigator", explaining, Action::judge, judgement(), officer_at_township, 5,
         explained},
        {"reason_missing", explaining, Action::judge, without_reason, township, 5, explained},
        {"relation_undeclared", explaining, Action::judge, related, township, 5, explained},
        {"hit_unexplained", explaining, Action::judge, judgement(), township, 5},
        {"no_such_hit", explaining, Action::judge_county, no_hit(judgement()), leader, 5},
        {"hit_settled", explaining, Action::judge_county, judgement(), leader, 5, settled},
        {"soft_needs_no_county", explaining, Action::judge_county, judgement(), leader, 5,
         [](Bench& b) { b.now.hits.front().hit.severity = "soft"; }},
        {"township_first", explaining, Action::judge_county, judgement(), leader, 5, explained},
        {"approver_entered", explaining, Action::judge_county, judgement(), officer_at_county, 5, accepted},
        {"approver_reviewed", explaining, Action::judge_county, judgement(), township_at_county, 5, accepted},
        {"reason_missing", explaining, Action::judge_county, without_reason, leader, 5, accepted},
        {"relation_undeclared", explaining, Action::judge_county, related, leader, 5, accepted},
        {"hit_unexplained", explaining, Action::judge_county, judgement(), leader, 5,
         [](Bench& b) {
             accepted(b);
             b.now.hits.front().explanation.reset();
         }},
        {"no_hard_hit", explaining, Action::reject_asset, reasoned(), township, 5,
         [](Bench& b) { b.now.hits.front().hit.severity = "soft"; }},
        {"reviewed_by_investigator", explaining, Action::reject_asset, reasoned(), officer_at_township, 5},
        {"reason_missing", explaining, Action::reject_asset,
         but(reasoned(), std::function([](Reasoned& r) { r.reason = ""; })), township, 5},
        {"relation_undeclared", explaining, Action::reject_asset,
         but(reasoned(), std::function([](Reasoned& r) { r.no_relation = false; })), township, 5},
    };
}

std::vector<Rejection> reviews() {
    const auto hold = [](std::string_view error, const std::function<void(Review&)>& change) {
        return Rejection{error, compared, Action::review, but(review(), change), committee, 5};
    };
    const auto votes = [](Review& r, int in_favour, int against, int abstained) {
        r.votes_for = in_favour;
        r.votes_against = against;
        r.abstained = abstained;
    };
    return {
        hold("dated_before_clue", [](Review& r) { r.held_on = june(1).plus_days(-1); }),
        hold("review_in_future", [](Review& r) { r.held_on = june(6); }),
        hold("review_before_comparison", [](Review& r) { r.held_on = june(3); }),
        hold("no_representatives", [](Review& r) { r.entitled = 0; }),
        hold("present_exceeds", [](Review& r) { r.present = 31; }),
        // Two thirds of 30 are 20.
        hold("quorum_missing",
             [=](Review& r) {
                 r.present = 19;
                 votes(r, 17, 1, 1);
             }),
        hold("votes_do_not_add_up", [=](Review& r) { votes(r, 20, 2, 3); }),
        hold("votes_do_not_add_up", [=](Review& r) { votes(r, 25, -3, 2); }),
        hold("relatives_must_abstain", [](Review& r) { r.relatives_present = 3; }),
        hold("comparison_not_read", [](Review& r) { r.comparison_read_out = false; }),
        hold("minutes_missing", [](Review& r) { r.minutes = ""; }),
        hold("review_without_photo", [](Review& r) { r.photos.clear(); }),
        // Not passed, and nobody says why.
        hold("review_reason_missing",
             [=](Review& r) {
                 votes(r, 2, 20, 2);
                 r.reason = "";
             }),
    };
}

std::vector<Rejection> publicities() {
    const auto post = [](std::string_view error, const std::function<void(Posting&)>& change,
                         std::function<void(Bench&)> before = {}) {
        return Rejection{error,     reviewed, Action::publicise, but(posting(), change),
                         committee, 6,        std::move(before)};
    };
    const auto take_down = [](std::string_view error, int day,
                              const std::function<void(TakenDown&)>& change) {
        return Rejection{error, publicised, Action::end_publicity, but(taken_down(), change), committee, day};
    };
    const auto nothing = [](TakenDown&) {};
    return {
        post("posted_in_future", [](Posting& p) { p.posted_on = june(7); }),
        post("posted_before_review", [](Posting& p) { p.posted_on = june(4); }),
        post("hotline_missing", [](Posting& p) { p.hotline = ""; }),
        post("posting_without_photo", [](Posting& p) { p.photos.clear(); }),
        post(
            "notice_leaks", [](Posting&) {}, [](Bench& b) { b.text = "电话13812345678"; }),
        take_down("publicity_too_short", 11, nothing),
        take_down("taken_down_wrong_day", 12, [](TakenDown& t) { t.taken_down_on = june(11); }),
        take_down("taken_down_wrong_day", 12, [](TakenDown& t) { t.taken_down_on = june(13); }),
        take_down("taken_down_without_photo", 12, [](TakenDown& t) { t.photos.clear(); }),
        {"objection_empty", publicised, Action::object,
         but(objection(), std::function([](Objection& o) { o.text = ""; })), officer, 8},
        {"objection_too_late", publicised, Action::object, objection(), officer, 12},
    };
}

std::vector<Rejection> inquiries() {
    std::vector<Rejection> all;
    for (const Action action :
         {Action::dismiss_objection, Action::restart_publicity, Action::repeat_review}) {
        const auto inquire = [&](std::string_view error, const std::function<void(Inquiry&)>& change,
                                 const auth::Actor& who = township) {
            all.push_back({error, objected, action, but(inquiry(), change), who, 8});
        };
        inquire(
            "reviewed_by_investigator", [](Inquiry&) {}, officer_at_township);
        inquire("inquiry_empty", [](Inquiry& i) { i.findings = ""; });
        inquire("dated_before_clue", [](Inquiry& i) { i.inquired_on = june(1).plus_days(-1); }),
            inquire("inquiry_in_future", [](Inquiry& i) { i.inquired_on = june(9); });
        inquire("relation_undeclared", [](Inquiry& i) { i.no_relation = false; });
    }
    all.push_back({"content_changed", objected, Action::dismiss_objection, inquiry(), township, 8,
                   [](Bench& b) { b.around.shown = "otherwise"; }});
    return all;
}

std::vector<Rejection> decisions() {
    const auto unreasoned = but(reasoned(), std::function([](Reasoned& r) { r.reason = ""; }));
    const auto related = but(reasoned(), std::function([](Reasoned& r) { r.no_relation = false; }));
    const auto forward = [](std::string_view error, const std::function<void(TownshipReview&)>& change,
                            std::function<void(Bench&)> before = notice_over,
                            const auth::Actor& who = township, int day = 12) {
        return Rejection{error, publicised, Action::township_review, but(township_review(), change),
                         who,   day,        std::move(before)};
    };
    const auto as_it_is = [](TownshipReview&) {};
    std::vector<Rejection> all{
        forward("publicity_too_short", as_it_is, {}, township, 11),
        forward("publicity_not_ended", as_it_is, {}),
        forward("corrections_open", as_it_is,
                [](Bench& b) {
                    notice_over(b);
                    ASSERT_TRUE(b.act(Action::return_township, returned(), township, june(12)));
                }),
        forward("content_changed", as_it_is,
                [](Bench& b) {
                    notice_over(b);
                    b.around.shown = "otherwise";
                }),
        forward("reviewed_by_investigator", as_it_is, notice_over, officer_at_township),
        forward("opinion_missing", [](TownshipReview& t) { t.opinion = ""; }),
        forward("sample_visit_missing", as_it_is,
                [](Bench& b) {
                    notice_over(b);
                    b.around.sample_due = true;
                }),
        forward("sample_visit_in_future",
                [](TownshipReview& t) {
                    t.sample_visit = {june(13), "属实"};
                }),
        forward("dated_before_clue",
                [](TownshipReview& t) {
                    t.sample_visit = {june(1).plus_days(-1), "属实"};
                }),
        forward("relation_undeclared", [](TownshipReview& t) { t.no_relation = false; }),
        {"reviewed_by_investigator", publicised, Action::return_township, returned(), officer_at_township,
         12},
        {"list_empty", publicised, Action::return_township, Returned{}, township, 12},
        {"no_such_correction", publicised, Action::correct, corrected(), officer, 12},
        {"correction_empty", publicised, Action::correct,
         but(corrected(), std::function([](Corrected& c) { c.note = ""; })), officer, 12,
         [](Bench& b) { ASSERT_TRUE(b.act(Action::return_township, returned(), township, june(12))); }},
    };
    for (const auto& [state, action] :
         {std::pair{objected, Action::reject_objection}, std::pair{publicised, Action::reject_township}}) {
        all.push_back({"reviewed_by_investigator", state, action, reasoned(), officer_at_township, 8});
        all.push_back({"reason_missing", state, action, unreasoned, township, 8});
        all.push_back({"relation_undeclared", state, action, related, township, 8});
    }
    const auto approve = [](std::string_view error, const std::function<void(Approval&)>& change,
                            const auth::Actor& who = leader, int day = 13) {
        return Rejection{error, town_reviewed, Action::approve, but(approval(), change), who, day};
    };
    const auto unchanged = [](Approval&) {};
    const std::vector<Rejection> county{
        approve("approver_entered", unchanged, officer_at_county),
        approve("approver_reviewed", unchanged, township_at_county),
        approve("opinion_missing", [](Approval& a) { a.opinion = ""; }),
        approve("category_missing", [](Approval& a) { a.category = "poor"; }),
        approve("category_unreasoned", [](Approval& a) { a.category = "sudden_severe"; }),
        approve("late_without_reason", unchanged, leader, 17),
        approve("relation_undeclared", [](Approval& a) { a.no_relation = false; }),
        {"approver_entered", town_reviewed, Action::return_county, returned(), officer_at_county, 13},
        {"approver_reviewed", town_reviewed, Action::return_county, returned(), township_at_county, 13},
        {"list_empty", town_reviewed, Action::return_county, Returned{{" "}}, leader, 13},
        {"approver_entered", town_reviewed, Action::reject_county, reasoned(), officer_at_county, 13},
        {"approver_reviewed", town_reviewed, Action::reject_county, reasoned(), township_at_county, 13},
        {"reason_missing", town_reviewed, Action::reject_county, unreasoned, leader, 13},
        {"relation_undeclared", town_reviewed, Action::reject_county, related, leader, 13},
    };
    all.insert(all.end(), county.begin(), county.end());
    return all;
}

std::vector<Rejection> ends() {
    const auto unreasoned = [](Action action, State state) {
        return Rejection{"reason_missing",
                         state,
                         action,
                         but(reasoned("no_risk"), std::function([](Reasoned& r) { r.reason = ""; })),
                         action == Action::close              ? township
                         : action == Action::withdraw_consent ? officer
                                                              : leader,
                         12};
    };
    const auto enrol = [](std::string_view error, const std::function<void(Enrolment&)>& change,
                          std::function<void(Bench&)> before = {}) {
        return Rejection{error, approved, Action::enrol,    but(enrolment(), change),
                         clerk, 13,       std::move(before)};
    };
    const auto unchanged = [](Enrolment&) {};
    const auto help = [](std::string_view error, const std::function<void(GreenHelp&)>& change) {
        return Rejection{error, opened, Action::green_help, but(green_help(), change), township, 2};
    };
    std::vector<Rejection> all{
        enrol("nobody_left", unchanged, [](Bench& b) { b.around.members.clear(); }),
        enrol("person_in_two_households", unchanged, [](Bench& b) { b.around.other_households = 1; }),
        enrol("household_faulty", unchanged, [](Bench& b) { b.around.faults = 2; }),
        enrol("helper_missing", unchanged, [](Bench& b) { b.around.has_helper = false; }),
        enrol("identified_wrong_day", [](Enrolment& e) { e.identified_on = june(12); }),
        enrol("identified_wrong_day", [](Enrolment& e) { e.identified_on = june(14); }),
        help("help_empty", [](GreenHelp& h) { h.helped_by = ""; }),
        help("help_in_future", [](GreenHelp& h) { h.helped_on = june(3); }),
        help("help_before_clue", [](GreenHelp& h) { h.helped_on = june(1).plus_days(-1); }),
        help("proof_missing", [](GreenHelp& h) { h.proof.clear(); }),
        {"reviewed_by_investigator", verified, Action::close, reasoned("no_risk"), officer_at_township, 3},
        {"close_reason_unknown", verified, Action::close, reasoned("bored"), township, 3},
        {"closed_without_visit", opened, Action::close, reasoned("no_risk"), township, 3},
        {"relation_undeclared", verified, Action::close,
         but(reasoned("no_risk"), std::function([](Reasoned& r) { r.no_relation = false; })), township, 3},
        {"extension_days", compared, Action::extend, Extension{31, "等待部门回复"}, leader, 5},
        {"extension_days", compared, Action::extend, Extension{0, "等待部门回复"}, leader, 5},
        {"reason_missing", compared, Action::extend, Extension{3, ""}, leader, 5},
        unreasoned(Action::close, verified),
        unreasoned(Action::pause, verified),
        unreasoned(Action::withdraw_consent, consented),
        unreasoned(Action::withdraw_consent, compared),
        unreasoned(Action::resume, verified),
    };
    all.back().before = [](Bench& b) { ASSERT_TRUE(b.act(Action::pause, reasoned(), leader, june(3))); };
    return all;
}

/// Opening is the one step that leaves from no state.
void nobody_to_open_for() {
    Bench bench;
    bench.around.members.clear();
    EXPECT_EQ(bench.decide(Action::open, Opened{"线索核实", {"05"}}, officer).error().id,
              "casework.nobody_left");
}

TEST(Guards, EachRefusesAndEveryRowIsTriedAgainstEachOfItsGuards) {
    std::set<std::pair<Action, std::string>> tried{{Action::open, "casework.nobody_left"}};
    nobody_to_open_for();
    for (const auto& group : {visits(), authorisations(), comparisons(), explanations(), reviews(),
                              publicities(), inquiries(), decisions(), ends()})
        for (const Rejection& one : group) {
            SCOPED_TRACE(std::string(name_of(one.action)) + " " + std::string(one.error));
            Bench bench = case_in(one.from);
            if (one.before) one.before(bench);
            bench.today = june(one.day);
            const auto refused = bench.decide(one.action, one.facts, one.who);
            ASSERT_FALSE(refused);
            EXPECT_EQ(refused.error().id, "casework." + std::string(one.error));
            tried.emplace(one.action, refused.error().id);
        }
    for (const Row& row : procedure())
        for (const Guard* guard : row.guards)
            EXPECT_TRUE(tried.contains({row.action, std::string(guard->error)}))
                << "nothing tries " << name_of(row.action) << " against " << guard->error;
}

TEST(Guards, SayWhatIsMissing) {
    Bench bench = case_in(compared);
    bench.today = june(5);
    Review thin = review();
    thin.present = 19;
    const auto refused = bench.decide(Action::review, thin, committee);
    using ::testing::Contains;
    using ::testing::Pair;
    EXPECT_THAT(refused.error().args, Contains(Pair("needed", "20")));
    EXPECT_THAT(refused.error().args, Contains(Pair("present", "19")));
}

TEST(Guards, LinzhouLetsTheComparisonRunBesideTheReview) {
    Bench bench = case_in(compared);
    bench.terms =
        Terms::in_force(packs::load("casework").value(), AreaCode::parse("410581100200").value(), june(1))
            .value();
    bench.today = june(5);
    Review earlier = review();
    earlier.held_on = june(3);
    EXPECT_TRUE(bench.decide(Action::review, earlier, committee));
}

TEST(Consent, IsProofOnlyWhileItHolds) {
    const Bench bench = case_in(consented);
    EXPECT_EQ(ConsentProof::of(case_in(verified).now, june(2)).error().id, "casework.consent_missing");
    EXPECT_EQ(ConsentProof::of(bench.now, june(1)).error().id, "casework.consent_not_yet");
    const auto proof = ConsentProof::of(bench.now, june(2).plus_months(12));
    ASSERT_TRUE(proof);
    EXPECT_TRUE(proof->allows("vehicle"));
    EXPECT_FALSE(proof->allows("deposits"));
    EXPECT_EQ(proof->persons().size(), 2u);
    EXPECT_EQ(ConsentProof::of(bench.now, june(3).plus_months(12)).error().id, "casework.consent_expired");
}

}  // namespace
}  // namespace ballast::casework
