/// What the register knows of an area that is no count of people: groups, land. Sums over published views, exact.
#pragma once

#include <span>
#include <string_view>

namespace ballast::returns {

struct RegisterQuery {
    std::string_view name;
    std::string_view unit;
    int places;
    /// One number, in its last place; the areas are BETWEEN the two places. NULL where no household says anything.
    std::string_view sql;
};
std::span<const RegisterQuery> register_queries();
const RegisterQuery* register_query(std::string_view name);

}  // namespace ballast::returns
