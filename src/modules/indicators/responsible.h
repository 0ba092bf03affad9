/// Who answers for the figures of an area (the secretaries of five levels): now, before, and where nobody does.
#pragma once

#include <map>

#include "indicators/desk.h"

namespace ballast::indicators {

struct Responsible {
    AreaCode area;
    std::string name, post, account;
    std::int64_t version = 0;
    std::optional<Date> since = {}, until = {};  // since: not known of those named before days were kept; until: of former ones
};
/// An area and those of the next level below that has any: who answers, who did (the latest first), and for which of them
/// nobody does.
struct Answering {
    std::vector<Responsible> now, before;
    std::vector<AreaCode> gaps;
};
Result<Answering> answering(db::Tx& tx, const Desk& desk, AreaCode area);

/// Names somebody from today on, instead of whoever did; without a name, ends it: nobody does. Findings opened from then
/// on go to the new one. Errors: forbidden; those of `area_of`; conflict "indicators.person_changed"; invalid
/// "indicators.name_missing": there is nobody to end.
Result<void> set_responsible(db::Tx& tx, const Desk& desk, const Responsible& person);

/// By area, those only who answer now.
Result<std::map<AreaCode, std::string>> names_of_responsible(db::Tx& tx);

}  // namespace ballast::indicators
