/// Articles drafted from the platform's own figures. What a query of data_query.h counts is frozen row by row
/// with the day, the version of the query and the rules behind it; the figures are counts of those rows, so
/// that the list behind a figure is as long as the figure says, and stays so.
///
/// Figures of people below five are not printed for an area or a month (domain specification 7.4): such ones
/// are told together, and never one alone, because the total would give it away. A total of one to four
/// is only said to be below five, with none of its parts.
#pragma once

#include "bulletin/data_query.h"
#include "bulletin/issue_file.h"

namespace ballast::bulletin {

enum class Breakdown : std::uint8_t { area, month };  // areas of the level below, or months of the period
std::string_view name_of(Breakdown by);
std::optional<Breakdown> breakdown_named(std::string_view name);

/// One of a breakdown. `key` is an area's twelve digits, or a month: "2021-05".
struct DataFigure {
    std::string key;
    std::int64_t value = 0;
    bool told = true;  // false: below five, printed with others
    friend bool operator==(const DataFigure&, const DataFigure&) = default;
};

struct SnapshotTag;
using SnapshotId = Id<SnapshotTag>;

struct Snapshot {
    SnapshotId id;
    std::string query;
    std::int64_t query_version = 0;
    std::string rules = {};  // hash of the rules behind the figures, "" for none
    Date as_of = {};
    AreaCode area;                      // counted as a whole
    std::optional<Period> period = {};  // of a query over time
    std::optional<Breakdown> by = {};
    std::int64_t total = 0;
    std::vector<DataFigure> figures = {};
    Instant at = {};

    /// Those that are not told one by one, together; 0 when none is told, for then the total says it all.
    std::int64_t kept_back() const;
};
/// In place of a key: the total; what is told together.
inline constexpr std::string_view whole = "", together = "rest";

/// What is smaller is only said to be so. Assumed (domain specification 7.4).
inline constexpr std::int64_t smallest_told = 5;
/// Whether a total is printed as a number: nought is told. Pure.
bool total_is_told(std::int64_t total);

/// Which figures may be printed each. Pure.
void keep_small_figures_back(std::vector<DataFigure>& figures);
/// How the article names a figure of a breakdown: 宣传镇, 5月. Pure.
std::string label_of(const areas::Division& division, const Snapshot& snapshot, std::string_view key);

struct DraftOrder {
    AreaCode area;
    struct Chosen {
        std::string query;
        std::optional<Breakdown> by = {};
    };
    std::vector<Chosen> figures = {};   // a paragraph each, at most ten
    std::optional<Period> period = {};  // of those over time; the last twelve months when absent
    std::string rules = {};             // hash of the rules in force
};
/// The period that is meant when none is given: from the first of the month eleven months ago until today.
Period usual_period(Date today);

/// What a query would say now, without freezing it.
Result<std::int64_t> count_now(db::Tx& tx, const DataQuery& query, AreaCode area, Period period);

/// Counts, freezes, and drafts an article of it in the issue.
///
/// Errors: invalid "bulletin.no_such_query" {query}, "bulletin.no_figures_chosen",
/// "bulletin.too_many_figures" {most}, "bulletin.not_over_time" {query}, "bulletin.bad_period"; not_found
/// "areas.unknown"; conflict "bulletin.small_figure_reckoned" {figure, place} when a figure below five would
/// follow from this one and others of the issue or of published ones; those of `add_article`.
Result<Article> draft_from_data(db::Tx& tx, const Desk& desk, IssueId issue, const DraftOrder& order);

/// That no small figure follows from the issue's snapshots and those of published issues.
/// Error: conflict "bulletin.small_figure_reckoned" {figure, place}.
Result<void> nothing_given_away(db::Tx& tx, const Desk& desk, IssueId id);

Result<std::vector<Snapshot>> snapshots_of(db::Tx& tx, const auth::Actor& actor, ArticleId id);

/// Whether the actor may open the list behind that figure.
bool may_open(const auth::Actor& actor, const Snapshot& snapshot, std::string_view key);

struct RowBehind {
    std::int64_t record;
    AreaCode area;
    std::optional<Date> day;
};
struct ListBehind {
    Snapshot snapshot;
    std::int64_t total = 0;
    std::vector<RowBehind> rows = {};
};
/// As it was frozen, by area and day. Whoever may see such records may read it, with or without a right over
/// the bulletin. Errors: not_found "bulletin.no_such_snapshot"; forbidden "auth.not_allowed" for those who
/// see the figure but not what is behind it.
Result<ListBehind> list_behind(db::Tx& tx, const auth::Actor& actor, SnapshotId id, std::string_view key,
                               std::int64_t offset, std::int64_t limit);

}  // namespace ballast::bulletin
