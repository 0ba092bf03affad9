#include "registry/fields.h"

#include <algorithm>
#include <array>

#include "base/citizen_id.h"
#include "base/money.h"
#include "base/text.h"

namespace ballast::registry {

namespace {

constexpr std::array household_table{
    Field{"group_name", "村民小组", "组/小组/村民组"},
    Field{"address", "家庭住址", "住址/详细地址"},
    Field{"longitude", "经度", "", Kind::micro},
    Field{"latitude", "纬度", "", Kind::micro},
    Field{"coordinate_system", "坐标系", "", Kind::code, &codes::coordinate_system},
    Field{"household_kind", "农户类型", "户类型/户类别", Kind::code, &codes::household_kind},
    Field{"ex_poor_kind", "脱贫户类型", "脱贫户属性", Kind::code, &codes::ex_poor_kind},
    Field{"low_income", "低保户", "是否低保户", Kind::truth},
    Field{"extreme_poverty", "特困户", "是否特困户/特困供养户", Kind::truth},
    Field{"relocated", "易地搬迁户", "是否易地搬迁户/易地扶贫搬迁户/是否易地扶贫搬迁户", Kind::truth},
    Field{"five_guarantee", "五保户", "是否五保户", Kind::truth},
    Field{"poverty_year_in", "识别年度", "建档年度/纳入年度", Kind::year},
    Field{"poverty_year_out", "脱贫年度", "退出年度", Kind::year},
    Field{"bank_name", "开户银行", "开户银行名称"},
    Field{"bank_holder", "开户人", "开户人姓名/户名"},
    Field{"bank_account", "银行账号", "银行卡号/银行帐号", Kind::text, nullptr, Keeping::sealed},
    Field{"helper", "帮扶联系人", "帮扶责任人/帮扶人"},
    Field{"relocation_site", "安置点", "安置点名称/集中安置点"},
    Field{"house_structure", "住房结构", "房屋结构", Kind::code, &codes::house_structure},
    Field{"house_area", "住房面积", "住房面积(平方米)/住房面积(㎡)", Kind::hundredths},
    Field{"house_grade", "住房安全等级", "住房鉴定等级/房屋等级", Kind::code, &codes::house_grade},
    Field{"house_built", "建房年份", "建房年度", Kind::year},
    Field{"house_certificate", "房产证号", "不动产权证号/宅基地证号"},
    Field{"water_source", "饮水水源", "水源类型", Kind::code, &codes::water_source},
    Field{"water_quantity", "人均日供水量", "人均日供水量(升)", Kind::whole},
    Field{"water_quality", "水质", "饮水水质", Kind::code, &codes::water_quality},
    Field{"water_fetch_minutes", "取水时间", "取水时间(分钟)", Kind::whole},
    Field{"water_guarantee_rate", "供水保证率", "供水保证率(%)", Kind::whole},
    Field{"electricity", "通生活用电", "是否通生活用电", Kind::truth},
    Field{"road", "入户路", "入户路类型", Kind::code, &codes::road},
    Field{"broadband", "通宽带或电视", "是否通宽带/是否通广播电视", Kind::truth},
    Field{"fuel", "主要燃料", "主要燃料类型", Kind::code, &codes::fuel},
    Field{"sanitary_toilet", "卫生厕所", "有无卫生厕所/是否卫生厕所", Kind::truth},
    Field{"land_arable", "耕地面积", "耕地面积(亩)", Kind::hundredths},
    Field{"land_forest", "林地面积", "林地面积(亩)", Kind::hundredths},
    Field{"land_returned", "退耕还林面积", "退耕还林面积(亩)", Kind::hundredths},
    Field{"land_orchard", "林果面积", "林果面积(亩)", Kind::hundredths},
    Field{"land_grass", "牧草地面积", "牧草地面积(亩)/草地面积", Kind::hundredths},
    Field{"land_water", "水面面积", "水面面积(亩)/水域面积", Kind::hundredths},
    Field{"cooperative", "加入合作社", "是否加入合作社/是否加入农民专业合作组织", Kind::truth},
    Field{"leading_firm", "龙头企业带动", "是否有龙头企业带动", Kind::truth},
    Field{"leader", "致富带头人带动", "是否有创业致富带头人带动", Kind::truth},
    Field{"military_family", "军烈属", "是否军烈属", Kind::truth},
    Field{"only_child", "独生子女户", "是否独生子女户", Kind::truth},
    Field{"two_daughters", "双女户", "是否双女户", Kind::truth},
};
static_assert(household_table.size() == HouseholdValues::size);

constexpr std::array person_table{
    Field{"name", "姓名", "成员姓名"},
    Field{"id_number", "证件号码", "身份证号/身份证号码/公民身份号码/证件号", Kind::citizen_id, nullptr,
          Keeping::sealed},
    Field{"temp_no", "临时编号", "未落户编号"},
    Field{"birth", "出生日期", "", Kind::date},
    Field{"sex", "性别", "", Kind::code, &codes::sex},
    Field{"ethnic", "民族", "", Kind::code, &codes::ethnic, Keeping::facts},
    Field{"relation", "与户主关系", "与户主的关系/关系", Kind::code, &codes::relation},
    Field{"politic", "政治面貌", "", Kind::code, &codes::politic},
    Field{"marriage", "婚姻状况", "婚姻状态", Kind::code, &codes::marriage},
    Field{"phone", "联系电话", "手机号/手机号码/电话", Kind::phone, nullptr, Keeping::sealed},
    Field{"education", "文化程度", "学历", Kind::code, &codes::education},
    Field{"student", "在校生状况", "在校情况", Kind::code, &codes::student},
    Field{"school", "就读学校", "学校名称"},
    Field{"dropout", "失学辍学原因", "辍学原因", Kind::code, &codes::dropout, Keeping::facts},
    Field{"schooling_exempt", "送教上门或免学", "", Kind::truth},
    Field{"health", "健康状况", "", Kind::codes, &codes::health, Keeping::facts},
    Field{"disease", "病种", "大病病种/疾病名称", Kind::text, nullptr, Keeping::facts},
    Field{"disability_certificate", "残疾证号", "残疾证号码", Kind::text, nullptr, Keeping::facts},
    Field{"disability_class", "残疾类别", "残疾类型", Kind::code, &codes::disability_class, Keeping::facts},
    Field{"disability_grade", "残疾等级", "", Kind::code, &codes::disability_grade, Keeping::facts},
    Field{"labour", "劳动技能", "劳动能力", Kind::code, &codes::labour},
    Field{"work_place", "务工区域", "务工地区域", Kind::code, &codes::work_place},
    Field{"work_months", "务工时间(月)", "务工时间/务工月数", Kind::tenths},
    Field{"employer", "务工企业", "务工单位/务工企业名称"},
    Field{"public_post", "公益性岗位", "公益岗位", Kind::code, &codes::public_post},
    Field{"public_post_months", "公益性岗位时间(月)", "公益性岗位(月数)/公益岗位月数", Kind::tenths},
    Field{"medical", "参加基本医疗保险", "基本医疗保险/参加医疗保险情况", Kind::code, &codes::medical},
    Field{"medical_reason", "未参保原因", ""},
    Field{"serious_illness_insurance", "参加大病保险", "是否参加大病保险", Kind::truth},
    Field{"commercial_medical", "商业补充医疗保险", "是否参加商业补充医疗保险", Kind::truth},
    Field{"pension", "参加养老保险", "基本养老保险/养老保险情况", Kind::code, &codes::pension},
    Field{"low_income", "享受低保", "是否享受低保/是否享受农村居民最低生活保障", Kind::truth},
    Field{"low_income_amount", "月低保金(元)", "月低保金/低保金额", Kind::fen},
    Field{"low_income_since", "低保起始年月", "", Kind::month},
    Field{"extreme_poverty", "特困供养", "是否特困供养", Kind::code, &codes::extreme_poverty},
    Field{"orphan", "孤儿情况", "孤儿", Kind::code, &codes::orphan},
    Field{"disability_subsidy", "残疾人两项补贴", "", Kind::code, &codes::disability_subsidy, Keeping::facts},
    Field{"temporary_aid", "临时救助", "是否享受临时救助", Kind::truth},
    Field{"mandarin", "会讲普通话", "是否会讲普通话", Kind::truth},
    Field{"certificates", "技能证书", ""},
    Field{"member_status", "成员状态", "", Kind::code, &codes::member_status},
    Field{"left_on", "减少日期", "离户日期/变动日期", Kind::date},
    Field{"joined", "增加方式", "自然增加方式", Kind::code, &codes::joined},
    Field{"joined_on", "增加日期", "", Kind::date},
    Field{"id_note", "证件号码说明", "", Kind::codes, &codes::id_note, Keeping::facts},
};
static_assert(person_table.size() == PersonValues::size);

Error refuse(std::string id, const Field& field, std::string expected) {
    return invalid(std::move(id))
        .with("field", std::string(field.name))
        .with("expected", std::move(expected));
}

/// "12", "12.5", "1,250.00": a number of `places` decimals as a whole one of its smallest unit.
std::optional<std::int64_t> scaled(std::string_view written, int places) {
    bool negative = false;
    if (!written.empty() && (written.front() == '-' || written.front() == '+')) {
        negative = written.front() == '-';
        written.remove_prefix(1);
    }
    std::int64_t n = 0;
    int decimals = -1;
    int digits = 0;
    for (const char c : written) {
        if (c == ',' && decimals < 0) continue;
        if (c == '.' && decimals < 0) {
            decimals = 0;
            continue;
        }
        if (c < '0' || c > '9' || ++digits > 15) return std::nullopt;
        if (decimals >= 0 && decimals == places) {
            if (c != '0') return std::nullopt;  // finer than we keep: never rounded silently
            continue;
        }
        n = n * 10 + (c - '0');
        if (decimals >= 0) ++decimals;
    }
    if (digits == 0) return std::nullopt;
    for (int i = std::max(decimals, 0); i < places; ++i) n *= 10;
    return negative ? -n : n;
}

std::string unscaled(std::int64_t n, int places) {
    std::string digits = std::to_string(n < 0 ? -n : n);
    while (static_cast<int>(digits.size()) <= places) digits.insert(digits.begin(), '0');
    std::string out = digits.substr(0, digits.size() - static_cast<std::size_t>(places));
    std::string fraction = digits.substr(digits.size() - static_cast<std::size_t>(places));
    while (!fraction.empty() && fraction.back() == '0') fraction.pop_back();
    if (!fraction.empty()) out += "." + fraction;
    return (n < 0 ? "-" : "") + out;
}

Result<std::string> read_number(const Field& field, std::string_view written, int places, std::int64_t low,
                                std::int64_t high) {
    const auto n = scaled(written, places);
    if (!n) return refuse("registry.bad_number", field, places == 0 ? "12" : "12.5");
    if (*n < low) return refuse("registry.negative", field, unscaled(low, places));
    if (*n > high) return refuse("registry.bad_number", field, "<= " + unscaled(high, places));
    return std::to_string(*n);
}

Result<std::string> read_codes(const Field& field, std::string_view written) {
    std::vector<std::string> found;
    std::string part;
    const auto take = [&]() -> bool {
        if (part.empty()) return true;
        const auto code = field.codes->read(part);
        part.clear();
        if (!code) return false;
        if (std::find(found.begin(), found.end(), *code) == found.end()) found.emplace_back(*code);
        return true;
    };
    for (const char32_t c : text::code_points(written)) {
        if (c == U',' || c == U';' || c == U'/' || c == U'|' || c == U'、' || c == U'，' || c == U'；' ||
            c == U' ') {
            if (!take()) return refuse("registry.bad_code", field, std::string(field.codes->name));
        } else {
            part += text::utf8(std::u32string_view(&c, 1));
        }
    }
    if (!take()) return refuse("registry.bad_code", field, std::string(field.codes->name));
    std::sort(found.begin(), found.end());
    std::string out;
    for (const auto& code : found) out += (out.empty() ? "" : ",") + code;
    return out;
}

/// Mobile 1[3-9] and nine digits, or an area number with or without a hyphen; kept without separators.
Result<std::string> read_phone(const Field& field, std::string_view written) {
    std::string digits;
    for (const char c : written) {
        if (c >= '0' && c <= '9')
            digits += c;
        else if (c != '-' && c != ' ' && c != '(' && c != ')' && c != '\'')
            return refuse("registry.bad_phone", field, "13800000000");
    }
    const bool mobile = digits.size() == 11 && digits[0] == '1' && digits[1] >= '3';
    const bool fixed = digits.size() >= 10 && digits.size() <= 12 && digits[0] == '0';
    if (!mobile && !fixed) return refuse("registry.bad_phone", field, "13800000000");
    return digits;
}

Result<std::string> read_month(const Field& field, std::string_view written) {
    std::string digits;
    for (const char32_t c : text::code_points(written)) {
        if (c >= U'0' && c <= U'9')
            digits += static_cast<char>(c);
        else if (!digits.empty() && digits.back() != '-' && c != U'月')
            digits += '-';
    }
    while (!digits.empty() && digits.back() == '-') digits.pop_back();
    int year = 0, month = 0;
    if (const auto dash = digits.find('-'); dash != std::string::npos) {
        std::from_chars(digits.data(), digits.data() + dash, year);
        std::from_chars(digits.data() + dash + 1, digits.data() + digits.size(), month);
    } else if (digits.size() == 6 || digits.size() == 8) {
        std::from_chars(digits.data(), digits.data() + 4, year);
        std::from_chars(digits.data() + 4, digits.data() + 6, month);
    }
    const auto day = Date::from(year, month, 1);
    if (!day || year < 1900) return refuse("registry.bad_date", field, "2024-03");
    return day->iso().substr(0, 7);
}

}  // namespace

std::span<const Field> household_fields() { return household_table; }
std::span<const Field> person_fields() { return person_table; }

std::optional<HouseholdField> household_field(std::string_view name) {
    for (std::size_t i = 0; i < household_table.size(); ++i)
        if (household_table[i].name == name) return static_cast<HouseholdField>(i);
    return std::nullopt;
}

std::optional<PersonField> person_field(std::string_view name) {
    for (std::size_t i = 0; i < person_table.size(); ++i)
        if (person_table[i].name == name) return static_cast<PersonField>(i);
    return std::nullopt;
}

Result<std::string> read_value(const Field& field, std::string_view written, Date today) {
    const std::string half = text::half_width(text::trimmed(written));
    const std::string_view cell = half;
    if (cell.empty()) return std::string();
    switch (field.kind) {
        case Kind::text: {
            // Kept as written (full-width brackets belong to a name), only trimmed.
            const auto plain = text::trimmed(written);
            if (text::length(plain) > 200) return refuse("registry.too_long", field, "200");
            return std::string(plain);
        }
        case Kind::code:
            if (const auto code = field.codes->read(cell)) return std::string(*code);
            return refuse("registry.bad_code", field, std::string(field.codes->name));
        case Kind::codes:
            return read_codes(field, cell);
        case Kind::truth:
            for (const std::string_view yes : {"是", "有", "1", "Y", "y", "TRUE", "true", "√", "01"})
                if (cell == yes) return std::string("1");
            for (const std::string_view no : {"否", "无", "0", "N", "n", "FALSE", "false", "×", "02"})
                if (cell == no) return std::string("0");
            return refuse("registry.bad_truth", field, "是/否");
        case Kind::date: {
            const auto day = Date::parse_loose(cell, Date::Serials::accept);
            if (!day || *day > today) return refuse("registry.bad_date", field, "2024-03-15");
            return day->iso();
        }
        case Kind::month:
            return read_month(field, cell);
        case Kind::year: {
            std::string_view digits = cell;
            if (digits.ends_with("年")) digits.remove_suffix(std::string_view("年").size());
            const auto year = scaled(digits, 0);
            if (!year || *year < 1900 || *year > today.year())
                return refuse("registry.bad_date", field, "2019");
            return std::to_string(*year);
        }
        case Kind::whole:
            return read_number(field, cell, 0, 0, 1'000'000'000);
        case Kind::tenths:
            return read_number(field, cell, 1, 0, 1'000);
        case Kind::hundredths:
            return read_number(field, cell, 2, 0, 100'000'000);
        case Kind::micro:
            return read_number(field, cell, 6, 0, 180'000'000);
        case Kind::fen: {
            const auto amount = Money::parse(cell);
            if (!amount) return refuse("registry.bad_money", field, "1234.50");
            if (*amount < Money{}) return refuse("registry.negative", field, "0");
            return std::to_string(amount->fen());
        }
        case Kind::citizen_id: {
            auto parsed = CitizenId::parse(written, today);
            if (!parsed) return std::move(parsed).error().with("field", std::string(field.name));
            return parsed->id.reveal();
        }
        case Kind::phone:
            return read_phone(field, cell);
    }
    INVARIANT(false);
    return std::string();
}

std::string written_value(const Field& field, std::string_view canonical) {
    if (canonical.empty()) return {};
    std::int64_t n = 0;
    const auto number = [&] {
        return std::from_chars(canonical.data(), canonical.data() + canonical.size(), n), n;
    };
    switch (field.kind) {
        case Kind::code:
            if (const Code* code = field.codes->find(canonical)) return std::string(code->label);
            return std::string(canonical);
        case Kind::codes: {
            std::string out;
            for (const auto part : text::split(canonical, ',')) {
                const Code* code = field.codes->find(part);
                out += (out.empty() ? "" : "、") + std::string(code ? code->label : part);
            }
            return out;
        }
        case Kind::truth:
            return canonical == "1" ? "是" : "否";
        case Kind::tenths:
            return unscaled(number(), 1);
        case Kind::hundredths:
            return unscaled(number(), 2);
        case Kind::micro:
            return unscaled(number(), 6);
        case Kind::fen:
            return Money::fen(number()).plain();
        default:
            return std::string(canonical);
    }
}

}  // namespace ballast::registry
