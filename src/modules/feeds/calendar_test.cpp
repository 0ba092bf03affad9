#include "feeds/calendar.h"

#include "db_testing/testing.h"
#include "feeds/test_feeds.h"

namespace ballast::feeds {
namespace {

using namespace testing;

const CalendarLimits limits{50, 3, true};

const Contract& of(const char* feed) { return **contract(feed); }

Delivery came(const char* feed, std::string period, Date on, std::int64_t rows = 100) {
    return {feed, std::move(period), BatchId(1), on, on, 1, rows};
}
/// "2026-03 received": the last cells of a sheet, as of that day.
std::string told(const char* feed, const std::vector<Delivery>& deliveries, Date today, int months = 3) {
    const std::vector<const Contract*> one{&of(feed)};
    const auto shown = calendar(one, deliveries, today, months, limits);
    std::string out;
    for (const auto& cell : shown.lines.at(0).cells) {
        out += (out.empty() ? "" : ", ") + cell.period.substr(5) + " " + std::string(name_of(cell.state));
        if (cell.days_late > 0) out += " " + std::to_string(cell.days_late);
        if (cell.usual) out += " short of " + std::to_string(*cell.usual);
    }
    return out;
}

TEST(FeedCalendar, PutsADeadlineOnTheNextWorkingDay) {
    EXPECT_EQ(*deadline(of("medical.expenses"), "2026-10"), day(2026, 11, 5));
    EXPECT_EQ(*deadline(of("medical.expenses"), "2025-03"), day(2025, 4, 7));  // 清明 4 to 6 April
    EXPECT_EQ(*deadline(of("fiscal.payroll"), "2026-03"), day(2026, 4, 15));
    EXPECT_EQ(*deadline(of("education.students"), "2025-03"), day(2025, 4, 30));
    EXPECT_FALSE(deadline(of("emergency.disasters"), "2026-03"));
    EXPECT_FALSE(deadline(of("hotline.orders"), "2026-03"));
}

TEST(FeedCalendar, SaysWhatIsOpenNearAndLateOnEachSideOfTheDay) {
    const std::vector<Delivery> september{came("medical.expenses", "2026-09", day(2026, 10, 9))};
    const auto on = [&](int d) { return told("medical.expenses", september, day(2026, 11, d), 2); };
    EXPECT_EQ(on(1), "10 open, 11 open");
    EXPECT_EQ(on(2), "10 due_soon, 11 open");
    EXPECT_EQ(on(5), "10 due_soon, 11 open");
    EXPECT_EQ(on(6), "10 overdue 1, 11 open");
    EXPECT_EQ(on(9), "10 overdue 4, 11 open");
}

TEST(FeedCalendar, TellsWhatCameLate) {
    EXPECT_EQ(told("medical.expenses",
                   {came("medical.expenses", "2026-08", day(2026, 9, 9)),
                    came("medical.expenses", "2026-09", day(2026, 10, 8))},
                   day(2026, 10, 20)),
              "08 came_late 2, 09 received, 10 open");
}

TEST(FeedCalendar, ExpectsNothingBeforeTheFirstDeliveryNorOfWhatHasNoDeadline) {
    EXPECT_EQ(told("medical.expenses", {}, day(2026, 11, 20)), "09 none, 10 none, 11 none");
    EXPECT_EQ(told("emergency.disasters", {came("emergency.disasters", "2026-09", day(2026, 9, 20))},
                   day(2026, 11, 20)),
              "09 received, 10 none, 11 none");
}

TEST(FeedCalendar, ExpectsAQuarterlySheetInItsMonthsOnly) {
    EXPECT_EQ(
        told("fiscal.payroll", {came("fiscal.payroll", "2026-03", day(2026, 4, 10))}, day(2026, 7, 20), 5),
        "03 received, 04 none, 05 none, 06 overdue 5, 07 none");
}

TEST(FeedCalendar, AlarmsWhenFarFewerRowsCameThanUsual) {
    std::vector<Delivery> some;
    for (const char* period : {"2026-04", "2026-05", "2026-06"})
        some.push_back(came("medical.expenses", period, *Date::parse(std::string(period) + "-28"), 100));
    const auto with = [&](std::int64_t rows) {
        auto all = some;
        all.push_back(came("medical.expenses", "2026-07", day(2026, 8, 3), rows));
        return told("medical.expenses", all, day(2026, 8, 4), 2);
    };
    EXPECT_EQ(with(50), "07 received, 08 open");
    EXPECT_EQ(with(49), "07 received short of 100, 08 open");
    some.erase(some.begin());  // two periods tell nothing yet
    EXPECT_EQ(with(1), "07 received, 08 open");
}

TEST(FeedCalendar, WantsADailySheetOnTheNextWorkingDay) {
    // Friday 20 November: Friday's orders are due on Monday, Monday's on Tuesday.
    const std::vector<Delivery> friday{came("hotline.orders", "2026-11", day(2026, 11, 20))};
    const auto on = [&](int d) { return told("hotline.orders", friday, day(2026, 11, d), 1); };
    EXPECT_EQ(on(23), "11 received");
    EXPECT_EQ(on(24), "11 received");
    EXPECT_EQ(on(25), "11 overdue 1");
}

class FeedsInTheCalendar : public FeedFilesOn<db_testing::OnBothEngines> {};
ON_BOTH_ENGINES(FeedsInTheCalendar);

TEST_P(FeedsInTheCalendar, StandThereByTheirFirstComing) {
    ASSERT_EQ(outcome({{}}), "applied 1 0 0 0");
    ASSERT_EQ(outcome({{}, {"王秀英", xiuying}}), "applied 2 0 0 0");  // the corrected edition
    const auto shown = *database().read([&](db::Tx& tx) {
        return calendar(tx, actor, zhaojue, day(2026, 4, 20), 2,
                        *CalendarLimits::load(zhaojue, day(2026, 4, 20)));
    });
    EXPECT_EQ(shown.lines.size(), contracts().size());
    for (const auto& line : shown.lines) {
        EXPECT_EQ(line.begun, line.contract->id == "medical.expenses");
        if (!line.begun) continue;
        EXPECT_EQ(name_of(line.cells.at(0).state), "received");
        EXPECT_EQ(line.cells[0].files, 1);
        EXPECT_EQ(line.cells[0].rows, 2);
        EXPECT_EQ(name_of(line.cells.at(1).state), "open");
    }
    // 零报告 counts as delivered, and is no short delivery.
    ASSERT_TRUE(database().write([&](db::Tx& tx) {
        return report_nothing(tx, *vault, actor, zhaojue, "medical.expenses", "2026-04", now);
    }));
    const auto nil = *database().read(
        [&](db::Tx& tx) { return calendar(tx, actor, zhaojue, day(2026, 6, 20), 3, limits); });
    for (const auto& line : nil.lines)
        if (line.begun) {
            EXPECT_EQ(name_of(line.cells.at(0).state), "received");
            EXPECT_TRUE(line.cells[0].nil);
            EXPECT_EQ(line.cells[0].rows, 0);
            EXPECT_EQ(name_of(line.cells.at(1).state), "overdue");
            EXPECT_FALSE(line.cells[1].nil);
        }
    as_clerk_of("education");
    const auto own = *database().read(
        [&](db::Tx& tx) { return calendar(tx, actor, zhaojue, day(2026, 4, 20), 2, limits); });
    ASSERT_EQ(own.lines.size(), 1u);
    EXPECT_FALSE(own.lines[0].begun);
}

}  // namespace
}  // namespace ballast::feeds
