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
        return database().write([&](db::Tx& tx) -> Result<Decided> { return act(tx); })->households;
    };
    const auto home = of([&](db::Tx& tx) { return confirm(tx, *vault, officer, row_, meant_.person, now); });
    ASSERT_EQ(home.size(), 1u);
    EXPECT_EQ(home[0].household, meant_.household);
    EXPECT_EQ(home[0].village, village(1));
    const auto left = of([&](db::Tx& tx) { return undo(tx, *vault, officer, row_, now); });
    ASSERT_EQ(left.size(), 1u);
    EXPECT_EQ(left[0].household, meant_.household);
    EXPECT_THAT(of([&](db::Tx& tx) { return set_aside(tx, *vault, officer, row_, now); }), IsEmpty());
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

/// The bureau sends the same wrong name month by month: the officer has said whom it means.
class Carried : public Confirming {
protected:
    void SetUp() override {
        Confirming::SetUp();
        if (IsSkipped()) return;
        ASSERT_EQ(confirmed(), "done");
    }
    BatchId next(const std::string& month, const std::vector<Bill>& bills) {
        const auto received =
            receive_bytes(csv(bills), "医保局_住院及门诊费用明细_513431_" + month + "_01.csv");
        EXPECT_TRUE(received);
        return received->id;
    }
    /// Taken back at that row: whose households have changed, and how many other rows are open with it.
    Result<Decided> undone_at(RowId row, db::Database& where) {
        return where.write([&](db::Tx& tx) { return undo(tx, *vault, officer, row, now); });
    }
    SentRow matched_in(BatchId id) { return rows_of(id, State::matched).back(); }
    std::size_t open_in(BatchId id) { return rows_of(id, State::candidate).size(); }
    const Bill april{"王秀兰", xiuying, "700", "2026-04-02"}, may{"王秀兰", xiuying, "650", "2026-05-02"};
};
ON_BOTH_ENGINES(Carried);

TEST_P(Carried, HoldsForTheNextMonthsRowThatIsWrittenAlike) {
    const auto id = next("202604", {april, {"王秀莲", xiuying, "800", "2026-04-02"}});
    const auto settled = rows_of(id, State::matched);
    ASSERT_EQ(settled.size(), 1u);
    EXPECT_EQ(settled[0].people.at(0).person, meant_.person);
    ASSERT_TRUE(settled[0].decision);
    EXPECT_EQ(settled[0].decision->by, "county");
    EXPECT_EQ(settled[0].decision->carried_from, batch_);
    EXPECT_EQ(rows_of(id, State::candidate).at(0).name, "王秀莲");  // written otherwise: open
    EXPECT_EQ(facts().size(), 3u);
    const auto held = *database().read([&](db::Tx& tx) { return batch(tx, actor, id); });
    EXPECT_EQ(held.counts.matched, 1);
    EXPECT_EQ(held.counts.candidate, 1);
    EXPECT_EQ(held.decided, 1);

    // It can be taken back there alone, and nothing is carried on from what was taken back.
    EXPECT_EQ(settled[0].decision->also, 0);
    EXPECT_EQ(undone_at(settled[0].id, database())->also_open, 0);
    const auto open = rows_of(id, State::candidate);
    ASSERT_EQ(open.size(), 2u);
    EXPECT_EQ(open[0].reason->id, "feeds.name_differs");
    EXPECT_EQ(open[0].people.size(), 1u);
    EXPECT_EQ(facts().size(), 2u);
    ASSERT_EQ(undone(), "done");
    EXPECT_EQ(open_in(next("202605", {may})), 1u);
}

TEST_P(Carried, EndsWithTheDecisionThatItStandsOn) {
    const auto second = next("202604", {april}), third = next("202605", {may});
    const auto later = matched_in(second).id;
    ASSERT_EQ(facts().size(), 4u);
    EXPECT_EQ(rows_of(batch_, State::matched).at(1).decision->also, 2);

    const auto outcome = undone_at(row_, database());
    ASSERT_TRUE(outcome) << outcome.error().id;
    EXPECT_EQ(outcome->also_open, 2);
    ASSERT_EQ(outcome->households.size(), 1u);  // of three rows about one household
    EXPECT_EQ(outcome->households[0].household, meant_.household);
    EXPECT_EQ(counted(), "1 1 0 0");
    for (const auto id : {second, third}) {
        EXPECT_EQ(open_in(id), 1u);
        const auto held = *database().read([&](db::Tx& tx) { return batch(tx, actor, id); });
        EXPECT_EQ(held.counts.matched, 0);
        EXPECT_EQ(held.counts.candidate, 1);
        EXPECT_EQ(held.decided, 0);
    }
    EXPECT_EQ(facts().size(), 1u);
    EXPECT_TRUE(*database().read([&](db::Tx& tx) { return withdrawn(tx, std::array{later}); }));
}

TEST_P(Carried, TellsEveryHouseholdWhereItsRowsAre) {
    const auto second = matched_in(next("202604", {april})).id;
    // Whoever was meant has gone to live with the others since: that row stands there.
    const auto other = rows_of(batch_, State::matched).at(0).people.at(0).household;
    ASSERT_TRUE(database().write([&](db::Tx& tx) {
        return tx.exec("UPDATE feeds_row SET household_id = ?, village_code = ? WHERE id = ?", other,
                       village(0), second);
    }));
    const auto outcome = undone_at(row_, database());
    ASSERT_TRUE(outcome);
    ASSERT_EQ(outcome->households.size(), 2u);
    EXPECT_EQ(outcome->households[1].household, other);
    EXPECT_EQ(outcome->households[1].village, village(0));
}

TEST_P(Carried, IsTakenBackWhereItStandsOnceTheFirstRowIsReplaced) {
    const auto second = next("202604", {april}), third = next("202605", {may});
    ASSERT_EQ(outcome({{}, {"王秀英", xiuying, "900"}}), "applied 2 0 0 0");
    ASSERT_EQ(undone(), "feeds.row_replaced");
    EXPECT_EQ(matched_in(third).decision->also, 1);
    EXPECT_EQ(undone_at(matched_in(third).id, database())->also_open, 1);
    EXPECT_EQ(open_in(second), 1u);
    EXPECT_EQ(open_in(third), 1u);
    EXPECT_EQ(open_in(next("202606", {{"王秀兰", xiuying, "600", "2026-06-02"}})), 1u);
}

// The officer takes it back while the next month's file is being read.
TEST_P(Carried, DoesNotReachAFileThatIsPublishedAfterItHasEnded) {
    const auto path = folder.put("upload", csv({april}));
    const auto received =
        receive_path(path, "医保局_住院及门诊费用明细_513431_202604_01.csv", database(), [&](double) {
            EXPECT_EQ(undone(), "done");
            return true;
        });
    EXPECT_EQ(told(received), "applied 0 1 0 0");
    const auto open = rows_of(received->id, State::candidate);
    ASSERT_EQ(open.size(), 1u);
    EXPECT_EQ(open[0].reason->id, "feeds.name_differs");
    EXPECT_FALSE(open[0].decision);
    EXPECT_EQ(facts().size(), 1u);
}

TEST_P(Carried, LeavesNothingHalfDoneWhenItEnds) {
    const auto second = next("202604", {april});
    int n = 1;
    for (;; ++n) {
        db_testing::FailingDatabase failing(database(), n);
        const auto done = undone_at(row_, failing);
        if (!failing.failed()) break;
        ASSERT_FALSE(done) << n;
        ASSERT_EQ(counted(), "2 0 0 0") << n;
        ASSERT_EQ(open_in(second), 0u) << n;
    }
    EXPECT_GT(n, 10);
    EXPECT_EQ(counted(), "1 1 0 0");
    EXPECT_EQ(open_in(second), 1u);
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
