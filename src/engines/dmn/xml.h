/// Small things about the XML of a model: names without prefixes, and refusals that say where.
#pragma once

#include <cstdint>
#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace ballast::dmn {

using pugi::xml_node;

std::string_view local_name(xml_node node);
std::string_view without_prefix(std::string_view qualified);
xml_node child(xml_node node, std::string_view name);
std::vector<xml_node> children(xml_node node, std::string_view name);
std::string trimmed(const char* text);
/// Of the element <text> inside.
std::string text_of(xml_node node);
/// An attribute, or else the text of the child of that name: DMN 1.1 wrote types as elements.
std::string type_of(xml_node node, const char* attribute = "typeRef");
/// The expression that the element holds, if any.
xml_node expression_in(xml_node node);
bool is_expression(std::string_view kind);

/// One file, parsed: `definitions` is its root.
class Source {
public:
    Source(std::string xml, std::string file) : xml_(std::move(xml)), file_(std::move(file)) {}
    Source(const Source&) = delete;
    Source& operator=(const Source&) = delete;

    enum class Comments : std::uint8_t { passed_over, kept };
    /// Errors as in model.h.
    Result<void> parse(Comments comments = Comments::passed_over);
    xml_node definitions() const { return document_.document_element(); }
    const std::string& file() const { return file_; }
    /// The refusal with "file", "line" and "element".
    Error refusal(std::string id, xml_node node) const;
    /// A refusal of the FEEL in the `text` of a node: its "line" and "column" in the text become those in the
    /// file, and "element" is added.
    Error in_file(Error error, xml_node node) const;

private:
    int line_at(std::ptrdiff_t offset) const;
    /// What stands from there to the end of the line, as far as a message can hold it.
    std::string line_from(std::ptrdiff_t offset) const;
    std::string xml_;
    std::string file_;
    pugi::xml_document document_;
};

}  // namespace ballast::dmn
