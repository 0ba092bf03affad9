// Cases through their own doors, on both databases.
#include "casework/case_file.h"

#include <gmock/gmock.h>

#include <filesystem>

#include "areas/areas.h"
#include "audit/audit.h"
#include "casework/case_testing.h"
#include "casework/clue_receive.h"
#include "casework/facts_json.h"
#include "casework/notices.h"
#include "db_testing/failing_database.h"
#include "db_testing/testing.h"
#include "registry/household_file.h"
#include "registry/import.h"
#include "registry/test_households.h"

namespace ballast::casework {
namespace {

using namespace testing;
using registry::testing::zhaojue;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

Instant noon(Date day) { return Instant{day.days() * 86'400'000LL + 4 * 3'600'000LL}; }

/// One household of three, received through the register's door.
class Cases : public db_testing::OnBothEngines {
protected:
    void SetUp() override {
        OnBothEngines::SetUp();
        if (IsSkipped()) return;
        const auto& division = areas::Division::shipped();
        const auto town = division.children(zhaojue).at(0).code;
        home_village = division.children(town).at(0).code;
        for (auto* who : {&officer, &committee}) who->grants[0].area = home_village;
        township.grants[0].area = town;
        const auto path = registry::testing::write_book(
            files, "册.xlsx",
            {{"户信息",
              {"户编号", "行政村代码", "农户类型", "村民小组"},
              {{"0001", home_village.digits(), "一般农户", "三组"}},
              ""},
             {"成员信息",
              {"户编号", "姓名", "证件号码", "与户主关系"},
              {{"0001", "吉克·阿依", registry::testing::id_of(Date::from(1980, 3, 1).value(), 12), "户主"},
               {"0001", "沙马·木果", registry::testing::id_of(Date::from(1979, 3, 1).value(), 11), "配偶"},
               {"0001", "吉克·伍加", registry::testing::id_of(Date::from(2012, 9, 1).value(), 44), "之子"}},
              ""}});
        const auto id = registry::receive(database(), *vault, system, {zhaojue, "册.xlsx", "建档", june(1)},
                                          {{path, "册.xlsx"}}, june(1), noon(june(1)));
        ASSERT_TRUE(id) << id.error().id;
        ASSERT_TRUE(registry::apply(database(), *vault, system, *id, noon(june(1))));
        household = *database().read([&](db::Tx& tx) {
            return registry::household_numbered(tx, auth::Scope({zhaojue}), zhaojue, "0001");
        });
        for (const auto& member : page().household.members) persons.push_back(member.id.number());
    }
    registry::HouseholdPage page() {
        return *database().read([&](db::Tx& tx) {
            return registry::household(tx, *vault, auth::Scope({zhaojue}), household, june(1));
        });
    }
    /// A clue about the household that its village is looking into.
    ClueId clue_of(Date on = june(1)) {
        const ClueDesk desk{*vault, areas::Division::shipped(), officer, on, noon(on)};
        const auto clue = database().write([&](db::Tx& tx) -> Result<ClueId> {
            Report report;
            report.county = zhaojue;
            report.channel = "daily_visit";
            report.household = household;
            report.risks = "05";
            report.told.text = "车祸住院";
            report.told.teller = "officer";
            const auto terms = TRY(clue_terms("", zhaojue, on));
            const auto received = TRY(receive(tx, desk, terms, report));
            const auto held = TRY(load_clue(tx, officer, received.clue));
            if (held.state == ClueState::dispatched)
                TRY(casework::act(tx, desk, held.id, held.version, "",
                                  {ClueAction::begin, {}, {}, {}, "", ""}));
            return received.clue;
        });
        EXPECT_TRUE(clue) << clue.error().id;
        return *clue;
    }
    Result<CaseId> open(const std::string& key = "k", const auth::Actor* by = nullptr) {
        const ClueId clue = clue_of();
        return database().write([&](db::Tx& tx) {
            return open_case(tx, *vault, by ? *by : officer, rules, {clue, "车祸后无法务工", {}, key},
                             noon(june(1)));
        });
    }
    Result<AttachmentId> photograph(CaseId id, std::string_view bytes = "\xFF\xD8\xFF photo") {
        return database().write(
            [&](db::Tx& tx) { return attach(tx, *vault, officer, id, "门前.jpg", bytes, noon(june(1))); });
    }
    Result<std::int64_t> act_on(db::Database& into, CaseId id, Action action, const Facts& facts,
                                const auth::Actor& who, Date on, std::int64_t version) {
        return take_step(
            into, *vault, who, rules, id,
            {action, to_json(facts, Show::whole), version, std::string(name_of(action)) + on.iso()},
            noon(on));
    }
    Result<std::int64_t> act(CaseId id, Action action, const Facts& facts, const auth::Actor& who, Date on) {
        return act_on(database(), id, action, facts, who, on, file(id).now.version);
    }
    CaseFile file(CaseId id, Date today = june(1)) {
        auto found =
            database().read([&](db::Tx& tx) { return case_file(tx, *vault, clerk, rules, id, today); });
        INVARIANT(found.has_value());
        return std::move(*found);
    }
    /// The forms of case_testing.h, about these people and with this photo.
    template <class Form>
    Form with(Form form, AttachmentId picture) {
        if constexpr (requires { form.photos; }) form.photos = {picture};
        if constexpr (requires { form.proof; }) form.proof = {picture};
        if constexpr (requires { form.persons; }) form.persons = {persons[0], persons[1]};
        if constexpr (requires { form.parties; })
            for (std::size_t i = 0; i < form.parties.size(); ++i) {
                form.parties[i].person = persons[i];
                form.parties[i].signature = {picture};
            }
        return form;
    }
    struct Leg {
        Action action;
        Facts facts;
        const auth::Actor& who;
        Date on;
    };
    std::vector<Leg> way(AttachmentId picture) {
        TownshipReview forwarded = township_review();
        forwarded.sample_visit = {june(12), "入户属实"};
        Enrolment enrolled = enrolment();
        enrolled.helper = "何志强";
        return {{Action::verify, with(visit(), picture), officer, june(2)},
                {Action::authorise, with(consent(), picture), officer, june(2)},
                {Action::compare, with(comparison(), picture), clerk, june(4)},
                {Action::review, with(review(), picture), committee, june(5)},
                {Action::publicise, with(posting(), picture), committee, june(6)},
                {Action::end_publicity, with(taken_down(), picture), committee, june(12)},
                {Action::township_review, forwarded, township, june(12)},
                {Action::approve, approval(), leader, june(13)},
                {Action::enrol, enrolled, clerk, june(13)}};
    }
    CaseId walk(std::size_t legs) {
        const auto id = open();
        INVARIANT(id.has_value());
        const auto picture = photograph(*id);
        INVARIANT(picture.has_value());
        const auto all = way(*picture);
        for (std::size_t i = 0; i < legs; ++i) {
            const auto done = act(*id, all[i].action, all[i].facts, all[i].who, all[i].on);
            EXPECT_TRUE(done) << name_of(all[i].action) << " " << done.error().id;
        }
        return *id;
    }
    std::vector<CaseLine> list(const auth::Actor& who, CaseQuery query = {}, CaseCounts* counts = nullptr) {
        return *database().read([&](db::Tx& tx) { return cases(tx, who, query, counts); });
    }
    std::int64_t count(const std::string& sql) {
        return *database().read([&](db::Tx& tx) { return tx.number(sql); });
    }

    AreaCode home_village;
    registry::HouseholdId household;
    std::vector<std::int64_t> persons;
    std::unique_ptr<crypto::Vault> vault = crypto::test_vault("casework");
    Rulebook rules = Rulebook::load("").value();
    const auth::Actor system = auth::system_actor("test");
    auth::Actor officer = testing::officer, committee = testing::committee, township = testing::township;
    const auth::Actor clerk = testing::clerk, leader = testing::leader;
    registry::testing::Folder files;
};
ON_BOTH_ENGINES(Cases);

TEST_P(Cases, GoFromTheFirstVisitToAnEnrolledHouseholdThatTheRegisterKnows) {
    const CaseId id = walk(9);
    const CaseFile done = file(id, june(13));
    EXPECT_EQ(done.now.state, State::enrolled);
    EXPECT_THAT(done.now.number, "2021-000001");
    EXPECT_THAT(done.now.steps, SizeIs(10));
    EXPECT_EQ(done.now.enrolment->category, "marginal");
    EXPECT_EQ(done.now.enrolment->pack_hash, rules.packs.load("casework", zhaojue, done.now.day_zero).value()->hash);
    EXPECT_EQ(done.now.enrolment->deducted_per_head, Money::yuan(5'000));
    const auto home = page().household;
    EXPECT_TRUE(home.values.is(registry::HouseholdField::household_kind, "03"));
    EXPECT_EQ(home.values[registry::HouseholdField::helper], "何志强");
    EXPECT_EQ(count("SELECT COUNT(*) FROM audit_entry WHERE action LIKE 'casework.%' AND object = 'case:" +
                    std::to_string(id.number()) + "'"),
              11);  // and one photo
    const auto verdict = database().read([&](db::Tx& tx) { return audit::verify(tx, *vault); });
    EXPECT_THAT(verdict->breaks, IsEmpty());
}

TEST_P(Cases, AStepAndWhatGoesWithItStandOrFallTogether) {
    const CaseId id = walk(8);
    const auto before = file(id, june(13)).now;
    const auto leg = way(file(id).attachments[0].id)[8];
    const auto enrol = [&](const Also& also) {
        return take_step(database(), *vault, leg.who, rules, id,
                         {leg.action, to_json(leg.facts, Show::whole), before.version, "enrol"}, noon(leg.on),
                         also);
    };
    const auto refused =
        enrol([](db::Tx&, const RiskCase&) -> Result<void> { return unavailable("db.full"); });
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().id, "db.full");
    EXPECT_EQ(file(id, june(13)).now.version, before.version);
    State told = before.state;
    ASSERT_TRUE(enrol([&](db::Tx&, const RiskCase& now) -> Result<void> {
        told = now.state;
        return {};
    }));
    EXPECT_EQ(told, State::enrolled);
}

TEST_P(Cases, MeasureTheVisitAndProposeWithReasonsWithoutDeciding) {
    const CaseFile verified = file(walk(1), june(2));
    ASSERT_TRUE(verified.measured);
    EXPECT_EQ(verified.measured->window.first.iso(), "2020-06-01");
    EXPECT_EQ(verified.measured->window.last.iso(), "2021-05-31");
    EXPECT_EQ(verified.measured->income.deducted_per_head, Money::yuan(5'000));
    ASSERT_TRUE(verified.proposal);
    EXPECT_FALSE(verified.proposal->reasons.empty());
    EXPECT_EQ(verified.now.state, State::verified);
}

TEST_P(Cases, AHouseholdHasOneThatIsUnderWay) {
    const auto id = open("first");
    ASSERT_TRUE(id);
    EXPECT_EQ(open("first").value(), *id);  // sent twice
    const auto second = open("second");
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().id, "casework.case_under_way");
    EXPECT_EQ(count("SELECT COUNT(*) FROM casework_case"), 1);
}

TEST_P(Cases, TheClueLeadsToTheCaseAndEndsWithIt) {
    const CaseId id = walk(1);
    const auto clue_now = [&] {
        return *database().read([&](db::Tx& tx) { return load_clue(tx, clerk, *file(id).now.clue); });
    };
    EXPECT_EQ(clue_now().state, ClueState::case_opened);
    EXPECT_EQ(clue_now().risk_case, id);
    EXPECT_TRUE(clue_now().open);
    ASSERT_TRUE(act(id, Action::close, with(reasoned("no_risk"), *photograph(id)), township, june(3)));
    EXPECT_FALSE(clue_now().open);
}

TEST_P(Cases, TheSameStepSentTwiceIsTakenOnceAndAnOldVersionIsRefused) {
    const CaseId id = *open();
    const auto picture = *photograph(id);
    const Facts form = with(visit(), picture);
    const auto once = act_on(database(), id, Action::verify, form, officer, june(2), 1);
    ASSERT_TRUE(once) << once.error().id;
    EXPECT_EQ(act_on(database(), id, Action::verify, form, officer, june(2), 1).value(), *once);
    EXPECT_EQ(
        act_on(database(), id, Action::authorise, with(consent(), picture), officer, june(2), 1).error().id,
        "casework.stale");
    EXPECT_THAT(file(id).now.steps, SizeIs(2));
}

TEST_P(Cases, OutsideTheAreaThereIsNoSuchCase) {
    const CaseId id = *open();
    auto stranger = officer;
    stranger.grants[0].area = AreaCode::parse("513432100200").value();
    EXPECT_THAT(list(stranger), IsEmpty());
    const auto seen =
        database().read([&](db::Tx& tx) { return case_file(tx, *vault, stranger, rules, id, june(2)); });
    EXPECT_EQ(seen.error().id, "casework.no_such_case");
    EXPECT_EQ(act(id, Action::verify, visit(), stranger, june(2)).error().id, "casework.no_such_case");
    // What everybody may do through a notice, nobody does to a case elsewhere.
    EXPECT_EQ(act(id, Action::object, objection(), stranger, june(2)).error().id, "casework.no_such_case");
    EXPECT_EQ(open("k2", &stranger).error().id, "clues.no_such_clue");
}

TEST_P(Cases, AComparisonOutsideTheConsentIsRefusedAndRecorded) {
    const CaseId id = walk(2);
    Comparison wider = with(comparison(), AttachmentId(1));
    wider.items.push_back("deposits");
    EXPECT_EQ(act(id, Action::compare, wider, clerk, june(4)).error().id, "casework.outside_consent_items");
    Comparison late = with(comparison(), AttachmentId(1));
    late.compared_on = june(3).plus_months(12);
    EXPECT_EQ(act(id, Action::compare, late, clerk, june(3).plus_months(12)).error().id,
              "casework.consent_expired");
    EXPECT_EQ(count("SELECT COUNT(*) FROM audit_entry WHERE action = 'casework.comparison_refused'"), 2);
    EXPECT_EQ(file(id).now.state, State::consented);
}

TEST_P(Cases, ANoticeSaysNoMoreThanItMayAndTheVillageMayObjectWithoutAName) {
    const CaseId id = walk(5);
    const auto up = [&] {
        return *database().read([&](db::Tx& tx) { return notices(tx, {zhaojue}, nullptr); });
    };
    ASSERT_THAT(up(), SizeIs(1));
    const Notice notice = up()[0];
    EXPECT_THAT(notice.text, HasSubstr("吉***依"));
    EXPECT_THAT(notice.text, Not(HasSubstr("阿依")));
    EXPECT_THAT(notice.text, HasSubstr("三组"));
    EXPECT_EQ(notice.publicity.last_day, june(11));
    ASSERT_TRUE(object_to(database(), *vault, rules, notice.id, {"他家有车", "", ""}, "o1", "10.0.0.9",
                          noon(june(9))));
    EXPECT_EQ(file(id).now.state, State::objected);
    EXPECT_EQ(act(id, Action::township_review, township_review(), township, june(13)).error().id,
              "casework.wrong_state");
    ASSERT_TRUE(act(id, Action::repeat_review, with(inquiry(), *photograph(id)), township, june(9)));
    EXPECT_THAT(up(), IsEmpty());
    EXPECT_EQ(
        object_to(database(), *vault, rules, notice.id, {"还有意见", "", ""}, "o2", "10.0.0.9", noon(june(9)))
            .error()
            .id,
        "casework.notice_over");
}

TEST_P(Cases, AreListedForWhoseTurnItIs) {
    walk(3);
    EXPECT_THAT(list(committee, {.mine = true}), SizeIs(1));
    EXPECT_THAT(list(officer, {.mine = true}), IsEmpty());
    EXPECT_THAT(list(committee, {.mine = true, .due_by = june(4)}), IsEmpty());
    EXPECT_THAT(list(committee, {.mine = true, .due_by = june(5)}), SizeIs(1));
    CaseCounts counts;
    list(clerk, {.state = State::opened}, &counts);
    EXPECT_EQ(counts.total, 0);
    EXPECT_THAT(counts.by_state, ElementsAre(std::pair(State::compared, std::int64_t{1})));
    const auto line = list(clerk).at(0);
    EXPECT_EQ(line.awaited, Action::review);
    EXPECT_EQ(line.due->last_day, june(5));
    EXPECT_EQ(line.decide_by.last_day, june(16));
}

TEST_P(Cases, KeepTheirPapersSealedAndTakeOnlyWhatIsAPhotoOrAPaper) {
    const CaseId id = *open();
    const auto picture = photograph(id);
    ASSERT_TRUE(picture);
    const auto content =
        database().read([&](db::Tx& tx) { return attachment(tx, *vault, officer, id, *picture); });
    EXPECT_EQ(content->bytes, "\xFF\xD8\xFF photo");
    EXPECT_EQ(content->about.name, "门前.jpg");
    EXPECT_EQ(photograph(id, "<script>alert(1)</script>").error().id, "casework.attachment_type");
    EXPECT_EQ(photograph(id, "").error().id, "casework.attachment_empty");
    const std::string huge = "\xFF\xD8\xFF" + std::string(largest_attachment, 'x');
    EXPECT_EQ(photograph(id, huge).error().id, "casework.attachment_too_large");
    EXPECT_EQ(database()
                  .write([&](db::Tx& tx) {
                      return attach(tx, *vault, actor("x", auth::Role::auditor), id, "a.jpg", "\xFF\xD8\xFF",
                                    noon(june(1)));
                  })
                  .error()
                  .id,
              "casework.no_such_case");
}

// The n-th call to the database fails, for each n: the case is as it was, or the step is whole.
TEST_P(Cases, AFailureAtAnyMomentLeavesNothingHalfDone) {
    const CaseId id = walk(4);
    const auto picture = *photograph(id);
    const auto state_of = [&] {
        return std::to_string(count("SELECT version FROM casework_case")) + " " +
               std::to_string(count("SELECT COUNT(*) FROM casework_step")) + " " +
               std::to_string(count("SELECT COUNT(*) FROM casework_notice")) + " " +
               std::to_string(count("SELECT COUNT(*) FROM audit_entry"));
    };
    const std::string before = state_of();
    int tried = 0;
    for (int n = 1;; ++n) {
        db_testing::FailingDatabase failing(database(), n);
        const auto done =
            act_on(failing, id, Action::publicise, with(posting(), picture), committee, june(6), 5);
        if (!failing.failed()) {
            EXPECT_TRUE(done);
            break;
        }
        ++tried;
        ASSERT_FALSE(done);
        EXPECT_EQ(state_of(), before) << "call " << n;
    }
    EXPECT_GT(tried, 5);
    EXPECT_NE(state_of(), before);
}

}  // namespace
}  // namespace ballast::casework
