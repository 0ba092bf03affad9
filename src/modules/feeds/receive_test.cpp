#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <iconv.h>

#include <fstream>
#include <thread>

#include "audit/audit.h"
#include "db_testing/failing_database.h"
#include "db_testing/testing.h"
#include "feeds/evaluation.h"
#include "feeds/receiving.h"
#include "feeds/test_feeds.h"

namespace ballast::feeds {
namespace {

using namespace testing;

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

std::string gb18030(std::string utf8) {
    iconv_t converter = iconv_open("GB18030", "UTF-8");
    std::string out(utf8.size() * 2, '\0');
    char* from = utf8.data();
    char* to = out.data();
    std::size_t left = utf8.size(), room = out.size();
    INVARIANT(iconv(converter, &from, &left, &to, &room) == 0);
    iconv_close(converter);
    out.resize(out.size() - room);
    return out;
}

class FeedFiles : public FeedFilesOn<db_testing::OnBothEngines> {};
ON_BOTH_ENGINES(FeedFiles);

TEST_P(FeedFiles, CountEveryRowOnce) {
    const auto batch = receive_bytes(csv({{},
                                          {"王秀兰", xiuying},
                                          {"王秀英", "", "900", "2026-03-10", "门诊", "", village_name(1)},
                                          {"张三", stranger},
                                          {"沙马·木果", muguo, "约五千"},
                                          {"合计", "", "13,320.00"}}));
    ASSERT_EQ(told(batch), "applied 1 2 1 1");
    EXPECT_EQ(batch->counts.rows(), 5);
    EXPECT_EQ(batch->counts.accepted(), 4);
    EXPECT_EQ(batch->counts.totals_dropped, 1);
    EXPECT_EQ(batch->feed, "medical.expenses");
    EXPECT_EQ(batch->period, "2026-03");
    EXPECT_EQ(
        reasons_of(batch->id),
        "3 feeds.name_differs\n4 feeds.no_id\n5 feeds.not_in_register\n6 feeds.bad_money 个人自付(元)\n");
    EXPECT_EQ(count("feeds_row"), 5);
}

TEST_P(FeedFiles, AreReadInEveryEncodingThatOfficesUse) {
    const auto with_paid = [](const char* paid) { return csv({{.paid = paid}}); };
    EXPECT_EQ(told(receive_bytes(with_paid("1"), "a.csv")), "applied 1 0 0 0");
    EXPECT_EQ(told(receive_bytes("\xEF\xBB\xBF" + with_paid("2"), "b.csv")), "applied 1 0 0 0");
    EXPECT_EQ(told(receive_bytes(gb18030(with_paid("3")), "c.csv")), "applied 1 0 0 0");
}

TEST_P(FeedFiles, AreReadFromAWorkbookUnderItsTitleAndAboveItsTotals) {
    const auto all = sheet_of({{}, {"合 计", "", "6210.00"}});
    const auto path =
        put_book("a.xlsx", {{"说明", {"填表说明"}, {{"每月5日前报送"}}, ""},
                            {"明细", titles, {all[1], all[2]}, "昭觉县2026年3月住院费用明细表"}});
    const auto batch = receive_path(path, "昭觉_202603.xlsx", database());
    ASSERT_EQ(told(batch), "applied 1 0 0 0");
    EXPECT_EQ(batch->counts.totals_dropped, 1);
    EXPECT_EQ(rows_of(batch->id).front().sheet, "明细");
    EXPECT_EQ(rows_of(batch->id).front().row_number, 3);
}

TEST_P(FeedFiles, MatchANameHoweverItIsWritten) {
    std::vector<Bill> bills;
    for (const auto* way : {"吉克·阿依", "吉克阿依", "吉克•阿依", " 吉克 阿依 ", "吉克．阿依"})
        bills.push_back({.name = way, .paid = std::to_string(100 + bills.size())});
    EXPECT_EQ(outcome(bills), "applied 5 0 0 0");
}

TEST_P(FeedFiles, OfferTheNumbersOwnerAndTheBearerOfTheName) {
    const auto batch = receive_bytes(csv({{.name = "吉克·阿依", .id = muguo, .village = village_name(0)}}));
    ASSERT_EQ(told(batch), "applied 0 1 0 0");
    const auto row = rows_of(batch->id).at(0);
    EXPECT_EQ(row.reason->id, "feeds.name_differs");
    ASSERT_EQ(row.people.size(), 2u);
    EXPECT_NE(row.people[0].person, row.people[1].person);
    EXPECT_EQ(row.people[0].household, row.people[1].household);
    EXPECT_THAT(facts(), IsEmpty());  // until a person confirms
}

TEST_P(FeedFiles, RefuseNumbersThatASpreadsheetDamaged) {
    const auto parts = table::workbook_parts(
        "<row r='1'><c r='A1' t='inlineStr'><is><t>姓名</t></is></c><c r='B1' "
        "t='inlineStr'><is><t>身份证号</t></is></c>"
        "<c r='C1' t='inlineStr'><is><t>出院日期</t></is></c><c r='D1' "
        "t='inlineStr'><is><t>个人自付(元)</t></is></c></row>"
        "<row r='2'><c r='A2' t='inlineStr'><is><t>吉克·阿依</t></is></c><c "
        "r='B2'><v>5.1343119800301E+17</v></c><c r='D2'><v>6210</v></c></row>"
        "<row r='3'><c r='A3' t='inlineStr'><is><t>吉克·阿依</t></is></c><c r='D3' "
        "t='e'><v>#N/A</v></c></row>"
        "<row r='4'><c r='A4' t='inlineStr'><is><t>吉克·阿依</t></is></c><c "
        "r='D4'><f>SUM(A1:A2)</f></c></row>"
        "<row r='5'><c r='A5' t='inlineStr'><is><t>吉克·阿依</t></is></c><c r='B5' t='inlineStr'><is><t>" +
        ayi + "</t></is></c><c r='C5'><v>46090</v></c><c r='D5'><f>1+1</f><v>6210.5</v></c></row>");
    const auto batch = receive_path(table::put_zip(folder / "b.xlsx", parts), "b.xlsx", database());
    ASSERT_EQ(told(batch), "applied 1 0 0 3");
    EXPECT_EQ(reasons_of(batch->id),
              "2 feeds.id_damaged 身份证号\n3 feeds.error_cell 个人自付(元)\n4 feeds.formula_without_value "
              "个人自付(元)\n");
    EXPECT_THAT(facts(), ElementsAre(HasSubstr(" 621050 2026-03-09")));
}

TEST_P(FeedFiles, RefuseARowThatSaysWhatAnotherSays) {
    const auto batch = receive_bytes(csv({{}, {}, {.name = "吉克阿依"}, {.name = "", .id = ayi}}));
    ASSERT_EQ(told(batch), "applied 1 0 0 3");
    EXPECT_EQ(reasons_of(batch->id),
              "3 feeds.doubled_row 2\n4 feeds.doubled_row 2\n5 feeds.name_missing 姓名\n");
}

TEST_P(FeedFiles, KeepTwoBillsOfOneDay) {
    ASSERT_EQ(outcome({{.paid = "100", .kind = "门诊"}, {.paid = "250", .kind = "门诊"}}), "applied 2 0 0 0");
    EXPECT_EQ(facts().size(), 2u);
}

TEST_P(FeedFiles, GiveBackTheirRefusedRowsToBeCorrectedAndSentAgain) {
    // Two bills of one day, one of them wrong; and a row doubled.
    const auto batch = receive_bytes(csv({{.paid = "100", .kind = "门诊"},
                                          {.paid = "二百", .kind = "门诊"},
                                          {.paid = "100", .kind = "门诊"}}));
    ASSERT_EQ(told(batch), "applied 1 0 0 2");
    const auto path = folder / "rejects.xlsx";
    ASSERT_EQ(*write_rejects(database(), *vault, actor, batch->id, path, words::Language::zh, now), 2);
    auto book = *table::rows_of(path);
    ASSERT_EQ(book.size(), 3u);
    EXPECT_EQ(book[0].front(), "原批次号");
    EXPECT_EQ(book[1][1], "3");
    EXPECT_EQ(book[1][3], ayi);
    EXPECT_THAT(book[1].back(), HasSubstr("个人自付(元)"));

    for (auto& cell : book[1])
        if (cell == "二百") cell = "200";
    const auto back = receive_bytes(csv_of(book), "改好.csv");
    ASSERT_EQ(told(back), "applied 2 0 0 0");
    EXPECT_EQ(back->rejects_of, batch->id);
    EXPECT_EQ(back->period, "2026-03");
    EXPECT_THAT(facts(), ElementsAre(HasSubstr(" 20000 "), HasSubstr(" 10000 ")));
}

TEST_P(FeedFiles, OfAnotherDepartmentAreForbidden) {
    as_clerk_of("education");
    const auto refused = receive_bytes(csv({{}}));
    EXPECT_EQ(told(refused), "feeds.not_your_department");
    EXPECT_EQ(refused.error().kind, ErrorKind::forbidden);
    EXPECT_EQ(count("feeds_batch"), 0);
    as_clerk_of("medical_insurance");
    EXPECT_EQ(told(receive_bytes(csv({{}}))), "applied 1 0 0 0");
}

TEST_P(FeedFiles, AreSeenByTheirOwnDepartmentOnly) {
    const auto batch = receive_bytes(csv({{}}));
    const auto seen = [&] {
        return database().read([&](db::Tx& tx) -> Result<std::string> {
            std::int64_t total = 0;
            TRY(batches(tx, actor, {}, &total));
            const auto one = feeds::batch(tx, actor, batch->id);
            return std::to_string(total) + " " + (one ? "found" : one.error().id);
        });
    };
    EXPECT_EQ(*seen(), "1 found");
    as_clerk_of("medical_insurance");
    EXPECT_EQ(*seen(), "1 found");
    as_clerk_of("education");
    EXPECT_EQ(*seen(), "0 feeds.no_such_batch");
    actor = auth::Actor{auth::UserId(8),
                        "officer",
                        "",
                        {{auth::Role::county_officer, *AreaCode::from_number(513432'000'000), ""}}};
    EXPECT_EQ(*seen(), "0 feeds.no_such_batch");
    EXPECT_EQ(told(receive_bytes(csv({{}}))), "feeds.no_such_county");
}

TEST_P(FeedFiles, GiveTheRulesOnlyWhatLiesInTheirScope) {
    ASSERT_EQ(outcome({{}, {.name = "王秀英", .id = xiuying}, {.name = "张三", .id = stranger}}),
              "applied 2 0 1 0");
    EXPECT_EQ(facts().size(), 2u);
    EXPECT_EQ(facts(auth::Scope({village(0)})).size(), 1u);
}

TEST_P(FeedFiles, AboutWhatSomebodyOwnsNameNoOwnerAndReachNoRule) {
    const auto batch = receive_bytes(
        csv_of({{"姓名", "身份证号", "车牌号", "新车价(元)"}, {"吉克·阿依", ayi, "川W12345", "128000"}}),
        "公安局_车辆_513431_202603_01.csv");
    ASSERT_EQ(told(batch), "applied 1 0 0 0");
    EXPECT_EQ(batch->feed, "police.vehicles");
    const auto seen = rows_of(batch->id, State::matched);
    ASSERT_EQ(seen.size(), 1U);
    EXPECT_THAT(seen[0].people, IsEmpty());
    EXPECT_THAT(seen[0].values, IsEmpty());
    EXPECT_EQ(seen[0].id_masked, "");
    EXPECT_NE(seen[0].name, "吉克·阿依");
    EXPECT_THAT(facts(), IsEmpty());
    EXPECT_THAT(*database().read([&](db::Tx& tx) { return touched_by(tx, everywhere, batch->id); }),
                IsEmpty());
    // Its sender knows whom it has sent.
    as_clerk_of("police");
    EXPECT_EQ(rows_of(batch->id, State::matched).at(0).name, "吉克·阿依");
}

TEST_P(FeedFiles, StoppedHalfWayLeaveNothing) {
    std::vector<Bill> bills;
    for (int i = 0; i < static_cast<int>(piece) + 10; ++i) bills.push_back({.paid = std::to_string(i)});
    int asked = 0;
    const auto path = folder.put("upload", csv(bills));
    const auto batch = receive_path(path, march, database(), [&](double share) {
        ++asked;
        EXPECT_GT(share, 0.0);
        return false;
    });
    EXPECT_EQ(told(batch), "refused feeds.stopped");
    EXPECT_EQ(asked, 1);
    EXPECT_EQ(count("feeds_row"), 0);
    EXPECT_EQ(told(receive_path(path, march, database())),
              "applied " + std::to_string(bills.size()) + " 0 0 0");
}

TEST_P(FeedFiles, LeaveNothingHalfDoneWhicheverCallOfTheDatabaseFails) {
    const auto path = folder.put("upload", csv({{}, {"王秀兰", xiuying}}));
    int n = 1;
    for (;; ++n) {
        db_testing::FailingDatabase failing(database(), n);
        const auto batch = receive_path(path, march, failing);
        if (!failing.failed()) {
            EXPECT_EQ(told(batch), "applied 1 1 0 0");
            break;
        }
        if (batch || count("feeds_batch") == 1) break;  // the last: applied, only reading it back failed
        ASSERT_EQ(batch.error().id, "db.full") << n;
        ASSERT_EQ(count("feeds_batch") + count("feeds_row") + count("feeds_candidate"), 0) << n;
    }
    EXPECT_GT(n, 10);
    EXPECT_EQ(facts().size(), 1u);
}

TEST_P(FeedFiles, LeaveNothingHalfDoneWhenTheProgramDies) {
    struct Killed {};
    const auto path = folder.put("upload", csv({{}, {"王秀兰", xiuying}}));
    std::int64_t swept = 0;
    for (int n = 1;; ++n) {
        db_testing::FailingDatabase dying(database(), n);
        dying.at_failure = [] { throw Killed{}; };
        try {
            std::ignore = receive_path(path, march, dying);
            break;
        } catch (const Killed&) {
        }
        swept += *sweep(database());
        if (!facts().empty()) break;  // it died after the end
        ASSERT_EQ(count("feeds_row") + count("feeds_candidate"), 0) << n;
    }
    EXPECT_GT(swept, 0);
    EXPECT_EQ(facts().size(), 1u);
    EXPECT_EQ(*sweep(database()), 0);
    EXPECT_EQ(facts().size(), 1u);
}

TEST_P(FeedFiles, SweptAwayByAnotherProgramAreNotPublished) {
    std::vector<Bill> bills;
    for (int i = 0; i < static_cast<int>(piece); ++i) bills.push_back({.paid = std::to_string(i)});
    const auto batch = receive_path(folder.put("upload", csv(bills)), march, database(),
                                    [&](double share) { return share < 1.0 || *sweep(database()) == 1; });
    EXPECT_EQ(told(batch), "refused feeds.interrupted");
    EXPECT_EQ(count("feeds_row"), 0);
}

TEST_P(FeedFiles, ThatAreNoSheetsAreRefusedAndSayWhy) {
    const auto refusal = [&](const std::string& bytes, const std::string& name = "a.csv") {
        const auto batch = receive_bytes(bytes, name);
        EXPECT_TRUE(batch);
        EXPECT_EQ(batch->state, Batch::State::refused);
        EXPECT_NE(words::say(*batch->error, words::Language::zh).find("。"), std::string::npos);
        EXPECT_THAT(words::say(*batch->error, words::Language::zh), Not(HasSubstr("{")));
        std::string out = batch->error->id;
        for (const auto& [key, value] : batch->error->args) out += " " + key + "=" + value;
        return out;
    };
    EXPECT_EQ(refusal(""), "table.empty file=a.csv sheet=");
    EXPECT_THAT(refusal(table::bytes_of(table::put_zip(folder / "z", {{"a.txt", "x"}})), "a.xlsx"),
                HasSubstr("table.not_xlsx"));
    const auto book = table::bytes_of(put_book("b.xlsx", {{"明细", titles, {sheet_of({{}})[1]}, ""}}));
    EXPECT_THAT(refusal(book.substr(0, book.size() / 2), "a.xlsx"), HasSubstr("table.truncated"));
    EXPECT_EQ(refusal("姓名,身份证号,就诊医院,出院日期\n吉克·阿依,,县医院,2026-03-09\n"),
              "feeds.not_recognised file=a.csv closest=住院及门诊费用明细 missing=个人自付(元)");
    EXPECT_THAT(refusal("姓名,身份证号,身份证号,个人自付(元),出院日期\n"), HasSubstr("table.doubled_column"));
    EXPECT_THAT(refusal("村规民约\n第一条\n"), HasSubstr("feeds.not_recognised"));
    feed = "education.students";
    EXPECT_THAT(refusal(csv({{}})), HasSubstr("table.missing_columns"));
    feed = "no.such";
    EXPECT_EQ(refusal(csv({{}})), "feeds.no_such_feed feed=no.such");
    EXPECT_EQ(count("feeds_row"), 0);
}

TEST_P(FeedFiles, KeepNumbersAndDiagnosesSealed) {
    if (engine() != db::Engine::sqlite) GTEST_SKIP() << "the file can be looked into on SQLite only";
    ASSERT_EQ(outcome({{}, {.name = "沙马·木果", .id = muguo, .paid = "二百"}}), "applied 1 0 0 1");
    const auto path = fresh().address().substr(std::string("sqlite:").size());
    fresh().close();
    const auto bytes = table::bytes_of(path) + table::bytes_of(path + "-wal");
    EXPECT_NE(bytes.find("吉克·阿依"), std::string::npos);  // the right file
    for (const auto& secret : {ayi, muguo, std::string("肺结核"), std::string("县医院"), std::string("二百"),
                               std::string("2026-03-09")})
        EXPECT_EQ(bytes.find(secret), std::string::npos) << secret;
}

// Four rows: right; a stranger taken for nobody; a candidate that should be a match; one of a file that never
// came.
TEST_P(FeedFiles, AreHeldAgainstTheTruth) {
    ASSERT_EQ(outcome({{}, {.name = "张三", .id = stranger}, {.name = "王秀兰", .id = xiuying}}),
              "applied 1 1 1 0");
    const auto truth = folder.put("truth.csv",
                                  "file,sheet,row,feed,household_no,id_number,fault,expected\n"
                                  "feeds/" +
                                      march + ",,2,medical.expenses,0001," + ayi +
                                      ",,matched\n"
                                      "feeds/" +
                                      march +
                                      ",,3,medical.expenses,,,stranger,unmatched\n"
                                      "feeds/" +
                                      march + ",,4,medical.expenses,0002," + xiuying +
                                      ",homophone,matched\n"
                                      "feeds/x.csv,,2,medical.expenses,0002," +
                                      xiuying + ",,matched\n");
    const auto result =
        *database().read([&](db::Tx& tx) { return evaluate(tx, *vault, actor, register_, truth); });
    EXPECT_EQ(result.rows, 4);
    EXPECT_EQ(result.not_received, 1);
    EXPECT_EQ(result.matched.precision(), 10'000);
    EXPECT_EQ(result.matched.recall(), 5'000);
    EXPECT_EQ(result.candidate.found, 1);
    EXPECT_EQ(result.candidate.right, 1);
    EXPECT_THAT(result.disagreements, ElementsAre(std::pair<const std::string, std::int64_t>(
                                          "homophone: matched -> candidate", 1)));
}

TEST_P(FeedFiles, AreRecordedInTheAudit) {
    ASSERT_EQ(outcome({{}}), "applied 1 0 0 0");
    ASSERT_EQ(outcome({{}}), "refused feeds.same_file");
    const auto entries = *database().read([&](db::Tx& tx) { return audit::list(tx, everywhere, {}); });
    ASSERT_GE(entries.size(), 2u);
    EXPECT_EQ(entries[0].event.action, "feeds.refuse");
    EXPECT_EQ(entries[1].event.action, "feeds.receive");
    EXPECT_THAT(entries[1].event.details, HasSubstr(R"("matched":1)"));
}

TEST_P(FeedFiles, ShowNoDiagnosisAsEvidence) {
    const auto batch = receive_bytes(csv({{}}));
    const auto row = rows_of(batch->id).at(0).id;
    const auto shown =
        *database().read([&](db::Tx& tx) { return evidence(tx, *vault, everywhere, std::array{row}); });
    ASSERT_EQ(shown.size(), 1u);
    EXPECT_THAT(shown[0].values,
                ::testing::Contains(std::pair<std::string, std::string>("个人自付(元)", "6210.00")));
    for (const auto& [title, value] : shown[0].values) EXPECT_NE(title, "诊断名称");
    EXPECT_FALSE(*database().read([&](db::Tx& tx) { return withdrawn(tx, std::array{row}); }));
    ASSERT_EQ(outcome({{.paid = "1"}}, "更正.csv"), "applied 1 0 0 0");
    EXPECT_TRUE(*database().read([&](db::Tx& tx) { return withdrawn(tx, std::array{row}); }));
}

}  // namespace
}  // namespace ballast::feeds
