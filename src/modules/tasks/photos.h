/// Photos that prove a task's progress. A photo proves something only with its place, so it is not taken without one. It waits
/// until its sender reports progress or completion, and stands with that step from then on, never changed.
#pragma once

#include "tasks/task_file.h"

namespace ballast::tasks {

inline constexpr std::int64_t largest_photo = 10 * 1024 * 1024;
inline constexpr std::int64_t most_photos = 30;  // of a task

/// `place` as typed, 2 to 60 characters. Whoever does the task adds photos until it is reported done.
///
/// Errors: not_found "tasks.no_task"; forbidden "tasks.photo_not_yours"; conflict "tasks.photo_not_now"; invalid
/// "tasks.photo_without_place", "tasks.photo_empty", "tasks.photo_type", "tasks.photo_too_large" {most},
/// "tasks.too_many_photos" {most}.
Result<PhotoId> add_photo(db::Tx& tx, const Desk& desk, TaskId id, std::string_view place, std::string_view bytes);

struct PhotoFile {
    std::string type, bytes;
};
/// For whoever may read the task. Errors: not_found "tasks.no_task", "tasks.no_such_photo".
Result<PhotoFile> photo(db::Tx& tx, const Desk& desk, TaskId task, PhotoId id);

}  // namespace ballast::tasks
