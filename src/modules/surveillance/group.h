/// R33: many households of one place hit by the same risk within days; pure. Domain specification 4, 2.8 A15.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/area_code.h"
#include "base/date.h"
#include "base/decimal.h"

namespace ballast::surveillance {

/// One risk that was told of one household on one day.
struct Signal {
    std::int64_t id = 0;  // of what was told; with the risk it is one fact
    std::int64_t household = 0;
    AreaCode village;
    std::string risk;  // "04"
    Date told_on;
};

struct GroupLimits {
    int days = 30;
    std::int64_t households = 5;
    Decimal percent = 3;  // of the area's households

    /// Both limits are reached; the share is compared exactly.
    bool reached(std::int64_t hit, std::int64_t on_file) const;
    /// The first day that counts: `days` days, today being one of them.
    Date since(Date today) const { return today.plus_days(1 - days); }
};

/// An open alarm takes in whatever is told of its risk and area while it runs.
struct OpenGroup {
    std::int64_t alarm = 0;
    std::string risk;
    AreaCode area;
};

struct Group {
    std::optional<std::int64_t> joins;  // the open alarm that it adds to; else one to be raised
    std::string risk;
    AreaCode area;
    std::vector<Signal> signals;
    std::int64_t households() const;  // different ones
};

/// What to do with signals that stand behind no alarm yet: they join the open alarm of the smallest area that holds them; of the
/// others a village with enough is an alarm, and then a township with what is left over. So each stands behind one alarm at most.
/// Signals outside the days are left out. `on_file`: households of a village or township.
std::vector<Group> groups(std::span<const Signal> free, std::span<const OpenGroup> open,
                          const std::function<std::int64_t(AreaCode)>& on_file, const GroupLimits& limits, Date today);

}  // namespace ballast::surveillance
