#include "chinese/chinese.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/text.h"
#include "chinese/tables.h"

namespace ballast::chinese {
namespace {

// What is typed for the dot inside a name. GB 18030 files, phones and input methods each have their own.
constexpr std::u32string_view name_dots =
    U"·•・‧．.●∙⋅･․ㆍ·﹒。｡⸱⸳●⚫◦○"
    U"\u2981\u1427\uA78F\U00010101";

// Variants that OpenCC keeps apart because both are standard somewhere, but that clerks exchange in names.
// Sources: First Table of Variant Characters (1955) as amended by the General Standard Table (2013), in
// which the left ones are allowed in names.
constexpr std::pair<char32_t, char32_t> name_variants[] = {
    {U'喆', U'哲'}, {U'堃', U'坤'}, {U'昇', U'升'}, {U'晳', U'皙'}, {U'淼', U'渺'}, {U'甯', U'宁'},
    {U'祕', U'秘'}, {U'迺', U'乃'}, {U'陞', U'升'}, {U'犇', U'奔'}, {U'逺', U'远'}, {U'〇', U'零'},
};

// Place names whose characters ICU reads otherwise; the single characters last, as places nearly always read
// them.
constexpr std::pair<std::u32string_view, std::string_view> place_readings[] = {
    {U"重庆", "chong qing"}, {U"六安", "lu an"},     {U"六合", "lu he"},     {U"乐清", "yue qing"},
    {U"乐亭", "lao ting"},   {U"蚌埠", "beng bu"},   {U"番禺", "pan yu"},    {U"浚县", "xun xian"},
    {U"单县", "shan xian"},  {U"蔚县", "yu xian"},   {U"会稽", "kuai ji"},   {U"铅山", "yan shan"},
    {U"涡阳", "guo yang"},   {U"洪洞", "hong tong"}, {U"犍为", "qian wei"},  {U"筠连", "jun lian"},
    {U"什邡", "shi fang"},   {U"荥经", "ying jing"}, {U"牟平", "mu ping"},   {U"中牟", "zhong mu"},
    {U"尉犁", "yu li"},      {U"喀什", "ka shi"},    {U"枞阳", "zong yang"}, {U"吴堡", "wu bu"},
    {U"长", "chang"},        {U"都", "du"},          {U"藏", "zang"},        {U"厦", "xia"},
};

char32_t folded(char32_t c) {
    if (c < 0x80) return c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c;
    const auto folds = tables::folds();
    const auto found = std::ranges::lower_bound(folds, c, {}, &tables::Fold::from);
    const char32_t to = found != folds.end() && found->from == c ? found->to : c;
    const auto variant = std::ranges::find(name_variants, to, &std::pair<char32_t, char32_t>::first);
    return variant == std::end(name_variants) ? to : variant->second;
}

bool is_name_dot(char32_t c) { return name_dots.find(c) != std::u32string_view::npos; }

bool is_blank(char32_t c) {
    return c <= ' ' || c == 0x7F || c == 0xA0 || (c >= 0x2000 && c <= 0x200F) || c == 0x2028 || c == 0x2029 ||
           c == 0x202F || c == 0x205F || c == 0x2060 || c == 0x3000 || c == 0xFEFF;
}

std::u32string normalised(std::string_view utf8) {
    std::u32string out;
    for (const char32_t c : text::code_points(utf8))
        if (!is_blank(c) && !is_name_dot(c)) out.push_back(folded(c));
    return out;
}

// Empty when the character has no known reading.
std::string_view reading(char32_t c) {
    const auto readings = tables::readings();
    const auto found = std::ranges::lower_bound(readings, c, {}, &tables::Reading::character);
    if (found == readings.end() || found->character != c) return {};
    return tables::syllables()[found->syllable];
}

// A text in parts: each Han character as its syllable, what lies between in runs.
struct Spoken {
    std::string text;
    bool syllable;
};

std::vector<Spoken> spoken(std::string_view utf8) {
    const std::u32string all = text::code_points(utf8);
    std::vector<Spoken> out;
    for (std::size_t i = 0; i < all.size();) {
        const auto rest = std::u32string_view(all).substr(i);
        const auto place =
            std::ranges::find_if(place_readings, [&](const auto& p) { return rest.starts_with(p.first); });
        if (place != std::end(place_readings)) {
            for (const auto syllable : text::split(place->second, ' '))
                out.push_back({std::string(syllable), true});
            i += place->first.size();
            continue;
        }
        const std::string_view syllable = reading(all[i]);
        if (!syllable.empty()) {
            out.push_back({std::string(syllable), true});
        } else {
            char32_t c = all[i] >= 0xFF01 && all[i] <= 0xFF5E ? all[i] - 0xFF01 + '!' : all[i];
            if (c >= 'A' && c <= 'Z') c += 'a' - 'A';
            if (out.empty() || out.back().syllable) out.push_back({{}, false});
            out.back().text += text::utf8({&c, 1});
        }
        ++i;
    }
    return out;
}

// Calls `run(characters, is_han)` for each unbroken run of Han characters and each word of letters or digits.
template <class Run>
void for_each_run(std::string_view text, Run run) {
    std::u32string current;
    bool han = false;
    const auto finish = [&] {
        if (!current.empty()) run(std::u32string_view(current), han);
        current.clear();
    };
    for (const char32_t raw : text::code_points(text)) {
        if (is_name_dot(raw) && han) continue;  // 吉克·阿依 is found by 吉克阿依
        const char32_t c = folded(raw);
        const bool c_is_han = text::is_han(c);
        const bool word = c_is_han || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
                          (c >= 0xC0 && c < 0x2000) || (c >= 0xA000 && c < 0xD7B0);
        if (!word || (c_is_han != han && !current.empty())) finish();
        if (!word) {
            han = false;
            continue;
        }
        han = c_is_han;
        current.push_back(c);
    }
    finish();
}

}  // namespace

std::string normalised_name(std::string_view utf8) { return text::utf8(normalised(utf8)); }

bool same_name(std::string_view a, std::string_view b) { return normalised(a) == normalised(b); }

std::string pinyin(std::string_view text) {
    std::string out;
    for (const Spoken& part : spoken(text)) {
        if (!out.empty() && out.back() != ' ' && part.text.front() != ' ') out.push_back(' ');
        out += part.text;
    }
    return out;
}

std::string initials(std::string_view text) {
    std::string out;
    for (const Spoken& part : spoken(text)) {
        if (part.syllable)
            out.push_back(part.text.front());
        else
            std::ranges::copy_if(part.text, std::back_inserter(out),
                                 [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); });
    }
    return out;
}

bool sounds_alike(std::string_view a, std::string_view b) {
    const std::u32string left = normalised(a), right = normalised(b);
    return left.size() == right.size() &&
           std::equal(left.begin(), left.end(), right.begin(), [](char32_t x, char32_t y) {
               return x == y || (!reading(x).empty() && reading(x) == reading(y));
           });
}

std::string bigrams(std::string_view text) {
    std::string out;
    const auto add = [&](std::u32string_view term) {
        if (!out.empty()) out.push_back(' ');
        out += text::utf8(term);
    };
    for_each_run(text, [&](std::u32string_view run, bool han) {
        if (!han) return add(run);
        for (std::size_t i = 0; i < run.size(); ++i) add(run.substr(i, 2));
    });
    return out;
}

std::vector<std::string> search_terms(std::string_view query) {
    std::vector<std::string> terms;
    for_each_run(query, [&](std::u32string_view run, bool han) {
        if (!han || run.size() == 1) return terms.push_back(text::utf8(run));
        for (std::size_t i = 0; i + 1 < run.size(); ++i) terms.push_back(text::utf8(run.substr(i, 2)));
    });
    return terms;
}

}  // namespace ballast::chinese
