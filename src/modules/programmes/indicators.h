/// A programme's indicators, counted over what is on file now: numerator and denominator stand beside the rate, and
/// where the denominator is nothing there is no rate.
#pragma once

#include "programmes/records.h"

namespace ballast::programmes {

struct Counts {
    const Indicator* of = nullptr;
    std::int64_t numerator = 0, denominator = 0;
    bool said = true;  // false: the numerator is a sum, and no row has a number for it
    /// In percent with two places, half up; nothing when nothing is counted or said.
    std::optional<Decimal> percent() const;
    /// With two places, half up, of an indicator that is an average.
    std::optional<Decimal> average() const;
};
Result<std::vector<Counts>> indicators(db::Tx& tx, const Desk& desk, const Programme& programme, AreaCode area);

/// The rows behind one side of an indicator ("numerator", "denominator"), the latest first: as many as it counts; of a sum
/// the rows that are added; of what counts once by name every row of that name. Errors: not_found "programmes.no_list",
/// also of households and villages, which are no rows of a register.
Result<std::vector<Record>> counted_records(db::Tx& tx, const Desk& desk, const Programme& programme,
                                            std::string_view indicator, std::string_view side, AreaCode area,
                                            const Page& page, std::int64_t* total);

/// One line of a matrix: how many rows each column has in an area below.
struct MatrixRow {
    AreaCode area;
    std::vector<std::int64_t> counts;
};
Result<std::vector<MatrixRow>> matrix(db::Tx& tx, const Desk& desk, const Programme& programme, const Matrix& of,
                                      AreaCode area);

/// How many rows a register has in the area, those that are over among them: as many as its list shows.
Result<std::int64_t> row_count(db::Tx& tx, const Desk& desk, const Programme& programme, std::string_view kind,
                               AreaCode area);

}  // namespace ballast::programmes
