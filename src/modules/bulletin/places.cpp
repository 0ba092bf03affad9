#include "bulletin/places.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace ballast::bulletin {
namespace {

using text::code_points;

// What newspapers leave out at the end of a name: 四川[省], 凉山[彝族自治州], 景宁[畲族自治县], 周村[区].
constexpr std::array<std::u32string_view, 15> endings{U"特别行政区", U"自治区", U"自治州", U"自治县", U"地区",
                                                      U"林区",       U"省",     U"市",     U"州",     U"县",
                                                      U"区",         U"盟",     U"街道",   U"镇",     U"乡"};
constexpr std::array<std::u32string_view, 57> peoples{
    U"蒙古族",   U"回族",     U"藏族",   U"维吾尔族", U"维吾尔",   U"苗族",   U"彝族",     U"壮族",
    U"布依族",   U"朝鲜族",   U"满族",   U"侗族",     U"瑶族",     U"白族",   U"土家族",   U"哈尼族",
    U"哈萨克族", U"哈萨克",   U"傣族",   U"黎族",     U"傈僳族",   U"佤族",   U"畲族",     U"拉祜族",
    U"水族",     U"东乡族",   U"纳西族", U"景颇族",   U"柯尔克孜", U"土族",   U"达斡尔族", U"仫佬族",
    U"羌族",     U"布朗族",   U"撒拉族", U"毛南族",   U"仡佬族",   U"锡伯",   U"阿昌族",   U"塔吉克",
    U"怒族",     U"鄂温克族", U"德昂族", U"保安族",   U"裕固族",   U"独龙族", U"鄂伦春",   U"门巴族",
    U"珞巴族",   U"基诺族",   U"蒙古",   U"各族",     U"普米族",   U"高山族", U"京族",     U"联合旗",
    U"哈萨克族"};

std::u32string shortened(std::u32string_view name) {
    for (const auto ending : endings)
        if (name.size() >= ending.size() + 2 && name.ends_with(ending)) {
            name.remove_suffix(ending.size());
            break;
        }
    for (bool cut = true; cut;) {
        cut = false;
        for (const auto people : peoples)
            if (name.size() >= people.size() + 2 && name.ends_with(people)) {
                name.remove_suffix(people.size());
                cut = true;
            }
    }
    return std::u32string(name);
}

/// The name or its short form at the beginning of `rest`: how many characters, the longer first.
std::size_t named_at(std::u32string_view rest, std::string_view published) {
    const auto whole = code_points(published);
    if (rest.starts_with(whole)) return whole.size();
    const auto less = shortened(whole);
    return less.size() >= 2 && rest.starts_with(less) ? less.size() : 0;
}

/// The area below `within` that the whole of `rest` names; levels may be left out (四川昭觉).
std::optional<AreaCode> area_named(const areas::Division& division, AreaCode within,
                                   std::u32string_view rest) {
    if (rest.empty()) return within;
    if (within.level() >= AreaLevel::county) {
        for (const auto& town : division.children(within))
            if (named_at(rest, town.name) == rest.size()) return town.code;
        return std::nullopt;
    }
    const auto children = division.children(within);
    for (const auto& child : children)
        if (const auto length = named_at(rest, child.name); length > 0)
            if (const auto found = area_named(division, child.code, rest.substr(length))) return found;
    if (within.level() == AreaLevel::nation) return std::nullopt;
    // A level that is left out; two areas of one name say nothing.
    std::optional<AreaCode> found;
    for (const auto& child : children) {
        if (child.code.level() >= AreaLevel::county) continue;
        const auto below = area_named(division, child.code, rest);
        if (!below) continue;
        if (found) return std::nullopt;
        found = below;
    }
    return found;
}

constexpr std::array<std::u32string_view, 22> organisations{
    U"国务院", U"部门", U"部",   U"委",   U"办",   U"办公室", U"局",   U"厅",     U"署",   U"会",   U"院",
    U"公司",   U"集团", U"银行", U"保险", U"太保", U"人寿",   U"人保", U"合作社", U"大学", U"中心", U"中央"};

}  // namespace

PlaceMeaning meaning_of(const areas::Division& division, AreaCode office, std::string_view printed) {
    std::u32string letters;
    for (const char32_t c : code_points(printed))
        if (c > ' ' && c != 0x3000) letters.push_back(c);
    if (letters.empty()) return {};
    if (const auto area = area_named(division, AreaCode{}, letters)) return {area, "", "division"};
    if (const auto area = area_named(division, office, letters)) return {area, "", "division"};
    // At home people leave out what lies above: 昭觉县, 昭觉县新城镇, 凉山州.
    for (const auto& above : division.path(office)) {
        const auto length = named_at(letters, above.name);
        if (length == 0) continue;
        const auto rest = std::u32string_view(letters).substr(length);
        if (std::ranges::find(endings, rest) != endings.end()) return {above.code, "", "division"};  // 凉山州
        if (const auto area = area_named(division, above.code, rest)) return {area, "", "division"};
    }
    const bool ends_like_one = std::ranges::any_of(
        organisations, [&](std::u32string_view ending) { return letters.ends_with(ending); });
    if (ends_like_one || letters.starts_with(U"中央") || letters.starts_with(U"国家"))
        return {{}, text::utf8(letters), "organisation"};
    return {};
}

Result<PlaceMeaning> meaning_of(db::Tx& tx, const areas::Division& division, AreaCode office,
                                std::string_view printed) {
    auto said = TRY(tx.first("SELECT area_code, organisation FROM bulletin_alias WHERE printed = ?",
                             {text::trimmed(printed)}, [](const db::Row& row) {
                                 PlaceMeaning out;
                                 if (!row.null(0)) out.area = row.area(0);
                                 out.organisation = row.maybe_text(1).value_or("");
                                 out.by = "alias";
                                 return out;
                             }));
    if (said) return std::move(*said);
    return meaning_of(division, office, printed);
}

Result<void> remember(db::Tx& tx, const Desk& desk, std::string_view printed, std::optional<AreaCode> area,
                      std::string_view organisation) {
    const auto name = text::trimmed(printed);
    if (name.empty()) return {};
    TRY(tx.exec(
        "INSERT INTO bulletin_alias (printed, area_code, organisation, account, at) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (printed) DO UPDATE SET area_code = EXCLUDED.area_code, "
        "organisation = EXCLUDED.organisation, account = EXCLUDED.account, at = EXCLUDED.at",
        name, area, organisation.empty() ? db::Value(db::Null{}) : db::Value(organisation),
        desk.actor.account, desk.now.ms));
    return {};
}

}  // namespace ballast::bulletin
