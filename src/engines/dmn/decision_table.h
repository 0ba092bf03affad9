/// A decision table: rows of tests over inputs, and what each row puts out. The hit policy says what
/// several matching rows mean (DMN 1.5, 8.2.8).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "feel/ast.h"

namespace ballast::dmn {

enum class HitPolicy : std::uint8_t {
    unique,
    any,
    priority,
    first,
    rule_order,
    output_order,
    collect,
    collect_sum,
    collect_min,
    collect_max,
    collect_count,
};

/// One matched row. `rule` counts from 1, as the table editor shows it.
struct Hit {
    int rule = 0;
    std::vector<feel::Value> outputs;  // in the order of the table's outputs
};

/// What a table decided. `value` is the decision's value as DMN defines it; for a table that puts out
/// several columns its rows are contexts.
struct Outcome {
    feel::Value value;
    std::vector<Hit> hits;
};

/// Why a row did not match: the cells that were not true. `tested` is the value of the column; `verdict`
/// is false, or null with its cause when nothing can be said.
struct FailedCell {
    int column = 0;  // from 0
    feel::Value tested;
    feel::Value verdict;
};
struct RuleExplanation {
    int rule = 0;
    bool matched = false;
    std::vector<FailedCell> failed;
};

class DecisionTable final : public feel::Extension {
public:
    struct Input {
        std::string id;
        std::string label;  // what the editor shows above the column
        std::string text;   // the input expression
        feel::NodePtr expression;
        feel::NodePtr allowed;  // tests, or nullptr
    };
    struct Output {
        std::string id;
        std::string name;
        std::string label;                  // for people; the name when none is given
        std::vector<feel::NodePtr> values;  // in the order of priority
        feel::NodePtr otherwise;            // default output, or nullptr
        feel::Type type = {};               // as declared
    };
    struct Cell {
        int column;
        feel::NodePtr test;
    };
    struct Rule {
        std::string id;
        std::vector<Cell> cells;         // those that say "-" are left out
        std::vector<std::string> texts;  // of every column, as written
        std::vector<feel::NodePtr> outputs;
        std::vector<std::string> annotations;
        std::string description;
        std::vector<int> reads;  // slots of inputs and decisions that its tests and their columns read
    };

    HitPolicy policy = HitPolicy::unique;
    std::vector<Input> inputs;
    std::vector<Output> outputs;
    std::vector<Rule> rules;
    std::vector<std::string> annotation_names;
    std::string source;

    feel::Value evaluate(feel::Evaluation& evaluation) const override;
    Outcome decide(feel::Evaluation& evaluation) const;
    /// Every row with its failed cells.
    std::vector<RuleExplanation> explain(feel::Evaluation& evaluation) const;
    std::optional<std::size_t> output(std::string_view name) const;

private:
    void push_inputs(feel::Evaluation& evaluation) const;
    feel::Value value_of(const std::vector<feel::Value>& outputs) const;
    feel::Value apply_policy(std::vector<Hit>& hits, feel::Evaluation& evaluation) const;
    void sort_by_priority(std::vector<Hit>& hits, feel::Evaluation& evaluation) const;
    feel::Value null(std::string id, std::vector<std::pair<std::string, std::string>> args = {}) const;
};

}  // namespace ballast::dmn
