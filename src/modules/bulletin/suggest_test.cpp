#include "bulletin/suggest.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ballast::bulletin {
namespace {

using ::testing::ElementsAre;

std::string column_of(std::string headline, std::string body) {
    Article article;
    article.headline = std::move(headline);
    article.paragraphs = {std::move(body)};
    const auto suggestion = suggested_column(article);
    return suggestion ? suggestion->column : "";
}

TEST(Suggestions, SayWhichWordsSpeakForAColumn) {
    Article article;
    article.headline = "农业保险进村到户";
    article.paragraphs = {"投保和理赔在村公示栏公开。"};
    const auto suggestion = suggested_column(article);
    ASSERT_TRUE(suggestion);
    EXPECT_EQ(suggestion->column, "industry");
    EXPECT_THAT(suggestion->words, ElementsAre("保险", "理赔"));
}

TEST(Suggestions, AreNoneWhereNothingOrTwoColumnsSpeakAlike) {
    EXPECT_EQ(column_of("天气预报", "晴。"), "");
    EXPECT_EQ(column_of("一天", "学校。"), "") << "one word of the text is too little";
    EXPECT_EQ(column_of("保险进学校", ""), "") << "as much for one as for the other";
    EXPECT_EQ(column_of("保险进学校", "教师投保。"), "services");
}

}  // namespace
}  // namespace ballast::bulletin
