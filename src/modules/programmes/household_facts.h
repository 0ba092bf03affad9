/// What tables ask of a household, from the register's published view; named in README.md.
#pragma once

#include "db/db.h"
#include "feel/value.h"

namespace ballast::programmes {

/// Columns of registry_v_household h, in the order in which household_fact reads them.
inline constexpr std::string_view fact_columns =
    "h.household_kind, h.low_income, h.extreme_poverty, h.five_guarantee, h.n_members";

/// The fact of that name from a row that begins at `first` with fact_columns; null when the register does not know.
inline feel::Value household_fact(std::string_view name, const db::Row& row, int first) {
    const auto truth = [&](int column) -> feel::Value {
        const auto n = row.maybe_integer(first + column);
        return n ? feel::Value(*n != 0) : feel::Value();
    };
    const auto kind = row.maybe_text(first);
    if (name == "household_kind") return kind ? feel::Value(*kind) : feel::Value();
    if (name == "monitored") return kind ? feel::Value(*kind == "03") : feel::Value();
    if (name == "low_income") return truth(1);
    if (name == "extreme_poverty") return truth(2);
    if (name == "five_guarantee") return truth(3);
    if (name == "members") return row.integer(first + 4);
    return {};
}

}  // namespace ballast::programmes
