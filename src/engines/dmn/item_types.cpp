#include "dmn/item_types.h"

#include "feel/ast.h"

namespace ballast::dmn {

using feel::Shape;
using feel::ShapePtr;

namespace {

constexpr int deepest = 60;

/// A copy that people know by another name, or with tests of its own.
ShapePtr changed(const Shape& shape, std::string name, feel::NodePtr allowed) {
    Shape out = shape;
    if (!name.empty()) out.name = std::move(name);
    if (allowed) out.allowed = std::move(allowed);
    return std::make_shared<const Shape>(std::move(out));
}

}  // namespace

Result<void> ItemTypes::read(const Source& source) {
    for (const xml_node node : children(source.definitions(), "itemDefinition"))
        nodes_[trimmed(node.attribute("name").value())] = node;
    for (const auto& [name, node] : nodes_) {
        allowed_[name] = text_of(child(node, "allowedValues"));
        TRY(referred(source, name, 0));
    }
    return {};
}

Result<ShapePtr> ItemTypes::referred(const Source& source, const std::string& type, int depth) {
    if (type.empty()) return Shape::any();
    if (const auto known = shapes_.find(type); known != shapes_.end()) return known->second;
    const auto node = nodes_.find(type);
    if (node == nodes_.end()) {
        const auto basic = Shape::named(without_prefix(type));
        return basic ? basic : Shape::any();
    }
    shapes_[type] = Shape::any();  // what a type that holds itself sees of itself
    auto shape = TRY(shape_of(source, node->second, depth + 1));
    shapes_[type] = shape;
    return shape;
}

Result<ShapePtr> ItemTypes::shape_of(const Source& source, xml_node node, int depth) {
    if (depth > deepest)
        return source.refusal("dmn.unsupported", node).with("what", "types nested this deep");
    const std::string name = trimmed(node.attribute("name").value());
    ShapePtr shape;
    if (const xml_node function = child(node, "functionItem")) {
        Shape out;
        out.form = Shape::Form::function;
        for (const xml_node parameter : children(function, "parameters"))
            out.parts.emplace_back(parameter.attribute("name").value(),
                                   TRY(referred(source, type_of(parameter), depth + 1)));
        out.of = TRY(referred(source, type_of(function, "outputTypeRef"), depth + 1));
        shape = changed(out, name, nullptr);
    } else if (child(node, "itemComponent")) {
        Shape out;
        out.form = Shape::Form::context;
        for (const xml_node component : children(node, "itemComponent")) {
            const std::string entry = component.attribute("name").value();
            entries_.push_back(entry);
            out.parts.emplace_back(entry, TRY(shape_of(source, component, depth + 1)));
        }
        shape = changed(out, name, nullptr);
    } else {
        shape = TRY(referred(source, type_of(node), depth + 1));
    }
    const auto tests = [&](const char* element) -> Result<feel::NodePtr> {
        const xml_node holder = child(node, element);
        const std::string text = text_of(holder);
        if (text.empty()) return feel::NodePtr();
        auto read = feel::Expression::compile_tests(text, feel::Scope(), source.file() + " › " + name);
        if (!read) return source.in_file(std::move(read).error(), holder);
        return read->root();
    };
    // Allowed values are those of each item, a type constraint speaks of the whole.
    if (const auto allowed = TRY(tests("allowedValues"))) shape = changed(*shape, name, allowed);
    if (node.attribute("isCollection").as_bool()) shape = changed(*Shape::list(shape), name, nullptr);
    if (const auto constraint = TRY(tests("typeConstraint"))) shape = changed(*shape, name, constraint);
    return shape;
}

void ItemTypes::import(const ItemTypes& other, const std::string& name) {
    for (const auto& [type, shape] : other.shapes_) shapes_[name + "." + type] = shape;
    for (const auto& [type, text] : other.allowed_) allowed_[name + "." + type] = text;
    entries_.insert(entries_.end(), other.entries_.begin(), other.entries_.end());
}

ShapePtr ItemTypes::shape(std::string_view type) const {
    ShapePtr found;
    if (const auto known = shapes_.find(type); known != shapes_.end())
        found = known->second;
    else
        found = Shape::named(without_prefix(type));
    if (found && found->form == Shape::Form::any && !found->allowed) return nullptr;
    return found;
}

feel::Type ItemTypes::kind(std::string_view type) const {
    const auto found = shape(type);
    if (!found) return feel::Type::any();
    switch (found->form) {
        case Shape::Form::basic:
            return feel::Type::of(found->kind);
        case Shape::Form::list:
            return feel::Type::of(feel::Kind::list);
        case Shape::Form::context:
            return feel::Type::of(feel::Kind::context);
        default:
            return feel::Type::any();
    }
}

std::string ItemTypes::allowed_text(std::string_view type) const {
    const auto found = allowed_.find(type);
    return found == allowed_.end() ? std::string() : found->second;
}

void ItemTypes::declare(feel::Scope& scope) const {
    for (const auto& [name, shape] : shapes_) scope.know_type(name, shape);
    for (const auto& entry : entries_) scope.know_field(entry);
}

}  // namespace ballast::dmn
