/// A decision for many households at once, whatever lies below it: each decision is answered once for all
/// rows, in the order of their needs, and its value is a column for those above.
///
///   const Answers answers = answer(model, decision, columns, rows, {today});
///   answers.value().at(row);  answers.matched.holds(row, 3);
///
/// A table is answered by column (`ColumnTable`). What a row's value is then depends on the rules that
/// matched and on the facts that its outputs read; the row interpreter is asked once for each that is seen.
/// Any other logic is asked once for each combination of the facts that it reads.
#pragma once

#include "dmn/columns.h"

namespace ballast::dmn {

struct Answers {
    std::vector<Decided> decided;  // the decisions that were needed, and last the one that was asked for
    Matched matched;               // of the last, when it is a table
    std::size_t asked = 0;         // how often the row interpreter was asked, for all of them together

    const Column& value() const { return decided.back().column; }
};

/// `columns` in the order of the model's inputs.
Answers answer(const Model& model, std::size_t decision, std::span<const Column> columns, std::size_t rows,
               const feel::Environment& environment);

}  // namespace ballast::dmn
