#include "tasks/photos.h"

#include <fmt/format.h>

#include "audit/audit.h"
#include "base/picture.h"
#include "base/text.h"
#include "tasks/store.h"

namespace ballast::tasks {
namespace {

constexpr std::string_view content_context = "tasks_photo.content";
constexpr std::size_t shortest_place = 2, longest_place = 60;

Result<std::string> place_of(std::string_view typed) {
    const auto place = text::trimmed(typed);
    const auto length = text::length(place);
    if (length < shortest_place || length > longest_place)
        return invalid("tasks.photo_without_place")
            .with("least", std::to_string(shortest_place))
            .with("most", std::to_string(longest_place));
    return std::string(place);
}

}  // namespace

Result<PhotoId> add_photo(db::Tx& tx, const Desk& desk, TaskId id, std::string_view place, std::string_view bytes) {
    TRY(auth::require(desk.actor, may_read));
    const auto task = TRY(read_line(tx, desk, id)).task;
    if (!is_doer(desk.actor, task)) return forbidden("tasks.photo_not_yours");
    if (task.state != "given" && task.state != "in_progress") return conflict("tasks.photo_not_now");
    const auto where = TRY(place_of(place));
    if (bytes.empty()) return invalid("tasks.photo_empty");
    if (std::ssize(bytes) > largest_photo)
        return invalid("tasks.photo_too_large").with("most", std::to_string(largest_photo / (1024 * 1024)));
    const auto type = picture_type(bytes);
    if (type.empty()) return invalid("tasks.photo_type");
    if (TRY(tx.number("SELECT COUNT(*) FROM tasks_photo WHERE task_id = ?", {id})) >= most_photos)
        return invalid("tasks.too_many_photos").with("most", std::to_string(most_photos));
    const auto digest = crypto::digest_hex({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
    const PhotoId made(TRY(tx.number("INSERT INTO tasks_photo (task_id, place, type, size, digest, at, account, content) "
                                     "VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
                                     {id, desk.vault.seal(place_context, where), type, std::ssize(bytes), digest, desk.now.ms,
                                      desk.actor.account, desk.vault.seal(content_context, bytes)})));
    TRY(audit::record(tx, desk.vault, desk.actor,
                      {"tasks.photo", fmt::format("task:{}", id.number()), task.area, "",
                       fmt::format(R"({{"photo":{},"digest":"{}"}})", made.number(), digest)},
                      desk.now));
    return made;
}

Result<PhotoFile> photo(db::Tx& tx, const Desk& desk, TaskId task, PhotoId id) {
    TRY(auth::require(desk.actor, may_read));
    TRY(read_line(tx, desk, task));
    std::optional<PhotoFile> out;
    const std::vector<db::Value> which{id, task};
    TRY(tx.each_row("SELECT type, content FROM tasks_photo WHERE id = ? AND task_id = ?", which,
                    [&](const db::Row& row) -> Result<void> {
                        out = PhotoFile{std::string(row.text(0)), TRY(desk.vault.open(content_context, row.bytes(1)))};
                        return {};
                    }));
    if (!out) return not_found("tasks.no_such_photo");
    return std::move(*out);
}

}  // namespace ballast::tasks
