#include "demo/doings.h"

#include <charconv>
#include <map>
#include <set>

#include "base/toml.h"
#include "embedded/demo_doings.h"
#include "embedded/demo_photos.h"
#include "programmes/activities.h"
#include "programmes/contracts.h"
#include "programmes/fees.h"
#include "programmes/read_pack.h"

namespace ballast::demo {
namespace {

using namespace programmes;

// A value of a file of data/programmes for the i-th place: one of a list in turn, a day counted from the demo's
// day, a name with the place in it.
//
//   ["flush", "other"]   in turn; "" leaves the value out
//   "@-40"               forty days before the demo's day
//   "@-900~300"          from 900 days before it on, spread over 300 days
//   "@day"               the day on which the row is entered
//   "{area}小学"          the place's name
struct Turn {
    std::size_t i = 0;
    Date today;           // the demo's
    Date day;             // of the row
    std::string_view area;  // its name
};

/// Far from every other turn, and the same each time.
constexpr std::size_t stride = 47;

int whole(std::string_view text) {
    int out = 0;
    if (text.starts_with('+')) text.remove_prefix(1);
    std::from_chars(text.data(), text.data() + text.size(), out);
    return out;
}

const toml::node* in_turn(const toml::node* node, std::size_t i) {
    const auto* list = node ? node->as_array() : nullptr;
    if (!list) return node;
    return list->empty() ? nullptr : list->get(i % list->size());
}

Date counted(std::string_view text, const Turn& turn) {
    if (text == "@day") return turn.day;
    text.remove_prefix(1);
    const auto wave = text.find('~');
    const int days = whole(text.substr(0, wave));
    const auto spread = wave == std::string_view::npos ? 1 : std::max(1, whole(text.substr(wave + 1)));
    return turn.today.plus_days(days + static_cast<int>(turn.i * stride % static_cast<std::size_t>(spread)));
}

std::string doing_text(const toml::node* node, const Turn& turn) {
    const auto* chosen = in_turn(node, turn.i);
    if (!chosen) return "";
    if (const auto n = chosen->value_exact<std::int64_t>()) return std::to_string(*n);
    auto text = chosen->value_or<std::string>("");
    if (text.starts_with('@')) return counted(text, turn).iso();
    constexpr std::string_view place = "{area}";
    if (const auto at = text.find(place); at != std::string::npos) text.replace(at, place.size(), turn.area);
    return text;
}

Date doing_day(const toml::node* node, const Turn& turn, Date otherwise) {
    const auto text = doing_text(node, turn);
    const auto day = text.empty() ? Result<Date>(otherwise) : Date::parse(text);
    return day ? *day : otherwise;
}

std::int64_t doing_number(const toml::node* node, const Turn& turn, std::int64_t otherwise) {
    const auto* chosen = in_turn(node, turn.i);
    return chosen ? chosen->value_or(otherwise) : otherwise;
}

/// A place at which something happens, and whom or what it is about.
struct Spot {
    AreaCode area;
    std::string name;
    std::optional<registry::HouseholdId> household;
    std::optional<registry::PersonId> person;
    std::optional<RecordId> record;
};

/// One file: what one programme holds.
class Doings {
public:
    Doings(const delivery::Context& context, const Staff& staff, AreaCode county, AreaCode home, Instant now,
           const Programme& programme, std::string_view file)
        : context_(context),
          staff_(staff),
          county_(county),
          home_(home),
          now_(now),
          today_(civil_date(now)),
          programme_(programme),
          file_(file) {}

    Result<std::int64_t> all(const toml::table& root) {
        TRY(context_.database.write([&](db::Tx& tx) -> Result<void> {
            TRY(each(root, "rows", [&](const toml::table& t) { return rows(tx, t); }));
            TRY(each(root, "activities", [&](const toml::table& t) { return activities(tx, t); }));
            TRY(each(root, "contracts", [&](const toml::table& t) { return contracts(tx, t); }));
            TRY(each(root, "projects", [&](const toml::table& t) { return projects(tx, t); }));
            return each(root, "fees", [&](const toml::table& t) { return fee(tx, t); });
        }));
        return done_;
    }

private:
    template <class Do>
    Result<void> each(const toml::table& root, std::string_view key, Do&& make) {
        if (const auto* list = root[key].as_array())
            for (const auto& node : *list)
                if (const auto* table = node.as_table()) TRY(make(*table));
        return {};
    }
    Error unknown(const toml::table& at, std::string_view key) const {
        return invalid("demo.doing_unknown")
            .with("file", std::string(file_))
            .with("line", std::to_string(at.source().begin.line))
            .with("key", std::string(key));
    }
    std::string name_of_area(AreaCode area) const {
        const auto found = context_.division.find(area);
        return found ? std::string(found->name) : "";
    }

    /// Office hours of that day, one thing after the other.
    Desk desk(const auth::Actor& who, Date day) {
        constexpr std::int64_t minute = 60'000, hours_of_work = 8 * 60;
        const std::int64_t ms = (std::int64_t{day.days()} * 24 * 60 + 60 + at_++ % hours_of_work) * minute;
        return {context_.vault, context_.division, who, day, {std::min(now_.ms, ms)}};
    }

    /// Areas of the households, in their order; the home village first.
    Result<std::vector<Spot>> areas_of(db::Tx& tx, AreaLevel level) {
        std::vector<Spot> out;
        std::set<AreaCode> seen;
        const auto add = [&](AreaCode area) {
            if (seen.insert(area).second) out.push_back({area, name_of_area(area), {}, {}, {}});
        };
        add(home_.at(level));
        TRY(tx.each_row("SELECT DISTINCT village_code FROM registry_v_household ORDER BY village_code", {},
                        [&](const db::Row& row) -> Result<void> {
                            add(row.area(0).at(level));
                            return {};
                        }));
        return out;
    }
    Result<std::vector<Spot>> households(db::Tx& tx) {
        std::vector<Spot> out;
        TRY(tx.each_row("SELECT id, village_code FROM registry_v_household ORDER BY id", {},
                        [&](const db::Row& row) -> Result<void> {
                            out.push_back({row.area(1), name_of_area(row.area(1)), row.id<registry::HouseholdId>(0), {}, {}});
                            return {};
                        }));
        return out;
    }
    Result<std::vector<Spot>> persons(db::Tx& tx, const toml::table& t) {
        const Turn turn{0, today_, today_, ""};
        const auto* ages = t["of_age"].as_array();
        const auto bound = [&](std::size_t at, std::int64_t otherwise) {
            return doing_number(ages ? ages->get(at) : nullptr, turn, otherwise);
        };
        const auto least = bound(0, 0), most = bound(1, 200);
        std::vector<Spot> out;
        TRY(tx.each_row("SELECT id, household_id, village_code, birth FROM registry_v_person ORDER BY id", {},
                        [&](const db::Row& row) -> Result<void> {
                            const auto age = age_on(row.date(3), today_);
                            if (age >= least && age <= most)
                                out.push_back({row.area(2), name_of_area(row.area(2)),
                                               row.id<registry::HouseholdId>(1), row.id<registry::PersonId>(0), {}});
                            return {};
                        }));
        return out;
    }
    /// The places that a block names, thinned out by "every" and "most".
    Result<std::vector<Spot>> spots(db::Tx& tx, const toml::table& t) {
        std::vector<Spot> all;
        const auto of = t["of"].value_or<std::string>("");
        const auto where = t["where"].value_or<std::string>("home");
        if (!of.empty())
            all = made_[of];
        else if (where == "households")
            all = TRY(households(tx));
        else if (where == "persons")
            all = TRY(persons(tx, t));
        else if (where == "villages")
            all = TRY(areas_of(tx, AreaLevel::village));
        else if (where == "townships")
            all = TRY(areas_of(tx, AreaLevel::township));
        else if (where == "county")
            all = {{county_, name_of_area(county_), {}, {}, {}}};
        else if (where == "home")
            all = {{home_, name_of_area(home_), {}, {}, {}}};
        else
            return unknown(t, where);
        const auto every = static_cast<std::size_t>(std::max<std::int64_t>(1, t["every"].value_or<std::int64_t>(1)));
        const auto first = static_cast<std::size_t>(t["first"].value_or<std::int64_t>(0));
        const auto times = static_cast<std::size_t>(t["times"].value_or<std::int64_t>(1));
        const auto most = static_cast<std::size_t>(t["most"].value_or<std::int64_t>(1'000));
        std::vector<Spot> out;
        for (std::size_t i = first; i < all.size() && out.size() < most; i += every)
            for (std::size_t n = 0; n < times && out.size() < most; ++n) out.push_back(all[i]);
        return out;
    }

    Values values_of(const toml::node_view<const toml::node>& node, const Turn& turn) {
        Values out;
        if (const auto* table = node.as_table())
            for (const auto& [key, value] : *table)
                if (auto text = doing_text(&value, turn); !text.empty()) out[std::string(key.str())] = std::move(text);
        return out;
    }

    Result<void> rows(db::Tx& tx, const toml::table& t) {
        const auto name = t["register"].value_or<std::string>("");
        const auto* kind = programme_.find_register(name);
        if (!kind) return unknown(t, name);
        const auto places = TRY(spots(tx, t));
        for (std::size_t i = 0; i < places.size(); ++i) {
            const auto& spot = places[i];
            Turn turn{i, today_, today_, spot.name};
            turn.day = doing_day(t.get("on"), turn, today_.plus_days(-1 - static_cast<int>(i % 28)));
            NewRecord row;
            row.kind = name;
            row.area = spot.area;
            row.household = spot.household;
            row.person = kind->about == About::person ? spot.person : std::nullopt;
            row.parent = spot.record;
            row.subject = doing_text(t.get("subject"), turn);
            row.typed = values_of(t["values"], turn);
            const auto& who = staff_.who(may_write, t["by"] == "county" ? county_ : spot.area);
            auto made = spot;
            made.record = TRY(enter(tx, desk(who, turn.day), programme_, row));
            if (!row.subject.empty()) made.name = row.subject;
            made_[name].push_back(made);
            ++done_;
            TRY(steps(tx, t, *made.record, spot.area, turn));
        }
        return {};
    }

    /// As many of the block's steps as "reach" says for this turn, and as others than who entered it are there for.
    Result<void> steps(db::Tx& tx, const toml::table& t, RecordId id, AreaCode area, Turn turn) {
        const auto* list = t["steps"].as_array();
        if (!list) return {};
        const auto reach = doing_number(t.get("reach"), turn, static_cast<std::int64_t>(list->size()));
        for (std::size_t n = 0; n < list->size() && static_cast<std::int64_t>(n) < reach; ++n) {
            const auto* step = list->get(n)->as_table();
            if (!step) continue;
            turn.day = std::min(today_, turn.day.plus_days(3));
            const auto before = TRY(record(tx, staff_.who(may_read, county_), programme_, id));
            const auto action = (*step)["action"].value_or<std::string>("");
            const auto* declared = programme_.find_register(before.kind)->step(action, before.state);
            if (!declared) return unknown(*step, action);
            const auto& who = declared->by == By::village    ? staff_.who(may_write, area)
                              : declared->by == By::township ? staff_.who(may_decide, area.at(AreaLevel::township))
                                                             : staff_.who(may_decide, county_);
            if (declared->by != By::village && who.account == before.account) return {};  // waits for somebody else
            TRY(take_step(tx, desk(who, turn.day), programme_, id,
                          {before.version, action, doing_text(step->get("note"), turn), values_of((*step)["values"], turn)}));
        }
        return {};
    }

    Result<void> activities(db::Tx& tx, const toml::table& t) {
        const auto places = TRY(spots(tx, t));
        for (std::size_t i = 0; i < places.size(); ++i) {
            const auto& spot = places[i];
            Turn turn{i, today_, today_, spot.name};
            Activity one;
            one.kind = t["kind"].value_or<std::string>("");
            one.area = spot.area;
            one.record = spot.record;
            one.on = doing_day(t.get("on"), turn, today_.plus_days(-1 - static_cast<int>(i % 28)));
            one.venue = doing_text(t.get("venue"), turn);
            if (t.contains("people")) one.people = doing_number(t.get("people"), turn, 0);
            if (const auto* points = t["points"].as_table())
                for (const auto& [item, value] : *points) one.points.emplace_back(item.str(), doing_number(&value, turn, 0));
            const auto work = desk(staff_.who(may_write, spot.area), one.on);
            const auto id = TRY(add_activity(tx, work, programme_, one));
            ++done_;
            if (doing_text(t.get("photo"), turn) == "1")
                TRY(add_photo(tx, work, programme_, id, embedded::demo_photos().front().bytes));
        }
        return {};
    }

    Result<void> contracts(db::Tx& tx, const toml::table& t) {
        const auto places = TRY(spots(tx, t));
        for (std::size_t i = 0; i < places.size(); ++i) {
            const Turn turn{i, today_, today_, places[i].name};
            Contract one;
            one.kind = t["kind"].value_or<std::string>("");
            one.area = places[i].area;
            one.party = doing_text(t.get("party"), turn);
            one.scope = doing_text(t.get("scope"), turn);
            one.payer = doing_text(t.get("payer"), turn);
            one.price = Money::yuan(doing_number(t.get("yuan"), turn, 0));
            one.begins_on = doing_day(t.get("begins"), turn, today_);
            one.ends_on = doing_day(t.get("ends"), turn, today_);
            const auto& who = staff_.who(may_manage, one.area);
            TRY(add_contract(tx, desk(who, std::min(today_, one.begins_on)), programme_, one));
        }
        return {};
    }

    Result<void> projects(db::Tx& tx, const toml::table& t) {
        const auto places = TRY(spots(tx, t));
        for (std::size_t i = 0; i < places.size(); ++i) {
            const Turn turn{i, today_, today_, places[i].name};
            Project one;
            one.kind = t["kind"].value_or<std::string>("");
            one.area = places[i].area;
            one.title = doing_text(t.get("title"), turn);
            one.begins_on = doing_day(t.get("begins"), turn, today_);
            one.ends_on = doing_day(t.get("ends"), turn, today_);
            if (const auto* funds = t["yuan"].as_table())
                for (const auto& [source, value] : *funds)
                    if (const auto yuan = doing_number(&value, turn, 0); yuan > 0)
                        one.funds.emplace_back(source.str(), Money::yuan(yuan));
            TRY(add_project(tx, desk(staff_.who(may_manage, one.area), std::min(today_, one.begins_on)), programme_, one));
        }
        return {};
    }

    Result<void> fee(db::Tx& tx, const toml::table& t) {
        const Turn turn{0, today_, today_, ""};
        FeeScheme scheme;
        scheme.village = home_;
        if (const auto* items = t["items"].as_array())
            for (const auto& item : *items) scheme.items.push_back(item.value_or<std::string>(""));
        scheme.amount = Money::yuan(t["yuan"].value_or<std::int64_t>(0));
        scheme.period = fee_period_named(t["period"].value_or<std::string>(""));
        scheme.persons = t["persons"].value_or<std::int64_t>(0);
        scheme.exempt = t["exempt"].value_or<std::int64_t>(0);
        scheme.present = t["present"].value_or<std::int64_t>(0);
        scheme.in_favour = t["in_favour"].value_or<std::int64_t>(0);
        // From the first of a month, so that its sheets are of whole months.
        scheme.from = today_.plus_months(-static_cast<int>(t["months"].value_or<std::int64_t>(3))).first_of_month();
        scheme.to = scheme.from.plus_months(12).plus_days(-1);
        scheme.approved_on = scheme.from.plus_days(-12);
        const auto& who = staff_.who(may_write, home_);
        const auto id = TRY(add_fee(tx, desk(who, scheme.approved_on), programme_, scheme, ""));
        return each(t, "entries", [&](const toml::table& entry) -> Result<void> {
            for (Date first = scheme.from; first <= today_; first = first.plus_months(1)) {
                const auto on = first.plus_days(static_cast<int>(entry["day"].value_or<std::int64_t>(1)) - 1);
                if (on > today_) break;
                const auto item = entry["item"].value_or<std::string>("");
                TRY(add_fee_entry(tx, desk(who, on), programme_, id,
                                  {on, !item.empty(), item, Money::yuan(entry["yuan"].value_or<std::int64_t>(0)),
                                   doing_text(entry.get("note"), turn), who.account},
                                  ""));
            }
            return {};
        });
    }

    const delivery::Context& context_;
    const Staff& staff_;
    AreaCode county_, home_;
    Instant now_;
    Date today_;
    const Programme& programme_;
    std::string_view file_;
    std::map<std::string, std::vector<Spot>, std::less<>> made_;
    std::int64_t at_ = 0, done_ = 0;
};

}  // namespace

Result<std::int64_t> fill_programmes(const delivery::Context& context, const Staff& staff, AreaCode county,
                                     AreaCode home, Instant now) {
    std::int64_t done = 0;
    for (const auto& file : embedded::demo_doings()) {
        const toml::table parsed = TRY(toml_table(file.bytes, file.name));
        const auto name = parsed["programme"].value_or<std::string>("");
        const auto known = TRY(programme(context.paths.root + "/packs", name));
        done += TRY(Doings(context, staff, county, home, now, *known, file.name).all(parsed));
    }
    return done;
}

}  // namespace ballast::demo
