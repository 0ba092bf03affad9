/// Who takes part in a matching, and what is open to them; read from the register and this module's tables.
#pragma once

#include <map>

#include "employment/indicators.h"
#include "employment/posts.h"

namespace ballast::employment {

struct Candidate {
    PersonId person;
    std::size_t household = 0;  // index into Field::households
    Seeker seeker;
};
/// Of each household with a worker.
struct LabourHousehold {
    HouseholdId id;
    bool in_work = false;
    bool asked = false;  // somebody's wishes are on file
};
struct Field {
    std::vector<LabourHousehold> households;  // by id
    std::vector<Candidate> candidates;        // want work and have no full-time placement
    std::vector<Post> posts;                  // with an opening left, open to people of the area
};
Result<Field> field_of(db::Tx& tx, const Desk& desk, AreaCode area);

}  // namespace ballast::employment
