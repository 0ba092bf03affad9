/// The figures of employment assistance, each with the list behind it, equal in length. Units never mix: a
/// rate has one unit above and below, and person-times are counted, never divided by people or the other way
/// round.
#pragma once

#include <span>

#include "base/decimal.h"
#include "employment/desk.h"

namespace ballast::employment {

enum class Unit : std::uint8_t { people, person_times, households, posts };
std::string_view name_of(Unit unit);

struct Count {
    std::int64_t n = 0;
    Unit unit = Unit::people;
};
/// Per cent with two places, half up; nothing of nobody. Errors: invalid "employment.unlike_units" {above,
/// below}.
Result<std::optional<Decimal>> percent(const Count& part, const Count& whole);

/// Of whom the figures speak.
enum class Group : std::uint8_t { everybody, registered };  // registered: 脱贫户 and 监测户

struct Indicator {
    std::string_view name;  // "employment.indicator.<name>"
    Unit unit;
    std::int64_t target;  // per cent; 0 for none
    /// SQL over registry_v_person r, registry_v_household h, and for people employment_profile p.
    std::string_view denominator, numerator;
};
std::span<const Indicator> indicators();
/// Nothing when there is none of that name.
const Indicator* indicator_named(std::string_view name);

struct Rate {
    const Indicator* of = nullptr;
    Count numerator, denominator;
};
Result<std::vector<Rate>> rates(db::Tx& tx, const Desk& desk, AreaCode area, Group group);

/// What is counted and no rate: "employment.figure.<name>".
struct Figure {
    std::string_view name;
    Count count;
};
Result<std::vector<Figure>> figures(db::Tx& tx, const Desk& desk, AreaCode area, Group group);

/// Workers of an area, or those behind an indicator; households' lists name each household's head.
struct PeopleQuery {
    AreaCode area;
    Group group = Group::everybody;
    const Indicator* indicator = nullptr;
    enum class Part : std::uint8_t { all, reached, missing } part = Part::all;
    std::string state;  // "" | "working" | "idle" | "wants_job" | "not_asked"
    std::int64_t offset = 0, limit = 20;
};
struct PersonLine {
    Worker who;
    bool asked = false, wants_training = false, wants_job = false, wants_startup = false;
    bool working = false;       // by a placement on file
    bool said_to_work = false;  // by the register alone
    std::string post;           // title of the placement that runs
};
Result<std::vector<PersonLine>> people(db::Tx& tx, const Desk& desk, const PeopleQuery& query,
                                       std::int64_t* total);

/// SQL over r: a member of labour age who can work.
std::string worker_sql(const Desk& desk);
/// SQL over r: in work, by employment_v_at_work.
std::string_view employed_sql();

}  // namespace ballast::employment
