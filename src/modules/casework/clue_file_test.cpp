#include "casework/clue_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "casework/test_clues.h"
#include "db_testing/failing_database.h"
#include "db_testing/testing.h"

namespace ballast::casework {
namespace {

using testing::day;
using ::testing::ElementsAre;
using ::testing::SizeIs;
using testing::today;
using testing::village;
using testing::zhaojue;

class Clues : public testing::OverARegister<db_testing::OnBothEngines> {
protected:
    Report about(registry::HouseholdId who, std::string risks = "01") {
        Report report;
        report.county = zhaojue;
        report.channel = "daily_visit";
        report.household = who;
        report.risks = std::move(risks);
        report.told.text = "户主住院";
        report.told.teller = "officer";
        return report;
    }
    Result<Received> receive(const Report& report, Date on = today, db::Database* into = nullptr) {
        return (into ? *into : database()).write([&](db::Tx& tx) {
            return casework::receive(tx, desk(system, on), {3, "assumed", true}, report);
        });
    }
    Result<Clue> act(ClueId id, ClueOrder order, db::Database* into = nullptr) {
        return (into ? *into : database()).write([&](db::Tx& tx) -> Result<Clue> {
            const auto now = TRY(load_clue(tx, system, id));
            return casework::act(tx, desk(system), id, now.version, "", order);
        });
    }
    Clue clue(ClueId id) {
        return *database().read([&](db::Tx& tx) { return load_clue(tx, system, id); });
    }
    Taken warned(std::vector<WarningTold> warnings, Date on = today) {
        return *database().write(
            [&](db::Tx& tx) { return take_warnings(tx, *vault, system, warnings, on, at(on)); });
    }
    static constexpr auto begin = [] { return ClueOrder{ClueAction::begin, {}, {}, {}, "", ""}; };
};
ON_BOTH_ENGINES(Clues);

TEST_P(Clues, HandAHouseholdOverToItsCaseAndStayOpenUntilItIsOver) {
    const auto id = receive(about(first))->clue;
    const auto hand = [&] {
        return database().write([&](db::Tx& tx) { return hand_over(tx, desk(system), id, CaseId(5)); });
    };
    EXPECT_EQ(hand().error().id, "clues.wrong_state") << "nobody has been there";
    ASSERT_TRUE(act(id, begin()));
    const auto handed = hand();
    ASSERT_TRUE(handed) << handed.error().id;
    EXPECT_EQ(handed->state, ClueState::case_opened);
    EXPECT_EQ(handed->risk_case, CaseId(5));

    // While the case runs, whatever is told of the household belongs to it.
    const auto more = receive(about(first, "12"), today.plus_days(9));
    EXPECT_EQ(more->clue, id);
    EXPECT_TRUE(more->joined);
    EXPECT_FALSE(more->overlaps);
    EXPECT_THAT(clue(id).risks, ElementsAre("01", "12"));
    EXPECT_EQ(warned({{71, first, village(0), "01", today.plus_days(1)}}).joined, 1);

    ASSERT_TRUE(database().write([&](db::Tx& tx) { return case_over(tx, id); }));
    EXPECT_NE(receive(about(first), today.plus_days(20))->clue, id);
}

// Of somebody whom the register did not know at first: it turns out to be a household with a case.
TEST_P(Clues, AreMergedIntoTheCaseOfTheirHousehold) {
    const auto id = receive(about(first))->clue;
    ASSERT_TRUE(act(id, begin()));
    ASSERT_TRUE(database().write([&](db::Tx& tx) { return hand_over(tx, desk(system), id, CaseId(5)); }));
    Report unknown = about(first, "12");
    unknown.household.reset();
    unknown.told.name = "谁也不认识";
    const auto stranger = receive(unknown)->clue;
    ASSERT_NE(stranger, id);
    ASSERT_TRUE(act(stranger, {ClueAction::assign, {}, first, {}, "", ""}));
    EXPECT_EQ(clue(stranger).state, ClueState::closed);
    EXPECT_EQ(clue(stranger).closed_reason, "merged_into_case");
    EXPECT_EQ(clue(stranger).into, id);
    EXPECT_EQ(clue(stranger).risk_case, CaseId(5));
    EXPECT_THAT(clue(id).risks, ElementsAre("01", "12"));
}

TEST_P(Clues, TakeAWarningAsAClueOfItsVillageDueOnItsDay) {
    const auto taken = warned({{1, first, village(0), "01", today.plus_days(3)},
                               {2, second, village(1), "09", today.plus_days(7)},
                               {3, first, village(0), "12", today.plus_days(1)}});
    EXPECT_EQ(taken.opened, 2);
    EXPECT_EQ(taken.joined, 1);
    ClueQuery query;
    query.source = Source::department_screening;
    const auto found = *database().read([&](db::Tx& tx) { return clues(tx, system, query, today, nullptr); });
    ASSERT_THAT(found, SizeIs(2));
    EXPECT_EQ(found[0].state, ClueState::dispatched);
    EXPECT_EQ(found[0].area, village(0));
    EXPECT_EQ(found[0].due_on, today.plus_days(1)) << "the earlier of the two";
    EXPECT_THAT(found[0].risks, ElementsAre("01", "12"));
    const auto file =
        *database().read([&](db::Tx& tx) { return clue_file(tx, *vault, system, found[0].id); });
    ASSERT_THAT(file.signals, SizeIs(2));
    EXPECT_EQ(file.signals[1].warning, 3);
}

TEST_P(Clues, TakeTheSameWarningAgainOnlyAsNewsOfAClosedClue) {
    const WarningTold warning{1, first, village(0), "01", today.plus_days(3)};
    auto known = warning;
    known.news = false;
    EXPECT_EQ(warned({known}).opened, 1) << "of a warning that was there before clues were";
    EXPECT_EQ(warned({warning, known}).joined, 0);
    const auto id = receive(about(first))->clue;
    ASSERT_TRUE(act(id, begin()));
    ASSERT_TRUE(act(id, {ClueAction::close, {}, {}, {}, "no_risk", "已核实"}));
    EXPECT_EQ(warned({known}).opened, 0) << "somebody has answered it";
    EXPECT_EQ(warned({warning}).opened, 1) << "it has become worse since";
}

TEST_P(Clues, PutADuplicateTogetherWithItsOriginal) {
    const auto original = receive(about(first))->clue;
    auto stranger = about(first, "09");
    stranger.household.reset();
    stranger.told.name = "阿依大婶";
    stranger.village = village(0);
    const auto copy = receive(stranger)->clue;
    EXPECT_EQ(clue(copy).state, ClueState::fresh);
    const auto closed = act(copy, {ClueAction::close, {}, {}, original, "duplicate", "同一户"});
    ASSERT_TRUE(closed) << closed.error().id;
    EXPECT_EQ(closed->into, original);
    EXPECT_THAT(clue(original).risks, ElementsAre("01", "09"));
    const auto file = *database().read([&](db::Tx& tx) { return clue_file(tx, *vault, system, original); });
    EXPECT_THAT(file.signals, SizeIs(2));
    const auto old = *database().read([&](db::Tx& tx) { return clue_file(tx, *vault, system, copy); });
    EXPECT_THAT(old.signals, SizeIs(1)) << "what began it is still to be read there";
}

TEST_P(Clues, KeepNothingPersonalInClear) {
    auto report = about(first);
    report.told.text = "王秀英患肺结核";
    report.told.id_number = xiuying;
    report.told.teller_name = "邻居沙马";
    report.told.teller_phone = "13800138000";
    ASSERT_TRUE(receive(report));
    for (const std::string_view column : {"channel", "risks", "matched", "account", "name"})
        EXPECT_EQ(count("SELECT COUNT(*) FROM casework_clue_signal WHERE " + std::string(column) +
                        " LIKE '%13800138000%' OR " + std::string(column) + " LIKE '%沙马%'"),
                  0);
    std::vector<db::Blob> sealed;
    (void)database().read([&](db::Tx& tx) -> Result<void> {
        sealed = TRY(tx.all("SELECT told FROM casework_clue_signal", {},
                            [](const db::Row& row) { return row.blob(0); }));
        return {};
    });
    ASSERT_THAT(sealed, SizeIs(1));
    const std::string bytes(sealed[0].begin(), sealed[0].end());
    for (const auto* secret : {"13800138000", "肺结核", "沙马"})
        EXPECT_EQ(bytes.find(secret), std::string::npos);
    EXPECT_EQ(
        count(
            "SELECT COUNT(*) FROM audit_entry WHERE details LIKE '%13800138000%' OR details LIKE '%肺结核%'"),
        0);
}

// A report, its start and its end: whichever call fails, a step is there with its record or not at all.
TEST_P(Clues, LeaveNothingHalfDoneWhereverACallFails) {
    const ClueOrder end{ClueAction::close, {}, {}, {}, "no_risk", "已核实"};
    const auto recorded = [&](const std::string& actions) {
        return count("SELECT COUNT(*) FROM audit_entry WHERE action IN (" + actions + ")");
    };
    int refused = 0;
    for (int n = 1;; ++n) {
        db_testing::FailingDatabase failing(database(), n);
        const auto received = receive(about(first), today, &failing);
        auto ended = received ? act(received->clue, begin(), &failing) : Result<Clue>(received.error());
        if (ended) ended = act(received->clue, end, &failing);
        EXPECT_EQ(count("SELECT COUNT(*) FROM casework_clue_signal"), recorded("'clues.create'"));
        EXPECT_EQ(count("SELECT COUNT(*) FROM casework_clue"), recorded("'clues.create'"));
        EXPECT_EQ(count("SELECT COUNT(*) FROM casework_clue_step"),
                  recorded("'clues.create', 'clues.begin', 'clues.close'"));
        EXPECT_EQ(count("SELECT COUNT(*) FROM casework_clue WHERE is_open = 0"), recorded("'clues.close'"));
        if (!failing.failed()) {
            EXPECT_TRUE(ended);
            break;
        }
        ++refused;
        EXPECT_EQ(ended.error().id, "db.full");
        if (!received) continue;  // what was left is ended, and the next round begins anew
        if (clue(received->clue).state == ClueState::dispatched) {
            ASSERT_TRUE(act(received->clue, begin()));
        }
        ASSERT_TRUE(act(received->clue, end));
    }
    EXPECT_GT(refused, 20);
}

}  // namespace
}  // namespace ballast::casework
