#include "chinese/chinese.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ballast::chinese {
namespace {

using testing::ElementsAre;

TEST(Chinese, AYiNameIsTheSameWithAnyDotOrNone) {
    for (const char* written : {"吉克·阿依", "吉克•阿依", "吉克・阿依", "吉克‧阿依", "吉克．阿依",
                                "吉克.阿依", "吉克●阿依", "吉克∙阿依", "吉克･阿依", "吉克。阿依", "吉克阿依",
                                " 吉克 阿依 ", "吉克　阿依", "\uFEFF吉克\u200B阿依"})
        EXPECT_EQ(normalised_name(written), "吉克阿依") << written;
    EXPECT_FALSE(same_name("吉克·阿依", "吉克·阿衣"));
}

TEST(Chinese, TraditionalRegionalAndVariantFormsAreTheSameName) {
    EXPECT_TRUE(same_name("張國華", "张国华"));
    EXPECT_TRUE(same_name("歐陽建國", "欧阳建国"));
    EXPECT_TRUE(same_name("李峯", "李峰"));
    EXPECT_TRUE(same_name("王昇", "王升"));
    EXPECT_TRUE(same_name("劉羣", "刘群"));
    EXPECT_TRUE(same_name("\uF9DD明", "利明"));  // a compatibility ideograph, as old KS X 1001 files have it
    EXPECT_FALSE(same_name("王芳", "王方"));
    EXPECT_FALSE(same_name("王芳", "汪芳"));
}

TEST(Chinese, LettersAreHalfWidthAndUpperCaseInAName) {
    EXPECT_EQ(normalised_name("ＡＢｃ１２"), "ABC12");
    EXPECT_EQ(normalised_name("José"), "JOSÉ");
    EXPECT_EQ(normalised_name(""), "");
    EXPECT_EQ(normalised_name(" · "), "");
}

TEST(Chinese, CommonNameCharactersStayThemselves) {
    for (const char* name :
         {"芸", "予", "叶", "范", "余", "于", "谷", "后", "松", "丰", "沈", "姜", "曲", "秋"})
        EXPECT_EQ(normalised_name(name), name);
}

TEST(Chinese, PlacesAreTypedByTheirInitials) {
    EXPECT_EQ(initials("昭觉县"), "zjx");
    EXPECT_EQ(initials("凉山彝族自治州"), "lsyzzzz");
    EXPECT_EQ(initials("重庆市"), "cqs");
    EXPECT_EQ(initials("六安"), "la");
    EXPECT_EQ(initials("长治"), "cz");
    EXPECT_EQ(initials("成都"), "cd");
    EXPECT_EQ(initials("甘孜藏族自治州"), "gzzzzzz");
    EXPECT_EQ(initials("厦门"), "xm");
    EXPECT_EQ(initials("犍为县"), "qwx");
    EXPECT_EQ(initials("Ａ1村（东）"), "a1cd");
    EXPECT_EQ(initials(""), "");
}

TEST(Chinese, ReadsWithoutTones) {
    EXPECT_EQ(pinyin("昭觉县"), "zhao jue xian");
    EXPECT_EQ(pinyin("吕梁"), "lv liang");
    EXPECT_EQ(pinyin("G5国道"), "g5 guo dao");
    EXPECT_EQ(pinyin("昭觉 县"), "zhao jue xian");
    EXPECT_EQ(pinyin("昭覺縣"), pinyin("昭觉县"));
}

TEST(Chinese, HomophonesSoundAlikeAndNeighboursDoNot) {
    EXPECT_TRUE(sounds_alike("王芳", "汪方"));
    EXPECT_TRUE(sounds_alike("吉克·阿依", "吉克阿衣"));
    EXPECT_FALSE(sounds_alike("王芳", "王方方"));
    EXPECT_FALSE(sounds_alike("吕明", "陆明"));  // lü and lu
    EXPECT_FALSE(sounds_alike("王芳", "黄芳"));
}

TEST(Chinese, EveryCharacterBeginsATermOfTheIndex) {
    EXPECT_EQ(bigrams("张三丰"), "张三 三丰 丰");
    EXPECT_EQ(bigrams("吉克·阿依"), "吉克 克阿 阿依 依");
    EXPECT_EQ(bigrams("王芳, covid 19：發燒"), "王芳 芳 COVID 19 发烧 烧");
    EXPECT_EQ(bigrams("住3组"), "住 3 组");
    EXPECT_EQ(bigrams(" ，"), "");
}

TEST(Chinese, AQueryAsksForExactPairsOrForOneCharacterAsAPrefix) {
    EXPECT_THAT(search_terms("三丰"), ElementsAre("三丰"));
    EXPECT_THAT(search_terms("張三豐"), ElementsAre("张三", "三丰"));
    EXPECT_THAT(search_terms("丰"), ElementsAre("丰"));
    EXPECT_THAT(search_terms(""), ElementsAre());
}

// Matching compares whole files; a name must cost microseconds. The bound is loose for a busy machine.
TEST(Chinese, AHundredThousandNamesTakeAMoment) {
    std::size_t bytes = 0;
    for (int i = 0; i < 100'000; ++i) bytes += normalised_name("歐陽·建國").size();
    EXPECT_EQ(bytes, 100'000u * 12);
}

}  // namespace
}  // namespace ballast::chinese
