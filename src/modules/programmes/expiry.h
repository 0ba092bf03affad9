/// How near the end of a contract is: 180, 90 and 30 days before, as parameters. Pure.
#pragma once

#include "programmes/programme.h"

namespace ballast::programmes {

/// As urgency is marked everywhere: none, yellow ▲, orange ◆, red ●.
enum class Mark : std::uint8_t { none, yellow, orange, red };
std::string_view name_of(Mark mark);

struct WarningDays {
    int first = 180, second = 90, last = 30;
    bool assumed = false;
};
/// Errors: those of packs; invalid "programmes.warning_order" when they do not grow shorter.
Result<WarningDays> warning_days(const packs::Pack& pack, AreaCode area, Date on);

/// Red from `last` days before the end, and when it is over.
Mark expiry_mark(const WarningDays& days, Date ends_on, Date today);

}  // namespace ballast::programmes
