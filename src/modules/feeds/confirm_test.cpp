#include "feeds/confirm.h"

#include "db_testing/failing_database.h"
#include "db_testing/testing.h"
#include "feeds/test_feeds.h"

namespace ballast::feeds {
namespace {

using namespace testing;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// One bill whose number is in the register under another name.
class Confirming : public FeedFilesOn<db_testing::OnBothEngines> {
protected:
    void SetUp() override {
        FeedFilesOn::SetUp();
        if (IsSkipped()) return;
        const auto received = receive_bytes(csv({{}, {"王秀兰", xiuying, "900"}}));
        ASSERT_EQ(told(received), "applied 1 1 0 0");
        batch_ = received->id;
        const auto open = rows_of(batch_, State::candidate).at(0);
        row_ = open.id;
        meant_ = open.people.at(0);
        officer.grants = {{auth::Role::county_officer, zhaojue, ""}};
    }
    template <class Act>
    std::string outcome_of(Act act) {
        const auto done = database().write([&](db::Tx& tx) -> Result<Decided> { return act(tx); });
        return done ? "done" : done.error().id;
    }
    std::string confirmed(registry::PersonId person, const auth::Actor& by) {
        return outcome_of([&](db::Tx& tx) { return confirm(tx, *vault, by, row_, person, now); });
    }
    std::string confirmed() { return confirmed(meant_.person, officer); }
    std::string undone() {
        return outcome_of([&](db::Tx& tx) { return undo(tx, *vault, officer, row_, now); });
    }
    std::string set_aside_row() {
        return outcome_of([&](db::Tx& tx) { return set_aside(tx, *vault, officer, row_, now); });
    }
    /// "2 0 0 0": as the batch says, which must be what its rows say.
    std::string counted() {
        const auto c = database().read([&](db::Tx& tx) { return batch(tx, actor, batch_); })->counts;
        for (const auto& [state, count] : {std::pair(State::matched, c.matched),
                                           {State::candidate, c.candidate},
                                           {State::unmatched, c.unmatched},
                                           {State::invalid, c.invalid}})
            EXPECT_EQ(static_cast<std::int64_t>(rows_of(batch_, state).size()), count);
        return std::to_string(c.matched) + " " + std::to_string(c.candidate) + " " +
               std::to_string(c.unmatched) + " " + std::to_string(c.invalid);
    }
    BatchId batch_;
    RowId row_;
    SentRow::Meant meant_;
    auth::Actor officer{auth::UserId(3), "county", "李玉兰", {}};
};
ON_BOTH_ENGINES(Confirming);

TEST_P(Confirming, MakesARowReachTheRulesUntilItIsTakenBack) {
    ASSERT_EQ(facts().size(), 1u);
    ASSERT_EQ(confirmed(), "done");
    EXPECT_EQ(counted(), "2 0 0 0");
    const auto row = rows_of(batch_, State::matched).at(1);
    EXPECT_EQ(row.people.at(0).person, meant_.person);
    EXPECT_EQ(row.decision->by, "county");
    EXPECT_FALSE(row.reason);
    EXPECT_EQ(facts().size(), 2u);
    EXPECT_FALSE(*database().read([&](db::Tx& tx) { return withdrawn(tx, std::array{row_}); }));

    ASSERT_EQ(undone(), "done");
    EXPECT_EQ(counted(), "1 1 0 0");
    const auto open = rows_of(batch_, State::candidate).at(0);
    EXPECT_EQ(open.reason->id, "feeds.name_differs");
    EXPECT_EQ(open.people.size(), 1u);
    EXPECT_FALSE(open.decision);
    EXPECT_EQ(facts().size(), 1u);
    EXPECT_TRUE(*database().read([&](db::Tx& tx) { return withdrawn(tx, std::array{row_}); }));
}

TEST_P(Confirming, TellsWhoseHouseholdMustBeScreenedAnew) {
    const auto of = [&](auto act) {
        return database().write([&](db::Tx& tx) -> Result<Decided> { return act(tx); })->household;
    };
    const auto home = of([&](db::Tx& tx) { return confirm(tx, *vault, officer, row_, meant_.person, now); });
    EXPECT_EQ(home->household, meant_.household);
    EXPECT_EQ(home->village, village(1));
    EXPECT_EQ(of([&](db::Tx& tx) { return undo(tx, *vault, officer, row_, now); })->household,
              meant_.household);
    EXPECT_FALSE(of([&](db::Tx& tx) { return set_aside(tx, *vault, officer, row_, now); }));
}

TEST_P(Confirming, MayFindThatTheRowMeansNobody) {
    ASSERT_EQ(set_aside_row(), "done");
    EXPECT_EQ(counted(), "1 0 1 0");
    EXPECT_EQ(rows_of(batch_, State::unmatched).at(0).reason->id, "feeds.nobody_confirmed");
    ASSERT_EQ(undone(), "done");
    EXPECT_EQ(counted(), "1 1 0 0");
    EXPECT_EQ(confirmed(), "done");
}

TEST_P(Confirming, IsForOnePersonOnceAndForWhoMay) {
    EXPECT_EQ(undone(), "feeds.nothing_to_undo");
    EXPECT_EQ(confirmed(registry::PersonId(999), officer), "feeds.not_among_candidates");
    auth::Actor clerk = officer;
    clerk.grants = {{auth::Role::department_clerk, zhaojue, "medical_insurance"}};
    EXPECT_EQ(confirmed(meant_.person, clerk), "auth.not_allowed");
    auth::Actor elsewhere = officer;
    elsewhere.grants = {{auth::Role::county_officer, *AreaCode::from_number(513432'000'000), ""}};
    EXPECT_EQ(confirmed(meant_.person, elsewhere), "feeds.no_such_row");
    EXPECT_EQ(counted(), "1 1 0 0");

    EXPECT_EQ(confirmed(), "done");
    EXPECT_EQ(confirmed(), "feeds.decided_already");
    EXPECT_EQ(set_aside_row(), "feeds.decided_already");
    EXPECT_EQ(undone(), "done");
    EXPECT_EQ(undone(), "feeds.nothing_to_undo");
}

TEST_P(Confirming, IsOverWhenTheSenderHasReplacedTheRow) {
    ASSERT_EQ(confirmed(), "done");
    ASSERT_EQ(outcome({{}, {"王秀英", xiuying, "900"}}), "applied 2 0 0 0");
    EXPECT_EQ(undone(), "feeds.row_replaced");
    EXPECT_EQ(facts().size(), 2u);
}

// The bureau sends the same wrong name month by month: the officer has said whom it means.
TEST_P(Confirming, HoldsForTheNextMonthsRowThatIsWrittenAlike) {
    const auto next = [&](const std::string& month, const std::vector<Bill>& bills) {
        const auto received =
            receive_bytes(csv(bills), "医保局_住院及门诊费用明细_513431_" + month + "_01.csv");
        EXPECT_TRUE(received);
        return received->id;
    };
    const Bill again{"王秀兰", xiuying, "700", "2026-04-02"};
    ASSERT_EQ(confirmed(), "done");
    const auto april = next("202604", {again, {"王秀莲", xiuying, "800", "2026-04-02"}});
    const auto settled = rows_of(april, State::matched);
    ASSERT_EQ(settled.size(), 1u);
    EXPECT_EQ(settled[0].people.at(0).person, meant_.person);
    ASSERT_TRUE(settled[0].decision);
    EXPECT_EQ(settled[0].decision->by, "county");
    EXPECT_EQ(settled[0].decision->carried_from, batch_);
    EXPECT_EQ(rows_of(april, State::candidate).at(0).name, "王秀莲");  // written otherwise: open
    EXPECT_EQ(facts().size(), 3u);
    const auto held = *database().read([&](db::Tx& tx) { return batch(tx, actor, april); });
    EXPECT_EQ(held.counts.matched, 1);
    EXPECT_EQ(held.counts.candidate, 1);
    EXPECT_EQ(held.decided, 1);

    // It can be taken back there too, and nothing is carried on from what was taken back.
    row_ = settled[0].id;
    ASSERT_EQ(undone(), "done");
    const auto open = rows_of(april, State::candidate);
    ASSERT_EQ(open.size(), 2u);
    EXPECT_EQ(open[0].reason->id, "feeds.name_differs");
    EXPECT_EQ(open[0].people.size(), 1u);
    row_ = rows_of(batch_, State::matched).at(1).id;
    ASSERT_EQ(undone(), "done");
    EXPECT_EQ(rows_of(next("202605", {again}), State::candidate).size(), 1u);
}

TEST_P(Confirming, HoldsForItsSenderAlone) {
    ASSERT_EQ(confirmed(), "done");
    feed = "hr.employment";
    const auto bytes = "姓名,身份证号,单位名称,离岗日期\n王秀兰," + xiuying + ",砖厂,2026-03-10\n";
    const auto other = receive_bytes(bytes, "人社局_务工_513431_202603_01.csv");
    ASSERT_EQ(told(other), "applied 0 1 0 0");
}

TEST_P(Confirming, TellsASenderNothingOfTheRegister) {
    as_clerk_of("medical_insurance");
    for (const auto& row : rows_of(batch_)) EXPECT_THAT(row.people, IsEmpty());
}

TEST_P(Confirming, LeavesNothingHalfDone) {
    int n = 1;
    for (;; ++n) {
        db_testing::FailingDatabase failing(database(), n);
        const auto done =
            failing.write([&](db::Tx& tx) { return confirm(tx, *vault, officer, row_, meant_.person, now); });
        if (!failing.failed()) break;
        ASSERT_FALSE(done) << n;
        ASSERT_EQ(counted(), "1 1 0 0") << n;
        ASSERT_EQ(count("feeds_decision"), 0) << n;
    }
    EXPECT_GT(n, 6);
    EXPECT_EQ(counted(), "2 0 0 0");
}

}  // namespace
}  // namespace ballast::feeds
