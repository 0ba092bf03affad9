/// Articles drafted from the platform's own figures. Each kind of article is a row of the table in
/// platform_data.cpp: a query over published views, counted by the areas of the level below; what it counts
/// is frozen with the day, the version of the query and the rules behind it, and every figure names the list
/// that is as long as it says, for those with the right to see that.
///
/// Figures of people below five are not printed for an area (domain specification 7.4): such areas are told
/// together, and never one alone, because the total would give it away.
#pragma once

#include "bulletin/issue_file.h"

namespace ballast::bulletin {

struct DataQuery {
    std::string_view code;    // open_warnings
    std::int64_t version;     // grows when the query changes what it counts
    std::string_view sql;     // area of a village -> count, by township; see platform_data.cpp
    std::string_view list;    // of the web front end: "/warnings?area="
    std::string_view unit;    // of what is counted: 户, 条
    auth::Right right;        // whoever has it may open the list
    std::string_view column;  // proposed
    bool ruled = false;       // what it counts comes of the screening rules
};
std::span<const DataQuery> data_queries();

struct DataFigure {
    AreaCode area;
    std::int64_t value = 0;
    bool told = true;  // false: below five, printed with others
    friend bool operator==(const DataFigure&, const DataFigure&) = default;
};

struct Snapshot {
    std::int64_t id = 0;
    std::string query;
    std::int64_t query_version = 0;
    std::string rules;  // hash of the rules behind the figures, "" for none
    Date as_of;
    AreaCode area;  // counted as a whole
    std::int64_t total = 0;
    std::vector<DataFigure> figures;
    Instant at;
};

/// Which figures may be printed each. Pure.
void keep_small_figures_back(std::vector<DataFigure>& figures);

/// Counts, freezes, and drafts an article of it in the issue. `rules`: the hash of the rules in force.
/// Errors: invalid "bulletin.no_such_query" {query}; those of `add_article`.
Result<Article> draft_from_data(db::Tx& tx, const Desk& desk, IssueId issue, std::string_view query,
                                AreaCode area, std::string_view rules);

Result<std::vector<Snapshot>> snapshots_of(db::Tx& tx, const auth::Actor& actor, ArticleId id);

}  // namespace ballast::bulletin
