#include "demo/checks.h"

#include <algorithm>
#include <array>
#include <map>

#include "casework/quality.h"
#include "demo/happenings.h"
#include "registry/editing.h"
#include "registry/household_file.h"

namespace ballast::demo {

using registry::Household;
using registry::Member;
using HF = registry::HouseholdField;
using PF = registry::PersonField;

namespace {

constexpr int nightly_look_before = 13, slip_before = 2;  // days
constexpr std::size_t one_household_in = 300, at_least = 3;
constexpr int campaign_days = 30, of_them_over = 21, slips_by_hand = 3;
constexpr std::string_view leaking_roof = "09";

Member* somebody(Household& home, bool (*which)(const Member&, Date), Date today) {
    const auto found = std::ranges::find_if(
        home.members, [&](const Member& one) { return one.active() && !one.head() && which(one, today); });
    return found == home.members.end() ? nullptr : &*found;
}
bool anybody(const Member&, Date) { return true; }
bool past_primary_school(const Member& one, Date today) {
    const int age = age_on(*one.values.date(PF::birth), today);
    return age >= 16 && age <= 20;
}

/// Each answers whether the household could have the slip.
bool has_left(Household& home, Date today) {
    Member* one = somebody(home, anybody, today);
    if (one) one->values[PF::left_on] = today.plus_months(-2).iso();
    return one != nullptr;
}
bool still_a_pupil(Household& home, Date today) {
    Member* one = somebody(home, past_primary_school, today);
    if (one) one->values[PF::student] = "02";
    return one != nullptr;
}
bool earns_nothing(Household& home, Date) {
    for (auto& line : home.income) line.amount = Money();
    return !home.income.empty();
}
bool earns_ten_times(Household& home, Date) {
    if (!home.values.is(HF::household_kind, "03")) return false;
    for (auto& line : home.income) line.amount = Money::fen(10 * line.amount.fen());
    return !home.income.empty();
}
constexpr std::array slips{has_left, still_a_pupil, earns_nothing, earns_ten_times};

std::string season_of(Date day) {
    const int month = day.month();
    return month >= 4 && month <= 6 ? "春季" : month >= 9 && month <= 11 ? "秋季" : "年度";
}

}  // namespace

void slip(County& county, std::uint64_t seed) {
    Rng rng = Rng(seed).fork(9'001);
    const std::size_t wanted = std::max(at_least, county.households.size() / one_household_in);
    for (const auto make : slips) {
        std::size_t made = 0;
        for (std::size_t tried = 0; made < wanted && tried < 40 * wanted; ++tried) {
            auto& home = county.households[rng.below(county.households.size())];
            made += make(home, county.today);
        }
    }
}

Result<Checks> Checks::begin(const delivery::Context& context, const County& county, const Staff& staff,
                             std::uint64_t seed, Instant now) {
    Checks checks(context, county, staff, now);
    checks.terms_ = TRY(casework::clue_terms("", county.area, county.today));
    TRY(checks.plan(seed));
    return checks;
}

/// Every village looks at its share, some at all.
Result<void> Checks::plan(std::uint64_t seed) {
    Rng rng = Rng(seed).fork(9'002);
    std::map<AreaCode, std::int64_t> percent;
    const Date first = county_.today.plus_days(-of_them_over);
    return context_.database.read([&](db::Tx& tx) -> Result<void> {
        for (const auto& home : county_.households) {
            if (!home.values.is(HF::household_kind, "02")) continue;
            const auto share = percent.try_emplace(home.village, rng.between(35, 110)).first->second;
            if (rng.between(1, 100) > share) continue;
            const auto id = TRY(registry::household_numbered(tx, auth::Scope({county_.area}), county_.area,
                                                             home.household_no));
            agenda_.push_back({first.plus_days(static_cast<int>(rng.between(0, of_them_over))), home.village,
                               id, rng.chance(0.02)});
        }
        std::ranges::stable_sort(agenda_, {}, &Due::day);
        return {};
    });
}

Result<void> Checks::on(Date day) {
    if (day == county_.today.plus_days(-of_them_over)) TRY(announce(day));
    for (; next_ < agenda_.size() && agenda_[next_].day <= day; ++next_) TRY(check(agenda_[next_]));
    if (day == county_.today.plus_days(-slip_before)) TRY(slip_by_hand(day));
    if (day == county_.today.plus_days(-nightly_look_before) || day == county_.today) TRY(examine(day));
    return {};
}

/// In the afternoon; today at the latest now.
Instant Checks::at(Date day) const {
    constexpr std::int64_t hour = 3'600'000;
    return {std::min(now_.ms, std::int64_t{day.days()} * 24 * hour + 8 * hour)};
}

casework::ClueDesk Checks::desk(const auth::Actor& who, Date day) const {
    return {context_.vault, context_.division, who, day, at(day)};
}

Result<void> Checks::announce(Date day) {
    casework::Campaign wanted;
    wanted.area = county_.area;
    wanted.name = "脱贫户" + season_of(county_.today) + "集中排查";
    wanted.household_kind = "02";
    wanted.begins_on = day;
    wanted.ends_on = day.plus_days(campaign_days - 1);
    const auto& officer = staff_.who(auth::Right::quality_run, home());
    campaign_ = TRY(context_.database.write([&](db::Tx& tx) {
                    return casework::begin_campaign(tx, desk(officer, day), wanted, "demo");
                })).id;
    return {};
}

Result<void> Checks::check(const Due& due) {
    std::optional<casework::Report> found;
    if (due.finds) {
        found.emplace();
        found->county = county_.area;
        found->risks = leaking_roof;
        found->told.text = story_of(leaking_roof).told;
        found->told.teller = "officer";
    }
    const auto& who = staff_.who(auth::Right::clues_write, due.village);
    const auto checked = context_.database.write([&](db::Tx& tx) {
        return casework::check_household(tx, desk(who, due.day), terms_, campaign_, due.household,
                                         found ? "" : "生活稳定，未发现风险", found);
    });
    // Whoever was enrolled meanwhile is none of those meant any more.
    if (!checked && checked.error().id != "campaigns.not_meant") return checked.error();
    return {};
}

Result<void> Checks::examine(Date day) {
    TRY(casework::examine_county(context_.database, context_.vault, context_.division,
                                 auth::system_actor("nightly"), TRY(context_.packs.now()), county_.area,
                                 at(day)));
    return {};
}

Result<void> Checks::slip_by_hand(Date day) {
    const auto& who = staff_.who(auth::Right::clues_write, home());
    const auth::Scope scope({county_.area});
    int left = slips_by_hand;
    for (auto one = county_.households.rbegin(); one != county_.households.rend() && left > 0; ++one) {
        if (one->village != home() || one->members.size() < 2) continue;
        --left;
        TRY(context_.database.write([&](db::Tx& tx) -> Result<void> {
            const auto id = TRY(registry::household_numbered(tx, scope, county_.area, one->household_no));
            const auto page = TRY(registry::household(tx, context_.vault, scope, id, day));
            registry::Entry entry;
            entry.edits = {{page.household.members.back().id, "left_on", day.plus_days(-20).iso()}};
            entry.source = "入户走访";
            entry.since = day;
            TRY(registry::change(tx, context_.vault, who, id, page.household.version, entry, day, at(day)));
            return {};
        }));
    }
    return {};
}

}  // namespace ballast::demo
