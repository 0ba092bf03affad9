#include "dmn/xml.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace ballast::dmn {

namespace {

constexpr std::array namespaces{
    std::string_view("http://www.omg.org/spec/DMN/20151101/dmn.xsd"),  // 1.1
    std::string_view("http://www.omg.org/spec/DMN/20180521/MODEL/"),   // 1.2
    std::string_view("https://www.omg.org/spec/DMN/20191111/MODEL/"),  // 1.3
    std::string_view("https://www.omg.org/spec/DMN/20211108/MODEL/"),  // 1.4
    std::string_view("https://www.omg.org/spec/DMN/20230324/MODEL/"),  // 1.5
};

}  // namespace

std::string_view without_prefix(std::string_view qualified) {
    const auto colon = qualified.rfind(':');
    return colon == std::string_view::npos ? qualified : qualified.substr(colon + 1);
}
std::string_view local_name(xml_node node) { return without_prefix(node.name()); }

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
std::string type_of(xml_node node, const char* attribute) {
    if (const auto given = node.attribute(attribute)) return trimmed(given.value());
    return trimmed(child(node, attribute).text().get());
}

bool is_expression(std::string_view kind) {
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
xml_node expression_in(xml_node node) {
    for (const xml_node c : node.children())
        if (is_expression(local_name(c))) return c;
    return {};
}

int Source::line_at(std::ptrdiff_t offset) const {
    const auto end = std::min(static_cast<std::size_t>(std::max<std::ptrdiff_t>(offset, 0)), xml_.size());
    return 1 +
           static_cast<int>(std::count(xml_.begin(), xml_.begin() + static_cast<std::ptrdiff_t>(end), '\n'));
}

std::string Source::line_from(std::ptrdiff_t offset) const {
    constexpr std::size_t longest = 40;
    const std::string_view all(xml_);
    // A file that ends too early is said to break off at its last character.
    if (offset < 0 || static_cast<std::size_t>(offset) + 1 >= all.size()) return "";
    auto begin = static_cast<std::size_t>(offset);
    while (begin > 0 && (static_cast<unsigned char>(all[begin]) & 0xC0U) == 0x80U)
        --begin;
    const auto points = text::code_points(text::trimmed(all.substr(begin, all.find('\n', begin) - begin)));
    return text::utf8(std::u32string_view(points).substr(0, longest));
}

std::string element_of(xml_node node) {
    std::string element = node.attribute("id").value();
    if (element.empty()) element = node.attribute("name").value();
    return element.empty() ? std::string(local_name(node)) : element;
}

Error Source::refusal(std::string id, xml_node node) const {
    return invalid(std::move(id))
        .with("file", file_)
        .with("line", std::to_string(line_at(node.offset_debug())))
        .with("element", element_of(node));
}

Error Source::in_file(Error error, xml_node node) const {
    int line = 1, column = 1;
    for (const auto& [name, value] : error.args)
        if (name == "line" || name == "column") (name == "line" ? line : column) = std::stoi(value);
    const xml_node holder = child(node, "text");
    if (!holder.first_child()) {  // nothing was written: the element itself is the place
        for (auto& [name, value] : error.args)
            if (name == "line") value = std::to_string(line_at(node.offset_debug()));
        return std::move(error).with("element", element_of(node));
    }
    const std::string_view decoded = holder.text().get();
    const auto skipped = static_cast<std::size_t>(text::trimmed(decoded).data() - decoded.data());
    // Walks the file as the parser did: an entity is one character, a line ends in one.
    auto at = static_cast<std::size_t>(std::max<std::ptrdiff_t>(holder.first_child().offset_debug(), 0));
    const auto step = [&] {
        if (xml_[at] == '&') {
            at = std::min(xml_.find(';', at), xml_.size() - 1);
        } else if (xml_[at] == '\r' && at + 1 < xml_.size() && xml_[at + 1] == '\n') {
            ++at;
        }
        ++at;
        while (at < xml_.size() && (static_cast<unsigned char>(xml_[at]) & 0xC0U) == 0x80U) ++at;
    };
    for (std::size_t n = text::length(decoded.substr(0, skipped)); n > 0 && at < xml_.size(); --n) step();
    for (int l = 1; l < line && at < xml_.size(); ++l)
        at = std::min(xml_.find('\n', at), xml_.size() - 1) + 1;
    for (; column > 1 && at < xml_.size(); --column) step();
    const auto start = at == 0 ? std::string::npos : xml_.rfind('\n', at - 1);
    const auto in_line = start == std::string::npos ? 0 : start + 1;
    for (auto& [name, value] : error.args) {
        if (name == "line") value = std::to_string(line_at(static_cast<std::ptrdiff_t>(at)));
        if (name == "column")
            value = std::to_string(text::length(std::string_view(xml_).substr(in_line, at - in_line)) + 1);
    }
    return std::move(error).with("element", element_of(node));
}

Result<void> Source::parse(Comments comments) {
    const auto kept = comments == Comments::kept ? pugi::parse_comments : 0;
    const auto parsed =
        document_.load_buffer(xml_.data(), xml_.size(), pugi::parse_default | kept, pugi::encoding_utf8);
    if (!parsed)
        return invalid("dmn.malformed")
            .with("file", file_)
            .with("line", std::to_string(line_at(parsed.offset)))
            .with("element", "")
            .with("found", line_from(parsed.offset));
    const xml_node root = definitions();
    if (local_name(root) != "definitions") return refusal("dmn.not_dmn", root);
    const std::string_view name = root.name();
    const auto colon = name.find(':');
    const std::string attribute =
        colon == std::string_view::npos ? "xmlns" : "xmlns:" + std::string(name.substr(0, colon));
    const std::string_view space = root.attribute(attribute.c_str()).value();
    if (std::find(namespaces.begin(), namespaces.end(), space) == namespaces.end())
        return refusal("dmn.unknown_namespace", root).with("namespace", std::string(space));
    return {};
}

}  // namespace ballast::dmn
