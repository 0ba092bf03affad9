#include "tasks/task.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace ballast::tasks {
namespace {

using enum Side;

constexpr std::array table{
    Row{"receive", "given", "in_progress", doer, ""},
    Row{"report", "in_progress", "in_progress", doer, "progress"},
    Row{"submit", "in_progress", "reported", doer, "proof"},
    Row{"reply", "given", "given", doer, "reply"},
    Row{"reply", "in_progress", "in_progress", doer, "reply"},
    Row{"reply", "reported", "reported", doer, "reply"},
    Row{"confirm", "reported", "done", giver, ""},
    Row{"send_back", "reported", "in_progress", giver, "note"},
    Row{"supervise", "given", "given", giver, "supervision"},
    Row{"supervise", "in_progress", "in_progress", giver, "supervision"},
    Row{"extend", "given", "given", giver, "due"},
    Row{"extend", "in_progress", "in_progress", giver, "due"},
    Row{"withdraw", "given", "withdrawn", giver, "note"},
    Row{"withdraw", "in_progress", "withdrawn", giver, "note"},
    Row{"withdraw", "reported", "withdrawn", giver, "note"},
};

std::int64_t open_parts(const std::vector<Part>& parts) {
    return std::ranges::count_if(
        parts, [](const Part& part) { return part.state != "done" && part.state != "withdrawn"; });
}

Result<Date> day_of(const std::optional<Date>& typed, Date today) {
    if (!typed) return invalid("tasks.day_missing");
    if (*typed < today) return invalid("tasks.day_past").with("date", typed->iso());
    return *typed;
}

/// Fills what the row needs. The texts are checked here and stored by the caller.
Result<void> fill(Task& into, const Row& row, const Order& order, const std::vector<Part>& parts,
                  Date today) {
    if (!row.needs.empty()) TRY(text_of(order.note, "note", 2, 400));
    if (row.needs == "progress") {
        if (rolled_up(parts)) return conflict("tasks.progress_from_parts");
        if (order.percent < 0 || order.percent > 100) return invalid("tasks.percent_outside");
        into.percent = order.percent;
    }
    if (row.needs == "proof")
        TRY(text_of(order.proof, "proof", order.photos > 0 && text::trimmed(order.proof).empty() ? 0 : 2, 200));
    if (row.needs == "due") {
        into.due_on = TRY(day_of(order.until, today));
        into.escalated_to.reset();
    }
    if (row.needs == "supervision") into.reply_due = TRY(day_of(order.until, today));
    if (row.needs == "reply") {
        if (!into.reply_due) return conflict("tasks.nothing_to_reply");
        into.reply_due.reset();
        if (!into.overdue(today)) into.escalated_to.reset();  // told only because nobody answered
    }
    return {};
}

}  // namespace

std::span<const Row> rows() { return table; }

std::vector<Row> next_rows(const Task& task, bool is_doer, bool is_giver) {
    std::vector<Row> out;
    for (const auto& row : table)
        if (row.from == task.state && (row.side == doer ? is_doer : is_giver) &&
            (row.needs != "reply" || task.reply_due))
            out.push_back(row);
    return out;
}

Result<Task> after(const Task& task, const Order& order, const std::vector<Part>& parts, Date today) {
    const auto row = std::ranges::find_if(
        table, [&](const Row& one) { return one.action == order.action && one.from == task.state; });
    if (row == table.end())
        return conflict("tasks.no_such_step").with("action", order.action).with("state", task.state);
    if (row->to == "reported" || row->to == "done" || row->to == "withdrawn")
        if (const auto open = open_parts(parts); open > 0)
            return conflict("tasks.parts_open").with("n", std::to_string(open));
    Task out = task;
    TRY(fill(out, *row, order, parts, today));
    out.state = row->to;
    if (out.state == "done") out.percent = 100;
    return out;
}

std::optional<int> rolled_up(const std::vector<Part>& parts) {
    int sum = 0, n = 0;
    for (const auto& part : parts) {
        if (part.state == "withdrawn") continue;
        sum += part.state == "done" ? 100 : part.percent;
        ++n;
    }
    if (n == 0) return std::nullopt;
    return sum / n;
}

std::optional<AreaCode> to_be_told(const Task& task, Date today, int patience) {
    if (!task.overdue(today) && !task.reply_overdue(today)) return std::nullopt;
    AreaCode told = task.from == task.area ? task.from.parent() : task.from;
    // Whoever supervises knows already that nobody answers.
    if (task.reply_overdue(today) || task.due_on.plus_days(patience) < today) told = told.parent();
    if (task.escalated_to && task.escalated_to->level() <= told.level()) return std::nullopt;
    return told;
}

Result<std::string> text_of(std::string_view typed, std::string_view field, std::size_t least,
                            std::size_t most) {
    const auto out = text::trimmed(typed);
    const auto length = text::length(out);
    if (least <= length && length <= most) return std::string(out);
    // A sentence for each field, so that it is called by its name in either language.
    std::string id = "tasks.text.";
    id += field;
    return Error{ErrorKind::invalid, std::move(id), {}, {}}
        .with("least", std::to_string(least))
        .with("most", std::to_string(most));
}

}  // namespace ballast::tasks
