#include "screening/comparison.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "areas/areas.h"
#include "base/credit_code.h"
#include "db_testing/testing.h"
#include "registry/import.h"
#include "registry/test_households.h"
#include "table/test_files.h"

namespace ballast::screening {
namespace {

using registry::testing::day;
using registry::testing::id_of;
using registry::testing::zhaojue;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const Instant now = *parse_instant("2026-04-10T09:00:00+08:00");
const Date today = civil_date(now);
const std::string ayi = id_of(day(1980, 3, 1), 12), muguo = id_of(day(1982, 5, 9), 23);
const std::string son = id_of(day(2000, 2, 2), 31);  // lives in town, not in the register

/// A couple of 昭觉县, their son outside, and what departments say about them.
class Comparing : public db_testing::OnBothEngines {
protected:
    void SetUp() override {
        OnBothEngines::SetUp();
        if (IsSkipped()) return;
        const auto& division = areas::Division::shipped();
        const auto village = division.children(division.children(zhaojue).at(0).code).at(0).code;
        const auto path = registry::testing::write_book(
            books, "册.xlsx",
            {{"户信息", {"户编号", "行政村代码", "农户类型"}, {{"0001", village.digits(), "一般农户"}}, ""},
             {"成员信息",
              {"户编号", "姓名", "证件号码", "与户主关系"},
              {{"0001", "吉克·阿依", ayi, "户主"}, {"0001", "沙马·木果", muguo, "配偶"}},
              ""}});
        const auto id = registry::receive(database(), *vault, system, {zhaojue, "册.xlsx", "建档", today},
                                          {{path, "册.xlsx"}}, today, now);
        ASSERT_TRUE(id) << id.error().id;
        ASSERT_TRUE(registry::apply(database(), *vault, system, *id, now));
        register_ = *database().read(
            [&](db::Tx& tx) { return feeds::load_register(tx, auth::Scope({zhaojue}), zhaojue); });
    }
    registry::PersonId person(const std::string& id_number) {
        const auto lookup = vault->lookup("citizen_id", id_number);
        return register_.index.by_id({reinterpret_cast<const char*>(lookup.data()), lookup.size()})->person;
    }
    void receive(const std::string& name, const std::string& csv) {
        const auto batch = feeds::receive(database(), *vault, system,
                                          {folder.put("x.csv", csv), name, zhaojue, "", ""}, register_, now);
        ASSERT_TRUE(batch) << batch.error().id;
        ASSERT_FALSE(batch->error) << batch->error->id;
    }
    void vehicles() {
        receive("公安局_车辆_513431_202603_01.csv", "姓名,身份证号,车牌号,车辆类型,新车价(元)\r\n吉克·阿依," +
                                                        ayi + ",川W00001,小型轿车,128000\r\n沙马·木果," +
                                                        muguo + ",川W00002,三轮汽车,9000\r\n吉克·木呷," +
                                                        son + ",川W00003,小型轿车,60000\r\n");
    }
    void deposits() {
        receive("银行_存款查询结果_513431_202604_01.csv",
                "姓名,身份证号,账号,余额(元),查询日期\r\n吉克·阿依," + ayi +
                    ",6222020012345678901,20000,2026-04-01\r\n沙马·木果," + muguo +
                    ",6222020012345678902,9999.99,2026-04-01\r\n");
    }
    ComparisonOrder order(std::vector<std::string> items) {
        ComparisonOrder out;
        out.county = zhaojue;
        out.persons = {{person(ayi), "", {}}, {person(muguo), "", {}}};
        out.items = std::move(items);
        out.day = today;
        out.members = 4;
        return out;
    }
    Compared compared(const ComparisonOrder& asked) {
        const auto rules = NegativeRules::load(zhaojue, today);
        EXPECT_TRUE(rules);
        auto out = database().read([&](db::Tx& tx) { return compare(tx, *vault, *rules, asked); });
        EXPECT_TRUE(out) << out.error().id;
        return *out;
    }
    static std::vector<std::string> told(const Compared& from) {
        std::vector<std::string> out;
        for (const auto& hit : from.hits)
            out.push_back(hit.rule + " " + std::string(name_of(hit.severity)) + " " +
                          (hit.person ? std::to_string(*hit.person) : "all"));
        return out;
    }

    std::unique_ptr<crypto::Vault> vault = crypto::test_vault("comparison");
    const auth::Actor system = auth::system_actor("test");
    registry::testing::Folder books;
    table::TemporaryFolder folder;
    feeds::Register register_;
};
ON_BOTH_ENGINES(Comparing);

TEST_P(Comparing, ShowsTheCarTheLimitAndWhatMayExplainIt) {
    vehicles();
    const auto found = compared(order({"vehicle"}));
    EXPECT_THAT(told(found), ElementsAre("N3 hard 0"));
    const auto& hit = found.hits.at(0);
    ASSERT_THAT(hit.facts, SizeIs(1));
    EXPECT_EQ(hit.facts[0].value, "12800000");
    EXPECT_EQ(hit.parameters.at(0).value, "10000000");
    EXPECT_TRUE(hit.parameters.at(0).assumed);
    EXPECT_THAT(hit.explanations, SizeIs(4));
    ASSERT_THAT(found.rows, SizeIs(1));  // the tricycle's row is nobody's business
    EXPECT_THAT(found.rows[0].values, Contains(std::pair<std::string, std::string>("车牌号", "川W00001")));
}

TEST_P(Comparing, DoesNotLookAtWhatWasNotAllowedAndSaysSo) {
    vehicles();
    deposits();
    const auto found = compared(order({"deposits", "tax", "social_security"}));
    EXPECT_THAT(told(found), IsEmpty());  // 29,999.99 of 30,000
    EXPECT_THAT(found.rows, IsEmpty());
    EXPECT_THAT(found.items, ElementsAre("deposits"));
    EXPECT_THAT(found.without_data, ElementsAre("tax", "social_security"));
    EXPECT_THAT(found.not_allowed,
                ElementsAre("vehicle", "real_estate", "market", "housing_fund", "payroll"));
}

TEST_P(Comparing, DoesNotLookAtWhoHasNotAgreed) {
    vehicles();
    auto asked = order({"vehicle"});
    asked.persons.erase(asked.persons.begin());
    EXPECT_THAT(told(compared(asked)), IsEmpty());
}

TEST_P(Comparing, AddsUpTheDepositsOfAllAndShowsNoAccount) {
    deposits();
    auto asked = order({"deposits"});
    asked.members = 3;
    const auto found = compared(asked);
    EXPECT_THAT(told(found), ElementsAre("N5 soft all"));
    ASSERT_THAT(found.rows, SizeIs(2));
    EXPECT_THAT(found.rows[0].values, Contains(std::pair<std::string, std::string>("账号", "**** 8901")));
}

TEST_P(Comparing, FindsSomebodyOutsideTheRegisterByNumberAndName) {
    vehicles();
    auto asked = order({"vehicle"});
    asked.persons = {{registry::PersonId(0), "吉克木呷", CitizenId::parse(son, today)->id}};
    EXPECT_THAT(told(compared(asked)), ElementsAre("N3 soft 0"));
    asked.persons[0].name = "吉克·木牛";
    EXPECT_THAT(told(compared(asked)), IsEmpty());
}

TEST_P(Comparing, CountsTwoCarsOfOneHouseholdTogether) {
    vehicles();
    auto asked = order({"vehicle"});
    asked.persons.push_back({registry::PersonId(0), "吉克·木呷", CitizenId::parse(son, today)->id});
    EXPECT_THAT(told(compared(asked)), ElementsAre("N3 hard all", "N3 hard 0", "N3 soft 2"));
}

TEST_P(Comparing, ReadsPayrollHomesAndFirms) {
    receive("财政局_财政供养人员_513431_202603_01.csv", "姓名,身份证号,单位,人员性质,月工资\r\n沙马·木果," +
                                                            muguo + ",县一中,事业,5000\r\n吉克·阿依," + ayi +
                                                            ",村委会,村干部补贴,2000\r\n");
    receive("自然资源局_不动产登记_513431_202603_01.csv",
            "权利人,身份证号,不动产单元号,用途,登记日期,取得方式\r\n吉克·阿依," + ayi +
                ",U1,住宅,2020-01-01,购买\r\n沙马·木果," + muguo + ",U2,住宅,2019-01-01,易地搬迁\r\n");
    const std::string body = "91513431MA62J3X4H";
    receive("市场监管局_市场主体_513431_202603_01.csv",
            "企业名称,统一社会信用代码,法定代表人,身份证号,出资额(万元),成立日期,经营状态,纳税状态\r\n某店," +
                body + CreditCode::check_character(body) + ",沙马·木果," + muguo +
                ",0,2020-01-01,存续,零申报\r\n");
    const auto asked = order({"payroll", "real_estate", "market", "tax"});
    EXPECT_THAT(told(compared(asked)), ElementsAre("N1 hard 1", "N2 hard 0", "N1 soft 0"));
    // A firm without capital that files nothing does not trade, until its head's invoices say otherwise.
    receive("税务局_个税_513431_202603_01.csv",
            "姓名,身份证号,年度,工资薪金收入,开票金额\r\n沙马·木果," + muguo + ",2025,0,36000\r\n");
    EXPECT_THAT(told(compared(asked)), ElementsAre("N1 hard 1", "N2 hard 0", "N4 hard 1", "N1 soft 0"));
}

TEST_P(Comparing, TakesWhatTheVisitFound) {
    auto asked = order({});
    EXPECT_THAT(told(compared(asked)), IsEmpty());
    asked.supporters_unwilling = true;
    asked.absent_months = 13;
    asked.monitored_elsewhere = true;
    EXPECT_THAT(told(compared(asked)), ElementsAre("N9 hard all", "N6 soft all", "N7 soft all"));
}

TEST_P(Comparing, RefusesAnItemThatNobodyCanAgreeTo) {
    const auto rules = *NegativeRules::load(zhaojue, today);
    const auto refused =
        database().read([&](db::Tx& tx) { return compare(tx, *vault, rules, order({"religion"})); });
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().id, "screening.unknown_item");
}

}  // namespace
}  // namespace ballast::screening
