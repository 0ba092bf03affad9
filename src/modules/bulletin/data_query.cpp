#include "bulletin/data_query.h"

#include <algorithm>
#include <array>

namespace ballast::bulletin {
namespace {

using auth::Right;

constexpr std::array queries{
    DataQuery{"cases_enrolled", 1, "casework_v_enrolled", "id", "village_code", "enrolled_on", "", "/cases/",
              "户", Right::cases_read, "poverty"},
    DataQuery{"households_monitored", 1, "casework_v_enrolled", "id", "village_code", "",
              "state = 'enrolled'", "/cases/", "户", Right::cases_read, "poverty", false,
              "registered_households"},
    DataQuery{"open_warnings", 1, "screening_v_open", "household_id", "village_code", "", "", "/households/",
              "条", Right::warnings_read, "poverty", true},
    DataQuery{"open_clues", 1, "casework_v_open_clue", "id", "area_code", "",
              "state IN ('new', 'dispatched', 'verifying')", "/clues/", "条", Right::clues_read, "poverty"},
    DataQuery{"registered_households", 1, "registry_v_household", "id", "village_code", "", "",
              "/households/", "户", Right::registry_read, "poverty"},
    DataQuery{"public_posts", 1, "registry_v_person", "household_id", "village_code", "",
              "member_status = '1' AND public_post <> '' AND public_post <> '00'", "/households/", "人",
              Right::registry_read, "services"},
    DataQuery{"sanitary_toilets", 1, "registry_v_household", "id", "village_code", "", "sanitary_toilet = 1",
              "/households/", "户", Right::registry_read, "environment", false, "registered_households"},
};

}  // namespace

std::span<const DataQuery> data_queries() { return queries; }

const DataQuery* data_query(std::string_view code) {
    const auto found = std::ranges::find(queries, code, &DataQuery::code);
    return found == queries.end() ? nullptr : &*found;
}

}  // namespace ballast::bulletin
