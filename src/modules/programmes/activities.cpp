#include "programmes/activities.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>

#include "audit/audit.h"
#include "base/picture.h"
#include "base/text.h"

namespace ballast::programmes {
namespace {


constexpr std::string_view photo_context = "programmes_photo.content";
constexpr std::string_view columns =
    "SELECT id, kind, area_code, record_id, on_day, venue, people, score, pass_score, note, account, name FROM "
    "programmes_activity WHERE ";
constexpr std::size_t longest_venue = 60, longest_note = 500;

Activity read(const db::Row& row) {
    Activity out;
    out.id = row.id<ActivityId>(0);
    out.kind = row.text(1);
    out.area = row.area(2);
    if (const auto n = row.maybe_integer(3)) out.record = RecordId(*n);
    out.on = row.date(4);
    out.venue = row.text(5);
    out.people = row.maybe_integer(6);
    out.score = row.maybe_integer(7);
    out.pass_score = row.maybe_integer(8);
    out.note = row.text(9);
    out.account = row.text(10);
    out.name = row.text(11);
    return out;
}

Result<void> fill(db::Tx& tx, std::vector<Activity>& all) {
    if (all.empty()) return {};
    std::map<ActivityId, Activity*> by_id;
    std::vector<db::Value> ids;
    std::string places;
    for (auto& one : all) {
        by_id[one.id] = &one;
        places += ids.empty() ? "?" : ", ?";
        ids.emplace_back(one.id);
    }
    TRY(tx.each_row("SELECT activity_id, item, points FROM programmes_score WHERE activity_id IN (" + places + ")", ids,
                    [&](const db::Row& row) -> Result<void> {
                        by_id.at(row.id<ActivityId>(0))->points.emplace_back(row.text(1), row.integer(2));
                        return {};
                    }));
    return tx.each_row("SELECT activity_id, id FROM programmes_photo WHERE activity_id IN (" + places + ") ORDER BY id",
                       ids, [&](const db::Row& row) -> Result<void> {
                           by_id.at(row.id<ActivityId>(0))->photos.push_back(row.id<PhotoId>(1));
                           return {};
                       });
}

Result<void> check_points(const ActivityKind& kind, const Programme& programme, Activity& activity) {
    for (const auto& [name, points] : activity.points)
        if (std::ranges::find(kind.items, name, &ScoreItem::name) == kind.items.end())
            return invalid("programmes.no_such_field").with("field", name).with("title", name);
    if (kind.items.empty()) return {};
    std::int64_t sum = 0;
    for (const auto& item : kind.items) {
        const auto given = std::ranges::find(activity.points, item.name, [](const auto& one) { return one.first; });
        if (given == activity.points.end())
            return invalid("programmes.points_missing")
                .with("item", item.title.zh)
                .with("item.en", item.title.en)
                .with("field", item.name);
        if (given->second < 0 || given->second > item.most)
            return invalid("programmes.points_outside")
                .with("item", item.title.zh)
                .with("item.en", item.title.en)
                .with("field", item.name)
                .with("most", std::to_string(item.most));
        sum += given->second;
    }
    activity.score = sum;
    if (kind.passing.empty()) return {};
    const auto least = TRY(programme.pack.bind(kind.passing, activity.on, activity.area));
    const auto digits = least.value->value.rounded(0, Rounding::half_up).plain();
    std::int64_t pass = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), pass);
    activity.pass_score = pass;
    return {};
}

std::string object(ActivityId id) { return "programme_activity:" + std::to_string(id.number()); }

Result<Activity> load(db::Tx& tx, const auth::Scope& scope, const Programme& programme, ActivityId id) {
    auto found = TRY(tx.all(std::string(columns) + "id = ? AND pack = ? AND " + scope.sql("area_code"),
                            {id, programme.pack.name}, read));
    if (found.empty() || !programme.activity(found.front().kind)) return not_found("programmes.no_such_activity");
    TRY(fill(tx, found));
    return std::move(found.front());
}

}  // namespace

bool proven(const ActivityKind& kind, const Activity& activity) { return !kind.photo || !activity.photos.empty(); }

Result<ActivityId> add_activity(db::Tx& tx, const Desk& desk, const Programme& programme, Activity activity) {
    TRY(auth::require(desk.actor, may_write));
    if (!activity.key.empty())
        if (const auto before = TRY(tx.first("SELECT id FROM programmes_activity WHERE account = ? AND sender_key = ?",
                                             {desk.actor.account, activity.key},
                                             [](const db::Row& row) { return row.id<ActivityId>(0); })))
            return *before;
    const auto* kind = programme.activity(activity.kind);
    if (!kind) return not_found("programmes.no_such_activity_kind").with("name", activity.kind);
    const auto scope = desk.actor.scope(may_write);
    if (!kind->on.empty()) {
        if (!activity.record) return invalid("programmes.record_missing").with("register", kind->on);
        const auto of = TRY(record(tx, desk.actor, programme, *activity.record));
        if (of.kind != kind->on) return invalid("programmes.record_missing").with("register", kind->on);
        activity.area = of.area;
    }
    TRY(known_area(desk, scope, activity.area));
    if (activity.on > desk.today) return invalid("programmes.activity_in_future");
    if (kind->people && activity.people.value_or(-1) < 0) return invalid("programmes.people_missing");
    if (!kind->people && activity.people) return invalid("programmes.people_superfluous");
    activity.venue = std::string(text::trimmed(activity.venue));
    activity.note = std::string(text::trimmed(activity.note));
    const auto longer = [](const char* field, std::size_t most) {
        return invalid("programmes.too_long").with("field", field).with("title", field).with("most", std::to_string(most));
    };
    if (text::length(activity.venue) > longest_venue) return longer("venue", longest_venue);
    if (text::length(activity.note) > longest_note) return longer("note", longest_note);
    TRY(check_points(*kind, programme, activity));
    activity.id = ActivityId(TRY(tx.number(
        "INSERT INTO programmes_activity (pack, kind, area_code, record_id, on_day, venue, people, score, pass_score, "
        "note, at, account, name, sender_key) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
        {programme.pack.name, kind->name, activity.area, kind->on.empty() ? std::nullopt : activity.record, activity.on,
         activity.venue, activity.people, activity.score, activity.pass_score, activity.note, desk.now.ms,
         desk.actor.account, desk.actor.name, activity.key.empty() ? db::Value(db::Null{}) : db::Value(activity.key)})));
    for (const auto& [item, points] : activity.points)
        TRY(tx.exec("INSERT INTO programmes_score (activity_id, item, points) VALUES (?, ?, ?)", activity.id, item,
                    points));
    TRY(audit::record(tx, desk.vault, desk.actor,
                      {"programmes.activity", object(activity.id), activity.area, "",
                       fmt::format(R"({{"programme":"{}","kind":"{}","on":"{}"}})", programme.pack.name, kind->name,
                                   activity.on.iso())},
                      desk.now));
    return activity.id;
}

Result<std::vector<Activity>> activities(db::Tx& tx, const auth::Actor& actor, const Programme& programme,
                                         const ActivityQuery& query, std::int64_t* total) {
    std::string condition = "pack = ? AND " + actor.scope(may_read).sql("area_code");
    std::vector<db::Value> values{programme.pack.name};
    if (!query.kind.empty()) {
        condition += " AND kind = ?";
        values.emplace_back(query.kind);
    }
    if (query.record) {
        condition += " AND record_id = ?";
        values.emplace_back(*query.record);
    }
    if (query.area) condition += " AND " + auth::Scope({*query.area}).sql("area_code");
    if (query.failed) condition += " AND score < pass_score";
    if (total)
        TRY(tx.each_row("SELECT COUNT(*) FROM programmes_activity WHERE " + condition, values,
                        [&](const db::Row& row) -> Result<void> {
                            *total = row.integer(0);
                            return {};
                        }));
    values.emplace_back(query.limit);
    values.emplace_back(query.offset);
    std::vector<Activity> out;
    TRY(tx.each_row(std::string(columns) + condition + " ORDER BY on_day DESC, id DESC LIMIT ? OFFSET ?", values,
                    [&](const db::Row& row) -> Result<void> {
                        out.push_back(read(row));
                        return {};
                    }));
    TRY(fill(tx, out));
    return out;
}

Result<Activity> activity(db::Tx& tx, const auth::Actor& actor, const Programme& programme, ActivityId id) {
    return load(tx, actor.scope(may_read), programme, id);
}

Result<PhotoId> add_photo(db::Tx& tx, const Desk& desk, const Programme& programme, ActivityId id,
                          std::string_view bytes) {
    TRY(auth::require(desk.actor, may_write));
    const auto of = TRY(load(tx, desk.actor.scope(may_write), programme, id));
    if (of.venue.empty()) return invalid("programmes.photo_without_place");
    if (bytes.empty()) return invalid("programmes.photo_empty");
    if (std::ssize(bytes) > largest_photo)
        return invalid("programmes.photo_too_large").with("most", std::to_string(largest_photo / (1024 * 1024)));
    const auto type = picture_type(bytes);
    if (type.empty()) return invalid("programmes.photo_type");
    if (std::ssize(of.photos) >= most_photos)
        return invalid("programmes.too_many_photos").with("most", std::to_string(most_photos));
    const auto digest = crypto::digest_hex({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
    const PhotoId made(TRY(tx.number("INSERT INTO programmes_photo (activity_id, type, size, digest, at, account, content) "
                                     "VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id",
                                     {id, type, std::ssize(bytes), digest, desk.now.ms, desk.actor.account,
                                      desk.vault.seal(photo_context, bytes)})));
    TRY(audit::record(tx, desk.vault, desk.actor,
                      {"programmes.photo", object(id), of.area, "",
                       fmt::format(R"({{"photo":{},"digest":"{}"}})", made.number(), digest)},
                      desk.now));
    return made;
}

Result<Photo> photo(db::Tx& tx, const Desk& desk, const Programme& programme, ActivityId activity_id, PhotoId id) {
    TRY(activity(tx, desk.actor, programme, activity_id));
    std::optional<Photo> out;
    const std::vector<db::Value> which{id, activity_id};
    TRY(tx.each_row("SELECT type, content FROM programmes_photo WHERE id = ? AND activity_id = ?", which,
                    [&](const db::Row& row) -> Result<void> {
                        out = Photo{std::string(row.text(0)), TRY(desk.vault.open(photo_context, row.bytes(1)))};
                        return {};
                    }));
    if (!out) return not_found("programmes.no_such_photo");
    return std::move(*out);
}

}  // namespace ballast::programmes
