#include "screening/facts.h"

#include <algorithm>

#include "base/decimal.h"
#include "registry/income.h"
#include "screening/events.h"
#include "screening/sheet.h"

namespace ballast::screening {
namespace {

using HF = registry::HouseholdField;
using PF = registry::PersonField;
using registry::PersonId;

// Compulsory schooling, in years of age (domain specification 3.3).
constexpr int school_age_first = 6, school_age_last = 15;
constexpr int old_age = 60;

class Gathering {
public:
    Gathering(const registry::Household& household, const std::vector<feeds::Fact>& rows, Date as_of,
              const Windows& windows, const OwnRecords& own)
        : home_(household),
          rows_(rows),
          own_(own),
          as_of_(as_of),
          windows_(windows),
          recent_from_(as_of.plus_days(-windows.recent_days)) {
        for (const auto& member : household.members)
            if (member.active()) members_.push_back(&member);
    }

    Facts all() {
        household();
        if (members_.empty()) return {};  // a household that is over
        medical();
        insurance();
        disability();
        schooling();
        work();
        housing();
        relief();
        income();
        add_events(facts_, home_, {rows_, own_.loans}, as_of_, windows_);
        return std::move(facts_);
    }

private:
    void say(std::string_view name, FactValue value, Rows rows = {}) {
        facts_.insert_or_assign(std::string(name), Fact{std::move(value), std::move(rows)});
    }
    void say(std::string_view name, const Sum& sum) { say(name, sum.amount, sum.rows); }
    Sheet sheet(std::string_view feed) const { return {feed, rows_, as_of_}; }

    std::optional<int> age(const registry::Member& member, Date on) const {
        const auto birth = member.values.date(PF::birth);
        if (!birth || *birth > on) return std::nullopt;
        return age_on(*birth, on);
    }
    /// The active member; null for who has left or was never of this household.
    const registry::Member* member(PersonId id) const {
        for (const auto* one : members_)
            if (one->id == id) return one;
        return nullptr;
    }
    /// What a member who has died cost is still the household's; what one who moved away costs is not.
    bool paid_by_household(PersonId id) const {
        for (const auto& one : home_.members)
            if (one.id == id) return one.active() || one.values.is(PF::member_status, "2");
        return false;
    }

    void household() {
        if (home_.values.has(HF::household_kind)) {
            say("ex_poor_or_monitored", !home_.values.is(HF::household_kind, "01"));
            say("monitored", home_.values.is(HF::household_kind, "03"));
        }
        if (home_.values.has(HF::relocated)) say("relocated", home_.values.yes(HF::relocated));
        std::int64_t labour = 0, students = 0;
        bool known = true;
        for (const auto* one : members_) {
            const auto& skill = one->values[PF::labour];
            labour += skill == "1" || skill == "2" || skill == "3";
            known = known &&
                    (!skill.empty() || age(*one, as_of_).value_or(school_age_last + 1) <= school_age_last);
            students += past_compulsory_by_grade(*one);
        }
        // Nobody able to work is a grave thing to say: not while a grown-up's field is empty.
        if (known || labour > 0) say("labour_count", labour);
        say("n_students_noncompulsory", students);
    }

    // What people paid themselves in the calendar year. In January the December files are still to come, so
    // the year before counts where it weighs more.
    void medical() {
        const auto expenses = sheet("medical.expenses");
        struct Year {
            Sum hospital, everything;
            std::map<PersonId, Money> paid,
                told;  // of each person: the rows' sum, the sender's running total
        };
        std::map<int, Year> years;
        std::map<Date, Sum> special;  // by month
        for (const auto* row : expenses.rows()) {
            const auto amount = expenses.money(*row, "self_paid");
            const Date on = row->happened_on.value_or(Sheet::month_of(*row));
            if (!amount || on > as_of_ || !paid_by_household(row->person)) continue;
            auto& year = years[on.year()];
            year.everything.rows.push_back(row->row);
            year.paid[row->person] += *amount;
            if (const auto so_far = expenses.money(*row, "self_paid_ytd"))
                year.told[row->person] = std::max(year.told[row->person], *so_far);
            // Where the kind is missing, a row with a date of discharge is a stay (domain specification 3.6).
            const auto& kind = expenses.text(*row, "care_kind");
            const bool discharged = !expenses.text(*row, "discharged_on").empty();
            if (kind == "inpatient" || (kind.empty() && discharged)) year.hospital.add(*amount, row->row);
            if (kind == "special_outpatient") special[on.first_of_month()].add(*amount, row->row);
        }
        for (auto& [number, year] : years)
            for (const auto& [person, sum] : year.paid)
                year.everything.amount += std::max(sum, year.told[person]);
        const auto heavier = [&](Sum Year::*which) {
            const Sum now = years[as_of_.year()].*which;
            const Sum before = as_of_.month() == 1 ? years[as_of_.year() - 1].*which : Sum{};
            return before.amount > now.amount ? before : now;
        };
        say("hosp_self_paid_ytd", heavier(&Year::hospital));
        say("med_self_paid_ytd", heavier(&Year::everything));
        // The dearest of this month and the two before: the newest one may be on file in part only.
        Sum dearest;
        for (const auto& [month, sum] : special)
            if (month >= as_of_.first_of_month().plus_months(-2) && sum.amount > dearest.amount)
                dearest = sum;
        say("outpatient_special_month", dearest);
    }

    // The list names who is not insured in a year; for people that it does not name the register counts.
    void insurance() {
        const auto list = sheet("medical.uninsured");
        std::map<PersonId, const feeds::Fact*> latest;
        for (const auto* row : list.rows())
            if (list.text(*row, "insured_year") == std::to_string(as_of_.year())) latest[row->person] = row;
        bool everybody = true;
        Rows rows;
        for (const auto* one : members_) {
            const auto said = latest.find(one->id);
            const bool listed = said != latest.end();
            const bool insured = listed ? list.text(*said->second, "insured_state") != "uninsured"
                                        : !one->values.is(PF::medical, "9");
            if (listed && !insured) rows.push_back(said->second->row);
            everybody = everybody && insured;
        }
        say("insured_medical", everybody, rows);
        // Only lists of the current year are read, and its insurance has begun.
        say("insurance_year_open", true);
    }

    void disability() {
        const auto certificates = sheet("disability.certificates");
        std::map<PersonId, Rows> disabled;
        for (const auto* one : members_) {
            const auto& health = one->values[PF::health];
            if (one->values.has(PF::disability_grade) || one->values.has(PF::disability_class) ||
                health.find('4') != std::string::npos)
                disabled[one->id];
        }
        std::optional<std::int64_t> worst;  // 1 is worst
        Rows fresh, all;
        for (const auto* row : certificates.rows()) {
            const auto issued = certificates.date(*row, "issued_on");
            if (!member(row->person) || !issued || *issued > as_of_) continue;
            disabled[row->person].push_back(row->row);
            if (*issued < recent_from_) continue;
            const std::int64_t grade = std::stoll(certificates.text(*row, "grade"));
            worst = std::min(worst.value_or(grade), grade);
            fresh.push_back(row->row);
        }
        for (const auto& [person, rows] : disabled) all.insert(all.end(), rows.begin(), rows.end());
        say("disability_new", worst.has_value(), fresh);
        if (worst) say("disability_grade", *worst, fresh);
        say("n_disabled", static_cast<std::int64_t>(disabled.size()), all);
    }

    static bool past_compulsory_by_grade(const registry::Member& member) {
        const auto& grade = member.values[PF::student];
        return grade.size() == 2 && grade >= "06";
    }
    bool past_compulsory(const registry::Member& member) const {
        const auto& grade = member.values[PF::student];
        if (grade >= "02" && grade <= "05") return false;
        return past_compulsory_by_grade(member) || age(member, as_of_).value_or(0) > school_age_last;
    }

    void schooling() {
        const auto students = sheet("education.students");
        // It begins on 1 September.
        const Date school_year = *Date::from(as_of_.month() >= 9 ? as_of_.year() : as_of_.year() - 1, 9, 1);
        std::map<PersonId, const feeds::Fact*> latest;
        Sum paid;
        for (const auto* row : students.rows()) {
            latest[row->person] = row;
            const auto* pupil = member(row->person);
            const auto amount = students.money(*row, "self_paid");
            if (pupil && amount && past_compulsory(*pupil) && Sheet::month_of(*row) >= school_year)
                paid.add(*amount, row->row);
        }
        bool out = false, exempt = false;
        Rows rows;
        for (const auto* one : members_) {
            const int years = age(*one, as_of_).value_or(-1);
            if (years < school_age_first || years > school_age_last) continue;
            const auto said = latest.find(one->id);
            const std::string state = said != latest.end() ? students.text(*said->second, "study_state") : "";
            // Who turned six after the school year began enters with the next one.
            const bool due = age(*one, school_year.plus_days(-1)).value_or(-1) >= school_age_first;
            const bool gone =
                state == "dropped_out" || (state.empty() && due && one->values.is(PF::student, "00"));
            const bool excused = state == "exempt" || state == "home_taught" ||
                                 (gone && one->values.yes(PF::schooling_exempt));
            exempt = exempt || excused;
            if (!gone || excused) continue;
            out = true;
            if (!state.empty()) rows.push_back(said->second->row);
        }
        say("school_age_not_at_school", out, rows);
        say("dropout_exempt", exempt && !out);
        say("edu_self_paid_year", paid);
    }

    struct Employment {
        std::optional<Date> lost, started;
        Rows rows;  // of the loss
        std::string pension;
        Rows pension_rows;
        /// Work that began on the day of the loss or later is work found again.
        bool out_of_work() const { return lost && !(started && *started >= *lost); }
    };
    using Wages =
        std::map<Date, std::map<std::string, std::pair<Money, feeds::RowId>>>;  // by month and employer

    void work() {
        const auto employment = sheet("hr.employment");
        std::map<PersonId, Employment> of;
        std::map<PersonId, Wages> wages;
        for (const auto* row : employment.rows()) {
            if (!member(row->person)) continue;
            auto& one = of[row->person];
            auto lost = employment.date(*row, "left_on");
            if (!lost) lost = employment.date(*row, "unemployed_on");
            const auto started = employment.date(*row, "started_on");
            if (started && *started <= as_of_)
                one.started = std::max(one.started.value_or(*started), *started);
            if (lost && *lost <= as_of_ && (!one.lost || *lost >= *one.lost)) {
                one.lost = lost;
                one.rows = {row->row};
            }
            if (const auto wage = employment.money(*row, "monthly_wage"))
                wages[row->person][Sheet::month_of(*row)].insert_or_assign(employment.text(*row, "employer"),
                                                                           std::pair(*wage, row->row));
            if (const auto& pension = employment.text(*row, "pension_state"); !pension.empty()) {
                one.pension = pension;
                one.pension_rows = {row->row};
            }
        }
        for (const auto& spell : own_.work) note_placement(spell, of);
        lost_work(of);
        wage_drop(wages);
        alone_without_pension(of);
    }

    /// Who works today has not lost work, whatever else ended.
    void note_placement(const Work& spell, std::map<PersonId, Employment>& of) const {
        if (!member(spell.person) || spell.started_on > as_of_) return;
        auto& one = of[spell.person];
        if (!spell.ended_on || *spell.ended_on > as_of_) {
            one.started = as_of_;
        } else if (!one.lost || *spell.ended_on > *one.lost) {
            one.lost = spell.ended_on;
            one.rows.clear();  // no department said so
        }
    }

    void lost_work(const std::map<PersonId, Employment>& of) {
        std::int64_t still_earn = 0;
        std::optional<int> longest;
        Rows rows;
        for (const auto* one : members_) {
            const auto said = of.find(one->id);
            if (said != of.end() && said->second.out_of_work()) {
                const int days = as_of_ - *said->second.lost;
                if (!longest || days > *longest) {
                    longest = days;
                    rows = said->second.rows;
                }
            } else {
                const auto worked = [&](PF months) { return one->values.whole(months).value_or(0) > 0; };
                const bool found = said != of.end() && said->second.started && !said->second.lost;
                still_earn += worked(PF::work_months) || worked(PF::public_post_months) || found ||
                              (said != of.end() && said->second.lost);
            }
        }
        say("earners_left", still_earn);
        if (!longest) return;
        say("work_loss_days", std::int64_t{*longest}, rows);
        // "Sole earner": nobody of the household earns any more, also when two have lost their work.
        say("sole_earner", still_earn == 0, rows);
    }

    // The last three months on file of one person against the same three a year before; of several people the
    // one whose wages fell deepest. A missing month says nothing.
    void wage_drop(const std::map<PersonId, Wages>& wages) {
        struct Fall {
            Sum now, before;
        };
        std::optional<Fall> deepest;
        for (const auto& [person, months] : wages) {
            const Date last = months.rbegin()->first;
            if (last < as_of_.first_of_month().plus_months(-3)) continue;  // long ago
            Fall fall;
            bool whole = true;
            const auto take = [&](Date month, Sum& into) {
                const auto found = months.find(month);
                whole = whole && found != months.end();
                if (found == months.end()) return;
                for (const auto& [employer, wage] : found->second) into.add(wage.first, wage.second);
            };
            for (int back = 0; back < 3; ++back) {
                take(last.plus_months(-back), fall.now);
                take(last.plus_months(-back - 12), fall.before);
            }
            if (!whole || fall.before.amount <= Money()) continue;
            const auto share = [](const Fall& one, const Fall& other) {
                return Decimal(one.now.amount.fen()) * Decimal(other.before.amount.fen());
            };
            if (!deepest || share(fall, *deepest) < share(*deepest, fall)) deepest = fall;
        }
        if (!deepest) return;
        say("wage_now_3m", deepest->now);
        say("wage_before_3m", deepest->before);
    }

    void alone_without_pension(const std::map<PersonId, Employment>& of) {
        if (members_.size() != 1 || age(*members_.front(), as_of_).value_or(0) < old_age) {
            say("age_60_alone_no_pension", false);
            return;
        }
        const auto& only = *members_.front();
        const auto said = of.find(only.id);
        if (said != of.end() && !said->second.pension.empty())
            say("age_60_alone_no_pension", said->second.pension == "none", said->second.pension_rows);
        else if (only.values.has(PF::pension))
            say("age_60_alone_no_pension", only.values.is(PF::pension, "9"));
    }

    // The latest appraisal; without one, the register's grade.
    void housing() {
        const auto appraisals = sheet("housing.dangerous");
        const feeds::Fact* latest = nullptr;
        for (const auto* row : appraisals.rows())
            if (row->happened_on <= as_of_ && (!latest || row->happened_on >= latest->happened_on))
                latest = row;
        if (!latest) {
            if (home_.values.has(HF::house_grade)) say("house_grade", home_.values[HF::house_grade]);
            say("sole_home", true);
            return;
        }
        const auto& state = appraisals.text(*latest, "rebuild_state");
        // A house that has been rebuilt is safe, whatever the appraisal before it said (domain
        // specification 3.5).
        say("house_grade", state == "done" ? std::string("A") : appraisals.text(*latest, "grade"),
            {latest->row});
        say("sole_home", state != "other_home", {latest->row});
    }

    /// One grant or stop of an allowance.
    struct Relief {
        Date when;  // the month
        bool stopped;
        const feeds::Fact* row;
    };
    /// Whether the household has it now: what happened last counts, and before that the register.
    static bool has(bool in_register, const std::vector<Relief>& events) {
        return events.empty() ? in_register : !events.back().stopped;
    }

    void relief() {
        const auto list = sheet("civil_affairs.relief");
        std::vector<Relief> low_income, extreme;
        Rows aid;
        for (const auto* row : list.rows()) {
            const auto from = list.date(*row, "from_month"), until = list.date(*row, "stopped_month");
            const auto& kind = list.text(*row, "relief_kind");
            if (!paid_by_household(row->person)) continue;
            if (kind == "temporary") {
                // This month and the eleven before it.
                const Date when = from.value_or(Sheet::month_of(*row));
                if (when <= as_of_ && when > as_of_.first_of_month().plus_months(-12))
                    aid.push_back(row->row);
                continue;
            }
            auto* events = kind == "dibao" ? &low_income : kind == "tekun" ? &extreme : nullptr;
            if (!events) continue;
            if (until && *until <= as_of_)
                events->push_back({*until, true, row});
            else if (from.value_or(Sheet::month_of(*row)) <= as_of_)
                events->push_back({from.value_or(Sheet::month_of(*row)), false, row});
        }
        const auto by_month = [](const Relief& a, const Relief& b) { return a.when < b.when; };
        std::stable_sort(low_income.begin(), low_income.end(), by_month);
        std::stable_sort(extreme.begin(), extreme.end(), by_month);
        const auto member_has = [&](auto condition) {
            return std::any_of(members_.begin(), members_.end(), condition);
        };
        say("has_dibao", has(home_.values.yes(HF::low_income) || member_has([](const registry::Member* one) {
                                 return one->values.yes(PF::low_income);
                             }),
                             low_income));
        say("has_tekun",
            has(home_.values.yes(HF::extreme_poverty) || member_has([](const registry::Member* one) {
                    return one->values.is(PF::extreme_poverty, "1") ||
                           one->values.is(PF::extreme_poverty, "2");
                }),
                extreme));
        const Relief* last = low_income.empty() ? nullptr : &low_income.back();
        if (last && last->when.last_of_month() < recent_from_) last = nullptr;
        const bool granted = last && !last->stopped, stopped = last && last->stopped;
        say("dibao_new", granted, granted ? Rows{last->row->row} : Rows{});
        say("dibao_stopped", stopped, stopped ? Rows{last->row->row} : Rows{});
        if (stopped) {
            const auto& reason = list.text(*last->row, "stop_reason");
            say("dibao_stop_reason", reason.empty() ? std::string("other") : reason, {last->row->row});
        }
        say("temporary_aid_12m", static_cast<std::int64_t>(aid.size()), aid);
    }

    void income() {
        if (members_.empty()) return;
        const auto window = registry::latest_known_window(home_.income, as_of_);
        if (!window) return;
        const auto members = static_cast<std::int64_t>(members_.size());
        if (const auto now = registry::income_in(home_.income, *window, members)) {
            say("pc_deducted", now->deducted_per_head);
            say("income_year", now->net);
            // The register does not part crops from livestock.
            const auto all = now->wage + now->production + now->property + now->transfer;
            if (all > Money()) say("crop_income_percent", now->production.fen() * 100 / all.fen());
        }
        const Period before{window->first.plus_months(-12), window->first.plus_days(-1)};
        if (!registry::known_whole(home_.income, before)) return;
        if (const auto last = registry::income_in(home_.income, before, members))
            say("pc_deducted_last_year", last->deducted_per_head);
    }

    const registry::Household& home_;
    const std::vector<feeds::Fact>& rows_;
    const OwnRecords& own_;
    Date as_of_;
    Windows windows_;
    Date recent_from_;
    std::vector<const registry::Member*> members_;
    Facts facts_;
};

}  // namespace

Facts facts_of(const registry::Household& household, const std::vector<feeds::Fact>& rows, Date as_of,
               const Windows& windows, const OwnRecords& own) {
    return Gathering(household, rows, as_of, windows, own).all();
}

}  // namespace ballast::screening
