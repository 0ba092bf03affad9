/// Item definitions of a file (DMN 1.5, 7.3.2) as FEEL types.
#pragma once

#include <map>
#include <string>

#include "dmn/xml.h"
#include "feel/expression.h"
#include "feel/shape.h"

namespace ballast::dmn {

class ItemTypes {
public:
    /// Those of one file. A fault in `allowedValues` or `typeConstraint` is a refusal.
    Result<void> read(const Source& source);
    /// Makes the types of an imported file known under its name: "lib.tPerson".
    void import(const ItemTypes& other, const std::string& name);

    /// nullptr when no type is named, or none that demands anything.
    feel::ShapePtr shape(std::string_view type) const;
    feel::Type kind(std::string_view type) const;
    /// The tests of `allowedValues` as written, "" when there are none.
    std::string allowed_text(std::string_view type) const;
    /// Makes types and the names of their entries known to expressions.
    void declare(feel::Scope& scope) const;

private:
    Result<feel::ShapePtr> shape_of(const Source& source, xml_node node, int depth);
    Result<feel::ShapePtr> referred(const Source& source, const std::string& type, int depth);
    std::map<std::string, xml_node, std::less<>> nodes_;
    std::map<std::string, feel::ShapePtr, std::less<>> shapes_;
    std::map<std::string, std::string, std::less<>> allowed_;
    std::vector<std::string> entries_;
};

}  // namespace ballast::dmn
