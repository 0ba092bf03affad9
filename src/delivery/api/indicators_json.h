/// Figures as JSON. Included by indicators_*.cpp only.
#pragma once

#include "api/json.h"
#include "indicators/board.h"
#include "indicators/catalogue.h"
#include "indicators/counting.h"
#include "indicators/desk.h"

namespace ballast::api {

/// The desk of a request. It keeps the catalogue alive: hold it as long as the desk is used.
struct FigureDesk {
    std::shared_ptr<const indicators::Catalogue> catalogue;
    indicators::Desk desk;
    explicit FigureDesk(const Call& call);
};

std::string title_of(const Call& call, const packs::Title& title);
Json catalogue_json(const Call& call, const indicators::Catalogue& catalogue);
Json reading_json(const Call& call, const indicators::Desk& desk, const indicators::Reading& reading);
Json value_or_null(const indicators::Measure& measure, std::int64_t value);
/// Whether the list behind a figure may be opened there: where the figure itself is hidden above the village as a small count,
/// only by who may read the things themselves. forbidden "indicators.list_hidden".
Result<void> may_list(const Call& call, const indicators::Figure& figure, AreaCode area, bool hidden);
/// What a figure counted, with the place of each; of a household or a person, if the caller may read the register,
/// who it is.
Result<Json> things_json(Call& call, db::Tx& tx, std::string_view what, const std::vector<indicators::Behind>& rows);
std::string unit_of(const indicators::Desk& desk, const indicators::Indicator& indicator);
/// "area" of the query, or the widest the caller may see.
Result<AreaCode> asked_area(const Call& call);
/// The last day of the query's "month"; that of today's month without one. invalid "indicators.bad_term".
Result<Date> asked_day(const Call& call);

}  // namespace ballast::api
