#include "demo/figures.h"

#include <map>

#include "base/rng.h"
#include "demo/names.h"
#include "indicators/counting.h"
#include "indicators/findings.h"
#include "indicators/responsible.h"
#include "indicators/targets.h"
#include "indicators/values.h"

namespace ballast::demo {
namespace {

using namespace indicators;

constexpr int months = 12;

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
