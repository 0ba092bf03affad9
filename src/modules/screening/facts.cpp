#include "screening/facts.h"

#include <algorithm>

#include "registry/income.h"

namespace ballast::screening {
namespace {

using HF = registry::HouseholdField;
using PF = registry::PersonField;
using Rows = std::vector<feeds::RowId>;

constexpr int school_age_first = 6, school_age_last = 15;  // compulsory schooling (domain specification 3.3)

/// One department's rows, read by the names of the contract's columns.
class Sheet {
public:
    Sheet(std::string_view feed, const std::vector<feeds::Fact>& rows) : contract_(*feeds::contract(feed).value()) {
        for (const auto& row : rows)
            if (row.feed == feed) rows_.push_back(&row);
    }
    const std::vector<const feeds::Fact*>& rows() const { return rows_; }
    const std::string& text(const feeds::Fact& row, std::string_view field) const { return row.values[*contract_.column(field)]; }
    bool is(const feeds::Fact& row, std::string_view field, std::string_view value) const { return text(row, field) == value; }
    std::optional<Date> date(const feeds::Fact& row, std::string_view field) const {
        const auto& held = text(row, field);
        if (held.empty()) return std::nullopt;
        return *Date::parse(held.size() == 7 ? held + "-01" : held);
    }
    std::optional<Money> money(const feeds::Fact& row, std::string_view field) const {
        const auto& held = text(row, field);
        if (held.empty()) return std::nullopt;
        return Money::fen(std::stoll(held));
    }

private:
    const feeds::Contract& contract_;
    std::vector<const feeds::Fact*> rows_;
};

class Gathering {
public:
    Gathering(const registry::Household& household, const std::vector<feeds::Fact>& rows, Date as_of, const Windows& windows)
        : home_(household), rows_(rows), as_of_(as_of), recent_from_(as_of.plus_days(-windows.recent_days)) {
        for (const auto& member : household.members)
            if (member.active()) members_.push_back(&member);
    }

    Facts all() {
        household_facts();
        medical();
        insurance();
        disability();
        schooling();
        work();
        housing();
        relief();
        income();
        return std::move(facts_);
    }

private:
    void say(std::string_view name, FactValue value, Rows rows = {}) { facts_[std::string(name)] = {std::move(value), std::move(rows)}; }

    int age(const registry::Member& member) const {
        const auto birth = member.values.date(PF::birth);
        return birth ? age_on(*birth, as_of_) : -1;
    }
    const registry::Member* member(registry::PersonId id) const {
        for (const auto* one : members_)
            if (one->id == id) return one;
        return nullptr;
    }
    static bool able(const registry::Member& member) {
        return member.values.is(PF::labour, "1") || member.values.is(PF::labour, "2") || member.values.is(PF::labour, "3");
    }
    static bool earns(const registry::Member& member) {
        return member.values.whole(PF::work_months).value_or(0) > 0 || member.values.whole(PF::public_post_months).value_or(0) > 0;
    }

    void household_facts() {
        say("ex_poor_or_monitored", !home_.values.is(HF::household_kind, "01") && home_.values.has(HF::household_kind));
        say("monitored", home_.values.is(HF::household_kind, "03"));
        std::int64_t labour = 0, students = 0;
        for (const auto* one : members_) {
            labour += able(*one);
            const auto& grade = one->values[PF::student];
            students += grade >= "06" && grade.size() == 2;
        }
        say("labour_count", labour);
        say("n_students_noncompulsory", students);
    }

    // Amounts that people paid themselves in the calendar year of the day asked for. Hospital: what is said to be, or has a date of
    // discharge and is said to be nothing else (domain specification 3.6).
    void medical() {
        const Sheet sheet("medical.expenses", rows_);
        Money hospital, everything;
        Rows hospital_rows, all_rows;
        std::map<registry::PersonId, Money> paid, told;  // of each person: the rows' sum, and the sender's own running total
        std::map<std::string, std::pair<Money, Rows>> special;  // by month
        for (const auto* row : sheet.rows()) {
            const auto amount = sheet.money(*row, "self_paid");
            const auto on = row->happened_on ? row->happened_on->iso() : row->period + "-01";
            if (!amount || std::stoi(on.substr(0, 4)) != as_of_.year() || on > as_of_.iso()) continue;
            const auto& kind = sheet.text(*row, "care_kind");
            const bool inpatient = kind == "inpatient" || (kind.empty() && !sheet.text(*row, "discharged_on").empty());
            paid[row->person] += *amount;
            all_rows.push_back(row->row);
            if (const auto so_far = sheet.money(*row, "self_paid_ytd")) told[row->person] = std::max(told[row->person], *so_far);
            if (inpatient) {
                hospital += *amount;
                hospital_rows.push_back(row->row);
            } else if (kind == "special_outpatient") {
                auto& [sum, of] = special[on.substr(0, 7)];
                sum += *amount;
                of.push_back(row->row);
            }
        }
        for (const auto& [person, sum] : paid) everything += std::max(sum, told[person]);
        say("hosp_self_paid_ytd", hospital, hospital_rows);
        say("med_self_paid_ytd", everything, all_rows);
        // The last month on file, as long as it is this month or one of the two before: a later file may still come.
        if (!special.empty() && special.rbegin()->first >= as_of_.first_of_month().plus_months(-2).iso().substr(0, 7))
            say("outpatient_special_month", special.rbegin()->second.first, special.rbegin()->second.second);
        else
            say("outpatient_special_month", Money());
    }

    void insurance() {
        const Sheet sheet("medical.uninsured", rows_);
        std::map<registry::PersonId, const feeds::Fact*> latest;  // rows come in the order in which they were sent
        for (const auto* row : sheet.rows())
            if (sheet.text(*row, "insured_year") == std::to_string(as_of_.year())) latest[row->person] = row;
        bool insured = true;
        Rows rows;
        for (const auto* one : members_) {
            const auto said = latest.find(one->id);
            const bool uninsured = said != latest.end() ? sheet.is(*said->second, "insured_state", "uninsured") : one->values.is(PF::medical, "9");
            if (uninsured && said != latest.end()) rows.push_back(said->second->row);
            insured = insured && !uninsured;
        }
        say("insured_medical", insured, rows);
        say("insurance_year_open", true);
    }

    void disability() {
        const Sheet sheet("disability.certificates", rows_);
        std::map<registry::PersonId, std::int64_t> grade_of;
        for (const auto* one : members_)
            if (const auto grade = one->values.whole(PF::disability_grade)) grade_of[one->id] = *grade;
        std::optional<std::int64_t> worst_new;
        Rows fresh;
        for (const auto* row : sheet.rows()) {
            if (!member(row->person)) continue;
            const auto issued = sheet.date(*row, "issued_on");
            const std::int64_t grade = std::stoll(sheet.text(*row, "grade"));
            grade_of[row->person] = grade;
            if (!issued || *issued < recent_from_ || *issued > as_of_) continue;
            worst_new = std::min(worst_new.value_or(grade), grade);
            fresh.push_back(row->row);
        }
        say("disability_new", worst_new.has_value(), fresh);
        if (worst_new) say("disability_grade", *worst_new, fresh);
        say("n_disabled", static_cast<std::int64_t>(grade_of.size()));
    }

    void schooling() {
        const Sheet sheet("education.students", rows_);
        std::map<registry::PersonId, const feeds::Fact*> latest;
        Money paid;
        Rows paid_rows;
        // The school year begins on 1 September.
        const Date school_year = *Date::from(as_of_.month() >= 9 ? as_of_.year() : as_of_.year() - 1, 9, 1);
        for (const auto* row : sheet.rows()) {
            latest[row->person] = row;
            const auto* pupil = member(row->person);
            const auto amount = sheet.money(*row, "self_paid");
            if (pupil && amount && age(*pupil) > school_age_last && row->period + "-01" >= school_year.iso()) {
                paid += *amount;
                paid_rows.push_back(row->row);
            }
        }
        bool out = false, exempt = false;
        Rows rows;
        for (const auto* one : members_) {
            const int years = age(*one);
            if (years < school_age_first || years > school_age_last) continue;
            const auto said = latest.find(one->id);
            if (said != latest.end()) {
                const auto& state = sheet.text(*said->second, "study_state");
                const bool gone = state == "dropped_out";
                out = out || gone;
                if (!gone && state != "studying") exempt = true;
                if (gone) rows.push_back(said->second->row);
            } else if (one->values.is(PF::student, "00")) {
                (one->values.yes(PF::schooling_exempt) ? exempt : out) = true;
            }
        }
        say("school_age_not_at_school", out, rows);
        say("dropout_exempt", exempt && !out, rows);
        say("edu_self_paid_year", paid, paid_rows);
    }

    struct Employment {
        std::optional<Date> lost;  // and not found again
        Rows rows;
        bool sole = false;
        bool no_pension = false;
        bool pension_said = false;
    };

    void work() {
        const Sheet sheet("hr.employment", rows_);
        std::map<registry::PersonId, Employment> of;
        std::map<registry::PersonId, std::map<std::string, std::pair<Money, feeds::RowId>>> wages;  // by month
        for (const auto* row : sheet.rows()) {
            auto& one = of[row->person];
            auto lost = sheet.date(*row, "left_on");
            if (!lost) lost = sheet.date(*row, "unemployed_on");
            const auto started = sheet.date(*row, "started_on");
            if (lost && *lost <= as_of_) {
                one.lost = lost;
                one.rows = {row->row};
            } else if (started && one.lost && *started > *one.lost && *started <= as_of_) {
                one.lost.reset();
                one.rows.clear();
            }
            if (const auto wage = sheet.money(*row, "monthly_wage")) wages[row->person][row->period] = {*wage, row->row};
            if (const auto& pension = sheet.text(*row, "pension_state"); !pension.empty()) {
                one.pension_said = true;
                one.no_pension = pension == "none";
            }
        }
        lost_work(of);
        wage_drop(wages);
        alone_without_pension(of);
    }

    void lost_work(const std::map<registry::PersonId, Employment>& of) {
        std::int64_t earners = 0, out_of_work = 0;
        int longest = -1;
        Rows rows;
        for (const auto* one : members_) {
            const auto said = of.find(one->id);
            const bool lost = said != of.end() && said->second.lost;
            earners += earns(*one) || lost;
            out_of_work += lost;
            if (lost && as_of_ - *said->second.lost > longest) {
                longest = as_of_ - *said->second.lost;
                rows = said->second.rows;
            }
        }
        say("earners_left", earners - out_of_work);
        if (longest < 0) return;
        say("work_loss_days", std::int64_t{longest}, rows);
        say("sole_earner", earners == 1, rows);
    }

    // Three whole months against the same three a year before, of one person; the deepest fall of the household.
    void wage_drop(const std::map<registry::PersonId, std::map<std::string, std::pair<Money, feeds::RowId>>>& wages) {
        struct Fall {
            Money now, before;
            Rows rows;
        };
        std::optional<Fall> worst;
        for (const auto& [person, months] : wages) {
            if (months.size() < 6 || !member(person)) continue;
            Fall fall;
            bool whole = true;
            // The latest month on file and the two before it.
            const Date last = *Date::parse(months.rbegin()->first + "-01");
            if (last < as_of_.first_of_month().plus_months(-3)) continue;
            for (int back = 0; back < 3 && whole; ++back)
                for (const bool now : {true, false}) {
                    const auto found = months.find(last.plus_months(-back - (now ? 0 : 12)).iso().substr(0, 7));
                    whole = whole && found != months.end();
                    if (!whole) break;
                    (now ? fall.now : fall.before) += found->second.first;
                    fall.rows.push_back(found->second.second);
                }
            if (!whole) continue;
            if (!worst || fall.now.fen() * worst->before.fen() < worst->now.fen() * fall.before.fen()) worst = fall;
        }
        if (!worst) return;
        say("wage_now_3m", worst->now, worst->rows);
        say("wage_before_3m", worst->before, worst->rows);
    }

    void alone_without_pension(const std::map<registry::PersonId, Employment>& of) {
        bool alone = false;
        Rows rows;
        if (members_.size() == 1 && age(*members_.front()) >= 60) {
            const auto& only = *members_.front();
            const auto said = of.find(only.id);
            alone = said != of.end() && said->second.pension_said ? said->second.no_pension : only.values.is(PF::pension, "9");
        }
        say("age_60_alone_no_pension", alone, rows);
    }

    void housing() {
        const Sheet sheet("housing.dangerous", rows_);
        const feeds::Fact* latest = nullptr;
        for (const auto* row : sheet.rows())
            if (!latest || row->happened_on >= latest->happened_on) latest = row;
        if (!latest) {
            if (home_.values.has(HF::house_grade)) say("house_grade", home_.values[HF::house_grade]);
            say("sole_home", true);
            return;
        }
        const auto& state = sheet.text(*latest, "rebuild_state");
        const bool rebuilt = state == "done";
        say("house_grade", rebuilt ? std::string("A") : sheet.text(*latest, "grade"), {latest->row});
        say("sole_home", state != "other_home", {latest->row});
    }

    void relief() {
        const Sheet sheet("civil_affairs.relief", rows_);
        bool dibao = home_.values.yes(HF::low_income);
        bool tekun = home_.values.yes(HF::extreme_poverty);
        bool granted = false, stopped = false;
        std::string reason;
        Rows granted_rows, stopped_rows, aid_rows;
        std::int64_t aid = 0;
        for (const auto* row : sheet.rows()) {
            const auto from = sheet.date(*row, "from_month"), until = sheet.date(*row, "stopped_month");
            const bool low_income = sheet.is(*row, "relief_kind", "dibao");
            if (sheet.is(*row, "relief_kind", "temporary")) {
                if (from && *from > as_of_.plus_months(-12) && *from <= as_of_) ++aid, aid_rows.push_back(row->row);
                continue;
            }
            if (!low_income && !sheet.is(*row, "relief_kind", "tekun")) continue;
            (low_income ? dibao : tekun) = !until;
            const auto when = until ? until : from;
            if (!low_income || !when || when->last_of_month() < recent_from_ || *when > as_of_) continue;
            granted = !until;
            stopped = until.has_value();
            if (stopped) reason = sheet.text(*row, "stop_reason");
            (stopped ? stopped_rows : granted_rows).push_back(row->row);
        }
        say("has_dibao", dibao);
        say("has_tekun", tekun);
        say("dibao_new", granted, granted_rows);
        say("dibao_stopped", stopped, stopped_rows);
        if (stopped) say("dibao_stop_reason", reason.empty() ? std::string("other") : reason, stopped_rows);
        say("temporary_aid_12m", aid, aid_rows);
    }

    void income() {
        const auto window = registry::latest_window(home_.income);
        if (!window || members_.empty()) return;
        const auto members = static_cast<std::int64_t>(members_.size());
        const auto now = registry::income_in(home_.income, *window, members);
        if (!now) return;
        say("pc_deducted", now->deducted_per_head);
        const Period before{window->first.plus_months(-12), window->first.plus_days(-1)};
        const bool known = std::any_of(home_.income.begin(), home_.income.end(),
                                       [&](const auto& line) { return before.contains(line.window.first) && before.contains(line.window.last); });
        if (!known) return;
        const auto last = registry::income_in(home_.income, before, members);
        if (last) say("pc_deducted_last_year", last->deducted_per_head);
    }

    const registry::Household& home_;
    const std::vector<feeds::Fact>& rows_;
    Date as_of_;
    Date recent_from_;
    std::vector<const registry::Member*> members_;
    Facts facts_;
};

}  // namespace

Facts facts_of(const registry::Household& household, const std::vector<feeds::Fact>& rows, Date as_of, const Windows& windows) {
    return Gathering(household, rows, as_of, windows).all();
}

}  // namespace ballast::screening
