/// A decision table of a pack with its parameters bound for a county and a day, and what a row of it read.
/// Inside the module only.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dmn/model.h"
#include "packs/packs.h"
#include "screening/rules.h"

namespace ballast::screening {

class BoundTable {
public:
    /// `pack` must outlive the table; so must `also`, where parameters are looked up that it lacks.
    ///
    /// Errors, invalid: those of dmn, "screening.no_warnings_table" {file}, "screening.unknown_input" {file}
    /// {name}.
    static Result<BoundTable> load(const packs::Pack& pack, const packs::Pack* also, const packs::File& file,
                                   std::string_view decision, AreaCode county, Date as_of);

    const std::string& file() const { return file_; }
    const std::string& decision() const { return model_.decisions()[decision_].name; }
    int rows() const;
    /// The text that a row puts out, "" when it is no constant; so a pack is checked whole before it is used.
    /// invalid "screening.no_output" {file} {name}.
    Result<std::string> constant(int row, std::string_view output) const;

    /// Rows that hold, from 1.
    std::vector<int> met(const Facts& facts, Date as_of) const;
    /// What a row reads of these facts.
    struct Read {
        std::vector<UsedFact> facts;
        std::vector<UsedParameter> parameters;
        std::vector<feeds::RowId> rows;  // ascending
    };
    Read read(int row, const Facts& facts) const;

private:
    BoundTable(std::string file, dmn::Model model) : file_(std::move(file)), model_(std::move(model)) {}
    void note_what_rows_read();

    std::string file_;
    dmn::Model model_;
    std::size_t decision_ = 0;
    std::vector<feel::Value> bound_;                   // by input: parameters filled in, facts null
    std::vector<const packs::Fact*> facts_;            // by input: the fact, or null for a parameter
    std::vector<std::optional<packs::Bound>> values_;  // by input: the parameter, where there is one
    std::vector<std::vector<std::size_t>> reads_;      // by row: the inputs of its cells
};

UsedParameter used(const packs::Bound& bound);

}  // namespace ballast::screening
