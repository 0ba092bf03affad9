// The evaluation over a register of 150 households, on both engines: A15, and that it may be repeated.
#include "surveillance/run.h"

#include <gtest/gtest.h>

#include "casework/test_clues.h"
#include "db_testing/testing.h"
#include "surveillance/prices.h"

namespace ballast::surveillance {
namespace {

using casework::testing::day;
using casework::testing::village;
using casework::testing::zhaojue;
using registry::testing::id_of;

const Date flood = day(2026, 7, 10);

class Alarms : public db_testing::OnBothEngines {
protected:
    static constexpr int on_file = 150;

    void SetUp() override {
        OnBothEngines::SetUp();
        if (IsSkipped()) return;
        std::vector<std::vector<std::string>> homes, people;
        for (int n = 0; n < on_file; ++n) {
            const auto number = std::to_string(1000 + n);
            homes.push_back({number, village(0).digits(), "一般农户"});
            people.push_back({number, "沙马木果", id_of(day(1960, 1, 1).plus_days(n), 11), "户主"});
        }
        const auto path = registry::testing::write_book(files_, "册.xlsx",
                                                        {{"户信息", {"户编号", "行政村代码", "农户类型"}, homes, ""},
                                                         {"成员信息", {"户编号", "姓名", "证件号码", "与户主关系"}, people, ""}});
        const auto id = registry::receive(database(), *vault_, system_, {zhaojue, "册.xlsx", "建档", flood}, {{path, "册.xlsx"}}, flood, at(flood));
        ASSERT_TRUE(id) << id.error().id;
        ASSERT_TRUE(registry::apply(database(), *vault_, system_, *id, at(flood)));
    }
    static Instant at(Date on) { return Instant{on.days() * 86'400'000LL}; }
    Desk desk(Date on, const auth::Actor& who) const { return {*vault_, areas::Division::shipped(), who, on, at(on)}; }
    Desk desk(Date on) const { return desk(on, system_); }

    /// Somebody tells of the n-th household.
    casework::ClueId tell(int n, Date on, const std::string& risk = "04") {
        casework::Report report;
        report.county = zhaojue;
        report.channel = "grid";
        report.risks = risk;
        report.told.text = "山洪进屋";
        report.told.teller = "officer";
        return database()
            .write([&](db::Tx& tx) -> Result<casework::ClueId> {
                report.household =
                    TRY(registry::household_numbered(tx, auth::Scope({zhaojue}), zhaojue, std::to_string(1000 + n)));
                const auto terms = TRY(casework::clue_terms("", zhaojue, on));
                return TRY(casework::receive(tx, {*vault_, areas::Division::shipped(), system_, on, at(on)}, terms, report)).clue;
            })
            .value();
    }
    Ran run_on(Date on) {
        const auto done = run(database(), desk(on), zhaojue, limits_on("", zhaojue, on).value());
        EXPECT_TRUE(done) << done.error().id;
        return done ? *done : Ran{-1, -1, -1};
    }
    std::vector<Alarm> alarms(Date on, const std::string& state = "open") {
        Query query;
        query.state = state;
        return database().read([&](db::Tx& tx) { return list(tx, desk(on), query); }).value();
    }
    Result<void> take(AlarmId id, Date on, const auth::Actor& who, Order order) {
        return database().write([&](db::Tx& tx) -> Result<void> {
            order.version = TRY(page(tx, desk(on, who), id)).alarm.version;
            return step(tx, desk(on, who), id, order, {});
        });
    }
    void dismiss(AlarmId id, Date on) {
        Order order;
        order.note = "逐户看过，没有共同成因";
        order.reason = "no_common_cause";
        for (const auto& [action, who] : {std::pair("take_up", &township_), {"find", &township_}, {"dismiss", &leader_}}) {
            order.action = action;
            const auto done = take(id, on, *who, order);
            ASSERT_TRUE(done) << done.error().id;
        }
    }
    std::int64_t behind_it(AlarmId id, const auth::Actor& who) {
        std::int64_t total = -1;
        const auto rows = database().read([&](db::Tx& tx) { return behind(tx, desk(flood, who), id, 0, 200, &total); });
        EXPECT_TRUE(!rows || std::ssize(*rows) == total);
        return total;
    }

    const std::unique_ptr<crypto::Vault> vault_ = crypto::test_vault("alarms");
    const auth::Actor system_ = auth::system_actor("test");
    const auth::Actor township_{auth::UserId(1), "luo", "罗", {{auth::Role::township_reviewer, village(0).at(AreaLevel::township), ""}}};
    const auth::Actor leader_{auth::UserId(2), "wang", "王", {{auth::Role::county_leader, zhaojue, ""}}};
    const auth::Actor elsewhere_{auth::UserId(3), "sha", "沙", {{auth::Role::township_reviewer, *AreaCode::parse("513431101"), ""}}};
    const auth::Actor prefecture_{auth::UserId(4), "zhou", "周", {{auth::Role::prefecture_supervisor, zhaojue.parent(), ""}}};
    registry::testing::Folder files_;
};
ON_BOTH_ENGINES(Alarms);

TEST_P(Alarms, AreRaisedByAFloodThatHitsSevenOfAHundredAndFiftyHouseholds) {  // A15
    for (int n = 0; n < 4; ++n) tell(n, flood.plus_days(-9));
    EXPECT_EQ(run_on(flood.plus_days(-9)).raised, 0) << "four";
    for (int n = 4; n < 7; ++n) tell(n, flood);
    EXPECT_EQ(run_on(flood).raised, 1);
    const auto found = alarms(flood);
    ASSERT_EQ(found.size(), 1U);
    const auto& alarm = found.front();
    EXPECT_EQ(alarm.rule, "R33");
    EXPECT_EQ(alarm.subject, "04");
    EXPECT_EQ(alarm.area, village(0));
    EXPECT_EQ(alarm.observed, 7);
    EXPECT_EQ(alarm.base, on_file);
    EXPECT_EQ(alarm.due_on, flood.plus_days(1));
    EXPECT_EQ(told(alarm.area), (std::vector{zhaojue, zhaojue.parent()}));
    EXPECT_EQ(behind_it(alarm.id, township_), 7) << "the list is as long as the number";
}

TEST_P(Alarms, NeverDoubleWhileOpenAndTakeInWhatIsToldMeanwhile) {
    for (int n = 0; n < 5; ++n) tell(n, flood);
    EXPECT_EQ(run_on(flood).raised, 1);
    const auto again = run_on(flood);
    EXPECT_EQ(again.raised + again.joined + again.lapsed, 0) << "nothing is new";
    tell(5, flood.plus_days(1));
    const auto next = run_on(flood.plus_days(1));
    EXPECT_EQ(next.raised, 0);
    EXPECT_EQ(next.joined, 1);
    ASSERT_EQ(alarms(flood, "all").size(), 1U);
    EXPECT_EQ(alarms(flood).front().observed, 6);
}

TEST_P(Alarms, LapseWhenItIsLongAgoAndStayOpen) {
    for (int n = 0; n < 5; ++n) tell(n, flood);
    run_on(flood);
    EXPECT_EQ(run_on(flood.plus_days(29)).lapsed, 0);
    EXPECT_EQ(run_on(flood.plus_days(30)).lapsed, 1);
    EXPECT_EQ(run_on(flood.plus_days(31)).lapsed, 0) << "once";
    const auto alarm = alarms(flood.plus_days(31)).front();
    EXPECT_EQ(alarm.lapsed_on, flood.plus_days(30));
    EXPECT_EQ(alarm.met_on, flood.plus_days(29));
}

TEST_P(Alarms, ComeAgainOnNewFactsAlone) {
    for (int n = 0; n < 5; ++n) tell(n, flood);
    run_on(flood);
    dismiss(alarms(flood).front().id, flood);
    EXPECT_EQ(run_on(flood.plus_days(1)).raised, 0) << "the same facts";
    for (int n = 10; n < 14; ++n) tell(n, flood.plus_days(2));
    EXPECT_EQ(run_on(flood.plus_days(2)).raised, 0) << "four new ones";
    tell(14, flood.plus_days(2));
    EXPECT_EQ(run_on(flood.plus_days(2)).raised, 1);
    EXPECT_EQ(alarms(flood).front().observed, 5);
}

TEST_P(Alarms, LetGoOfWhatTurnedOutToBeNone) {
    std::vector<casework::ClueId> clues;
    for (int n = 0; n < 5; ++n) clues.push_back(tell(n, flood));
    run_on(flood);
    const auto closed = database().write([&](db::Tx& tx) -> Result<void> {
        const casework::ClueDesk at_desk{*vault_, areas::Division::shipped(), system_, flood, at(flood)};
        for (const auto& [action, key] : {std::pair(casework::ClueAction::begin, "b"), {casework::ClueAction::close, "c"}}) {
            const auto clue = TRY(casework::load_clue(tx, system_, clues.front()));
            TRY(casework::act(tx, at_desk, clue.id, clue.version, key, {action, {}, {}, {}, "no_risk", "没有进水"}));
        }
        return {};
    });
    ASSERT_TRUE(closed) << closed.error().id;
    const auto ran = run_on(flood);
    EXPECT_EQ(ran.joined, 1);
    EXPECT_EQ(ran.lapsed, 1) << "four are no longer enough";
    EXPECT_EQ(alarms(flood).front().observed, 4);
    EXPECT_EQ(behind_it(alarms(flood).front().id, township_), 4);
}

TEST_P(Alarms, AreOnlyForKindsOfLargeScaleRisk) {
    for (int n = 0; n < 6; ++n) tell(n, flood, "01");
    EXPECT_EQ(run_on(flood).raised, 0) << "illness is none of the kinds";
}

TEST_P(Alarms, AreSeenByTheirOwnAreasAndListedByThoseWhoReadClues) {
    for (int n = 0; n < 5; ++n) tell(n, flood);
    run_on(flood);
    const auto id = alarms(flood).front().id;
    const auto seen = [&](const auth::Actor& who) {
        return database().read([&](db::Tx& tx) { return page(tx, desk(flood, who), id); });
    };
    EXPECT_TRUE(seen(township_));
    EXPECT_TRUE(seen(prefecture_));
    EXPECT_FALSE(seen(prefecture_)->may_list);
    EXPECT_EQ(seen(elsewhere_).error().id, "surveillance.no_alarm");
    std::int64_t total = 0;
    const auto listed = [&](const auth::Actor& who) {
        return database().read([&](db::Tx& tx) { return behind(tx, desk(flood, who), id, 0, 10, &total); });
    };
    EXPECT_EQ(listed(prefecture_).error().id, "auth.not_allowed");
    EXPECT_EQ(listed(elsewhere_).error().id, "surveillance.no_alarm");
    Order order;
    order.action = "take_up";
    EXPECT_EQ(take(id, flood, prefecture_, order).error().id, "surveillance.not_yours");
    EXPECT_EQ(take(id, flood, elsewhere_, order).error().id, "surveillance.no_alarm");
}

TEST_P(Alarms, AreRaisedByAPriceThatFallsForThreeMonths) {
    const auto priced = [&](int year, int month, std::int64_t yuan) {
        const Price price{zhaojue, "花椒", day(year, month, 1), Money::yuan(yuan), "公斤", 0};
        const auto done = database().write([&](db::Tx& tx) { return enter_price(tx, desk(flood), price); });
        ASSERT_TRUE(done) << done.error().id;
    };
    for (int month = 1; month <= 12; ++month) priced(2025, month, 100);
    for (int month = 4; month <= 5; ++month) priced(2026, month, 80);
    EXPECT_EQ(run_on(flood).raised, 0) << "two months";
    priced(2026, 6, 78);
    EXPECT_EQ(run_on(flood).raised, 1);
    EXPECT_EQ(run_on(flood).raised, 0);
    const auto alarm = alarms(flood).front();
    EXPECT_EQ(alarm.rule, "R34");
    EXPECT_EQ(alarm.subject, "花椒");
    EXPECT_EQ(alarm.area, zhaojue);
    EXPECT_EQ(alarm.observed, 7800);
    EXPECT_EQ(alarm.base, 10000);
    priced(2026, 6, 90);
    EXPECT_EQ(run_on(flood).lapsed, 1) << "corrected";
}

}  // namespace
}  // namespace ballast::surveillance
