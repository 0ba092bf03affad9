// Decision tables (DMN 1.5, 8) as nodes.
#include <algorithm>

#include "dmn/boxed.h"

namespace ballast::dmn {

using feel::NodePtr;
using feel::Op;

Result<HitPolicy> BoxedReader::hit_policy(xml_node node) const {
    const std::string policy = node.attribute("hitPolicy").value();
    const std::string aggregation = node.attribute("aggregation").value();
    if (policy.empty() || policy == "UNIQUE") return HitPolicy::unique;
    if (policy == "ANY") return HitPolicy::any;
    if (policy == "PRIORITY") return HitPolicy::priority;
    if (policy == "FIRST") return HitPolicy::first;
    if (policy == "RULE ORDER") return HitPolicy::rule_order;
    if (policy == "OUTPUT ORDER") return HitPolicy::output_order;
    if (policy == "COLLECT") {
        if (aggregation.empty()) return HitPolicy::collect;
        if (aggregation == "SUM") return HitPolicy::collect_sum;
        if (aggregation == "MIN") return HitPolicy::collect_min;
        if (aggregation == "MAX") return HitPolicy::collect_max;
        if (aggregation == "COUNT") return HitPolicy::collect_count;
    }
    return source_.refusal("dmn.unsupported", node).with("what", policy + " " + aggregation);
}

Result<std::shared_ptr<const DecisionTable>> BoxedReader::table(xml_node node, feel::Scope& scope,
                                                                const std::string& source,
                                                                const Variable& decision) {
    auto out = std::make_shared<DecisionTable>();
    out->source = source;
    out->policy = TRY(hit_policy(node));
    std::vector<feel::Type> types;
    for (const xml_node input : children(node, "input")) {
        const xml_node expression = child(input, "inputExpression");
        DecisionTable::Input column;
        column.id = input.attribute("id").value();
        column.text = text_of(expression);
        column.label = input.attribute("label") ? input.attribute("label").value() : column.text;
        const std::string place = source + " › " + column.label;
        column.expression = TRY(feel_of(expression, scope, place));
        if (const xml_node allowed = child(input, "inputValues"); !text_of(allowed).empty())
            column.allowed = TRY(tests_of(allowed, scope, place)).root();
        feel::Type type = types_.kind(expression.attribute("typeRef").value());
        TRY(declared(expression, *column.expression, scope, type, place));
        if (!type.known) type = feel::type_of(*column.expression, scope);
        types.push_back(type);
        out->inputs.push_back(std::move(column));
        // Where the value of this column will stand; in its cells `?` is that place.
        scope.enter("");
    }
    scope.leave(out->inputs.size());
    TRY(table_outputs(node, scope, source, decision, *out));
    for (const xml_node annotation : children(node, "annotation"))
        out->annotation_names.push_back(annotation.attribute("name").value());
    for (const xml_node rule : children(node, "rule")) TRY(table_rule(rule, scope, types, *out));
    return std::shared_ptr<const DecisionTable>(std::move(out));
}

Result<void> BoxedReader::table_outputs(xml_node node, feel::Scope& scope, const std::string& source,
                                        const Variable& decision, DecisionTable& out) {
    const auto columns = children(node, "output");
    if (columns.empty()) return source_.refusal("dmn.missing", node).with("what", "output");
    for (const xml_node output : columns) {
        DecisionTable::Output column;
        column.id = output.attribute("id").value();
        column.name = output.attribute("name").value();
        column.type = types_.kind(output.attribute("typeRef").value());
        // One column of one rule is the whole decision.
        if (!column.type.known && columns.size() == 1 && out.policy <= HitPolicy::first)
            column.type = decision.type;
        if (column.name.empty())
            column.name = columns.size() == 1 ? decision.name : output.attribute("label").value();
        if (columns.size() > 1 && column.name.empty())
            return source_.refusal("dmn.missing", output).with("what", "name");
        column.label = output.attribute("label") ? output.attribute("label").value() : column.name;
        const std::string place = source + " › " + column.name;
        std::string listed = text_of(child(output, "outputValues"));
        if (listed.empty()) listed = types_.allowed_text(output.attribute("typeRef").value());
        if (!listed.empty()) {
            // The values in order of priority: each test of the list is one value.
            const auto compiled = TRY(feel::Expression::compile_tests(listed, scope, place));
            for (const auto& test : compiled.root()->children)
                if (test->op == Op::test_value) column.values.push_back(test->children[0]);
        }
        if (const xml_node otherwise = child(output, "defaultOutputEntry"); !text_of(otherwise).empty())
            column.otherwise = TRY(feel_of(otherwise, scope, place));
        scope.know_field(column.name);
        out.outputs.push_back(std::move(column));
    }
    return {};
}

Result<void> BoxedReader::table_rule(xml_node node, feel::Scope& scope, const std::vector<feel::Type>& types,
                                     DecisionTable& out) {
    const auto input_entries = children(node, "inputEntry");
    const auto output_entries = children(node, "outputEntry");
    const auto found = input_entries.size() + output_entries.size();
    if (input_entries.size() != out.inputs.size() || output_entries.size() != out.outputs.size())
        return source_.refusal("dmn.rule_length", node)
            .with("found", std::to_string(found))
            .with("expected", std::to_string(out.inputs.size() + out.outputs.size()));
    DecisionTable::Rule rule;
    rule.id = node.attribute("id").value();
    rule.description = trimmed(child(node, "description").text().get());
    const std::string row = out.source + " › " + std::to_string(out.rules.size() + 1);
    for (std::size_t i = 0; i < input_entries.size(); ++i) {
        rule.texts.push_back(text_of(input_entries[i]));
        const std::string place = row + " › " + out.inputs[i].label;
        const auto cell = TRY(tests_of(input_entries[i], scope, place));
        if (const auto wrong = feel::mismatch(cell, types[i], scope))
            return source_.refusal("dmn.cell_type", input_entries[i])
                .with("source", place)
                .with("cell", rule.texts.back())
                .with("expected", std::string(name_of(types[i].kind)))
                .with("found", std::string(name_of(wrong->found)));
        if (!cell.always_true()) {
            rule.cells.push_back({static_cast<int>(i), cell.root()});
            const auto column = feel::Expression(out.inputs[i].expression);
            for (const int slot : cell.reads()) rule.reads.push_back(slot);
            for (const int slot : column.reads()) rule.reads.push_back(slot);
        }
        scope.enter("");
    }
    for (std::size_t i = 0; i < output_entries.size(); ++i) {
        const std::string place = row + " › " + out.outputs[i].name;
        rule.outputs.push_back(TRY(feel_of(output_entries[i], scope, place)));
        TRY(declared(output_entries[i], *rule.outputs.back(), scope, out.outputs[i].type, place));
    }
    scope.leave(input_entries.size());
    std::sort(rule.reads.begin(), rule.reads.end());
    rule.reads.erase(std::unique(rule.reads.begin(), rule.reads.end()), rule.reads.end());
    for (const xml_node annotation : children(node, "annotationEntry"))
        rule.annotations.push_back(text_of(annotation));
    out.rules.push_back(std::move(rule));
    return {};
}

}  // namespace ballast::dmn
