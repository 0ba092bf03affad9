#include "demo/figures.h"

#include <map>

#include "base/rng.h"
#include "demo/names.h"
#include "indicators/counting.h"
#include "indicators/findings.h"
#include "indicators/forms.h"
#include "indicators/responsible.h"
#include "indicators/targets.h"
#include "indicators/values.h"

namespace ballast::demo {
namespace {

using namespace indicators;

constexpr int months = 12, quarters = 5;

class Entering {
public:
    Entering(const delivery::Context& context, std::uint64_t seed, Instant now)
        : context_(context),
          actor_(auth::system_actor("demo")),
          catalogue_(indicators::catalogue(context.paths.root + "/packs")),
          desk_{context.vault, context.division, actor_, *catalogue_, context.settings.area, civil_date(now), now},
          sizes_(seed),
          rng_(seed) {}

    Result<void> all() {
        const auto month = Term::of(TermKind::month, desk_.today), year = Term::of(TermKind::year, desk_.today);
        TRY(name_responsible());
        for (int n = months; n >= 1; --n) TRY(village_month(month.plus(-n), n == 1));
        TRY(township_year(year.plus(-1)));
        const auto quarter = Term::of(TermKind::quarter, desk_.today);
        for (int n = quarters; n >= 1; --n) TRY(credit_quarter(quarter.plus(-n), quarters - n, quarter.plus(-1)));
        return context_.database.write([&](db::Tx& tx) -> Result<void> {
            TRY(targets(tx, month, year));
            TRY(count_all(tx, desk_));
            TRY(check_figures(tx, desk_, desk_.top, month.plus(-1).last()));
            return {};
        });
    }

private:
    /// The secretaries of each level: one township changed its own, one has had none for ten days.
    Result<void> name_responsible() {
        Rng rng = sizes_.fork(0x5ec);
        return context_.database.write([&](db::Tx& tx) -> Result<void> {
            std::vector<AreaCode> townships;
            for (const auto level : {AreaLevel::prefecture, AreaLevel::county, AreaLevel::township, AreaLevel::village}) {
                if (level < desk_.top.level()) continue;
                for (const auto area : areas_at(desk_, {}, level, desk_.today)) {
                    TRY(answers(tx, rng, area, 0, 700));
                    if (level == AreaLevel::township) townships.push_back(area);
                }
            }
            if (townships.size() < 4) return {};
            TRY(answers(tx, rng, townships[1], 1, 45));
            auto desk = desk_;
            desk.today = desk_.today.plus_days(-10);
            return set_responsible(tx, desk, {townships.back(), "", "", "", 1});
        });
    }
    Result<void> answers(db::Tx& tx, Rng& rng, AreaCode area, std::int64_t version, int days_ago) {
        constexpr double yi = 0.6;  // assumed; a name stands for nobody
        const auto people = rng.chance(yi) ? People::yi : People::han;
        const auto name = draw_name(rng, draw_family_name(rng, people), rng.chance(0.75) ? Sex::male : Sex::female);
        auto desk = desk_;
        desk.today = desk_.today.plus_days(-days_ago);
        return set_responsible(tx, desk, {area, name, secretary_of(area), "", version});
    }
    std::string secretary_of(AreaCode area) const {
        if (area.level() == AreaLevel::village) return "村党组织书记";
        if (area.level() == AreaLevel::township) return "党委书记";
        const auto found = desk_.division.find(area);
        const std::string name(found ? found->name : "");
        return (name.size() < 3 ? "" : name.substr(name.size() - 3)) + "委书记";  // 州, 市, 县, 区
    }

    Result<void> enter(std::vector<Entry> entries) {
        return context_.database.write([&](db::Tx& tx) -> Result<void> {
            TRY(enter_all(tx, desk_, entries));
            return {};
        });
    }
    Entry cell(std::string_view form, const Term& term, std::string figure, AreaCode area, std::int64_t value,
               std::string part = "") {
        return {catalogue_->form(form), term.text(), std::move(figure), std::move(part), area, std::to_string(value), {}, "entered"};
    }

    /// In the last month one village in eight has not reported yet, and one in forty has mistyped.
    Result<void> village_month(const Term& term, bool last) {
        std::vector<Entry> out;
        for (const auto village : areas_at(desk_, {}, AreaLevel::village, term.last())) {
            const auto add = [&](std::string figure, std::int64_t value, std::string part = "") {
                out.push_back(cell("village_month", term, std::move(figure), village, value, std::move(part)));
            };
            Rng own = sizes_.fork(static_cast<std::uint64_t>(village.number()));  // a village keeps its size
            const auto size = own.between(8, 60);
            if (last && rng_.chance(1.0 / 8)) continue;
            const auto ex_poor = rng_.between(0, size / 3), other = rng_.between(0, size / 4);
            const bool wrong = last && rng_.chance(1.0 / 40);
            add("toilets_reported", size);
            add("cleanups", rng_.between(1, 5));
            add("cleanup_people", rng_.between(size, size * 2) * (wrong ? 10 : 1));
            add("trained", ex_poor + other + (wrong ? 2 : 0));
            add("trained", ex_poor, "ex_poor");
            add("trained", other, "other");
            const auto added = rng_.chance(0.1) ? rng_.between(1, 2) : 0;
            posts_[village] += added;
            add("new_posts", added);
            add("posts", posts_[village] + size / 8);
        }
        return enter(std::move(out));
    }

    Result<void> township_year(const Term& term) {
        std::vector<Entry> out;
        for (const auto township : areas_at(desk_, {}, AreaLevel::township, term.last())) {
            const auto children = rng_.between(80, 400);
            const auto add = [&](std::string figure, std::int64_t value) {
                out.push_back(cell("township_year", term, std::move(figure), township, value));
            };
            add("children", children);
            add("age_3_5", children * rng_.between(105, 120) / 100);
            const auto schools = rng_.between(1, 4);
            add("paired_schools", schools);
            add("lessons", schools * rng_.between(6, 10));
            const auto area = rng_.between(3'000, 20'000);
            add("grain_area", area);
            add("grain_output", area * rng_.between(280, 380));
        }
        return enter(std::move(out));
    }

    /// What a county tells of its banks and insurers. Balances grow a little each quarter; somewhat more microloans are overdue than may
    /// be; the scope of inclusive loans was widened with the new year, whose start is not last year's end as it was reported. All made up.
    Result<void> credit_quarter(const Term& term, std::int64_t n, const Term& newest) {
        const auto year = Term::of(TermKind::year, term.last());
        const auto year_end = Term::of(TermKind::quarter, year.plus(-1).last());
        std::int64_t start = n;  // which quarter last year's end was
        for (auto one = term; one != year_end; one = one.plus(-1)) --start;
        std::vector<Entry> out;
        for (const auto county : areas_at(desk_, {}, AreaLevel::county, term.last())) {
            Rng own = sizes_.fork(static_cast<std::uint64_t>(county.number()));  // a county keeps its size
            const auto count = [&](std::string figure, std::int64_t value) {
                out.push_back(cell("credit_quarter", term, std::move(figure), county, value));
            };
            const auto amount = [&](std::string figure, std::int64_t hundredths) {
                const auto measure = catalogue_->figure(figure)->measure;
                count(std::move(figure), 0);
                out.back().value = written(measure, hundredths);
            };
            const auto balances = [&](const std::string& name, std::int64_t size, std::int64_t permille, bool widened) {
                for (const auto& [when, quarter] : {std::pair{"_start", start}, {"_end", n}}) {
                    const auto balance = size + size * permille * quarter / 1000;
                    amount(name + when, widened ? balance * 13 / 12 : balance);
                }
            };
            balances("agri_loans", own.between(21'000'000, 27'000'000), 26, false);
            balances("inclusive_loans", own.between(4'800'000, 7'200'000), 34, year == Term::of(TermKind::year, newest.last()));
            balances("all_loans", own.between(42'000'000, 54'000'000), 29, false);
            balances("province_loans", 920'000'000'000, 20, false);
            const auto insured = own.between(2'900'000, 3'600'000), kinds = own.between(5, 9);
            amount("insured_start", insured);
            amount("insured_end", insured + insured * 31 * n / 1000);
            count("speciality_kinds_before", kinds);
            count("speciality_kinds", kinds + (n > 2 ? 1 : 0));
            const auto willing = own.between(1'800, 2'600) + 20 * n;
            count("microloan_willing", willing);
            count("microloan_lent", willing * (90 + n) / 100);
            amount("microloan_balance", willing * 380);
            amount("microloan_overdue", willing * 380 * (29 + n) / 1000);
        }
        TRY(enter(std::move(out)));
        auto in_time = desk_;
        in_time.today = term.last().plus_days(9);
        return context_.database.write([&](db::Tx& tx) -> Result<void> {
            for (const auto county : areas_at(desk_, {}, AreaLevel::county, term.last()))
                TRY(complete(tx, in_time, *catalogue_->form("credit_quarter"), term, county));
            return {};
        });
    }

    Result<void> targets(db::Tx& tx, const Term& month, const Term& year) {
        TRY(set_target(tx, desk_, {"household_employment", month.text(), desk_.top, "100", Direction::at_least, 0}));
        TRY(set_target(tx, desk_, {"trained", month.plus(-1).text(), desk_.top, "2000", Direction::at_least, 0}));
        return set_target(tx, desk_, {"gross_enrolment", year.plus(-1).text(), desk_.top, "90", Direction::at_least, 0});
    }

    const delivery::Context& context_;
    auth::Actor actor_;
    std::shared_ptr<const Catalogue> catalogue_;
    Desk desk_;
    const Rng sizes_;  // never drawn from: what is forked from it stays the same
    Rng rng_;
    std::map<AreaCode, std::int64_t> posts_;
};

}  // namespace

Result<void> enter_figures(const delivery::Context& context, std::uint64_t seed, Instant now) {
    return Entering(context, seed, now).all();
}

}  // namespace ballast::demo
