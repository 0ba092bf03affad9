// From XML to a model. Every boxed expression becomes FEEL nodes; a table becomes a node of its own.
#include <algorithm>
#include <array>
#include <map>
#include <pugixml.hpp>

#include "base/text.h"
#include "dmn/model.h"

namespace ballast::dmn {

namespace {

using feel::NodePtr;
using feel::Op;
using pugi::xml_node;

constexpr std::array namespaces{
    std::string_view("http://www.omg.org/spec/DMN/20151101/dmn.xsd"),  // 1.1
    std::string_view("http://www.omg.org/spec/DMN/20180521/MODEL/"),   // 1.2
    std::string_view("https://www.omg.org/spec/DMN/20191111/MODEL/"),  // 1.3
    std::string_view("https://www.omg.org/spec/DMN/20211108/MODEL/"),  // 1.4
    std::string_view("https://www.omg.org/spec/DMN/20230324/MODEL/"),  // 1.5
};

constexpr int deepest_boxes = 60;

std::string_view local_name(xml_node node) {
    std::string_view name = node.name();
    if (const auto colon = name.rfind(':'); colon != std::string_view::npos) name.remove_prefix(colon + 1);
    return name;
}
xml_node child(xml_node node, std::string_view name) {
    for (const xml_node c : node.children())
        if (local_name(c) == name) return c;
    return {};
}
std::vector<xml_node> children(xml_node node, std::string_view name) {
    std::vector<xml_node> out;
    for (const xml_node c : node.children())
        if (local_name(c) == name) out.push_back(c);
    return out;
}
std::string trimmed(const char* text) { return std::string(text::trimmed(text)); }
std::string text_of(xml_node node) { return trimmed(child(node, "text").text().get()); }

feel::Type basic_type(std::string_view name) {
    using feel::Kind;
    using feel::Type;
    if (name == "string") return Type::of(Kind::string);
    if (name == "number" || name == "integer" || name == "double" || name == "long")
        return Type::of(Kind::number);
    if (name == "boolean") return Type::of(Kind::boolean);
    if (name == "date") return Type::of(Kind::date);
    return Type::any();
}

struct ItemDefinition {
    std::string type;
    bool collection = false;
    bool components = false;
    std::string allowed;
};

}  // namespace

class Reader {
public:
    Reader(std::string_view xml, std::string_view file, Faults faults) : xml_(xml), faults_(faults) {
        model_.file_ = file;
    }

    Result<Model> read() {
        pugi::xml_document document;
        const auto parsed =
            document.load_buffer(xml_.data(), xml_.size(), pugi::parse_default, pugi::encoding_utf8);
        if (!parsed)
            return invalid("dmn.malformed", parsed.description())
                .with("file", model_.file_)
                .with("line", std::to_string(line_at(parsed.offset)))
                .with("element", "");
        const xml_node root = document.document_element();
        if (local_name(root) != "definitions") return refusal("dmn.not_dmn", root);
        TRY(check_namespace(root));
        model_.name_ = root.attribute("name").value();
        for (const xml_node import : children(root, "import"))
            return refusal("dmn.unsupported", import).with("what", "import");
        read_item_definitions(root);
        TRY(read_elements(root));
        TRY(read_requirements());
        TRY(order());
        TRY(read_knowledge());
        for (std::size_t i = 0; i < decision_nodes_.size(); ++i) TRY(read_decision(i));
        return std::move(model_);
    }

private:
    // ---- errors

    int line_at(std::ptrdiff_t offset) const {
        const auto end = std::min(static_cast<std::size_t>(std::max<std::ptrdiff_t>(offset, 0)), xml_.size());
        return 1 + static_cast<int>(
                       std::count(xml_.begin(), xml_.begin() + static_cast<std::ptrdiff_t>(end), '\n'));
    }
    Error refusal(std::string id, xml_node node) const {
        std::string element = node.attribute("id").value();
        if (element.empty()) element = node.attribute("name").value();
        if (element.empty()) element = std::string(local_name(node));
        return invalid(std::move(id))
            .with("file", model_.file_)
            .with("line", std::to_string(line_at(node.offset_debug())))
            .with("element", element);
    }

    Result<void> check_namespace(xml_node root) const {
        std::string_view name = root.name();
        const auto colon = name.find(':');
        const std::string attribute =
            colon == std::string_view::npos ? "xmlns" : "xmlns:" + std::string(name.substr(0, colon));
        const std::string_view space = root.attribute(attribute.c_str()).value();
        if (std::find(namespaces.begin(), namespaces.end(), space) == namespaces.end())
            return refusal("dmn.unknown_namespace", root).with("namespace", std::string(space));
        return {};
    }

    // ---- types

    void read_item_definitions(xml_node root) {
        for (const xml_node node : children(root, "itemDefinition")) {
            ItemDefinition item;
            item.type = trimmed(child(node, "typeRef").text().get());
            item.collection = node.attribute("isCollection").as_bool();
            item.components = static_cast<bool>(child(node, "itemComponent"));
            item.allowed = text_of(child(node, "allowedValues"));
            items_[node.attribute("name").value()] = item;
            know_components(node, 0);
        }
    }
    void know_components(xml_node node, int depth) {
        if (depth > deepest_boxes) return;
        for (const xml_node component : children(node, "itemComponent")) {
            base_.know_field(component.attribute("name").value());
            know_components(component, depth + 1);
        }
    }
    static std::string_view without_prefix(std::string_view type) {
        const auto colon = type.rfind(':');
        return colon == std::string_view::npos ? type : type.substr(colon + 1);
    }
    feel::Type type_called(std::string_view name) const {
        for (int steps = 0; steps < deepest_boxes; ++steps) {
            const auto found = items_.find(std::string(name));
            if (found == items_.end()) return basic_type(without_prefix(name));
            if (found->second.collection) return feel::Type::of(feel::Kind::list);
            if (found->second.components) return feel::Type::of(feel::Kind::context);
            name = found->second.type;
        }
        return feel::Type::any();
    }
    Result<NodePtr> allowed_values(std::string_view type, const std::string& source) const {
        const auto found = items_.find(std::string(type));
        if (found == items_.end() || found->second.allowed.empty() || found->second.collection)
            return NodePtr();
        return TRY(feel::Expression::compile_tests(found->second.allowed, feel::Scope(), source)).root();
    }

    // ---- the graph

    struct Element {
        enum class Kind { input, decision, knowledge } kind;
        std::size_t index;
    };
    using Requirements = std::vector<Element>;

    static std::string variable_name(xml_node node) {
        std::string name = trimmed(child(node, "variable").attribute("name").value());
        return name.empty() ? trimmed(node.attribute("name").value()) : name;
    }

    Result<void> read_elements(xml_node root) {
        std::vector<std::string> names;
        for (const xml_node node : root.children()) {
            const auto kind = local_name(node);
            const bool input = kind == "inputData", decision = kind == "decision";
            const bool knowledge = kind == "businessKnowledgeModel";
            if (!input && !decision && !knowledge) continue;
            const std::string id = node.attribute("id").value();
            const std::string name = variable_name(node);
            if (id.empty()) return refusal("dmn.missing", node).with("what", "id");
            if (name.empty()) return refusal("dmn.missing", node).with("what", "name");
            if (std::find(names.begin(), names.end(), name) != names.end() || ids_.contains(id))
                return refusal("dmn.double_name", node).with("name", name);
            names.push_back(name);
            const std::string label = node.attribute("label") ? node.attribute("label").value() : name;
            if (input) {
                ids_[id] = {Element::Kind::input, model_.inputs_.size()};
                InputData data{id, name, label, child(node, "variable").attribute("typeRef").value(), {}, {}};
                data.kind = type_called(data.type);
                data.allowed = TRY(allowed_values(data.type, model_.file_ + " › " + label));
                model_.inputs_.push_back(std::move(data));
            } else if (decision) {
                ids_[id] = {Element::Kind::decision, model_.decisions_.size()};
                model_.decisions_.push_back(
                    {id, name, label, trimmed(child(node, "description").text().get()), {}, {}, {}, {}});
                decision_nodes_.push_back(node);
            } else {
                ids_[id] = {Element::Kind::knowledge, knowledge_nodes_.size()};
                knowledge_nodes_.push_back(node);
            }
        }
        return {};
    }

    Result<Requirements> requirements_of(xml_node node) const {
        Requirements out;
        for (const xml_node requirement : node.children()) {
            const auto kind = local_name(requirement);
            if (kind != "informationRequirement" && kind != "knowledgeRequirement") continue;
            for (const xml_node required : requirement.children()) {
                const std::string href = required.attribute("href").value();
                const auto hash = href.find('#');
                const auto found = ids_.find(hash == std::string::npos ? href : href.substr(hash + 1));
                if (found == ids_.end())
                    return refusal("dmn.unknown_reference", node).with("reference", href);
                out.push_back(found->second);
            }
        }
        return out;
    }

    Result<void> read_requirements() {
        for (const xml_node node : decision_nodes_) decision_needs_.push_back(TRY(requirements_of(node)));
        for (const xml_node node : knowledge_nodes_) knowledge_needs_.push_back(TRY(requirements_of(node)));
        return {};
    }

    /// For each decision the decisions it needs, the needed ones first, and the inputs behind them all.
    Result<void> order() {
        enum class Mark { unseen, open, done };
        for (std::size_t start = 0; start < decision_nodes_.size(); ++start) {
            std::vector<Mark> marks(decision_nodes_.size(), Mark::unseen);
            std::vector<std::pair<std::size_t, std::size_t>> path{{start, 0}};
            Decision& decision = model_.decisions_[start];
            marks[start] = Mark::open;
            while (!path.empty()) {
                auto& [at, next] = path.back();
                const auto& needs = decision_needs_[at];
                if (next == needs.size()) {
                    marks[at] = Mark::done;
                    if (at != start) decision.needs.push_back(at);
                    path.pop_back();
                    continue;
                }
                const Element need = needs[next++];
                if (need.kind == Element::Kind::input) {
                    if (std::find(decision.inputs.begin(), decision.inputs.end(), need.index) ==
                        decision.inputs.end())
                        decision.inputs.push_back(need.index);
                } else if (need.kind == Element::Kind::decision) {
                    if (marks[need.index] == Mark::open)
                        return refusal("dmn.cycle", decision_nodes_[need.index]);
                    if (marks[need.index] == Mark::unseen) {
                        marks[need.index] = Mark::open;
                        path.emplace_back(need.index, 0);
                    }
                }
            }
        }
        return {};
    }

    feel::Scope scope_of(const Requirements& needs) const {
        feel::Scope scope = base_;
        const auto inputs = model_.inputs_.size();
        for (const Element need : needs) {
            if (need.kind == Element::Kind::input) {
                scope.declare_at(static_cast<int>(need.index), model_.inputs_[need.index].name,
                                 model_.inputs_[need.index].kind);
            } else if (need.kind == Element::Kind::decision) {
                const xml_node node = decision_nodes_[need.index];
                scope.declare_at(static_cast<int>(inputs + need.index), model_.decisions_[need.index].name,
                                 type_called(child(node, "variable").attribute("typeRef").value()));
            } else {
                scope.declare_at(static_cast<int>(inputs + decision_nodes_.size() + need.index),
                                 variable_name(knowledge_nodes_[need.index]),
                                 feel::Type::of(feel::Kind::function));
            }
        }
        return scope;
    }

    Result<void> read_knowledge() {
        for (std::size_t i = 0; i < knowledge_nodes_.size(); ++i) {
            const xml_node node = knowledge_nodes_[i];
            model_.knowledge_.push_back(TRY(or_null(knowledge(i), node)));
        }
        return {};
    }

    Result<NodePtr> knowledge(std::size_t index) {
        const xml_node node = knowledge_nodes_[index];
        const xml_node logic = child(node, "encapsulatedLogic");
        if (!logic) return refusal("dmn.missing", node).with("what", "encapsulatedLogic");
        // A knowledge model may call itself.
        feel::Scope scope = scope_of(knowledge_needs_[index]);
        const auto slot = model_.inputs_.size() + decision_nodes_.size() + index;
        scope.declare_at(static_cast<int>(slot), variable_name(node), feel::Type::of(feel::Kind::function));
        return boxed_function(logic, scope, model_.file_ + " › " + variable_name(node), 0);
    }

    /// Logic with an error: the error, or null with it as the cause.
    Result<NodePtr> or_null(Result<NodePtr> logic, xml_node node) const {
        if (logic || faults_ == Faults::refuse) return logic;
        const Error& error = logic.error();
        feel::Node out = plain(Op::literal, model_.file_ + " › " + variable_name(node));
        out.value = feel::null_because(error.id, error.args, {}, *out.source);
        return feel::shared_node(std::move(out));
    }

    Result<void> read_decision(std::size_t index) {
        Decision& decision = model_.decisions_[index];
        decision.logic = TRY(or_null(decision_logic(index), decision_nodes_[index]));
        return {};
    }

    Result<NodePtr> decision_logic(std::size_t index) {
        const xml_node node = decision_nodes_[index];
        Decision& decision = model_.decisions_[index];
        feel::Scope scope = scope_of(decision_needs_[index]);
        const std::string source = model_.file_ + " › " + decision.label;
        const xml_node logic = expression_in(node);
        if (!logic) return refusal("dmn.missing", node).with("what", "expression");
        if (local_name(logic) == "decisionTable")
            decision.table = TRY(table(logic, scope, source, decision.name));
        return decision.table ? extension(decision.table) : boxed(logic, scope, source, 0);
    }

    static NodePtr extension(std::shared_ptr<const DecisionTable> table) {
        feel::Node node;
        node.op = Op::extension;
        node.extension = std::move(table);
        return feel::shared_node(std::move(node));
    }

    // ---- boxed expressions

    static bool is_expression(std::string_view kind) {
        static constexpr std::array kinds{std::string_view("literalExpression"),
                                          std::string_view("decisionTable"),
                                          std::string_view("context"),
                                          std::string_view("invocation"),
                                          std::string_view("list"),
                                          std::string_view("relation"),
                                          std::string_view("functionDefinition"),
                                          std::string_view("conditional"),
                                          std::string_view("filter"),
                                          std::string_view("for"),
                                          std::string_view("some"),
                                          std::string_view("every")};
        return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
    }
    static xml_node expression_in(xml_node node) {
        for (const xml_node c : node.children())
            if (is_expression(local_name(c))) return c;
        return {};
    }

    feel::Node plain(Op op, const std::string& source) const {
        feel::Node node;
        node.op = op;
        node.source = std::make_shared<const std::string>(source);
        return node;
    }

    Result<NodePtr> inside(xml_node node, feel::Scope& scope, const std::string& source, int depth) {
        const xml_node found = expression_in(node);
        if (!found) return refusal("dmn.missing", node).with("what", "expression");
        return boxed(found, scope, source, depth + 1);
    }

    Result<NodePtr> boxed(xml_node node, feel::Scope& scope, const std::string& source, int depth) {
        if (depth > deepest_boxes)
            return refusal("dmn.unsupported", node).with("what", "boxes nested this deep");
        const auto kind = local_name(node);
        if (kind == "literalExpression") return literal(node, scope, source);
        if (kind == "decisionTable") return extension(TRY(table(node, scope, source, "")));
        if (kind == "context") return context(node, scope, source, depth);
        if (kind == "invocation") return invocation(node, scope, source, depth);
        if (kind == "functionDefinition") return boxed_function(node, scope, source, depth);
        if (kind == "list") {
            feel::Node out = plain(Op::list, source);
            for (const xml_node item : node.children())
                if (is_expression(local_name(item)))
                    out.children.push_back(TRY(boxed(item, scope, source, depth + 1)));
            return feel::shared_node(std::move(out));
        }
        if (kind == "relation") return relation(node, scope, source, depth);
        if (kind == "conditional") {
            feel::Node out = plain(Op::conditional, source);
            for (const char* part : {"if", "then", "else"})
                out.children.push_back(TRY(inside(child(node, part), scope, source, depth)));
            return feel::shared_node(std::move(out));
        }
        return refusal("dmn.unsupported", node).with("what", std::string(kind));
    }

    Result<NodePtr> literal(xml_node node, const feel::Scope& scope, const std::string& source) const {
        const std::string_view language = node.attribute("expressionLanguage").value();
        if (!language.empty() && language.find("FEEL") == std::string_view::npos && language != "feel")
            return refusal("dmn.unsupported", node).with("what", std::string(language));
        return TRY(feel::Expression::compile(text_of(node), scope, source)).root();
    }

    Result<NodePtr> context(xml_node node, feel::Scope& scope, const std::string& source, int depth) {
        feel::Node out = plain(Op::context, source);
        std::size_t entered = 0;
        for (const xml_node entry : children(node, "contextEntry")) {
            const std::string name = trimmed(child(entry, "variable").attribute("name").value());
            out.children.push_back(
                TRY(inside(entry, scope, name.empty() ? source : source + " › " + name, depth)));
            out.names.push_back(name);
            out.flag = name.empty();  // the last entry, without a name, is the result
            scope.know_field(name);
            scope.enter(name);
            ++entered;
        }
        scope.leave(entered);
        return feel::shared_node(std::move(out));
    }

    Result<NodePtr> invocation(xml_node node, feel::Scope& scope, const std::string& source, int depth) {
        feel::Node out = plain(Op::call, source);
        out.children.push_back(TRY(inside(node, scope, source, depth)));
        for (const xml_node binding : children(node, "binding")) {
            const std::string name = trimmed(child(binding, "parameter").attribute("name").value());
            out.names.push_back(name);
            out.children.push_back(TRY(inside(binding, scope, source + " › " + name, depth)));
        }
        return feel::shared_node(std::move(out));
    }

    Result<NodePtr> boxed_function(xml_node node, feel::Scope& scope, const std::string& source, int depth) {
        const std::string_view kind = node.attribute("kind").value();
        if (!kind.empty() && kind != "FEEL")
            return refusal("dmn.unsupported", node).with("what", std::string(kind));
        feel::Node out = plain(Op::lambda, source);
        for (const xml_node parameter : children(node, "formalParameter")) {
            out.names.push_back(trimmed(parameter.attribute("name").value()));
            scope.enter(out.names.back());
        }
        out.children.push_back(TRY(inside(node, scope, source, depth)));
        scope.leave(out.names.size());
        return feel::shared_node(std::move(out));
    }

    Result<NodePtr> relation(xml_node node, feel::Scope& scope, const std::string& source, int depth) {
        feel::Node out = plain(Op::list, source);
        std::vector<std::string> columns;
        for (const xml_node column : children(node, "column")) {
            columns.push_back(trimmed(column.attribute("name").value()));
            scope.know_field(columns.back());
        }
        for (const xml_node row : children(node, "row")) {
            feel::Node entries = plain(Op::context, source);
            for (const xml_node cell : row.children()) {
                if (!is_expression(local_name(cell))) continue;
                if (entries.children.size() == columns.size()) break;
                entries.children.push_back(TRY(boxed(cell, scope, source, depth + 1)));
                scope.enter("");  // each entry of a context takes a place on the stack of locals
            }
            scope.leave(entries.children.size());
            entries.names.assign(columns.begin(),
                                 columns.begin() + static_cast<std::ptrdiff_t>(entries.children.size()));
            out.children.push_back(feel::shared_node(std::move(entries)));
        }
        return feel::shared_node(std::move(out));
    }

    // ---- decision tables

    Result<HitPolicy> hit_policy(xml_node node) const {
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
        return refusal("dmn.unsupported", node).with("what", policy + " " + aggregation);
    }

    Result<std::shared_ptr<const DecisionTable>> table(xml_node node, feel::Scope& scope,
                                                       const std::string& source,
                                                       const std::string& decision_name) {
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
            column.expression = TRY(feel::Expression::compile(column.text, scope, place)).root();
            if (const std::string allowed = text_of(child(input, "inputValues")); !allowed.empty())
                column.allowed = TRY(feel::Expression::compile_tests(allowed, scope, place)).root();
            feel::Type type = type_called(expression.attribute("typeRef").value());
            if (!type.known) type = feel::type_of(*column.expression, scope);
            types.push_back(type);
            out->inputs.push_back(std::move(column));
            // Where the value of this column will stand; in its cells `?` is that place.
            scope.enter("");
        }
        scope.leave(out->inputs.size());
        TRY(table_outputs(node, scope, source, decision_name, *out));
        for (const xml_node annotation : children(node, "annotation"))
            out->annotation_names.push_back(annotation.attribute("name").value());
        for (const xml_node rule : children(node, "rule")) TRY(table_rule(rule, scope, types, *out));
        return std::shared_ptr<const DecisionTable>(std::move(out));
    }

    Result<void> table_outputs(xml_node node, feel::Scope& scope, const std::string& source,
                               const std::string& decision_name, DecisionTable& out) {
        const auto columns = children(node, "output");
        if (columns.empty()) return refusal("dmn.missing", node).with("what", "output");
        for (const xml_node output : columns) {
            DecisionTable::Output column;
            column.id = output.attribute("id").value();
            column.name = output.attribute("name").value();
            if (column.name.empty())
                column.name = columns.size() == 1 ? decision_name : output.attribute("label").value();
            if (columns.size() > 1 && column.name.empty())
                return refusal("dmn.missing", output).with("what", "name");
            const std::string place = source + " › " + column.name;
            std::string listed = text_of(child(output, "outputValues"));
            if (listed.empty()) {
                const auto item = items_.find(output.attribute("typeRef").value());
                if (item != items_.end()) listed = item->second.allowed;
            }
            if (!listed.empty()) {
                // The values in order of priority: each test of the list is one value.
                const auto compiled = TRY(feel::Expression::compile_tests(listed, scope, place));
                for (const auto& test : compiled.root()->children)
                    if (test->op == Op::test_value) column.values.push_back(test->children[0]);
            }
            if (const std::string otherwise = text_of(child(output, "defaultOutputEntry"));
                !otherwise.empty())
                column.otherwise = TRY(feel::Expression::compile(otherwise, scope, place)).root();
            scope.know_field(column.name);
            out.outputs.push_back(std::move(column));
        }
        return {};
    }

    Result<void> table_rule(xml_node node, feel::Scope& scope, const std::vector<feel::Type>& types,
                            DecisionTable& out) {
        const auto input_entries = children(node, "inputEntry");
        const auto output_entries = children(node, "outputEntry");
        const auto found = input_entries.size() + output_entries.size();
        if (input_entries.size() != out.inputs.size() || output_entries.size() != out.outputs.size())
            return refusal("dmn.rule_length", node)
                .with("found", std::to_string(found))
                .with("expected", std::to_string(out.inputs.size() + out.outputs.size()));
        DecisionTable::Rule rule;
        rule.id = node.attribute("id").value();
        rule.description = trimmed(child(node, "description").text().get());
        const std::string row = out.source + " › " + std::to_string(out.rules.size() + 1);
        for (std::size_t i = 0; i < input_entries.size(); ++i) {
            rule.texts.push_back(text_of(input_entries[i]));
            const std::string place = row + " › " + out.inputs[i].label;
            const auto cell = TRY(feel::Expression::compile_tests(rule.texts.back(), scope, place));
            if (const auto wrong = feel::mismatch(cell, types[i], scope))
                return refusal("dmn.cell_type", input_entries[i])
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
        for (std::size_t i = 0; i < output_entries.size(); ++i)
            rule.outputs.push_back(TRY(feel::Expression::compile(text_of(output_entries[i]), scope,
                                                                 row + " › " + out.outputs[i].name))
                                       .root());
        scope.leave(input_entries.size());
        std::sort(rule.reads.begin(), rule.reads.end());
        rule.reads.erase(std::unique(rule.reads.begin(), rule.reads.end()), rule.reads.end());
        for (const xml_node annotation : children(node, "annotationEntry"))
            rule.annotations.push_back(text_of(annotation));
        out.rules.push_back(std::move(rule));
        return {};
    }

    std::string_view xml_;
    Faults faults_;
    Model model_;
    feel::Scope base_;
    std::map<std::string, ItemDefinition> items_;
    std::map<std::string, Element> ids_;
    std::vector<xml_node> decision_nodes_;
    std::vector<xml_node> knowledge_nodes_;
    std::vector<Requirements> decision_needs_;
    std::vector<Requirements> knowledge_needs_;
};

Result<Model> Model::load(std::string_view xml, std::string_view file, Faults faults) {
    return Reader(xml, file, faults).read();
}

}  // namespace ballast::dmn
