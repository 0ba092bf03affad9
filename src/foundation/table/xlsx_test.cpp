#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "table/test_files.h"
#include "table/workbook.h"

namespace ballast::table {
namespace {

class Xlsx : public testing::Test {
protected:
    Result<Rows> read(const Parts& parts, const Limits& limits = {}, std::size_t sheet = 0) {
        return rows_of(put_zip(folder_ / "a.xlsx", parts), limits, sheet);
    }
    Rows rows(const Parts& parts) {
        auto result = read(parts);
        EXPECT_EQ(refusal_of(result), "accepted");
        return result ? *result : Rows{};
    }
    Rows rows(const std::string& sheet_data) { return rows(workbook_parts(sheet_data)); }
    std::string refusal(const std::string& sheet_data, const Limits& limits = {}) {
        return refusal_of(read(workbook_parts(sheet_data), limits));
    }
    std::string refusal_of_bytes(std::string_view bytes, const std::string& name = "a.xlsx") {
        return refusal_of(rows_of(folder_.put(name, bytes)));
    }
    TemporaryFolder folder_;
};

TEST_F(Xlsx, HoldsCellsOfEveryKind) {
    auto parts = workbook_parts(
        "<row r='1'><c r='A1' t='s'><v>1</v></c><c r='B1' t='inlineStr'><is><t>in</t></is></c>"
        "<c r='C1' t='str'><f>A1</f><v>formula</v></c><c r='D1' t='b'><v>1</v></c>"
        "<c r='E1' t='e'><v>#N/A</v></c><c r='F1'><v>12.50</v></c>"
        "<c r='G1'><v>5.1343119900101E+17</v></c><c r='H1'><f>1+1</f><v>2</v></c>"
        "<c r='I1'><f>1+1</f></c><c r='J1'><f>1+1</f><v></v></c>"
        "<c r='K1' t='d'><v>2026-11-23T08:00:00</v></c><c r='L1' t='s'><v>0</v></c></row>");
    parts["xl/sharedStrings.xml"] =
        "<sst><si><t>吉克</t></si><si><r><t>阿</t></r><r><t xml:space='preserve'>依 </t></r><rPh sb='0' "
        "eb='1'><t>ayi</t>"
        "</rPh><phoneticPr fontId='1'/></si></sst>";
    EXPECT_EQ(rows(parts), (Rows{{"阿依 ", "in", "=>formula", "?TRUE", "!#N/A", "#12.5",
                                  "#!5.1343119900101E+17", "=>#2", "=", "=", "@2026-11-23", "吉克"}}));
}

TEST_F(Xlsx, ShowsDatesByTheirNumberFormat) {
    auto parts = workbook_parts(
        "<row r='1'><c s='0'><v>46349</v></c><c s='1'><v>46349</v></c><c s='2'><v>46349.5</v></c>"
        "<c s='3'><v>46349</v></c><c s='4'><v>0.5</v></c><c s='9'><v>1</v></c></row>");
    parts["xl/styles.xml"] =
        "<styleSheet><numFmts><numFmt numFmtId='176' formatCode='yyyy&quot;年&quot;m&quot;月&quot;;@'/>"
        "<numFmt numFmtId='177' formatCode='0.00_ '/></numFmts><cellStyleXfs><xf "
        "numFmtId='14'/></cellStyleXfs>"
        "<cellXfs><xf numFmtId='0'/><xf numFmtId='31'/><xf numFmtId='176'/><xf numFmtId='177'/><xf "
        "numFmtId='20'/></cellXfs>"
        "</styleSheet>";
    EXPECT_EQ(rows(parts), (Rows{{"#46349", "@2026-11-23", "@2026-11-23", "#46349", "#0.5", "#1"}}));
    replace(parts["xl/workbook.xml"], "<sheets>", "<workbookPr date1904='1'/><sheets>");
    EXPECT_EQ(rows(parts)[0][1], "@2030-11-24");
}

TEST_F(Xlsx, FillsTheGapsOfMissingRowsAndCells) {
    EXPECT_EQ(rows("<row r='2'><c r='B2'><v>1</v></c><c><v>2</v></c><c r='F2'><v>3</v></c></row>"
                   "<row><c><v>4</v></c></row><row><c r='A6'><v>5</v></c></row>"
                   "<row r='9'><c r='A9' s='1'/></row><row r='1048576'/>"),
              (Rows{{}, {"", "#1", "#2", "", "", "#3"}, {"#4"}, {}, {}, {"#5"}}));
}

TEST_F(Xlsx, ResolvesEscapedCharacters) {
    EXPECT_EQ(
        rows(
            "<row r='1'><c r='A1' t='inlineStr'><is><t>a_x000D_b_x005F_x000D__xD800__x00</t></is></c></row>"),
        (Rows{{"a\rb_x000D__xD800__x00"}}));
}

TEST_F(Xlsx, InTheStrictFormOrWithPrefixesReadsTheSame) {
    auto parts = workbook_parts("");
    parts["xl/worksheets/sheet1.xml"] =
        "<x:worksheet xmlns:x='http://purl.oclc.org/ooxml/spreadsheetml/main'><x:sheetData><x:row r='1'><x:c "
        "r='A1'>"
        "<x:v>7</x:v></x:c></x:row></x:sheetData></x:worksheet>";
    replace(parts["xl/_rels/workbook.xml.rels"],
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet",
            "http://purl.oclc.org/ooxml/officeDocument/relationships/worksheet");
    EXPECT_EQ(rows(parts), (Rows{{"#7"}}));
}

TEST_F(Xlsx, ListsItsVisibleSheetsInTheWorkbooksOrder) {
    auto parts = workbook_parts("<row r='1'><c><v>1</v></c></row>");
    parts["xl/worksheets/other.xml"] =
        "<worksheet><sheetData><row r='1'><c><v>2</v></c></row></sheetData></worksheet>";
    replace(
        parts["xl/_rels/workbook.xml.rels"], "</Relationships>",
        "<Relationship Id='rId9' Type='x/worksheet' Target='../xl/worksheets/other.xml'/></Relationships>");
    replace(parts["xl/workbook.xml"], "<sheets>",
            "<sheets><sheet name='底表' sheetId='3' state='hidden' r:id='rId1'/><sheet name='门诊' "
            "sheetId='2' r:id='rId9'/>");
    auto reader = Reader::open(put_zip(folder_ / "a.xlsx", parts), "a.xlsx");
    ASSERT_EQ(refusal_of(reader), "accepted");
    EXPECT_THAT((*reader)->sheets(), testing::ElementsAre("门诊", "名单"));
    EXPECT_EQ(*read(parts, {}, 0), (Rows{{"#2"}}));
    EXPECT_EQ(*read(parts, {}, 1), (Rows{{"#1"}}));

    auto hidden = workbook_parts("");
    replace(hidden["xl/workbook.xml"], "sheetId", "state='veryHidden' sheetId");
    EXPECT_EQ(refusal_of(read(hidden)), "table.no_sheet file=a.xlsx sheet=");
}

TEST_F(Xlsx, OfAnotherKindOfFileIsRefused) {
    EXPECT_EQ(refusal_of_bytes(""), "table.empty file=a.xlsx sheet=");
    EXPECT_EQ(refusal_of_bytes("姓名,金额\n"), "table.not_xlsx file=a.xlsx sheet=");
    EXPECT_EQ(refusal_of_bytes("%PDF-1.4 ...", "a.csv"), "table.not_xlsx file=a.csv sheet=");
    EXPECT_EQ(refusal_of_bytes("<html><table>", "a.xls"), "table.not_xlsx file=a.xls sheet=");
    EXPECT_EQ(refusal_of(read({{"word/document.xml", "<document/>"}})), "table.not_xlsx file=a.xlsx sheet=");
    EXPECT_EQ(refusal_of(read({{"xl/workbook.xml", "<document/>"}})), "table.not_xlsx file=a.xlsx sheet=");
}

/// A compound file of one directory sector with this entry.
std::string compound_file(std::u16string_view entry) {
    std::string bytes(512 * 3, '\0');
    bytes.replace(0, 8, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
    bytes[30] = 9;  // sectors of 512 bytes
    bytes[48] = 1;  // the directory begins in sector 1
    bytes[76] = 0;  // the allocation table is sector 0
    for (int i = 0; i < 512; ++i) bytes[512 + static_cast<std::size_t>(i)] = '\xFF';
    const std::size_t at = 1024 + 128;
    for (std::size_t i = 0; i < entry.size(); ++i) bytes[at + i * 2] = static_cast<char>(entry[i]);
    bytes[at + 64] = static_cast<char>((entry.size() + 1) * 2);
    return bytes;
}

TEST_F(Xlsx, UnderAPasswordIsToldFromTheOldFormat) {
    EXPECT_EQ(refusal_of_bytes(compound_file(u"EncryptedPackage")), "table.encrypted file=a.xlsx sheet=");
    EXPECT_EQ(refusal_of_bytes(compound_file(u"Workbook"), "a.xls"), "table.xls_old file=a.xls sheet=");
    EXPECT_EQ(refusal_of_bytes(compound_file(u"Book"), "a.xls"), "table.xls_old file=a.xls sheet=");
    EXPECT_EQ(refusal_of_bytes(compound_file(u"WordDocument"), "a.doc"), "table.not_xlsx file=a.doc sheet=");
    EXPECT_EQ(refusal_of_bytes(compound_file(u"Workbook").substr(0, 600), "a.xls"),
              "table.not_xlsx file=a.xls sheet=");
}

TEST_F(Xlsx, CutAtAnyPlaceIsRefusedAndNeverHalfAcceptedOrCrashed) {
    const auto whole =
        bytes_of(put_zip(folder_ / "a.xlsx", workbook_parts("<row r='1'><c><v>1</v></c></row>")));
    for (std::size_t size = 4; size < whole.size(); size += 7)
        ASSERT_EQ(refusal_of_bytes(whole.substr(0, size)), "table.truncated file=a.xlsx sheet=") << size;
}

TEST_F(Xlsx, WithDamagedBytesInsideIsRefused) {
    std::string many;
    for (int row = 1; row < 2000; ++row)
        many += "<row><c><v>" + std::to_string(row * 7919) + "</v></c></row>";
    auto bytes = bytes_of(put_zip(folder_ / "a.xlsx", workbook_parts(many)));
    const auto at = bytes.find("xl/worksheets/sheet1.xml") + 3000;
    for (std::size_t i = 0; i < 16; ++i) bytes[at + i] = static_cast<char>(bytes[at + i] ^ 0x5A);
    const auto refused = refusal_of_bytes(bytes);
    EXPECT_TRUE(refused.starts_with("table.truncated") || refused.starts_with("table.malformed")) << refused;
}

TEST_F(Xlsx, ThatUnpacksToFarMoreThanItIsWorthIsABomb) {
    const std::string blanks = "<row r='1'><c><v>1</v></c></row>" + std::string(70 << 20, ' ');
    EXPECT_EQ(refusal(blanks), "table.bomb file=a.xlsx sheet=名单 row=1 limit=64");
    EXPECT_EQ(refusal("<row r='1'/>" + std::string(3 << 20, ' '), {.unpacked_bytes = 2 << 20}),
              "table.bomb file=a.xlsx sheet=名单 row=1 limit=2");
    auto parts = workbook_parts("");
    parts["xl/sharedStrings.xml"] = "<sst><si><t>" + std::string(3 << 20, 'x') + "</t></si></sst>";
    EXPECT_EQ(refusal_of(read(parts, {.shared_strings_bytes = 2 << 20})),
              "table.bomb file=a.xlsx sheet= limit=2");
}

TEST_F(Xlsx, WithEntitiesIsRefusedBeforeTheyGrow) {
    auto parts = workbook_parts("<row r='1'><c t='str'><v>&b;</v></c></row>");
    replace(parts["xl/worksheets/sheet1.xml"], "<worksheet",
            "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;'>]><worksheet");
    EXPECT_EQ(refusal_of(read(parts)), "table.malformed file=a.xlsx sheet=名单 row=1");
}

TEST_F(Xlsx, WithWrongXmlIsRefusedNamingRowAndColumn) {
    const std::string good = "<row r='1'><c r='A1'><v>1</v></c></row>";
    EXPECT_EQ(refusal(good + "<row r='2'><c></row>"), "table.malformed file=a.xlsx sheet=名单 row=2");
    EXPECT_EQ(refusal(good + good), "table.malformed file=a.xlsx sheet=名单 row=1");
    EXPECT_EQ(refusal("<row r='1048577'/>"), "table.malformed file=a.xlsx sheet=名单");
    EXPECT_EQ(refusal("<row r='3'><c r='B3'><v>x</v></c></row>"),
              "table.malformed file=a.xlsx sheet=名单 row=3 column=B");
    EXPECT_EQ(refusal("<row r='3'><c r='C3' t='s'><v>0</v></c></row>"),
              "table.malformed file=a.xlsx sheet=名单 row=3 column=C");
    auto cut = workbook_parts(good);
    cut["xl/worksheets/sheet1.xml"].resize(cut["xl/worksheets/sheet1.xml"].size() - 30);
    EXPECT_EQ(refusal_of(read(cut)), "table.truncated file=a.xlsx sheet=名单 row=1");
    auto part = workbook_parts(good);
    part["xl/workbook.xml"] = "<workbook><sheets>";
    EXPECT_EQ(refusal_of(read(part)), "table.part_malformed file=a.xlsx sheet= part=xl/workbook.xml");
    auto token = workbook_parts("<row r='1' spans='" + std::string(6 << 20, '1') + "'/>");
    EXPECT_EQ(refusal_of(read(token)), "table.malformed file=a.xlsx sheet=名单 row=1");
}

TEST_F(Xlsx, MayHoldAsManyColumnsAndAsLongRowsAsAllowed) {
    EXPECT_EQ(refusal("<row r='1'><c r='C1'><v>1</v></c><c r='XFD1' s='1'/></row>", {.columns = 3}),
              "accepted");
    EXPECT_EQ(refusal("<row r='1'><c r='D1'><v>1</v></c></row>", {.columns = 3}),
              "table.too_many_columns file=a.xlsx sheet=名单 row=1 limit=3");
    EXPECT_EQ(
        refusal("<row r='1'><c t='str'><v>" + std::string(101, 'x') + "</v></c></row>", {.line_bytes = 100}),
        "table.line_too_long file=a.xlsx sheet=名单 row=1 limit=100");
}

TEST_F(Xlsx, LetsAnExceptionOfTheOneWhoReadsThroughAndCanBeReadAgain) {
    auto reader = Reader::open(
        put_zip(folder_ / "a.xlsx", workbook_parts("<row r='1'><c><v>1</v></c></row>")), "a.xlsx");
    ASSERT_TRUE(reader);
    EXPECT_THROW(static_cast<void>(
                     (*reader)->read(0, [](const Row&) -> Result<void> { throw std::runtime_error("x"); })),
                 std::runtime_error);
    int seen = 0;
    EXPECT_TRUE((*reader)->read(0, [&](const Row&) -> Result<void> { return ++seen, Result<void>(); }));
    EXPECT_EQ(seen, 1);
    EXPECT_DOUBLE_EQ((*reader)->progress(), 1.0);
}

/// By how many KB reading the file lets the memory of a process of its own grow; -1 when it was refused or
/// has another number of rows.
long growth_kb(const std::string& path, std::int64_t expected_rows) {
    int pipe_ends[2];
    INVARIANT(::pipe(pipe_ends) == 0);
    const pid_t child = ::fork();
    if (child == 0) {
        rusage usage{};
        ::getrusage(RUSAGE_SELF, &usage);
        const long before = usage.ru_maxrss;
        std::int64_t rows = 0;
        auto reader = Reader::open(path, "a");
        const bool read =
            reader && (*reader)->read(0, [&](const Row&) -> Result<void> { return ++rows, Result<void>(); });
        ::getrusage(RUSAGE_SELF, &usage);
        const long growth = read && rows == expected_rows ? usage.ru_maxrss - before : -1;
        static_cast<void>(::write(pipe_ends[1], &growth, sizeof growth) == sizeof growth);
        ::_exit(0);
    }
    long growth = -1;
    EXPECT_EQ(::read(pipe_ends[0], &growth, sizeof growth), static_cast<ssize_t>(sizeof growth));
    ::waitpid(child, nullptr, 0);
    ::close(pipe_ends[0]);
    ::close(pipe_ends[1]);
    return growth;
}

TEST(LargeSheet, OfTwoHundredThousandRowsIsReadInFixedMemory) {
    const TemporaryFolder folder;
    constexpr int rows = 200'000;
    for (const auto format : {Format::csv, Format::xlsx}) {
        auto writer = *Writer::create(folder / "a", format);
        const std::vector<Writer::Column> columns{
            {"身份证号"}, {"姓名"}, {"金额", Writer::Type::money}, {"乡镇"}, {"备注"}};
        ASSERT_TRUE(writer->sheet("名单", columns));
        for (int row = 0; row < rows; ++row)
            ASSERT_TRUE(
                writer->row({"51343119900101" + std::to_string(1000 + row % 9000),
                             "吉克·阿依" + std::to_string(row), "12345.67", "新市坝镇", "住院自付费用较高"}));
        ASSERT_TRUE(writer->finish());
        const auto growth = growth_kb(folder / "a", rows + 1);
        EXPECT_GE(growth, 0);
        EXPECT_LT(growth, 8 << 10);  // the CSV has 19 MB, the sheet unpacked some 60
    }
}

}  // namespace
}  // namespace ballast::table
