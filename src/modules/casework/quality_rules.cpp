#include "casework/quality_rules.h"

#include <algorithm>
#include <array>

#include "base/citizen_id.h"
#include "base/text.h"
#include "registry/income.h"
#include "registry/validation.h"

namespace ballast::casework {
namespace {

using registry::Household;
using registry::HouseholdField;
using registry::Member;
using registry::PersonField;

constexpr std::size_t longest_number_in_a_notice = 10;
// Income per head over so many times the line, in a household that is monitored, is a slip of the pen or a
// wrong household.
constexpr std::int64_t times_the_line = 5;

bool is_document_length(std::size_t length) { return length == 18 || length == 20 || length == 22; }

struct Look {
    const Household& household;
    const QualityAround& around;
    const std::vector<registry::Finding>& validated;  // what the register itself finds
    bool found_by_register(std::string_view id) const {
        return std::ranges::any_of(validated, [&](const auto& one) { return one.id == id; });
    }
};

using OfHousehold = bool (*)(const Look&);
using OfMember = bool (*)(const Look&, const Member&, std::size_t index);

bool dq1(const Look&, const Member& m, std::size_t) {
    const auto& number = m.values[PersonField::id_number];
    return !number.empty() && !is_document_length(number.size());
}
bool dq2(const Look& look, const Member& m, std::size_t) {
    const auto& number = m.values[PersonField::id_number];
    return is_document_length(number.size()) && !CitizenId::parse(number.substr(0, 18), look.around.today);
}
bool dq3(const Look& look, const Member& m, std::size_t) {
    const auto& number = m.values[PersonField::disability_certificate];
    return !number.empty() && !disability_number_adds_up(number, look.around.today);
}
bool dq5(const Look& look) {
    const auto heads =
        std::ranges::count_if(look.household.members, [](const Member& m) { return m.active() && m.head(); });
    // One that is over has no head any more.
    return heads != 1 &&
           (look.household.active_members() > 0 || look.found_by_register("registry.no_members"));
}
bool dq6(const Look& look, const Member& m, std::size_t) {
    return m.active() && look.around.doubled.contains(m.values[PersonField::id_number]);
}
bool dq10(const Look& look, const Member& m, std::size_t) {
    if (!m.active()) return false;
    const auto left = m.values.date(PersonField::left_on);
    return (left && *left <= look.around.today) ||
           look.around.known_dead.contains(m.values[PersonField::id_number]);
}
bool dq11(const Look& look) {
    const auto& lines = look.household.income;
    return !lines.empty() &&
           std::ranges::all_of(lines, [](const auto& line) { return line.amount == Money(); });
}
bool dq12(const Look& look) {
    if (!look.household.values.is(HouseholdField::household_kind, "03") ||
        look.around.category == "sudden_severe" || !look.around.line)
        return false;
    const auto window = registry::latest_known_window(look.household.income, look.around.today);
    const auto members = std::ranges::count_if(look.household.members, &Member::active);
    if (!window || members == 0) return false;
    const auto income = registry::income_in(look.household.income, *window, members);
    return income && income->net_per_head.fen() > times_the_line * look.around.line->fen();
}
// The register's own questions about ages, sexes and relations.
bool dq13(const Look& look, const Member&, std::size_t index) {
    static constexpr std::array<std::string_view, 5> asked{"registry.relation_age", "registry.relation_sex",
                                                           "registry.spouse", "registry.student_age",
                                                           "registry.child_labour"};
    return std::ranges::any_of(look.validated, [&](const auto& one) {
        return one.member == index && std::ranges::find(asked, one.id) != asked.end();
    });
}
bool dq14(const Look& look) { return !look.around.division.exists(look.household.village); }

struct Row {
    QualityRule rule;
    OfHousehold of_household;
    OfMember of_member;
};
// Domain specification 3.8. Who mends it is assumed: the village what the household can show, the county what
// needs a list or another household.
constexpr std::array table{
    Row{{"DQ1", "village"}, nullptr, dq1},       Row{{"DQ2", "village"}, nullptr, dq2},
    Row{{"DQ3", "village"}, nullptr, dq3},       Row{{"DQ5", "village"}, dq5, nullptr},
    Row{{"DQ6", "county"}, nullptr, dq6},        Row{{"DQ10", "village"}, nullptr, dq10},
    Row{{"DQ11", "village"}, dq11, nullptr},     Row{{"DQ12", "township"}, dq12, nullptr},
    Row{{"DQ13", "village"}, nullptr, dq13},     Row{{"DQ14", "county"}, dq14, nullptr},
    Row{{"DQ15", "township"}, nullptr, nullptr},  // of its notices, below
};
constexpr auto rules = [] {
    std::array<QualityRule, table.size()> all{};
    for (std::size_t i = 0; i < table.size(); ++i) all[i] = table[i].rule;
    return all;
}();

}  // namespace

std::span<const QualityRule> quality_rules() { return rules; }

bool disability_number_adds_up(std::string_view number, Date today) {
    const auto digit = [&](std::size_t at, char last) { return number[at] >= '1' && number[at] <= last; };
    if (number.size() != 20 && (number.size() != 22 || number[20] != 'B' || !digit(21, '9'))) return false;
    return CitizenId::parse(number.substr(0, 18), today).has_value() && digit(18, '7') && digit(19, '4');
}

bool holds_long_number(std::string_view text) {
    std::size_t run = 0;
    for (const char c : text::half_width(text)) {
        run = c >= '0' && c <= '9' ? run + 1 : 0;
        if (run > longest_number_in_a_notice) return true;
    }
    return false;
}

std::vector<QualityFinding> examine(const Household& household, const QualityAround& around) {
    const auto validated = registry::validate(household, around.today);
    const Look look{household, around, validated};
    std::vector<QualityFinding> out;
    for (const auto& row : table) {
        if (row.of_household && row.of_household(look)) out.push_back({row.rule.id, ""});
        if (!row.of_member) continue;
        for (std::size_t i = 0; i < household.members.size(); ++i)
            if (row.of_member(look, household.members[i], i))
                out.push_back({row.rule.id, "person:" + std::to_string(household.members[i].id.number())});
    }
    for (const auto& [id, text] : around.notices)
        if (holds_long_number(text)) out.push_back({"DQ15", "notice:" + std::to_string(id)});
    return out;
}

}  // namespace ballast::casework
