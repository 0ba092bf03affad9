/// Training classes and who attended them. One person in one class is a person-time (人次); people are
/// counted apart.
#pragma once

#include "employment/desk.h"

namespace ballast::employment {

struct TrainingClass {
    ClassId id;
    AreaCode area;
    std::string trade, title, organiser, venue;
    std::int64_t hours = 0;
    Date begins_on, ends_on;
    std::int64_t capacity = 0;
    Money funds;
    std::string key;
    std::int64_t attended = 0, passed = 0;
    Money paid;  // subsidies
};
/// Errors: forbidden "auth.not_allowed"; not_found "areas.unknown"; invalid "employment.text.<field>",
/// "employment.no_such_code", "employment.hours_missing", "employment.capacity_missing",
/// "employment.ends_before", "employment.negative".
Result<ClassId> add_class(db::Tx& tx, const Desk& desk, TrainingClass wanted);

struct Attendance {
    ClassId of;
    PersonId person;
    std::int64_t days = 0;
    bool passed = false;
    std::string certificate;  // its number
    Money subsidy;
};
/// Enters it, or replaces what was entered of this person and class.
///
/// Errors: not_found "employment.no_class", "employment.no_person"; invalid "employment.class_not_begun",
/// "employment.days_outside" {most}, "employment.too_young" {age}, "employment.birth_missing",
/// "employment.not_a_member", "employment.subsidy_not_passed", "employment.negative"; conflict
/// "employment.class_full" {capacity}, "employment.same_days" {title, from, to}: in another class on these
/// days, "employment.subsidy_twice" {on, months}: for this trade, "employment.funds_spent" {left}.
Result<void> attend(db::Tx& tx, const Desk& desk, const Attendance& wanted);

struct ClassQuery {
    std::optional<AreaCode> area;
    std::string trade;
    std::int64_t offset = 0, limit = 20;
};
/// Of the actor's areas and those above them; the latest first.
Result<std::vector<TrainingClass>> classes(db::Tx& tx, const Desk& desk, const ClassQuery& query,
                                           std::int64_t* total);
Result<TrainingClass> training_class(db::Tx& tx, const Desk& desk, ClassId id);

struct Attendee {
    Worker who;
    Attendance what;
};
/// Those in the actor's areas, by name.
Result<std::vector<Attendee>> attendees(db::Tx& tx, const Desk& desk, ClassId id);

struct Attended {
    TrainingClass in;
    Attendance what;
};
/// The classes of somebody whom the caller may see, the latest first.
Result<std::vector<Attended>> training_of(db::Tx& tx, PersonId person);

}  // namespace ballast::employment
