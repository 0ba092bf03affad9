// What comes out on paper, read back with Poppler; and the same tree as HTML.
#include "document/document.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <minizip/unzip.h>
#include <poppler-document.h>
#include <poppler-page.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <memory>
#include <thread>

#include "base/text.h"
#include "document/render.h"

namespace ballast::document {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr double mm = 72 / 25.4;

struct Word {
    std::string text;
    double left, top, right, bottom;
};

/// A PDF read back: its pages' texts, and where the words stand.
class Read {
public:
    explicit Read(const Document& document) : bytes_(pdf(document).value()) {
        std::vector<char> copy(bytes_.begin(), bytes_.end());
        pdf_.reset(poppler::document::load_from_data(&copy));
        copy_ = std::move(copy);
    }
    int pages() const { return pdf_->pages(); }
    std::string text(int page) const {
        const std::unique_ptr<poppler::page> one(pdf_->create_page(page));
        const auto bytes = one->text().to_utf8();
        return {bytes.begin(), bytes.end()};
    }
    std::string all() const {
        std::string out;
        for (int i = 0; i < pages(); ++i) out += text(i);
        return out;
    }
    std::vector<Word> words(int page) const {
        const std::unique_ptr<poppler::page> one(pdf_->create_page(page));
        std::vector<Word> out;
        for (const auto& box : one->text_list()) {
            const auto bytes = box.text().to_utf8();
            const auto at = box.bbox();
            out.push_back({{bytes.begin(), bytes.end()}, at.left(), at.top(), at.right(), at.bottom()});
        }
        return out;
    }
    std::string bytes() const { return bytes_; }

private:
    std::string bytes_;
    std::vector<char> copy_;
    std::unique_ptr<poppler::document> pdf_;
};

std::string without_blanks(std::string_view text) {
    std::string out;
    for (const char c : text)
        if (c != ' ' && c != '\n' && c != '\f') out += c;
    return out;
}

Document with(std::vector<Block> blocks) {
    return {.title = "样张", .created = *Date::from(2026, 11, 23), .blocks = std::move(blocks)};
}

Table sheet(std::size_t rows) {
    Table table{
        .widths = {1, 3, 2}, .header_rows = 1, .rows = {{{label("序号"), label("姓名"), label("金额")}}}};
    for (std::size_t i = 1; i <= rows; ++i)
        table.rows.push_back({{value(std::to_string(i)), value("吉克阿依"), number("1,234.56")}});
    return table;
}

TEST(Pdf, TheSameTreeGivesTheSameBytesWithoutTheTimeOfDay) {
    const Document document =
        with({Title{.text = "核查表"}, sheet(3), QrCode{.content = "https://example.org/1"}});
    EXPECT_TRUE(pdf(document).value() == pdf(document).value());
    EXPECT_NE(pdf(document).value().find("(20261123"), std::string::npos);
}

TEST(Pdf, ManyThreadsAtOnceGiveTheBytesOfOne) {
    const Document document = with({Title{.text = "核查表"}, sheet(60)});
    const std::string alone = pdf(document).value();
    std::array<std::string, 4> made;
    std::vector<std::thread> threads;
    for (auto& one : made)
        threads.emplace_back([&] {
            for (int i = 0; i < 3; ++i) one = pdf(document).value();
        });
    for (auto& thread : threads) thread.join();
    for (const auto& one : made) EXPECT_TRUE(one == alone);
}

TEST(Pdf, ATitleStandsInTheMiddleAndALongOneIsBrokenEvenly) {
    const std::string longer = "关于开展二〇二六年下半年防止返贫动态监测集中排查和信息比对工作情况的通知";
    const Read read(with({Title{.text = "核查表"}, PageBreak{}, Title{.text = longer}}));
    for (int page = 0; page < 2; ++page)
        for (const Word& word : read.words(page)) {
            if (word.top > 200) continue;  // the page number
            EXPECT_NEAR((word.left + word.right) / 2, 105 * mm, 1.5) << word.text;
        }
    std::vector<double> widths;
    for (const Word& word : read.words(1))
        if (word.top < 200) widths.push_back(word.right - word.left);
    ASSERT_EQ(widths.size(), 2U);
    EXPECT_NEAR(widths[0], widths[1], 2 * 22);
}

TEST(Pdf, AThousandRowsKeepTheirHeadingOnEveryPageAndNothingIsLost) {
    const Read read(with({Title{.text = "名单"}, sheet(1'000)}));
    EXPECT_GT(read.pages(), 15);
    EXPECT_LT(read.pages(), 60);
    for (int i = 0; i < read.pages(); ++i) {
        EXPECT_THAT(read.text(i), HasSubstr("金额"));
        EXPECT_THAT(without_blanks(read.text(i)),
                    HasSubstr("第" + std::to_string(i + 1) + "页共" + std::to_string(read.pages()) + "页"));
    }
    std::vector<bool> seen(1'001);
    for (int i = 0; i < read.pages(); ++i)
        for (const Word& word : read.words(i))
            if (word.left < 50 * mm && word.text.find_first_not_of("0123456789") == std::string::npos)
                seen.at(std::stoul(word.text)) = true;
    EXPECT_EQ(std::count(seen.begin(), seen.end(), true), 1'000);
}

TEST(Pdf, ARowThatIsHigherThanAPageIsCutAndLosesNothing) {
    std::string text;
    for (int i = 0; i < 3'000; ++i) text += "第" + std::to_string(i) + "句。";
    Table table = sheet(1);
    table.rows.push_back({{label("说明"), value(text, 2)}});
    const Read read(with({table}));
    EXPECT_GT(read.pages(), 3);
    const std::string all = without_blanks(read.all());
    for (const int i : {0, 1'000, 2'999}) EXPECT_THAT(all, HasSubstr("第" + std::to_string(i) + "句。"));
    for (int i = 0; i < read.pages(); ++i)
        for (const Word& word : read.words(i)) EXPECT_LT(word.bottom, 297 * mm - 10 * mm);
}

TEST(Pdf, ACellThatSpansMoreThanAPageDoesNotHideItsRows) {
    Table table{.widths = {1, 3}, .rows = {}};
    for (int i = 0; i < 80; ++i) {
        Row row{.cells = {value("第" + std::to_string(i) + "项")}};
        if (i == 0) row.cells.insert(row.cells.begin(), label("成员", 1, 80));
        table.rows.push_back(row);
    }
    const Read read(with({table}));
    EXPECT_EQ(read.pages(), 3);
    EXPECT_THAT(without_blanks(read.all()), HasSubstr("第79项"));
}

TEST(Pdf, WhatCannotBeBrokenStaysInsideTheMargins) {
    const std::string endless(3'000, 'A');
    std::string name;
    for (int i = 0; i < 100; ++i) name += "吉克阿依";
    const Read read(
        with({paragraph(endless), Table{.widths = {1, 1}, .rows = {{{label(endless), value(name)}}}}}));
    for (int i = 0; i < read.pages(); ++i)
        for (const Word& word : read.words(i)) {
            EXPECT_GT(word.left, 20 * mm);
            EXPECT_LT(word.right, 190 * mm);
        }
}

TEST(Pdf, ALineDoesNotBeginWithAFullStop) {
    for (int length = 30; length < 50; ++length) {
        std::string text;
        for (int i = 0; i < length; ++i) text += "村";
        const Read read(with({paragraph(text + "。" + text + "，" + text)}));
        for (const Word& word : read.words(0)) {
            EXPECT_FALSE(word.text.starts_with("。")) << length;
            EXPECT_FALSE(word.text.starts_with("，")) << length;
        }
    }
}

TEST(Pdf, AHostileTextIsPrintedAsItStands) {
    const std::string text = "<script>alert(1)</script> \x01\x1b[31m \u202Egnp.exe\u202C 👍 \xff 甲\tб";
    const Read read(with({paragraph(text), Table{.widths = {1}, .rows = {{{value(text)}}}}}));
    EXPECT_EQ(read.pages(), 1);
    EXPECT_THAT(without_blanks(read.text(0)), HasSubstr("<script>alert(1)</script>"));
    EXPECT_THAT(read.text(0), HasSubstr("gnp.exe"));
}

TEST(Pdf, ANoteStandsAtTheFootOfItsPage) {
    Paragraph marked = paragraph("监测范围 7,500 元");
    marked.runs.back().note = "依据：某某文件";
    const Read read(with({marked, PageBreak{}, paragraph("下一页")}));
    EXPECT_THAT(without_blanks(read.text(0)), HasSubstr("[1]依据：某某文件"));
    EXPECT_THAT(without_blanks(read.text(1)), Not(HasSubstr("依据")));
}

TEST(Pdf, EmptyCellsAndEmptyTreesPrint) {
    EXPECT_EQ(Read(with({})).pages(), 1);
    const Read read(with({Table{.widths = {1, 1}, .rows = {{{label(""), value("")}}, {{value("", 2)}}}},
                          Paragraph{}, Title{}, List{}, Signatures{}}));
    EXPECT_EQ(read.pages(), 1);
}

TEST(Pdf, ATableWhoseCellsDoNotFillItIsABug) {
    EXPECT_THROW((void)pdf(with({Table{.widths = {1, 1}, .rows = {{{label("一")}}}}})), InvariantBroken);
    EXPECT_THROW((void)pdf(with({Table{.widths = {1}, .rows = {{{label("一", 2)}}}}})), InvariantBroken);
}

TEST(Html, NothingOfAStrangersTextIsMarkup) {
    const std::string text = "<script>alert('1')</script>\"&\x01\u202E";
    const std::string page =
        html({.title = text,
              .header = text,
              .footer = text,
              .blocks = {Title{.text = text, .subtitle = text}, Heading{.text = text}, paragraph(text),
                         Table{.widths = {1}, .rows = {{{value(text)}}}, .caption = text},
                         List{.items = {{document::text(text)}}}, QrCode{.content = "x", .caption = text},
                         Signatures{.signatures = {{.label = text, .name = text}}}}});
    EXPECT_THAT(page, Not(HasSubstr("<script")));
    EXPECT_THAT(page, Not(HasSubstr("\x01")));
    EXPECT_THAT(page, Not(HasSubstr("\u202E")));
    EXPECT_THAT(page, HasSubstr("&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&quot;&amp;"));
}

TEST(Html, ManyColumnsStandAsCardsOnAPhone) {
    const Table many{
        .widths = {1, 1, 1, 1, 1, 1},
        .header_rows = 1,
        .rows = {{{label("序号"), label("姓名"), label("A\"B"), label("丁"), label("戊"), label("己")}},
                 {{value("1"), value("张三"), value(""), value("4"), value("5"), value("6")}}}};
    const std::string page = html(with({many}));
    EXPECT_THAT(page, HasSubstr("class=\"wide cards\""));
    EXPECT_THAT(page, HasSubstr("role=\"cell\" data-column=\"姓名\">张三</td>"));
    EXPECT_THAT(page, HasSubstr("data-column=\"A&quot;B\"></td>"))
        << "nothing is there, and nothing is shown";
    Table few = many;
    few.widths.pop_back();
    for (auto& row : few.rows) row.cells.pop_back();
    EXPECT_THAT(html(with({few})), Not(HasSubstr("class=\"wide cards\"")));
}

TEST(Html, TablesSayWhatTheirHeadingsHead) {
    const std::string page =
        html(with({sheet(1), Table{.widths = {1, 1}, .rows = {{{label("户主"), value("张三")}}}}}));
    EXPECT_THAT(page, HasSubstr("<thead>\n<tr><th scope=\"col\">序号</th>"));
    EXPECT_THAT(page, HasSubstr("<tbody>\n<tr><th scope=\"row\">户主</th><td>张三</td></tr>\n</tbody>"));
    EXPECT_THAT(page, HasSubstr("<html lang=\"zh-CN\">"));
}

TEST(Picture, IsLookedAtBeforeItIsAccepted) {
    EXPECT_EQ(Picture::parse("GIF89a").error().id, "document.no_picture");
    EXPECT_EQ(Picture::parse("\xFF\xD8\xFF").error().id, "document.no_picture");
    const std::string head("\x89PNG\r\n\x1A\n\0\0\0\rIHDR", 16);
    const auto small = Picture::parse(head + std::string("\0\0\0\x02\0\0\0\x03", 8));
    ASSERT_TRUE(small);
    EXPECT_EQ(small->width(), 2);
    EXPECT_EQ(small->height(), 3);
    EXPECT_EQ(Picture::parse(head + std::string("\0\1\0\0\0\1\0\0", 8)).error().id,
              "document.picture_too_large");
    // Whole enough to be accepted, not enough to be drawn: a frame stands in its place.
    EXPECT_EQ(Read(with({Image{.picture = *small, .caption = "照片"}})).pages(), 1);
}

TEST(Picture, AJpegIsCarriedAsItIsAndTurnedAsItsCameraSays) {
    // SOI; APP1 with EXIF orientation 6, big-endian; SOF0 of 30 by 20 dots.
    const std::string jpeg = std::string(
                                 "\xFF\xD8\xFF\xE1\0\x22"
                                 "Exif\0\0"
                                 "MM\0\x2A\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0",
                                 38) +
                             std::string("\xFF\xC0\0\x0B\x08\0\x14\0\x1E\x01\x01\x11\0", 13);
    const auto picture = Picture::parse(jpeg);
    ASSERT_TRUE(picture);
    EXPECT_EQ(picture->width(), 30);
    EXPECT_EQ(picture->height(), 20);
    EXPECT_EQ(picture->turn(), Picture::Turn::quarter);
    EXPECT_NE(pdf(with({Image{.picture = *picture}})).value().find("/DCTDecode"), std::string::npos);
}

TEST(Runs, UnderscoresAreLinesToWriteOn) {
    const auto runs = with_blanks("第__号");
    ASSERT_EQ(runs.size(), 3U);
    EXPECT_EQ(runs[1].kind, Run::Kind::blank);
    EXPECT_EQ(runs[1].ems, 2);
    EXPECT_EQ(runs[2].text, "号");
}

Document with_contents(int articles) {
    Document out{.title = "简报"};
    out.blocks.push_back(Contents{.title = "目录"});
    for (int i = 1; i <= articles; ++i) {
        if (i == 1) out.blocks.push_back(PageBreak{});
        if (i % 5 == 1) out.blocks.push_back(Heading{.text = "栏目" + std::to_string(i)});
        out.blocks.push_back(Heading{.text = "标题" + std::to_string(i), .level = 2});
        for (int p = 0; p < 6; ++p) out.blocks.push_back(paragraph(std::string(300, 'a') + " 正文。"));
    }
    return out;
}

TEST(Contents, NameThePageOnWhichEachHeadingStands) {
    const auto document = with_contents(20);
    const Read read(document);
    const auto pages = heading_pages(document).value();
    const auto headings = headings_of(document, 3);
    ASSERT_EQ(pages.size(), headings.size());
    const std::string list = read.text(0);
    for (std::size_t i = 0; i < pages.size(); ++i) {
        EXPECT_THAT(read.text(static_cast<int>(pages[i]) - 1), HasSubstr(headings[i]->text));
        const auto line = list.find(headings[i]->text + " ");
        ASSERT_NE(line, std::string::npos) << headings[i]->text;
        const auto end = list.find('\n', line);
        EXPECT_THAT(list.substr(line, end - line), testing::EndsWith(" " + std::to_string(pages[i])));
    }
    EXPECT_GT(pages.back(), 5U);
}

TEST(Contents, AreLinksOnAScreen) {
    EXPECT_THAT(html(with_contents(2)), HasSubstr("<a href=\"#heading-1\">标题1</a>"));
    EXPECT_THAT(html(with_contents(2)), HasSubstr("<h3 id=\"heading-1\">标题1</h3>"));
}

TEST(Html, LeavesNoLevelOfHeadingsOut) {
    Document paper;
    paper.blocks = {Title{.text = "入户核实表"}, Heading{.text = "家庭成员", .level = 2},
                    Heading{.text = "收入", .level = 3}};
    EXPECT_THAT(html(paper), HasSubstr("<h2 id=\"heading-0\">家庭成员</h2>"));
    EXPECT_THAT(html(paper), HasSubstr("<h3 id=\"heading-1\">收入</h3>"));
}

/// What a member of a zip archive holds.
std::string member(const std::string& archive, const char* name) {
    const auto path =
        std::filesystem::temp_directory_path() / ("ballast-" + std::to_string(::getpid()) + ".docx");
    std::ofstream(path, std::ios::binary) << archive;
    const unzFile zip = unzOpen(path.c_str());
    std::string out;
    if (zip && unzLocateFile(zip, name, 1) == UNZ_OK && unzOpenCurrentFile(zip) == UNZ_OK) {
        std::array<char, 4096> piece;
        for (int read; (read = unzReadCurrentFile(zip, piece.data(), piece.size())) > 0;)
            out.append(piece.data(), static_cast<std::size_t>(read));
    }
    unzClose(zip);
    std::filesystem::remove(path);
    return out;
}

TEST(Docx, AsksForItsContentsToBeReckonedAgain) {
    // Page numbers are ours until a program lays the pages out anew.
    EXPECT_THAT(member(docx(with_contents(6)).value(), "word/document.xml"),
                HasSubstr("<w:fldChar w:fldCharType=\"begin\" w:dirty=\"true\"/></w:r><w:r><w:instrText "
                          "xml:space=\"preserve\"> TOC "));
}

TEST(Docx, IsTheSameForTheSameTreeAndHoldsAFilledContentsField) {
    const auto document = with_contents(6);
    const auto file = docx(document).value();
    EXPECT_EQ(file, docx(document).value());
    EXPECT_TRUE(file.starts_with("PK"));
    EXPECT_EQ(unprintable(words::Language::zh, "压舱石 Ballast 12%").size(), 0U);
    // A character of 2022 that no font of the house has.
    EXPECT_THAT(unprintable(words::Language::zh, "压\U00031350"), testing::ElementsAre(U'\U00031350'));
}

TEST(Pages, AreSeenAsPicturesAsManyAsThePdfHas) {
    Document document{.title = "样张"};
    document.blocks = {paragraph("一页"), PageBreak{}, paragraph("又一页")};
    EXPECT_EQ(page_count(document).value(), 2U);
    const auto first = page_png(document, 1, 72), second = page_png(document, 2, 72);
    ASSERT_TRUE(first && second);
    EXPECT_TRUE(first->starts_with("\x89PNG"));
    EXPECT_NE(*first, *second);
    EXPECT_EQ(page_png(document, 3, 72).error().id, "document.no_such_page");
    EXPECT_EQ(page_png(document, 0, 72).error().id, "document.no_such_page");
}

}  // namespace
}  // namespace ballast::document
