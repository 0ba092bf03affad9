#include "figures/check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <functional>
#include <iterator>

#include "base/text.h"
#include "figures/extract.h"

namespace ballast::figures {
namespace {

const std::string folder = std::string(BALLAST_SOURCE_DIR) + "/src/engines/figures/passages/";

std::vector<std::u32string> passages(const std::string& file) {
    std::ifstream in(folder + file);
    EXPECT_TRUE(in) << file;
    std::vector<std::u32string> out;
    for (std::string line; std::getline(in, line);) {
        if (line.empty() || line[0] == '#') continue;
        std::u32string text = text::code_points(line);
        std::replace(text.begin(), text.end(), U'¶', U'\n');
        out.push_back(std::move(text));
    }
    return out;
}

std::vector<Finding> findings_of(const std::u32string& text) { return check(text, extract(text)); }

bool alarm(const Finding& f) { return f.verdict == Verdict::fails || f.verdict == Verdict::warn; }

std::string said(const Finding& f, const std::u32string& text) {
    std::string out = std::string(to_string(f.verdict)) + " " + f.check + " " + f.reason + " [";
    for (const Span s : f.where)
        out += text::utf8(std::u32string_view(text).substr(s.start, s.end - s.start)) + " | ";
    return out + "] printed " + f.printed + ", computed " + f.computed;
}

/// A passage without its marks, and where digits and units may be changed.
struct Passage {
    struct Unit {
        Span span;
        std::u32string other;
    };
    std::u32string text;
    std::vector<Span> figures;
    std::vector<Unit> units;

    explicit Passage(const std::u32string& marked) {
        for (std::size_t i = 0; i < marked.size(); ++i) {
            const std::u32string_view two = std::u32string_view(marked).substr(i, 2);
            if (two == U"[[")
                figures.push_back({text.size(), 0}), ++i;
            else if (two == U"]]")
                figures.back().end = text.size(), ++i;
            else if (two == U"<<")
                units.push_back({{text.size(), 0}, {}}), ++i;
            else if (!units.empty() && units.back().span.end == 0 && marked[i] == U'|') {
                units.back().span.end = text.size();
                const std::size_t close = marked.find(U">>", i);
                units.back().other = marked.substr(i + 1, close - i - 1);
                i = close + 1;
            } else
                text.push_back(marked[i]);
        }
    }
};

std::vector<char32_t> instead_of(char32_t digit) {
    constexpr std::u32string_view ascii = U"0123456789", han = U"二三四五六七八九";  // 一条龙 counts nothing
    std::vector<char32_t> out;
    for (const std::u32string_view set : {ascii, han})
        if (set.find(digit) != std::u32string_view::npos)
            for (const char32_t other : set)
                if (other != digit) out.push_back(other);
    return out;
}

bool found(const std::u32string& text, Span changed, bool unit) {
    const auto findings = findings_of(text);
    return std::any_of(findings.begin(), findings.end(), [&](const Finding& f) {
        if (!alarm(f) && !(unit && f.verdict == Verdict::not_comparable)) return false;
        return std::any_of(f.where.begin(), f.where.end(),
                           [&](Span s) { return s.start <= changed.end && changed.start <= s.end; });
    });
}

TEST(Check, RaisesNothingWhereTheTextHolds) {
    for (const char* file : {"true.txt", "silent.txt"})
        for (const std::u32string& marked : passages(file)) {
            const Passage passage(marked);
            for (const Finding& f : findings_of(passage.text))
                EXPECT_FALSE(alarm(f)) << said(f, passage.text) << "\n  in " << text::utf8(passage.text);
        }
}

TEST(Check, FindsEveryChangedDigitAndUnit) {
    std::size_t planted = 0, missed = 0;
    for (const std::u32string& marked : passages("true.txt")) {
        const Passage passage(marked);
        std::string misses;
        const auto plant = [&](std::u32string text, Span changed, bool unit) {
            ++planted;
            if (found(text, changed, unit)) return;
            ++missed;
            const std::size_t from = changed.start < 6 ? 0 : changed.start - 6;
            misses += " …" + text::utf8(text.substr(from, changed.end - from + 4)) + "…";
        };
        for (const Span figure : passage.figures)
            for (std::size_t i = figure.start; i < figure.end; ++i)
                for (const char32_t other : instead_of(passage.text[i])) {
                    // A number does not begin with a nought.
                    const bool leads =
                        other == U'0' && i + 1 < passage.text.size() &&
                        instead_of(passage.text[i + 1]).size() == 9 &&
                        (i == 0 || (instead_of(passage.text[i - 1]).empty() && passage.text[i - 1] != U'.'));
                    if (leads) continue;
                    std::u32string text = passage.text;
                    text[i] = other;
                    plant(std::move(text), {i, i + 1}, false);
                }
        for (const Passage::Unit& unit : passage.units) {
            std::u32string text = passage.text;
            text.replace(unit.span.start, unit.span.end - unit.span.start, unit.other);
            plant(std::move(text), {unit.span.start, unit.span.start + unit.other.size()}, true);
        }
        EXPECT_TRUE(misses.empty()) << "not found:" << misses << "\n  in " << text::utf8(passage.text);
    }
    RecordProperty("planted", static_cast<int>(planted));
    RecordProperty("missed", static_cast<int>(missed));
    std::cout << planted << " changes planted, " << missed << " missed\n";
}

// Would run for hours if anything were held against everything.
TEST(Check, ReadsALongLineOfAnything) {
    for (const std::string_view piece : {"其中3人，",
                                         "（5人",
                                         "：5人，",
                                         "男3人、女3人，",
                                         "进村、进户、进校“三进”，",
                                         "“三个抓好”，抓好",
                                         "服务四个大局，",
                                         "一是甲。二是乙。",
                                         "三项工作：",
                                         "占12人的12%，",
                                         "由3人增加到5人，增加2人，",
                                         "每亩3元，5亩，共15元，",
                                         "5人，户均3元，",
                                         "甲、乙、丙三个村",
                                         "2018年至2020年三年",
                                         "十几年来，",
                                         "1:",
                                         "按性别分，男3人，",
                                         "合计5人，",
                                         "收费5元/人，",
                                         "总投资5元，",
                                         "六部门、",
                                         "应3人，参保3人，参保率3%，",
                                         "自然增长率3‰，",
                                         "四川 | 六部门\n",
                                         "“一县三乡”“一县四乡”",
                                         "5元/亩/",
                                         "二十三人，共"}) {
        std::u32string text;
        while (text.size() < 30'000) text += text::code_points(piece);
        for (const Finding& f : findings_of(text)) ASSERT_FALSE(f.where.empty()) << piece;
    }
}

// A relation without end may cost each of its figures only so many others: counted, not timed.
TEST(Check, HoldsAFigureAgainstSoManyOthersAtMost) {
    for (const std::string_view piece :
         {"其中3人，", "（5人", "：5人，", "三项工作：", "按性别分，男3人，", "占12人的12%，", "总投资5元，",
          "合计5人，", "男3人、女3人，", "每亩3元，5亩，共15元，", "5人，户均3元，", "服务四个大局，",
          "由3人增加到5人，增加2人，", "应3人，参保3人，参保率3%，"}) {
        const auto work = [&](std::size_t length) {
            std::u32string text;
            while (text.size() < length) text += text::code_points(piece);
            const auto mentions = extract(text);
            std::size_t compared = 0;
            check_counting(text, mentions, compared);
            return std::pair{compared, mentions.size()};
        };
        const auto [once, few] = work(10'000);
        const auto [more, many] = work(40'000);
        EXPECT_LE(more, 800 * many) << piece;
        EXPECT_LE(more, 5 * once + 1000) << piece;  // four times as long
    }
}

// Rounded each by itself, shares may make 99.9; 98.9 they cannot.
TEST(Check, DoubtsSharesThatRoundingMayHaveLeftShort) {
    const auto said = [](std::u32string_view shares) {
        const std::u32string text = U"全县三次产业结构为" + std::u32string(shares) + U"。\n";
        for (const Finding& f : findings_of(text))
            if (f.reason == "figures.hundred")
                return std::string(to_string(f.verdict)) + " " + f.printed + "/" + f.computed;
        return std::string("nothing");
    };
    EXPECT_EQ(said(U"9.3：41.0：49.7"), "holds 100/100.0");
    EXPECT_EQ(said(U"9.3：41.0：49.6"), "warn 100/99.9");
    EXPECT_EQ(said(U"9.3：40.0：49.6"), "fails 100/98.9");
    EXPECT_EQ(said(U"9.3、41.0、49.6"), "warn 100/99.9");
}

TEST(Check, CutsASentenceThatNeverEndsAndStillFindsASumInIt) {
    std::u32string text;
    while (text.size() < 20'000) text += U"全县有甲村3户，乙村5户，";
    text += U"共选派干部356人，其中男128人、女229人，";
    const auto findings = findings_of(text);
    EXPECT_TRUE(std::any_of(findings.begin(), findings.end(),
                            [](const Finding& f) { return f.printed == "356" && f.computed == "357"; }));
}

TEST(Years, AreCountedByTheDecadesSpokenOf) {
    const auto verdict_of = [](std::u32string_view spoken) {
        const std::u32string text =
            U"镇里从1999年开始办夜校。2022年办了六期。" + std::u32string(spoken) + U"来，镇里一直坚持。\n";
        for (const Finding& f : findings_of(text))
            if (f.reason == "figures.since") return std::string(to_string(f.verdict));
        return std::string("nothing");
    };
    EXPECT_EQ(verdict_of(U"二十多年"), "holds");
    EXPECT_EQ(verdict_of(U"十几年"), "warn");
    EXPECT_EQ(verdict_of(U"三十余年"), "warn");
    EXPECT_EQ(verdict_of(U"几十年"), "nothing");
}

// The example bulletin lies beside the repository, not in it.
class Example : public testing::Test {
protected:
    void SetUp() override {
        const std::string file = std::string(BALLAST_SOURCE_DIR) + "/../shared/seed/000_053003864b53b5b3.txt";
        std::ifstream in(file, std::ios::binary);
        if (!in) GTEST_SKIP() << "no " << file;
        text = text::code_points(std::string(std::istreambuf_iterator<char>(in), {}));
    }

    std::vector<std::string> raised(Verdict verdict) const {
        std::vector<std::string> out;
        for (const Finding& f : findings_of(text))
            if (f.verdict == verdict) out.push_back(f.check + " " + f.printed + "/" + f.computed);
        return out;
    }

    /// The text with the n-th `from` made `to`; whether that is found there.
    bool finds(std::u32string_view from, std::u32string_view to, std::size_t offset,
               std::size_t length) const {
        std::u32string changed = text;
        const std::size_t at = changed.find(from);
        EXPECT_NE(at, std::u32string::npos) << text::utf8(from);
        changed.replace(at, from.size(), to);
        return found(changed, {at + offset, at + offset + length}, true);
    }

    std::u32string text;
};

TEST_F(Example, FailsInThreePlaces) {
    EXPECT_THAT(raised(Verdict::fails),
                testing::ElementsAre("C6 银保监局/银保监会", "C1 52252/54542", "C1 10307/10607"));
}

TEST_F(Example, WarnsOfTermsUnitsAndMissingMembers) {
    EXPECT_THAT(raised(Verdict::warn),
                testing::ElementsAre("C3 3/2", "C9 户/低收入人口", "C7 两镇三地/两镇三村",
                                     testing::StartsWith("C8 "), "C7 3/4"));
}

TEST_F(Example, ListsTheOneDigitChangesAndChoosesNone) {
    const auto findings = findings_of(text);
    const auto jobs =
        std::find_if(findings.begin(), findings.end(), [](const Finding& f) { return f.printed == "10307"; });
    ASSERT_NE(jobs, findings.end());
    EXPECT_THAT(jobs->candidates, testing::IsSupersetOf({"10307→10607", "1942→1642"}));
    const auto loans =
        std::find_if(findings.begin(), findings.end(), [](const Finding& f) { return f.printed == "52252"; });
    ASSERT_NE(loans, findings.end());
    EXPECT_TRUE(loans->candidates.empty());
}

TEST_F(Example, FindsAChangeOfWhatHolds) {
    EXPECT_TRUE(finds(U"扶持 3994 人", U"扶持 3894 人", 3, 4));
    EXPECT_TRUE(finds(U"扶持 4749 人", U"扶持 4747 人", 3, 4));
    EXPECT_TRUE(finds(U"扶持 755 人（户）", U"扶持 755 户", 3, 5));
    EXPECT_TRUE(finds(U"培训 6.89 万人次", U"培训 6.89 亿人次", 3, 7));
    EXPECT_TRUE(finds(U"赫山区 12 所", U"赫山区 13 所", 4, 2));      // the contents list
    EXPECT_TRUE(finds(U"该区已有 12 所", U"该区已有 17 所", 5, 2));  // the body
    EXPECT_TRUE(finds(U"“三个抓好”", U"“四个抓好”", 1, 1));
    EXPECT_TRUE(finds(U"等六部门 | 关于", U"等五部门 | 关于", 1, 1));
    EXPECT_TRUE(finds(U"治”四招", U"治”五招", 2, 1));
    EXPECT_TRUE(finds(U"服务四个大局", U"服务五个大局", 2, 1));
    EXPECT_TRUE(finds(U"等五个方面", U"等四个方面", 1, 1));
    EXPECT_TRUE(finds(U"等五个方面", U"等六个方面", 1, 1));
    EXPECT_TRUE(finds(U"两个关键词", U"三个关键词", 0, 1));
    EXPECT_TRUE(finds(U"整治三年行动", U"整治五年行动", 2, 1));
    EXPECT_TRUE(finds(U"2018年至2020年", U"2017年至2020年", 0, 4));
    EXPECT_TRUE(finds(U"从2006年开始", U"从2016年开始", 1, 4));
    EXPECT_TRUE(finds(U"三、优化保险服务", U"五、优化保险服务", 0, 1));
    EXPECT_TRUE(finds(U"由 1000 元", U"由 9000 元", 2, 4));
    EXPECT_TRUE(finds(U"阳光操作”四维", U"阳光操作”五维", 5, 1));
    EXPECT_TRUE(finds(U"三大粮食作物", U"四大粮食作物", 0, 1));
    EXPECT_TRUE(finds(U"“三治”", U"“四治”", 1, 1));
    EXPECT_TRUE(finds(U"3.83个百分点", U"3.83%", 0, 5));
    EXPECT_TRUE(finds(U"1元至5元", U"9元至5元", 0, 2));
    EXPECT_TRUE(finds(U"27.21 万户", U"27.21 户", 0, 5));
}

}  // namespace
}  // namespace ballast::figures
