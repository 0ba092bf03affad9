#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "table/test_files.h"

namespace ballast::table {
namespace {

class Csv : public testing::Test {
protected:
    Rows rows(std::string_view bytes) {
        auto result = rows_of(folder_.put("a.csv", bytes));
        EXPECT_EQ(refusal_of(result), "accepted");
        return result ? *result : Rows{};
    }
    std::string refusal(std::string_view bytes, const Limits& limits = {}) {
        return refusal_of(rows_of(folder_.put("a.csv", bytes), limits));
    }
    TemporaryFolder folder_;
};

const Rows two_people{{"姓名", "金额"}, {"吉克·阿依", "12.50"}};

TEST_F(Csv, IsReadInTheEncodingsThatOfficesUse) {
    EXPECT_EQ(rows("姓名,金额\r\n吉克·阿依,12.50\r\n"), two_people);
    EXPECT_EQ(rows("\xEF\xBB\xBF姓名,金额\r\n吉克·阿依,12.50\r\n"), two_people);
    EXPECT_EQ(rows("\xD0\xD5\xC3\xFB,\xBD\xF0\xB6\xEE\n\xBC\xAA\xBF\xCB\xA1\xA4\xB0\xA2\xD2\xC0,12.50\n"),
              two_people);
    std::string little = "\xFF\xFE", big = "\xFE\xFF";
    for (const char16_t c : std::u16string(u"姓名\t金额\n吉克·阿依\t12.50\n")) {
        little += {static_cast<char>(c & 0xFF), static_cast<char>(c >> 8)};
        big += {static_cast<char>(c >> 8), static_cast<char>(c & 0xFF)};
    }
    EXPECT_EQ(rows(little), two_people);
    EXPECT_EQ(rows(big), two_people);
}

TEST_F(Csv, KeepsTheRareCharactersOfGb18030WrittenInFourBytes) {
    // U+20BB7 𠮷 in a file that is not UTF-8.
    EXPECT_EQ(rows("\xD0\xD5\xC3\xFB\n\x95\x34\xB2\x35\n"), (Rows{{"姓名"}, {"𠮷"}}));
}

TEST_F(Csv, ThatIsCutInsideACharacterAtTheEndOfAPieceIsStillWhole) {
    for (std::size_t before : {65534u, 65535u, 65536u}) {
        const std::string filler(before - 1, 'x');
        EXPECT_EQ(rows(filler + "\n阿依,12\n"), (Rows{{filler}, {"阿依", "12"}})) << before;
        EXPECT_EQ(rows(filler + "\n\xB0\xA2\xD2\xC0,12\n"), (Rows{{filler}, {"阿依", "12"}})) << before;
    }
}

TEST_F(Csv, InNoKnownEncodingIsRefusedNamingTheRow) {
    EXPECT_EQ(refusal("a,b\n1,2\n3,\xFF\n"), "table.encoding file=a.csv sheet= row=3");
    // Valid UTF-8 up to row 3, wrong as GB18030 earlier: the row where it went wrong as what it is.
    EXPECT_EQ(refusal("姓名A\n户\n\xFF\n"), "table.encoding file=a.csv sheet= row=3");
    EXPECT_EQ(refusal("a\nb\n\xE5"), "table.encoding file=a.csv sheet= row=3");  // cut inside a character
    EXPECT_EQ(refusal("a\n\"b\nb\"\n\xFF"), "table.encoding file=a.csv sheet= row=3");
}

TEST_F(Csv, WithZeroBytesIsRefused) {
    EXPECT_EQ(refusal(std::string("a,b\n1,\0\n", 8)), "table.nul file=a.csv sheet= row=2");
    EXPECT_EQ(refusal(std::string("a\0b\0\n\0", 6)),
              "table.nul file=a.csv sheet= row=1");  // UTF-16 without its mark
}

TEST_F(Csv, ReadsQuotesAsRfc4180WritesThem) {
    EXPECT_EQ(rows("a,\"b,c\",\"say \"\"hi\"\"\"\n\"two\r\nlines\",,x\n"),
              (Rows{{"a", "b,c", "say \"hi\""}, {"two\r\nlines", "", "x"}}));
    EXPECT_EQ(rows("5\" pipe,x\n\"a\"b,\"\"\n"), (Rows{{"5\" pipe", "x"}, {"ab"}}));
}

TEST_F(Csv, EndsItsLinesInAnyOfThreeWays) {
    const Rows expected{{"a", "b"}, {"c", "d"}};
    EXPECT_EQ(rows("a,b\r\nc,d\r\n"), expected);
    EXPECT_EQ(rows("a,b\nc,d"), expected);
    EXPECT_EQ(rows("a,b\rc,d\r"), expected);
}

TEST_F(Csv, CountsEmptyLinesAsTheSpreadsheetDoesButNotThoseAtTheEnd) {
    EXPECT_EQ(rows("a\n\n,,\nb\n\n\n"), (Rows{{"a"}, {}, {}, {"b"}}));
    EXPECT_EQ(rows("\r\n\r\na\r\n"), (Rows{{}, {}, {"a"}}));
}

TEST_F(Csv, FindsItsSeparatorAndLeavesTheFullWidthCommaAlone) {
    EXPECT_EQ(rows("名单；2026\na;b;c\n1,5;2,5;3\n"),
              (Rows{{"名单；2026"}, {"a", "b", "c"}, {"1,5", "2,5", "3"}}));
    EXPECT_EQ(rows("a\tb\n1,2\t3\n"), (Rows{{"a", "b"}, {"1,2", "3"}}));
    EXPECT_EQ(rows("甲，乙,丙\n丁，戊,己\n"), (Rows{{"甲，乙", "丙"}, {"丁，戊", "己"}}));
    EXPECT_EQ(rows("a,\";;;;\"\nb,\";;;;\"\n"), (Rows{{"a", ";;;;"}, {"b", ";;;;"}}));
    EXPECT_EQ(rows("only\none\n"), (Rows{{"only"}, {"one"}}));
}

TEST_F(Csv, KeepsAnApostropheBeforeANumberAndDropsTheGuardBeforeAFormula) {
    EXPECT_EQ(rows("'513431199001010010,'=1+1,''-x,'a\n"),
              (Rows{{"'513431199001010010", "=1+1", "'-x", "'a"}}));
}

TEST_F(Csv, WithAQuoteThatIsNeverClosedNamesTheRowWhereItOpens) {
    EXPECT_EQ(refusal("a,b\nc,\"d\ne,f\ng,h\n"), "table.quote_open file=a.csv sheet= row=2");
    EXPECT_EQ(refusal("a\nb,\"" + std::string(300, 'x') + "\n", {.line_bytes = 200}),
              "table.quote_open file=a.csv sheet= row=2");
}

TEST_F(Csv, OfOneEndlessLineIsRefused) {
    const Limits limits{.line_bytes = 1000};
    EXPECT_EQ(refusal("a\n" + std::string(999, 'x') + "\n", limits), "accepted");
    EXPECT_EQ(refusal("a\n" + std::string(1001, 'x') + "\n", limits),
              "table.line_too_long file=a.csv sheet= row=2 limit=1000");
    EXPECT_EQ(refusal("a\n" + std::string(1001, ',') + "\n", limits),
              "table.line_too_long file=a.csv sheet= row=2 limit=1000");
}

TEST_F(Csv, MayHoldAsManyColumnsAsAllowedAndEmptyOnesBeyond) {
    const Limits limits{.columns = 3};
    EXPECT_EQ(refusal("a,b,c,,,,\n", limits), "accepted");
    EXPECT_EQ(refusal("a,b,c\n1,2,3,4\n", limits), "table.too_many_columns file=a.csv sheet= row=2 limit=3");
}

TEST_F(Csv, WithNothingInItIsRefused) {
    EXPECT_EQ(refusal(""), "table.empty file=a.csv sheet=");
    EXPECT_EQ(refusal("\xEF\xBB\xBF"), "table.empty file=a.csv sheet=");
}

TEST_F(Csv, ReadingEndsWithTheErrorOfTheOneWhoReads) {
    auto reader = Reader::open(folder_.put("a.csv", "a\nb\nc\n"), "a.csv");
    ASSERT_TRUE(reader);
    std::int64_t seen = 0;
    const auto result = (*reader)->read(0, [&](const Row& row) -> Result<void> {
        seen = row.number;
        if (row.number == 2) return conflict("test.enough");
        return {};
    });
    EXPECT_EQ(refusal_of(result), "test.enough");
    EXPECT_EQ(seen, 2);
}

TEST_F(Csv, ThatIsNotThereIsUnavailable) {
    const auto result = Reader::open(folder_ / "none.csv", "none.csv");
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().id, "table.cannot_read");
    EXPECT_EQ(result.error().kind, ErrorKind::unavailable);
}

TEST(ColumnLetters, AreThoseOfASpreadsheet) {
    EXPECT_EQ(column_letters(0), "A");
    EXPECT_EQ(column_letters(25), "Z");
    EXPECT_EQ(column_letters(26), "AA");
    EXPECT_EQ(column_letters(701), "ZZ");
    EXPECT_EQ(column_letters(702), "AAA");
    EXPECT_EQ(column_letters(16'383), "XFD");
}

}  // namespace
}  // namespace ballast::table
