#include "table/header_row.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "table/test_files.h"

namespace ballast::table {
namespace {

const std::vector<KnownColumn> medical{
    {.title = "姓名", .required = true},
    {.title = "身份证号", .synonyms = {"证件号码", "公民身份号码"}, .required = true},
    {.title = "个人自付(元)", .synonyms = {"自付金额"}, .required = true},
    {.title = "备注"}};
enum Known : std::size_t { name, id_number, self_paid, note };

class HeaderRow : public testing::Test {
protected:
    Result<Header> find(std::string_view csv, std::span<const KnownColumn> columns = medical) {
        auto reader = TRY(Reader::open(folder_.put("a.csv", csv), "a.csv"));
        return find_header(*reader, 0, columns);
    }
    TemporaryFolder folder_;
};

TEST_F(HeaderRow, IsFoundUnderTitleRowsAndColumnsInAnyOrder) {
    const auto header =
        find("甘洛县医保局 2026年10月\n单位：元\n\n序号,证件号码,姓名,自付金额\n1,x,阿依,12\n");
    ASSERT_TRUE(header);
    EXPECT_EQ(header->row, 4);
    EXPECT_EQ(header->position(id_number), 1u);
    EXPECT_EQ(header->position(name), 2u);
    EXPECT_EQ(header->position(self_paid), 3u);
    EXPECT_EQ(header->position(note), std::nullopt);
    EXPECT_THAT(header->titles, testing::ElementsAre("序号", "证件号码", "姓名", "自付金额"));
}

TEST_F(HeaderRow, IsTheRowThatHoldsMostKnownTitlesNotTheFirst) {
    const auto header = find("姓名,备注\n姓名,身份证号,个人自付（元）\n姓名,身份证号,自付金额\n");
    ASSERT_TRUE(header);
    EXPECT_EQ(header->row, 2);
}

TEST_F(HeaderRow, IsLookedForInTheFirstTwentyRows) {
    const std::string titles = "姓名,身份证号,个人自付\n";
    EXPECT_TRUE(find(std::string(19, '\n') + titles));
    EXPECT_EQ(refusal_of(find(std::string(20, '\n') + titles)),
              "table.missing_columns sheet= columns=姓名, 身份证号, 个人自付(元) found=- file=a.csv");
}

TEST_F(HeaderRow, OfASheetThatLacksColumnsSaysWhichAndWhatWasFound) {
    EXPECT_EQ(
        refusal_of(find("姓名,备注,医院\n")),
        "table.missing_columns sheet= columns=身份证号, 个人自付(元) found=姓名, 备注, 医院 file=a.csv");
}

TEST_F(HeaderRow, IsNotMadeOfDataNorDoesAMessageShowAnyIdNumber) {
    const std::vector<KnownColumn> columns{{.title = "户主", .required = true},
                                           {.title = "女", .required = true},
                                           {.title = "村", .required = true}};
    EXPECT_EQ(refusal_of(find("阿依,513431199001010010,户主\n", columns)),
              "table.missing_columns sheet= columns=户主, 女, 村 found=- file=a.csv");
    EXPECT_EQ(refusal_of(find("女,513431199001010010,户主\n", columns)),
              "table.missing_columns sheet= columns=村 found=女, 户主 file=a.csv");
}

TEST_F(HeaderRow, WithAColumnTwiceIsRefusedNamingBothEvenUnderDifferentTitles) {
    EXPECT_EQ(refusal_of(find("姓名,身份证号,个人自付,公民身份号码\n")),
              "table.doubled_column sheet= column=身份证号 letters=B, D file=a.csv");
    EXPECT_TRUE(find("姓名,身份证号,个人自付,医院,医院\n"));  // unknown columns may be what they like
}

TEST_F(HeaderRow, GivesTheCellOfAColumnAndAnEmptyOneWhenTheRowIsShort) {
    const auto header = find("姓名,身份证号,个人自付\n");
    ASSERT_TRUE(header);
    const std::vector<Cell> cells{{.kind = Cell::Kind::text, .text = "阿依"}};
    const Row row{{}, 2, cells};
    EXPECT_EQ(header->cell(row, name).text, "阿依");
    EXPECT_EQ(header->cell(row, self_paid).kind, Cell::Kind::empty);
    EXPECT_EQ(header->cell(row, note).kind, Cell::Kind::empty);
}

TEST(PlainTitle, ForgivesWhatOfficesWriteDifferently) {
    EXPECT_EQ(plain_title(" *姓 名：\n"), "姓名");
    EXPECT_EQ(plain_title("个人自付\r\n（元）"), plain_title("个人自付(元)"));
    EXPECT_EQ(plain_title("个人自付（元）【必填】"), "个人自付");
    EXPECT_EQ(plain_title("ＩＤ　号码"), "id号码");
    EXPECT_EQ(plain_title("\xEF\xBB\xBF姓名"), "姓名");
    EXPECT_NE(plain_title("金额（万元）"), plain_title("金额"));
    EXPECT_EQ(plain_title("(元)"), "(元)");
}

TEST(TotalRow, IsToldFromData) {
    const auto is_total = [](std::vector<std::string> texts) {
        std::vector<Cell> cells;
        for (const auto& text : texts)
            cells.push_back({.kind = text.empty() ? Cell::Kind::empty : Cell::Kind::text, .text = text});
        return is_total_row(cells);
    };
    EXPECT_TRUE(is_total({"合计", "", "", "12345.60"}));
    EXPECT_TRUE(is_total({"", "合 计：", "35"}));
    EXPECT_TRUE(is_total({"合计（人）", "35"}));
    EXPECT_TRUE(is_total({"合计35户"}));
    EXPECT_TRUE(is_total({"12", "总计", "35"}));
    EXPECT_TRUE(is_total({"新市坝镇小计", "", "35"}));
    EXPECT_TRUE(is_total({"本页合计:", "35"}));
    EXPECT_FALSE(is_total({"1", "阿依", "合计"}));
    EXPECT_FALSE(is_total({"1", "合计村", "35"}));
    EXPECT_FALSE(is_total({"合计", "513431199001010010"}));
    EXPECT_FALSE(is_total({}));
    EXPECT_FALSE(is_total({"", ""}));
}

}  // namespace
}  // namespace ballast::table
