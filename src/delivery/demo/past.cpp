#include "demo/past.h"

#include <algorithm>
#include <map>

#include "casework/facts_json.h"
#include "casework/notices.h"
#include "demo/forms.h"
#include "demo/names.h"
#include "embedded/demo_photos.h"
#include "registry/household_file.h"

namespace ballast::demo {

using namespace casework;
using HF = registry::HouseholdField;
using PF = registry::PersonField;

namespace {

constexpr std::size_t least_townships = 2;

const auth::Actor& system() {
    static const auth::Actor actor = auth::system_actor("demo");
    return actor;
}

constexpr int working_age = 16;  // of the register's check "registry.child_labour"

/// The register is as it is today. Where somebody was born or came of working age within a year, it was not
/// so on the days of the past, and nothing befalls that household.
bool became(Date birth, Date today) {
    const int age = age_on(birth, today);
    return age < 1 || age == working_age;
}

bool has_changed(const registry::Household& home, Date today) {
    return std::ranges::any_of(home.members, [&](const auto& member) {
        const auto birth = member.values.date(PF::birth);
        return birth && became(*birth, today);
    });
}

/// Where a county's households are, in its order; those that are monitored already are left out.
using Places = std::map<AreaCode, std::vector<std::size_t>>;
Places places_of(const County& county) {
    Places places;
    for (std::size_t i = 0; i < county.households.size(); ++i)
        if (!county.households[i].values.is(HF::household_kind, "03") &&
            !has_changed(county.households[i], county.today))
            places[county.households[i].village].push_back(i);
    return places;
}

/// One from each village in turn.
std::vector<std::size_t> in_turn(const Places& places, const std::vector<AreaCode>& villages) {
    std::vector<std::size_t> out;
    for (std::size_t round = 0, before = 1; out.size() != before; ++round) {
        before = out.size();
        for (const auto village : villages)
            if (const auto found = places.find(village);
                found != places.end() && round < found->second.size())
                out.push_back(found->second[round]);
    }
    return out;
}

auth::Right right_of(Action action) {
    const auto row = std::ranges::find(procedure(), action, &Row::action);
    INVARIANT(row != procedure().end());
    return row->who;
}

}  // namespace

Result<screening::Run> screened(const delivery::Context& context, const screening::Rules& rules,
                                const screening::Order& order, Instant at) {
    const Instant begun = context.clock.now();
    const auto run = TRY(screening::screen(context.database, context.vault, system(), rules, order, at));
    const Instant ended{at.ms + (context.clock.now().ms - begun.ms)};
    TRY(context.database.write([&](db::Tx& tx) { return screening::note_end(tx, run.id, ended); }));
    return run;
}

Result<Past> Past::begin(const delivery::Context& context, const County& county, std::uint64_t seed,
                         Instant now) {
    Past past(context, county, now);
    past.rules_ = TRY(Rulebook::load(""));
    past.terms_ = TRY(clue_terms("", county.area, county.today));
    TRY(past.settle(seed));
    return past;
}

/// Who works where, and which household each happening befalls.
Result<void> Past::settle(std::uint64_t seed) {
    const Places places = places_of(county_);
    const AreaCode home = county_.households.front().village;
    std::vector<AreaCode> townships;
    std::size_t households = 0;
    for (const auto& township : context_.division.children(county_.area)) {
        if (townships.size() >= least_townships && households > 2 * happenings().size()) break;
        townships.push_back(township.code);
        for (const auto& village : context_.division.children(township.code)) {
            if (village.code != home) villages_.push_back(village.code);
            if (const auto found = places.find(village.code); found != places.end())
                households += found->second.size();
        }
    }
    staff_ = TRY(Staff::engage(context_, home, townships, now_));
    TRY(context_.database.read([&](db::Tx& tx) {
        return tx.each_row("SELECT household_id, birth FROM registry_v_person", {},
                           [&](const db::Row& row) -> Result<void> {
                               if (became(row.date(1), county_.today))
                                   taken_.insert(row.id<registry::HouseholdId>(0));
                               return {};
                           });
    }));

    auto elsewhere = in_turn(places, villages_);
    auto at_home = in_turn(places, {home});
    const auto next_of = [](std::vector<std::size_t>& pool) {
        const std::size_t household = pool.front();
        pool.erase(pool.begin());
        return household;
    };
    for (std::size_t i = 0; i < happenings().size(); ++i) {
        const Happening& what = happenings()[i];
        Thread thread;
        thread.what = &what;
        thread.legs = legs(what.way);
        thread.day_zero =
            county_.today.plus_days(-what.ago - (thread.legs.empty() ? 0 : thread.legs.back().day));
        thread.rng = Rng(seed).fork(7'000 + i);
        thread.risk = what.risk;
        if (what.source != Source::department_screening) {
            auto& pool = what.at_home && !at_home.empty() ? at_home : elsewhere;
            const bool again = what.whom == Whom::again || what.whom == Whom::again_by_name;
            if (!again && pool.empty()) continue;
            if (again && threads_.empty()) continue;
            thread.home = again ? threads_.back().home : TRY(home_of(next_of(pool)));
            thread.village = thread.home.household->village;
            taken_.insert(thread.home.id);
        }
        threads_.push_back(std::move(thread));
    }
    for (std::size_t i = 0; i < threads_.size(); ++i) {
        agenda_.push_back({threads_[i].day_zero, i, 0});
        for (std::size_t leg = 0; leg < threads_[i].legs.size(); ++leg)
            agenda_.push_back({threads_[i].day_zero.plus_days(threads_[i].legs[leg].day), i, leg + 1});
    }
    std::ranges::stable_sort(agenda_, {}, &Due::day);
    return {};
}

Result<Past::Home> Past::home_of(std::size_t household) const {
    const auto& home = county_.households[household];
    const auto id = TRY(context_.database.read([&](db::Tx& tx) {
        return registry::household_numbered(tx, auth::Scope({county_.area}), county_.area, home.household_no);
    }));
    return Home{id, &home};
}

/// Office hours, one thing after the other.
Instant Past::moment(Date day) {
    if (day != last_day_) of_the_day_ = 0;
    last_day_ = day;
    constexpr std::int64_t minute = 60'000, nine_in_the_morning = 60 * minute;
    const std::int64_t ms =
        std::int64_t{day.days()} * 24 * 60 * minute + nine_in_the_morning + 2 * minute * of_the_day_++;
    return {std::min(now_.ms, ms)};
}

ClueDesk Past::desk(const auth::Actor& who, Date day, Instant at) const {
    return {context_.vault, context_.division, who, day, at};
}

Result<void> Past::until(Date day) {
    for (; next_ < agenda_.size() && agenda_[next_].day <= day; ++next_) {
        const Due due = agenda_[next_];
        Thread& thread = threads_[due.thread];
        if (due.leg == 0)
            TRY(tell(thread, due.day));
        else if (thread.clue != ClueId{})
            TRY(take(thread, due.leg - 1, due.day));
    }
    return {};
}

// -- how a clue comes in ---------------------------------------------------------------------------------

Result<void> Past::tell(Thread& thread, Date day) {
    return thread.what->source == Source::department_screening ? screen(thread, day) : report(thread, day);
}

Result<void> Past::report(Thread& thread, Date day) {
    const Happening& what = *thread.what;
    const auth::Actor& who =
        staff_->who(what.source == Source::other ? auth::Right::clues_dispatch : auth::Right::clues_write,
                    thread.village);
    const auto& head = thread.home.household->members.front().values;
    Report report;
    report.county = county_.area;
    report.source = what.source;
    report.channel = what.channel;
    report.village = thread.village;
    report.risks = what.risk;
    report.told.text = story_of(what.risk).told;
    report.told.teller = what.source == Source::self_report        ? "self"
                         : what.source == Source::grassroots_check ? "officer"
                                                                   : "other";
    if (what.whom == Whom::household || what.whom == Whom::again) {
        report.household = thread.home.id;
    } else {
        const auto family = draw_family_name(thread.rng, People::han);
        const bool known = what.whom == Whom::by_name || what.whom == Whom::again_by_name;
        report.told.name = known ? head[PF::name] : draw_name(thread.rng, family, Sex::female);
        report.told.place = thread.home.household->values[HF::group_name];
        if (what.whom == Whom::other_name) report.told.id_number = head[PF::id_number];
        if (what.whom == Whom::not_on_file) {
            const Date born = county_.today.plus_months(-12 * static_cast<int>(thread.rng.between(25, 60)));
            report.told.id_number = CitizenId::compose(county_.area.short_digits(), born,
                                                       static_cast<int>(2 * thread.rng.between(300, 499)))
                                        .reveal();
        }
    }
    const Instant at = moment(day);
    thread.clue = TRY(context_.database.write([&](db::Tx& tx) {
                      return receive(tx, desk(who, day, at), *terms_, report);
                  })).clue;
    return {};
}

/// The departments' rows so far raise warnings in village after village, until a household comes of it. What
/// else they raise there is looked into at once.
Result<void> Past::screen(Thread& thread, Date day) {
    const auto rules = TRY(screening::Rules::load(county_.area, day));
    for (const auto village : villages_) {
        if (!screened_.insert(village).second) continue;
        registry::Listing listing;
        listing.area = village;
        listing.limit = 5'000;
        std::vector<feeds::Touched> touched;
        const auto there = TRY(context_.database.read(
            [&](db::Tx& tx) { return registry::list_households(tx, auth::Scope({county_.area}), listing); }));
        for (const auto& home : there.items)
            if (!taken_.contains(home.household)) touched.push_back({home.household, village});
        if (touched.empty()) continue;
        const std::string cause = "area:" + village.digits();
        warnings_ += TRY(screened(context_, rules, {county_.area, touched, cause}, moment(day))).raised;
        ClueQuery query;
        query.state = ClueState::dispatched;
        query.source = Source::department_screening;
        query.area = village;
        query.limit = 5'000;
        const auto raised =
            TRY(context_.database.read([&](db::Tx& tx) { return clues(tx, system(), query, day, nullptr); }));
        for (const auto& clue : raised) {
            if (thread.clue == ClueId{}) {
                thread.clue = clue.id;
                thread.village = village;
                thread.home.id = *clue.household;
                thread.risk = clue.risks.front();
            } else {
                TRY(look_into(clue, staff_->who(auth::Right::clues_write, village), day));
            }
        }
        if (thread.clue != ClueId{}) return {};
    }
    return {};
}

Result<void> Past::look_into(const Clue& clue, const auth::Actor& who, Date day) {
    const Instant at = moment(day);
    TRY(context_.database.write([&](db::Tx& tx) -> Result<void> {
        const auto begun = TRY(
            act(tx, desk(who, day, at), clue.id, clue.version, "", {ClueAction::begin, {}, {}, {}, "", ""}));
        TRY(act(tx, desk(who, day, at), clue.id, begun.version, "",
                {ClueAction::close, {}, {}, {}, "no_risk", "入户核实，生活稳定，未发现返贫风险"}));
        return {};
    }));
    return {};
}

// -- what is done then -----------------------------------------------------------------------------------

Result<void> Past::take(Thread& thread, std::size_t leg, Date day) {
    const Leg& what = thread.legs[leg];
    const std::string key = "demo-" + std::to_string(thread.clue.number()) + "-" + std::to_string(leg);
    if (what.action == "open") return open(thread, key, day);
    if (!thread.risk_case) return move_clue(thread, what, key, day);
    if (what.action == "object") return object(thread, key, day);
    return step(thread, what, key, day);
}

Result<void> Past::move_clue(Thread& thread, const Leg& leg, const std::string& key, Date day) {
    ClueOrder order;
    order.action = clue_action_named(leg.action).value();
    order.reason = leg.what;
    if (order.action == ClueAction::assign) order.household = thread.home.id;
    if (order.action == ClueAction::dispatch) order.village = thread.village;
    if (order.action == ClueAction::close) order.note = story_of(thread.risk).found;
    const Instant at = moment(day);
    TRY(context_.database.write([&](db::Tx& tx) -> Result<void> {
        const auto now = TRY(load_clue(tx, system(), thread.clue));
        const bool in_the_queue = now.state == ClueState::fresh;
        const auto& who = staff_->who(in_the_queue ? auth::Right::clues_dispatch : auth::Right::clues_write,
                                      thread.village);
        TRY(act(tx, desk(who, day, at), thread.clue, now.version, key, order));
        return {};
    }));
    return {};
}

Result<void> Past::open(Thread& thread, const std::string& key, Date day) {
    const auto& who = staff_->who(auth::Right::clues_write, thread.village);
    const Instant at = moment(day);
    thread.risk_case = TRY(context_.database.write([&](db::Tx& tx) {
        return open_case(tx, context_.vault, who, *rules_,
                         {thread.clue, std::string(story_of(thread.risk).found), {}, key}, at);
    }));
    ++cases_;
    return {};
}

Result<void> Past::object(Thread& thread, const std::string& key, Date day) {
    std::int64_t total = 0;
    const auto hanging = TRY(context_.database.read([&](db::Tx& tx) {
        return notices(tx, {thread.village, false, 0, 500}, &total);
    }));
    const auto notice = std::ranges::find(hanging, *thread.risk_case, &Notice::risk_case);
    INVARIANT(notice != hanging.end());
    return object_to(context_.database, context_.vault, *rules_, notice->id,
                     {"听说这家在外面有生意，收入不低，请再核实", "", ""}, key, "", moment(day));
}

Result<AttachmentId> Past::photograph(Thread& thread, const auth::Actor& who, Date day) {
    const auto& photo = embedded::demo_photos().front();
    const Instant at = moment(day);
    return context_.database.write([&](db::Tx& tx) {
        return attach(tx, context_.vault, who, *thread.risk_case, "现场照片.jpg", photo.bytes, at);
    });
}

Result<void> Past::step(Thread& thread, const Leg& leg, const std::string& key, Date day) {
    const Action action = action_named(leg.action).value();
    const auto& who = staff_->who(right_of(action), thread.village);
    AttachmentId photo;
    if (wants_photo(action)) photo = TRY(photograph(thread, who, day));
    const auto file = TRY(context_.database.read([&](db::Tx& tx) {
        return case_file(tx, context_.vault, system(), *rules_, *thread.risk_case, day);
    }));
    const auto form = form_of(action, {file, story_of(thread.risk), who, photo, day, leg.what, thread.rng});
    TRY(take_step(context_.database, context_.vault, who, *rules_, *thread.risk_case,
                  {action, to_json(form, Show::whole), file.now.version, key}, moment(day)));
    return {};
}

}  // namespace ballast::demo
