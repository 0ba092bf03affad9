#include "surveillance/run.h"

#include <fmt/format.h>

#include <algorithm>

#include "audit/audit.h"
#include "surveillance/look.h"
#include "surveillance/store.h"

namespace ballast::surveillance {
namespace {

std::string fact_of(const Signal& one) { return fmt::format("R33:{}:{}", one.risk, one.id); }
std::string fact_of(const PriceSeries& series, Date month) {
    return fmt::format("R34:{}:{}:{}", series.area.digits(), series.product, month.iso().substr(0, 7));
}
std::string work_prefix(AreaCode county, Date month) {
    return fmt::format("R35:{}:{}:", county.digits(), month.iso().substr(0, 7));
}

class Storing {
public:
    Storing(db::Tx& tx, const Desk& desk, AreaCode county, const Limits& limits, const Seen& seen)
        : tx_(tx), desk_(desk), county_(county), limits_(limits), seen_(seen) {}

    Result<Ran> all() {
        TRY(lock());
        const auto scope = auth::Scope({county_}).sql("a.area_code");
        for (auto& alarm : TRY(read_alarms(tx_, "a.is_open = 1 AND " + scope + " ORDER BY a.id")))
            open_.push_back(std::move(alarm));
        for (auto& fact : TRY(tx_.all("SELECT f.fact FROM surveillance_fact f JOIN surveillance_alarm a ON a.id = f.alarm_id WHERE " +
                                          scope,
                                      {}, [](const db::Row& row) { return std::string(row.text(0)); })))
            held_.insert(std::move(fact));
        TRY(by_groups());
        TRY(by_prices());
        TRY(by_lost_work());
        TRY(tx_.exec("UPDATE surveillance_run SET raised = ?, joined = ?, lapsed = ? WHERE id = ?", out_.raised, out_.joined,
                     out_.lapsed, run_));
        TRY(audit::record(tx_, desk_.vault, desk_.actor,
                          {"surveillance.run", fmt::format("run:{}", run_), county_, "",
                           fmt::format(R"({{"as_of":"{}","raised":{},"joined":{},"lapsed":{}}})", desk_.today.iso(), out_.raised,
                                       out_.joined, out_.lapsed)},
                          desk_.now));
        return out_;
    }

private:
    Result<void> lock() {
        run_ = TRY(tx_.number("INSERT INTO surveillance_run (area_code, as_of, at, raised, joined, lapsed, account) VALUES (?, ?, ?, 0, "
                              "0, 0, ?) RETURNING id",
                              {county_, desk_.today, desk_.now.ms, desk_.actor.account}));
        TRY(tx_.exec("INSERT INTO surveillance_storing (area_code, run_id) VALUES (?, ?) ON CONFLICT (area_code) DO UPDATE SET run_id "
                     "= excluded.run_id",
                     county_, run_));
        return {};
    }

    // -- R33 -------------------------------------------------------------------------------------------------------------------

    Result<void> by_groups() {
        std::vector<Signal> free;
        for (const auto& one : seen_.signals)
            if (!held_.contains(fact_of(one))) free.push_back(one);
        std::vector<OpenGroup> open;
        for (const auto& alarm : open_)
            if (alarm.rule == by_group) open.push_back({alarm.id.number(), alarm.subject, alarm.area});
        const auto on_file = [&](AreaCode area) { return households_of(area); };
        std::vector<Alarm> fresh;
        for (const auto& group : groups(free, open, on_file, limits_.group, desk_.today)) {
            if (group.joins) {
                TRY(add(AlarmId(*group.joins), group.signals));
                continue;
            }
            auto alarm = begin(by_group, group.risk, group.area);
            alarm.observed = group.households();
            alarm.base = households_of(group.area);
            alarm.first_day = std::ranges::min(group.signals, {}, &Signal::told_on).told_on;
            alarm.last_day = std::ranges::max(group.signals, {}, &Signal::told_on).told_on;
            TRY(raise(alarm));
            TRY(add(alarm.id, group.signals));
        }
        for (const auto& alarm : open_)
            if (alarm.rule == by_group) TRY(recount(alarm));
        return {};
    }

    std::int64_t households_of(AreaCode area) const {
        const auto found = seen_.on_file.find(area);
        return found == seen_.on_file.end() ? 0 : found->second;
    }

    Result<void> add(AlarmId id, const std::vector<Signal>& signals) {
        for (const auto& one : signals) TRY(add_fact(id, fact_of(one), one.household, one.village, one.told_on));
        return {};
    }

    /// What turned out to be none leaves; then the alarm is counted anew.
    Result<void> recount(const Alarm& before) {
        std::set<std::string> told;
        for (const auto& one : seen_.signals) told.insert(fact_of(one));
        for (const auto& [fact, dropped] :
             TRY(tx_.all("SELECT fact, dropped_on FROM surveillance_fact WHERE alarm_id = ? ORDER BY fact", {before.id},
                         [](const db::Row& row) { return std::pair(std::string(row.text(0)), !row.null(1)); })))
            if (dropped == told.contains(fact))
                TRY(tx_.exec("UPDATE surveillance_fact SET dropped_on = ? WHERE fact = ?",
                             dropped ? std::nullopt : std::optional(desk_.today), fact));
        auto now = before;
        now.base = households_of(before.area);
        now.observed = TRY(households_behind(before.id, ""));
        const auto still = TRY(households_behind(before.id, limits_.group.since(desk_.today).iso()));
        TRY(update(before, now, limits_.group.reached(still, now.base)));
        return {};
    }
    Result<std::int64_t> households_behind(AlarmId id, const std::string& since) {
        return tx_.number("SELECT COUNT(DISTINCT household_id) FROM surveillance_fact WHERE alarm_id = ? AND dropped_on IS NULL AND "
                          "on_day >= ?",
                          {id, since});
    }

    // -- R34 -------------------------------------------------------------------------------------------------------------------

    Result<void> by_prices() {
        for (const auto& series : seen_.prices) {
            const auto running = std::ranges::find_if(open_, [&](const Alarm& one) {
                return one.rule == by_price && one.subject == series.product && one.area == series.area;
            });
            if (running != open_.end()) {
                TRY(follow(*running, series));
                continue;
            }
            std::set<Date> used;
            for (const auto& [month, price] : series.prices)
                if (held_.contains(fact_of(series, month))) used.insert(month);
            const auto fall = price_fall(series.prices, used, limits_.price, desk_.today);
            if (!fall) continue;
            auto alarm = priced(begin(by_price, series.product, series.area), *fall);
            alarm.first_day = fall->first;
            TRY(raise(alarm));
            TRY(add(alarm.id, series, *fall));
        }
        return {};
    }
    static Alarm priced(Alarm alarm, const PriceFall& fall) {
        alarm.observed = fall.now.fen();
        alarm.base = fall.before.fen();
        alarm.last_day = fall.last;
        return alarm;
    }
    Result<void> follow(const Alarm& before, const PriceSeries& series) {
        const auto fall = price_fall(series.prices, {}, limits_.price, desk_.today);
        if (fall) TRY(add(before.id, series, *fall));
        return update(before, fall ? priced(before, *fall) : before, fall.has_value());
    }
    Result<void> add(AlarmId id, const PriceSeries& series, const PriceFall& fall) {
        for (const auto month : fall.months) TRY(add_fact(id, fact_of(series, month), std::nullopt, series.area, month));
        return {};
    }

    // -- R35 -------------------------------------------------------------------------------------------------------------------

    Result<void> by_lost_work() {
        const bool rises = rose(std::ssize(seen_.lost), std::ssize(seen_.lost_before), limits_.work);
        const auto running = std::ranges::find(open_, by_work, &Alarm::rule);
        const auto prefix = work_prefix(county_, seen_.month);
        const auto counted = [&](Alarm alarm) {
            alarm.observed = std::ssize(seen_.lost);
            alarm.base = std::ssize(seen_.lost_before);
            alarm.last_day = seen_.month;
            return alarm;
        };
        if (running != open_.end()) {
            // A further month takes the place of the one before it: the list is as long as the number.
            if (rises) {
                TRY(tx_.exec("UPDATE surveillance_fact SET dropped_on = ? WHERE alarm_id = ? AND dropped_on IS NULL AND on_day < ?",
                             desk_.today, running->id, seen_.month));
                TRY(add_people(running->id, prefix));
            }
            return update(*running, rises ? counted(*running) : *running, rises);
        }
        const auto known = held_.lower_bound(prefix);
        if (!rises || (known != held_.end() && known->starts_with(prefix))) return {};
        auto alarm = counted(begin(by_work, "", county_));
        alarm.first_day = seen_.month;
        TRY(raise(alarm));
        return add_people(alarm.id, prefix);
    }
    Result<void> add_people(AlarmId id, const std::string& prefix) {
        for (const auto& one : seen_.lost)
            TRY(add_fact(id, prefix + std::to_string(one.person), one.household, one.village, one.on));
        return {};
    }

    // -- what they share -------------------------------------------------------------------------------------------------------

    Alarm begin(std::string_view rule, std::string subject, AreaCode area) const {
        Alarm out;
        out.rule = rule;
        out.subject = std::move(subject);
        out.area = area;
        out.raised_on = out.met_on = out.entered_on = desk_.today;
        out.due_on = desk_.today.plus_days(limits_.clocks.check);
        return out;
    }

    Result<void> raise(Alarm& alarm) {
        alarm.id = AlarmId(TRY(tx_.number(
            "INSERT INTO surveillance_alarm (rule, subject, area_code, state, is_open, raised_on, met_on, first_day, last_day, observed, "
            "base, entered_on, due_on, reason, finder, version) VALUES (?, ?, ?, 'raised', 1, ?, ?, ?, ?, ?, ?, ?, ?, '', '', 1) "
            "RETURNING id",
            {alarm.rule, alarm.subject, alarm.area, alarm.raised_on, alarm.met_on, alarm.first_day, alarm.last_day, alarm.observed,
             alarm.base, alarm.entered_on, alarm.due_on})));
        for (const auto& limit : limits_.of(alarm.rule, alarm.subject))
            TRY(tx_.exec("INSERT INTO surveillance_limit (alarm_id, name, value, since, authority) VALUES (?, ?, ?, ?, ?)", alarm.id,
                         limit.name, limit.value, limit.since, limit.authority));
        TRY(add_event(tx_, desk_, alarm.id, {"raise", "raised", "", "", "", {}, {}}));
        TRY(record(tx_, desk_, alarm, "raise"));
        ++out_.raised;
        return {};
    }

    Result<void> add_fact(AlarmId id, const std::string& fact, std::optional<std::int64_t> household, AreaCode area, Date on) {
        if (!held_.insert(fact).second) return {};
        TRY(tx_.exec("INSERT INTO surveillance_fact (fact, alarm_id, household_id, area_code, on_day) VALUES (?, ?, ?, ?, ?)", fact, id,
                     household, area, on));
        return {};
    }

    /// An open alarm as it stands today. Only what has changed is told.
    Result<void> update(const Alarm& before, const Alarm& now, bool met) {
        const auto days = TRY(tx_.first("SELECT MIN(on_day), MAX(on_day) FROM surveillance_fact WHERE alarm_id = ? AND dropped_on IS NULL",
                                        {before.id}, [](const db::Row& row) {
                                            return std::pair(row.maybe_date(0), row.maybe_date(1));
                                        }));
        const auto lapsed = met ? std::nullopt : std::optional(before.lapsed_on.value_or(desk_.today));
        TRY(tx_.exec("UPDATE surveillance_alarm SET observed = ?, base = ?, first_day = ?, last_day = ?, met_on = ?, lapsed_on = ? WHERE "
                     "id = ?",
                     now.observed, now.base, days->first.value_or(before.first_day), days->second.value_or(before.last_day),
                     met ? desk_.today : before.met_on, lapsed, before.id));
        const bool counted = now.observed != before.observed || now.base != before.base;
        if (counted) ++out_.joined;
        if (lapsed && !before.lapsed_on) ++out_.lapsed;
        if (!counted && lapsed.has_value() == before.lapsed_on.has_value()) return {};
        const std::string_view action = lapsed && !before.lapsed_on ? "lapse" : counted ? "recount" : "meet_again";
        TRY(add_event(tx_, desk_, before.id,
                      {std::string(action), before.state, "", counted ? numbers(before, now) : "", "", {}, {}}));
        return record(tx_, desk_, now, action);
    }
    static std::string numbers(const Alarm& before, const Alarm& now) {
        const auto shown = [&](const Alarm& one) {
            return one.rule == by_price ? Decimal::yuan(Money::fen(one.observed)).plain() + " / " + Decimal::yuan(Money::fen(one.base)).plain()
                                        : fmt::format("{} / {}", one.observed, one.base);
        };
        return shown(before) + " → " + shown(now);
    }

    db::Tx& tx_;
    const Desk& desk_;
    AreaCode county_;
    const Limits& limits_;
    const Seen& seen_;
    std::int64_t run_ = 0;
    std::vector<Alarm> open_;  // when the run began
    std::set<std::string> held_;
    Ran out_;
};

}  // namespace

Result<Ran> run(db::Database& database, const Desk& desk, AreaCode county, const Limits& limits) {
    TRY(auth::require(desk.actor, may_run));
    if (!desk.actor.scope(may_run).contains(county)) return not_found("areas.unknown").with("code", county.digits());
    const auto seen = TRY(database.read([&](db::Tx& tx) -> Result<Seen> {
        auto since = limits.group.since(desk.today);
        // What stands behind an open alarm is looked at again, however old it is.
        const auto oldest = TRY(tx.first("SELECT MIN(f.on_day) FROM surveillance_fact f JOIN surveillance_alarm a ON a.id = f.alarm_id "
                                         "WHERE a.is_open = 1 AND a.rule = 'R33' AND " +
                                             auth::Scope({county}).sql("a.area_code"),
                                         {}, [](const db::Row& row) { return row.maybe_date(0); }));
        if (oldest && *oldest) since = std::min(since, **oldest);
        return look(tx, desk, county, limits, since);
    }));
    return database.write([&](db::Tx& tx) { return Storing(tx, desk, county, limits, seen).all(); });
}

Result<std::vector<AreaCode>> counties(db::Tx& tx, AreaCode within) {
    const auto scope = auth::Scope({within});
    return tx.all("SELECT DISTINCT county_code FROM registry_v_household WHERE " + scope.sql("county_code") +
                      " UNION SELECT DISTINCT area_code FROM surveillance_price WHERE " + scope.sql("area_code") + " ORDER BY 1",
                  {}, [](const db::Row& row) { return row.area(0); });
}

Result<std::optional<LastRun>> last_run(db::Tx& tx, AreaCode area) {
    const auto county = area.level() > AreaLevel::county ? area.at(AreaLevel::county) : area;
    return tx.first("SELECT as_of, at FROM surveillance_run WHERE " + auth::Scope({county}).sql("area_code") + " ORDER BY id DESC LIMIT 1",
                    {}, [](const db::Row& row) { return LastRun{row.date(0), Instant{row.integer(1)}}; });
}

}  // namespace ballast::surveillance
