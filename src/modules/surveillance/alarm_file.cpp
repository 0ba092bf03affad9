#include "surveillance/alarm_file.h"

#include <fmt/format.h>

#include <algorithm>

#include "audit/audit.h"
#include "surveillance/store.h"

namespace ballast::surveillance {
namespace {

/// Of a measure: its row, added or finished. Its id.
Result<std::optional<MeasureId>> store_measure(db::Tx& tx, const Desk& desk, AlarmId id, const Order& order,
                                               std::string_view needs) {
    if (needs == "measure")
        return std::optional(MeasureId(TRY(tx.number(
            "INSERT INTO surveillance_measure (alarm_id, what, office, due_on) VALUES (?, ?, ?, ?) RETURNING id",
            {id, desk.vault.seal(what_context, TRY(text_of(order.note, "note", 2, 400))),
             TRY(text_of(order.office, "office", 2, 60)), *order.due_on}))));
    if (needs == "done")
        TRY(tx.exec("UPDATE surveillance_measure SET done_on = ? WHERE id = ? AND alarm_id = ?", desk.today, *order.measure, id));
    return needs == "done" ? order.measure : std::nullopt;
}

}  // namespace

std::vector<AreaCode> told(AreaCode area) {
    std::vector<AreaCode> out;
    for (const auto level : {AreaLevel::county, AreaLevel::prefecture})
        if (level <= area.level()) out.push_back(area.at(level));
    return out;
}

Result<void> add_event(db::Tx& tx, const Desk& desk, AlarmId id, const Event& event) {
    TRY(tx.exec("INSERT INTO surveillance_step (alarm_id, action, to_state, reason, measure_id, note, at, account, name) VALUES "
                "(?, ?, ?, ?, ?, ?, ?, ?, ?)",
                id, event.action, event.to_state, event.reason, event.measure,
                event.note.empty() ? db::Value(db::Null{}) : db::Value(desk.vault.seal(note_context, event.note)), desk.now.ms,
                desk.actor.account, desk.actor.name));
    return {};
}

Result<void> record(db::Tx& tx, const Desk& desk, const Alarm& alarm, std::string_view action) {
    return audit::record(tx, desk.vault, desk.actor,
                         {"surveillance." + std::string(action), fmt::format("alarm:{}", alarm.id.number()), alarm.area, "",
                          fmt::format(R"({{"rule":"{}","to":"{}","observed":{},"base":{}}})", alarm.rule, alarm.state,
                                      alarm.observed, alarm.base)},
                         desk.now);
}

Result<void> step(db::Tx& tx, const Desk& desk, AlarmId id, const Order& order, const Clocks& clocks) {
    TRY(auth::require(desk.actor, may_read));
    const auto before = TRY(read_alarm(tx, desk.actor.scope(may_read), id));
    const auto row = std::ranges::find(rows(), order.action, &Row::action);
    if (row != rows().end() &&
        !desk.actor.scope(row->side == Side::check ? may_check : may_decide).contains(before.area))
        return forbidden("surveillance.not_yours").with("action", order.action);
    const auto now = TRY(after(before, order, TRY(measures_of(tx, desk, id)), desk.actor.account, clocks, desk.today));
    if (TRY(tx.exec("UPDATE surveillance_alarm SET state = ?, is_open = ?, entered_on = ?, due_on = ?, reason = ?, finder = ?, "
                    "version = version + 1 WHERE id = ? AND version = ?",
                    now.state, std::int64_t{now.open()}, now.entered_on, now.due_on, now.reason, now.finder, id,
                    order.version)) == 0)
        return conflict("surveillance.changed_meanwhile");
    Event event{order.action, now.state, row->needs == "reason" ? order.reason : "", row->needs.empty() ? "" : order.note, "", {}, {}};
    event.measure = TRY(store_measure(tx, desk, id, order, row->needs));
    TRY(add_event(tx, desk, id, event));
    return record(tx, desk, now, order.action);
}

}  // namespace ballast::surveillance
