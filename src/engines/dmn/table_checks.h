/// What is wrong with a decision table before anybody is decided by it: cases that no rule answers, cases
/// that two rules answer, rules that never match, outputs that never come out.
///
/// Cells that cannot be put into bins (see columns.h) are not judged: a rule with one may match anything, and
/// a table with one is not searched for gaps.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "dmn/columns.h"

namespace ballast::dmn {

struct TableFinding {
    enum class Kind : std::uint8_t {
        gap,            // hit policies U, A, P, F without a default: no rule answers the example
        overlap,        // U: both rules answer the example; A: they do, and put out different values
        never_matches,  // the rule's cell in `column` passes no value
        hidden,         // F: whatever the second rule answers, the first has answered
        unreachable,    // `value` is listed for the output `column`, but no rule puts it out
    };
    Kind kind{};
    std::vector<int> rules = {};            // from 1
    std::string column = {};                // its label
    std::string value = {};                 // as FEEL writes it
    std::vector<std::string> example = {};  // "label = value", for each column that matters
};

struct TableChecks {
    std::vector<TableFinding> findings;  // of each kind at most `most`
    std::size_t not_judged = 0;          // rules with a cell that could not be judged
    bool searched = true;  // for gaps; otherwise there was too much, or a cell could not be judged
    static constexpr std::size_t most = 20;
};

/// `columns` as for ColumnTable::compile: kinds, scales, texts (all that can occur) and constants.
TableChecks check(const ColumnTable& table, std::span<const Column> columns);

/// Columns as far as the model tells: every input varies, numbers have six places, texts are those that the
/// cells of the decision name and one more.
std::vector<Column> plain_columns(const Model& model, std::size_t decision);

}  // namespace ballast::dmn
