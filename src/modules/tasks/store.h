/// How tasks are read from their tables; inside tasks only.
#pragma once

#include "tasks/task_file.h"

namespace ballast::tasks {

inline constexpr std::string_view what_context = "tasks_task.what";
inline constexpr std::string_view note_context = "tasks_step.note";
inline constexpr std::string_view proof_context = "tasks_step.proof";
inline constexpr std::string_view place_context = "tasks_photo.place";

/// Lines of table tasks_task t, up to the WHERE.
extern const std::string_view select_lines;
Result<std::vector<Line>> read_lines(db::Tx& tx, const Desk& desk, const std::string& where);
/// Inside the areas that the actor may read. Errors: not_found "tasks.no_task".
Result<Line> read_line(db::Tx& tx, const Desk& desk, TaskId id);
Result<std::vector<Part>> parts_of(db::Tx& tx, TaskId id);

/// The areas themselves for which a role was given, not those inside them: whose tasks are the actor's own.
std::vector<AreaCode> seats(const auth::Actor& actor, auth::Right right);
bool is_doer(const auth::Actor& actor, const Task& task);
bool is_giver(const auth::Actor& actor, const Task& task);

}  // namespace ballast::tasks
