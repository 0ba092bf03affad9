#include <algorithm>

#include "surveillance/store.h"

namespace ballast::surveillance {
namespace {

Alarm read(const db::Row& row) {
    Alarm out;
    out.id = row.id<AlarmId>(0);
    out.rule = row.text(1);
    out.subject = row.text(2);
    out.area = row.area(3);
    out.state = row.text(4);
    out.raised_on = row.date(5);
    out.met_on = row.date(6);
    out.lapsed_on = row.maybe_date(7);
    out.first_day = row.date(8);
    out.last_day = row.date(9);
    out.observed = row.integer(10);
    out.base = row.integer(11);
    out.entered_on = row.date(12);
    out.due_on = row.maybe_date(13);
    out.reason = row.text(14);
    out.finder = row.text(15);
    out.version = row.integer(16);
    return out;
}

/// `rule` is one of three, the day digits and dashes, so nothing can be injected.
Result<std::string> where_of(const Desk& desk, const Query& query) {
    std::string out = desk.actor.scope(may_read).sql("a.area_code");
    if (query.state == "open")
        out += " AND a.is_open = 1";
    else if (query.state == "overdue")
        out += " AND a.is_open = 1 AND a.due_on < '" + desk.today.iso() + "'";
    else if (query.state == "ended")
        out += " AND a.is_open = 0";
    else if (query.state != "all")
        return invalid("http.bad_parameter").with("name", "state");
    if (query.rule == by_group || query.rule == by_price || query.rule == by_work)
        out += " AND a.rule = '" + query.rule + "'";
    else if (!query.rule.empty())
        return invalid("http.bad_parameter").with("name", "rule");
    if (query.area) out += " AND " + auth::Scope({*query.area}).sql("a.area_code");
    return out;
}

Result<std::vector<Event>> history_of(db::Tx& tx, const Desk& desk, AlarmId id) {
    std::vector<Event> out;
    const std::vector<db::Value> values{id};
    TRY(tx.each_row("SELECT action, to_state, reason, note, name, measure_id, at FROM surveillance_step WHERE alarm_id = ? ORDER BY "
                    "id DESC",
                    values, [&](const db::Row& row) -> Result<void> {
                        Event one{std::string(row.text(0)), std::string(row.text(1)), std::string(row.text(2)), "",
                                  std::string(row.text(4)), {}, Instant{row.integer(6)}};
                        if (!row.null(3)) one.note = TRY(desk.vault.open(note_context, row.bytes(3)));
                        if (const auto measure = row.maybe_integer(5)) one.measure = MeasureId(*measure);
                        out.push_back(std::move(one));
                        return {};
                    }));
    return out;
}

}  // namespace

Result<std::vector<Alarm>> read_alarms(db::Tx& tx, const std::string& where) {
    return tx.all("SELECT a.id, a.rule, a.subject, a.area_code, a.state, a.raised_on, a.met_on, a.lapsed_on, a.first_day, a.last_day, "
                  "a.observed, a.base, a.entered_on, a.due_on, a.reason, a.finder, a.version FROM surveillance_alarm a WHERE " +
                      where,
                  {}, read);
}

Result<Alarm> read_alarm(db::Tx& tx, const auth::Scope& scope, AlarmId id) {
    auto found = TRY(read_alarms(tx, "a.id = " + std::to_string(id.number()) + " AND " + scope.sql("a.area_code")));
    if (found.empty()) return not_found("surveillance.no_alarm");
    return std::move(found.front());
}

Result<std::vector<Measure>> measures_of(db::Tx& tx, const Desk& desk, AlarmId id) {
    std::vector<Measure> out;
    const std::vector<db::Value> values{id};
    TRY(tx.each_row("SELECT id, what, office, due_on, done_on FROM surveillance_measure WHERE alarm_id = ? ORDER BY id", values,
                    [&](const db::Row& row) -> Result<void> {
                        out.push_back({row.id<MeasureId>(0), TRY(desk.vault.open(what_context, row.bytes(1))),
                                       std::string(row.text(2)), row.date(3), row.maybe_date(4)});
                        return {};
                    }));
    return out;
}

Result<Page> page(db::Tx& tx, const Desk& desk, AlarmId id) {
    TRY(auth::require(desk.actor, may_read));
    Page out;
    out.alarm = TRY(read_alarm(tx, desk.actor.scope(may_read), id));
    out.limits = TRY(tx.all("SELECT name, value, since, authority FROM surveillance_limit WHERE alarm_id = ? ORDER BY name", {id},
                            [](const db::Row& row) {
                                return Limit{std::string(row.text(0)), std::string(row.text(1)), row.date(2), std::string(row.text(3))};
                            }));
    out.measures = TRY(measures_of(tx, desk, id));
    out.history = TRY(history_of(tx, desk, id));
    const auto& actor = desk.actor;
    out.next = next_rows(out.alarm, actor.scope(may_check).contains(out.alarm.area), actor.scope(may_decide).contains(out.alarm.area));
    out.may_list = out.alarm.rule != by_price && !actor.scope(may_list).intersect(auth::Scope({out.alarm.area})).areas().empty();
    return out;
}

Result<std::vector<Alarm>> list(db::Tx& tx, const Desk& desk, const Query& query) {
    TRY(auth::require(desk.actor, may_read));
    return read_alarms(tx, TRY(where_of(desk, query)) +
                               " ORDER BY a.is_open DESC, CASE WHEN a.due_on IS NULL THEN 1 ELSE 0 END, a.due_on, a.id DESC LIMIT " +
                               std::to_string(query.limit) + " OFFSET " + std::to_string(query.offset));
}

Result<std::int64_t> count(db::Tx& tx, const Desk& desk, const Query& query) {
    TRY(auth::require(desk.actor, may_read));
    return tx.number("SELECT COUNT(*) FROM surveillance_alarm a WHERE " + TRY(where_of(desk, query)));
}

Result<std::vector<Behind>> behind(db::Tx& tx, const Desk& desk, AlarmId id, std::int64_t offset, std::int64_t limit,
                                   std::int64_t* total) {
    TRY(auth::require(desk.actor, may_list));
    const auto scope = desk.actor.scope(may_list);
    TRY(read_alarm(tx, scope, id));
    const auto from = " FROM surveillance_fact f WHERE f.alarm_id = ? AND f.household_id IS NOT NULL AND f.dropped_on IS NULL AND " +
                      scope.sql("f.area_code");
    *total = TRY(tx.number("SELECT COUNT(DISTINCT f.household_id)" + from, {id}));
    return tx.all("SELECT f.household_id, MIN(f.area_code), COUNT(*), MAX(f.on_day)" + from +
                      " GROUP BY f.household_id ORDER BY 2, 1 LIMIT ? OFFSET ?",
                  {id, limit, offset},
                  [](const db::Row& row) { return Behind{row.integer(0), row.area(1), row.integer(2), row.date(3)}; });
}

Result<std::vector<std::pair<AreaCode, std::int64_t>>> open_by_area(db::Tx& tx, const Desk& desk, AreaCode within) {
    const auto scope = desk.actor.scope(may_read).intersect(auth::Scope({within}));
    return tx.all("SELECT a.area_code, COUNT(*) FROM surveillance_alarm a WHERE a.is_open = 1 AND " + scope.sql("a.area_code") +
                      " GROUP BY a.area_code ORDER BY a.area_code",
                  {}, [](const db::Row& row) { return std::pair(row.area(0), row.integer(1)); });
}

}  // namespace ballast::surveillance
