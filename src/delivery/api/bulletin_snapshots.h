/// Figures of the platform that an article tells, as JSON.
#pragma once

#include "api/json.h"
#include "bulletin/traced.h"

namespace ballast::api {

/// With every figure as it was frozen, whether the article still prints it, and the list behind it for
/// whoever may open that. Small ones are not said.
Json snapshot_json(const Call& call, const bulletin::Snapshot& snapshot,
                   const std::vector<bulletin::Traced>& told);
Json traced_json(const Call& call, const std::vector<bulletin::Traced>& told,
                 const std::vector<bulletin::Snapshot>& snapshots);

}  // namespace ballast::api
