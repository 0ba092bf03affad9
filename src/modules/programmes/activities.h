/// What was done, where and when: with the people it reached, its photos, and an inspection's score. A photo proves
/// something only with a place, so an activity without a venue takes none; a kind that asks for a photo counts
/// once it has one.
#pragma once

#include "programmes/records.h"

namespace ballast::programmes {

struct ActivityTag;
using ActivityId = Id<ActivityTag>;
struct PhotoTag;
using PhotoId = Id<PhotoTag>;

inline constexpr std::int64_t largest_photo = 10 * 1024 * 1024;
inline constexpr std::int64_t most_photos = 30;  // of an activity

struct Activity {
    ActivityId id;
    std::string kind;
    AreaCode area;
    std::optional<RecordId> record;
    Date on;
    std::string venue;
    std::optional<std::int64_t> people;
    std::optional<std::int64_t> score, pass_score;  // of an inspection; both in points
    std::string note;
    std::string account, name;
    std::vector<std::pair<std::string, std::int64_t>> points;  // by item
    std::vector<PhotoId> photos;
    std::string key;  // the sender's, on the way in

    bool passed() const { return score && pass_score && *score >= *pass_score; }
};
/// A kind that asks for a photo and has none is not counted yet.
bool proven(const ActivityKind& kind, const Activity& activity);

/// Errors: forbidden "auth.not_allowed"; not_found "programmes.no_such_activity_kind" {name},
/// "programmes.no_such_record", those of known_area; invalid "programmes.activity_in_future",
/// "programmes.people_missing", "programmes.people_superfluous", "programmes.points_missing" {item},
/// "programmes.points_outside" {item, most}, "programmes.record_missing" {register}, "programmes.too_long" of "venue" or
/// "note".
Result<ActivityId> add_activity(db::Tx& tx, const Desk& desk, const Programme& programme, Activity activity);

struct ActivityQuery {
    std::string kind;
    std::optional<AreaCode> area;
    std::optional<RecordId> record;
    bool failed = false;  // only inspections that were not passed
    std::int64_t offset = 0, limit = 20;
};
/// The latest first.
Result<std::vector<Activity>> activities(db::Tx& tx, const auth::Actor& actor, const Programme& programme,
                                         const ActivityQuery& query, std::int64_t* total);
/// not_found "programmes.no_such_activity".
Result<Activity> activity(db::Tx& tx, const auth::Actor& actor, const Programme& programme, ActivityId id);

/// Errors: as `activity`; invalid "programmes.photo_without_place", "programmes.photo_empty", "programmes.photo_type",
/// "programmes.photo_too_large" {most}, "programmes.too_many_photos" {most}.
Result<PhotoId> add_photo(db::Tx& tx, const Desk& desk, const Programme& programme, ActivityId id,
                          std::string_view bytes);
struct Photo {
    std::string type, bytes;
};
/// not_found "programmes.no_such_photo".
Result<Photo> photo(db::Tx& tx, const Desk& desk, const Programme& programme, ActivityId activity, PhotoId id);

}  // namespace ballast::programmes
