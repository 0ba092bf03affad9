#include "bulletin/pages.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "base/text.h"
#include "bulletin/draft.h"
#include "bulletin/findings.h"
#include "bulletin/text_out.h"
#include "document/render.h"

namespace ballast::bulletin {
namespace {

using ::testing::ElementsAreArray;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

namespace fs = std::filesystem;
const Date today = Date::parse("2021-07-01").value();

/// The repository's own example as it would be stored.
Edition example() {
    const auto draft =
        draft_of(*read_file(BALLAST_SOURCE_DIR "/tests/data/bulletin/简报.txt", "简报.txt"), today);
    Edition out;
    out.issue.id = IssueId(7);
    out.issue.masthead = "示例简报";
    out.issue.number = "2021年第3期";
    out.issue.date = today;
    out.issue.imprint = draft.imprint;
    out.issue.imprint.qr_link = "https://example.org/bulletin/7";
    std::int64_t id = 0;
    for (const auto& [column, article] : draft.articles) {
        if (!out.column(column)) out.columns.push_back({column, column, std::ssize(out.columns), true});
        out.articles.push_back(article);
        out.articles.back().id = ArticleId(++id);
        out.articles.back().column = column;
    }
    return out;
}

std::vector<std::string> headlines(const Edition& edition) {
    std::vector<std::string> out;
    for (const auto& article : edition.articles) out.push_back(printed_headline(article));
    return out;
}

/// What an importer finds in it.
Draft read_again(const std::string& bytes, const std::string& name) {
    std::string folder = (fs::temp_directory_path() / "ballast-pages-XXXXXX").string();
    EXPECT_NE(mkdtemp(folder.data()), nullptr);
    const std::string path = folder + "/" + name;
    std::ofstream(path, std::ios::binary) << bytes;
    const auto reading = read_file(path, name);
    EXPECT_TRUE(reading) << reading.error().id;
    fs::remove_all(folder);
    return draft_of(*reading, today);
}

void holds_the_same(const Draft& draft, const Edition& edition) {
    std::vector<std::string> found;
    for (const auto& one : draft.articles) found.push_back(printed_headline(one.article));
    EXPECT_THAT(found, ElementsAreArray(headlines(edition)));
    for (std::size_t i = 0; i < std::min(draft.articles.size(), edition.articles.size()); ++i)
        EXPECT_THAT(draft.articles[i].article.paragraphs, ElementsAreArray(edition.articles[i].paragraphs));
    EXPECT_EQ(draft.imprint.editors, edition.issue.imprint.editors);
}

TEST(Pages, HaveACodeThatLeadsToThePublicPageWhenNobodySaysOtherwise) {
    Edition edition;
    edition.issue.id = IssueId(7);
    EXPECT_EQ(with_qr_link(edition, "https://example.org").issue.imprint.qr_link,
              "https://example.org/public/bulletins/7");
    EXPECT_EQ(with_qr_link(edition, "").issue.imprint.qr_link, "");
    edition.issue.imprint.qr_link = "https://example.org/b";
    EXPECT_EQ(with_qr_link(edition, "https://example.org").issue.imprint.qr_link, "https://example.org/b");
}

TEST(Pages, AsDocxAreReadAgainAsTheSameIssue) {
    const auto edition = example();
    const auto tree = pages(edition, {}, words::Language::zh);
    const auto file = document::docx(tree);
    ASSERT_TRUE(file) << file.error().id;
    EXPECT_EQ(*file, *document::docx(tree)) << "the same tree gives the same bytes";
    holds_the_same(read_again(*file, "简报.docx"), edition);
}

TEST(Pages, AsHtmlAreReadAgainAsTheSameIssue) {
    const auto edition = example();
    holds_the_same(read_again(document::html(pages(edition, {}, words::Language::zh)), "简报.html"), edition);
}

TEST(Pages, SayWhatWasCorrectedAndWhatAPreviewShows) {
    const auto edition = example();
    const std::vector<Correction> said{
        {edition.articles[0].id, "headline", "旧", "新", "标题漏一字，现更正。", today, "某"}};
    const auto page = document::html(
        pages(edition, said, words::Language::zh, public_address("https://example.org", IssueId(7))));
    EXPECT_THAT(page, HasSubstr("更正（2021年7月1日）："));
    EXPECT_THAT(page, HasSubstr("标题漏一字，现更正。"));
    EXPECT_THAT(page, HasSubstr("<meta property=\"og:title\" content=\"示例简报 2021年第3期\">"));
    EXPECT_THAT(
        page,
        HasSubstr("type=\"application/rss+xml\" href=\"https://example.org/api/public/bulletins/rss\""));
    EXPECT_THAT(page,
                HasSubstr("<meta property=\"og:url\" content=\"https://example.org/public/bulletins/7\">"));
    EXPECT_THAT(page, HasSubstr("<meta property=\"og:image\" "
                                "content=\"https://example.org/api/public/bulletins/7/preview\">"));
    EXPECT_THAT(document::html(pages(edition, said, words::Language::zh)), Not(HasSubstr("og:image")))
        << "nobody has said where it stands";
}

TEST(Pages, ArePreviewedByMastheadDayAndHeadlines) {
    const auto edition = example();
    const auto card = preview_card(edition, words::Language::zh);
    EXPECT_EQ(card.title, "示例简报");
    EXPECT_EQ(card.subtitle, "2021年第3期　2021年7月1日");
    EXPECT_EQ(card.lines.size(), edition.articles.size());
    EXPECT_EQ(card.lines.front(), printed_headline(edition.articles.front()));
}

TEST(Pages, CarryNoMarkupThatSomebodyTyped) {
    auto edition = example();
    edition.articles[0].headline = "<script>alert('坏')</script> & \"引号\"";
    const auto page = document::html(pages(edition, {}, words::Language::zh));
    EXPECT_THAT(page, Not(HasSubstr("<script>")));
    const auto feed = rss(
        {edition}, "https://example.org", "https://example.org/rss",
        [](IssueId id) { return "https://example.org/" + std::to_string(id.number()); }, words::Language::zh);
    EXPECT_THAT(feed, Not(HasSubstr("<script>")));
    EXPECT_THAT(feed, HasSubstr("<link>https://example.org/7</link>"));
}

TEST(Pages, OfADraftSayThatItsDateWasInferred) {
    auto edition = example();
    edition.issue.number.reset();
    edition.issue.date_inferred = true;
    EXPECT_THAT(document::html(pages(edition, {}, words::Language::zh)), HasSubstr("据文中推断，待确认"));
    EXPECT_EQ(title_of(edition.issue, words::Language::zh), "示例简报 2021-07-01");
}

TEST(Findings, StandWhereTheArticleShowsThem) {
    auto edition = example();
    edition.articles[0].paragraphs[1] = "县财政安排 2000 万元，其中产业 1200 万元、就业 900 万元。";
    std::vector<Finding> fails;
    for (auto& one : found_in(edition))
        if (one.verdict == "fails") fails.push_back(std::move(one));
    ASSERT_THAT(fails, SizeIs(1));
    EXPECT_EQ(fails[0].article, edition.articles[0].id);
    const auto body = text::code_points(edition.articles[0].body());
    ASSERT_FALSE(fails[0].places.empty());
    for (const auto& place : fails[0].places) {
        EXPECT_EQ(place.part, "body");
        EXPECT_EQ(text::utf8(std::u32string_view(body).substr(place.start, place.end - place.start)),
                  place.words);
    }
    EXPECT_EQ(fails[0].places[0].words, "2000 万元");
}

TEST(Findings, SayThatTheContentsListDisagrees) {
    auto edition = example();
    edition.issue.contents = contents_of(edition);
    const auto count = [&] {
        return std::ranges::count_if(found_in(edition),
                                     [](const Finding& one) { return one.verdict == "fails"; });
    };
    EXPECT_EQ(count(), 0);
    edition.issue.contents.back() = "示例保险公司 | 一张保单护牛羊";
    EXPECT_EQ(count(), 1);
}

}  // namespace
}  // namespace ballast::bulletin
