#include "feeds/reply.h"

#include "audit/audit.h"
#include "db_testing/testing.h"
#include "feeds/confirm.h"
#include "feeds/test_feeds.h"

namespace ballast::feeds {
namespace {

using namespace testing;
using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

/// Name of a sheet to its rows, under the header.
using Read = std::map<std::string, std::vector<std::vector<std::string>>>;

class Replying : public FeedFilesOn<db_testing::OnBothEngines> {
protected:
    void SetUp() override {
        FeedFilesOn::SetUp();
        if (IsSkipped()) return;
        const auto received = receive_bytes(csv({{},
                                                 {"王秀兰", xiuying, "900"},
                                                 {"张三", stranger},
                                                 {"沙马·木果", muguo, "约五千"},
                                                 {"合计", "", "13,320.00"}}));
        ASSERT_EQ(told(received), "applied 1 1 1 1");
        batch_ = received->id;
    }
    Result<Counts> replied() {
        return write_reply(database(), *vault, actor, batch_, path(), words::Language::zh, now);
    }
    std::string path() const { return folder / "reply.xlsx"; }
    Read read() const {
        Read out;
        auto reader = *table::Reader::open(path(), "reply.xlsx");
        const auto sheets = reader->sheets();
        for (std::size_t i = 0; i < sheets.size(); ++i)
            EXPECT_TRUE(reader->read(i, [&](const table::Row& row) -> Result<void> {
                std::vector<std::string> cells;
                for (const auto& cell : row.cells) cells.emplace_back(cell.text);
                out[sheets[i]].push_back(std::move(cells));
                return {};
            }));
        return out;
    }
    void confirm_candidate() {
        const auto open = rows_of(batch_, State::candidate).at(0);
        ASSERT_TRUE(database().write(
            [&](db::Tx& tx) { return confirm(tx, *vault, actor, open.id, open.people.at(0).person, now); }));
    }
    static std::string everything(const Read& book) {
        std::string out;
        for (const auto& [sheet, rows] : book)
            for (const auto& row : rows)
                for (const auto& cell : row) out += cell + "|";
        return out;
    }
    BatchId batch_;
};
ON_BOTH_ENGINES(Replying);

TEST_P(Replying, StatesCountsThatAddUpAndEachRowThatIsSentBack) {
    ASSERT_TRUE(replied());
    auto book = read();
    auto& receipt = book["回执"];
    ASSERT_GT(receipt.size(), 2u);
    EXPECT_THAT(receipt[0].at(0), HasSubstr(march));
    std::int64_t all = 0, states = 0, reasons = 0;
    for (std::size_t i = 2; i < receipt.size(); ++i) {
        const auto n = std::stoll(receipt[i].at(2));
        if (receipt[i][0] == "全部数据行")
            all = n;
        else if (receipt[i][0].starts_with("略去"))
            EXPECT_EQ(n, 1);
        else
            (receipt[i][1].empty() ? states : reasons) += n;
    }
    EXPECT_EQ(all, 4);
    EXPECT_EQ(states, all);
    EXPECT_EQ(reasons, 3);  // every row that is not matched has one
    for (const char* sheet : {"无效", "未匹配", "待确认"}) {
        ASSERT_EQ(book[sheet].size(), 2u) << sheet;
        EXPECT_EQ(book[sheet][1].at(0), std::to_string(batch_.number()));
        EXPECT_FALSE(book[sheet][1].back().empty());
    }
    EXPECT_EQ(book["未匹配"][1].at(3), stranger);
    EXPECT_EQ(book.count("更正提示"), 0u);
    EXPECT_THAT(everything(book), Not(HasSubstr("王秀英")));  // the register's name for that number
}

TEST_P(Replying, NamesTheCellToBeCheckedAndNotItsValue) {
    confirm_candidate();
    ASSERT_TRUE(replied());
    auto book = read();
    ASSERT_EQ(book["更正提示"].size(), 2u);
    EXPECT_EQ(book["更正提示"][1].at(1), "3");
    EXPECT_EQ(book["更正提示"][1].at(2), "姓名");
    EXPECT_EQ(book.count("待确认"), 0u);
    EXPECT_THAT(book["回执"], Contains(ElementsAre("已匹配", "其中经人工核对确认", "1")));
    EXPECT_THAT(everything(book), Not(HasSubstr("王秀英")));
}

TEST_P(Replying, CanBeCorrectedAndSentAgain) {
    ASSERT_TRUE(replied());
    auto rows = read()["未匹配"];
    const auto names = rows[0];
    rows[1].at(2) = "沙马·木果";
    rows[1].at(3) = muguo;
    const auto back =
        put_book("back.xlsx", {{"回执", {"类别", "原因", "行数"}, {{"全部数据行", "", "4"}}, ""},
                               {"未匹配", names, {rows[1]}, ""}});
    const auto batch = receive_path(back, "回执.xlsx", database());
    EXPECT_EQ(told(batch), "applied 1 0 0 0");
    EXPECT_EQ(batch->rejects_of, batch_);
    EXPECT_EQ(facts().size(), 2u);
}

TEST_P(Replying, GoesToItsSenderOnlyAndIsRecorded) {
    as_clerk_of("education");
    EXPECT_EQ(replied().error().id, "feeds.no_such_batch");
    EXPECT_FALSE(std::filesystem::exists(path()));
    as_clerk_of("medical_insurance");
    ASSERT_TRUE(replied());
    const auto entries = *database().read([&](db::Tx& tx) { return audit::list(tx, everywhere, {}); });
    EXPECT_EQ(entries.at(0).event.action, "feeds.reply");
}

TEST_P(Replying, IsNotThereForAFileThatWasRefused) {
    batch_ = receive_bytes("村规民约\r\n一\r\n", "x.csv")->id;
    EXPECT_EQ(replied().error().id, "feeds.no_reply");
}

TEST_P(Replying, TellsOthersNothingOfWhatSomebodyOwns) {
    const std::string sheet =
        "姓名,身份证号,车牌号,车辆类型,新车价(元)\r\n张三," + stranger + ",川W00001,小型轿车,128000\r\n";
    batch_ = receive_bytes(sheet, "公安局_车辆_513431_202603_01.csv")->id;
    ASSERT_TRUE(replied());
    EXPECT_THAT(everything(read()), ::testing::AllOf(Not(HasSubstr("川W00001")), Not(HasSubstr(stranger))));
    as_clerk_of("police");
    ASSERT_TRUE(replied());
    EXPECT_THAT(everything(read()), HasSubstr("川W00001"));
}

}  // namespace
}  // namespace ballast::feeds
