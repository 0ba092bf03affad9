/// Alarms as they are stored: raised by a run, checked, decided, answered, with what stands behind each.
#pragma once

#include "areas/areas.h"
#include "auth/auth.h"
#include "crypto/crypto.h"
#include "db/db.h"
#include "surveillance/limits.h"

namespace ballast::surveillance {

/// An alarm says how many, never who: whoever has a place in the five levels sees those of their areas. The households behind it are
/// for those who read clues.
inline constexpr auth::Right may_read = auth::Right::tasks_read;
inline constexpr auth::Right may_check = auth::Right::clues_write;
inline constexpr auth::Right may_decide = auth::Right::cases_approve;
inline constexpr auth::Right may_list = auth::Right::clues_read;
inline constexpr auth::Right may_run = auth::Right::screening_run;

struct Desk {
    const crypto::Vault& vault;
    const areas::Division& division;
    const auth::Actor& actor;
    Date today;
    Instant now;
};

/// The areas that are told of an alarm: its county and its prefecture.
std::vector<AreaCode> told(AreaCode area);

struct Event {
    std::string action, to_state, reason, note, name;
    std::optional<MeasureId> measure;
    Instant at{};
};
struct Page {
    Alarm alarm;
    std::vector<Limit> limits;
    std::vector<Measure> measures;
    std::vector<Event> history;  // the latest first
    std::vector<Row> next;
    bool may_list = false;
};
/// Errors: not_found "surveillance.no_alarm".
Result<Page> page(db::Tx& tx, const Desk& desk, AlarmId id);

/// Checking wants clues_write over the alarm's area, deciding cases_approve.
/// Errors: not_found "surveillance.no_alarm"; forbidden "surveillance.not_yours" {action}; conflict "surveillance.changed_meanwhile";
/// those of `after`.
Result<void> step(db::Tx& tx, const Desk& desk, AlarmId id, const Order& order, const Clocks& clocks);

struct Query {
    std::string state = "open";  // overdue, ended, all
    std::string rule;            // "" all
    std::optional<AreaCode> area;
    std::int64_t offset = 0, limit = 50;
};
/// What is due first stands first. Errors: invalid "http.bad_parameter" {name}.
Result<std::vector<Alarm>> list(db::Tx& tx, const Desk& desk, const Query& query);
/// As long as the list without offset and limit.
Result<std::int64_t> count(db::Tx& tx, const Desk& desk, const Query& query);

/// A household behind an alarm, with the days that speak for it.
struct Behind {
    std::int64_t household = 0;
    AreaCode village;
    std::int64_t facts = 0;  // R35: people
    Date last;
};
/// Of the alarm's area those that the actor may list; `total` is as many as the alarm says, for who may see all of it.
/// Errors: not_found "surveillance.no_alarm".
Result<std::vector<Behind>> behind(db::Tx& tx, const Desk& desk, AlarmId id, std::int64_t offset, std::int64_t limit,
                                   std::int64_t* total);

/// Open alarms by area, of the areas inside one.
Result<std::vector<std::pair<AreaCode, std::int64_t>>> open_by_area(db::Tx& tx, const Desk& desk, AreaCode within);

}  // namespace ballast::surveillance
