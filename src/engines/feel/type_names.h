/// Types as texts: `list<number>`, `context<a: string>`, `function<number> -> string`, item definitions.
#pragma once

#include "feel/names.h"
#include "feel/shape.h"

namespace ballast::feel {

class Types : public Names {
protected:
    using Names::Names;
    Result<ShapePtr> type();

private:
    ShapePtr known_type();
    Result<ShapePtr> parts(Shape::Form form, std::string_view name);
};

}  // namespace ballast::feel
