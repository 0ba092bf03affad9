#include "demo/county.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <unordered_set>

#include "demo/names.h"

namespace ballast::demo {

using registry::Guarantee;
using registry::Household;
using registry::IncomeItem;
using registry::IncomeLine;
using registry::Member;
using HF = registry::HouseholdField;
using PF = registry::PersonField;

std::size_t County::people() const {
    std::size_t n = 0;
    for (const auto& household : households) n += household.members.size();
    return n;
}

namespace {

// Share of Yi people among villagers. Liangshan's mountain counties are Yi country; elsewhere few.
double yi_share(AreaCode county) {
    const auto n = county.at(AreaLevel::county).number() / 1'000'000;
    if (n == 513431) return 0.97;                           // Zhaojue
    if (n / 100 == 5134) return n == 513401 ? 0.20 : 0.65;  // Xichang; the rest of Liangshan
    return 0.0;
}

enum class Composition : std::uint8_t {
    old_alone,
    old_couple,
    couple,
    couple_children,
    three_generations,
    one_parent,
    grandparents_children,
    adult_alone,
    count_
};
constexpr std::array<double, static_cast<std::size_t>(Composition::count_)> composition_weights{
    0.060, 0.085, 0.080, 0.400, 0.250, 0.045, 0.035, 0.045};

class Maker {
public:
    Maker(County& county, const areas::Division& division, std::uint64_t seed)
        : county_(county), rng_(seed), yi_(yi_share(county.area)) {
        for (const auto& sibling : division.children(county.area.parent()))
            if (sibling.code != county.area) neighbours_.push_back(sibling.code.short_digits());
        own_ = county.area.short_digits();
        // The window of income: the last twelve whole months, and the twelve before them.
        window_ = income_window(county.today);
        before_ = {window_.first.plus_months(-12), window_.first.plus_days(-1)};
    }

    Household household(AreaCode village, int number_in_village) {
        Household home;
        home.village = village;
        home.household_no = village.digits() + pad(number_in_village, 4);
        const People people = rng_.chance(yi_) ? People::yi : People::han;
        family_ = draw_family_name(rng_, people);
        people_ = people;
        compose(home);
        dwelling(home);
        classify_and_pay(home);
        return home;
    }

private:
    static std::string pad(int n, int width) {
        auto digits = std::to_string(n);
        return std::string(static_cast<std::size_t>(std::max(0, width - static_cast<int>(digits.size()))),
                           '0') +
               digits;
    }

    Date birth_at_age(int age) {
        const int day = static_cast<int>(rng_.below(365));
        return county_.today.plus_months(-12 * age).plus_days(-day - 1);
    }

    CitizenId fresh_id(Date birth, Sex sex) {
        for (;;) {
            const std::string& address = !neighbours_.empty() && rng_.chance(0.06)
                                             ? neighbours_[rng_.below(neighbours_.size())]
                                             : own_;
            int sequence = static_cast<int>(rng_.below(500)) * 2 + (sex == Sex::male ? 1 : 0);
            const CitizenId id = CitizenId::compose(address, birth, sequence);
            if (used_.insert(id.reveal()).second) return id;
        }
    }

    Member& add(Household& home, std::string_view relation, Sex sex, int age, bool own_family) {
        Member& member = home.members.emplace_back();
        auto& v = member.values;
        const Date birth = birth_at_age(age);
        v[PF::name] = draw_name(rng_, own_family ? family_ : draw_family_name(rng_, people_), sex);
        v[PF::id_number] = fresh_id(birth, sex).reveal();
        v[PF::birth] = birth.iso();
        v[PF::sex] = sex == Sex::male ? "1" : "2";
        v[PF::ethnic] = people_ == People::yi ? "07" : "01";
        v[PF::relation] = relation;
        v[PF::member_status] = "1";
        v[PF::politic] =
            age >= 28 && rng_.chance(0.05) ? "1" : (age >= 14 && age < 28 && rng_.chance(0.3) ? "3" : "9");
        if (age >= 18)
            v[PF::phone] = "1" + std::to_string(rng_.between(3, 9)) +
                           pad(static_cast<int>(rng_.below(1'000'000'000)), 9);
        school(v, age);
        body(v, age);
        work(v, age);
        v[PF::medical] = rng_.chance(0.996) ? "1" : "9";
        v[PF::pension] =
            age >= 60 ? (rng_.chance(0.97) ? "3" : "9") : (age >= 16 ? (rng_.chance(0.85) ? "1" : "9") : "");
        v[PF::mandarin] = age < 45 || rng_.chance(0.4) ? "1" : "0";
        return member;
    }

    void school(registry::PersonValues& v, int age) {
        static constexpr std::array grades{"02", "02", "02", "02", "02", "02",
                                           "03", "04", "05", "06", "07", "08"};
        if (age < 3)
            v[PF::student] = "00", v[PF::education] = "0";
        else if (age < 6)
            v[PF::student] = rng_.chance(0.9) ? "01" : "00", v[PF::education] = "0";
        else if (age < 15)
            v[PF::student] = grades[static_cast<std::size_t>(std::min(age - 6, 8))],
            v[PF::education] = age < 12 ? "2" : "3";
        else if (age < 18 && rng_.chance(age == 15 ? 0.97 : 0.85)) {
            v[PF::student] = rng_.chance(0.5) ? grades[static_cast<std::size_t>(std::min(age - 6, 11))]
                                              : (age == 15   ? "09"
                                                 : age == 16 ? "10"
                                                             : "11");
            v[PF::education] = "3";
        } else if (age >= 18 && age < 22 && rng_.chance(0.30)) {
            v[PF::student] = rng_.chance(0.55) ? "1" + std::to_string(2 + std::min(age - 18, 2))
                                               : "1" + std::to_string(6 + std::min(age - 18, 3));
            v[PF::education] = "4";
        } else {
            v[PF::student] = "00";
            const double draw = rng_.uniform();
            if (age > 60)
                v[PF::education] = draw < 0.55 ? "1" : "2";
            else if (age > 40)
                v[PF::education] = draw < 0.20 ? "1" : draw < 0.65 ? "2" : draw < 0.93 ? "3" : "4";
            else
                v[PF::education] = draw < 0.04   ? "1"
                                   : draw < 0.28 ? "2"
                                   : draw < 0.76 ? "3"
                                   : draw < 0.92 ? "4"
                                                 : "5";
        }
    }

    void body(registry::PersonValues& v, int age) {
        const double chronic = age < 40 ? 0.02 : age < 60 ? 0.09 : 0.28;
        if (rng_.chance(0.028)) {
            const int kind = 1 + static_cast<int>(rng_.below(7));
            const double draw = rng_.uniform();
            const int grade = draw < 0.12 ? 1 : draw < 0.36 ? 2 : draw < 0.68 ? 3 : 4;
            v[PF::health] = "4";
            v[PF::disability_class] = std::to_string(kind);
            v[PF::disability_grade] = std::to_string(grade);
            v[PF::disability_certificate] = v[PF::id_number] + std::to_string(kind) + std::to_string(grade);
            v[PF::disability_subsidy] = grade <= 2 ? "2" : "0";
        } else if (rng_.chance(chronic)) {
            v[PF::health] = "2";
        } else if (rng_.chance(age < 40 ? 0.001 : 0.006)) {
            v[PF::health] = "3";
        } else {
            v[PF::health] = "1";
        }
    }

    void work(registry::PersonValues& v, int age) {
        const bool severe = v.is(PF::disability_grade, "1") || v.is(PF::disability_grade, "2");
        const bool student = !v.is(PF::student, "00");
        if (age < 16 || student)
            v[PF::labour] = "5";
        else if (severe)
            v[PF::labour] = "4";
        else if (age >= 70)
            v[PF::labour] = rng_.chance(0.25) ? "3" : "5";
        else if (age >= 60)
            v[PF::labour] = rng_.chance(0.75) ? "3" : "5";
        else
            v[PF::labour] = v.is(PF::health, "1") ? (rng_.chance(0.08) ? "2" : "1") : "3";
        v[PF::public_post] = "00";
        v[PF::work_months] = "0";
        const bool able = v.is(PF::labour, "1") || v.is(PF::labour, "2");
        if (able && age < 60 && rng_.chance(age < 45 ? 0.62 : 0.40)) {
            const double draw = rng_.uniform();
            v[PF::work_place] = draw < 0.12 ? "1" : draw < 0.30 ? "2" : draw < 0.62 ? "3" : "4";
            v[PF::work_months] = std::to_string(5 * rng_.between(8, 24));  // tenths of a month, 4.0 to 12.0
        } else if ((able || v.is(PF::labour, "3")) && age >= 18 && age < 65 && rng_.chance(0.05)) {
            v[PF::public_post] = "0" + std::to_string(rng_.between(1, 7));
            v[PF::public_post_months] = "120";
        }
    }

    void compose(Household& home) {
        const auto which = static_cast<Composition>(rng_.weighted(composition_weights));
        const bool male_head = rng_.chance(0.82);
        const Sex head = male_head ? Sex::male : Sex::female;
        const Sex spouse = male_head ? Sex::female : Sex::male;
        const auto age = [&](int low, int high) { return static_cast<int>(rng_.between(low, high)); };
        const auto children = [&](int parent_age, int most) {
            const int n =
                std::min<int>(most, 1 + static_cast<int>(rng_.weighted(std::array{0.34, 0.42, 0.18, 0.06})));
            for (int i = 0; i < n; ++i) {
                const int years = parent_age - 21 - static_cast<int>(rng_.between(0, 9)) - 2 * i;
                if (years < 0 || years > 22) continue;
                const bool boy = rng_.chance(0.52);
                add(home, boy ? "03" : "04", boy ? Sex::male : Sex::female, years, true);
            }
        };
        switch (which) {
            case Composition::old_alone:
                add(home, "01", rng_.chance(0.5) ? Sex::male : Sex::female, age(62, 89), true);
                break;
            case Composition::old_couple: {
                const int years = age(60, 84);
                add(home, "01", head, years, true);
                add(home, "02", spouse, std::max(58, years - age(-2, 5)), false);
                break;
            }
            case Composition::couple:
            case Composition::couple_children: {
                const int years = which == Composition::couple ? age(24, 58) : age(25, 48);
                add(home, "01", head, years, true);
                add(home, "02", spouse, std::max(22, years - age(-2, 4)), false);
                if (which == Composition::couple_children) children(years, 4);
                break;
            }
            case Composition::three_generations: {
                const int years = age(28, 48);
                add(home, "01", Sex::male, years, true);
                add(home, "02", Sex::female, std::max(23, years - age(-1, 4)), false);
                children(years, 3);
                const int old = years + age(21, 30);
                if (rng_.chance(0.75)) add(home, "11", Sex::male, old, true);
                if (rng_.chance(0.85))
                    add(home, "12", Sex::female, std::max(years + 18, old - age(-1, 4)), false);
                break;
            }
            case Composition::one_parent: {
                const int years = age(27, 48);
                add(home, "01", head, years, true);
                children(years, 3);
                break;
            }
            case Composition::grandparents_children: {
                const int years = age(55, 74);
                add(home, "01", head, years, true);
                if (rng_.chance(0.6)) add(home, "02", spouse, std::max(52, years - age(-2, 5)), false);
                const int n = 1 + static_cast<int>(rng_.below(2));
                for (int i = 0; i < n; ++i) {
                    const bool boy = rng_.chance(0.52);
                    add(home, boy ? "07" : "08", boy ? Sex::male : Sex::female, age(2, 16), true);
                }
                break;
            }
            default:
                add(home, "01", rng_.chance(0.75) ? Sex::male : Sex::female, age(24, 59), true);
        }
        marry(home);
    }

    void marry(Household& home) {
        const bool couple = std::any_of(home.members.begin(), home.members.end(),
                                        [](const Member& m) { return m.values.is(PF::relation, "02"); });
        for (auto& member : home.members) {
            const bool adult = age_on(*member.values.date(PF::birth), county_.today) >= 22;
            const bool child = member.values.is(PF::relation, "03") || member.values.is(PF::relation, "04") ||
                               member.values.is(PF::relation, "07") || member.values.is(PF::relation, "08");
            const bool head = member.head();
            const bool old = member.values.is(PF::relation, "11") || member.values.is(PF::relation, "12");
            member.values[PF::marriage] = child || !adult ? "1"
                                          : member.values.is(PF::relation, "02") || (head && couple) || old
                                              ? "2"
                                              : "3";
        }
    }

    void dwelling(Household& home) {
        auto& v = home.values;
        v[HF::group_name] = std::to_string(rng_.between(1, 6)) + "组";
        v[HF::address] = v[HF::group_name] + std::to_string(rng_.between(1, 120)) + "号";
        const double structure = rng_.uniform();
        v[HF::house_structure] = structure < 0.2 ? "1" : structure < 0.75 ? "2" : structure < 0.9 ? "3" : "4";
        v[HF::house_area] = std::to_string(
            100 * std::max<std::int64_t>(
                      20, rng_.between(18, 30) * static_cast<std::int64_t>(home.members.size())));
        v[HF::house_grade] =
            rng_.chance(0.9965) ? (rng_.chance(0.7) ? "A" : "B") : (rng_.chance(0.7) ? "C" : "D");
        v[HF::house_built] = std::to_string(county_.today.year() - rng_.between(2, 30));
        const double water = rng_.uniform();
        v[HF::water_source] = water < 0.9 ? "1" : water < 0.96 ? "4" : "2";
        v[HF::water_quality] = rng_.chance(0.997) ? "1" : "2";
        v[HF::water_fetch_minutes] = std::to_string(water < 0.9 ? 0 : rng_.between(2, 15));
        v[HF::electricity] = "1";
        v[HF::road] = rng_.chance(0.95) ? "1" : "2";
        v[HF::broadband] = rng_.chance(0.85) ? "1" : "0";
        const double fuel = rng_.uniform();
        v[HF::fuel] = fuel < 0.35 ? "1" : fuel < 0.85 ? "4" : "3";
        v[HF::sanitary_toilet] = rng_.chance(0.78) ? "1" : "0";
        v[HF::land_arable] =
            std::to_string(rng_.between(50, 250) * static_cast<std::int64_t>(home.members.size()));
        v[HF::land_forest] = std::to_string(rng_.between(0, 800));
        v[HF::cooperative] = rng_.chance(0.35) ? "1" : "0";
    }

    static int months_worked(const Household& home) {
        int tenths = 0;
        for (const auto& member : home.members)
            tenths += static_cast<int>(member.values.whole(PF::work_months).value_or(0));
        return tenths;
    }

    void pay(Household& home, const Period& window, IncomeItem item, std::string_view sub, double yuan) {
        const auto tens = static_cast<std::int64_t>(std::llround(yuan / 10));
        if (tens > 0)
            home.income.push_back({std::nullopt, window, item, std::string(sub), Money::yuan(tens * 10)});
    }

    void classify_and_pay(Household& home) {
        auto& v = home.values;
        const auto n = static_cast<double>(home.members.size());
        // Per-capita net income: level and spread of a poor mountain county; the tail below 7,500 yuan is
        // some three per cent.
        double per_capita = std::exp(rng_.normal(std::log(16'000.0), 0.34));
        const bool ex_poor = rng_.chance(per_capita < 13'000 ? 0.62 : 0.38);
        const bool relocated = ex_poor && rng_.chance(0.18);
        bool labour = false;
        for (const auto& member : home.members)
            labour = labour || member.values.is(PF::labour, "1") || member.values.is(PF::labour, "2") ||
                     member.values.is(PF::labour, "3");
        bool old_only = true;
        for (const auto& member : home.members)
            old_only = old_only && age_on(*member.values.date(PF::birth), county_.today) >= 60;
        const bool tekun = !labour && old_only && home.members.size() == 1 && rng_.chance(0.6);
        const bool dibao = !tekun && (rng_.chance(per_capita < 8'500    ? 0.7
                                                  : per_capita < 11'000 ? 0.25
                                                                        : 0.02) ||
                                      (!labour && rng_.chance(0.93)));
        const bool monitored = per_capita < 8'200 ? rng_.chance(0.55) : rng_.chance(0.008);
        v[HF::household_kind] = monitored ? "03" : ex_poor ? "02" : "01";
        if (ex_poor) {
            v[HF::ex_poor_kind] = rng_.chance(0.6) ? "2" : "1";
            v[HF::poverty_year_in] = "2014";
            v[HF::poverty_year_out] = std::to_string(rng_.between(2016, 2020));
        }
        if (ex_poor || monitored) {
            v[HF::helper] = draw_name(rng_, draw_family_name(rng_, People::han), Sex::male);
            v[HF::bank_name] = "农村信用社";
            v[HF::bank_holder] = home.members.front().values[PF::name];
            v[HF::bank_account] = bank_account();
        }
        v[HF::low_income] = dibao ? "1" : "0";
        v[HF::extreme_poverty] = tekun ? "1" : "0";
        v[HF::relocated] = relocated ? "1" : "0";
        if (relocated) v[HF::relocation_site] = "安置区" + std::to_string(rng_.between(1, 9));
        if (dibao)
            for (auto& member : home.members) {
                member.values[PF::low_income] = "1";
                member.values[PF::low_income_amount] = std::to_string(100 * rng_.between(210, 420));
                const Date since = *Date::from(county_.today.year() - static_cast<int>(rng_.between(1, 6)),
                                               static_cast<int>(rng_.between(1, 12)), 1);
                // Who was born meanwhile joined the others then.
                member.values[PF::low_income_since] =
                    std::max(since, *member.values.date(PF::birth)).first_of_month().iso();
            }
        if (tekun) home.members.front().values[PF::extreme_poverty] = rng_.chance(0.8) ? "2" : "1";

        const double last = per_capita;
        const double change =
            rng_.chance(0.006) ? 2.2
                               : std::exp(rng_.normal(-0.06, 0.09));  // of the year before, against this one
        income_of(home, window_, last * n, dibao, tekun);
        income_of(home, before_, last * change * n, dibao, tekun);
        guarantees(home);
    }

    void income_of(Household& home, const Period& window, double net, bool dibao, bool tekun) {
        double transfer = 0;
        int pensioners = 0;
        for (const auto& member : home.members) pensioners += member.values.is(PF::pension, "3");
        if (pensioners > 0)
            pay(home, window, IncomeItem::transfer, "pension", 12 * 135.0 * pensioners),
                transfer += 12 * 135.0 * pensioners;
        if (dibao) {
            const double yearly = 12 * 300.0 * static_cast<double>(home.members.size());
            pay(home, window, IncomeItem::transfer, "low_income", yearly);
            transfer += yearly;
        }
        if (tekun)
            pay(home, window, IncomeItem::transfer, "extreme_poverty", 12 * 820.0), transfer += 12 * 820.0;
        const double ecology = static_cast<double>(rng_.between(20, 60)) * 10;
        pay(home, window, IncomeItem::transfer, "ecological", ecology);
        transfer += ecology;
        const double rest = std::max(0.0, net - transfer);
        const int months = months_worked(home);
        const double wage_share = months > 0 ? 0.72 : 0.0;
        bool post = false;
        for (const auto& member : home.members) post = post || !member.values.is(PF::public_post, "00");
        double wage = rest * wage_share;
        if (post && wage == 0) wage = std::min(rest, 12 * 500.0);
        pay(home, window, IncomeItem::wage, "", wage);
        const double property = rng_.chance(0.3) ? rest * 0.04 : 0;
        pay(home, window, IncomeItem::property, "", property);
        const double production = std::max(0.0, rest - wage - property);
        pay(home, window, IncomeItem::production, "", production * 1.55);
        pay(home, window, IncomeItem::production_expense, "", production * 0.55);
        // Most households pay little out of pocket; a few pay dearly.
        const double self_paid = rng_.chance(0.03)  ? std::exp(rng_.normal(std::log(9'000.0), 0.7))
                                 : rng_.chance(0.5) ? rng_.uniform() * 1'500
                                                    : 0;
        pay(home, window, IncomeItem::compliant_self_paid, "", self_paid);
        if (self_paid > 5'000 && rng_.chance(0.2))
            pay(home, window, IncomeItem::insurance_claim, "", self_paid * 0.3);
    }

    void guarantees(Household& home) {
        const Date assessed = county_.today.plus_months(-static_cast<int>(rng_.between(1, 10)))
                                  .first_of_month()
                                  .plus_days(static_cast<int>(rng_.below(27)));
        bool insured = true;
        bool pupils = false;
        for (const auto& member : home.members) {
            insured = insured && !member.values.is(PF::medical, "9");
            const int age = age_on(*member.values.date(PF::birth), county_.today);
            pupils = pupils || (age >= 6 && age < 16);
        }
        const bool safe_house = home.values.is(HF::house_grade, "A") || home.values.is(HF::house_grade, "B");
        const auto state = [&](const char* item, const char* status) {
            home.guarantees.push_back({item, status, "驻村工作队", assessed, assessed.plus_months(12), ""});
        };
        state("food", "secured");
        state("clothing", "secured");
        state("education", pupils ? "secured" : "not_applicable");
        state("medical", insured ? "secured" : "not_secured");
        state("housing", safe_house ? "secured" : "not_secured");
        state("water", home.values.is(HF::water_quality, "1") ? (rng_.chance(0.995) ? "secured" : "at_risk")
                                                              : "at_risk");
    }

    std::string bank_account() {
        std::string digits = "62";
        while (digits.size() < 18) digits += static_cast<char>('0' + rng_.below(10));
        int sum = 0;  // Luhn over the digits that will stand before the check digit
        for (std::size_t i = 0; i < digits.size(); ++i) {
            int d = digits[digits.size() - 1 - i] - '0';
            if (i % 2 == 0) d = d * 2 > 9 ? d * 2 - 9 : d * 2;
            sum += d;
        }
        return digits + static_cast<char>('0' + (10 - sum % 10) % 10);
    }

    County& county_;
    Rng rng_;
    double yi_;
    std::string own_;
    std::vector<std::string> neighbours_;
    Period window_, before_;
    FamilyName family_;
    People people_ = People::han;
    std::unordered_set<std::string> used_;
};

}  // namespace

Result<County> make_county(const areas::Division& division, AreaCode area, std::int64_t people,
                           std::uint64_t seed, Date today) {
    County county{area.at(AreaLevel::county), today, {}};
    std::vector<AreaCode> villages;
    for (const auto& township : division.children(county.area))
        for (const auto& village : division.children(township.code)) villages.push_back(village.code);
    if (villages.empty()) return invalid("demo.no_villages").with("area", area.digits());

    Maker maker(county, division, seed);
    Rng sizes = Rng(seed).fork(1);
    std::vector<double> weights(villages.size());
    double total = 0;
    for (auto& weight : weights) total += weight = std::exp(sizes.normal(0, 0.5));
    std::int64_t made = 0;
    double owed = 0;
    for (std::size_t i = 0; i < villages.size(); ++i) {
        owed += static_cast<double>(people) * weights[i] / total;
        for (int number = 1; static_cast<double>(made) < owed && made < people; ++number) {
            county.households.push_back(maker.household(villages[i], number));
            made += static_cast<std::int64_t>(county.households.back().members.size());
        }
    }
    return county;
}

}  // namespace ballast::demo
