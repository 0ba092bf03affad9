/// A sheet of facts, row by row through a decision: each row goes in with its values and comes out with what
/// was decided, by which rules, and why.
///
/// The facts' columns are headed by the inputs' names (or labels), in any order; other columns are passed on.
/// An input without a column may be given for all rows alike (`Task::given`).
/// An empty cell is a fact that nobody gave: null. A number is digits, a truth true or false (是, 否), a date
/// 2026-11-23; lists, contexts, times and durations are written in FEEL.
///
/// Errors, all invalid unless said:
///   "dmn_sheets.no_decision" (not_found)  the model has no decision called "name"; it has "names"
///   "dmn_sheets.no_header"                "file" has no row
///   "dmn_sheets.no_column"                "file" has no column for the inputs "names"
///   "dmn_sheets.double_column"            two columns of "file" called "name"
///   "dmn_sheets.bad_value"                "file", "row", "column" (its letters), "name": not of the kind
///   "expected"
/// and those of table/table.h. Nothing is left of a sheet that was refused.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/result.h"
#include "dmn/model.h"
#include "words/words.h"

namespace ballast::dmn_sheets {

/// The value of an input that has no column, and how an explanation names where it is from.
struct Given {
    feel::Value value;
    std::string said;
};

struct Task {
    std::string decision;  // name or id
    std::string input;     // CSV or XLSX; of a workbook the first sheet
    std::string output;    // CSV
    bool explain = false;
    words::Language language = words::Language::zh;
    /// Asked for an input that has no column: a parameter of the model's pack. Nothing: it must have one.
    std::function<Result<std::optional<Given>>(std::string_view input)> given = {};
};

struct Counts {
    std::int64_t rows = 0;
    std::int64_t nulls = 0;                // rows without a decision
    std::vector<std::int64_t> rules = {};  // how often each rule of the table matched
};

Result<Counts> evaluate(const dmn::Model& model, const Task& task, const feel::Environment& environment);

}  // namespace ballast::dmn_sheets
