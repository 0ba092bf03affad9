#include <algorithm>
#include <map>

#include "tasks/store.h"

namespace ballast::tasks {

const std::string_view select_lines =
    "SELECT t.id, t.parent_id, t.kind, t.area_code, t.from_area, t.title, t.what, t.due_on, t.state, "
    "t.percent, "
    "t.reply_due, t.escalated_to, t.version, t.at, t.name, "
    "(SELECT COUNT(*) FROM tasks_task p WHERE p.parent_id = t.id AND p.state <> 'withdrawn'), "
    "(SELECT COUNT(*) FROM tasks_task p WHERE p.parent_id = t.id AND p.state = 'done') FROM tasks_task t "
    "WHERE ";

namespace {

Result<Line> read(const Desk& desk, const db::Row& row) {
    Line out;
    auto& task = out.task;
    task.id = row.id<TaskId>(0);
    if (const auto parent = row.maybe_integer(1)) task.parent = TaskId(*parent);
    task.kind = row.text(2);
    task.area = row.area(3);
    task.from = row.area(4);
    task.title = row.text(5);
    task.what = TRY(desk.vault.open(what_context, row.bytes(6)));
    task.due_on = row.date(7);
    task.state = row.text(8);
    task.percent = static_cast<int>(row.integer(9));
    task.reply_due = row.maybe_date(10);
    if (!row.null(11)) task.escalated_to = row.area(11);
    task.version = row.integer(12);
    task.at = Instant{row.integer(13)};
    task.name = row.text(14);
    out.parts = row.integer(15);
    out.parts_done = row.integer(16);
    return out;
}

std::string one_of(std::string_view column, const std::vector<AreaCode>& areas) {
    std::string list;
    for (const auto area : areas) list += (list.empty() ? "" : ",") + std::to_string(area.number());
    return list.empty() ? "(1=0)" : std::string(column) + " IN (" + list + ")";
}

constexpr std::string_view is_live = "t.state IN ('given', 'in_progress', 'reported')";

Result<std::string> in_view(const Desk& desk, std::string_view view) {
    if (view == "all") return std::string("(1=1)");
    if (view == "mine") return one_of("t.area_code", seats(desk.actor, may_read));
    if (view == "given")
        return one_of("t.from_area", seats(desk.actor, may_assign)) + " AND t.from_area <> t.area_code";
    if (view == "escalated") return one_of("t.escalated_to", seats(desk.actor, may_read));
    return invalid("http.bad_parameter").with("name", "view");
}

Result<std::string> in_state(const Desk& desk, std::string_view state) {
    if (state == "all") return std::string("(1=1)");
    if (state == "open") return std::string(is_live);
    if (state == "reported") return std::string("t.state = 'reported'");
    if (state == "closed") return std::string("t.state IN ('done', 'withdrawn')");
    if (state == "supervised") return std::string(is_live) + " AND t.reply_due IS NOT NULL";
    // The day is digits and dashes, so nothing can be injected.
    if (state == "overdue")
        return "t.state IN ('given', 'in_progress') AND t.due_on < '" + desk.today.iso() + "'";
    return invalid("http.bad_parameter").with("name", "state");
}

Result<std::string> where_of(const Desk& desk, const Query& query) {
    std::string out = desk.actor.scope(may_read).sql("t.area_code");
    out += " AND " + TRY(in_view(desk, query.view)) + " AND " + TRY(in_state(desk, query.state));
    if (query.area) out += " AND " + auth::Scope({*query.area}).sql("t.area_code");
    return out;
}

Result<std::vector<Event>> history_of(db::Tx& tx, const Desk& desk, TaskId id) {
    std::vector<Event> out;
    const std::vector<db::Value> values{id};
    std::map<std::int64_t, std::vector<Photo>> photos;
    TRY(tx.each_row("SELECT step_id, id, place FROM tasks_photo WHERE task_id = ? AND step_id IS NOT NULL ORDER BY id", values,
                    [&](const db::Row& row) -> Result<void> {
                        photos[row.integer(0)].push_back(
                            {row.id<PhotoId>(1), TRY(desk.vault.open(place_context, row.bytes(2)))});
                        return {};
                    }));
    TRY(
        tx.each_row("SELECT action, to_state, percent, until, to_area, note, proof, name, at, id FROM tasks_step "
                    "WHERE task_id = ? ORDER BY id DESC",
                    values, [&](const db::Row& row) -> Result<void> {
                        Event one;
                        one.action = row.text(0);
                        one.to_state = row.text(1);
                        one.percent = static_cast<int>(row.integer(2));
                        one.until = row.maybe_date(3);
                        if (!row.null(4)) one.to_area = row.area(4);
                        if (!row.null(5)) one.note = TRY(desk.vault.open(note_context, row.bytes(5)));
                        if (!row.null(6)) one.proof = TRY(desk.vault.open(proof_context, row.bytes(6)));
                        one.name = row.text(7);
                        one.at = Instant{row.integer(8)};
                        if (const auto found = photos.find(row.integer(9)); found != photos.end())
                            one.photos = found->second;
                        out.push_back(std::move(one));
                        return {};
                    }));
    return out;
}

}  // namespace

std::vector<AreaCode> seats(const auth::Actor& actor, auth::Right right) {
    std::vector<AreaCode> out;
    for (const auto& grant : actor.grants)
        if (auth::gives(grant.role, right)) out.push_back(grant.area);
    return out;
}

bool is_doer(const auth::Actor& actor, const Task& task) {
    const auto own = seats(actor, may_read);
    return actor.is_system() || std::ranges::find(own, task.area) != own.end();
}

bool is_giver(const auth::Actor& actor, const Task& task) {
    return actor.scope(may_assign).contains(task.from);
}

Result<std::vector<Line>> read_lines(db::Tx& tx, const Desk& desk, const std::string& where) {
    std::vector<Line> out;
    TRY(tx.each_row(std::string(select_lines) + where, {}, [&](const db::Row& row) -> Result<void> {
        out.push_back(TRY(read(desk, row)));
        return {};
    }));
    return out;
}

Result<Line> read_line(db::Tx& tx, const Desk& desk, TaskId id) {
    auto found = TRY(read_lines(
        tx, desk,
        "t.id = " + std::to_string(id.number()) + " AND " + desk.actor.scope(may_read).sql("t.area_code")));
    if (found.empty()) return not_found("tasks.no_task");
    return std::move(found.front());
}

Result<std::vector<Part>> parts_of(db::Tx& tx, TaskId id) {
    return tx.all("SELECT state, percent FROM tasks_task WHERE parent_id = ?", {id}, [](const db::Row& row) {
        return Part{std::string(row.text(0)), static_cast<int>(row.integer(1))};
    });
}

Result<std::vector<Line>> list(db::Tx& tx, const Desk& desk, const Query& query) {
    TRY(auth::require(desk.actor, may_read));
    return read_lines(tx, desk,
                      TRY(where_of(desk, query)) + " ORDER BY t.due_on, t.id LIMIT " +
                          std::to_string(query.limit) + " OFFSET " + std::to_string(query.offset));
}

Result<std::int64_t> count(db::Tx& tx, const Desk& desk, const Query& query) {
    TRY(auth::require(desk.actor, may_read));
    return tx.number("SELECT COUNT(*) FROM tasks_task t WHERE " + TRY(where_of(desk, query)));
}

Result<Page> page(db::Tx& tx, const Desk& desk, TaskId id) {
    TRY(auth::require(desk.actor, may_read));
    Page out;
    out.line = TRY(read_line(tx, desk, id));
    const auto& task = out.line.task;
    if (task.parent) {
        auto parent = read_line(tx, desk, *task.parent);
        if (parent)
            out.parent = std::move(parent->task);
        else if (parent.error().kind != ErrorKind::not_found)  // it is of an area above the actor's
            return std::move(parent).error();
    }
    out.parts = TRY(read_lines(
        tx, desk, "t.parent_id = " + std::to_string(id.number()) + " ORDER BY t.area_code, t.due_on, t.id"));
    out.history = TRY(history_of(tx, desk, id));
    const std::vector<db::Value> own{id, desk.actor.account};
    TRY(tx.each_row("SELECT id, place FROM tasks_photo WHERE task_id = ? AND account = ? AND step_id IS NULL ORDER BY id", own,
                    [&](const db::Row& row) -> Result<void> {
                        out.waiting.push_back({row.id<PhotoId>(0), TRY(desk.vault.open(place_context, row.bytes(1)))});
                        return {};
                    }));
    out.next = next_rows(task, is_doer(desk.actor, task), is_giver(desk.actor, task));
    out.may_photo = is_doer(desk.actor, task) && (task.state == "given" || task.state == "in_progress");
    out.may_split = task.live() && task.area.level() != AreaLevel::village &&
                    desk.actor.scope(may_assign).contains(task.area);
    return out;
}

}  // namespace ballast::tasks
