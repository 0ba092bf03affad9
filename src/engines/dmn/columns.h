/// A decision table over many households at once: facts as columns, answers as bits of matched rules.
///
/// Every cell that compares its column with what is the same for all rows (numbers, dates, parameters) is
/// constant between a few cut points; so each column becomes bins with a mask of the rules whose cells hold
/// there, and a row is a look-up and an AND for each column. The masks are made by asking the row interpreter
/// once for each bin, so both always agree. What is not constant between cut points is asked row by row, only
/// where all other cells hold, and counted.
///
///   const auto table = ColumnTable::compile(model, decision, columns, {today});
///   const auto matched = table.evaluate(columns, rows);
///   if (matched.holds(row, 3)) ...                      // rule 3 matched
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "dmn/model.h"

namespace ballast::dmn {

/// One input for all rows. A constant column (a parameter) holds for every row.
struct Column {
    feel::Kind kind = feel::Kind::null;  // number, date, boolean, string; null: a constant
    feel::Value constant = {};
    int scale = 0;                          // of numbers: how many of the digits stand after the point
    std::vector<std::int64_t> values = {};  // scaled numbers, days since 1970, 0 and 1, or places in `texts`
    std::vector<std::string> texts = {};    // of strings: every text once
    std::vector<std::uint8_t> absent = {};  // 1 where there is no value; empty when there always is one

    feel::Value at(std::size_t row) const;
    /// The value that `values` writes as n.
    feel::Value value(std::int64_t n) const;
};

struct Matched {
    std::size_t rules = 0;
    std::size_t words = 0;            // for each row
    std::vector<std::uint64_t> bits;  // rule n of row r is bit (n - 1) from word r * words on
    std::size_t asked = 0;            // rows that the row interpreter answered
    /// Rules count from 1.
    bool holds(std::size_t row, int rule) const {
        const auto bit = static_cast<std::size_t>(rule - 1);
        return bits[row * words + bit / 64] >> (bit % 64) & 1;
    }
};

class ColumnTable {
public:
    /// The decision must be a table. `columns` in the order of the model's inputs; of those that vary only
    /// kind, scale and texts count here. The model must outlive the table.
    static ColumnTable compile(const Model& model, std::size_t decision, std::span<const Column> columns,
                               const feel::Environment& environment);
    /// Columns of the kinds, scales and texts of compile.
    Matched evaluate(std::span<const Column> columns, std::size_t rows) const;
    /// Rules with a cell that must be asked row by row.
    std::size_t slow_rules() const;

private:
    struct Bins {
        std::size_t input = 0;             // which column
        std::vector<std::int64_t> cuts;    // bin i ends before cuts[i]; of texts empty, the text is the bin
        std::vector<std::uint64_t> masks;  // of each bin, `words_` of them; the last is for absent values
    };
    void add_column(std::size_t place, std::span<const Column> columns);
    void fill(Bins& bins, std::size_t place, const Column& column, std::span<const feel::NodePtr> cells);
    void ask_rows(std::span<const Column> columns, Matched& out) const;

    const Model* model_ = nullptr;
    std::size_t decision_ = 0;
    feel::Environment environment_{};
    std::size_t words_ = 0;
    std::vector<feel::Value> constants_;  // by slot
    std::vector<Bins> columns_;
    std::vector<std::uint64_t> possible_;  // rules that no constant cell rules out
    std::vector<std::uint64_t> slow_;
};

}  // namespace ballast::dmn
