/// What a printed place means: an area of the division, or an organisation. Rules in their order: the alias
/// table, names of the division as newspapers shorten them (四川凉山, 浙江景宁, 青海), endings of
/// organisations. What nothing says stays unknown; the printed text is kept in any case.
#pragma once

#include "bulletin/desk.h"
#include "db/db.h"

namespace ballast::bulletin {

struct PlaceMeaning {
    std::optional<AreaCode> area = {};
    std::string organisation = {};
    std::string_view by = {};  // alias | division | organisation | ""
};
/// Pure; without the alias table. `office`: a bulletin names places inside its own area without saying where
/// they lie.
PlaceMeaning meaning_of(const areas::Division& division, AreaCode office, std::string_view printed);
Result<PlaceMeaning> meaning_of(db::Tx& tx, const areas::Division& division, AreaCode office,
                                std::string_view printed);
/// From now on the printed text means this.
Result<void> remember(db::Tx& tx, const Desk& desk, std::string_view printed, std::optional<AreaCode> area,
                      std::string_view organisation);

}  // namespace ballast::bulletin
