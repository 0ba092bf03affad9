/// What of the platform may be told in a bulletin: a table of rows, each a published view of another module
/// with the column that names the record behind each of its rows.
#pragma once

#include <span>
#include <string_view>

#include "auth/auth.h"

namespace ballast::bulletin {

struct DataQuery {
    std::string_view code;       // open_warnings
    std::int64_t version;        // grows when the query changes what it counts
    std::string_view view;       // screening_v_open
    std::string_view record;     // its column with the id of what is opened
    std::string_view area;       // with the village, or the township while the village is not known
    std::string_view day;        // with the day on which it happened; "" when it is a state, not an event
    std::string_view condition;  // which of its rows count; "" for all
    std::string_view page;       // of the web front end, before that id: "/cases/"
    std::string_view unit;       // of what is counted: 户, 条
    auth::Right right;           // whoever has it may open the list
    std::string_view column;     // of the bulletin, proposed
    bool ruled = false;          // what it counts comes of the screening rules
    // The query of all of which this counts some, at the same time; "" for none. Whoever reads both knows the
    // rest.
    std::string_view part_of = {};

    /// Counted over a period, by month if wanted. The others are counted as they stand today.
    bool over_time() const { return !day.empty(); }
};
std::span<const DataQuery> data_queries();
/// nullptr when there is none.
const DataQuery* data_query(std::string_view code);

}  // namespace ballast::bulletin
