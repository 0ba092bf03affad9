// The same thing twice: files sent again, other editions, other months, and nothing at all.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "db_testing/testing.h"
#include "feeds/test_feeds.h"

namespace ballast::feeds {
namespace {

using namespace testing;

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class FeedEditions : public FeedFilesOn<db_testing::OnBothEngines> {};
ON_BOTH_ENGINES(FeedEditions);

TEST_P(FeedEditions, SentTwiceCountOnce) {
    const auto first = receive_bytes(csv({{}}), march);
    const auto again = receive_bytes(csv({{}}), "另存.csv");
    EXPECT_EQ(told(again), "refused feeds.same_file");
    EXPECT_EQ(again->same_as, first->id);
    EXPECT_EQ(again->error->kind, ErrorKind::conflict);
    EXPECT_EQ(facts().size(), 1u);
    EXPECT_THAT(rows_of(again->id), IsEmpty());
}

// A list of the uninsured may be the same two months running.
TEST_P(FeedEditions, OfTheSameBytesForAnotherPeriodAreAnotherFile) {
    const std::string april = "医保局_住院及门诊费用明细_513431_202604_01.csv";
    ASSERT_EQ(told(receive_bytes(csv({{}}), march)), "applied 1 0 0 0");
    EXPECT_EQ(told(receive_bytes(csv({{}}), april)), "applied 1 0 0 0");
    EXPECT_EQ(told(receive_bytes(csv({{}}), april)), "refused feeds.same_file");
    EXPECT_EQ(facts().size(), 1u);  // one stay in hospital is one, however often it is told
    period = "2026-02";
    EXPECT_EQ(told(receive_bytes(csv({{}}), "另存.csv")), "applied 1 0 0 0");
    EXPECT_EQ(told(receive_bytes(csv({{}}), "另存.csv")), "refused feeds.same_file");
}

TEST_P(FeedEditions, WithHeadingsAndNoRowSayThatThereIsNothingToReport) {
    const auto nothing = receive_bytes(csv_of({titles}), march);
    ASSERT_EQ(told(nothing), "applied 0 0 0 0");
    EXPECT_TRUE(nothing->nil);
    // What comes after all takes its place.
    const auto after_all = receive_bytes(csv({{}}), "医保局_住院及门诊费用明细_513431_202603_02.csv");
    ASSERT_EQ(told(after_all), "applied 1 0 0 0");
    EXPECT_FALSE(after_all->nil);
    const auto before = *database().read([&](db::Tx& tx) { return batch(tx, actor, nothing->id); });
    EXPECT_EQ(before.replaced_by, after_all->id);
}

TEST_P(FeedEditions, AreNotNeededToReportNothing) {
    const auto report = [&](const std::string& sheet, const std::string& month) {
        const auto done = database().write(
            [&](db::Tx& tx) { return report_nothing(tx, *vault, actor, zhaojue, sheet, month, now); });
        return done ? std::string(done->nil ? "nil" : "") : done.error().id;
    };
    EXPECT_EQ(report("medical.expenses", "2026-3"), "feeds.bad_period");
    EXPECT_EQ(report("medical.expenses", "2026-05"), "feeds.period_ahead");
    EXPECT_EQ(report("no.such", "2026-03"), "feeds.no_such_feed");
    EXPECT_EQ(report("medical.expenses", "2026-03"), "nil");
    EXPECT_EQ(report("medical.expenses", "2026-03"), "feeds.delivered_already");
    EXPECT_EQ(report("medical.expenses", "2026-02"), "nil");
    ASSERT_EQ(told(receive_bytes(csv({{}}), march)), "applied 1 0 0 0");
    EXPECT_EQ(report("medical.expenses", "2026-03"), "feeds.delivered_already");
    as_clerk_of("education");
    EXPECT_EQ(report("medical.expenses", "2026-01"), "feeds.not_your_department");
    EXPECT_EQ(report("education.students", "2026-03"), "nil");
    EXPECT_EQ(count("audit_entry WHERE action = 'feeds.nil'"), 3);
}

TEST_P(FeedEditions, SentTwiceAtTheSameMomentCountOnce) {
    const auto path = folder.put("upload", csv({{}}));
    std::string outcomes[2];
    {
        std::jthread one([&] { outcomes[0] = told(receive_path(path, march, database())); });
        std::jthread other([&] { outcomes[1] = told(receive_path(path, march, database())); });
    }
    EXPECT_THAT(outcomes, ::testing::UnorderedElementsAre("applied 1 0 0 0", "refused feeds.same_file"));
    EXPECT_EQ(facts().size(), 1u);
    EXPECT_EQ(count("feeds_row"), 1);
}

TEST_P(FeedEditions, OfTwoDepartmentsMayComeAtTheSameMoment) {
    const auto bills = folder.put("bills", csv({{}}));
    const auto houses = folder.put("houses", "户主姓名,身份证号,房屋地址,鉴定等级,鉴定日期\n吉克·阿依," +
                                                 ayi + ",一组,D级,2026-03-02\n");
    std::string outcomes[2];
    {
        std::jthread one([&] { outcomes[0] = told(receive_path(bills, march, database())); });
        std::jthread other([&] { outcomes[1] = told(receive_path(houses, "危房鉴定.csv", database())); });
    }
    EXPECT_THAT(outcomes, ElementsAre("applied 1 0 0 0", "applied 1 0 0 0"));
}

TEST_P(FeedEditions, CorrectTheSameStayWhenALaterOneSaysOtherAmounts) {
    ASSERT_EQ(outcome({{.paid = "6210"}, {.name = "王秀英", .id = xiuying, .paid = "50"}}, "三月.csv"),
              "applied 2 0 0 0");
    ASSERT_EQ(outcome({{.name = "吉克阿依", .paid = "1210"}}, "更正.csv"), "applied 1 0 0 0");
    EXPECT_THAT(facts(), ElementsAre(HasSubstr(" 5000 2026-03-09"), HasSubstr(" 121000 2026-03-09")));
}

TEST_P(FeedEditions, AddTheNextMonthsBillsThatNoDatePlaces) {
    ASSERT_EQ(outcome({{.paid = "500", .discharged = "", .kind = "门诊慢特病"}},
                      "医保局_门诊_513431_202602_01.csv"),
              "applied 1 0 0 0");
    ASSERT_EQ(outcome({{.paid = "510", .discharged = "", .kind = "门诊慢特病"}}), "applied 1 0 0 0");
    EXPECT_EQ(facts().size(), 2u);
}

TEST_P(FeedEditions, UnderTheSameNameReplaceTheEarlierEditionWhole) {
    const auto first = receive_bytes(csv({{.discharged = "2026-03-09"}, {.name = "王秀英", .id = xiuying}}));
    const auto second =
        receive_bytes(csv({{.discharged = "2026-03-08"}}));  // another day; 王秀英 was a mistake
    ASSERT_EQ(told(second), "applied 1 0 0 0");
    EXPECT_EQ(second->replaces, first->id);
    EXPECT_THAT(facts(), ElementsAre(HasSubstr("2026-03-08")));
    const auto touched = *database().read([&](db::Tx& tx) { return touched_by(tx, everywhere, second->id); });
    EXPECT_EQ(touched.size(), 2u);  // also the household that is no longer in the file

    // Back to what it was: those bytes are not in force any more.
    EXPECT_EQ(told(receive_bytes(csv({{.discharged = "2026-03-09"}, {.name = "王秀英", .id = xiuying}}))),
              "applied 2 0 0 0");
    EXPECT_EQ(facts().size(), 2u);
}

TEST_P(FeedEditions, UnderTheSameNameMustBeAboutAsLong) {
    ASSERT_EQ(outcome({{}, {.paid = "1"}, {.paid = "2"}}), "applied 3 0 0 0");
    EXPECT_EQ(outcome({{.paid = "3"}}), "refused feeds.much_shorter");
    EXPECT_EQ(facts().size(), 3u);
    EXPECT_EQ(outcome({{.paid = "3"}, {.paid = "4"}}), "applied 2 0 0 0");
    EXPECT_EQ(facts().size(), 2u);
}

TEST_P(FeedEditions, UnderANameWithoutAPeriodReplaceOnlyWhatTheyRepeat) {
    ASSERT_EQ(outcome({{}}, "导出.csv"), "applied 1 0 0 0");
    ASSERT_EQ(outcome({{.name = "王秀英", .id = xiuying}}, "导出.csv"), "applied 1 0 0 0");
    EXPECT_EQ(facts().size(), 2u);
}

// The car bought last year is one car, however many months' lists it stands in.
TEST_P(FeedEditions, AboutALastingThingReplaceWhatTheySaidOfItBefore) {
    const auto list = [&](const std::string& month) {
        return told(
            receive_bytes(csv_of({{"姓名", "身份证号", "单位", "人员性质", "月工资"},
                                  {"吉克·阿依", ayi, "县一中", "事业", month == "03" ? "5000" : "5100"}}),
                          "财政局_财政供养人员_513431_2026" + month + "_01.csv"));
    };
    EXPECT_EQ(list("03"), "applied 1 0 0 0");
    EXPECT_EQ(list("04"), "applied 1 0 0 0");
    EXPECT_EQ(*database().read([&](db::Tx& tx) {
        return tx.number("SELECT COUNT(*) FROM feeds_row WHERE superseded_by IS NULL");
    }),
              1);
}

}  // namespace
}  // namespace ballast::feeds
