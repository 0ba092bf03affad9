#include "demo/feed_files.h"

#include <iconv.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "base/text.h"
#include "chinese/chinese.h"
#include "demo/names.h"
#include "demo/other_sheets.h"
#include "demo/sheet.h"
#include "feeds/calendar.h"
#include "table/table.h"

namespace ballast::demo {

using PF = registry::PersonField;
using HF = registry::HouseholdField;

Result<FaultProfile> fault_profile(std::string_view name) {
    if (name == "low") return FaultProfile::low;
    if (name == "mid") return FaultProfile::mid;
    if (name == "high") return FaultProfile::high;
    return invalid("demo.no_such_profile").with("name", std::string(name));
}

std::string_view name_of(FaultProfile profile) {
    return profile == FaultProfile::low ? "low" : profile == FaultProfile::mid ? "mid" : "high";
}

namespace {

struct Rates {
    double fault, stranger, doubled;
};
constexpr Rates rates_of(FaultProfile profile) {
    switch (profile) {
        case FaultProfile::low:
            return {0.02, 0.005, 0.002};
        case FaultProfile::mid:
            return {0.08, 0.02, 0.01};
        default:
            return {0.20, 0.05, 0.03};
    }
}

const Form medical{"medical.expenses",
                   "医保局",
                   "住院及门诊费用明细",
                   {"姓名", "身份证号", "乡镇", "行政村", "人员类别", "就诊医院", "医疗类别", "入院日期",
                    "出院日期", "诊断名称", "总费用(元)", "基本医保报销", "大病保险报销", "医疗救助",
                    "个人自付(元)", "年度累计自付(元)"}};
const Form uninsured{"medical.uninsured",
                     "医保局",
                     "未参保名单",
                     {"姓名", "身份证号", "乡镇", "行政村", "参保年度", "参保状态"},
                     true};
const Form work{"hr.employment",
                "人社局",
                "失业登记及务工返乡",
                {"姓名", "身份证号", "乡镇", "行政村", "务工地", "单位名称", "上岗日期", "离岗日期",
                 "返乡原因", "失业登记日期", "月工资(元)", "培训工种", "证书编号", "养老保险状态"}};
const Form school{"education.students",
                  "教育局",
                  "失学辍学及就学支出",
                  {"姓名", "身份证号", "乡镇", "行政村", "学校", "年级", "学籍号", "就读状态", "离校日期",
                   "监护人", "学费", "住宿费", "书费", "资助金额", "自付合计(元)"}};
const Form housing{"housing.dangerous",
                   "住建局",
                   "危房鉴定",
                   {"户主姓名", "身份证号", "乡镇", "行政村", "房屋地址", "结构", "建筑面积", "鉴定等级",
                    "鉴定日期", "改造状态"}};
const Form disability{
    "disability.certificates",
    "残联",
    "新办变更残疾人证",
    {"姓名", "身份证号", "乡镇", "行政村", "残疾证号", "残疾类别", "残疾等级", "发证日期", "两项补贴"}};
const Form relief{"civil_affairs.relief",
                  "民政局",
                  "低保特困临时救助增减",
                  {"姓名", "身份证号", "乡镇", "行政村", "救助类别", "保障人数", "月保障金(元)", "起始年月",
                   "停发年月", "停发原因"}};

std::string to_gb18030(const std::string& utf8) {
    const iconv_t converter = iconv_open("GB18030", "UTF-8");
    INVARIANT(converter != reinterpret_cast<iconv_t>(-1));
    std::string out(utf8.size() * 2 + 16, '\0');
    char* from = const_cast<char*>(utf8.data());
    char* to = out.data();
    std::size_t left = utf8.size(), room = out.size();
    const auto done = iconv(converter, &from, &left, &to, &room);
    iconv_close(converter);
    INVARIANT(done != static_cast<std::size_t>(-1));
    out.resize(out.size() - room);
    return out;
}

class Year {
public:
    Year(const County& county, const areas::Division& division, FaultProfile profile, std::uint64_t seed,
         std::string folder)
        : county_(county),
          division_(division),
          rates_(rates_of(profile)),
          rng_(Rng(seed).fork(2)),
          faults_(Rng(seed).fork(3)),
          others_(Rng(seed).fork(4)),
          folder_(std::move(folder)) {
        for (const auto& home : county.households)
            for (const auto& member : home.members) {
                const bool ex_poor = !home.values.is(HF::household_kind, "01");
                villagers_.push_back({&home, &member, chinese::normalised_name(member.values[PF::name]),
                                      age_on(*member.values.date(PF::birth), county.today), ex_poor});
            }
        for (const auto& villager : villagers_) {
            ++in_village_[{villager.home->village.number(), villager.normalised}];
            ++in_township_[{villager.home->village.parent().number(), villager.normalised}];
            if (villager.is(PF::labour, "1") || villager.is(PF::labour, "2"))
                if (villager.member->values.has(PF::work_place)) workers_.push_back(&villager);
            if (villager.member->head()) heads_.push_back(&villager);
        }
        self_paid_.resize(villagers_.size());
    }

    Result<std::vector<SentFile>> write() {
        std::filesystem::create_directories(folder_ + "/feeds");
        truth_ = "file,sheet,row,feed,household_no,id_number,fault,expected\n";
        // Wages are compared with the same months a year before, so the bureau's sheets reach a quarter
        // further back.
        for (int back = 15; back >= 1; --back) {
            month_ = county_.today.first_of_month().plus_months(-back);
            if (back > 12) {
                TRY(file(work, work_rows(back)));
                continue;
            }
            if (month_.month() == 1) std::fill(self_paid_.begin(), self_paid_.end(), 0);
            TRY(file(medical, medical_rows()));
            TRY(file(uninsured, uninsured_rows()));
            TRY(file(work, work_rows(back)));
            if (month_.month() == 3 || month_.month() == 9) TRY(file(school, school_rows()));
            TRY(file(housing, housing_rows()));
            // Last month's certificates have not come yet, and of the relief only a part: two alarms to look
            // at.
            if (back > 1) TRY(file(disability, disability_rows()));
            auto relieved = relief_rows();
            if (back == 1) relieved.resize(std::max<std::size_t>(1, relieved.size() / 3), relieved.front());
            TRY(file(relief, std::move(relieved)));
            const Clerks clerks{division_, county_, villagers_, heads_, month_, county_.today};
            for (auto& sheet : other_sheets(clerks, others_)) TRY(file(*sheet.form, std::move(sheet.rows)));
        }
        month_ = county_.today.first_of_month();
        const Clerks clerks{division_, county_, villagers_, heads_, month_, county_.today};
        for (auto& day : hotline_days(clerks, others_)) TRY(file(*day.form, std::move(day.rows), day.day));
        std::ofstream out(folder_ + "/truth.csv", std::ios::binary);
        out << truth_;
        out.flush();
        if (!out) return unavailable("table.cannot_write").with("file", "truth.csv");
        std::ranges::stable_sort(files_, {}, &SentFile::sent_on);
        return files_;
    }

private:
    Date day_in_month() {
        return month_.plus_days(
            static_cast<int>(rng_.below(static_cast<std::uint64_t>(month_.last_of_month().day()))));
    }
    const Villager& anyone() { return villagers_[rng_.below(villagers_.size())]; }

    SentRow row(const Villager& person, std::vector<std::string> own) {
        return row_of(division_, person, std::move(own));
    }

    std::vector<SentRow> medical_rows() {
        static constexpr std::string_view hospitals[] = {"县人民医院", "县中医医院", "州第一人民医院",
                                                         "中心卫生院", "省人民医院"};
        static constexpr std::string_view illnesses[] = {
            "肺炎",   "高血压",           "骨折",   "胆囊结石", "阑尾炎",
            "脑梗死", "慢性阻塞性肺疾病", "肝硬化", "胃溃疡",   "恶性肿瘤"};
        std::vector<SentRow> rows;
        const auto bill = [&](std::size_t index, bool inpatient, double self_paid) {
            const auto& person = villagers_[index];
            const auto self = fen_of(self_paid * (person.ex_poor ? 0.75 : 1.0));
            self_paid_[index] += self;
            const auto total = self * 100 / static_cast<std::int64_t>(25 + rng_.below(20));
            const auto basic = (total - self) * 9 / 10;
            const Date out_on = day_in_month();
            const Date in_on = out_on.plus_days(-static_cast<int>(rng_.between(2, 14)));
            const auto kind = person.home->values[HF::household_kind];
            rows.push_back(row(
                person,
                {kind == "01"   ? "一般农户"
                 : kind == "02" ? "脱贫户"
                                : "监测户",
                 std::string(hospitals[rng_.below(std::size(hospitals))]), inpatient ? "住院" : "门诊慢特病",
                 inpatient ? in_on.iso() : "", inpatient ? out_on.iso() : "",
                 std::string(illnesses[rng_.below(std::size(illnesses))]), yuan(total), yuan(basic), yuan(0),
                 yuan(total - self - basic), yuan(self), yuan(self_paid_[index])}));
        };
        for (std::size_t i = 0; i < villagers_.size(); ++i) {
            const int age = villagers_[i].age;
            if (rng_.chance(age < 40 ? 0.004 : age < 60 ? 0.008 : 0.018))
                bill(i, true,
                     rng_.chance(0.015) ? std::exp(rng_.normal(std::log(18'000.0), 0.7))
                                        : std::exp(rng_.normal(std::log(1'000.0), 0.85)));
            if (villagers_[i].is(PF::health, "2") && rng_.chance(0.12))
                bill(i, false, std::exp(rng_.normal(std::log(110.0), 0.7)));
        }
        return rows;
    }

    std::vector<SentRow> uninsured_rows() {
        std::vector<SentRow> rows;
        for (const auto& person : villagers_)
            if (person.is(PF::medical, "9"))
                rows.push_back(row(person, {std::to_string(month_.year()), "未参保"}));
        return rows;
    }

    std::vector<SentRow> work_rows(int months_ago) {
        static constexpr std::string_view places[] = {"成都市", "西昌市", "东莞市", "佛山市",
                                                      "宁波市", "昭觉县", "绵阳市", "泉州市"};
        static constexpr std::string_view firms[] = {"某某电子有限公司", "某某建筑劳务公司", "某某制衣厂",
                                                     "某某物流公司",     "某某家具厂",       "某某餐饮店"};
        static constexpr std::string_view reasons[] = {"企业裁员", "合同到期", "照顾家人", "患病",
                                                       "工程结束"};
        std::vector<SentRow> rows;
        for (std::size_t i = 0; i < workers_.size(); ++i) {
            const auto& person = *workers_[i];
            const std::string place(places[i % std::size(places)]), firm(firms[i % std::size(firms)]);
            if (i % 25 == 0) {  // of these the bureau knows the wage, month by month
                const bool falls = i % (25 * 12) == 0 && months_ago <= 3;
                const auto wage = fen_of(10 * std::floor(350 + static_cast<double>((i * 7919) % 180))) *
                                  (falls ? 6 : 10) / 10;
                rows.push_back(row(person, {place, firm, "", "", "", "", yuan(wage), "", "", "正常缴费"}));
            } else if (rng_.chance(0.0025)) {
                const Date left = day_in_month();
                const bool registered = rng_.chance(0.7);
                rows.push_back(
                    row(person,
                        {place, firm, "", left.iso(), std::string(reasons[rng_.below(std::size(reasons))]),
                         registered ? left.plus_days(static_cast<int>(rng_.between(1, 20))).iso() : "", "",
                         "", "", "断缴"}));
                if (rng_.chance(0.6))
                    back_to_work_.emplace_back(left.plus_days(static_cast<int>(rng_.between(20, 90))),
                                               &person);
            }
        }
        for (const auto& [day, person] : back_to_work_)
            if (day.first_of_month() == month_)
                rows.push_back(row(*person, {"西昌市", "某某商贸公司", day.iso(), "", "", "",
                                             yuan(fen_of(10.0 * static_cast<double>(rng_.between(280, 480)))),
                                             "", "", "正常缴费"}));
        return rows;
    }

    std::vector<SentRow> school_rows() {
        std::vector<SentRow> rows;
        for (const auto& person : villagers_) {
            const auto& guardian = person.home->members.front().values[PF::name];
            const auto student_no = "G" + person.id();
            if (person.age >= 6 && person.age < 16) {
                if (!rng_.chance(0.006)) continue;
                const double draw = rng_.uniform();
                const bool gone = draw < 0.35;
                rows.push_back(row(person, {person.age < 12 ? "镇中心小学" : "县民族中学",
                                            person.age < 12 ? "小学" : "初中", student_no,
                                            gone         ? "辍学"
                                            : draw < 0.7 ? "送教上门"
                                            : draw < 0.8 ? "休学"
                                                         : "在读",
                                            gone ? day_in_month().iso() : "", guardian, "0.00", "0.00",
                                            "0.00", "0.00", "0.00"}));
            } else if (!person.is(PF::student, "00") && person.age >= 15 && rng_.chance(0.55)) {
                const auto tuition = fen_of(100.0 * static_cast<double>(rng_.between(8, 60)));
                const auto boarding = fen_of(100.0 * static_cast<double>(rng_.between(6, 14)));
                const auto books = fen_of(10.0 * static_cast<double>(rng_.between(30, 90)));
                const auto living =
                    rng_.chance(0.08) ? fen_of(100.0 * static_cast<double>(rng_.between(60, 160))) : 0;
                const auto grant =
                    std::min(tuition, rng_.chance(person.ex_poor ? 0.8 : 0.3)
                                          ? fen_of(100.0 * static_cast<double>(rng_.between(10, 40)))
                                          : 0);
                rows.push_back(row(person, {person.age < 18 ? "县职业技术学校" : "省内高校",
                                            person.age < 18 ? "高中阶段" : "大专及以上", student_no, "在读",
                                            "", guardian, yuan(tuition + living), yuan(boarding), yuan(books),
                                            yuan(grant), yuan(tuition + living + boarding + books - grant)}));
            }
        }
        return rows;
    }

    std::vector<SentRow> housing_rows() {
        static constexpr std::string_view structures[] = {"砖混", "砖木", "土木", "钢筋混凝土"};
        std::vector<SentRow> rows;
        const auto n = std::max<std::uint64_t>(2, heads_.size() / 2'500);
        for (std::uint64_t i = 0; i < n; ++i) {
            const auto& person = *heads_[rng_.below(heads_.size())];
            const double draw = rng_.uniform();
            const bool bad = draw >= 0.55;
            const double state = rng_.uniform();
            rows.push_back(row(person, {person.home->values[HF::address],
                                        std::string(structures[rng_.below(std::size(structures))]),
                                        std::to_string(rng_.between(40, 160)),
                                        draw < 0.15   ? "A级"
                                        : draw < 0.55 ? "B级"
                                        : draw < 0.88 ? "C级"
                                                      : "D级",
                                        day_in_month().iso(),
                                        !bad           ? ""
                                        : state < 0.6  ? "未改造"
                                        : state < 0.75 ? "改造中"
                                        : state < 0.9  ? "已改造"
                                                       : "另有安全住房"}));
        }
        return rows;
    }

    std::vector<SentRow> disability_rows() {
        static constexpr std::string_view kinds[] = {"视力", "听力", "言语", "肢体", "智力", "精神", "多重"};
        static constexpr std::string_view grades[] = {"一级", "二级", "三级", "四级"};
        std::vector<SentRow> rows;
        const auto n = std::max<std::uint64_t>(2, villagers_.size() / 3'300);
        for (std::uint64_t i = 0; i < n || rows.empty(); ++i) {
            const auto& person = anyone();
            if (person.age < 30 && rng_.chance(0.8)) continue;
            const auto kind = rng_.below(7), grade = rng_.weighted(std::array{0.12, 0.25, 0.33, 0.30});
            rows.push_back(row(person, {person.id() + std::to_string(kind + 1) + std::to_string(grade + 1),
                                        std::string(kinds[kind]), std::string(grades[grade]),
                                        day_in_month().iso(), grade < 2 ? "重度残疾人护理补贴" : ""}));
        }
        return rows;
    }

    std::vector<SentRow> relief_rows() {
        static constexpr std::string_view reasons[] = {"收入增加", "死亡", "户籍迁出", "逾期未复核", "其他"};
        std::vector<SentRow> rows;
        const auto portion = [&](double per_head) {
            return static_cast<int>(per_head * static_cast<double>(heads_.size())) + 1;
        };
        const auto head = [&]() -> const Villager& { return *heads_[rng_.below(heads_.size())]; };
        const auto size = [](const Villager& v) { return std::to_string(v.home->members.size()); };
        for (int i = portion(0.0008); i > 0; --i) {
            const auto& person = head();
            rows.push_back(row(
                person, {"低保", size(person), yuan(fen_of(10.0 * static_cast<double>(rng_.between(25, 45)))),
                         month_of(month_), "", ""}));
        }
        int stops = portion(0.0005);
        for (int tries = 0; stops > 0 && tries < 2'000; ++tries) {
            const auto& person = head();
            if (!person.home->values.is(HF::low_income, "1")) continue;
            --stops;
            rows.push_back(
                row(person, {"低保", size(person), yuan(fen_of(320)), "", month_of(month_),
                             std::string(reasons[rng_.weighted(std::array{0.5, 0.15, 0.05, 0.2, 0.1})])}));
        }
        // Temporary aid goes to the same few families more often than chance would have it.
        for (int i = portion(0.0012); i > 0; --i) {
            const auto& person = *heads_[rng_.below(std::max<std::size_t>(1, heads_.size() / 25))];
            rows.push_back(
                row(person, {"临时救助", "1", yuan(fen_of(100.0 * static_cast<double>(rng_.between(5, 40)))),
                             month_of(month_), "", ""}));
        }
        for (int i = portion(0.0002); i > 0; --i)
            rows.push_back(row(head(), {"低保边缘", "1", "", month_of(month_), "", ""}));
        return rows;
    }

    // What becomes of a row on its way, and what linking must then find.
    Expected by_name(const SentRow& sent) const {
        const auto normalised = chinese::normalised_name(sent.cells[name_column]);
        const auto count_in = [&](const auto& counts, std::int64_t area) {
            const auto found = counts.find({area, normalised});
            return found == counts.end() ? 0 : found->second;
        };
        if (!sent.cells[village_column].empty())
            return count_in(in_village_, sent.person->home->village.number()) == 1 ? Expected::candidate
                                                                                   : Expected::unmatched;
        if (!sent.cells[township_column].empty())
            return count_in(in_township_, sent.person->home->village.parent().number()) == 1
                       ? Expected::candidate
                       : Expected::unmatched;
        return Expected::unmatched;
    }

    void spoil(SentRow& sent) {
        auto& id = sent.cells[id_column];
        auto& name = sent.cells[name_column];
        switch (faults_.weighted(std::array{3.0, 2.0, 2.0, 1.5, 2.0, 2.5, 1.0, 1.0, 1.0, 1.5, 1.0, 0.7})) {
            case 0:
                sent.fault = "missing_id";
                id.clear();
                sent.expected = by_name(sent);
                break;
            case 1: {
                // One digit of the sequence or check changed: the number no longer adds up, birth date and
                // sex can still be read.
                sent.fault = "wrong_id";
                std::size_t at = 14 + faults_.below(2);
                // A number that ends in 000 looks like one that a spreadsheet has rounded; of one that does
                // so already, the digit that mends it is changed.
                if (id.ends_with("000")) at = 15;
                const char right = id[at];
                do id[at] = static_cast<char>('0' + faults_.below(10));
                while (id[at] == right || id.ends_with("000"));
                sent.expected = by_name_and_birth(sent);
                break;
            }
            case 2:
                sent.fault = "id_of_15_digits";
                if (id.compare(6, 2, "19") != 0) {
                    sent.fault.clear();
                    break;
                }  // the old numbers ended with the century
                id = id.substr(0, 6) + id.substr(8, 9);
                break;
            case 3:
                sent.fault = "id_damaged_by_spreadsheet";
                id = id.substr(0, 1) + "." + id.substr(1, 5) + "E+17";
                sent.expected = Expected::invalid;
                break;
            case 4: {
                sent.fault = "homophone";
                const auto other = homophone_of(faults_, name);
                if (other == name) {
                    sent.fault.clear();
                    break;
                }
                name = other;
                sent.expected = Expected::candidate;
                break;
            }
            case 5:
                sent.fault = "name_variant";
                name = variant_of(faults_, name);
                break;
            case 6:
                sent.fault = "id_full_width";
                for (std::string narrow = std::exchange(id, ""); const char c : narrow)
                    id += text::utf8(std::u32string(1, static_cast<char32_t>(c) + 0xFEE0));
                break;
            case 7:
                sent.fault = "id_with_blanks";
                id = " " + id.substr(0, 6) + " " + id.substr(6) + " ";
                break;
            case 8:
                sent.fault = "id_apostrophe";
                id = "'" + id;
                break;
            case 9:
                sent.fault = "fields_swapped";
                std::swap(id, name);
                sent.expected = Expected::invalid;
                break;
            case 10:
                sent.fault = "id_lower_case_x";
                if (id.back() != 'X') {
                    sent.fault.clear();
                    break;
                }
                id.back() = 'x';
                break;
            default:
                sent.fault = "missing_id_and_village";
                id.clear();
                sent.cells[village_column].clear();
                sent.expected = by_name(sent);
        }
    }

    Expected by_name_and_birth(const SentRow& sent) const {
        // The damaged number still tells birth date and sex (its 17th digit is untouched): of several with
        // the name only those with both remain.
        int same = 0;
        for (const auto* other :
             named(sent.person->home->village.number(), chinese::normalised_name(sent.cells[name_column])))
            same += other->member->values[PF::birth] == sent.person->member->values[PF::birth] &&
                    other->member->values[PF::sex] == sent.person->member->values[PF::sex];
        return same == 1 ? Expected::candidate : Expected::unmatched;
    }

    std::vector<const Villager*> named(std::int64_t village, const std::string& normalised) const {
        if (by_village_.empty())
            for (const auto& villager : villagers_)
                by_village_[villager.home->village.number()].push_back(&villager);
        std::vector<const Villager*> out;
        for (const auto* villager : by_village_.at(village))
            if (villager->normalised == normalised) out.push_back(villager);
        return out;
    }

    SentRow stranger(const SentRow& like) {
        SentRow out = like;
        out.person = nullptr;
        out.fault = "stranger";
        out.expected = Expected::unmatched;
        const Sex sex = faults_.chance(0.5) ? Sex::male : Sex::female;
        const Date birth = county_.today.plus_days(-static_cast<int>(faults_.between(18 * 365, 80 * 365)));
        out.cells[id_column] =
            CitizenId::compose("110105", birth, static_cast<int>(faults_.below(500)) * 2 + (sex == Sex::male))
                .reveal();
        out.cells[name_column] = "外" + draw_name(faults_, draw_family_name(faults_, People::han),
                                                  sex);  // 外 is no surname here: nobody has this name
        return out;
    }

    /// `day`: of a daily sheet.
    Result<void> file(const Form& form, std::vector<SentRow> rows, std::optional<Date> day = {}) {
        std::vector<SentRow> sent;
        std::unordered_set<std::string> keys;
        for (auto& clean : rows) {
            if (*clean.person->member->values.date(PF::birth) >= month_)
                continue;                                         // nobody is on file before birth
            if (!keys.insert(key(form, clean)).second) continue;  // a bureau lists a thing once a month
            const bool doubled = faults_.chance(rates_.doubled);
            const bool from_elsewhere = faults_.chance(rates_.stranger);
            if (from_elsewhere) sent.push_back(stranger(clean));
            if (faults_.chance(rates_.fault)) {
                spoil(clean);
                // A disability certificate begins with its holder's ID number: what is missing in one place
                // must not stand in the other.
                if (&form == &disability && clean.cells[id_column] != clean.person->id())
                    clean.cells[first_own_column].clear();
            }
            sent.push_back(clean);
            if (doubled) {
                auto again = clean;
                again.fault = again.fault.empty() ? "doubled" : again.fault + "+doubled";
                again.expected = Expected::invalid;
                sent.push_back(std::move(again));
            }
        }
        if (sent.empty()) return {};  // a bureau with nothing to report sends nothing
        const auto index = files_.size();
        const bool workbook = index % 3 != 1;
        const bool gb = !workbook && index % 2 == 0;
        const auto stem = std::string(form.department) + "_" + std::string(form.title) + "_" +
                          county_.area.short_digits() + "_" + compact(day) + "_01";
        const std::string path = "feeds/" + stem + (workbook ? ".xlsx" : ".csv");
        const std::string title = workbook || form.repeats
                                      ? std::string(division_.find(county_.area)->name) +
                                            std::string(form.title) + "（" + month_of(month_) + "）"
                                      : "";

        auto writer = TRY(
            table::Writer::create(folder_ + "/" + path, workbook ? table::Format::xlsx : table::Format::csv));
        std::vector<table::Writer::Column> columns;
        for (const auto heading : form.headings)
            columns.push_back({std::string(heading), table::Writer::Type::text, 16});
        const std::string sheet = workbook ? std::string(form.title) : "";
        TRY(writer->sheet(sheet, columns, title));
        std::int64_t at = title.empty() ? 2 : 3;  // after the title row and the header
        for (const auto& one : sent) {
            TRY(writer->row(one.cells));
            note(path, sheet, at++, form, one);
        }
        if (workbook) {
            std::vector<std::string> total(form.headings.size());
            total[0] = "合计";
            total[1] = std::to_string(sent.size()) + "条";
            TRY(writer->row(total));
        }
        TRY(writer->finish());
        if (gb) recode(folder_ + "/" + path);
        files_.push_back({path, std::string(form.feed), month_of(month_), day ? *day : sent_on(form)});
        return {};
    }

    std::string compact(std::optional<Date> day) const {
        const auto iso = day.value_or(month_).iso();
        return iso.substr(0, 4) + iso.substr(5, 2) + (day ? iso.substr(8) : "");
    }

    /// On the day when the sheet is due; the water bureau has been late once.
    Date sent_on(const Form& form) const {
        const Date due = feeds::deadline(*feeds::contract(std::string(form.feed)).value(), month_of(month_))
                             .value_or(month_.last_of_month());
        const bool late =
            form.feed == "water.problems" && month_ == county_.today.first_of_month().plus_months(-4);
        return late ? due.plus_days(6) : due;
    }

    static std::string key(const Form& form, const SentRow& row) {
        std::string out = row.person->id();
        const bool by_person = &form == &housing || &form == &disability;
        const std::size_t last = by_person          ? first_own_column
                                 : &form == &relief ? first_own_column + 1
                                                    : row.cells.size();
        for (std::size_t i = first_own_column; i < last; ++i) out += "|" + row.cells[i];
        return out;
    }

    void note(const std::string& path, const std::string& sheet, std::int64_t at, const Form& form,
              const SentRow& sent) {
        truth_ += path + "," + sheet + "," + std::to_string(at) + "," + std::string(form.feed) + ",";
        if (sent.person)
            truth_ += sent.person->home->household_no + "," + sent.person->id();
        else
            truth_ += ",";
        truth_ += "," + sent.fault + "," + std::string(word(sent.expected)) + "\n";
    }

    static void recode(const std::string& path) {
        std::ifstream in(path, std::ios::binary);
        std::string bytes((std::istreambuf_iterator<char>(in)), {});
        in.close();
        if (bytes.starts_with("\xEF\xBB\xBF")) bytes.erase(0, 3);
        std::ofstream(path, std::ios::binary | std::ios::trunc) << to_gb18030(bytes);
    }

    const County& county_;
    const areas::Division& division_;
    Rates rates_;
    Rng rng_, faults_, others_;
    std::string folder_;
    Date month_;
    std::vector<Villager> villagers_;
    std::vector<const Villager*> workers_, heads_;
    std::vector<std::int64_t> self_paid_;  // fen since January, by villager
    std::vector<std::pair<Date, const Villager*>> back_to_work_;
    std::map<std::pair<std::int64_t, std::string>, int> in_village_, in_township_;
    mutable std::unordered_map<std::int64_t, std::vector<const Villager*>> by_village_;
    std::string truth_;
    std::vector<SentFile> files_;
};

}  // namespace

Result<std::vector<SentFile>> write_year(const County& county, const areas::Division& division,
                                         FaultProfile profile, std::uint64_t seed,
                                         const std::string& folder) {
    return Year(county, division, profile, seed, folder).write();
}

}  // namespace ballast::demo
