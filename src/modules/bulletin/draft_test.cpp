#include "bulletin/draft.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "areas/areas.h"
#include "base/text.h"
#include "bulletin/places.h"
#include "bulletin/text_out.h"

namespace ballast::bulletin {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

const std::string own = BALLAST_SOURCE_DIR "/tests/data/bulletin/简报.txt";
const Date today = Date::parse("2021-07-01").value();

Reading read(const std::string& path) {
    auto reading = read_file(path, "file");
    EXPECT_TRUE(reading) << reading.error().id;
    return *reading;
}

/// As it is stored: columns by the order in which they come.
Edition edition_of(const Draft& draft) {
    Edition out;
    out.issue.masthead = draft.masthead;
    out.issue.number = draft.number;
    out.issue.date = draft.date;
    out.issue.date_inferred = draft.date_inferred;
    out.issue.imprint = draft.imprint;
    out.issue.contents = draft.contents;
    for (const auto& [column, article] : draft.articles) {
        if (!out.column(column)) out.columns.push_back({column, column, std::ssize(out.columns), true});
        out.articles.push_back(article);
        out.articles.back().column = column;
    }
    return out;
}

TEST(Draft, FindsTheFormOfABulletin) {
    const auto draft = draft_of(read(own), today);
    ASSERT_THAT(draft.articles, SizeIs(3));
    EXPECT_EQ(draft.articles[0].column, "脱贫攻坚");
    EXPECT_EQ(draft.articles[0].article.place, "四川昭觉");
    EXPECT_EQ(draft.articles[0].article.headline, "防返贫监测全覆盖 坚决守住底线");
    EXPECT_EQ(draft.articles[2].article.kind, ArticleKind::commentary);
    EXPECT_EQ(draft.imprint.editors, "甲某 乙某");
    EXPECT_EQ(draft.imprint.address, "示例市示例路 1 号");
    EXPECT_THAT(draft.contents, SizeIs(5));
    EXPECT_EQ(draft.masthead, "");
    EXPECT_FALSE(draft.number);
    EXPECT_EQ(draft.date, Date::parse("2021-05-20").value()) << "the latest day in the latest year named";
    EXPECT_TRUE(draft.date_inferred);
}

TEST(Draft, JoinsAParagraphThatAPageBrokeAndKeepsWhereItStood) {
    const auto reading = read(own);
    const auto draft = draft_of(reading, today);
    EXPECT_EQ(draft.joined, 1U);
    const auto& article = draft.articles[0].article;
    ASSERT_THAT(article.paragraphs, SizeIs(2));
    EXPECT_THAT(article.paragraphs[0], HasSubstr("户户有档案，件件有回音。"));
    ASSERT_THAT(article.pieces[0], SizeIs(2));
    const auto text = text::code_points(reading.text);
    std::string pieced;
    for (const auto& piece : article.pieces[0])
        pieced += text::utf8(std::u32string_view(text).substr(piece.start, piece.end - piece.start));
    EXPECT_EQ(pieced, article.paragraphs[0]);
}

TEST(Draft, ReportsAContentsListThatSaysOtherwise) {
    const auto differences = contents_differences(edition_of(draft_of(read(own), today)));
    EXPECT_THAT(differences,
                ElementsAre(AllOf(Field(&ContentsDifference::listed, "示例保险公司 | 一张保单护牛羊"),
                                  Field(&ContentsDifference::printed, "示例保险公司 | 一张保单护好牛羊"))));
}

/// What a file says when the pages had not broken it and the list agreed with the articles.
std::string mended(std::string text, const Edition& edition) {
    for (const auto& article : edition.articles)
        for (std::size_t i = 0; i < article.pieces.size(); ++i) {
            if (article.pieces[i].size() < 2) continue;
            const auto points = text::code_points(article.paragraphs[i]);
            std::string broken;
            std::size_t at = 0;
            for (const auto& piece : article.pieces[i]) {
                if (at > 0) broken += "\n\n";
                broken += text::utf8(std::u32string_view(points).substr(at, piece.end - piece.start));
                at += piece.end - piece.start;
            }
            text.replace(text.find(broken), broken.size(), article.paragraphs[i]);
        }
    for (const auto& one : contents_differences(edition))
        text.replace(text.find(one.listed + "\n"), one.listed.size(), one.printed);
    return text;
}

TEST(Draft, PrintedAsTextGivesTheFileAgain) {
    const auto reading = read(own);
    const auto edition = edition_of(draft_of(reading, today));
    EXPECT_EQ(text_of(edition), mended(reading.text, edition));
    // And what was printed is read as the same.
    const auto again = draft_of({.format = "txt", .text = text_of(edition), .title = {}, .notes = {}}, today);
    EXPECT_EQ(text_of(edition_of(again)), text_of(edition));
    EXPECT_EQ(again.joined, 0U);
}

TEST(Draft, PrintsMastheadNumberAndDateSoThatTheyAreReadAgain) {
    auto edition = edition_of(draft_of(read(own), today));
    edition.issue.masthead = "防返贫工作简报";
    edition.issue.number = "2021年第3期（总第9期）";
    edition.issue.date_inferred = false;
    const auto again = draft_of({.format = "txt", .text = text_of(edition), .title = {}, .notes = {}}, today);
    EXPECT_EQ(again.masthead, "防返贫工作简报");
    EXPECT_EQ(again.number, "2021年第3期（总第9期）");
    EXPECT_EQ(again.date, edition.issue.date);
    EXPECT_FALSE(again.date_inferred);
    EXPECT_EQ(text_of(edition_of(again)), text_of(edition));
}

TEST(Draft, OfTheExampleGivesTheExampleAgain) {
    std::string path;
    for (const char* folder : {"/../shared/seed", "/../../shared/seed"})
        if (std::filesystem::exists(BALLAST_SOURCE_DIR + std::string(folder)))
            for (const auto& file :
                 std::filesystem::directory_iterator(BALLAST_SOURCE_DIR + std::string(folder)))
                path = file.path().string();
    if (path.empty()) GTEST_SKIP() << "the example is not here";
    const auto reading = read(path);
    const auto draft = draft_of(reading, today);
    const auto edition = edition_of(draft);
    ASSERT_THAT(edition.articles, SizeIs(17));
    EXPECT_THAT(edition.columns, SizeIs(6));
    EXPECT_EQ(draft.joined, 3U);
    EXPECT_EQ(draft.date, Date::parse("2021-06-11").value());
    const auto differences = contents_differences(edition);
    ASSERT_THAT(differences, SizeIs(1));
    EXPECT_THAT(differences[0].listed, HasSubstr("银保监局印发"));
    EXPECT_THAT(differences[0].printed, HasSubstr("银保监会印发"));
    EXPECT_EQ(text_of(edition), mended(reading.text, edition));
}

TEST(Draft, TakesOneArticleWithoutAnyForm) {
    const auto draft = draft_of({.format = "txt",
                                 .text = "我县今年新建村卫生室十二所，群众看病不出村。",
                                 .title = "卫生室建到家门口",
                                 .notes = {}},
                                today);
    ASSERT_THAT(draft.articles, SizeIs(1));
    EXPECT_EQ(draft.articles[0].article.headline, "卫生室建到家门口");
    EXPECT_EQ(draft.articles[0].column, "");
    EXPECT_FALSE(draft.date);
}

TEST(Places, MeanAnAreaOrAnOrganisationOrNothing) {
    const auto& division = areas::Division::shipped();
    const auto office = AreaCode::parse("513431").value();
    const auto area = [&](const char* printed) {
        const auto meaning = meaning_of(division, office, printed);
        return meaning.area ? meaning.area->short_digits() : "";
    };
    EXPECT_EQ(area("四川凉山"), "5134");
    EXPECT_EQ(area("四川昭觉"), "513431");
    EXPECT_EQ(area("昭觉县"), "513431") << "at home what lies above is left out";
    EXPECT_EQ(area("昭觉县新城镇"), "513431100");
    EXPECT_EQ(area("凉山州"), "5134");
    EXPECT_EQ(area("浙江景宁"), "331127");
    EXPECT_EQ(area("贵州黔东南"), "5226");
    EXPECT_EQ(area("云南迪庆"), "5334");
    EXPECT_EQ(area("山东周村"), "370306");
    EXPECT_EQ(area("青海"), "63");
    EXPECT_EQ(area("国务院"), "");
    EXPECT_EQ(meaning_of(division, office, "国务院").organisation, "国务院");
    EXPECT_EQ(meaning_of(division, office, "中国太保").by, "organisation");
    EXPECT_EQ(meaning_of(division, office, "某地").by, "");
}

}  // namespace
}  // namespace ballast::bulletin
