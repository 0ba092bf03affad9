// The shipped contracts against the table of domain specification 3.6.
#include "feeds/contract.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/credit_code.h"
#include "base/text.h"
#include "feeds/check.h"
#include "feeds/heading.h"
#include "table/test_files.h"

namespace ballast::feeds {
namespace {

const Date today = *Date::from(2026, 11, 23);

/// The headings that 3.6 gives for each sheet, besides those of the person where it leaves them out.
const std::map<std::string, std::string> headings_of_the_specification{
    {"medical.expenses",
     "姓名,身份证号,人员类别,就诊医院,医疗类别,入院日期,出院日期,诊断名称,总费用(元),基本医保报销,"
     "大病保险报销,医疗救助,个人自付(元),年度累计自付(元)"},
    {"medical.uninsured", "姓名,身份证号,参保年度,参保状态"},
    {"health.new_diseases", "姓名,身份证号,病种,确诊日期,救治机构,是否专项救治,签约医生"},
    {"civil_affairs.relief", "姓名,身份证号,救助类别,保障人数,月保障金(元),起始年月,停发年月,停发原因"},
    {"hr.employment",
     "姓名,身份证号,务工地,单位名称,上岗日期,离岗日期,返乡原因,失业登记日期,月工资(元),培训工种,证书编号,"
     "养老保险状态"},
    {"education.students",
     "姓名,身份证号,学校,年级,学籍号,就读状态,离校日期,监护人,学费,住宿费,书费,资助金额,自付合计(元)"},
    {"housing.dangerous", "户主姓名,身份证号,房屋地址,结构,建筑面积,鉴定等级,鉴定日期,改造状态"},
    {"water.problems", "乡镇,村,组,户主姓名,身份证号,水源类型,问题类型,停水起始,停水天数,受影响人数"},
    {"disability.certificates", "姓名,身份证号,残疾证号,残疾类别,残疾等级,发证日期,两项补贴"},
    {"emergency.disasters",
     "灾害名称,灾害时间,乡镇,村,户主姓名,身份证号,倒损房(间),农作物受灾(亩),绝收(亩),死亡牲畜(头),"
     "伤亡人数,直接损失(元)"},
    {"police.registration", "姓名,身份证号,变动类型,变动日期,迁往地"},
    {"police.vehicles", "姓名,身份证号,车牌号,品牌型号,车辆类型,购置日期,新车价(元)"},
    {"police.accidents", "姓名,身份证号,事故编号,事故日期,伤亡,责任"},
    {"market.entities",
     "企业名称,统一社会信用代码,法定代表人,身份证号,股东,出资额(万元),成立日期,经营状态,纳税状态"},
    {"real_estate.registrations", "权利人,身份证号,不动产单元号,坐落,用途,面积,登记日期,取得方式"},
    {"housing_fund.deposits", "姓名,身份证号,单位,月缴存额,账户状态"},
    {"tax.income", "姓名,身份证号,年度,工资薪金收入,经营所得,开票金额"},
    {"fiscal.payroll", "姓名,身份证号,单位,人员性质,月工资"},
    {"agriculture.projects", "姓名,身份证号,项目,规模,投入,状态,损失(元),补贴金额"},
    {"agriculture.machinery", "姓名,身份证号,机具名称,购置价"},
    {"hotline.orders",
     "工单号,来电时间,诉求人,电话,身份证号,区划,诉求类别,内容,办理单位,期限,办结时间,满意度"},
    {"bank.microloans", "借款人,身份证号,贷款金额,余额,发放日,到期日,利率,贴息,五级分类,逾期天数"},
    {"insurer.claims", "保单号,被保险人,身份证号,险种,出险日期,损失,赔款,支付日期"},
};
/// The sheets that 3.6 names without giving their columns.
const std::set<std::string> without_headings{"agriculture.livestock_deaths", "bank.deposits"};

TEST(Contracts, AreThoseOfSeventeenDepartmentsABankAndAnInsurer) {
    std::set<std::string> departments, ids;
    for (const auto& agreed : contracts()) {
        departments.insert(agreed.department);
        EXPECT_TRUE(ids.insert(agreed.id).second) << agreed.id;
        EXPECT_TRUE(headings_of_the_specification.contains(agreed.id) || without_headings.contains(agreed.id))
            << agreed.id;
    }
    EXPECT_EQ(departments.size(), 19U);
    EXPECT_EQ(ids.size(), headings_of_the_specification.size() + without_headings.size());
}

TEST(Contracts, KnowEveryHeadingOfTheSpecification) {
    for (const auto& [id, headings] : headings_of_the_specification) {
        const auto& agreed = **contract(id);
        for (const auto& heading : text::split(headings, ',')) {
            const bool known =
                std::any_of(agreed.columns.begin(), agreed.columns.end(), [&](const Column& one) {
                    return one.title == heading ||
                           std::find(one.synonyms.begin(), one.synonyms.end(), heading) != one.synonyms.end();
                });
            EXPECT_TRUE(known) << id << " " << heading;
        }
    }
}

// No sheet is taken for another, whatever its file is called.
TEST(Contracts, AreToldFromEachOtherByTheHeadingsOfTheSpecificationAlone) {
    table::TemporaryFolder folder;
    for (const auto& [id, headings] : headings_of_the_specification) {
        const auto path = folder.put("导出.csv", headings + "\r\n");
        auto reader = table::Reader::open(path, "导出.csv");
        ASSERT_TRUE(reader) << id;
        const auto found = recognise(**reader, "导出.csv", "");
        ASSERT_TRUE(found) << id << " " << found.error().id;
        EXPECT_EQ(found->contract->id, id);
    }
}

TEST(Contracts, SealWhatIsAHealthFactAnAccountOrAPhoneNumber) {
    const std::map<std::string, std::vector<std::string>> sealed{
        {"medical.expenses", {"diagnosis", "hospital"}},
        {"health.new_diseases", {"disease", "hospital"}},
        {"disability.certificates", {"certificate_no", "grade"}},
        {"police.accidents", {"harm"}},
        {"police.registration", {"change", "moved_to"}},
        {"emergency.disasters", {"casualties"}},
        {"hotline.orders", {"phone", "content"}},
        {"bank.deposits", {"account", "balance"}},
        {"insurer.claims", {"policy_no"}}};
    for (const auto& [id, fields] : sealed)
        for (const auto& field : fields) {
            const auto& agreed = **contract(id);
            EXPECT_TRUE(agreed.columns.at(agreed.column(field).value()).sealed) << id << " " << field;
        }
}

// What a household owns is looked at with its consent only, and no page shows it.
TEST(Contracts, SealEverythingInASheetThatNeedsConsent) {
    std::set<std::string> items;
    for (const auto& agreed : contracts()) {
        if (agreed.consent.empty()) continue;
        items.insert(agreed.consent);
        for (const auto& column : agreed.columns)
            EXPECT_TRUE(column.sealed || column.type == Type::name || column.type == Type::citizen_id ||
                        column.field == "township" || column.field == "village")
                << agreed.id << " " << column.field;
    }
    EXPECT_EQ(items, (std::set<std::string>{"deposits", "housing_fund", "market", "payroll", "real_estate",
                                            "tax", "vehicle"}));
}

TEST(Contracts, HaveADeadlineUnlessTheyComeAfterAnEventOrOnRequest) {
    for (const auto& agreed : contracts()) {
        const bool open = agreed.period == Period::event || agreed.period == Period::on_request;
        EXPECT_EQ(agreed.due_on(today) == nullptr, open) << agreed.id;
    }
    const auto* medical = (*contract("medical.expenses"))->due_on(today);
    EXPECT_EQ(medical->day, 5);
    EXPECT_FALSE(medical->assumed());
    EXPECT_EQ((*contract("medical.expenses"))->due_on(*Date::from(2020, 12, 31)), nullptr);
}

/// A row of any sheet, filled where its contract asks for a value.
std::string outcome(std::string_view feed, const std::map<std::string, std::string>& said,
                    std::string_view field) {
    const Contract& agreed = **contract(feed);
    std::vector<std::string> texts(agreed.columns.size());
    for (const auto& [name, value] : said) texts[*agreed.column(name)] = value;
    std::vector<table::Cell> cells;
    std::vector<const table::Cell*> pointers;
    for (const auto& text : texts) cells.push_back({table::Cell::Kind::text, text, false, false});
    for (const auto& cell : cells) pointers.push_back(&cell);
    const auto row = check(agreed, pointers, today);
    return row ? row->values[*agreed.column(field)] : row.error().id;
}

TEST(Contracts, HoldAFirmToItsCreditCodeAndItsCapitalToTenThousands) {
    const auto firm = [](std::string code, std::string capital, std::string_view field) {
        return outcome("market.entities",
                       {{"name", "王秀英"},
                        {"credit_code", std::move(code)},
                        {"state", "存续"},
                        {"capital", std::move(capital)}},
                       field);
    };
    const std::string body = "91513431MA62J3X4H";
    const std::string sound = body + CreditCode::check_character(body);
    EXPECT_EQ(firm(sound, "12.5", "capital"), "12500000");  // fen
    EXPECT_EQ(firm(sound, "12.5万", "capital"), "12500000");
    EXPECT_EQ(firm(sound, "125000元", "capital"), "12500000");
    EXPECT_EQ(firm(sound, "12.5", "credit_code"), sound);
    EXPECT_EQ(firm(body + (sound.back() == '1' ? '2' : '1'), "12.5", "capital"), "feeds.bad_credit_code");
    EXPECT_EQ(firm("", "12.5", "capital"), "feeds.value_missing");
}

TEST(Contracts, TakeTheWordsOfAnOpenListAsOther) {
    const auto asked = [](std::string category) {
        return outcome("hotline.orders",
                       {{"name", "王秀英"},
                        {"order_no", "G1"},
                        {"called_on", "2026-11-20 08:31:00"},
                        {"category", std::move(category)}},
                       "category");
    };
    EXPECT_EQ(asked("基本生活困难"), "hardship");
    EXPECT_EQ(asked("噪声扰民"), "other");
    EXPECT_EQ(asked(""), "feeds.value_missing");
}

TEST(Contracts, AreRefusedWhenADeadlineOrAPeriodMakesNoSense) {
    const auto refused = [](const std::string& period) {
        const auto read = parse_contract(
            "id = 'x.y'\ndepartment = 'x'\ndepartment_title = { zh = 'x', en = 'x' }\ntitle = { zh = 'x', en "
            "= 'x' }\n"
            "titles = ['x']\nauthority = 'assumed'\n" +
                period +
                "\n[[column]]\nfield = 'name'\ntitle = '姓名'\ntype = 'name'\n[[column]]\nfield = "
                "'id_number'\ntitle = "
                "'身份证号'\ntype = 'citizen_id'\n",
            "x.toml");
        return read ? std::string("accepted") : read.error().args.back().second;
    };
    const std::string due = "due = [{ from = 2021-01-01, day = 5, authority = 'assumed' }]";
    EXPECT_EQ(refused("period = 'monthly'\n" + due), "accepted");
    EXPECT_EQ(refused("period = 'on_request'"), "accepted");
    EXPECT_EQ(refused("period = 'monthly'"), "due");
    EXPECT_EQ(refused("period = 'on_request'\n" + due), "due");
    EXPECT_EQ(refused("period = 'weekly'\n" + due), "period");
    EXPECT_EQ(refused("period = 'quarterly'\n" + due), "months");
    EXPECT_EQ(refused("period = 'monthly'\ndue = [{ from = 2021-01-01, day = 32, authority = 'x' }]"), "due");
}

}  // namespace
}  // namespace ballast::feeds
