#include "dmn/round_trip.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <utility>

#include "base/text.h"
#include "dmn/xml.h"

namespace ballast::dmn {

namespace {

// The versions whose models have the same elements, each with its name for the model, the drawing and the language.
struct Names {
    std::string_view model, drawing, feel;
};
constexpr std::array versions{
    Names{"https://www.omg.org/spec/DMN/20191111/MODEL/", "https://www.omg.org/spec/DMN/20191111/DMNDI/",
          "https://www.omg.org/spec/DMN/20191111/FEEL/"},  // 1.3
    Names{"https://www.omg.org/spec/DMN/20211108/MODEL/", "https://www.omg.org/spec/DMN/20191111/DMNDI/",
          "https://www.omg.org/spec/DMN/20211108/FEEL/"},  // 1.4 draws as 1.3
    Names{"https://www.omg.org/spec/DMN/20230324/MODEL/", "https://www.omg.org/spec/DMN/20230324/DMNDI/",
          "https://www.omg.org/spec/DMN/20230324/FEEL/"},  // 1.5
};

/// One name for what is the same thing in all of them.
std::string_view settled(std::string_view space) {
    for (const auto& one : versions) {
        if (space == one.model) return versions[0].model;
        if (space == one.drawing) return versions[0].drawing;
        if (space == one.feel) return versions[0].feel;
    }
    return space;
}

std::string_view space_of(xml_node node, std::string_view prefix) {
    const std::string declared = prefix.empty() ? "xmlns" : "xmlns:" + std::string(prefix);
    for (; node; node = node.parent())
        if (const auto found = node.attribute(declared.c_str())) return settled(found.value());
    return {};
}

std::string_view prefix_of(std::string_view qualified) {
    const auto colon = qualified.find(':');
    return colon == std::string_view::npos ? std::string_view() : qualified.substr(0, colon);
}

using Name = std::pair<std::string, std::string>;  // namespace, local name
Name name_of(xml_node node) {
    return {std::string(space_of(node, prefix_of(node.name()))), std::string(local_name(node))};
}

/// What DMN says an attribute is when it is not written.
bool is_default(std::string_view element, std::string_view attribute, std::string_view value) {
    struct Row {
        std::string_view element, attribute, value;
    };
    static constexpr std::array rows{
        Row{"decisionTable", "hitPolicy", "UNIQUE"},
        Row{"decisionTable", "preferredOrientation", "Rule-as-Row"},
        Row{"itemDefinition", "isCollection", "false"},
        Row{"itemComponent", "isCollection", "false"},
        Row{"functionDefinition", "kind", "FEEL"},
        Row{"association", "associationDirection", "None"},
        Row{"definitions", "expressionLanguage", versions[0].feel},
        Row{"definitions", "typeLanguage", versions[0].feel},
    };
    return std::ranges::any_of(rows, [&](const Row& row) {
        return row.element == element && row.attribute == attribute && row.value == value;
    });
}

std::map<Name, std::string> attributes_of(xml_node node) {
    std::map<Name, std::string> out;
    for (const auto attribute : node.attributes()) {
        const std::string_view qualified = attribute.name();
        const auto prefix = prefix_of(qualified);
        if (qualified == "xmlns" || prefix == "xmlns") continue;
        const auto value = settled(attribute.value());
        if (is_default(local_name(node), qualified, value)) continue;
        out[{prefix.empty() ? "" : std::string(space_of(node, prefix)),
             std::string(without_prefix(qualified))}] = value;
    }
    return out;
}

bool is_drawing(xml_node node) { return space_of(node, prefix_of(node.name())) == versions[0].drawing; }

std::vector<xml_node> elements_of(xml_node node) {
    std::vector<xml_node> out;
    for (const xml_node one : node.children())
        if (one.type() == pugi::node_element && !is_drawing(one)) out.push_back(one);
    return out;
}

/// Comments have no place of their own among the elements once these are put in order.
std::vector<std::string> comments_of(xml_node node) {
    std::vector<std::string> out;
    for (const xml_node one : node.children())
        if (one.type() == pugi::node_comment) out.emplace_back(text::trimmed(one.value()));
    return out;
}

/// Blank space that only sets elements apart is none.
std::string own_text(xml_node node, bool has_elements) {
    std::string out;
    for (const xml_node one : node.children())
        if (one.type() == pugi::node_pcdata || one.type() == pugi::node_cdata) out += one.value();
    return has_elements ? std::string(text::trimmed(out)) : out;
}

/// Where the order of all children means something: lists of expressions, and what others than DMN define.
bool in_order(xml_node node) {
    const auto kind = local_name(node);
    return kind == "list" || kind == "row" || kind == "extensionElements" ||
           space_of(node, prefix_of(node.name())) != versions[0].model;
}

/// Enough of a comment to find it by: its first line.
std::string beginning_of(const std::string& comment) {
    const auto end = comment.find('\n');
    return end == std::string::npos ? comment : comment.substr(0, end) + " …";
}

std::string called(xml_node node) {
    std::string out(local_name(node));
    for (const char* attribute : {"name", "label", "href", "id"})
        if (const auto given = node.attribute(attribute)) return out + " “" + given.value() + "”";
    return out;
}

class Comparison {
public:
    Comparison(const Source& before, Compared compared) : before_(before), compared_(compared) {}

    Result<void> same(xml_node was, xml_node is) {
        if (name_of(was) != name_of(is))
            return difference("dmn.altered", was, "element").with("was", called(was)).with("is", called(is));
        if (compared_ == Compared::outside_tables && local_name(was) == "decisionTable") return {};
        TRY(same_attributes(was, is));
        TRY(same_comments(was, is));
        const auto old_children = elements_of(was), new_children = elements_of(is);
        const auto old_text = own_text(was, !old_children.empty()),
                   new_text = own_text(is, !new_children.empty());
        // An empty <text/> and one of blank space say nothing either.
        if (old_text != new_text &&
            !(text::trimmed(old_text).empty() && text::trimmed(new_text).empty()))
            return difference("dmn.altered", was, "text").with("was", old_text).with("is", new_text);
        if (in_order(was)) return same_sequence(was, old_children, new_children);
        std::map<Name, std::pair<std::vector<xml_node>, std::vector<xml_node>>> by_kind;
        std::vector<Name> kinds;  // as they come in the file, so that the first difference is the first there
        for (const auto& one : old_children) {
            auto& group = by_kind[name_of(one)];
            if (group.first.empty()) kinds.push_back(name_of(one));
            group.first.push_back(one);
        }
        for (const auto& one : new_children) {
            auto& group = by_kind[name_of(one)];
            if (group.first.empty() && group.second.empty()) kinds.push_back(name_of(one));
            group.second.push_back(one);
        }
        for (const auto& kind : kinds)
            TRY(same_sequence(was, by_kind[kind].first, by_kind[kind].second));
        return {};
    }

private:
    std::string place() const {
        std::string out = "definitions";
        for (std::size_t i = 0; i < way_.size(); ++i) out = i == 0 ? way_[0] : out + " / " + way_[i];
        return out;
    }
    Error difference(std::string id, xml_node node, std::string what) const {
        return before_.refusal(std::move(id), node).with("place", place()).with("what", std::move(what));
    }

    Result<void> same_attributes(xml_node was, xml_node is) {
        const auto old_ones = attributes_of(was), new_ones = attributes_of(is);
        for (const auto& [name, value] : old_ones) {
            const auto found = new_ones.find(name);
            if (found == new_ones.end()) return difference("dmn.lost", was, name.second);
            if (found->second != value)
                return difference("dmn.altered", was, name.second).with("was", value).with("is", found->second);
        }
        for (const auto& [name, value] : new_ones)
            if (!old_ones.contains(name)) return difference("dmn.added", was, name.second);
        return {};
    }

    Result<void> same_comments(xml_node was, xml_node is) {
        const auto old_ones = comments_of(was), new_ones = comments_of(is);
        for (const auto& one : old_ones)
            if (std::ranges::find(new_ones, one) == new_ones.end())
                return difference("dmn.lost", was, "<!-- " + beginning_of(one) + " -->");
        return {};
    }

    Result<void> same_sequence(xml_node parent, const std::vector<xml_node>& was,
                               const std::vector<xml_node>& is) {
        for (std::size_t i = 0; i < was.size(); ++i) {
            if (i >= is.size()) return difference("dmn.lost", was[i], called(was[i]));
            // A number where neighbours of one kind are told apart by their place alone.
            way_.push_back(was.size() > 1 && !was[i].attribute("name") && !was[i].attribute("label")
                               ? std::string(local_name(was[i])) + " " + std::to_string(i + 1)
                               : called(was[i]));
            TRY(same(was[i], is[i]));
            way_.pop_back();
        }
        if (is.size() > was.size()) return difference("dmn.added", parent, called(is[was.size()]));
        return {};
    }

    const Source& before_;
    Compared compared_;
    std::vector<std::string> way_;
};

/// Where the start tag of the root ends; what stands before it in the file is left as it is.
std::size_t end_of_root(std::string_view xml) {
    const auto name = xml.find("definitions");
    const auto end = name == std::string_view::npos ? name : xml.find('>', name);
    return end == std::string_view::npos ? 0 : end;
}

const Names* version_of(std::string_view xml) {
    const auto root = xml.substr(0, end_of_root(xml));
    for (const auto& one : versions)
        if (root.find(one.model) != std::string_view::npos) return &one;
    return nullptr;
}

std::string renamed(std::string xml, const Names& from, const Names& to) {
    auto root = xml.substr(0, end_of_root(xml));
    const std::size_t length = root.size();
    const auto replace = [&](std::string_view old_name, std::string_view new_name) {
        for (const char quote : {'"', '\''}) {
            const std::string old_quoted = quote + std::string(old_name) + quote;
            const std::string new_quoted = quote + std::string(new_name) + quote;
            for (auto at = root.find(old_quoted); at != std::string::npos;
                 at = root.find(old_quoted, at + new_quoted.size()))
                root.replace(at, old_quoted.size(), new_quoted);
        }
    };
    replace(from.model, to.model);
    replace(from.drawing, to.drawing);
    replace(from.feel, to.feel);
    return root + xml.substr(length);
}

}  // namespace

Result<void> same_meaning(std::string before, std::string after, std::string file, Compared compared) {
    Source was(std::move(before), file), is(std::move(after), file);
    TRY(was.parse(Source::Comments::kept));
    TRY(is.parse(Source::Comments::kept));
    return Comparison(was, compared).same(was.definitions(), is.definitions());
}

std::string with_namespaces_of(std::string_view original, std::string edited) {
    const auto* to = version_of(original);
    const auto* from = version_of(edited);
    return to && from && to != from ? renamed(std::move(edited), *from, *to) : edited;
}

std::string as_dmn_13(std::string model) {
    const auto* from = version_of(model);
    return from && from != &versions[0] ? renamed(std::move(model), *from, versions[0]) : model;
}

}  // namespace ballast::dmn
