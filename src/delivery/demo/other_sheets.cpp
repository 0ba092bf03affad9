#include "demo/other_sheets.h"

#include <algorithm>
#include <array>

#include "base/credit_code.h"
#include "base/working_calendar.h"

namespace ballast::demo {
namespace {

const Form diseases{
    "health.new_diseases",
    "卫健委",
    "新增大病患者",
    {"姓名", "身份证号", "乡镇", "行政村", "病种", "确诊日期", "救治机构", "是否专项救治", "签约医生"}};
const Form registration{"police.registration",
                        "公安局",
                        "户籍变动",
                        {"姓名", "身份证号", "乡镇", "行政村", "变动类型", "变动日期", "迁往地"}};
const Form accidents{"police.accidents",
                     "公安局",
                     "交通事故",
                     {"姓名", "身份证号", "乡镇", "行政村", "事故编号", "事故日期", "伤亡", "责任"}};
const Form vehicles{
    "police.vehicles",
    "公安局",
    "机动车",
    {"姓名", "身份证号", "乡镇", "行政村", "车牌号", "品牌型号", "车辆类型", "购置日期", "新车价(元)"}};
const Form payroll{"fiscal.payroll",
                   "财政局",
                   "财政供养人员",
                   {"姓名", "身份证号", "乡镇", "行政村", "单位", "人员性质", "月工资"},
                   true};
const Form firms{"market.entities",
                 "市场监管局",
                 "市场主体",
                 {"法定代表人", "身份证号", "乡镇", "行政村", "企业名称", "统一社会信用代码", "股东",
                  "出资额(万元)", "成立日期", "经营状态", "纳税状态"}};
const Form homes{
    "real_estate.registrations",
    "自然资源局",
    "不动产登记",
    {"权利人", "身份证号", "乡镇", "行政村", "不动产单元号", "坐落", "用途", "面积", "登记日期", "取得方式"}};
const Form housing_fund{"housing_fund.deposits",
                        "住房公积金中心",
                        "公积金缴存",
                        {"姓名", "身份证号", "乡镇", "行政村", "单位", "月缴存额", "账户状态"}};
const Form tax{"tax.income",
               "税务局",
               "个税及经营税",
               {"姓名", "身份证号", "乡镇", "行政村", "年度", "工资薪金收入", "经营所得", "开票金额"}};
const Form projects{
    "agriculture.projects",
    "农业农村局",
    "产业项目",
    {"姓名", "身份证号", "乡镇", "行政村", "项目", "规模", "投入", "状态", "损失(元)", "补贴金额"}};
const Form dead_animals{
    "agriculture.livestock_deaths",
    "农业农村局",
    "畜禽死亡",
    {"姓名", "身份证号", "乡镇", "行政村", "畜种", "死亡数量", "死亡日期", "死亡原因", "是否投保"}};
const Form machinery{"agriculture.machinery",
                     "农业农村局",
                     "农机具",
                     {"姓名", "身份证号", "乡镇", "行政村", "机具名称", "购置价"},
                     true};
const Form disaster{"emergency.disasters",
                    "应急管理局",
                    "灾情到户",
                    {"户主姓名", "身份证号", "乡镇", "行政村", "灾害名称", "灾害时间", "倒损房(间)",
                     "农作物受灾(亩)", "绝收(亩)", "死亡牲畜(头)", "伤亡人数", "直接损失(元)"}};
const Form water{"water.problems",
                 "水利局",
                 "饮水问题",
                 {"户主姓名", "身份证号", "乡镇", "行政村", "组", "水源类型", "问题类型", "停水起始",
                  "停水天数", "受影响人数"}};
const Form hotline{
    "hotline.orders",
    "信访局",
    "诉求工单",
    {"诉求人", "身份证号", "乡镇", "行政村", "工单号", "来电时间", "诉求类别", "内容", "办理单位"}};
const Form loans{"bank.microloans",
                 "银行",
                 "小额信贷台账",
                 {"借款人", "身份证号", "乡镇", "行政村", "贷款金额", "余额", "发放日", "到期日", "利率",
                  "贴息", "五级分类", "逾期天数"},
                 true};
const Form deposits{"bank.deposits",
                    "银行",
                    "存款查询结果",
                    {"姓名", "身份证号", "乡镇", "行政村", "开户行", "账号", "余额(元)", "查询日期"}};
const Form claims{
    "insurer.claims",
    "保险公司",
    "理赔",
    {"被保险人", "身份证号", "乡镇", "行政村", "保单号", "险种", "出险日期", "损失", "赔款", "支付日期"}};

class Month {
public:
    Month(const Clerks& clerks, Rng& rng) : clerks_(clerks), rng_(rng) {}

    std::vector<Sheet> all() {
        befell();
        living();
        if (clerks_.month.month() % 3 == 0) quarter();
        if (clerks_.month.month() == 4 || clerks_.month.month() == 10) asked_for();
        if (clerks_.month.month() == 7) flood();
        return std::move(sheets_);
    }

    /// So many orders of one day, or of days spread over the month.
    Sheet orders(std::size_t n, std::optional<Date> day) {
        static constexpr std::array<std::string_view, 4> kinds{"基本生活困难", "住房", "饮水", "医疗"};
        Sheet out{&hotline, {}, day.value_or(Date())};
        for (std::size_t i = 0; i < n; ++i) {
            const Date called = day ? *day : some_day();
            const auto number = "GD" + digits(called.iso()) + three(i + 1);
            out.rows.push_back(row_of(
                clerks_.division, head(),
                {number, called.iso(), std::string(kinds[rng_.weighted(std::array{0.2, 0.3, 0.2, 0.3})]),
                 "来电反映", "属地乡镇"}));
        }
        return out;
    }

private:
    void befell() {
        static constexpr std::array<std::string_view, 5> illnesses{"肺癌", "终末期肾病", "急性心肌梗死",
                                                                   "胃癌", "肝癌"};
        begin(diseases);
        for (auto n = one_in(3'000); n > 0; --n)
            add(adult(), {std::string(pick(illnesses)), some_day().iso(), "县人民医院",
                          rng_.chance(0.7) ? "是" : "否", ""});

        static constexpr std::array<std::string_view, 6> changes{"迁出", "迁入", "婚入",
                                                                 "婚出", "死亡", "服刑"};
        begin(registration);
        for (auto n = one_in(2'000); n > 0; --n) {
            const auto change = changes[rng_.weighted(std::array{0.35, 0.15, 0.2, 0.15, 0.1, 0.05})];
            add(adult(), {std::string(change), some_day().iso(), change == "迁出" ? "凉山州西昌市" : ""});
        }
        static constexpr std::array<std::string_view, 4> harms{"受伤", "无", "致残", "死亡"};
        begin(accidents);
        for (auto n = one_in(5'000); n > 0; --n)
            add(adult(), {"SG" + digits(month_text()) + three(n), some_day().iso(),
                          std::string(harms[rng_.weighted(std::array{0.5, 0.3, 0.12, 0.08})]), "次要责任"});

        static constexpr std::array<std::string_view, 3> problems{"停水", "水质不达标", "设施损坏"};
        begin(water);
        for (auto n = one_in(6'000); n > 0; --n) {
            const auto kind = rng_.weighted(std::array{0.6, 0.2, 0.2});
            add(head(),
                {"一组", "山泉水", std::string(problems[kind]), some_day().iso(),
                 kind == 0 ? std::to_string(rng_.between(1, 9)) : "", std::to_string(rng_.between(3, 40))});
        }
        sheets_.push_back(orders(one_in(4'000), {}));
    }

    void living() {
        // The same borrowers month by month; a few of them fall behind and stay so for a while.
        begin(loans);
        for (std::size_t i = 0; i < clerks_.heads.size(); i += 150) {
            const Date lent = *Date::from(clerks_.today.year() - 2, 3, 1 + static_cast<int>(i % 28));
            const bool behind =
                i % (150 * 16) == 0 && clerks_.month >= clerks_.today.first_of_month().plus_months(-4);
            const auto amount = 10'000 + static_cast<std::int64_t>(i * 37 % 40) * 1'000;
            add(*clerks_.heads[i],
                {yuan(amount * 100), yuan(amount * 60), lent.iso(), lent.plus_months(36).iso(), "4.35%",
                 "全额贴息", behind ? "关注" : "正常",
                 behind ? std::to_string(std::max(1, clerks_.month.last_of_month() -
                                                         clerks_.today.first_of_month().plus_months(-4)))
                        : "0"});
        }
        static constexpr std::array<std::string_view, 3> kinds{"防贫保", "种植险", "人身意外险"};
        begin(claims);
        for (auto n = one_in(2'500); n > 0; --n) {
            const Date happened = some_day();
            const auto loss = fen_of(100.0 * static_cast<double>(rng_.between(5, 150)));
            add(head(),
                {"BD" + digits(month_text()) + three(n), std::string(pick(kinds)), happened.iso(), yuan(loss),
                 yuan(loss * 6 / 10), happened.plus_days(static_cast<int>(rng_.between(5, 25))).iso()});
        }
        // What is newly registered in the month.
        static constexpr std::array<std::string_view, 4> cars{"小型轿车", "轻型货车", "三轮汽车",
                                                              "联合收割机"};
        begin(vehicles);
        for (auto n = one_in(4'000); n > 0; --n) {
            const auto kind = rng_.weighted(std::array{0.4, 0.2, 0.35, 0.05});
            const auto price = kind == 2 ? rng_.between(6, 15) : rng_.between(45, 180);
            add(adult(), {"川W" + digits(month_text()).substr(3) + three(n), "某某牌",
                          std::string(cars[kind]), some_day().iso(), yuan(price * 100'000)});
        }
    }

    void quarter() {
        begin(payroll);
        for (std::size_t i = 7; i < clerks_.villagers.size(); i += 700) {
            const auto& person = clerks_.villagers[i];
            if (person.age < 22 || person.age > 60) continue;
            const bool village = i % 3 != 0;
            add(person, {village ? "村民委员会" : "县第二中学", village ? "村干部补贴" : "事业",
                         yuan(village ? 180'000 : 520'000)});
        }
        if (sheets_.back().rows.empty()) add(adult(), {"村民委员会", "村干部补贴", yuan(180'000)});

        static constexpr std::array<std::string_view, 3> trades{"花椒种植", "黑山羊养殖", "蓝莓种植"};
        begin(projects);
        for (auto n = one_in(1'200); n > 0; --n) {
            const bool failed = rng_.chance(0.1);
            add(head(),
                {std::string(pick(trades)), std::to_string(rng_.between(2, 20)) + "亩",
                 yuan(rng_.between(5, 60) * 100'000), failed ? "失败" : "正常",
                 yuan(failed ? rng_.between(4, 30) * 100'000 : 0), yuan(rng_.between(0, 5) * 100'000)});
        }
        static constexpr std::array<std::string_view, 3> animals{"牛", "猪", "鸡"};
        begin(dead_animals);
        for (auto n = one_in(5'000); n > 0; --n)
            add(head(), {std::string(pick(animals)), std::to_string(rng_.between(1, 12)), some_day().iso(),
                         "疫病", rng_.chance(0.6) ? "是" : "否"});
        begin(machinery);
        for (std::size_t i = 3; i < clerks_.heads.size(); i += 900)
            add(*clerks_.heads[i], {"微耕机", yuan(320'000 + static_cast<std::int64_t>(i % 9) * 10'000)});
    }

    // What people own, as the departments answer when they are asked, twice a year.
    void asked_for() {
        begin(firms);
        for (auto n = one_in(8'000); n > 0; --n) {
            const std::string body = "91513431MA6" + five(rng_.below(100'000)) + "X";
            const bool active = rng_.chance(0.7);
            add(adult(), {"某某种养专业合作社" + three(n), body + CreditCode::check_character(body), "",
                          std::to_string(rng_.between(0, 50)), clerks_.month.plus_months(-30).iso(),
                          active ? "存续" : "注销", active && rng_.chance(0.5) ? "正常纳税" : "零申报"});
        }
        static constexpr std::array<std::string_view, 3> uses{"住宅", "商业", "宅基地"};
        static constexpr std::array<std::string_view, 4> ways{"购买", "易地搬迁", "继承", "自建"};
        begin(homes);
        for (auto n = one_in(2'000); n > 0; --n)
            add(adult(), {"513431" + digits(month_text()) + "F" + five(n), "新城镇", std::string(pick(uses)),
                          std::to_string(rng_.between(40, 160)), clerks_.month.plus_months(-18).iso(),
                          std::string(pick(ways))});
        begin(housing_fund);
        for (auto n = one_in(6'000); n > 0; --n)
            add(adult(),
                {"某某劳务公司", yuan(rng_.between(3, 12) * 10'000), rng_.chance(0.8) ? "正常" : "封存"});
        begin(tax);
        for (auto n = one_in(3'000); n > 0; --n)
            add(adult(), {std::to_string(clerks_.month.year() - 1), yuan(rng_.between(0, 80) * 100'000),
                          yuan(rng_.chance(0.2) ? rng_.between(1, 9) * 1'000'000 : 0), yuan(0)});
        begin(deposits);
        for (auto n = one_in(3'000); n > 0; --n)
            add(adult(), {"农村信用社", "62260000" + digits(month_text()) + five(n),
                          yuan(fen_of(std::exp(rng_.normal(std::log(4'000.0), 1.1)))), some_day().iso()});
    }

    // One township under water, once a year.
    void flood() {
        begin(disaster);
        const auto township = head().home->village.parent();
        const Date day = some_day();
        for (const auto* person : clerks_.heads) {
            if (person->home->village.parent() != township || !rng_.chance(0.06)) continue;
            const auto fields = rng_.between(1, 12);
            add(*person, {"洪涝", day.iso(), rng_.chance(0.08) ? "2" : "0", std::to_string(fields),
                          std::to_string(rng_.between(0, fields)), rng_.chance(0.1) ? "1" : "0", "0",
                          yuan(rng_.between(5, 200) * 10'000)});
        }
    }

    void begin(const Form& form) { sheets_.push_back({&form, {}}); }
    void add(const Villager& person, std::vector<std::string> own) {
        sheets_.back().rows.push_back(row_of(clerks_.division, person, std::move(own)));
    }
    /// A bureau reports every time, in a small county too.
    std::size_t one_in(std::size_t people) const {
        return std::max<std::size_t>(1, clerks_.villagers.size() / people);
    }
    const Villager& adult() {
        for (;;) {
            const auto& person = clerks_.villagers[rng_.below(clerks_.villagers.size())];
            if (person.age >= 18) return person;
        }
    }
    const Villager& head() { return *clerks_.heads[rng_.below(clerks_.heads.size())]; }
    Date some_day() {
        return clerks_.month.plus_days(
            static_cast<int>(rng_.below(static_cast<std::uint64_t>(clerks_.month.last_of_month().day()))));
    }
    template <std::size_t n>
    std::string_view pick(const std::array<std::string_view, n>& words) {
        return words[rng_.below(n)];
    }
    std::string month_text() const { return month_of(clerks_.month); }
    static std::string digits(const std::string& text) {
        std::string out;
        for (const char c : text)
            if (c >= '0' && c <= '9') out += c;
        return out;
    }
    static std::string padded(std::uint64_t n, std::size_t width) {
        const auto text = std::to_string(n);
        return std::string(width > text.size() ? width - text.size() : 0, '0') + text;
    }
    static std::string three(std::uint64_t n) { return padded(n, 3); }
    static std::string five(std::uint64_t n) { return padded(n, 5); }

    const Clerks& clerks_;
    Rng& rng_;
    std::vector<Sheet> sheets_;
};

}  // namespace

std::vector<Sheet> other_sheets(const Clerks& clerks, Rng& rng) { return Month(clerks, rng).all(); }

std::vector<Sheet> hotline_days(const Clerks& clerks, Rng& rng) {
    std::vector<Sheet> out;
    Month month(clerks, rng);
    for (Date day = clerks.month; day < clerks.today; day = day.plus_days(1))
        if (china_calendar().is_working_day(day)) out.push_back(month.orders(1 + rng.below(2), day));
    return out;
}

}  // namespace ballast::demo
