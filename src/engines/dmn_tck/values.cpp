#include "dmn_tck/values.h"

#include <algorithm>

namespace ballast::dmn_tck {

using feel::Number;
using feel::Value;

std::string_view local_name(pugi::xml_node node) {
    std::string_view name = node.name();
    if (const auto colon = name.rfind(':'); colon != std::string_view::npos) name.remove_prefix(colon + 1);
    return name;
}

pugi::xml_node child(pugi::xml_node node, std::string_view name) {
    for (const auto c : node.children())
        if (local_name(c) == name) return c;
    return {};
}

namespace {

Value unreadable() { return Value(feel::Function{}); }  // equal to nothing

template <class T>
Value read(const std::optional<T>& parsed) {
    return parsed ? Value(*parsed) : unreadable();
}

Value simple(std::string_view type, const std::string& text) {
    if (type == "boolean") return text == "true" || text == "1";
    if (type == "decimal" || type == "integer" || type == "double" || type == "int" || type == "long")
        return read(Number::parse(text));
    if (type == "date") return read(feel::Date::parse(text));
    if (type == "time") return read(feel::Time::parse(text));
    if (type == "dateTime") return read(feel::DateTime::parse(text));
    if (type == "duration") {
        if (const auto months = feel::Months::parse(text)) return *months;
        return read(feel::Span::parse(text));
    }
    if (type == "string" || type.empty()) return text;
    return unreadable();
}

}  // namespace

Value value_of(pugi::xml_node node) {
    if (const auto list = child(node, "list")) {
        feel::List out;
        for (const auto item : list.children())
            if (local_name(item) == "item") out.push_back(value_of(item));
        return out;
    }
    feel::Context entries;
    for (const auto component : node.children())
        if (local_name(component) == "component")
            entries.emplace_back(component.attribute("name").value(), value_of(component));
    if (!entries.empty()) return entries;
    const auto value = child(node, "value");
    if (!value || value.attribute("xsi:nil").as_bool()) return Value();
    std::string_view type = value.attribute("xsi:type").value();
    return simple(type.substr(type.find(':') + 1), value.text().get());
}

bool agree(const Value& expected, const Value& found) {
    if (expected.number() && found.number()) {
        const auto gap = Number::subtract(*expected.number(), *found.number());
        return gap && gap->absolute() <= Number::scaled(1, 8);
    }
    if (expected.list() && found.list())
        return std::equal(expected.list()->begin(), expected.list()->end(), found.list()->begin(),
                          found.list()->end(), agree);
    if (expected.context() && found.context())
        return expected.context()->size() == found.context()->size() &&
               std::all_of(expected.context()->begin(), expected.context()->end(), [&](const auto& entry) {
                   const Value* other = found.entry(entry.first);
                   return other && agree(entry.second, *other);
               });
    return feel::identical(expected, found);
}

}  // namespace ballast::dmn_tck
