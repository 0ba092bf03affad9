#include "screening/screening.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "areas/areas.h"
#include "audit/audit.h"
#include "casework/clue_file.h"
#include "db_testing/failing_database.h"
#include "db_testing/testing.h"
#include "packs/packs.h"
#include "registry/import.h"
#include "registry/test_households.h"

namespace ballast::screening {
namespace {

using registry::testing::day;
using registry::testing::id_of;
using registry::testing::zhaojue;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const Date today = day(2026, 4, 10);

AreaCode village(std::size_t n) {
    const auto& division = areas::Division::shipped();
    return division.children(division.children(zhaojue).at(0).code).at(n).code;
}

/// Two ex-poor households in two villages, received through the register's and the feeds' own doors.
class Screening : public db_testing::OnBothEngines {
protected:
    void SetUp() override {
        OnBothEngines::SetUp();
        if (IsSkipped()) return;
        const auto path = registry::testing::write_book(
            files, "册.xlsx",
            {{"户信息",
              {"户编号", "行政村代码", "农户类型"},
              {{"0001", village(0).digits(), "脱贫户"}, {"0002", village(1).digits(), "脱贫户"}},
              ""},
             {"成员信息",
              {"户编号", "姓名", "证件号码", "与户主关系"},
              {{"0001", "吉克·阿依", ayi, "户主"}, {"0002", "王秀英", xiuying, "户主"}},
              ""}});
        const auto id = registry::receive(database(), *vault, system, {zhaojue, "册.xlsx", "建档", today},
                                          {{path, "册.xlsx"}}, today, at(today));
        ASSERT_TRUE(id) << id.error().id;
        ASSERT_TRUE(registry::apply(database(), *vault, system, *id, at(today)));
        register_ = *database().read(
            [&](db::Tx& tx) { return feeds::load_register(tx, auth::Scope({zhaojue}), zhaojue); });
    }
    static Instant at(Date day) { return Instant{day.days() * 86'400'000LL}; }

    struct Bill {
        std::string name, id, paid;
        std::string discharged = "2026-03-09";
    };
    /// Under the same name it is a corrected edition of the same file.
    feeds::BatchId receive(const std::vector<Bill>& bills, const std::string& month = "202603") {
        const std::string name = "医保局_住院及门诊费用明细_513431_" + month + "_01.csv";
        std::ofstream out(files.file(name));
        out << "姓名,身份证号,就诊医院,医疗类别,入院日期,出院日期,诊断名称,总费用(元),个人自付(元)\r\n";
        for (const auto& bill : bills)
            out << bill.name << "," << bill.id << ",县医院,住院,2026-02-01," << bill.discharged
                << ",肺结核病,20000," << bill.paid << "\r\n";
        out.close();
        const auto batch = feeds::receive(database(), *vault, system,
                                          {files.file(name), name, zhaojue, "", ""}, register_, at(today));
        EXPECT_TRUE(batch && !batch->error) << (batch ? batch->error->id : batch.error().id);
        return batch->id;
    }
    Result<screening::Run> run(Date on, db::Database& into, const Order& order = {zhaojue, {}, "all"}) {
        return screen(into, *vault, system, *Rules::load(zhaojue, on), order, at(on));
    }
    /// "raised 1 merged 0 suppressed 0 cleared 0"
    std::string told(Date on) {
        const auto done = run(on, database());
        if (!done) return done.error().id;
        return "raised " + std::to_string(done->raised) + " merged " + std::to_string(done->merged) +
               " suppressed " + std::to_string(done->suppressed) + " cleared " +
               std::to_string(done->cleared);
    }
    std::vector<Warning> open(const auth::Actor& actor, Query query = {}) {
        const auto found =
            database().read([&](db::Tx& tx) { return warnings(tx, *vault, actor, query, nullptr); });
        EXPECT_TRUE(found);
        return *found;
    }
    std::vector<Warning> open() { return open(system); }
    std::int64_t count(const std::string& sql) {
        return *database().read([&](db::Tx& tx) { return tx.number(sql); });
    }

    const std::string ayi = id_of(day(1980, 3, 1), 12), xiuying = id_of(day(1950, 2, 3), 34);
    std::unique_ptr<crypto::Vault> vault = crypto::test_vault("screening");
    const auth::Actor system = auth::system_actor("test");
    registry::testing::Folder files;
    feeds::Register register_;
};
ON_BOTH_ENGINES(Screening);

TEST_P(Screening, RaisesOneWarningWithItsEvidenceAndRecordsTheRun) {
    receive({{"吉克·阿依", ayi, "3000.00"},
             {"吉克·阿依", ayi, "2000.00", "2026-03-20"},
             {"王秀英", xiuying, "4999.99"}});
    EXPECT_EQ(told(today), "raised 1 merged 0 suppressed 0 cleared 0");
    const auto found = open();
    ASSERT_THAT(found, SizeIs(1));
    const auto& one = found[0];
    EXPECT_EQ(one.rule, "R01");
    EXPECT_EQ(one.village, village(0));
    EXPECT_EQ(one.raised_on, today);
    EXPECT_EQ(one.visit_by, today.plus_days(3));
    EXPECT_EQ(one.evidence.parameters.at(0).name, "hosp_limit_ex_poor");
    const auto rows = *database().read(
        [&](db::Tx& tx) { return feeds::evidence(tx, *vault, auth::Scope({zhaojue}), one.evidence.rows); });
    ASSERT_THAT(rows, SizeIs(2));
    EXPECT_EQ(rows[0].name, "吉克·阿依");
    EXPECT_EQ(rows[1].row_number, 3);
    for (const auto& row : rows)
        for (const auto& [title, value] : row.values) {
            EXPECT_NE(value, "肺结核病");
            EXPECT_NE(value, "县医院");
        }
    EXPECT_EQ(count("SELECT COUNT(*) FROM audit_entry WHERE action = 'screening.run'"), 1);
    EXPECT_EQ(
        database().read([&](db::Tx& tx) { return warning(tx, *vault, system, WarningId(999)); }).error().id,
        "screening.no_such_warning");
}

TEST_P(Screening, LooksAtOneAreaAloneWhenAskedAndTellsHowLongItTook) {
    receive({{"吉克·阿依", ayi, "5000.00"}});
    const auto beside = run(today, database(), {zhaojue, {}, "area", {village(1)}});
    ASSERT_TRUE(beside);
    EXPECT_EQ(beside->households, 1);
    EXPECT_EQ(beside->raised, 0);
    const auto there = run(today, database(), {zhaojue, {}, "area", {village(0)}});
    ASSERT_TRUE(there);
    EXPECT_EQ(there->households, 1);
    EXPECT_EQ(there->raised, 1);
    EXPECT_EQ(
        run(today, database(), {zhaojue, {}, "area", {*AreaCode::from_number(513432'000'000)}}).error().id,
        "screening.area_outside");

    const auto both = run(today, database(), {zhaojue, {}, "areas", {village(0), village(1)}});
    ASSERT_TRUE(both);
    EXPECT_EQ(both->households, 2);
    EXPECT_EQ(both->suppressed, 1);

    const Instant done{at(today).ms + 2500};
    ASSERT_TRUE(database().write([&](db::Tx& tx) { return note_end(tx, there->id, done); }));
    const auto told =
        *database().read([&](db::Tx& tx) { return runs(tx, auth::Scope({zhaojue}), 0, 10, nullptr); });
    ASSERT_THAT(told, SizeIs(3));
    EXPECT_EQ(told[1].ended, done);
    EXPECT_FALSE(told[2].ended);
}

TEST_P(Screening, StaysQuietWithinTheCooldownAndMergesAfterIt) {
    receive({{"吉克·阿依", ayi, "5000.00"}});
    EXPECT_EQ(told(today), "raised 1 merged 0 suppressed 0 cleared 0");
    EXPECT_EQ(told(today), "raised 0 merged 0 suppressed 1 cleared 0");
    EXPECT_EQ(told(today.plus_days(29)), "raised 0 merged 0 suppressed 1 cleared 0");
    EXPECT_EQ(told(today.plus_days(30)), "raised 0 merged 1 suppressed 0 cleared 0");
    EXPECT_EQ(told(today.plus_days(59)), "raised 0 merged 0 suppressed 1 cleared 0");
    const auto found = open();
    ASSERT_THAT(found, SizeIs(1));
    EXPECT_EQ(found[0].merged, 1);
    EXPECT_EQ(found[0].raised_on, today);
}

TEST_P(Screening, MergesAnAmountThatHasGrownByAFifthWithinTheCooldown) {
    receive({{"吉克·阿依", ayi, "5000.00"}});
    EXPECT_EQ(told(today), "raised 1 merged 0 suppressed 0 cleared 0");
    receive({{"吉克·阿依", ayi, "999.99", "2026-04-02"}}, "202604");
    EXPECT_EQ(told(today.plus_days(1)), "raised 0 merged 0 suppressed 1 cleared 0");
    EXPECT_THAT(open().at(0).evidence.rows, SizeIs(2));  // quiet, but it shows what holds now
    receive({{"吉克·阿依", ayi, "0.01", "2026-04-03"}}, "202605");
    EXPECT_EQ(told(today.plus_days(25)), "raised 0 merged 1 suppressed 0 cleared 0");
    const auto found = open();
    ASSERT_THAT(found, SizeIs(1));
    EXPECT_THAT(found[0].evidence.rows, SizeIs(3));
}

TEST_P(Screening, BringsEachHouseholdOneClueWithAllItsWarnings) {
    const auto clues = [&](const std::string& where) {
        return count("SELECT COUNT(*) FROM casework_clue WHERE " + where);
    };
    const auto signals = [&] {
        return count("SELECT COUNT(*) FROM casework_clue_signal WHERE warning_id IS NOT NULL");
    };
    receive({{"吉克·阿依", ayi, "5000.00"}, {"王秀英", xiuying, "9000.00"}});
    const auto done = run(today, database());
    ASSERT_TRUE(done);
    EXPECT_EQ(done->clues, 2);
    EXPECT_EQ(clues("state = 'dispatched' AND source = 'department_screening'"), 2);
    EXPECT_EQ(
        clues("area_code = " + village(0).digits() + " AND due_on = '" + today.plus_days(3).iso() + "'"), 1);
    EXPECT_EQ(signals(), 2);
    // What is quiet says nothing again; what merges is the same warning.
    ASSERT_TRUE(run(today.plus_days(1), database()));
    ASSERT_TRUE(run(today.plus_days(30), database()));
    EXPECT_EQ(clues("1 = 1"), 2);
    EXPECT_EQ(signals(), 2);
}

TEST_P(Screening, MakesUpForWarningsThatHaveNoClueYet) {
    receive({{"吉克·阿依", ayi, "5000.00"}});
    ASSERT_TRUE(run(today, database()));
    ASSERT_TRUE(database().write([&](db::Tx& tx) -> Result<void> {
        for (const std::string table : {"casework_clue_signal", "casework_clue_step", "casework_clue"})
            TRY(tx.exec("DELETE FROM " + table));
        return {};
    }));
    const auto done = run(today.plus_days(1), database());
    EXPECT_EQ(done->suppressed, 1);
    EXPECT_EQ(done->clues, 1);
}

TEST_P(Screening, ClearsAWarningWhenItsSenderReplacesTheRowsAndMayRaiseItAnew) {
    receive({{"吉克·阿依", ayi, "5000.00"}});
    EXPECT_EQ(told(today), "raised 1 merged 0 suppressed 0 cleared 0");
    receive({{"吉克·阿依", ayi, "500.00"}});
    EXPECT_EQ(told(today), "raised 0 merged 0 suppressed 0 cleared 1");
    EXPECT_THAT(open(), IsEmpty());
    Query cleared;
    cleared.state = Warning::State::cleared;
    EXPECT_THAT(open(system, cleared), SizeIs(1));
    receive({{"吉克·阿依", ayi, "5100.00"}});
    EXPECT_EQ(told(today), "raised 1 merged 0 suppressed 0 cleared 0");
}

// Whoever was there has said that there is nothing: the warning is over, and the rule is quiet from then on.
TEST_P(Screening, ClosesAWarningWithTheReasonOfItsClueAndStaysQuietFromThen) {
    receive({{"吉克·阿依", ayi, "5000.00"}, {"王秀英", xiuying, "9000.00"}});
    ASSERT_TRUE(run(today, database()));
    ASSERT_THAT(open(), SizeIs(2));
    const Date visit = today.plus_days(20);
    ASSERT_TRUE(database().write([&](db::Tx& tx) -> Result<void> {
        const casework::ClueDesk desk{*vault, areas::Division::shipped(), system, visit, at(visit)};
        casework::ClueQuery query;
        query.area = village(0);
        const auto clue = TRY(casework::clues(tx, system, query, visit, nullptr)).at(0);
        const auto begun = TRY(casework::act(tx, desk, clue.id, clue.version, "",
                                             {casework::ClueAction::begin, {}, {}, {}, "", ""}));
        TRY(casework::act(tx, desk, clue.id, begun.version, "",
                          {casework::ClueAction::close, {}, {}, {}, "no_risk", "已有保障"}));
        return {};
    }));
    const auto closing = [&](registry::HouseholdId household) {
        return *database().write(
            [&](db::Tx& tx) { return close_ended(tx, *vault, system, household, village(0), at(visit)); });
    };
    Query all;
    all.area = village(0);
    const auto of_hers = open(system, all);
    ASSERT_FALSE(of_hers.empty());
    EXPECT_EQ(closing(registry::HouseholdId(of_hers[0].household.number() + 1)), 0);
    // Nor does a run that looks at another household, or at another village.
    for (const Warning& one : open())
        if (one.household != of_hers[0].household)
            ASSERT_TRUE(run(visit, database(), {zhaojue, {{{one.household, one.village}}}, "all"}));
    Order elsewhere{zhaojue, {}, "all"};
    elsewhere.within = {village(1)};
    ASSERT_TRUE(run(visit, database(), elsewhere));
    EXPECT_THAT(open(system, all), SizeIs(of_hers.size()));
    EXPECT_EQ(closing(of_hers[0].household), static_cast<std::int64_t>(of_hers.size()));
    EXPECT_EQ(closing(of_hers[0].household), 0);
    EXPECT_EQ(count("SELECT COUNT(*) FROM audit_entry WHERE action = 'screening.close'"), 1);
    EXPECT_THAT(open(system, all), IsEmpty());
    all.state = Warning::State::closed;
    const auto closed = open(system, all);
    ASSERT_EQ(closed.size(), of_hers.size());
    EXPECT_EQ(closed[0].closed_reason, "no_risk");
    EXPECT_EQ(closed[0].closed_on, visit);

    all.state = Warning::State::open;
    ASSERT_TRUE(run(visit.plus_days(29), database()));
    EXPECT_THAT(open(system, all), IsEmpty());
    // Worse than then is news at once.
    receive({{"吉克·阿依", ayi, "1100.00", "2026-04-20"}}, "202604");
    ASSERT_TRUE(run(visit.plus_days(29), database()));
    ASSERT_FALSE(open(system, all).empty());
    EXPECT_EQ(open(system, all)[0].raised_on, visit.plus_days(29));
}

TEST_P(Screening, TellsTheClueThatARowBehindItWasTakenBack) {
    receive({{"吉克·阿依", ayi, "5000.00"}});
    ASSERT_TRUE(run(today, database()));
    receive({{"吉克·阿依", ayi, "500.00"}});
    EXPECT_EQ(told(today), "raised 0 merged 0 suppressed 0 cleared 1");
    const auto file = *database().read([&](db::Tx& tx) -> Result<casework::ClueFile> {
        const auto clue = TRY(casework::clues(tx, system, {}, today, nullptr)).at(0);
        return casework::clue_file(tx, *vault, system, clue.id);
    });
    EXPECT_EQ(file.clue.state, casework::ClueState::dispatched);  // a person closes it
    EXPECT_EQ(file.steps.back().action, "withdrawn");
    EXPECT_EQ(count("SELECT COUNT(*) FROM audit_entry WHERE action = 'clues.withdrawn'"), 1);
}

TEST_P(Screening, LetsAWarningLapseButStandWhenTheYearTurns) {
    receive({{"吉克·阿依", ayi, "5000.00"}});
    EXPECT_EQ(told(today), "raised 1 merged 0 suppressed 0 cleared 0");
    EXPECT_EQ(told(day(2027, 1, 31)), "raised 0 merged 1 suppressed 0 cleared 0");
    EXPECT_FALSE(open().at(0).lapsed_on);
    EXPECT_EQ(told(day(2027, 2, 1)), "raised 0 merged 0 suppressed 0 cleared 0");
    ASSERT_THAT(open(), SizeIs(1));
    EXPECT_EQ(open()[0].lapsed_on, day(2027, 2, 1));
}

TEST_P(Screening, AsksOnlyTheHouseholdsThatABatchTouched) {
    receive({{"王秀英", xiuying, "9000.00"}});
    const auto batch = receive({{"吉克·阿依", ayi, "9000.00", "2026-04-01"}}, "202604");
    const auto touched =
        *database().read([&](db::Tx& tx) { return feeds::touched_by(tx, auth::Scope({zhaojue}), batch); });
    const auto done = run(today, database(), {zhaojue, touched, "batch:2"});
    ASSERT_TRUE(done);
    EXPECT_EQ(done->households, 1);
    ASSERT_THAT(open(), SizeIs(1));
    EXPECT_EQ(open()[0].village, village(0));
}

TEST_P(Screening, ShowsNothingOutsideTheScopeOrOfAnotherDepartment) {
    receive({{"吉克·阿依", ayi, "5000.00"}});
    ASSERT_EQ(told(today), "raised 1 merged 0 suppressed 0 cleared 0");
    const auto actor = [&](auth::Role role, AreaCode area, const std::string& department = "") {
        return auth::Actor{auth::UserId(7), "one", "李玉兰", {{role, area, department}}};
    };
    EXPECT_THAT(open(actor(auth::Role::village_officer, village(0))), SizeIs(1));
    EXPECT_THAT(open(actor(auth::Role::village_officer, village(1))), IsEmpty());
    EXPECT_THAT(open(actor(auth::Role::department_clerk, zhaojue, "medical_insurance")), SizeIs(1));
    EXPECT_THAT(open(actor(auth::Role::department_clerk, zhaojue, "education")), IsEmpty());
    const auto id = open()[0].id;
    const auto other = actor(auth::Role::village_officer, village(1));
    EXPECT_EQ(database().read([&](db::Tx& tx) { return warning(tx, *vault, other, id); }).error().id,
              "screening.no_such_warning");
    const std::vector<registry::HouseholdId> homes{registry::HouseholdId(999), open()[0].household};
    const auto marked = *database().read([&](db::Tx& tx) { return marks(tx, system, homes); });
    EXPECT_EQ(marked[0].open, 0);
    EXPECT_EQ(marked[1].open, 1);
    EXPECT_EQ(marked[1].worst, Level::orange);
    EXPECT_EQ((*database().read([&](db::Tx& tx) { return marks(tx, other, homes); }))[1].open, 0);
    const auto refused =
        screen(database(), *vault, other, *Rules::load(zhaojue, today), {zhaojue, {}, "all"}, at(today));
    EXPECT_EQ(refused.error().id, "auth.not_allowed");
    const auto elsewhere = actor(auth::Role::county_officer, *AreaCode::from_number(513432'000'000));
    EXPECT_EQ(
        screen(database(), *vault, elsewhere, *Rules::load(zhaojue, today), {zhaojue, {}, "all"}, at(today))
            .error()
            .id,
        "screening.no_such_county");
}

TEST_P(Screening, CountsByLevelAndByRule) {
    receive({{"吉克·阿依", ayi, "5000.00"}, {"王秀英", xiuying, "20000.00"}});  // R04: over half of 21,303
    EXPECT_EQ(told(today), "raised 3 merged 0 suppressed 0 cleared 0");
    Query query;
    query.level = Level::red;
    Counts counts;
    const auto found =
        *database().read([&](db::Tx& tx) { return warnings(tx, *vault, system, query, &counts); });
    ASSERT_THAT(found, SizeIs(1));
    EXPECT_EQ(found[0].rule, "R04");
    EXPECT_EQ(counts.total, 1);
    EXPECT_EQ(counts.red, 1);
    EXPECT_EQ(counts.orange, 2);
    ASSERT_THAT(counts.by_rule, SizeIs(1));
    EXPECT_EQ(counts.by_rule[0].rule, "R04");
    EXPECT_EQ(counts.by_rule[0].title_zh, "医疗返贫预警");
    EXPECT_EQ(counts.by_rule[0].count, 1);
    EXPECT_EQ(open()[0].level, Level::red);  // the most urgent first
}

TEST_P(Screening, RaisesNothingTwiceWhenTwoRunsMeet) {
    receive({{"吉克·阿依", ayi, "5000.00"}, {"王秀英", xiuying, "6000.00"}});
    std::string first, second;
    std::thread other([&] { first = told(today); });
    second = told(today);
    other.join();
    EXPECT_THAT((std::vector{first, second}),
                ::testing::UnorderedElementsAre("raised 2 merged 0 suppressed 0 cleared 0",
                                                "raised 0 merged 0 suppressed 2 cleared 0"));
    EXPECT_THAT(open(), SizeIs(2));
}

TEST_P(Screening, LeavesNothingHalfDoneWhenTheDatabaseFails) {
    receive({{"吉克·阿依", ayi, "20000.00"}});  // R01 and R04 of one household
    int refused = 0;
    for (int n = 1;; ++n) {
        db_testing::FailingDatabase failing(database(), n);
        const auto done = run(today, failing);
        if (!failing.failed()) {
            ASSERT_TRUE(done);
            break;
        }
        ++refused;
        EXPECT_EQ(done.error().id, "db.full");
        const auto warned = count("SELECT COUNT(*) FROM screening_warning");
        EXPECT_TRUE(warned == 0 || warned == 2) << "call " << n;
        EXPECT_EQ(count("SELECT COUNT(*) FROM casework_clue_signal"), warned) << "in the same transaction";
        EXPECT_EQ(count("SELECT COUNT(*) FROM screening_run"),
                  count("SELECT COUNT(*) FROM audit_entry WHERE action = 'screening.begin'"));
    }
    EXPECT_GT(refused, 10);
    EXPECT_THAT(open(), SizeIs(2));
}

}  // namespace
}  // namespace ballast::screening
