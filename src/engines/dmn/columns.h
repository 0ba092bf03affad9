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

#include "dmn/bin_masks.h"
#include "dmn/model.h"

namespace ballast::dmn {

/// One input for all rows. A constant column (a parameter) holds for every row.
struct Column {
    /// number, date, boolean, string; null: a constant. What is of another kind is asked row by row.
    feel::Kind kind = feel::Kind::null;
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
    std::size_t rows = 0;
    std::vector<std::uint64_t> bits;  // rule n of row r is bit (n - 1) % 64 of word (n - 1) / 64 * rows + r
    std::size_t asked = 0;            // rows that the row interpreter answered
    /// Rules count from 1.
    bool holds(std::size_t row, int rule) const {
        const auto bit = static_cast<std::size_t>(rule - 1);
        return bits[bit / 64 * rows + row] >> (bit % 64) & 1;
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

    using Mask = std::vector<std::uint64_t>;  // rule n is bit (n - 1) % 64 of word (n - 1) / 64
    struct Bins {
        std::vector<std::int64_t> cuts;
        std::vector<Mask> masks;     // of each bin; the last is for absent values
        std::vector<bool> is_value;  // whether what lies in the bin is a value that the column allows
    };
    /// What one column of the table says.
    struct Place {
        std::size_t input = 0;             // which of the facts
        Bins bins = {};                    // empty where no cell varies by bins
        std::vector<BinMasks> words = {};  // the same, of 64 rules each
        Mask possible;                     // rules that no constant cell rules out
        Mask slow;                         // rules with a cell to be asked row by row
        std::vector<int> reads = {};       // slots that its cells and its heading read
    };
    const std::vector<Place>& places() const { return places_; }
    const DecisionTable& rules() const { return *model_->decisions()[decision_].table; }

private:
    friend class WhatIf;
    Place place(std::size_t number, std::span<const Column> columns) const;
    Bins bins(std::size_t number, const Column& column, std::size_t input, std::vector<std::int64_t> cuts,
              std::span<const feel::NodePtr> cells) const;
    /// ANDs into the bits what the wanted places say.
    void narrow(std::span<const Column> columns, const std::vector<bool>& wanted, Matched& out) const;
    void finish(std::span<const Column> columns, Matched& out) const;
    void ask(std::span<const Column> columns, std::size_t row, Matched& out) const;
    Matched everything(std::size_t rows) const;
    /// The same for other constants, which stand in the given inputs; `affected` are the places to make anew.
    ColumnTable with(std::span<const Column> columns, const std::vector<bool>& affected) const;

    const Model* model_ = nullptr;
    std::size_t decision_ = 0;
    feel::Environment environment_{};
    std::size_t words_ = 0;
    std::vector<feel::Value> constants_;  // by slot
    std::vector<Place> places_;
};

/// The same rows again and again, while thresholds change: what does not read them is answered once.
///
///   WhatIf what_if(table, columns, rows, thresholds);      // inputs that are constant columns
///   columns[thresholds[0]].constant = ...;
///   const auto matched = what_if.evaluate(columns);
class WhatIf {
public:
    /// The table must outlive it.
    WhatIf(const ColumnTable& table, std::span<const Column> columns, std::size_t rows,
           std::span<const std::size_t> thresholds);
    /// The columns it was made with; only the constants of the thresholds may differ.
    Matched evaluate(std::span<const Column> columns) const;

private:
    const ColumnTable* table_;
    std::vector<bool> affected_;  // by place
    Matched rest_;                // what all others say
};

}  // namespace ballast::dmn
