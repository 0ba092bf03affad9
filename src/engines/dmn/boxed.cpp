#include "dmn/boxed.h"

#include <algorithm>

namespace ballast::dmn {

using feel::NodePtr;
using feel::Op;

namespace {

constexpr int deepest_boxes = 60;

feel::Node plain(Op op, const std::string& place) {
    feel::Node node;
    node.op = op;
    node.source = std::make_shared<const std::string>(place);
    return node;
}

bool reads_local(const feel::Node& node, int slot) {
    if (node.op == Op::local && node.slot == slot) return true;
    return node.extension || std::any_of(node.children.begin(), node.children.end(),
                                         [&](const NodePtr& child) { return reads_local(*child, slot); });
}

}  // namespace

Result<NodePtr> BoxedReader::inside(xml_node node, feel::Scope& scope, const std::string& place, int depth) {
    const xml_node found = expression_in(node);
    if (!found) return source_.refusal("dmn.missing", node).with("what", "expression");
    return boxed(found, scope, place, depth + 1);
}

Result<NodePtr> BoxedReader::boxed(xml_node node, feel::Scope& scope, const std::string& place, int depth) {
    if (depth > deepest_boxes)
        return source_.refusal("dmn.unsupported", node).with("what", "boxes nested this deep");
    const auto kind = local_name(node);
    if (kind == "literalExpression") return literal(node, scope, place);
    if (kind == "decisionTable") return extension(TRY(table(node, scope, place, {})));
    if (kind == "context") return context(node, scope, place, depth);
    if (kind == "invocation") return invocation(node, scope, place, depth);
    if (kind == "functionDefinition") return function(node, scope, place, depth);
    if (kind == "list") {
        feel::Node out = plain(Op::list, place);
        for (const xml_node item : node.children())
            if (is_expression(local_name(item)))
                out.children.push_back(TRY(boxed(item, scope, place, depth + 1)));
        return feel::shared_node(std::move(out));
    }
    if (kind == "relation") return relation(node, scope, place, depth);
    if (kind == "conditional")
        return parts(Op::conditional, {"if", "then", "else"}, node, scope, place, depth);
    if (kind == "for") return iterator(Op::loop, "return", node, scope, place, depth);
    if (kind == "some") return iterator(Op::some, "satisfies", node, scope, place, depth);
    if (kind == "every") return iterator(Op::every, "satisfies", node, scope, place, depth);
    if (kind == "filter") return filter(node, scope, place, depth);
    return source_.refusal("dmn.unsupported", node).with("what", std::string(kind));
}

Result<NodePtr> BoxedReader::parts(Op op, std::initializer_list<const char*> names, xml_node node,
                                   feel::Scope& scope, const std::string& place, int depth) {
    feel::Node out = plain(op, place);
    for (const char* name : names)
        out.children.push_back(TRY(inside(child(node, name), scope, place, depth)));
    return feel::shared_node(std::move(out));
}

Result<NodePtr> BoxedReader::iterator(Op op, const char* body, xml_node node, feel::Scope& scope,
                                      const std::string& place, int depth) {
    feel::Node out = plain(op, place);
    const std::string variable = trimmed(node.attribute("iteratorVariable").value());
    if (variable.empty()) return source_.refusal("dmn.missing", node).with("what", "iteratorVariable");
    // As FEEL's own loops: what was returned so far, then the variable.
    out.slot = static_cast<std::int32_t>(scope.locals().size());
    if (op == Op::loop) scope.enter("partial");
    out.children.push_back(TRY(inside(child(node, "in"), scope, place, depth)));
    scope.enter(variable);
    out.children.push_back(TRY(inside(child(node, body), scope, place, depth)));
    scope.leave(op == Op::loop ? 2 : 1);
    out.flag = op == Op::loop && reads_local(*out.children.back(), out.slot);
    return feel::shared_node(std::move(out));
}

Result<NodePtr> BoxedReader::filter(xml_node node, feel::Scope& scope, const std::string& place, int depth) {
    feel::Node out = plain(Op::filter, place);
    out.children.push_back(TRY(inside(child(node, "in"), scope, place, depth)));
    out.slot = static_cast<std::int32_t>(scope.locals().size());
    scope.enter_item();
    out.children.push_back(TRY(inside(child(node, "match"), scope, place, depth)));
    scope.leave(1);
    return feel::shared_node(std::move(out));
}

NodePtr BoxedReader::extension(std::shared_ptr<const feel::Extension> what) {
    feel::Node node;
    node.op = Op::extension;
    node.extension = std::move(what);
    return feel::shared_node(std::move(node));
}

NodePtr BoxedReader::fit(NodePtr node, const feel::ShapePtr& shape, const std::string& place) {
    if (!shape) return node;
    feel::Node out = plain(Op::fit, place);
    out.shapes = {shape};
    out.children = {std::move(node)};
    return feel::shared_node(std::move(out));
}

Result<NodePtr> BoxedReader::literal(xml_node node, const feel::Scope& scope,
                                     const std::string& place) const {
    const std::string_view language = node.attribute("expressionLanguage").value();
    if (!language.empty() && language.find("FEEL") == std::string_view::npos && language != "feel")
        return source_.refusal("dmn.unsupported", node).with("what", std::string(language));
    return feel_of(node, scope, place);
}

Result<NodePtr> BoxedReader::feel_of(xml_node node, const feel::Scope& scope, const std::string& place) const {
    auto read = feel::Expression::compile(text_of(node), scope, place);
    if (!read) return source_.in_file(std::move(read).error(), node);
    TRY(consistent(node, *read->root(), scope, place));
    return read->root();
}

Result<feel::Expression> BoxedReader::tests_of(xml_node node, const feel::Scope& scope,
                                               const std::string& place) const {
    auto read = feel::Expression::compile_tests(text_of(node), scope, place);
    if (!read) return source_.in_file(std::move(read).error(), node);
    TRY(consistent(node, *read->root(), scope, place));
    return read;
}

Result<void> BoxedReader::consistent(xml_node node, const feel::Node& logic, const feel::Scope& scope,
                                     const std::string& place) const {
    const auto conflict =
        conflicts_ == Conflicts::refused ? feel::conflict(logic, scope) : std::optional<feel::Conflict>();
    if (!conflict) return {};
    using Of = feel::Conflict::Of;
    return source_
        .refusal(conflict->of == Of::operands   ? "dmn.type_conflict"
                 : conflict->of == Of::argument ? "dmn.argument_type"
                                                : "dmn.argument_count",
                 node)
        .with("source", place)
        .with("name", conflict->name)
        .with("position", std::to_string(conflict->position))
        .with("expected", conflict->expected)
        .with("found", conflict->found);
}

Result<void> BoxedReader::declared(xml_node node, const feel::Node& logic, const feel::Scope& scope,
                                   feel::Type type, const std::string& place) const {
    const feel::Type found = feel::type_of(logic, scope);
    if (conflicts_ == Conflicts::null || feel::may_fit(found, type)) return {};
    return source_.refusal("dmn.declared_type", node)
        .with("source", place)
        .with("expected", std::string(name_of(type.kind)))
        .with("found", std::string(name_of(found.kind)));
}

Result<NodePtr> BoxedReader::context(xml_node node, feel::Scope& scope, const std::string& place, int depth) {
    feel::Node out = plain(Op::context, place);
    std::size_t entered = 0;
    for (const xml_node entry : children(node, "contextEntry")) {
        const xml_node variable = child(entry, "variable");
        const std::string name = trimmed(variable.attribute("name").value());
        const std::string entry_place = name.empty() ? place : place + " › " + name;
        out.children.push_back(
            fit(TRY(inside(entry, scope, entry_place, depth)), types_.shape(type_of(variable)), entry_place));
        out.names.push_back(name);
        out.flag = name.empty();  // the last entry, without a name, is the result
        scope.know_field(name);
        scope.enter(name);
        ++entered;
    }
    scope.leave(entered);
    return feel::shared_node(std::move(out));
}

Result<NodePtr> BoxedReader::invocation(xml_node node, feel::Scope& scope, const std::string& place,
                                        int depth) {
    feel::Node out = plain(Op::call, place);
    out.children.push_back(TRY(inside(node, scope, place, depth)));
    for (const xml_node binding : children(node, "binding")) {
        const std::string name = trimmed(child(binding, "parameter").attribute("name").value());
        out.names.push_back(name);
        out.children.push_back(TRY(inside(binding, scope, place + " › " + name, depth)));
    }
    return feel::shared_node(std::move(out));
}

Result<NodePtr> BoxedReader::function(xml_node node, feel::Scope& scope, const std::string& place,
                                      int depth) {
    const std::string_view kind = node.attribute("kind").value();
    if (!kind.empty() && kind != "FEEL")
        return source_.refusal("dmn.unsupported", node).with("what", std::string(kind));
    feel::Node out = plain(Op::lambda, place);
    for (const xml_node parameter : children(node, "formalParameter")) {
        out.names.push_back(trimmed(parameter.attribute("name").value()));
        out.shapes.push_back(types_.shape(type_of(parameter)));
        scope.enter(out.names.back());
    }
    out.children.push_back(TRY(inside(node, scope, place, depth)));
    scope.leave(out.names.size());
    return feel::shared_node(std::move(out));
}

Result<NodePtr> BoxedReader::relation(xml_node node, feel::Scope& scope, const std::string& place,
                                      int depth) {
    feel::Node out = plain(Op::list, place);
    std::vector<std::string> columns;
    for (const xml_node column : children(node, "column")) {
        columns.push_back(trimmed(column.attribute("name").value()));
        scope.know_field(columns.back());
    }
    for (const xml_node row : children(node, "row")) {
        feel::Node entries = plain(Op::context, place);
        for (const xml_node cell : row.children()) {
            if (!is_expression(local_name(cell))) continue;
            if (entries.children.size() == columns.size()) break;
            entries.children.push_back(TRY(boxed(cell, scope, place, depth + 1)));
            scope.enter("");  // each entry of a context takes a place on the stack of locals
        }
        scope.leave(entries.children.size());
        entries.names.assign(columns.begin(),
                             columns.begin() + static_cast<std::ptrdiff_t>(entries.children.size()));
        out.children.push_back(feel::shared_node(std::move(entries)));
    }
    return feel::shared_node(std::move(out));
}

}  // namespace ballast::dmn
