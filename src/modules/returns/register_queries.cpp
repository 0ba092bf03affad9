#include "returns/register_queries.h"

#include <algorithm>
#include <array>

namespace ballast::returns {
namespace {

// Land is kept in hundredths of a mu (registry/fields.h).
constexpr std::array all{
    RegisterQuery{"villager_groups", "个", 0,
                  "SELECT NULLIF(COUNT(*), 0) FROM (SELECT DISTINCT village_code, group_name FROM registry_v_household WHERE "
                  "village_code BETWEEN ? AND ? AND group_name IS NOT NULL AND group_name <> '') g"},
    RegisterQuery{"land_arable", "亩", 2,
                  "SELECT CAST(SUM(land_arable) AS BIGINT) FROM registry_v_household WHERE village_code BETWEEN ? AND ?"},
    RegisterQuery{"land_forest", "亩", 2,
                  "SELECT CAST(SUM(land_forest) AS BIGINT) FROM registry_v_household WHERE village_code BETWEEN ? AND ?"},
    RegisterQuery{"land_returned", "亩", 2,
                  "SELECT CAST(SUM(land_returned) AS BIGINT) FROM registry_v_household WHERE village_code BETWEEN ? AND ?"},
    RegisterQuery{"land_orchard", "亩", 2,
                  "SELECT CAST(SUM(land_orchard) AS BIGINT) FROM registry_v_household WHERE village_code BETWEEN ? AND ?"},
    RegisterQuery{"villages", "个", 0,
                  "SELECT NULLIF(COUNT(DISTINCT village_code), 0) FROM registry_v_household WHERE village_code BETWEEN ? AND ?"},
};

}  // namespace

std::span<const RegisterQuery> register_queries() { return all; }
const RegisterQuery* register_query(std::string_view name) {
    const auto found = std::ranges::find(all, name, &RegisterQuery::name);
    return found == all.end() ? nullptr : &*found;
}

}  // namespace ballast::returns
