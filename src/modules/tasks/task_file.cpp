#include "tasks/task_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "audit/audit.h"
#include "packs/packs.h"
#include "tasks/store.h"

namespace ballast::tasks {
namespace {

constexpr std::size_t most_areas = 400;  // the villages of a large county

db::Value sealed_or_null(const Desk& desk, std::string_view context, std::string_view text) {
    return text.empty() ? db::Value(db::Null{}) : db::Value(desk.vault.seal(context, text));
}

Result<void> record(db::Tx& tx, const Desk& desk, const Task& task, std::string_view action) {
    return audit::record(tx, desk.vault, desk.actor,
                         {"tasks." + std::string(action), fmt::format("task:{}", task.id.number()), task.area,
                          "", fmt::format(R"({{"to":"{}","due":"{}"}})", task.state, task.due_on.iso())},
                         desk.now);
}

Result<std::int64_t> add_event(db::Tx& tx, const Desk& desk, TaskId id, const Event& event) {
    return tx.number(
        "INSERT INTO tasks_step (task_id, action, to_state, percent, until, to_area, note, proof, at, "
        "account, "
        "name) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
        {id, event.action, event.to_state, event.percent, event.until, event.to_area,
         sealed_or_null(desk, note_context, event.note), sealed_or_null(desk, proof_context, event.proof),
         desk.now.ms, desk.actor.account, desk.actor.name});
}

/// The progress of the tasks above, from their parts. A parent is locked before its parts are read, so that
/// two parts that move at once both count.
Result<void> roll_up(db::Tx& tx, std::optional<TaskId> parent) {
    while (parent) {
        TRY(tx.exec("UPDATE tasks_task SET percent = percent WHERE id = ?", *parent));
        if (const auto percent = rolled_up(TRY(parts_of(tx, *parent))))
            TRY(tx.exec("UPDATE tasks_task SET percent = ? WHERE id = ? AND state <> 'done'", *percent,
                        *parent));
        const auto above = TRY(tx.first("SELECT parent_id FROM tasks_task WHERE id = ?", {*parent},
                                        [](const db::Row& row) { return row.maybe_integer(0); }));
        parent = above && *above ? std::optional(TaskId(**above)) : std::nullopt;
    }
    return {};
}

/// Who gives a task to that area: of a part the parent's area, else the nearest of the actor's areas above
/// it.
Result<AreaCode> giver_of(const Desk& desk, const Wanted& wanted, const std::optional<Task>& parent,
                          AreaCode area) {
    const auto name = [&] { return std::string(desk.division.find(area)->name); };
    if (!desk.division.exists(area) || !desk.actor.scope(may_assign).contains(area))
        return not_found("areas.unknown").with("code", area.digits());
    if (parent) {
        if (area == parent->area || !parent->area.contains(area))
            return invalid("tasks.not_below").with("area", name());
        return parent->area;
    }
    std::optional<AreaCode> nearest;
    for (const auto seat : seats(desk.actor, may_assign))
        if (seat.contains(area) && (!nearest || nearest->level() < seat.level())) nearest = seat;
    if (!nearest) return area;  // the system, for an area's own
    if (wanted.kind == "commitment" && *nearest != area) return invalid("tasks.not_own").with("area", name());
    return *nearest;
}

Result<void> check(const Wanted& wanted, const std::optional<Task>& parent, Date today) {
    if (wanted.kind != "task" && wanted.kind != "commitment") return invalid("tasks.no_such_kind");
    if (wanted.areas.empty()) return invalid("tasks.no_area");
    if (wanted.areas.size() > most_areas)
        return invalid("tasks.too_many_areas").with("most", std::to_string(most_areas));
    if (wanted.due_on < today) return invalid("tasks.day_past").with("date", wanted.due_on.iso());
    if (!parent) return {};
    if (!parent->live() || parent->state == "reported") return conflict("tasks.parent_closed");
    if (parent->due_on < wanted.due_on)
        return invalid("tasks.due_after_parent").with("date", parent->due_on.iso());
    return {};
}

Result<std::optional<Task>> parent_of(db::Tx& tx, const Desk& desk, const std::optional<TaskId>& id) {
    if (!id) return std::optional<Task>();
    auto parent = TRY(read_line(tx, desk, *id)).task;
    if (!desk.actor.scope(may_assign).contains(parent.area)) return not_found("tasks.no_task");
    return std::optional(std::move(parent));
}

}  // namespace

Result<std::vector<TaskId>> give(db::Tx& tx, const Desk& desk, const Wanted& wanted) {
    TRY(auth::require(desk.actor, may_assign));
    if (!wanted.key.empty()) {
        auto before = TRY(tx.all("SELECT id FROM tasks_task WHERE account = ? AND sender_key = ? ORDER BY id",
                                 {desk.actor.account, wanted.key},
                                 [](const db::Row& row) { return row.id<TaskId>(0); }));
        if (!before.empty()) return before;
    }
    const auto parent = TRY(parent_of(tx, desk, wanted.parent));
    TRY(check(wanted, parent, desk.today));
    const auto title = TRY(text_of(wanted.title, "title", 2, 60));
    const auto what = TRY(text_of(wanted.what, "what", 2, 1000));
    std::vector<TaskId> out;
    for (std::size_t i = 0; i < wanted.areas.size(); ++i) {
        const auto area = wanted.areas[i];
        const auto from = TRY(giver_of(desk, wanted, parent, area));
        if (std::ranges::count(wanted.areas, area) > 1)
            return invalid("tasks.area_twice").with("area", std::string(desk.division.find(area)->name));
        Task task;
        task.id = TaskId(
            TRY(tx.number("INSERT INTO tasks_task (parent_id, kind, area_code, from_area, title, what, "
                          "due_on, state, percent, "
                          "version, at, account, name, sender_key) VALUES (?, ?, ?, ?, ?, ?, ?, 'given', 0, "
                          "1, ?, ?, ?, ?) RETURNING id",
                          {wanted.parent, wanted.kind, area, from, title, desk.vault.seal(what_context, what),
                           wanted.due_on, desk.now.ms, desk.actor.account, desk.actor.name,
                           wanted.key.empty() ? db::Value(db::Null{}) : db::Value(wanted.key)})));
        task.area = area;
        task.due_on = wanted.due_on;
        TRY(add_event(tx, desk, task.id, {"give", "given", 0, wanted.due_on, {}, "", "", "", {}, {}}));
        TRY(record(tx, desk, task, "give"));
        out.push_back(task.id);
    }
    TRY(roll_up(tx, wanted.parent));
    return out;
}

Result<void> step(db::Tx& tx, const Desk& desk, TaskId id, const Order& order) {
    TRY(auth::require(desk.actor, may_read));
    const auto before = TRY(read_line(tx, desk, id)).task;
    const auto row = std::ranges::find(rows(), order.action, &Row::action);
    const bool allowed = row == rows().end() || (row->side == Side::doer ? is_doer(desk.actor, before)
                                                                         : is_giver(desk.actor, before));
    if (!allowed) return forbidden("tasks.not_yours").with("action", order.action);
    const bool reports = row != rows().end() && (row->needs == "progress" || row->needs == "proof");
    Order whole = order;
    whole.photos = reports ? TRY(tx.number("SELECT COUNT(*) FROM tasks_photo WHERE task_id = ? AND account = ? AND step_id IS NULL",
                                           {id, desk.actor.account}))
                           : 0;
    const auto task = TRY(after(before, whole, TRY(parts_of(tx, id)), desk.today));
    if (order.action == "extend" && task.parent) {
        const auto limit = TRY(tx.first("SELECT due_on FROM tasks_task WHERE id = ?", {*task.parent},
                                        [](const db::Row& one) { return one.date(0); }));
        if (limit && *limit < task.due_on)
            return invalid("tasks.due_after_parent").with("date", limit->iso());
    }
    if (TRY(tx.exec(
            "UPDATE tasks_task SET state = ?, percent = ?, due_on = ?, reply_due = ?, escalated_to = ?, "
            "version = version + 1 WHERE id = ? AND version = ?",
            task.state, task.percent, task.due_on, task.reply_due, task.escalated_to, id, order.version)) ==
        0)
        return conflict("tasks.changed_meanwhile");
    Event event{order.action, task.state, task.percent, {}, {}, "", "", "", {}, {}};
    if (!row->needs.empty()) event.note = order.note;
    if (row->needs == "proof") event.proof = order.proof;
    if (row->needs == "due" || row->needs == "supervision") event.until = order.until;
    const auto step_id = TRY(add_event(tx, desk, id, event));
    if (whole.photos > 0)
        TRY(tx.exec("UPDATE tasks_photo SET step_id = ? WHERE task_id = ? AND account = ? AND step_id IS NULL", step_id, id,
                    desk.actor.account));
    TRY(roll_up(tx, task.parent));
    return record(tx, desk, task, order.action);
}

Result<std::int64_t> escalate(db::Tx& tx, const Desk& desk, AreaCode within, int patience) {
    std::int64_t told = 0;
    for (const auto& line : TRY(read_lines(tx, desk,
                                           auth::Scope({within}).sql("t.area_code") +
                                               " AND ((t.state IN ('given', 'in_progress') AND t.due_on < '" +
                                               desk.today.iso() +
                                               "') OR (t.state IN ('given', 'in_progress', 'reported') AND "
                                               "t.reply_due < '" +
                                               desk.today.iso() + "')) ORDER BY t.id"))) {
        const auto area = to_be_told(line.task, desk.today, patience);
        if (!area) continue;
        TRY(tx.exec("UPDATE tasks_task SET escalated_to = ?, version = version + 1 WHERE id = ?", *area,
                    line.task.id));
        const bool unanswered = line.task.reply_overdue(desk.today);
        TRY(add_event(tx, desk, line.task.id,
                      {unanswered ? "escalate_reply" : "escalate", line.task.state, line.task.percent,
                       unanswered ? line.task.reply_due : std::optional(line.task.due_on), *area, "", "", "", {}, {}}));
        TRY(record(tx, desk, line.task, "escalate"));
        ++told;
    }
    return told;
}

Result<Terms> terms_on(const packs::Store& packs, AreaCode area, Date on) {
    const auto pack = TRY(packs.load("tasks", area, on));
    const auto bound = TRY(pack->bind("escalate_after", on, area));
    const auto text = bound.value->value.plain();
    Terms out;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), out.patience);
    if (read.ptr != text.data() + text.size() || out.patience < 1 || out.patience > 365)
        return invalid("tasks.bad_parameter").with("name", "escalate_after");
    out.assumed = bound.value->assumed();
    out.authority = bound.value->authority;
    return out;
}

}  // namespace ballast::tasks
