#include "demo/forms.h"

#include <algorithm>

#include "casework/consent.h"
#include "registry/income.h"

namespace ballast::demo {
namespace {

using namespace casework;
using enum Action;

/// "" a household below the line with a risk; "sudden" above it, struck by an event; "well" without a risk;
/// "coping" above it, with a gap that it can close by itself.
Visit visit(const Writing& w) {
    const bool poor = w.what.empty(), sudden = w.what == "sudden", well = w.what == "well";
    Visit v;
    v.visited_on = w.day;
    v.investigators = {{w.who.name, w.who.account, "village", true}, {"何志强", "", "work_team", true}};
    const auto members = std::max<std::int64_t>(1, std::ssize(w.file.around.members));
    const auto yuan = members * (poor ? w.rng.between(3'900, 6'400) : w.rng.between(12'500, 17'500));
    const auto share = [&](std::int64_t percent) { return Money::yuan(yuan * percent / 100); };
    v.income = {{"I1", share(55)}, {"I2", share(50)}, {"E1", share(18)}, {"I3", share(2)}, {"I4", share(11)}};
    if (poor) v.income.push_back({"D1", share(12)});
    if (sudden) v.income.push_back({"D1", share(30)});
    const std::string_view gap = w.story.code == "09"   ? "housing"
                                 : w.story.code == "10" ? "water"
                                 : w.story.code == "01" ? "medical"
                                                        : "";
    for (const char* item : {"food", "clothing", "education", "medical", "housing", "water"})
        v.guarantees.push_back({item, item == gap && !well ? "at_risk" : "secured", ""});
    if (poor) v.assets = {{"livestock", "猪两头、鸡十余只", Money::yuan(w.rng.between(15, 60) * 100)}};
    if (w.what == "coping") v.assets = {{"deposit", "家庭存款", Money::yuan(w.rng.between(30, 80) * 1'000)}};
    v.risk_confirmed = !well;
    if (!well) v.risks = {std::string(w.story.code)};
    v.sudden_event = v.severe_difficulty = sudden;
    v.self_coping = w.what == "coping";
    v.findings = well ? "入户核实，家庭收入稳定，反映的困难已经缓解，未发现返贫风险" : w.story.found;
    v.signed_by_household = v.signed_by_investigators = true;
    v.photos = {w.photo};
    return v;
}

Consent consent(const Writing& w) {
    Consent c;
    const auto& members = w.file.around.members;
    const auto eldest = std::ranges::max_element(members, {}, &Surroundings::Member::age);
    for (const auto& one : members) {
        const bool child = one.age < own_signature_age;
        c.parties.push_back({one.person,
                             "",
                             "",
                             "member",
                             child ? "guardian" : "self",
                             child ? eldest->name : "",
                             {w.photo}});
    }
    c.items = {"vehicle", "real_estate", "market", "payroll", "social_security"};
    c.purpose = "防止返贫动态监测认定";
    c.from = w.day;
    c.to = w.day.plus_months(12);
    c.promise_of_truth = true;
    return c;
}

Comparison comparison(const Writing& w) {
    Comparison c;
    c.compared_on = w.day;
    for (const auto& party : w.file.now.consent->parties)
        if (party.person) c.persons.push_back(*party.person);
    c.items = w.file.now.consent->items;
    if (w.what == "car")
        c.hits = {{"N3", "hard", c.persons.front(), "登记有小型轿车一辆，价格十二万元", "公安局"}};
    if (w.what == "post") c.hits = {{"N1", "soft", c.persons.front(), "按月领取财政供养人员工资", "财政局"}};
    if (c.hits.empty()) c.note = "未发现疑点";
    return c;
}

Explanation explanation(const Writing& w) {
    const bool car = w.file.now.hits.front().hit.rule == "N3";
    return {0, car ? "车辆已于上年出售，尚未过户" : "仅为村民小组长误工补贴，并非财政供养", {w.photo}};
}

Review minutes(const Writing& w) {
    Review r;
    const bool lost = w.what == "lost";
    r.held_on = w.day;
    r.place = "村委会会议室";
    r.chair = "村党支部书记";
    r.recorder = w.who.name;
    r.entitled = w.rng.between(24, 39);
    r.present = r.entitled - w.rng.between(1, 6);
    r.relatives_present = w.rng.between(0, 2);
    r.abstained = r.relatives_present + w.rng.between(0, 1);
    r.votes_against = lost ? (r.present - r.abstained) * 2 / 3 : w.rng.between(0, 2);
    r.votes_for = r.present - r.abstained - r.votes_against;
    r.comparison_read_out = true;
    r.minutes = lost ? "多数代表认为该户有稳定的经营收入，暂不符合条件" : "到会代表一致认为该户困难属实";
    if (lost) r.reason = "民主评议未通过：该户有稳定的经营收入";
    r.photos = {w.photo};
    return r;
}

Approval approval(const Writing& w) {
    Approval a;
    a.opinion = "材料齐全，程序合规，同意纳入监测";
    const auto& proposed = w.file.around.proposed_category;
    a.category = proposed.value_or(w.file.around.ex_poor ? "unstable_ex_poor" : "marginal");
    if (!proposed) a.category_reason = "综合收入、支出和家庭实际困难研判";
    a.late_reason = "补充佐证材料用时较长";
    const Date last = overall_due(w.file.terms, w.file.now.day_zero, w.file.now.extension_days,
                                  w.file.now.paused_days(w.day))
                          .last_day;
    if (w.day <= last) a.late_reason.clear();
    a.no_relation = true;
    return a;
}

Reasoned reasoned(const Writing& w, Action action) {
    Reasoned r;
    r.no_relation = true;
    switch (action) {
        case refuse_consent:
            r.reason = "户主不同意查询家庭成员资产，经宣讲仍不愿授权";
            break;
        case withdraw_consent:
            r.reason = "户主要求撤回授权";
            break;
        case reject_asset:
            r.reason = "名下轿车价格超过标准，限期内未能说明";
            break;
        case reject_objection:
            r.reason = "经核查，异议反映的经营收入属实，不符合条件";
            break;
        case reject_township:
            r.reason = "乡镇复核，家庭收入稳定，风险已消除";
            break;
        case reject_county:
            r.reason = "县级审定，家庭收入高于监测范围且无突发困难";
            break;
        case pause:
            r.reason = "大雪封山，道路中断，无法入户";
            break;
        case resume:
            r.reason = "道路已抢通";
            break;
        case close:
            r.why = w.what;
            r.reason = w.what == "no_risk"             ? "核实后没有返贫风险"
                       : w.what == "resolved_on_spot"  ? "供水管道已修复，困难当场解决"
                       : w.what == "single_difficulty" ? "属单项困难，转教育资助办理"
                       : w.what == "watch_list"        ? "家庭有自主应对能力，列入关注名单"
                       : w.what == "moved_away"        ? "全家已迁往外县，信息已移交"
                       : w.what == "all_deceased"      ? "家庭成员均已死亡"
                                                       : "户籍已转为城镇，不属农村人口";
            break;
        default:
            INVARIANT(false);
    }
    return r;
}

}  // namespace

Facts form_of(Action action, const Writing& w) {
    const std::string helper = "周德明";
    switch (action) {
        case verify:
            return visit(w);
        case authorise:
            return consent(w);
        case compare:
            return comparison(w);
        case explain:
            return explanation(w);
        case judge:
        case judge_county:
            return Judgement{0, true, "证明材料属实，说明成立", true};
        case review:
            return minutes(w);
        case publicise:
            return Posting{w.day, "12317", "村务公开栏", {w.photo}, "", ""};
        case end_publicity:
            return TakenDown{w.day, {w.photo}};
        case dismiss_objection:
            return Inquiry{w.day, "经走访核查，异议所反映的情况不实", true, {w.photo}};
        case restart_publicity:
            return Inquiry{w.day, "公示张贴位置不显眼，重新公示", true, {w.photo}};
        case repeat_review:
            return Inquiry{w.day, "评议时有近亲属参加表决，应重新评议", true, {w.photo}};
        case township_review: {
            TownshipReview r{"材料齐全，同意上报", {}, true};
            if (w.file.around.sample_due) r.sample_visit = SampleVisit{w.day, "入户抽查，情况属实"};
            return r;
        }
        case return_township:
        case return_county:
            return Returned{{"补充诊断证明或其他佐证材料"}};
        case correct: {
            const auto open =
                std::ranges::find_if(w.file.now.corrections, [](const Correction& one) { return !one.note; });
            return Corrected{open - w.file.now.corrections.begin(), "已补充，附照片", {w.photo}};
        }
        case approve:
            return approval(w);
        case enrol:
            return Enrolment{w.day, w.file.around.has_helper ? "" : helper, {}, "", {}, {}, ""};
        case green_help:
            return GreenHelp{std::string(w.story.danger),
                             std::string(w.story.help),
                             w.day,
                             "乡镇社会事务办",
                             Money::yuan(w.rng.between(5, 30) * 100),
                             {w.photo}};
        case extend:
            return Extension{5, "说明疑点需要时间"};
        default:
            return reasoned(w, action);
    }
}

bool wants_photo(Action action) {
    switch (action) {
        case verify:
        case authorise:
        case explain:
        case review:
        case publicise:
        case end_publicity:
        case dismiss_objection:
        case restart_publicity:
        case repeat_review:
        case correct:
        case green_help:
            return true;
        default:
            return false;
    }
}

}  // namespace ballast::demo
