/// A programme's indicators, counted over what is on file now: numerator and denominator stand beside the rate, and
/// where the denominator is nothing there is no rate.
#pragma once

#include "programmes/records.h"

namespace ballast::programmes {

struct Counts {
    const Indicator* of = nullptr;
    std::int64_t numerator = 0, denominator = 0;
    /// In percent with two places, half up; nothing when nothing is counted.
    std::optional<Decimal> percent() const;
    /// With two places, half up, of an indicator that is an average.
    std::optional<Decimal> average() const;
};
Result<std::vector<Counts>> indicators(db::Tx& tx, const Desk& desk, const Programme& programme, AreaCode area);

/// One line of a matrix: how many rows each column has in an area below.
struct MatrixRow {
    AreaCode area;
    std::vector<std::int64_t> counts;
};
Result<std::vector<MatrixRow>> matrix(db::Tx& tx, const Desk& desk, const Programme& programme, const Matrix& of,
                                      AreaCode area);

/// How many live rows a register has in the area.
Result<std::int64_t> live_rows(db::Tx& tx, const Desk& desk, const Programme& programme, std::string_view kind,
                               AreaCode area);

}  // namespace ballast::programmes
