/// A DMN model: inputs, decisions, and which needs which. Read once, checked once, then evaluated for as
/// many households as wanted, from any thread; names were turned into slots when it was read.
///
///   const Model model = TRY(Model::load(text, "illness.dmn"));
///   const auto decision = *model.decision("因病预警");
///   std::vector<feel::Value> facts(model.inputs().size());      // null, "no value was given"
///   facts[*model.input("hosp_self_paid_ytd")] = feel::Number::scaled(money.fen(), 2);
///   const Outcome outcome = model.evaluate(decision, facts, {today});
///
/// Errors of load, all invalid, with the arguments "file", "line" and "element" (its id or name):
///   "dmn.malformed"            not well-formed XML from "found" on ("" at the end of the file)
///   "dmn.not_dmn"              the root is no <definitions>
///   "dmn.unknown_namespace"    "namespace" is none of DMN 1.1 to 1.5
///   "dmn.missing"              the element lacks "what"
///   "dmn.unknown_reference"    "reference" names no element of this file
///   "dmn.cycle"                decisions or files need each other in a circle
///   "dmn.double_name"          two inputs or decisions called "name"
///   "dmn.unknown_import"       the imported model "namespace" was not found
///   "dmn.unsupported"          "what" is not read: functions in Java or PMML, other languages than FEEL
///   "dmn.rule_length"          a rule with "found" entries where the table has "expected" columns
///   "dmn.cell_type"            a cell that no value of its column can pass: "expected", "found"
///   "dmn.type_conflict"        an operator "name" between kinds that never have a result: "expected", "found"
///   "dmn.argument_type"        the function "name" never takes this argument: "position", "expected", "found"
///   "dmn.argument_count"       the function "name" does not take "found" arguments, or none of these names
///   "dmn.declared_type"        logic that is never of the type declared for it: "expected", "found"
/// and those of feel/expression.h, whose "source" is "file › decision › rule › column".
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "dmn/decision_table.h"
#include "feel/expression.h"
#include "feel/value.h"

namespace ballast::dmn {

struct InputData {
    std::string id;
    std::string name;   // what expressions call it
    std::string label;  // for people; the name when none is given
    std::string type;   // as written, "" when none
    feel::Type kind;
    feel::ShapePtr shape;  // what its type demands, or nullptr
};

struct Decision {
    std::string id;
    std::string name;
    std::string label;
    std::string description;
    feel::NodePtr logic;
    std::shared_ptr<const DecisionTable> table;  // when the logic is a table, else nullptr
    std::vector<std::size_t> needs;              // decisions, in the order in which to evaluate them
    std::vector<std::size_t> inputs;             // input data it depends on, itself or through others
    feel::ShapePtr shape;                        // what its type demands of the value, or nullptr
};

/// Decisions that others may call as a function.
struct Service {
    std::string id;
    std::string name;
    std::vector<std::string> parameters;  // inputs, then decisions that are given to it
    std::vector<std::string> outputs;     // one is the value, several are the entries of a context
    std::size_t knowledge;                // its place among what can be called
};

/// A decision that is not evaluated, because its value is known.
struct Given {
    std::size_t decision;
    feel::Value value;
};

/// What a decision or knowledge model becomes whose logic has an error: the whole model is refused, or
/// that one element is null with the error as its cause (as the compliance kit asks).
enum class Faults : std::uint8_t { refuse, null };

/// A file that another imports.
struct ModelText {
    std::string xml;
    std::string file;
};

struct Loading {
    Faults faults = Faults::refuse;
    /// Finds an imported model by namespace, or by the location that the import names.
    std::function<std::optional<ModelText>(std::string_view space, std::string_view location)> find = {};
};

class Model {
public:
    /// `file` is what errors call it.
    static Result<Model> load(std::string_view xml, std::string_view file, const Loading& loading = {});

    const std::string& name() const { return name_; }
    const std::vector<InputData>& inputs() const { return inputs_; }
    const std::vector<Decision>& decisions() const { return decisions_; }
    std::optional<std::size_t> input(std::string_view name_or_id) const;
    std::optional<std::size_t> decision(std::string_view name_or_id) const;
    const std::vector<Service>& services() const { return services_; }
    std::optional<std::size_t> service(std::string_view name_or_id) const;

    /// `facts` in the order of inputs(). A fact of the wrong kind, or that its type does not allow, counts
    /// as null with that cause.
    Outcome evaluate(std::size_t decision, std::span<const feel::Value> facts, const feel::Environment&,
                     std::span<const Given> given = {}) const;
    /// `arguments` in the order of the service's parameters.
    feel::Value invoke(std::size_t service, std::span<const feel::Value> arguments,
                       const feel::Environment&) const;
    /// For a decision that is a table: every rule with the cells that failed.
    std::vector<RuleExplanation> explain(std::size_t decision, std::span<const feel::Value> facts,
                                         const feel::Environment&) const;

private:
    friend class Reader;
    friend class ColumnTable;
    friend class ListAggregate;
    std::vector<feel::Value> prepared(std::size_t decision, std::span<const feel::Value> facts,
                                      const feel::Environment&, std::span<const Given> given) const;
    feel::Value fact(const InputData& input, const feel::Value& given, const feel::Environment&) const;
    // Slots: inputs, then decisions, then what can be called: knowledge models and services.
    std::string file_;
    std::string name_;
    std::vector<InputData> inputs_;
    std::vector<Decision> decisions_;
    std::vector<feel::NodePtr> knowledge_;
    std::vector<Service> services_;
};

}  // namespace ballast::dmn
