#include "feel/shape.h"

#include <algorithm>
#include <array>

#include "feel/ast.h"

namespace ballast::feel {

ShapePtr Shape::any() {
    static const auto shape = std::make_shared<const Shape>(Shape{.name = "Any"});
    return shape;
}
ShapePtr Shape::basic(Kind kind) {
    Shape out;
    out.form = Form::basic;
    out.kind = kind;
    out.name = name_of(kind);
    return std::make_shared<const Shape>(std::move(out));
}
ShapePtr Shape::list(ShapePtr items) {
    Shape out;
    out.form = Form::list;
    out.name = "list<" + items->name + ">";
    out.of = std::move(items);
    return std::make_shared<const Shape>(std::move(out));
}

ShapePtr Shape::named(std::string_view name) {
    static const std::array<std::pair<std::string_view, ShapePtr>, 19> names{{
        {"Any", any()},
        {"any", any()},
        {"Null", std::make_shared<const Shape>(Shape{.form = Form::nothing, .name = "Null"})},
        {"number", basic(Kind::number)},
        {"string", basic(Kind::string)},
        {"boolean", basic(Kind::boolean)},
        {"date", basic(Kind::date)},
        {"time", basic(Kind::time)},
        {"date and time", basic(Kind::date_time)},
        {"dateTime", basic(Kind::date_time)},
        {"days and time duration", basic(Kind::span)},
        {"dayTimeDuration", basic(Kind::span)},
        {"years and months duration", basic(Kind::months)},
        {"yearMonthDuration", basic(Kind::months)},
        {"context", std::make_shared<const Shape>(Shape{.form = Form::context, .name = "context"})},
        {"list", list(any())},
        {"integer", basic(Kind::number)},
        {"double", basic(Kind::number)},
        {"long", basic(Kind::number)},
    }};
    for (const auto& [known, shape] : names)
        if (known == name) return shape;
    return nullptr;
}

namespace {

/// Allowed values are no part of what a type is, but of what a variable takes.
enum class Ask { kind, allowed };
bool conforms(const Value& value, const Shape& shape, const Environment& environment, Ask ask);

/// A part may be null whatever its type.
bool part_conforms(const Value& value, const Shape& shape, const Environment& environment, Ask ask) {
    return value.is_null() || conforms(value, shape, environment, ask);
}

/// Whether one type can stand for the other.
bool narrower(const Shape& given, const Shape& wanted) {
    if (wanted.form == Shape::Form::any) return true;
    if (given.form != wanted.form) return false;
    if (given.form == Shape::Form::basic) return given.kind == wanted.kind;
    return !given.of || !wanted.of || narrower(*given.of, *wanted.of);
}

bool function_conforms(const Function& function, const Shape& shape) {
    if (function.builtin) return true;
    if (function.parameters.size() != shape.parts.size()) return false;
    for (std::size_t i = 0; i < shape.parts.size() && i < function.types.size(); ++i)
        if (function.types[i] && !narrower(*shape.parts[i].second, *function.types[i])) return false;
    const bool result_known = function.result && shape.of;
    return !result_known || narrower(*function.result, *shape.of);
}

bool conforms(const Value& value, const Shape& shape, const Environment& environment, Ask ask) {
    switch (shape.form) {
        case Shape::Form::any:
            break;
        case Shape::Form::nothing:
            return value.is_null();
        case Shape::Form::basic:
            if (value.kind() != shape.kind) return false;
            break;
        case Shape::Form::list:
            if (!value.list() ||
                !std::all_of(value.list()->begin(), value.list()->end(), [&](const Value& item) {
                    return part_conforms(item, *shape.of, environment, ask);
                }))
                return false;
            break;
        case Shape::Form::range:
            if (!value.range() || !part_conforms(value.range()->low, *shape.of, environment, ask) ||
                !part_conforms(value.range()->high, *shape.of, environment, ask))
                return false;
            break;
        case Shape::Form::context:
            if (!value.context() ||
                !std::all_of(shape.parts.begin(), shape.parts.end(), [&](const auto& part) {
                    const Value* entry = value.entry(part.first);
                    return entry && part_conforms(*entry, *part.second, environment, ask);
                }))
                return false;
            break;
        case Shape::Form::function:
            if (!value.function() || !function_conforms(*value.function(), shape)) return false;
            break;
    }
    if (!shape.allowed || ask == Ask::kind) return true;
    Evaluation e{{}, environment};
    e.locals.push_back(value);
    return evaluate(*shape.allowed, e).is_true();
}

}  // namespace

bool is_instance(const Value& value, const Shape& shape, const Environment& environment) {
    if (value.is_null()) return shape.form == Shape::Form::nothing;
    return conforms(value, shape, environment, Ask::kind);
}

Value fitted(const Value& value, const Shape& shape, const Environment& environment, Place place,
             std::string_view source) {
    if (value.is_null() || conforms(value, shape, environment, Ask::allowed)) return value;
    if (const List* list = value.list();
        list && list->size() == 1 && conforms((*list)[0], shape, environment, Ask::allowed))
        return (*list)[0];
    if (shape.form == Shape::Form::list && !value.list() &&
        conforms(value, *shape.of, environment, Ask::allowed))
        return List{value};
    if (shape.form == Shape::Form::basic && shape.kind == Kind::date_time && value.date())
        return DateTime{*value.date(), Time{.zone = {0, true, nullptr}}};
    return null_because("feel.wrong_type",
                        {{"expected", shape.name}, {"found", std::string(name_of(value.kind()))}}, place,
                        source);
}

}  // namespace ballast::feel
