#include "registry/validation.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/citizen_id.h"
#include "base/text.h"
#include "registry/fields.h"

namespace ballast::registry {

namespace {

using H = HouseholdField;
using P = PersonField;
using Args = std::vector<std::pair<std::string, std::string>>;

/// The household under examination, and where the rule in turn puts its hits.
class Examination {
public:
    Examination(const Household& household, Date on) : home(household), today(on) {
        for (std::size_t i = 0; i < home.members.size(); ++i)
            if (home.members[i].active()) active.push_back(i);
    }
    const Household& home;
    Date today;
    std::vector<std::size_t> active;

    const PersonValues& person(std::size_t i) const { return home.members[i].values; }
    std::optional<int> age(std::size_t i) const {
        const auto birth = person(i).date(P::birth);
        if (!birth) return std::nullopt;
        return age_on(*birth, today);
    }
    std::optional<std::size_t> head() const {
        for (const auto i : active)
            if (home.members[i].head()) return i;
        return std::nullopt;
    }
    const Guarantee* guarantee(std::string_view item) const {
        for (const auto& one : home.guarantees)
            if (one.item == item) return &one;
        return nullptr;
    }
    bool secured(std::string_view item) const {
        const Guarantee* one = guarantee(item);
        return one && one->status == "secured";
    }

    void hit(H field, Args args = {}) {
        add(std::string(describe(field).name), std::nullopt, std::move(args));
    }
    void hit(std::size_t member, P field, Args args = {}) {
        add(std::string(describe(field).name), member, std::move(args));
    }
    void hit(std::string field, Args args = {}) { add(std::move(field), std::nullopt, std::move(args)); }

    std::string_view rule;
    Severity severity = Severity::error;
    std::vector<Finding> findings;

private:
    void add(std::string field, std::optional<std::size_t> member, Args args) {
        findings.push_back({severity, std::string(rule), std::move(field), member, std::move(args)});
    }
};

bool able(const PersonValues& person) { return person.is(P::labour, "1") || person.is(P::labour, "2"); }
bool at_school(const PersonValues& person) { return person.has(P::student) && !person.is(P::student, "00"); }
bool disabled(const PersonValues& person) { return person[P::health].find('4') != std::string::npos; }
/// GB 11643 gives both; validate() is called with them filled in.
bool opposite(const PersonValues& a, const PersonValues& b) {
    return !a.has(P::sex) || !b.has(P::sex) || a[P::sex] != b[P::sex];
}

Money wages(const Household& home) {
    Money sum;
    for (const auto& line : home.income)
        if (line.item == IncomeItem::wage) sum += line.amount;
    return sum;
}

bool somebody_works(const Examination& e) {
    return std::any_of(e.active.begin(), e.active.end(), [&](std::size_t i) {
        return e.person(i).whole(P::work_months).value_or(0) > 0 ||
               e.person(i).whole(P::public_post_months).value_or(0) > 0 ||
               (e.person(i).has(P::public_post) && !e.person(i).is(P::public_post, "00"));
    });
}

// -- exactly one head, alive, a member ------------------------------------------------------------------

/// A household that had members is over when all of them have died or left: it stays on file, and a case of
/// it may be closed for that.
void no_members(Examination& e) {
    const bool all_gone = !e.home.members.empty() &&
                          std::all_of(e.home.members.begin(), e.home.members.end(), [](const Member& one) {
                              return !one.active() && one.values.has(P::left_on);
                          });
    if (e.active.empty() && !all_gone) e.hit(std::string("relation"));
}
void no_head(Examination& e) {
    if (!e.active.empty() && !e.head()) e.hit(std::string("relation"));
}
void two_heads(Examination& e) {
    const auto first = e.head();
    for (const auto i : e.active)
        if (e.home.members[i].head() && i != *first) e.hit(i, P::relation);
}
void name_missing(Examination& e) {
    for (std::size_t i = 0; i < e.home.members.size(); ++i)
        if (!e.person(i).has(P::name)) e.hit(i, P::name);
}
void relation_missing(Examination& e) {
    for (const auto i : e.active)
        if (!e.person(i).has(P::relation)) e.hit(i, P::relation);
}

// -- identity -------------------------------------------------------------------------------------------

void member_twice(Examination& e) {
    std::set<std::string> seen;
    for (std::size_t i = 0; i < e.home.members.size(); ++i)
        if (e.person(i).has(P::id_number) && !seen.insert(e.person(i)[P::id_number]).second)
            e.hit(i, P::id_number);
}
void birth_missing(Examination& e) {
    for (std::size_t i = 0; i < e.home.members.size(); ++i)
        if (!e.person(i).has(P::id_number) && (!e.person(i).has(P::birth) || !e.person(i).has(P::sex)))
            e.hit(i, e.person(i).has(P::birth) ? P::sex : P::birth);
}
void differs_from_id(Examination& e, P field) {
    for (std::size_t i = 0; i < e.home.members.size(); ++i) {
        const PersonValues& person = e.person(i);
        if (!person.has(P::id_number) || !person.has(field)) continue;
        const auto parsed = CitizenId::parse(person[P::id_number], e.today);
        if (!parsed) continue;  // refused when it was read
        const std::string said = field == P::birth ? parsed->id.birth_date().iso()
                                                   : std::to_string(static_cast<int>(parsed->id.sex()));
        if (person[field] != said) e.hit(i, field);
    }
}
void before_birth(Examination& e) {
    constexpr std::size_t day = 10, month = 7;  // signs of 2025-03-09 that count
    for (std::size_t i = 0; i < e.home.members.size(); ++i)
        for (const auto& [field, signs] :
             {std::pair(P::joined_on, day), {P::left_on, day}, {P::low_income_since, month}}) {
            const std::string& said = e.person(i)[field];
            if (!said.empty() && said.substr(0, signs) < e.person(i)[P::birth].substr(0, signs))
                e.hit(i, field);
        }
}
void birth_differs(Examination& e) { differs_from_id(e, P::birth); }
void sex_differs(Examination& e) { differs_from_id(e, P::sex); }
void no_document(Examination& e) {
    for (const auto i : e.active)
        if (!e.person(i).has(P::id_number)) e.hit(i, P::id_number);
}

// -- the household's own fields --------------------------------------------------------------------------

void poverty_years(Examination& e) {
    const auto in = e.home.values.whole(H::poverty_year_in), out = e.home.values.whole(H::poverty_year_out);
    if (in && out && *out < *in)
        e.hit(H::poverty_year_out, {{"in", std::to_string(*in)}, {"out", std::to_string(*out)}});
}
void orchard_exceeds_forest(Examination& e) {
    if (e.home.values.whole(H::land_orchard).value_or(0) > e.home.values.whole(H::land_forest).value_or(0))
        e.hit(H::land_orchard);
}
void relocation_site_missing(Examination& e) {
    if (e.home.values.yes(H::relocated) && !e.home.values.has(H::relocation_site)) e.hit(H::relocation_site);
}
void helper_missing(Examination& e) {
    if (e.home.values.is(H::household_kind, "03") && !e.home.values.has(H::helper)) e.hit(H::helper);
}
void bank_holder(Examination& e) {
    if (!e.home.values.has(H::bank_holder)) return;
    for (const auto i : e.active)
        if (e.person(i)[P::name] == e.home.values[H::bank_holder]) return;
    e.hit(H::bank_holder);
}
void coordinates(Examination& e) {
    // Mainland and islands, in millionths of a degree.
    const auto outside = [&](H field, std::int64_t low, std::int64_t high) {
        const auto at = e.home.values.whole(field);
        if (at && (*at < low || *at > high)) e.hit(field);
    };
    outside(H::longitude, 73'000'000, 136'000'000);
    outside(H::latitude, 3'000'000, 54'000'000);
    if (e.home.values.has(H::longitude) != e.home.values.has(H::latitude)) e.hit(H::latitude);
}

// -- health and disability -------------------------------------------------------------------------------

void health_exclusive(Examination& e) {
    for (std::size_t i = 0; i < e.home.members.size(); ++i)
        if (e.person(i)[P::health].starts_with("1,")) e.hit(i, P::health);
}
void disability_incomplete(Examination& e) {
    for (const auto i : e.active) {
        const PersonValues& person = e.person(i);
        if (!disabled(person)) continue;
        if (!person.has(P::disability_class))
            e.hit(i, P::disability_class);
        else if (!person.has(P::disability_grade))
            e.hit(i, P::disability_grade);
    }
}
void disability_certificate_missing(Examination& e) {
    for (const auto i : e.active)
        if (disabled(e.person(i)) && !e.person(i).has(P::disability_certificate))
            e.hit(i, P::disability_certificate);
}
/// 20 characters: the ID, class 1-7, grade 1-4; 22 with a mark of re-issue (B1, B2 ...).
void disability_certificate(Examination& e) {
    for (std::size_t i = 0; i < e.home.members.size(); ++i) {
        const PersonValues& person = e.person(i);
        const std::string& number = person[P::disability_certificate];
        if (number.empty()) continue;
        const bool shaped = (number.size() == 20 || (number.size() == 22 && number[20] == 'B')) &&
                            number[18] >= '1' && number[18] <= '7' && number[19] >= '1' && number[19] <= '4';
        const bool own = !person.has(P::id_number) || number.starts_with(person[P::id_number]);
        const bool agrees =
            shaped && (!person.has(P::disability_class) || person[P::disability_class][0] == number[18]) &&
            (!person.has(P::disability_grade) || person[P::disability_grade][0] == number[19]);
        if (!shaped || !own || !agrees) e.hit(i, P::disability_certificate);
    }
}

// -- labour and work -------------------------------------------------------------------------------------

void child_labour(Examination& e) {
    for (const auto i : e.active) {
        const auto age = e.age(i);
        if (age && *age < 16 && e.person(i).has(P::labour) && !e.person(i).is(P::labour, "5") &&
            !at_school(e.person(i)))
            e.hit(i, P::labour);
    }
}
void extreme_poverty_labour(Examination& e) {
    for (const auto i : e.active) {
        const bool supported =
            e.person(i).is(P::extreme_poverty, "1") || e.person(i).is(P::extreme_poverty, "2");
        if (able(e.person(i)) && (supported || e.home.values.yes(H::extreme_poverty))) e.hit(i, P::labour);
    }
}
void months(Examination& e) {
    for (std::size_t i = 0; i < e.home.members.size(); ++i)
        for (const P field : {P::work_months, P::public_post_months}) {
            const auto tenths = e.person(i).whole(field);
            if (tenths && (*tenths > 120 || *tenths % 5 != 0)) e.hit(i, field);
        }
}
void work_place_missing(Examination& e) {
    for (const auto i : e.active)
        if (e.person(i).whole(P::work_months).value_or(0) > 0 && !e.person(i).has(P::work_place))
            e.hit(i, P::work_place);
}
void wage_missing(Examination& e) {
    if (!e.home.income.empty() && somebody_works(e) && wages(e.home) == Money{}) e.hit(std::string("I1"));
}
void work_missing(Examination& e) {
    if (wages(e.home) > Money{} && !somebody_works(e)) e.hit(std::string("work_months"));
}
void dead_with_post(Examination& e) {
    for (std::size_t i = 0; i < e.home.members.size(); ++i)
        if (e.person(i).is(P::member_status, "2") && e.person(i).has(P::public_post) &&
            !e.person(i).is(P::public_post, "00"))
            e.hit(i, P::public_post);
}
void left_on_missing(Examination& e) {
    for (std::size_t i = 0; i < e.home.members.size(); ++i)
        if (!e.home.members[i].active() && !e.person(i).has(P::left_on)) e.hit(i, P::left_on);
}

// -- ages and kinship ------------------------------------------------------------------------------------

void student_age(Examination& e) {
    for (const auto i : e.active) {
        const auto age = e.age(i);
        if (!age) continue;
        const std::string& student = e.person(i)[P::student];
        const bool primary = student == "02";
        const bool junior = student == "03" || student == "04" || student == "05";
        if ((primary && (*age < 5 || *age > 15)) || (junior && (*age < 11 || *age > 18)))
            e.hit(i, P::student, {{"age", std::to_string(*age)}});
    }
}
void spouse(Examination& e) {
    const auto head = e.head();
    if (!head) return;
    for (const auto i : e.active) {
        if (!e.person(i).is(P::relation, "02")) continue;
        if (!opposite(e.person(i), e.person(*head)))
            e.hit(i, P::sex);
        else if (e.age(i).value_or(99) < 18 || e.age(*head).value_or(99) < 18)
            e.hit(i, P::birth);
    }
}
/// Sons and fathers are men, daughters and mothers women.
void relation_sex(Examination& e) {
    constexpr std::array men{"03", "06", "07", "09", "11", "13", "15", "17", "19", "22", "24"};
    constexpr std::array women{"04", "05", "08", "10", "12", "14", "16", "18", "20", "23"};
    for (const auto i : e.active) {
        const auto among = [&](const auto& list) {
            return std::any_of(list.begin(), list.end(),
                               [&](auto code) { return e.person(i).is(P::relation, code); });
        };
        if ((among(men) && e.person(i).is(P::sex, "2")) || (among(women) && e.person(i).is(P::sex, "1")))
            e.hit(i, P::relation);
    }
}
/// A child born less than twelve years after its parent, or before.
void relation_age(Examination& e) {
    const auto head = e.head();
    if (!head || !e.age(*head)) return;
    for (const auto i : e.active) {
        const auto age = e.age(i);
        if (!age) continue;
        const std::string& relation = e.person(i)[P::relation];
        const bool child = relation == "03" || relation == "04";
        const bool parent = relation == "11" || relation == "12";
        const int gap = child ? *e.age(*head) - *age : *age - *e.age(*head);
        if ((child || parent) && gap < 12) e.hit(i, P::relation);
    }
}

// -- guarantees ------------------------------------------------------------------------------------------

/// Compulsory schooling: six to fifteen, not at school, no exemption.
bool out_of_school(const Examination& e, std::size_t i) {
    const auto age = e.age(i);
    return age && *age >= 6 && *age <= 15 && e.person(i).is(P::student, "00") &&
           !e.person(i).yes(P::schooling_exempt);
}
void not_at_school(Examination& e) {
    for (const auto i : e.active)
        if (out_of_school(e, i)) e.hit(i, P::student);
}
void education_contradicted(Examination& e) {
    if (!e.secured("education")) return;
    if (std::any_of(e.active.begin(), e.active.end(), [&](std::size_t i) { return out_of_school(e, i); }))
        e.hit(std::string("education"));
}
void medical_contradicted(Examination& e) {
    if (!e.secured("medical")) return;
    for (const auto i : e.active)
        if (e.person(i).is(P::medical, "9")) e.hit(i, P::medical);
}
void medical_reason_missing(Examination& e) {
    for (const auto i : e.active)
        if (e.person(i).is(P::medical, "9") && !e.person(i).has(P::medical_reason))
            e.hit(i, P::medical_reason);
}
void housing_contradicted(Examination& e) {
    const bool unsafe = e.home.values.is(H::house_grade, "C") || e.home.values.is(H::house_grade, "D");
    if (unsafe && e.secured("housing")) e.hit(H::house_grade);
}
void assessment(Examination& e) {
    for (const auto& one : e.home.guarantees)
        if (one.expires_on && one.assessed_on && *one.expires_on < *one.assessed_on) e.hit(one.item);
}
void assessment_missing(Examination& e) {
    for (const auto& one : e.home.guarantees)
        if (!one.assessed_on) e.hit(one.item);
}

// -- income ----------------------------------------------------------------------------------------------

void income_zero(Examination& e) {
    if (e.home.income.empty()) return;
    const bool all_zero = std::all_of(e.home.income.begin(), e.home.income.end(),
                                      [](const IncomeLine& line) { return line.amount == Money{}; });
    if (all_zero) e.hit(std::string("I1"));
}

struct Rule {
    std::string_view id;
    Severity severity;
    void (*examine)(Examination&);
};

// The rules of domain specification 3.2, 3.3, 3.5 and 3.8. Anything not listed is accepted.
constexpr std::array rules{
    Rule{"registry.no_members", Severity::error, no_members},
    Rule{"registry.no_head", Severity::error, no_head},
    Rule{"registry.two_heads", Severity::error, two_heads},
    Rule{"registry.name_missing", Severity::error, name_missing},
    Rule{"registry.relation_missing", Severity::error, relation_missing},
    Rule{"registry.member_twice", Severity::error, member_twice},
    Rule{"registry.birth_missing", Severity::error, birth_missing},
    Rule{"registry.birth_differs", Severity::error, birth_differs},
    Rule{"registry.before_birth", Severity::error, before_birth},
    Rule{"registry.sex_differs", Severity::error, sex_differs},
    Rule{"registry.poverty_years", Severity::error, poverty_years},
    Rule{"registry.orchard_exceeds_forest", Severity::error, orchard_exceeds_forest},
    Rule{"registry.relocation_site_missing", Severity::error, relocation_site_missing},
    Rule{"registry.helper_missing", Severity::error, helper_missing},
    Rule{"registry.bank_holder", Severity::error, bank_holder},
    Rule{"registry.coordinates", Severity::error, coordinates},
    Rule{"registry.health_exclusive", Severity::error, health_exclusive},
    Rule{"registry.disability_incomplete", Severity::error, disability_incomplete},
    Rule{"registry.disability_certificate", Severity::error, disability_certificate},
    Rule{"registry.child_labour", Severity::error, child_labour},
    Rule{"registry.extreme_poverty_labour", Severity::error, extreme_poverty_labour},
    Rule{"registry.months", Severity::error, months},
    Rule{"registry.work_place_missing", Severity::error, work_place_missing},
    Rule{"registry.dead_with_post", Severity::error, dead_with_post},
    Rule{"registry.assessment", Severity::error, assessment},
    Rule{"registry.no_document", Severity::warning, no_document},
    Rule{"registry.disability_certificate_missing", Severity::warning, disability_certificate_missing},
    Rule{"registry.wage_missing", Severity::warning, wage_missing},
    Rule{"registry.work_missing", Severity::warning, work_missing},
    Rule{"registry.left_on_missing", Severity::warning, left_on_missing},
    Rule{"registry.student_age", Severity::warning, student_age},
    Rule{"registry.spouse", Severity::warning, spouse},
    Rule{"registry.relation_sex", Severity::warning, relation_sex},
    Rule{"registry.relation_age", Severity::warning, relation_age},
    Rule{"registry.not_at_school", Severity::warning, not_at_school},
    Rule{"registry.education_contradicted", Severity::warning, education_contradicted},
    Rule{"registry.medical_contradicted", Severity::warning, medical_contradicted},
    Rule{"registry.medical_reason_missing", Severity::warning, medical_reason_missing},
    Rule{"registry.housing_contradicted", Severity::warning, housing_contradicted},
    Rule{"registry.assessment_missing", Severity::warning, assessment_missing},
    Rule{"registry.income_zero", Severity::warning, income_zero},
};

}  // namespace

std::int64_t Household::active_members() const {
    return std::count_if(members.begin(), members.end(), [](const Member& one) { return one.active(); });
}

const Member* Household::head() const {
    for (const auto& one : members)
        if (one.active() && one.head()) return &one;
    return nullptr;
}

std::optional<std::size_t> Household::index_of(PersonId person) const {
    for (std::size_t i = 0; i < members.size(); ++i)
        if (members[i].id == person) return i;
    return std::nullopt;
}

std::vector<Finding> validate(const Household& household, Date today) {
    Examination examination(household, today);
    for (const Rule& rule : rules) {
        examination.rule = rule.id;
        examination.severity = rule.severity;
        rule.examine(examination);
    }
    return std::move(examination.findings);
}

bool acceptable(const std::vector<Finding>& findings) {
    return std::none_of(findings.begin(), findings.end(),
                        [](const Finding& one) { return one.severity == Severity::error; });
}

}  // namespace ballast::registry
