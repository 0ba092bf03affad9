/// The limits of R33 to R35 and the clocks of an alarm, out of packs/surveillance, as they hold in an area on a day.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "surveillance/alarm.h"
#include "surveillance/group.h"
#include "surveillance/trends.h"

namespace ballast::surveillance {

/// One limit, with its authority; "assumed" where nobody has decided it.
struct Limit {
    std::string name;  // "group_days"
    std::string value;
    Date since;
    std::string authority;
    bool assumed() const { return authority.starts_with("assumed"); }
};
struct Limits {
    GroupLimits group;
    PriceLimits price;
    WorkLimits work;
    Clocks clocks;
    std::set<std::string> kinds;  // types of risk that are a kind of large-scale risk: "04"
    std::vector<Limit> all;
    /// Those by which an alarm of the rule and subject is raised.
    std::vector<Limit> of(std::string_view rule, std::string_view subject) const;
};
/// Errors: those of packs; invalid "surveillance.bad_parameter" {name, least, most}.
Result<Limits> limits_on(const std::string& folder, AreaCode area, Date on);

}  // namespace ballast::surveillance
