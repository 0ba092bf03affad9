/// The figures that the platform counts itself: queries over the published views of other modules. A query gives the
/// things counted, so that every figure opens the list behind it, and the list is as long as the figure says.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace ballast::indicators {

struct Query {
    std::string_view name;
    std::string_view unit;
    std::string_view about;  // what its ids are: household, person, clue, case
    std::string_view sql;    // SELECT village, id ..., without an order
    bool of_today = false;   // its one `?` is the day of the count
};
std::span<const Query> queries();
const Query* query_named(std::string_view name);

}  // namespace ballast::indicators
