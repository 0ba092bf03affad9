/// The clocks of a case: by when the whole must be decided, how long each step may take, how long a notice
/// hangs, and the one scale of urgency. The numbers come from packs/casework, by area and day; each keeps its
/// authority. Pure. Source: domain specification 2.4 (clock rules, publicity arithmetic).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/working_calendar.h"
#include "packs/packs.h"

namespace ballast::casework {

/// One number of the pack as it holds in a village on a day.
struct Limit {
    std::string name;  // "overall_limit"
    packs::Title title;
    int value = 0;
    DayKind day_kind = DayKind::calendar;
    Date from;
    std::string authority;
    bool assumed = false;
};

/// By whose rules a case is run: those in force in its village on its day 0.
class Terms {
public:
    /// not_found "packs.no_value"; invalid "casework.bad_parameter" {name} for what is no whole number of 0
    /// to 3660.
    static Result<Terms> in_force(const packs::Pack& pack, AreaCode village, Date day_zero);

    const Limit& limit(std::string_view name) const;  // of a name that the pack lacks: InvariantBroken
    int number(std::string_view name) const { return limit(name).value; }
    bool yes(std::string_view name) const { return number(name) != 0; }
    Decimal share(std::string_view name) const;  // "review_pass_share"
    bool share_assumed(std::string_view name) const;
    std::string hash;  // of the pack

private:
    struct Share {
        std::string name;
        Decimal value;
        bool assumed = false;
    };
    const Share& share_named(std::string_view name) const;
    std::vector<Limit> limits_;
    std::vector<Share> shares_;
};

enum class Urgency : std::uint8_t { none, yellow, orange, red };
std::string_view name_of(Urgency urgency);  // "orange"
std::optional<Urgency> urgency_named(std::string_view name);

/// A deadline seen from a day. Red is overdue only (domain specification 2.4; a visit that is due within a
/// day is red on a warning, not here).
struct Clock {
    Date last_day;
    bool assumed = false;  // counted with a day of a year that has no published holiday table
    int days_left = 0;     // 0 on the last day, negative when overdue
    Urgency urgency = Urgency::none;
    int overdue() const { return days_left < 0 ? -days_left : 0; }
};
Clock clock_on(Date today, const Deadline& deadline, const Terms& terms);

/// `limit` counted from `event`: the last day on which the step is in time.
Deadline due(Date event, const Limit& limit);
/// The overall deadline of a case: its limit from day 0, its extensions, and the days for which it was
/// paused.
Deadline overall_due(const Terms& terms, Date day_zero, int extension_days, int paused_days);

/// Who is told of an overdue case: the village at once, the township from the first day overdue, the county
/// from `escalate_county_days` on.
enum class Escalation : std::uint8_t { village, township, county };
std::string_view name_of(Escalation to);
Escalation escalation(const Clock& clock, const Terms& terms);

}  // namespace ballast::casework
