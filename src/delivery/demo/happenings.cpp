#include "demo/happenings.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/result.h"
#include "base/text.h"

namespace ballast::demo {
namespace {

using enum casework::Source;
using enum Whom;

constexpr bool at_home = true, elsewhere = false;

// Those of the accounts' own village come first, each waiting for another of them.
constexpr std::array table{
    // -- cases under way
    Happening{self_report, "phone", "01", household, at_home, 0, "begin open"},
    Happening{grassroots_check, "grid", "05", household, at_home, 4, "begin open"},
    Happening{grassroots_check, "daily_visit", "02", household, at_home, 0, "begin open verify"},
    Happening{self_report, "oral", "06", household, at_home, 1, "begin open verify authorise"},
    Happening{other, "hotline", "12", household, at_home, 0, "begin open verify authorise compare"},
    Happening{grassroots_check, "work_team", "01", household, at_home, 1,
              "begin open verify authorise compare:car"},
    Happening{self_report, "online", "07", household, at_home, 0,
              "begin open verify authorise compare:car explain"},
    Happening{grassroots_check, "must_visit", "08", household, at_home, 0,
              "begin open verify authorise compare:car explain judge"},
    Happening{self_report, "paper", "03", household, at_home, 0,
              "begin open verify authorise compare review"},
    Happening{grassroots_check, "daily_visit", "01", household, at_home, 2,
              "begin open verify authorise compare review publicise"},
    Happening{self_report, "phone", "02", household, at_home, 6,
              "begin open verify authorise compare review publicise"},
    Happening{grassroots_check, "grid", "09", household, at_home, 1,
              "begin open verify:sudden authorise compare review publicise object"},
    Happening{self_report, "oral", "01", household, at_home, 0,
              "begin open verify authorise compare review publicise end_publicity"},
    Happening{other, "petition", "06", household, at_home, 1,
              "begin open verify authorise compare review publicise end_publicity return_township"},
    Happening{grassroots_check, "work_team", "05", household, at_home, 0,
              "begin open verify:sudden authorise compare review publicise end_publicity township_review"},
    Happening{self_report, "phone", "02", household, at_home, 5,
              "begin open verify authorise compare review publicise end_publicity township_review"},
    Happening{self_report, "oral", "12", household, at_home, 0,
              "begin open verify authorise compare review publicise end_publicity township_review approve"},
    Happening{grassroots_check, "grid", "05", household, at_home, 1,
              "begin open green_help verify:sudden authorise"},
    Happening{self_report, "phone", "01", household, at_home, 20,
              "begin open verify authorise compare review publicise end_publicity township_review approve "
              "enrol"},
    Happening{other, "inspection", "02", household, elsewhere, 3, "begin open verify pause"},
    Happening{self_report, "phone", "04", household, elsewhere, 1,
              "begin open verify:sudden pause resume+6 authorise compare"},
    Happening{grassroots_check, "grid", "07", household, elsewhere, 1,
              "begin open verify authorise compare:car extend explain+4 judge judge_county"},
    Happening{self_report, "oral", "06", household, elsewhere, 0,
              "begin open verify authorise withdraw_consent"},
    Happening{grassroots_check, "daily_visit", "01", household, elsewhere, 1,
              "begin open verify authorise compare review publicise end_publicity return_township correct"},
    Happening{self_report, "paper", "12", household, elsewhere, 0,
              "begin open verify authorise compare review publicise end_publicity township_review "
              "return_county"},
    Happening{grassroots_check, "concentrated_check", "01", household, elsewhere, 2,
              "begin open verify authorise compare review publicise object dismiss_objection"},
    Happening{self_report, "phone", "07", household, elsewhere, 0,
              "begin open verify authorise compare review publicise object restart_publicity"},
    Happening{self_report, "online", "15", household, elsewhere, 0,
              "begin open verify authorise compare review publicise object repeat_review"},
    Happening{department_screening, "", "", household, elsewhere, 1, "begin open verify authorise"},
    Happening{department_screening, "", "", household, elsewhere, 0,
              "begin open verify authorise compare review publicise end_publicity"},

    // -- cases that led to an enrolment
    Happening{self_report, "phone", "01", household, elsewhere, 48,
              "begin open verify authorise compare review publicise end_publicity township_review approve "
              "enrol"},
    Happening{grassroots_check, "grid", "05", household, elsewhere, 61,
              "begin open green_help verify:sudden authorise compare review publicise end_publicity "
              "township_review approve enrol"},
    Happening{grassroots_check, "must_visit", "02", household, elsewhere, 9,
              "begin open verify authorise compare review publicise end_publicity return_township correct "
              "township_review approve enrol"},
    Happening{other, "media", "04", household, elsewhere, 33,
              "begin open green_help verify:sudden authorise compare review publicise object "
              "restart_publicity publicise end_publicity township_review return_county correct "
              "township_review approve enrol"},
    Happening{self_report, "oral", "07", household, elsewhere, 15,
              "begin open verify authorise compare:car explain judge judge_county review publicise "
              "end_publicity township_review approve enrol"},
    Happening{self_report, "phone", "06", household, elsewhere, 26,
              "begin open verify authorise compare:post explain judge review publicise object "
              "dismiss_objection end_publicity township_review approve enrol"},
    Happening{department_screening, "", "", household, elsewhere, 40,
              "begin open verify authorise compare review publicise end_publicity township_review approve "
              "enrol"},
    Happening{department_screening, "", "", household, elsewhere, 12,
              "begin open verify authorise compare review publicise end_publicity township_review approve "
              "enrol"},

    // -- cases that were rejected, for each reason
    Happening{self_report, "online", "12", household, elsewhere, 18,
              "begin open verify authorise compare:car reject_asset+2"},
    Happening{self_report, "oral", "06", household, elsewhere, 29,
              "begin open verify authorise compare review:lost"},
    Happening{other, "petition", "07", household, elsewhere, 22,
              "begin open verify authorise compare review publicise object reject_objection"},
    Happening{self_report, "phone", "15", household, elsewhere, 11,
              "begin open verify:well authorise compare review publicise end_publicity reject_township"},
    Happening{self_report, "paper", "12", household, elsewhere, 7,
              "begin open verify:well authorise compare review publicise end_publicity township_review "
              "reject_county"},

    // -- cases that were closed, for each reason
    Happening{self_report, "phone", "01", household, elsewhere, 35, "begin open verify refuse_consent"},
    Happening{grassroots_check, "daily_visit", "06", household, elsewhere, 16,
              "begin open verify:well close:no_risk"},
    Happening{grassroots_check, "grid", "10", household, elsewhere, 24,
              "begin open verify:well close:resolved_on_spot"},
    Happening{self_report, "oral", "03", household, elsewhere, 13,
              "begin open verify:well authorise compare close:single_difficulty"},
    Happening{grassroots_check, "work_team", "08", household, elsewhere, 19,
              "begin open verify:coping authorise compare close:watch_list"},
    Happening{self_report, "phone", "14", household, elsewhere, 27, "begin open close:moved_away"},
    Happening{other, "hotline", "08", household, elsewhere, 5, "begin open close:all_deceased"},
    Happening{grassroots_check, "grid", "99", household, elsewhere, 31,
              "begin open close:not_rural_household"},
    Happening{department_screening, "", "", household, elsewhere, 21, "begin open verify:well close:no_risk"},

    // -- clues
    Happening{self_report, "phone", "01", household, at_home, 0, ""},
    Happening{grassroots_check, "grid", "06", household, at_home, 4, ""},
    Happening{self_report, "oral", "03", household, at_home, 0, "begin"},
    Happening{self_report, "phone", "05", not_on_file, at_home, 0, ""},
    Happening{self_report, "phone", "02", by_name, at_home, 1, ""},
    Happening{grassroots_check, "daily_visit", "01", other_name, at_home, 5, ""},
    Happening{self_report, "oral", "12", not_on_file, elsewhere, 2, "dispatch"},
    Happening{other, "media", "04", household, elsewhere, 0, "begin"},
    Happening{self_report, "phone", "06", household, elsewhere, 2, "begin"},
    Happening{grassroots_check, "grid", "01", by_name, elsewhere, 1, "assign begin"},
    Happening{self_report, "phone", "01", by_name, elsewhere, 0, "assign"},
    Happening{self_report, "oral", "12", household, elsewhere, 0, "begin"},
    Happening{grassroots_check, "grid", "07", again, elsewhere, 0, ""},
    Happening{self_report, "phone", "07", household, elsewhere, 0, "begin"},
    Happening{grassroots_check, "daily_visit", "07", again_by_name, elsewhere, 0, "assign"},
    Happening{self_report, "phone", "99", household, elsewhere, 14, "begin close:no_risk"},
    Happening{grassroots_check, "grid", "10", household, elsewhere, 21, "begin close:resolved_on_spot"},
    Happening{self_report, "oral", "12", household, elsewhere, 17, "begin close:refused_consent"},
    Happening{other, "hotline", "06", household, elsewhere, 25, "begin close:false_report"},
    Happening{other, "petition", "09", household, elsewhere, 30, "begin close:not_rural_household"},
    Happening{self_report, "phone", "15", not_on_file, elsewhere, 8, "close:false_report"},
    Happening{self_report, "oral", "06", household, elsewhere, 0, "begin open verify"},
    Happening{grassroots_check, "grid", "06", again_by_name, elsewhere, 0, "assign"},
};

/// Days after the step before; what is not named follows on the same day.
struct Usual {
    std::string_view action;
    int days;
};
constexpr std::array usual{
    Usual{"begin", 1},
    Usual{"verify", 1},
    Usual{"compare", 2},
    Usual{"explain", 1},
    Usual{"review", 1},
    Usual{"object", 2},
    Usual{"dismiss_objection", 1},
    Usual{"reject_objection", 1},
    Usual{"restart_publicity", 1},
    Usual{"repeat_review", 1},
    Usual{"correct", 1},
    Usual{"approve", 1},
    Usual{"enrol", 1},
    Usual{"close", 1},
    Usual{"reject_township", 1},
    Usual{"reject_county", 1},
    Usual{"pause", 1},
    Usual{"withdraw_consent", 1},
    Usual{"assign", 1},
    Usual{"dispatch", 1},
    Usual{"return_county", 1},
};
constexpr int days_of_publicity = 5 + 1;  // it may come down on the day after the last

constexpr std::array stories{
    RiskStory{"01", "肝病住院，自付药费两万多元，家里拿不出钱了",
              "长期服药，自付医疗费用高，主要劳力在家照护", "病情危重，无力缴纳住院押金",
              "先行发放临时救助并垫付住院押金"},
    RiskStory{"02", "残疾后不能下地干活，生活困难", "二级残疾，无劳动能力，收入主要靠转移性收入",
              "无人照料，断炊", "先行安排邻里照料并送去口粮"},
    RiskStory{"03", "两个孩子同时上学，学费凑不齐", "在校生两人，非义务教育阶段支出大", "学生面临辍学",
              "先行协调学校缓缴学费"},
    RiskStory{"04", "山洪冲毁了田地，今年没有收成", "受灾面积约四亩，当季种植业绝收", "房屋进水，无处居住",
              "先行转移安置并发放口粮、棉被"},
    RiskStory{"05", "打工路上出车祸，已经三个月没有收入", "主要劳动力因车祸卧床，务工收入中断",
              "手术费用无着，生活无着", "先行发放临时救助金"},
    RiskStory{"06", "工地停工回来，一直没有找到活路", "务工不稳，近六个月没有工资收入", "断炊",
              "先行发放口粮"},
    RiskStory{"07", "养的猪发病死了，贷款还不上", "养殖失败，损失约三万元", "断炊", "先行发放口粮"},
    RiskStory{"08", "家里只剩老人和小孩，没有劳力", "家中无劳动力，土地撂荒", "无人照料", "先行安排邻里照料"},
    RiskStory{"09", "墙体开裂，下雨漏水，不敢住人", "住房鉴定为D级", "房屋倒塌，无处居住",
              "先行临时安置并发放口粮"},
    RiskStory{"10", "水管冻裂，要到山下背水", "供水管道损坏，已报修", "断水", "先行送水"},
    RiskStory{"12", "今年收入比去年少了一大半", "收入骤减，缺少稳定来源", "断炊", "先行发放口粮"},
    RiskStory{"14", "搬到安置区以后没有工作，想回老家", "搬迁后务工不稳", "断炊", "先行发放口粮"},
    RiskStory{"15", "花椒价格跌了一半，卖不上钱", "主要农产品价格下跌，经营收入减少", "断炊", "先行发放口粮"},
    RiskStory{"99", "家里有困难，请来看看", "经入户了解，属一般性困难", "断炊", "先行发放口粮"},
};

}  // namespace

std::span<const Happening> happenings() { return table; }

std::vector<Leg> legs(std::string_view way) {
    std::vector<Leg> out;
    int day = 0, posted = 0;
    for (auto word : text::split(way, ' ')) {
        if (word.empty()) continue;
        std::optional<int> given;
        if (const auto plus = word.find('+'); plus != std::string_view::npos) {
            int days = 0;
            const auto* end = word.data() + word.size();
            INVARIANT(std::from_chars(word.data() + plus + 1, end, days).ptr == end);
            given = days;
            word = word.substr(0, plus);
        }
        const auto colon = word.find(':');
        Leg leg{word.substr(0, colon), colon == std::string_view::npos ? "" : word.substr(colon + 1)};
        const auto found = std::ranges::find(usual, leg.action, &Usual::action);
        day += given.value_or(found == usual.end() ? 0 : found->days);
        if (leg.action == "end_publicity") day = std::max(day, posted + days_of_publicity);
        if (leg.action == "publicise") posted = day;
        leg.day = day;
        out.push_back(leg);
    }
    return out;
}

const RiskStory& story_of(std::string_view risk) {
    const auto found = std::ranges::find(stories, risk, &RiskStory::code);
    return found == stories.end() ? stories.back() : *found;
}

}  // namespace ballast::demo
