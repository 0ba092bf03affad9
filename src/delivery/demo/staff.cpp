#include "demo/staff.h"

#include <algorithm>
#include <array>
#include <optional>

#include "audit/users.h"
#include "base/result.h"
#include "demo/make.h"

namespace ballast::demo {
namespace {

using auth::Role;

struct Account {
    std::string_view account, name, title;
    Role role;
    AreaLevel level;
    std::string_view department;
    std::optional<Role> also = {};
};
constexpr std::string_view password = "ballast-demo";
constexpr std::array on_the_sign_in_page{
    // Who opens a list behind a printed figure must be allowed to see it; an editor alone sees the figure.
    Account{"county", "李玉兰", "县级业务员 County officer", Role::county_officer, AreaLevel::county, "",
            Role::editor},
    Account{"leader", "王建军", "县级审定领导 County leader", Role::county_leader, AreaLevel::county, ""},
    Account{"township", "罗建国", "乡镇审核员 Township reviewer", Role::township_reviewer,
            AreaLevel::township, ""},
    Account{"village", "陈秀英", "村信息员 Village officer", Role::village_officer, AreaLevel::village, ""},
    Account{"committee", "马海木呷", "村民委员会 Village committee", Role::village_committee,
            AreaLevel::village, ""},
    Account{"medical", "周敏", "医保局报送员 Medical insurance clerk", Role::department_clerk,
            AreaLevel::county, "medical_insurance"},
    Account{"insurer", "彭志刚", "保险机构经办员 Insurer", Role::insurer_operator, AreaLevel::county, ""},
    Account{"bank", "苏呷拉且", "银行信贷员 Bank clerk", Role::bank_operator, AreaLevel::county, ""},
    Account{"editor", "吉克阿依", "简报责任编辑 Editor", Role::editor, AreaLevel::county, ""},
    Account{"reviewer", "郑文斌", "简报审核 Reviewer", Role::editor_reviewer, AreaLevel::county, ""},
    Account{"auditor", "孙静", "审计员 Auditor", Role::auditor, AreaLevel::county, ""},
    // Only where a prefecture is made.
    Account{"prefecture", "周建华", "市州督导员 Prefecture supervisor", Role::prefecture_supervisor, AreaLevel::prefecture, ""},
    Account{"admin", "吴刚", "系统管理员 Administrator", Role::system_admin, AreaLevel::county, ""},
};

/// For each township another three, who look after the villages that nobody of the sign-in page does.
struct Colleague {
    std::string_view account;
    Role role;
    std::array<std::string_view, 4> names;
};
constexpr std::array colleagues{
    Colleague{"village", Role::village_officer, {"沙马尔洛", "杨秀兰", "曲比阿呷", "刘春梅"}},
    Colleague{"committee", Role::village_committee, {"阿尔木果", "邓国华", "吉木尔哈", "冯志远"}},
    Colleague{"township", Role::township_reviewer, {"何晓东", "唐丽华", "曾庆国", "蒋文斌"}},
};

}  // namespace

Result<Staff> Staff::engage(const delivery::Context& context, AreaCode home,
                            const std::vector<AreaCode>& townships, Instant now) {
    const auto system = auth::system_actor("demo");
    Staff staff;
    const auto engaged = [&](std::string account, std::string_view name,
                             std::vector<auth::Actor::Grant> grants) -> Result<void> {
        auth::User user;
        user.account = std::move(account);
        user.name = name;
        user.grants = std::move(grants);
        user.must_change = false;  // invented people, whose password stands on the sign-in page
        user.id = TRY(context.database.write(
            [&](db::Tx& tx) { return audit::add_user(tx, context.vault, system, user, password, now); }));
        staff.people_.push_back({user.id, user.account, user.name, user.grants});
        return {};
    };
    for (const auto& one : on_the_sign_in_page) {
        if (one.level < context.settings.area.level()) continue;
        std::vector<auth::Actor::Grant> grants{{one.role, home.at(one.level), std::string(one.department)}};
        if (one.also) grants.push_back({*one.also, home.at(one.level), ""});
        TRY(engaged(std::string(one.account), one.name, std::move(grants)));
    }
    for (std::size_t i = 0; i < townships.size(); ++i)
        for (const auto& one : colleagues) {
            std::vector<auth::Actor::Grant> grants;
            if (one.role == Role::township_reviewer) {
                if (!townships[i].contains(home)) grants.push_back({one.role, townships[i], ""});
            } else {
                for (const auto& village : context.division.children(townships[i].at(AreaLevel::township)))
                    if (village.code != home) grants.push_back({one.role, village.code, ""});
            }
            if (!grants.empty())
                TRY(engaged(std::string(one.account) + std::to_string(i + 2), one.names.at(i % 4),
                            std::move(grants)));
        }
    // The leader approves and the committee posts, though others of their level could too.
    std::ranges::stable_sort(staff.people_, std::greater<>(), [](const auth::Actor& one) {
        return std::pair(one.grants.front().area.level(), one.grants.front().role);
    });
    return staff;
}

const auth::Actor& Staff::who(auth::Right right, AreaCode village) const {
    const auto found = std::ranges::find_if(
        people_, [&](const auth::Actor& one) { return one.scope(right).contains(village); });
    INVARIANT(found != people_.end());
    return *found;
}

std::vector<delivery::DemoAccount> accounts(AreaCode area) {
    std::vector<delivery::DemoAccount> out;
    for (const auto& one : on_the_sign_in_page)
        if (area.level() <= one.level) out.push_back({std::string(one.account), std::string(password), std::string(one.title)});
    return out;
}

}  // namespace ballast::demo
