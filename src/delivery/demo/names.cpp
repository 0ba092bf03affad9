#include "demo/names.h"

#include <array>
#include <span>
#include <vector>

#include "base/text.h"

namespace ballast::demo {
namespace {

struct Weighted {
    std::string_view text;
    double weight;
};

// Shares in percent, after the published name reports; the tail is evened out.
constexpr Weighted surnames[] = {
    {"王", 7.25}, {"李", 7.19},   {"张", 6.83}, {"刘", 5.38}, {"陈", 4.53}, {"杨", 3.08}, {"黄", 2.33},
    {"赵", 2.29}, {"周", 2.12},   {"吴", 2.05}, {"徐", 1.67}, {"孙", 1.54}, {"马", 1.46}, {"朱", 1.39},
    {"胡", 1.31}, {"林", 1.18},   {"郭", 1.17}, {"何", 1.15}, {"高", 1.00}, {"罗", 0.95}, {"郑", 0.93},
    {"梁", 0.85}, {"谢", 0.81},   {"宋", 0.81}, {"唐", 0.74}, {"许", 0.73}, {"邓", 0.70}, {"韩", 0.69},
    {"冯", 0.68}, {"曹", 0.65},   {"彭", 0.63}, {"曾", 0.61}, {"肖", 0.60}, {"田", 0.58}, {"董", 0.56},
    {"潘", 0.53}, {"袁", 0.52},   {"蔡", 0.51}, {"蒋", 0.50}, {"余", 0.49}, {"于", 0.48}, {"杜", 0.48},
    {"叶", 0.47}, {"程", 0.46},   {"魏", 0.45}, {"苏", 0.45}, {"吕", 0.44}, {"丁", 0.42}, {"任", 0.42},
    {"卢", 0.41}, {"姚", 0.40},   {"沈", 0.40}, {"钟", 0.40}, {"姜", 0.39}, {"崔", 0.38}, {"谭", 0.37},
    {"陆", 0.37}, {"范", 0.35},   {"汪", 0.35}, {"廖", 0.34}, {"石", 0.34}, {"金", 0.33}, {"韦", 0.30},
    {"夏", 0.30}, {"付", 0.29},   {"方", 0.29}, {"邹", 0.28}, {"熊", 0.27}, {"白", 0.27}, {"孟", 0.26},
    {"秦", 0.26}, {"欧阳", 0.07},
};
constexpr std::string_view male_characters[] = {
    "伟", "强", "军", "勇", "杰", "涛", "明", "超", "辉", "刚", "平", "华", "建", "国", "文", "志", "林",
    "海", "波", "斌", "荣", "富", "贵", "春", "生", "祥", "福", "金", "德", "云", "飞", "鹏", "龙", "成",
    "永", "兴", "家", "俊", "浩", "宇", "轩", "子", "博", "毅", "光", "启", "安", "正", "新", "元",
};
constexpr std::string_view female_characters[] = {
    "英", "秀", "玉", "珍", "兰", "芳", "丽", "桂", "霞", "燕", "敏", "静", "梅", "红", "艳", "娟", "琴",
    "萍", "莲", "香", "凤", "华", "素", "淑", "春", "翠", "芬", "云", "菊", "琼", "婷", "雪", "欣", "怡",
    "梓", "涵", "雨", "佳", "慧", "颖", "月", "美", "青", "银", "琳", "洁", "蓉", "群", "会", "妹",
};
constexpr Weighted clans[] = {
    {"吉克", 5}, {"阿尔", 4}, {"曲比", 5}, {"沙马", 7}, {"阿苦", 4}, {"马海", 5}, {"海来", 5}, {"吉伍", 3},
    {"勒伍", 3}, {"俄木", 3}, {"比布", 2}, {"贾巴", 4}, {"罗洪", 4}, {"阿侯", 3}, {"果基", 3}, {"阿陆", 2},
    {"瓦其", 3}, {"瓦渣", 3}, {"苏呷", 3}, {"博什", 2}, {"热柯", 3}, {"惹几", 2}, {"依火", 2}, {"莫色", 4},
    {"吉力", 2}, {"毛阿", 1}, {"吉则", 2}, {"的日", 2}, {"阿约", 2}, {"阿的", 3}, {"尔恩", 1}, {"吉布", 2},
    {"木出", 1}, {"井古", 1}, {"安红", 1}, {"吉木", 3}, {"日黑", 1}, {"且沙", 2}, {"阿库", 2}, {"加拉", 2},
};
constexpr std::string_view yi_male[] = {
    "木乃", "日哈", "尔布", "子古", "拉日", "古尔", "铁哈", "布哈", "日洛", "尔洛",
    "依布", "木呷", "木古", "尔古", "拉铁", "伍合", "子哈", "史布", "约布", "拉惹",
    "石一", "木几", "尔哈", "铁日", "布子", "古哈", "日布", "伍各", "木牛", "拉者",
};
constexpr std::string_view yi_female[] = {
    "阿依", "阿呷", "阿牛", "阿西", "拉则", "伍果", "木果", "有作", "伍呷", "伍牛",
    "伍支", "阿各", "阿枝", "尔西", "日作", "依作", "布西", "石作", "尔作", "木作",
    "拉作", "阿支", "伍作", "子作", "阿妞", "日西", "古作", "有果", "依果", "伍西",
};

std::string_view pick(Rng& rng, std::span<const std::string_view> from) {
    return from[rng.below(from.size())];
}

std::string_view pick(Rng& rng, std::span<const Weighted> from) {
    double total = 0;
    for (const auto& w : from) total += w.weight;
    double at = rng.uniform() * total;
    for (const auto& w : from) {
        at -= w.weight;
        if (at < 0) return w.text;
    }
    return from.back().text;
}

// Characters that sound alike in Mandarin (same toneless syllable) and are confused at the counter.
constexpr std::u32string_view sound_alike[] = {
    U"英瑛莹颖", U"秀绣", U"玉钰育", U"珍贞真", U"兰岚",   U"芳方",   U"丽莉立", U"桂贵", U"霞侠",
    U"燕艳彦",   U"敏闽", U"静靖晶", U"梅眉",   U"红洪宏", U"娟涓",   U"琴勤",   U"萍平", U"莲连",
    U"香湘",     U"凤奉", U"华花",   U"伟卫维", U"强祥",   U"军君俊", U"勇永咏", U"杰捷", U"涛滔",
    U"明铭名",   U"辉晖", U"刚钢",   U"建健",   U"国果",   U"文雯",   U"志智",   U"林琳", U"波博",
    U"斌彬",     U"荣蓉", U"富福",   U"生胜",   U"金今锦", U"德得",   U"云芸",   U"飞菲", U"依伊衣",
    U"西茜",     U"则泽", U"作左",   U"牛妞",   U"布部",   U"古谷",   U"洛罗",   U"木目", U"乃奈",
    U"支枝芝",   U"子紫", U"铁帖",
};
constexpr std::pair<char32_t, char32_t> traditional[] = {
    {U'张', U'張'}, {U'刘', U'劉'}, {U'陈', U'陳'}, {U'杨', U'楊'}, {U'黄', U'黃'}, {U'赵', U'趙'},
    {U'吴', U'吳'}, {U'孙', U'孫'}, {U'马', U'馬'}, {U'罗', U'羅'}, {U'郑', U'鄭'}, {U'谢', U'謝'},
    {U'许', U'許'}, {U'邓', U'鄧'}, {U'韩', U'韓'}, {U'冯', U'馮'}, {U'肖', U'肖'}, {U'苏', U'蘇'},
    {U'国', U'國'}, {U'兰', U'蘭'}, {U'丽', U'麗'}, {U'华', U'華'}, {U'红', U'紅'}, {U'军', U'軍'},
    {U'伟', U'偉'}, {U'强', U'強'}, {U'贵', U'貴'}, {U'云', U'雲'}, {U'飞', U'飛'}, {U'龙', U'龍'},
    {U'来', U'來'}, {U'尔', U'爾'}, {U'马', U'馬'}, {U'铁', U'鐵'}, {U'约', U'約'},
};

}  // namespace

FamilyName draw_family_name(Rng& rng, People people) {
    return {people,
            std::string(people == People::yi ? pick(rng, std::span(clans)) : pick(rng, std::span(surnames)))};
}

std::string draw_name(Rng& rng, const FamilyName& family, Sex sex) {
    if (family.people == People::yi) {
        const auto given =
            sex == Sex::female ? pick(rng, std::span(yi_female)) : pick(rng, std::span(yi_male));
        return family.text + "·" + std::string(given);
    }
    const std::span<const std::string_view> from = sex == Sex::female
                                                       ? std::span<const std::string_view>(female_characters)
                                                       : std::span<const std::string_view>(male_characters);
    std::string name = family.text + std::string(pick(rng, from));
    if (rng.chance(0.82)) name += pick(rng, from);
    return name;
}

std::string homophone_of(Rng& rng, std::string_view name) {
    auto letters = text::code_points(name);
    std::vector<std::pair<std::size_t, std::u32string_view>> places;
    for (std::size_t i = 1; i < letters.size(); ++i)
        for (const auto group : sound_alike)
            if (group.find(letters[i]) != std::u32string_view::npos) places.emplace_back(i, group);
    if (places.empty()) return std::string(name);
    const auto& [at, group] = places[rng.below(places.size())];
    char32_t other = letters[at];
    while (other == letters[at]) other = group[rng.below(group.size())];
    letters[at] = other;
    return text::utf8(letters);
}

std::string variant_of(Rng& rng, std::string_view name) {
    auto letters = text::code_points(name);
    if (const auto dot = letters.find(U'·'); dot != std::u32string::npos) {
        constexpr std::u32string_view others = U"•・.．‧ ";
        const auto choice = rng.below(others.size() + 1);
        if (choice == others.size())
            letters.erase(dot, 1);
        else
            letters[dot] = others[choice];
        return text::utf8(letters);
    }
    for (auto& letter : letters)
        for (const auto& [simple, full] : traditional)
            if (letter == simple && simple != full) {
                letter = full;
                return text::utf8(letters);
            }
    letters.insert(1, rng.chance(0.5) ? U"　" : U" ");
    return text::utf8(letters);
}

}  // namespace ballast::demo
