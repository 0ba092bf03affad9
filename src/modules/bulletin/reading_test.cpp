#include "bulletin/reading.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <minizip/zip.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace ballast::bulletin {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using namespace std::string_view_literals;

namespace fs = std::filesystem;

class Files : public ::testing::Test {
protected:
    void SetUp() override {
        std::string pattern = (fs::temp_directory_path() / "ballast-reading-XXXXXX").string();
        ASSERT_NE(mkdtemp(pattern.data()), nullptr);
        folder_ = pattern;
    }
    void TearDown() override {
        std::error_code ignored;
        fs::remove_all(folder_, ignored);
    }
    std::string file(std::string_view bytes) {
        const auto path = folder_ / "file";
        std::ofstream(path, std::ios::binary) << bytes;
        return path.string();
    }
    std::string docx(const std::string& document) {
        const auto path = (folder_ / "file.docx").string();
        zipFile zip = zipOpen64(path.c_str(), APPEND_STATUS_CREATE);
        zipOpenNewFileInZip64(zip, "word/document.xml", nullptr, nullptr, 0, nullptr, 0, nullptr, Z_DEFLATED,
                              6, 0);
        zipWriteInFileInZip(zip, document.data(), static_cast<unsigned>(document.size()));
        zipCloseFileInZip(zip);
        zipClose(zip, nullptr);
        return path;
    }
    std::string refused(const std::string& path) {
        const auto reading = read_file(path, "某文件");
        return reading ? "" : reading.error().id;
    }
    fs::path folder_;
};

TEST_F(Files, OfAnyEncodingAreReadAsTheyAre) {
    EXPECT_EQ(read_file(file("\xEF\xBB\xBF压舱石\r\n第二行"), "a")->text, "压舱石\n第二行");
    EXPECT_EQ(read_file(file("\xD1\xB9\xB2\xD5\xCA\xAF"sv), "a")->text, "压舱石") << "GB18030";
    EXPECT_EQ(read_file(file("\xFF\xFE\x8B\x53\x31\x82\xF3\x77"sv), "a")->text, "压舱石") << "UTF-16";
}

TEST_F(Files, OfTwoEncodingsLoseNothingAndSaySo) {
    const auto reading = read_file(file("防止返贫动态监测\n\xD1\xB9\xB2\xD5\xCA\xAF\n乡村振兴"sv), "a");
    ASSERT_TRUE(reading);
    EXPECT_EQ(reading->text, "防止返贫动态监测\n压舱石\n乡村振兴");
    ASSERT_THAT(reading->notes, SizeIs(1));
    EXPECT_EQ(reading->notes[0].id, "bulletin.note.mixed_encodings");
    EXPECT_EQ(reading->notes[0].places[0].second, "1");
}

TEST_F(Files, ThatTurnTheDirectionOfWritingAreReadAsTheyAreCheckedAndSaySo) {
    const auto reading = read_file(file("مرحبا 监测\u202E1200\u202C户，\u2066“完成”\u2069。𪚥"), "a");
    ASSERT_TRUE(reading);
    EXPECT_EQ(reading->text, "مرحبا 监测1200户，“完成”。𪚥");
    ASSERT_THAT(reading->notes, SizeIs(1));
    EXPECT_EQ(reading->notes[0].id, "bulletin.note.turning_marks");
    EXPECT_EQ(reading->notes[0].places[0].second, "4");
}

TEST_F(Files, ThatAreNoTextAreRefusedInAWordThatHelps) {
    EXPECT_EQ(refused(file("")), "bulletin.file_empty");
    EXPECT_EQ(refused(file(" \n\n")), "bulletin.file_empty");
    EXPECT_EQ(refused(file("%PDF-1.7 ...")), "bulletin.file_unknown");
    EXPECT_EQ(refused(file("\xD0\xCF\x11\xE0 old doc"sv)), "bulletin.file_unknown");
    EXPECT_EQ(refused(file("PK\x03\x04 cut"sv)), "bulletin.docx_broken");
    EXPECT_EQ(refused(file("好\n\0坏"sv)), "bulletin.encoding");
    EXPECT_EQ(refused(file("好的一行文字\n\xFF\xFF"sv)), "bulletin.encoding");
    EXPECT_EQ(refused((folder_ / "none").string()), "bulletin.cannot_read");
}

TEST_F(Files, TooLargeAreRefusedBeforeTheyAreRead) {
    const auto path = file("x");
    fs::resize_file(path, 100'000'000);
    const auto reading = read_file(path, "大文件");
    ASSERT_FALSE(reading);
    EXPECT_EQ(reading.error().id, "bulletin.file_too_large");
    EXPECT_EQ(reading.error().args[0].second, "96");
}

TEST_F(Files, OfHtmlKeepTheTextAndNoScript) {
    const auto reading =
        read_file(file("<!DOCTYPE html><html><head><title>一期简报</title><style>p{}</style></head><body "
                       "onload=\"evil()\">"
                       "<h2>四川昭觉 | 标题</h2><p>第一段，\n  "
                       "有换行。</p><script>alert('坏')</script><p>第二段<b>粗体</b>。<br>换行</p>"
                       "<iframe src=\"http://x\"></iframe></body></html>"),
                  "a.html");
    ASSERT_TRUE(reading) << reading.error().id;
    EXPECT_EQ(reading->format, "html");
    EXPECT_EQ(reading->title, "一期简报");
    EXPECT_EQ(reading->text, "四川昭觉 | 标题\n\n第一段， 有换行。\n\n第二段粗体。\n\n换行\n\n");
    ASSERT_THAT(reading->notes, SizeIs(1));
    EXPECT_EQ(reading->notes[0].places[0].second, "3");
}

TEST_F(Files, OfHtmlNestedBeyondReadingAreRefusedAndNotCut) {
    std::string page = "<html><body>";
    for (int i = 0; i < 2000; ++i) page += "<div>";
    EXPECT_EQ(refused(file(page + "最里面")), "bulletin.html_broken");
}

TEST_F(Files, OfDocxAreTheirParagraphs) {
    const auto path = docx(
        "<w:document xmlns:w=\"w\"><w:body><w:p><w:pPr><w:pStyle "
        "w:val=\"TOC1\"/></w:pPr><w:r><w:t>标题</w:t><w:tab/>"
        "<w:t>3</w:t></w:r></w:p><w:p><w:r><w:t xml:space=\"preserve\">第一 "
        "</w:t></w:r><w:del><w:r><w:delText>删</w:delText>"
        "</w:r></w:del><w:ins><w:r><w:t>段。</w:t></w:r></w:ins></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>甲</"
        "w:t></w:r></w:p></w:tc>"
        "<w:tc><w:p><w:r><w:t>乙</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>");
    const auto reading = read_file(path, "a.docx");
    ASSERT_TRUE(reading) << reading.error().id;
    EXPECT_EQ(reading->text, "标题\n\n第一 段。\n\n甲\t乙\n\n");
    EXPECT_EQ(refused(docx("<w:document><w:body>")), "bulletin.docx_broken");
}

TEST(Feeds, GiveAnArticleForEachEntry) {
    const auto read = read_rss(
        "<?xml version=\"1.0\" encoding=\"GBK\"?><rss "
        "version=\"2.0\"><channel><title>县政府网</title><item><title>四川昭觉 | "
        "户厕改造</title><link>https://example.org/1</link><pubDate>Sun, 20 Jun 2021 08:00:00 "
        "+0800</pubDate><description>"
        "&lt;p&gt;改厕 80 "
        "户。&lt;/p&gt;&lt;script&gt;alert(1)&lt;/script&gt;&lt;p&gt;第二段。&lt;/p&gt;</description></item>"
        "<item><title>无链接</title><link>javascript:alert(1)</link><description>短讯。</description></"
        "item></channel></rss>",
        "rss.xml");
    ASSERT_TRUE(read) << read.error().id;
    EXPECT_EQ(read->format, "rss");
    ASSERT_THAT(read->items, SizeIs(2));
    const auto& first = read->items[0];
    EXPECT_EQ(first.headline, "四川昭觉 | 户厕改造");
    EXPECT_EQ(first.body, "改厕 80 户。\n\n第二段。\n\n");
    EXPECT_EQ(first.source_name, "县政府网");
    EXPECT_EQ(first.source_url, "https://example.org/1");
    EXPECT_EQ(first.date, Date::from(2021, 6, 20));
    EXPECT_EQ(read->items[1].source_url, "");
    ASSERT_THAT(read->notes, SizeIs(1));
    EXPECT_EQ(read->notes[0].id, "bulletin.note.scripts_removed");
}

TEST(Feeds, AreReadAsAtomAndAsRss1Too) {
    const auto atom = read_rss(
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>a</title><entry><title>一</title><link "
        "href='https://example.org/2'/><updated>2021-06-18T08:00:00Z</updated><summary>正文。</summary>"
        "</entry></feed>",
        "a.xml");
    ASSERT_TRUE(atom);
    ASSERT_THAT(atom->items, SizeIs(1));
    EXPECT_EQ(atom->items[0].source_url, "https://example.org/2");
    EXPECT_EQ(atom->items[0].date, Date::from(2021, 6, 18));
    const auto rdf = read_rss(
        "<rdf:RDF><channel><title>b</title></channel><item><title>二</title><description>正文。"
        "</description></item></rdf:RDF>",
        "b.xml");
    ASSERT_TRUE(rdf);
    EXPECT_THAT(rdf->items, SizeIs(1));
}

TEST(Feeds, ThatAreBrokenSayWhere) {
    const auto read = read_rss("<rss><channel>\n<item><title>半截", "r.xml");
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().id, "bulletin.rss_broken");
}

}  // namespace
}  // namespace ballast::bulletin
