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
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "dmn/bin_masks.h"
#include "dmn/model.h"

namespace ballast::dmn {

struct Lists;

/// One input for all rows. A constant column (a parameter) holds for every row.
struct Column {
    /// number, date, boolean, string; list with `lists`; null: a constant; any other: values that stand in
    /// `others`.
    feel::Kind kind = feel::Kind::null;
    feel::Value constant = {};
    int scale = 0;  // of numbers: how many of the digits stand after the point
    std::vector<std::int64_t> values =
        {};  // scaled numbers, days since 1970, 0 and 1, or places in `texts` or `others`
    std::vector<std::int32_t> small = {};  // instead of `values`, where all of them fit: half to fetch
    std::vector<std::string> texts = {};   // of strings: every text once
    std::vector<feel::Value> others = {};  // of any other kind, or of several: every value once
    std::shared_ptr<const Lists> lists = {};
    std::vector<std::uint8_t> absent = {};  // 1 where there is no value; empty when there always is one

    feel::Value at(std::size_t row) const;
    std::int64_t written_at(std::size_t row) const { return small.empty() ? values[row] : small[row]; }
    /// From `values` into `small`, when all of them fit.
    void shrink();
    /// The value that `values` writes as n.
    feel::Value value(std::int64_t n) const;
    /// How a number, date or truth is written in `values`: 0 for null, nothing when it cannot be.
    std::optional<std::int64_t> written(const feel::Value& value) const;
};

/// Lists of many rows, side by side: the elements of row r (the members of a household, the rows of a feed)
/// are contexts, and stand from offsets[r] to before offsets[r + 1] in each of the columns.
struct Lists {
    std::vector<std::size_t> offsets;  // one more than rows
    std::vector<std::string> names;    // of the entries
    std::vector<Column> columns;       // of each entry; of these kinds save lists

    feel::Value element(std::size_t place) const;
};

/// A decision whose value is known for every row: a column for the decisions above it.
struct Decided {
    std::size_t decision = 0;
    Column column = {};
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
    /// kind, scale, texts and others count here. What is not `decided` of the decisions below is asked row by
    /// row. The model must outlive the table.
    static ColumnTable compile(const Model& model, std::size_t decision, std::span<const Column> columns,
                               const feel::Environment& environment, std::span<const Decided> decided = {});
    /// Columns of the kinds, scales, texts and others of compile.
    Matched evaluate(std::span<const Column> columns, std::size_t rows,
                     std::span<const Decided> decided = {}) const;
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
        std::size_t slot = 0;              // which of the facts or decisions
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
    /// The columns of one call, by slot.
    struct Given;
    Place place(std::size_t number, const Given& given) const;
    Bins bins(std::size_t number, const Column& column, std::size_t slot, std::vector<std::int64_t> cuts,
              std::span<const feel::NodePtr> cells) const;
    /// ANDs into the bits what the wanted places say.
    void narrow(const Given& given, const std::vector<bool>& wanted, Matched& out) const;
    void finish(const Given& given, Matched& out) const;
    void ask(const Given& given, std::size_t row, Matched& out) const;
    Matched everything(std::size_t rows) const;
    /// The same for other constants, which stand in the given inputs; `affected` are the places to make anew.
    ColumnTable with(const Given& given, const std::vector<bool>& affected) const;

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
