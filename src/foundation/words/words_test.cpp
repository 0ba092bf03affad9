#include "words/words.h"

#include <gtest/gtest.h>

namespace ballast::words {
namespace {

TEST(Words, SayTheSameRefusalInBothLanguages) {
    const Error error = invalid("area.malformed").with("expected", "513431");
    EXPECT_EQ(say(error, Language::zh),
              "区划代码应为 2、4、6、9 或 12 位数字，例如 513431。请核对后重新填写。");
    EXPECT_EQ(say(error, Language::en),
              "An area code has 2, 4, 6, 9 or 12 digits, for example 513431. Check it and enter it again.");
}

TEST(Words, LeaveAPlaceVisibleWhenNothingFillsIt) {
    EXPECT_NE(say("area.malformed", Language::en).find("{expected}"), std::string::npos);
    EXPECT_NE(say("area.malformed", Language::en, {{"other", "x"}}).find("{expected}"), std::string::npos);
}

TEST(Words, TakeTheEnglishFillingInEnglish) {
    const Places places{{"expected", "数字"}, {"expected.en", "digits"}};
    EXPECT_NE(say("area.malformed", Language::zh, places).find("数字"), std::string::npos);
    EXPECT_NE(say("area.malformed", Language::en, places).find("digits"), std::string::npos);
}

// A filling may come from a user's file; braces in it are text, not places.
TEST(Words, DoNotReadPlacesInsideAFilling) {
    const auto sentence = say("area.malformed", Language::en, {{"expected", "{expected}{"}});
    EXPECT_NE(sentence.find("{expected}{."), std::string::npos);
}

TEST(Words, GiveTheIdItselfWhenThereIsNoSentence) {
    EXPECT_EQ(say("nobody.wrote_this", Language::zh), "nobody.wrote_this");
    EXPECT_FALSE(known("nobody.wrote_this"));
    EXPECT_TRUE(known("area.malformed"));
}

TEST(Words, NeverShowTheDetailThatIsForLogs) {
    EXPECT_EQ(say(invalid("date.malformed", "line 7 of the parser"), Language::en).find("parser"),
              std::string::npos);
}

TEST(Words, KnowALanguageByItsTag) {
    EXPECT_EQ(parse_language("zh-CN"), Language::zh);
    EXPECT_EQ(parse_language("en_GB"), Language::en);
    EXPECT_EQ(parse_language("fr"), std::nullopt);
    EXPECT_EQ(parse_language(""), std::nullopt);
    EXPECT_EQ(tag(Language::en), "en");
}

}  // namespace
}  // namespace ballast::words
