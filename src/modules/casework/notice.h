/// The notice that hangs in the village, and no more of a household than the law lets it say (domain
/// specification 7.4): the householder's masked name, the group, how many members, the hotline, how long
/// one may object. No reason, for that of illness or disability may not be told. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/working_calendar.h"

namespace ballast::casework {

struct Shown {
    std::string village;  // 四开乡日历村
    std::string group;    // "三组", "" when there is none
    std::string head;     // masked, unless the area's rule says otherwise (notice_full_name)
    std::int64_t members = 0;
    /// What the notice says of the household, as one text: when it changes, publicity begins anew.
    std::string text() const;
};

/// In Chinese, as it hangs.
std::string notice_text(const Shown& shown, Date posted_on, const Deadline& publicity,
                        std::string_view hotline);

}  // namespace ballast::casework
