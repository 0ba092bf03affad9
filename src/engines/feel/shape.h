/// Types of FEEL with their parts (DMN 1.5, 10.3.2.2 and 7.3.2): what `instance of` asks, what parameters,
/// variables and item definitions demand.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "feel/value.h"

namespace ballast::feel {

struct Shape;
using ShapePtr = std::shared_ptr<const Shape>;
struct Environment;

struct Shape {
    enum class Form : std::uint8_t { any, nothing, basic, list, range, context, function };
    Form form = Form::any;
    Kind kind = Kind::null;  // of a basic type
    ShapePtr of = nullptr;   // a list's items, a range's ends, a function's result
    std::vector<std::pair<std::string, ShapePtr>> parts =
        {};                                         // entries; parameters, whose names do not count
    std::shared_ptr<const Node> allowed = nullptr;  // tests over local 0
    std::string name = {};                          // as people wrote it

    static ShapePtr any();
    static ShapePtr basic(Kind kind);
    static ShapePtr list(ShapePtr items);
    /// "number", "Any", "dateTime" ...; nullptr when there is no such type.
    static ShapePtr named(std::string_view name);
};

/// Whether the value is of the type. Null is of no type but Null; parts may be null.
bool is_instance(const Value& value, const Shape& shape, const Environment& environment);
/// The value as the type demands it (10.3.2.9.4): a list of one for its item, an item for a list of one, a
/// date for a date and time. Null with cause "feel.wrong_type" when it does not fit.
Value fitted(const Value& value, const Shape& shape, const Environment& environment, Place place = {},
             std::string_view source = {});

}  // namespace ballast::feel
