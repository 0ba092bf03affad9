/// One row of a department's sheet against its contract: every cell as the value that it stands for, or a
/// refusal that names the column. Pure; what a spreadsheet has damaged is refused, never repaired.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/citizen_id.h"
#include "base/date.h"
#include "feeds/contract.h"
#include "table/table.h"

namespace ballast::feeds {

struct CheckedRow {
    std::string name;             // as sent, trimmed
    std::optional<CitizenId> id;  // when it is one
    std::string id_text;          // as sent; kept sealed
    /// What a number that is none still tells (its digits for birth and sex are in place).
    std::optional<Date> told_birth;
    Sex told_sex = Sex::unknown;
    std::string township, village;  // as sent
    std::string area;               // the whole place in one cell, or its code; as sent
    /// By column of the contract, canonical: dates YYYY-MM-DD, months YYYY-MM, money in fen, choices by their
    /// value; "" when empty.
    std::vector<std::string> values;
    std::optional<Date> happened_on;
};

/// `cells[c]` is the cell of the contract's column c; an empty one when the sheet lacks that column.
///
/// Refusals, each with {column}: "feeds.name_missing", "feeds.fields_swapped", "feeds.id_damaged",
/// "feeds.value_missing", "feeds.before_birth", "feeds.bad_date", "feeds.bad_month", "feeds.bad_year", "feeds.bad_money",
/// "feeds.bad_number", "feeds.unknown_choice" {allowed}, "feeds.bad_credit_code", "feeds.error_cell",
/// "feeds.formula_without_value". None repeats what the cell holds.
Result<CheckedRow> check(const Contract& contract, std::span<const table::Cell* const> cells, Date today);

/// The day that places canonical values in time: the first filled date_field; of a month its first.
std::optional<Date> happened_on(const Contract& contract, std::span<const std::string> values);

}  // namespace ballast::feeds
