/// A task and its procedure; pure. Domain specification 1.2 item 1, 7.2 (督办).
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/area_code.h"
#include "base/clock.h"
#include "base/date.h"
#include "base/id.h"
#include "base/result.h"

namespace ballast::tasks {

struct TaskTag;
using TaskId = Id<TaskTag>;
struct PhotoTag;
using PhotoId = Id<PhotoTag>;

struct Task {
    TaskId id;
    std::optional<TaskId> parent;
    std::string kind = "task";  // or "commitment": what an area has promised in public
    AreaCode area, from;        // whose it is, who gave it
    std::string title, what;
    Date due_on;
    std::string state = "given";  // in_progress, reported, done, withdrawn
    int percent = 0;
    std::optional<Date> reply_due;         // of a supervision that has no reply yet
    std::optional<AreaCode> escalated_to;  // the highest area that was told it is late
    std::int64_t version = 0;
    Instant at{};
    std::string name;  // who gave it

    bool live() const { return state != "done" && state != "withdrawn"; }
    /// The day has passed, and it was not reported done.
    bool overdue(Date today) const { return (state == "given" || state == "in_progress") && due_on < today; }
    bool reply_overdue(Date today) const { return live() && reply_due && *reply_due < today; }
};

enum class Side : std::uint8_t { doer, giver };

struct Row {
    std::string_view action, from, to;
    Side side;
    /// "note", "progress" (percent, note), "proof" (note, and a proof in words where no photo is), "due" (day, note), "supervision" (day,
    /// note), "reply" (note; only while one is waited for), "" nothing.
    std::string_view needs;
};
/// The procedure. What is not listed is refused.
std::span<const Row> rows();
/// The steps that somebody on these sides can take now.
std::vector<Row> next_rows(const Task& task, bool doer, bool giver);

/// What was typed with a step; only the fields that it needs are read.
struct Order {
    std::int64_t version = 0;
    std::string action, note, proof;
    int percent = 0;
    std::optional<Date> until;
    std::int64_t photos = 0;  // that the sender's report takes along; counted where it is stored
};
/// A part of a task as its parent sees it.
struct Part {
    std::string state;
    int percent = 0;
};
/// The task after the step. Errors: conflict "tasks.no_such_step" {action, state}, "tasks.parts_open" {n},
/// "tasks.progress_from_parts", "tasks.nothing_to_reply"; invalid "tasks.percent_outside",
/// "tasks.day_missing", "tasks.day_past", "tasks.text.note", "tasks.text.proof" {least, most}.
Result<Task> after(const Task& task, const Order& order, const std::vector<Part>& parts, Date today);

/// Of the parts that were not withdrawn, each counting the same (assumed), one that is done as 100; rounded
/// down. Nothing without such parts.
std::optional<int> rolled_up(const std::vector<Part>& parts);

/// Whom to tell that it is late: from the day after it was due the area that gave it (the one above, of a
/// task of one's own), `patience` days later the area above that one; from the day after a supervision's
/// reply was due, the area above the one that gave it. Nothing while nobody new is to be told.
std::optional<AreaCode> to_be_told(const Task& task, Date today, int patience);

/// Trimmed. Errors: invalid "tasks.text.<field>" {least, most}.
Result<std::string> text_of(std::string_view typed, std::string_view field, std::size_t least,
                            std::size_t most);

}  // namespace ballast::tasks
