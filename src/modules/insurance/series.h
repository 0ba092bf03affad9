/// Series of weather and prices, kept revision by revision: nothing that was once on file is ever changed or
/// lost, and what a settlement was made from can be read again to the digit. An insurer keeps its own; they
/// are seen by whoever sees their area, and by whoever has policies in a settlement that was made from them.
#pragma once

#include "insurance/desk.h"
#include "insurance/series_sheet.h"

namespace ballast::insurance {

struct SeriesTag;
using SeriesId = Id<SeriesTag>;

/// What a series is of: "56137" and "snowfall"; "LH" and "price".
struct SeriesKey {
    SeriesKind kind = SeriesKind::weather;
    std::string code;
    std::string variable;
};

struct Series {
    SeriesId id;
    AreaCode area;
    InsurerId insurer;
    SeriesKey key;
    std::int64_t revision = 0;
    std::optional<Period> days;  // from the first to the last day with a value
    std::int64_t values = 0;
};
struct SeriesRevision {
    std::int64_t revision = 0;
    std::string hash, source, reason;
    bool correction = false;
    Period days;
    std::int64_t added = 0, changed = 0;
    Date on;
    std::string name;  // who took it in
};

struct NewSeries {
    SeriesKey key;
    AreaCode area;       // where the station or market is: the insurer's county or a place in it
    std::string source;  // whose data: the bureau's certificate, the market's weekly
    std::string reason;  // why values on file are corrected; "" when they are not
};
struct TakenSeries {
    std::optional<SeriesId> id;  // when it was accepted
    std::int64_t revision = 0;
    std::int64_t rows = 0, added = 0, changed = 0, missing = 0;
    std::vector<RowFinding> findings;
    bool accepted = false;
};
/// Taken whole, as a new revision, or not at all. The same file sent again changes nothing and answers as the
/// first time. `on_behalf` names the insurer where nobody acts for one (the command line); an account acts
/// for its own.
///
/// Errors: forbidden "auth.not_allowed"; conflict "insurance.no_insurer"; not_found "areas.unknown"; invalid
/// "insurance.wrong_place", "insurance.series_code" (letters, digits and _, 1 to 40),
/// "insurance.source_missing"; those of read_series.
Result<TakenSeries> take_series(db::Tx& tx, const Desk& desk, const NewSeries& wanted,
                                const std::string& path, const std::string& file,
                                std::optional<InsurerId> on_behalf = {});

Result<std::vector<Series>> all_series(db::Tx& tx, const Desk& desk);
/// not_found "insurance.no_such_series".
Result<Series> load_series(db::Tx& tx, const Desk& desk, SeriesId id);
Result<std::vector<SeriesRevision>> revisions(db::Tx& tx, const Desk& desk, const Series& series);
/// Within the module and for what is shown: as they stood at a revision.
Result<DayValues> values_at(db::Tx& tx, SeriesId id, std::int64_t revision, const Period& days);
/// All days there are.
inline const Period any_day{Date::from_days(-62'091), Date::from_days(84'005)};  // 1800 to 2199

}  // namespace ballast::insurance
