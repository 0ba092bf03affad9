#include "figures/extract.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <map>

#include "base/rng.h"
#include "base/text.h"

namespace ballast::figures {
namespace {

std::vector<Mention> mentions_of(std::string_view text, std::optional<Date> issued = std::nullopt) {
    return extract(text::code_points(text), {issued});
}

std::string said_of(const Mention& m) {
    return m.surface + "|" + std::string(to_string(m.kind)) + "|" + value_text(m) + "|" + m.unit + "|" +
           std::string(to_string(m.qualifier));
}

// passages/mentions.txt: a sentence, and below it its mentions, each led by a tab.
TEST(Extract, ReadsTheSentencesOfTheTable) {
    std::ifstream file(std::string(BALLAST_SOURCE_DIR) + "/src/engines/figures/passages/mentions.txt");
    ASSERT_TRUE(file);
    std::string sentence, expected, line;
    int sentences = 0;
    const auto compare = [&] {
        if (sentence.empty()) return;
        std::string read;
        for (const Mention& m : mentions_of(sentence)) read += "\t" + said_of(m) + "\n";
        EXPECT_EQ(read, expected) << sentence;
        ++sentences;
    };
    while (std::getline(file, line)) {
        if (line.starts_with('#') || line.empty()) continue;
        if (line.starts_with('\t')) {
            expected += line + "\n";
            continue;
        }
        compare();
        sentence = line;
        expected.clear();
    }
    compare();
    EXPECT_GE(sentences, 300);
}

struct Labelled {
    std::string start, end, kind, value, unit;
};

// The labelled part of the example bulletin, where it is at hand (it is not part of this repository).
TEST(Extract, AgreesWithTheLabelledPartOfTheExample) {
    const std::string shared = std::string(BALLAST_SOURCE_DIR) + "/../shared";
    std::ifstream labels(shared + "/data/figures/seed-part.csv"),
        text_file(shared + "/seed/000_053003864b53b5b3.txt");
    if (!labels || !text_file) GTEST_SKIP() << "no shared folder";
    const std::string bytes((std::istreambuf_iterator<char>(text_file)), std::istreambuf_iterator<char>());
    const auto text = code_points_of(bytes);
    ASSERT_TRUE(text);
    std::map<std::pair<std::string, std::string>, Mention> read;
    for (const Mention& m : extract(*text))
        read[{std::to_string(m.span.start), std::to_string(m.span.end)}] = m;
    std::string line;
    std::getline(labels, line);
    while (std::getline(labels, line)) {
        const auto columns = text::split(line, ',');
        const Mention& m = read[{std::string(columns[0]), std::string(columns[1])}];
        EXPECT_EQ(m.surface, columns[2]) << line;
        if (columns[3] == "lexical" || columns[3] == "name" || columns[3] == "fixed") continue;
        EXPECT_EQ(to_string(m.kind), columns[3]) << line;
        EXPECT_EQ(value_text(m), columns[4]) << line;
        EXPECT_EQ(m.unit, columns[5]) << line;
    }
}

// The rest of the example, read by us: spans and values only, for the text is not ours to keep here.
TEST(Extract, ReadsTheRestOfTheExampleAsWeDo) {
    std::ifstream facts(std::string(BALLAST_SOURCE_DIR) + "/src/engines/figures/passages/example.csv");
    std::ifstream text_file(std::string(BALLAST_SOURCE_DIR) + "/../shared/seed/000_053003864b53b5b3.txt");
    ASSERT_TRUE(facts);
    if (!text_file) GTEST_SKIP() << "no shared folder";
    const std::string bytes((std::istreambuf_iterator<char>(text_file)), std::istreambuf_iterator<char>());
    constexpr std::array statistical{Kind::quantity, Kind::count, Kind::percent, Kind::pp,
                                     Kind::duration, Kind::date,  Kind::year,    Kind::period};
    std::vector<std::string> read, expected;
    for (const Mention& m : extract(*code_points_of(bytes)))
        if (std::ranges::find(statistical, m.kind) != statistical.end())
            read.push_back(std::to_string(m.span.start) + "," + std::to_string(m.span.end) + "," +
                           std::string(to_string(m.kind)) + "," + value_text(m) + "," + m.unit);
    std::string line;
    std::getline(facts, line);
    while (std::getline(facts, line)) expected.push_back(line);
    EXPECT_EQ(read, expected);
}

TEST(Extract, TakesYearAndMonthFromTheIssueDate) {
    const auto issued = Date::from(2022, 1, 12);
    const auto date_of = [&](std::string_view text) { return mentions_of(text, issued).at(0).date; };
    EXPECT_EQ(date_of("10日在京召开"), "2022-01-10");
    EXPECT_EQ(date_of("28日在京召开"), "2021-12-28");
    EXPECT_EQ(date_of("将于28日召开"), "2022-01-28");
    EXPECT_EQ(date_of("去年6月改扩建"), "2021-06");
    EXPECT_EQ(date_of("截至12月底"), "2021-12-31");
    EXPECT_EQ(date_of("2月下旬"), "2022-02-21/2022-02-28");
    EXPECT_EQ(date_of("今年以来"), "2022");
    EXPECT_EQ(date_of("前三季度"), "2022-01/2022-09");
}

TEST(Extract, GivesThePlaceOfTheHeadlineAndWhatIsCounted) {
    const auto read =
        mentions_of("四川凉山 | 四招巩固成果\n2072 个贫困村全部出列。\n\n安徽 | 环境\n改厕250.1万户。");
    EXPECT_EQ(read.at(2).place, "四川凉山");
    EXPECT_EQ(read.at(2).counts_what, "贫困村");
    EXPECT_EQ(read.at(3).place, "安徽");
}

TEST(Extract, RemembersHowANumberWasPrinted) {
    const Mention m = mentions_of("保障 23.62 亿元").at(0);
    EXPECT_EQ(m.scale, Decimal{100'000'000});
    EXPECT_EQ(m.places, 2);
    EXPECT_EQ(m.digits, (Span{3, 8}));
}

void expect_in_order(std::u32string_view text, const std::vector<Mention>& read) {
    std::size_t end = 0;
    for (const Mention& m : read) {
        ASSERT_LE(end, m.span.start) << m.surface;
        ASSERT_LT(m.span.start, m.span.end);
        ASSERT_LE(m.span.end, text.size());
        ASSERT_EQ(m.surface, text::utf8(text.substr(m.span.start, m.span.end - m.span.start)));
        ASSERT_LE(m.digits.start, m.digits.end);
        ASSERT_LE(m.digits.end, text.size());
        end = m.span.end;
    }
}

TEST(Extract, KeepsOrderAndSurfacesOnAnyText) {
    constexpr std::u32string_view pool =
        U"0123456789０１２〇零一二三四五六七八九十百千万亿两半廿几第年月日号个户人元亩%‰.,，-—~至到/"
        U":：()（）〔〕“”、。\n |GA+@余多成分之点倍季度上下旬底今去近约每又\u0627\u05D0\U00020000\U0001F600";
    Rng rng(20210611);
    for (int round = 0; round < 3000; ++round) {
        std::u32string text;
        for (std::size_t n = rng.below(60); n > 0; --n) text += pool[rng.below(pool.size())];
        expect_in_order(text, extract(text));
    }
}

TEST(Extract, SaysWhichByteIsNoUtf8) {
    const auto read = code_points_of("脱贫3万\xFF人");
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().id, "figures.not_utf8");
    EXPECT_EQ(read.error().args.at(0).second, "10");
    EXPECT_EQ(code_points_of("脱贫\xE4\xB8").error().args.at(0).second, "6");
    EXPECT_TRUE(code_points_of("脱贫3万人"));
}

TEST(Extract, LeavesANumberTooLongForADecimalWithoutValue) {
    const auto read = mentions_of("共" + std::string(40, '9') + "元");
    ASSERT_EQ(read.size(), 1);
    EXPECT_FALSE(read[0].value.has_value());
    EXPECT_TRUE(mentions_of(std::string(5000, '9') + "." + std::string(5000, '1') + "%").size() >= 1);
}

// Would run for hours if anything looked back or ahead over the whole text.
TEST(Extract, ReadsALongLineOfAnything) {
    for (const std::string_view piece :
         {"增长8.1%，", "一", "9", "万", "（", "第", "2021年", "1、", "亿零", "- ", "“", "A1", "1,111"}) {
        std::u32string text;
        for (int i = 0; i < 100'000; ++i) text += text::code_points(piece);
        expect_in_order(text, extract(text));
    }
}

}  // namespace
}  // namespace ballast::figures
