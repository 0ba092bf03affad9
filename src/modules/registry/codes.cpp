#include "registry/codes.h"

#include <array>

#include "base/text.h"

namespace ballast::registry {

namespace {

constexpr std::array household_kind_codes{Code{"01", "一般农户"}, Code{"02", "脱贫户"}, Code{"03", "监测户"}};
constexpr std::array ex_poor_kind_codes{Code{"1", "享受政策"}, Code{"2", "稳定脱贫"}};
constexpr std::array coordinate_system_codes{Code{"1", "CGCS2000"}, Code{"2", "GCJ-02"}};
constexpr std::array house_structure_codes{Code{"1", "钢筋混凝土"}, Code{"2", "砖混"},   Code{"3", "砖木"},
                                           Code{"4", "土木"},       Code{"5", "木结构"}, Code{"9", "其他"}};
constexpr std::array house_grade_codes{Code{"A", "A级"}, Code{"B", "B级"}, Code{"C", "C级"},
                                       Code{"D", "D级"}};
constexpr std::array water_source_codes{Code{"1", "自来水"}, Code{"2", "井水"}, Code{"3", "水窖"},
                                        Code{"4", "引泉水"}, Code{"9", "其他"}};
constexpr std::array water_quality_codes{Code{"1", "正常"}, Code{"2", "不正常"}};
constexpr std::array road_codes{Code{"1", "硬化路"}, Code{"2", "砂石路"}, Code{"3", "土路"},
                                Code{"9", "其他"}};
constexpr std::array fuel_codes{Code{"1", "柴草"}, Code{"2", "煤炭"},     Code{"3", "燃气"},
                                Code{"4", "电"},   Code{"5", "清洁能源"}, Code{"9", "其他"}};

constexpr std::array relation_codes{
    Code{"01", "户主"},       Code{"02", "配偶"},         Code{"03", "之子"},
    Code{"04", "之女"},       Code{"05", "之儿媳"},       Code{"06", "之女婿"},
    Code{"07", "之孙子"},     Code{"08", "之孙女"},       Code{"09", "之外孙子"},
    Code{"10", "之外孙女"},   Code{"11", "之父"},         Code{"12", "之母"},
    Code{"13", "之岳父"},     Code{"14", "之岳母"},       Code{"15", "之公公"},
    Code{"16", "之婆婆"},     Code{"17", "之祖父"},       Code{"18", "之祖母"},
    Code{"19", "之外祖父"},   Code{"20", "之外祖母"},     Code{"21", "之兄弟姐妹"},
    Code{"22", "之侄儿"},     Code{"23", "之侄女"},       Code{"24", "之叔伯"},
    Code{"25", "之曾孙子女"}, Code{"26", "之孙媳或孙婿"}, Code{"27", "之兄弟媳或姐妹婿"},
    Code{"99", "其他"}};
constexpr std::array sex_codes{Code{"1", "男"}, Code{"2", "女"}};
// GB/T 3304
constexpr std::array ethnic_codes{
    Code{"01", "汉族"},       Code{"02", "蒙古族"},   Code{"03", "回族"},       Code{"04", "藏族"},
    Code{"05", "维吾尔族"},   Code{"06", "苗族"},     Code{"07", "彝族"},       Code{"08", "壮族"},
    Code{"09", "布依族"},     Code{"10", "朝鲜族"},   Code{"11", "满族"},       Code{"12", "侗族"},
    Code{"13", "瑶族"},       Code{"14", "白族"},     Code{"15", "土家族"},     Code{"16", "哈尼族"},
    Code{"17", "哈萨克族"},   Code{"18", "傣族"},     Code{"19", "黎族"},       Code{"20", "傈僳族"},
    Code{"21", "佤族"},       Code{"22", "畲族"},     Code{"23", "高山族"},     Code{"24", "拉祜族"},
    Code{"25", "水族"},       Code{"26", "东乡族"},   Code{"27", "纳西族"},     Code{"28", "景颇族"},
    Code{"29", "柯尔克孜族"}, Code{"30", "土族"},     Code{"31", "达斡尔族"},   Code{"32", "仫佬族"},
    Code{"33", "羌族"},       Code{"34", "布朗族"},   Code{"35", "撒拉族"},     Code{"36", "毛南族"},
    Code{"37", "仡佬族"},     Code{"38", "锡伯族"},   Code{"39", "阿昌族"},     Code{"40", "普米族"},
    Code{"41", "塔吉克族"},   Code{"42", "怒族"},     Code{"43", "乌孜别克族"}, Code{"44", "俄罗斯族"},
    Code{"45", "鄂温克族"},   Code{"46", "德昂族"},   Code{"47", "保安族"},     Code{"48", "裕固族"},
    Code{"49", "京族"},       Code{"50", "塔塔尔族"}, Code{"51", "独龙族"},     Code{"52", "鄂伦春族"},
    Code{"53", "赫哲族"},     Code{"54", "门巴族"},   Code{"55", "珞巴族"},     Code{"56", "基诺族"},
    Code{"97", "其他"},       Code{"98", "外国血统"}};
constexpr std::array politic_codes{Code{"1", "中共党员"}, Code{"2", "中共预备党员"}, Code{"3", "共青团员"},
                                   Code{"4", "民主党派"}, Code{"9", "群众"}};
constexpr std::array marriage_codes{Code{"1", "未婚"}, Code{"2", "已婚"}, Code{"3", "丧偶"},
                                    Code{"4", "离异"}};
constexpr std::array education_codes{Code{"0", "学龄前儿童"}, Code{"1", "文盲或半文盲"}, Code{"2", "小学"},
                                     Code{"3", "初中"},       Code{"4", "高中"},         Code{"5", "大专"},
                                     Code{"6", "本科及以上"}};
constexpr std::array student_codes{
    Code{"00", "非在校生"},       Code{"01", "学前教育"},       Code{"02", "小学"},
    Code{"03", "七年级"},         Code{"04", "八年级"},         Code{"05", "九年级"},
    Code{"06", "普通高中一年级"}, Code{"07", "普通高中二年级"}, Code{"08", "普通高中三年级"},
    Code{"09", "中职一年级"},     Code{"10", "中职二年级"},     Code{"11", "中职三年级"},
    Code{"12", "高职高专一年级"}, Code{"13", "高职高专二年级"}, Code{"14", "高职高专三年级"},
    Code{"15", "高职高专四年级"}, Code{"16", "本科一年级"},     Code{"17", "本科二年级"},
    Code{"18", "本科三年级"},     Code{"19", "本科四年级"},     Code{"20", "本科五年级"},
    Code{"21", "硕士研究生"},     Code{"22", "博士研究生"},     Code{"23", "技师学院"}};
constexpr std::array dropout_codes{Code{"1", "因病"}, Code{"2", "因残"}, Code{"3", "休学"},
                                   Code{"4", "厌学"}, Code{"5", "因贫"}, Code{"6", "打工"},
                                   Code{"7", "早婚"}, Code{"8", "其他"}};
constexpr std::array health_codes{Code{"1", "健康"}, Code{"2", "长期慢性病"}, Code{"3", "患有大病"},
                                  Code{"4", "残疾"}};
constexpr std::array disability_class_codes{Code{"1", "视力"}, Code{"2", "听力"}, Code{"3", "言语"},
                                            Code{"4", "肢体"}, Code{"5", "智力"}, Code{"6", "精神"},
                                            Code{"7", "多重"}};
constexpr std::array disability_grade_codes{Code{"1", "一级"}, Code{"2", "二级"}, Code{"3", "三级"},
                                            Code{"4", "四级"}};
constexpr std::array labour_codes{Code{"1", "普通劳动力"}, Code{"2", "技能劳动力"},
                                  Code{"3", "弱劳动力或半劳动力"}, Code{"4", "丧失劳动力"},
                                  Code{"5", "无劳动力"}};
constexpr std::array work_place_codes{Code{"1", "乡镇内"}, Code{"2", "乡外县内"}, Code{"3", "县外省内"},
                                      Code{"4", "省外"}, Code{"5", "境外"}};
constexpr std::array public_post_codes{
    Code{"00", "无"},         Code{"01", "护林员"},         Code{"02", "保洁员"},
    Code{"03", "护路员"},     Code{"04", "水管员"},         Code{"05", "护边员"},
    Code{"06", "光伏管护员"}, Code{"07", "乡村医护或照料"}, Code{"99", "其他"}};
constexpr std::array medical_codes{Code{"1", "城乡居民基本医疗保险"}, Code{"2", "职工基本医疗保险"},
                                   Code{"3", "参军等其他"}, Code{"9", "未参保"}};
constexpr std::array pension_codes{Code{"1", "城乡居民基本养老保险"}, Code{"2", "职工基本养老保险"},
                                   Code{"3", "领取待遇"}, Code{"9", "未参保"}};
constexpr std::array extreme_poverty_codes{Code{"0", "否"}, Code{"1", "集中供养"}, Code{"2", "分散供养"}};
constexpr std::array orphan_codes{Code{"0", "否"}, Code{"1", "孤儿"}, Code{"2", "事实无人抚养儿童"}};
constexpr std::array disability_subsidy_codes{Code{"0", "无"}, Code{"1", "困难残疾人生活补贴"},
                                              Code{"2", "重度残疾人护理补贴"}, Code{"3", "两项都有"}};
constexpr std::array member_status_codes{Code{"1", "正常"},     Code{"2", "死亡"},
                                         Code{"3", "迁出"},     Code{"4", "婚嫁离户"},
                                         Code{"5", "其他减少"}, Code{"6", "转入其他户"}};
// The ways in which a household grows, as the yearly update of the national register asks for them.
constexpr std::array id_note_codes{Code{"1", "由15位旧号码换算"}, Code{"2", "地址码不在区划代码表中"}};
constexpr std::array joined_codes{Code{"1", "出生"}, Code{"2", "婚入"}, Code{"3", "返回"}, Code{"4", "迁入"},
                                  Code{"9", "其他增加"}};
constexpr std::array guarantee_item_codes{Code{"food", "不愁吃"},        Code{"clothing", "不愁穿"},
                                          Code{"education", "义务教育"}, Code{"medical", "基本医疗"},
                                          Code{"housing", "住房安全"},   Code{"water", "饮水安全"}};
constexpr std::array guarantee_status_codes{Code{"secured", "有保障"}, Code{"at_risk", "有风险"},
                                            Code{"not_secured", "未保障"}, Code{"not_applicable", "不涉及"}};

constexpr bool digits_only(std::string_view text) {
    if (text.empty()) return false;
    for (const char c : text)
        if (c < '0' || c > '9') return false;
    return true;
}

std::string_view without_leading_zeros(std::string_view digits) {
    while (digits.size() > 1 && digits.front() == '0') digits.remove_prefix(1);
    return digits;
}

}  // namespace

namespace codes {
const CodeList household_kind{"household_kind", household_kind_codes};
const CodeList ex_poor_kind{"ex_poor_kind", ex_poor_kind_codes};
const CodeList coordinate_system{"coordinate_system", coordinate_system_codes};
const CodeList house_structure{"house_structure", house_structure_codes};
const CodeList house_grade{"house_grade", house_grade_codes};
const CodeList water_source{"water_source", water_source_codes};
const CodeList water_quality{"water_quality", water_quality_codes};
const CodeList road{"road", road_codes};
const CodeList fuel{"fuel", fuel_codes};
const CodeList relation{"relation", relation_codes};
const CodeList sex{"sex", sex_codes};
const CodeList ethnic{"ethnic", ethnic_codes};
const CodeList politic{"politic", politic_codes};
const CodeList marriage{"marriage", marriage_codes};
const CodeList education{"education", education_codes};
const CodeList student{"student", student_codes};
const CodeList dropout{"dropout", dropout_codes};
const CodeList health{"health", health_codes};
const CodeList disability_class{"disability_class", disability_class_codes};
const CodeList disability_grade{"disability_grade", disability_grade_codes};
const CodeList labour{"labour", labour_codes};
const CodeList work_place{"work_place", work_place_codes};
const CodeList public_post{"public_post", public_post_codes};
const CodeList medical{"medical", medical_codes};
const CodeList pension{"pension", pension_codes};
const CodeList extreme_poverty{"extreme_poverty", extreme_poverty_codes};
const CodeList orphan{"orphan", orphan_codes};
const CodeList disability_subsidy{"disability_subsidy", disability_subsidy_codes};
const CodeList member_status{"member_status", member_status_codes};
const CodeList joined{"joined", joined_codes};
const CodeList id_note{"id_note", id_note_codes};
const CodeList guarantee_item{"guarantee_item", guarantee_item_codes};
const CodeList guarantee_status{"guarantee_status", guarantee_status_codes};
}  // namespace codes

const Code* CodeList::find(std::string_view code) const {
    for (const Code& one : codes)
        if (one.code == code) return &one;
    return nullptr;
}

std::optional<std::string_view> CodeList::read(std::string_view cell) const {
    const std::string half = text::half_width(text::trimmed(cell));
    const std::string_view whole = half;
    for (const Code& one : codes)
        if (whole == one.code || whole == one.label) return one.code;
    // A spreadsheet shows 02 as 2 once somebody has touched the cell.
    if (digits_only(whole)) {
        for (const Code& one : codes)
            if (digits_only(one.code) && without_leading_zeros(one.code) == without_leading_zeros(whole))
                return one.code;
        return std::nullopt;
    }
    for (const Code& one : codes) {
        if (whole.starts_with(one.code) && whole.ends_with(one.label)) {
            const auto between =
                whole.substr(one.code.size(), whole.size() - one.code.size() - one.label.size());
            if (between.size() <= 1 && between.find_first_not_of(" -.:") == std::string_view::npos)
                return one.code;
        }
        // Forms write a kinship both with and without 之, an ethnic group with and without 族.
        if (one.label.starts_with("之") && whole == one.label.substr(std::string_view("之").size()))
            return one.code;
        if (one.label.ends_with("族") && one.label.starts_with(whole) &&
            one.label.size() == whole.size() + std::string_view("族").size())
            return one.code;
    }
    return std::nullopt;
}

std::span<const CodeList* const> code_lists() {
    static constexpr std::array<const CodeList*, 33> all{&codes::household_kind,
                                                         &codes::ex_poor_kind,
                                                         &codes::coordinate_system,
                                                         &codes::house_structure,
                                                         &codes::house_grade,
                                                         &codes::water_source,
                                                         &codes::water_quality,
                                                         &codes::road,
                                                         &codes::fuel,
                                                         &codes::relation,
                                                         &codes::sex,
                                                         &codes::ethnic,
                                                         &codes::politic,
                                                         &codes::marriage,
                                                         &codes::education,
                                                         &codes::student,
                                                         &codes::dropout,
                                                         &codes::health,
                                                         &codes::disability_class,
                                                         &codes::disability_grade,
                                                         &codes::labour,
                                                         &codes::work_place,
                                                         &codes::public_post,
                                                         &codes::medical,
                                                         &codes::pension,
                                                         &codes::extreme_poverty,
                                                         &codes::orphan,
                                                         &codes::disability_subsidy,
                                                         &codes::member_status,
                                                         &codes::joined,
                                                         &codes::id_note,
                                                         &codes::guarantee_item,
                                                         &codes::guarantee_status};
    return all;
}

}  // namespace ballast::registry
