#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "base/rng.h"
#include "base/text.h"
#include "table/test_files.h"

namespace ballast::table {
namespace {

using Type = Writer::Type;
const std::vector<Writer::Column> columns{
    {"身份证号", Type::text, 22}, {"金额（元）", Type::money}, {"日期", Type::date}, {"人数", Type::number}};

class Written : public testing::TestWithParam<Format> {
protected:
    std::string path(const std::string& name = "出") const {
        return folder_ / (name + (GetParam() == Format::csv ? ".csv" : ".xlsx"));
    }
    TemporaryFolder folder_;
};
INSTANTIATE_TEST_SUITE_P(, Written, testing::Values(Format::csv, Format::xlsx),
                         [](const auto& format) { return format.param == Format::csv ? "csv" : "xlsx"; });

TEST_P(Written, ThereIsNoFileBeforeItIsFinishedAndNoLeavingsWhenItNeverIs) {
    {
        auto writer = *Writer::create(path(), GetParam());
        ASSERT_TRUE(writer->sheet("a", columns));
        ASSERT_TRUE(writer->row({"513431199001010010"}));
        EXPECT_FALSE(std::filesystem::exists(path()));
    }
    EXPECT_EQ(folder_.files(), 0u);

    auto writer = *Writer::create(path(), GetParam());
    ASSERT_TRUE(writer->sheet("a", columns));
    ASSERT_TRUE(writer->row({"513431199001010010"}));
    ASSERT_TRUE(writer->finish());
    EXPECT_EQ(folder_.files(), 1u);
    struct stat status {};
    ASSERT_EQ(::stat(path().c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0600u);  // it may hold personal data
}

TEST_P(Written, IntoAFolderThatIsNotThereIsUnavailable) {
    const auto result = Writer::create(folder_ / "none/out", GetParam());
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, ErrorKind::unavailable);
    EXPECT_EQ(refusal_of(result), "table.cannot_write file=out");
}

// What a clerk may type and a register may hold, in every mixture.
TEST_P(Written, AnyTextComesBackAsItWas) {
    const std::vector<std::string> pieces{
        "阿依",  "·",   "\"",  "\"\"", "\n",  "\r\n", "\r", ",",  ";",       "\t",           "，",
        "＝",    "=",   "+",   "-",    "@",   "'",    "😀",  "𠮷", "_x000D_", "_x005F_",      "_x",
        "&amp;", "<b>", "]]>", "0051", "1E5", " ",    "　", "x",  "\x01",    "\xEF\xBF\xBF", "（元）"};
    Rng rng(20260101);
    Rows expected;
    auto writer = *Writer::create(path(), GetParam());
    const std::vector<Writer::Column> texts{{"甲"}, {"乙"}, {"丙"}};
    ASSERT_TRUE(writer->sheet("a", texts));
    expected.push_back({"甲", "乙", "丙"});
    for (int row = 0; row < 2000; ++row) {
        std::vector<std::string> cells(3);
        for (auto& cell : cells)
            for (auto count = rng.below(5); count > 0; --count) cell += pieces[rng.below(pieces.size())];
        ASSERT_TRUE(writer->row(cells));
        while (!cells.empty() && cells.back().empty()) cells.pop_back();
        expected.push_back(std::move(cells));
    }
    while (expected.back().empty()) expected.pop_back();
    ASSERT_TRUE(writer->finish());
    const auto rows = rows_of(path());
    ASSERT_EQ(refusal_of(rows), "accepted");
    ASSERT_EQ(rows->size(), expected.size());
    for (std::size_t row = 0; row < expected.size(); ++row) ASSERT_EQ((*rows)[row], expected[row]) << row;
}

class WrittenXlsx : public testing::Test {
protected:
    Rows round_trip(const std::vector<std::vector<std::string>>& rows, std::string_view title = {}) {
        auto writer = *Writer::create(folder_ / "a.xlsx", Format::xlsx);
        EXPECT_TRUE(writer->sheet("名单", columns, title));
        for (const auto& row : rows) EXPECT_TRUE(writer->row(row));
        EXPECT_EQ(refusal_of(writer->finish()), "accepted");
        auto result = rows_of(folder_ / "a.xlsx");
        EXPECT_EQ(refusal_of(result), "accepted");
        return result ? *result : Rows{};
    }
    TemporaryFolder folder_;
};

TEST_F(WrittenXlsx, IdsStayTextMoneyAndDatesBecomeNumbers) {
    EXPECT_EQ(round_trip({{"513431199001010010", "12345.60", "2026-11-23", "3"}}, "导出名单"),
              (Rows{{"导出名单"},
                    {"身份证号", "金额（元）", "日期", "人数"},
                    {"513431199001010010", "#12345.6", "@2026-11-23", "#3"}}));
}

TEST_F(WrittenXlsx, AnAmountShowsTheSameFenUpToFifteenDigitsAndIsTextBeyond) {
    for (const std::string amount :
         {"0.01", "-0.07", "8.41", "1234567.89", "9007199254740.99", "9999999999999.99"})
        EXPECT_EQ(round_trip({{"", amount}})[1], (std::vector<std::string>{"", "#" + amount}));
    EXPECT_EQ(round_trip({{"", "90071992547409.91"}})[1],
              (std::vector<std::string>{"", "90071992547409.91"}));
}

TEST_F(WrittenXlsx, WhatIsNotOfItsColumnsTypeIsKeptAsText) {
    EXPECT_EQ(
        round_trip(
            {{"x", "约12元", "2026-02-30", "007"}, {"", "", "1900-02-28"}, {"", "", "1900-03-01", "1e5"}}),
        (Rows{{"身份证号", "金额（元）", "日期", "人数"},
              {"x", "约12元", "2026-02-30", "007"},
              {"", "", "1900-02-28"},
              {"", "", "@1900-03-01", "1e5"}}));
}

TEST_F(WrittenXlsx, SheetsComeInOrderUnderNamesThatASpreadsheetAllows) {
    auto writer = *Writer::create(folder_ / "a.xlsx", Format::xlsx);
    const std::string long_name = "新市坝镇一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十";
    for (const auto& name : {std::string("A/B"), std::string("a?b"), long_name, long_name, std::string()}) {
        ASSERT_TRUE(writer->sheet(name, columns));
        ASSERT_TRUE(writer->row({"x"}));
    }
    ASSERT_TRUE(writer->finish());
    auto reader = *Reader::open(folder_ / "a.xlsx", "a.xlsx");
    const auto names = reader->sheets();
    ASSERT_EQ(names.size(), 5u);
    EXPECT_EQ(names[0], "A_B");
    EXPECT_EQ(names[1], "a_b_2");
    EXPECT_EQ(text::length(names[2]), 31u);
    EXPECT_TRUE(names[3].ends_with("_2"));
    EXPECT_EQ(names[4], "_");
}

TEST_F(WrittenXlsx, ACellOfMoreCharactersThanASpreadsheetHoldsIsRefused) {
    auto writer = *Writer::create(folder_ / "a.xlsx", Format::xlsx);
    ASSERT_TRUE(writer->sheet("名单", columns));
    EXPECT_TRUE(writer->row({std::string(32'767, 'x')}));
    EXPECT_EQ(refusal_of(writer->row({"", std::string(32'768, 'x')})),
              "table.cell_too_long file=a.xlsx sheet=名单 row=3 column=B limit=32767");
}

TEST(WrittenCsv, BeginsWithItsMarkAndGuardsAgainstFormulas) {
    const TemporaryFolder folder;
    auto writer = *Writer::create(folder / "a.csv", Format::csv);
    ASSERT_TRUE(writer->sheet("", columns, "名单"));
    ASSERT_TRUE(writer->row({"=HYPERLINK(\"x\")", "-12.50", "2026-11-23", "-1+1"}));
    ASSERT_TRUE(writer->finish());
    EXPECT_EQ(bytes_of(folder / "a.csv"),
              "\xEF\xBB\xBF名单\r\n身份证号,金额（元）,日期,人数\r\n\"'=HYPERLINK(\"\"x\"\")\",-12.50,2026-"
              "11-23,'-1+1\r\n");
}

}  // namespace
}  // namespace ballast::table
