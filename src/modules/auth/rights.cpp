// Which role gives which right, over how wide an area, and which roles one person may not hold together.
// An auditor reads the two tables here; the functions below them only look things up.
#include <algorithm>
#include <array>
#include <initializer_list>

#include "auth/auth.h"

namespace ballast::auth {

namespace {

class Rights {
public:
    constexpr Rights(std::initializer_list<Right> rights) {
        for (const Right right : rights) bits_ |= bit(right);
    }
    constexpr bool has(Right right) const { return (bits_ & bit(right)) != 0; }

private:
    static constexpr std::uint64_t bit(Right right) {
        return std::uint64_t{1} << static_cast<unsigned>(right);
    }
    std::uint64_t bits_ = 0;
};

struct Row {
    Role role;
    std::string_view name;
    AreaLevel widest;  // the highest level over which the role may be given
    Rights rights;
};

using enum Right;
using enum AreaLevel;

// Domain specification 7.2. A role that is about aggregates, one's own policies, loans, pupils or household
// has no right over the register as such; its rights come with the module that knows them. County roles may
// lie over a prefecture, because 儋州 and its like have no counties.
constexpr std::array table{
    Row{Role::village_officer,
        "village_officer",
        village,
        {registry_read, registry_write, warnings_read, clues_read, clues_write, cases_read, cases_verify,
         quality_read, programmes_read, programmes_record, employment_read, employment_write, indicators_read,
         indicators_enter, tasks_read, insurance_read, insurance_confirm, loans_read, loans_recommend}},
    Row{Role::village_committee,
        "village_committee",
        village,
        {registry_read, warnings_read, clues_read, cases_read, cases_review, programmes_read, indicators_read,
         tasks_read}},
    Row{Role::helper, "helper", village, {}},  // sees assigned households only
    Row{Role::township_reviewer,
        "township_reviewer",
        township,
        {registry_read,   registry_unmask,  warnings_read,     clues_read,        clues_write,
         clues_dispatch,  cases_read,       cases_township,    cases_compare,     cases_green,
         quality_read,    programmes_read,  programmes_record, programmes_review, programmes_manage,
         employment_read, employment_write, employment_decide, indicators_read,   indicators_enter,
         tasks_read,      tasks_assign,     insurance_read,    insurance_confirm, loans_read,
         loans_recommend}},  // reviews what others enter of the register
    Row{Role::department_clerk,
        "department_clerk",
        prefecture,
        {feeds_read, feeds_upload, warnings_read, indicators_read, indicators_enter,
         tasks_read}},  // the warnings with a row of their own department
    Row{Role::county_officer,
        "county_officer",
        prefecture,
        {registry_read,    registry_write,    registry_import,   registry_export,   registry_unmask,
         feeds_read,       feeds_upload,      feeds_confirm,     warnings_read,     screening_run,
         clues_read,       clues_write,       clues_dispatch,    cases_read,        cases_compare,
         cases_approve,    cases_enrol,       cases_green,       quality_read,      quality_run,
         programmes_read,  programmes_record, programmes_review, programmes_manage, employment_read,
         employment_write, employment_decide, indicators_read,   indicators_enter,  indicators_manage,
         tasks_read,       tasks_assign,      insurance_read,    insurance_subsidy, ledger_read,
         ledger_post,      loans_read,        loans_decide,      rules_read,        rules_manage,
         rules_approve}},
    Row{Role::county_leader,
        "county_leader",
        prefecture,
        {warnings_read, clues_read, cases_read, cases_approve, cases_green, programmes_read, indicators_read,
         tasks_read, tasks_assign, insurance_read, ledger_read, ledger_approve, loans_read, rules_read, rules_approve}},
    Row{Role::prefecture_supervisor,
        "prefecture_supervisor",
        prefecture,
        {indicators_read, tasks_read, tasks_assign}},
    Row{Role::province_analyst,
        "province_analyst",
        province,
        {indicators_read, indicators_manage, tasks_read}},
    Row{Role::insurer_operator, "insurer_operator", nation, {insurance_read, insurance_write}},
    Row{Role::bank_operator, "bank_operator", nation, {loans_read, loans_write}},
    Row{Role::finance_regulator, "finance_regulator", province, {indicators_read}},
    Row{Role::school_officer, "school_officer", prefecture, {}},
    Row{Role::editor, "editor", nation, {bulletin_read, bulletin_edit, bulletin_publish, indicators_read}},
    Row{Role::editor_reviewer,
        "editor_reviewer",
        nation,
        {bulletin_read, bulletin_review, bulletin_publish, indicators_read}},  // reviews what others edited
    Row{Role::auditor, "auditor", nation, {audit_read}},
    Row{Role::citizen, "citizen", village, {}},
    Row{Role::system_admin, "system_admin", nation, {users_manage}},
};

// Held alone: an administrator sees no business data and leaves the audit to others; an auditor changes
// nothing.
constexpr std::array held_alone{Role::system_admin, Role::auditor};

constexpr std::array<std::string_view, 57> right_names{
    "anyone",
    "signed_in",
    "registry_read",
    "registry_write",
    "registry_import",
    "registry_export",
    "registry_unmask",
    "feeds_read",
    "feeds_upload",
    "feeds_confirm",
    "warnings_read",
    "screening_run",
    "clues_read",
    "clues_write",
    "clues_dispatch",
    "cases_read",
    "cases_verify",
    "cases_review",
    "cases_township",
    "cases_compare",
    "cases_approve",
    "cases_enrol",
    "cases_green",
    "quality_read",
    "quality_run",
    "bulletin_read",
    "bulletin_edit",
    "bulletin_review",
    "bulletin_publish",
    "programmes_read",
    "programmes_record",
    "programmes_review",
    "programmes_manage",
    "employment_read",
    "employment_write",
    "employment_decide",
    "indicators_read",
    "indicators_enter",
    "indicators_manage",
    "tasks_read",
    "tasks_assign",
    "insurance_read",
    "insurance_write",
    "insurance_confirm",
    "insurance_subsidy",
    "ledger_read",
    "ledger_post",
    "ledger_approve",
    "loans_read",
    "loans_recommend",
    "loans_write",
    "loans_decide",
    "rules_read",
    "rules_manage",
    "rules_approve",
    "audit_read",
    "users_manage",
};

constexpr bool rows_stand_in_order() {
    for (std::size_t i = 0; i < table.size(); ++i)
        if (table[i].role != static_cast<Role>(i)) return false;
    return true;
}
static_assert(rows_stand_in_order() && table.back().role == Role::system_admin);
static_assert(right_names.size() == static_cast<std::size_t>(users_manage) + 1);
static_assert(right_names.size() <= 64, "Rights keeps one bit for each");

const Row& row_of(Role role) { return table.at(static_cast<std::size_t>(role)); }

}  // namespace

std::span<const Role> all_roles() {
    static constexpr auto roles = [] {
        std::array<Role, table.size()> all{};
        std::ranges::transform(table, all.begin(), &Row::role);
        return all;
    }();
    return roles;
}

std::span<const Right> all_rights() {
    static constexpr auto rights = [] {
        std::array<Right, right_names.size()> all{};
        for (std::size_t i = 0; i < all.size(); ++i) all[i] = static_cast<Right>(i);
        return all;
    }();
    return rights;
}

std::string_view name_of(Role role) { return row_of(role).name; }
std::string_view name_of(Right right) { return right_names.at(static_cast<std::size_t>(right)); }
AreaLevel widest_of(Role role) { return row_of(role).widest; }

Result<Role> role_named(std::string_view name) {
    const auto row = std::ranges::find(table, name, &Row::name);
    if (row == table.end()) return invalid("auth.no_such_role").with("role", std::string(name));
    return row->role;
}

bool gives(Role role, Right right) {
    return right == anyone || right == signed_in || row_of(role).rights.has(right);
}

bool exclude_each_other(Role a, Role b) {
    const auto alone = [](Role role) { return std::ranges::find(held_alone, role) != held_alone.end(); };
    return a != b && (alone(a) || alone(b));
}

}  // namespace ballast::auth
