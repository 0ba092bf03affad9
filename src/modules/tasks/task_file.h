/// Tasks as they are stored: given down the levels, taken step by step, rolled up, escalated. The only SQL.
#pragma once

#include "areas/areas.h"
#include "auth/auth.h"
#include "crypto/crypto.h"
#include "db/db.h"
#include "packs/store.h"
#include "tasks/task.h"

namespace ballast::tasks {

inline constexpr auth::Right may_read = auth::Right::tasks_read;
inline constexpr auth::Right may_assign = auth::Right::tasks_assign;

struct Desk {
    const crypto::Vault& vault;
    const areas::Division& division;
    const auth::Actor& actor;
    Date today;
    Instant now;
};

/// One wish, an area at a time: the same for each of them.
struct Wanted {
    std::optional<TaskId> parent;
    std::string kind = "task", title, what;
    std::vector<AreaCode> areas;
    Date due_on;
    std::string key;  // the sender's, so that a wish sent twice is one
};
/// All of them or none. A part is of an area below that of its parent, and due no later; whoever may assign
/// over the parent's area may hand it on. A commitment is of the actor's own area.
///
/// Errors: forbidden "auth.not_allowed"; not_found "areas.unknown" {code}, "tasks.no_task"; invalid
/// "tasks.no_area", "tasks.too_many_areas", "tasks.area_twice" {area}, "tasks.not_below" {area},
/// "tasks.not_own" {area}, "tasks.no_such_kind", "tasks.day_past", "tasks.due_after_parent" {date},
/// "tasks.text.title", "tasks.text.what"; conflict "tasks.parent_closed".
Result<std::vector<TaskId>> give(db::Tx& tx, const Desk& desk, const Wanted& wanted);

/// Errors: not_found "tasks.no_task"; forbidden "tasks.not_yours" {action}; conflict
/// "tasks.changed_meanwhile"; those of `after`; invalid "tasks.due_after_parent" {date}.
Result<void> step(db::Tx& tx, const Desk& desk, TaskId id, const Order& order);

struct Photo {
    PhotoId id;
    std::string place;
};
struct Event {
    std::string action, to_state;
    int percent = 0;
    std::optional<Date> until;
    std::optional<AreaCode> to_area;
    std::string note, proof, name;
    Instant at{};
    std::vector<Photo> photos;
};
struct Line {
    Task task;
    std::int64_t parts = 0, parts_done = 0;  // that were not withdrawn
};
struct Page {
    Line line;
    std::optional<Task> parent;  // when the actor may see it
    std::vector<Line> parts;
    std::vector<Event> history;  // the latest first
    std::vector<Row> next;
    std::vector<Photo> waiting;  // the actor's own, that their next report takes along
    bool may_split = false, may_photo = false;
};
/// Errors: not_found "tasks.no_task".
Result<Page> page(db::Tx& tx, const Desk& desk, TaskId id);

struct Query {
    std::string view = "mine";   // given, escalated, all
    std::string state = "open";  // overdue, supervised, reported, closed, all
    std::optional<AreaCode> area;
    std::int64_t offset = 0, limit = 50;
};
/// What is due first stands first. Errors: invalid "http.bad_parameter" {name}.
Result<std::vector<Line>> list(db::Tx& tx, const Desk& desk, const Query& query);
/// As long as the list without offset and limit.
Result<std::int64_t> count(db::Tx& tx, const Desk& desk, const Query& query);

/// Tells the areas above of what is late, each once for each due date; answers how many tasks. Does nothing
/// more when it runs again on the same day.
Result<std::int64_t> escalate(db::Tx& tx, const Desk& desk, AreaCode within, int patience);

/// Days after which the area above the giver is told; packs/tasks.
struct Terms {
    int patience = 7;
    bool assumed = true;
    std::string authority;
};
/// Errors: those of packs; invalid "tasks.bad_parameter" {name}.
Result<Terms> terms_on(const packs::Store& packs, AreaCode area, Date on);

}  // namespace ballast::tasks
