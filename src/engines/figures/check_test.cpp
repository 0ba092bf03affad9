#include "figures/check.h"

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
    for (const Span s : f.where) out += text::utf8(std::u32string_view(text).substr(s.start, s.end - s.start)) + " | ";
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
                    const bool leads = other == U'0' && i + 1 < passage.text.size() && instead_of(passage.text[i + 1]).size() == 9 &&
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

}  // namespace
}  // namespace ballast::figures
