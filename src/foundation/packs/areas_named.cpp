#include "packs/areas_named.h"

#include "base/toml.h"

namespace ballast::packs {
namespace {

class Finder {
public:
    Finder(std::string file, std::vector<NamedArea>& found) : file_(std::move(file)), found_(found) {}

    void note(const toml::node& at, std::string key) {
        const auto digits = at.value<std::string>();
        const auto area = AreaCode::parse(digits.value_or("?"));
        if (area) found_.push_back({*area, std::move(key), file_, std::to_string(at.source().begin.line)});
    }
    void in_list(const toml::node* list) {
        const auto* areas = list ? list->as_array() : nullptr;
        if (!areas) return;
        for (const auto& area : *areas) note(area, "areas");
    }
    /// Of tables like [fee_least] and [targets.trained]: the area of each row of their values.
    void in_values(const toml::table& of) {
        for (const auto& [name, node] : of) {
            const auto* table = node.as_table();
            const auto* rows = table ? (*table)["values"].as_array() : nullptr;
            if (!rows) continue;
            for (const auto& row : *rows)
                if (const auto* value = row.as_table())
                    if (const auto* area = value->get("area")) note(*area, "area");
        }
    }

private:
    std::string file_;
    std::vector<NamedArea>& found_;
};

}  // namespace

std::vector<NamedArea> areas_named(std::string_view pack, const std::vector<File>& files) {
    std::vector<NamedArea> out;
    for (const auto& file : files) {
        const bool head = file.name == "pack.toml", targets = file.name == "indicators.toml";
        if (!head && !targets && file.name != "parameters.toml") continue;
        const auto name = std::string(pack) + "/" + file.name;
        const auto root = toml_table(file.bytes, name);
        if (!root) continue;
        Finder finder(name, out);
        if (head)
            finder.in_list(root->get("areas"));
        else if (!targets)
            finder.in_values(*root);
        else if (const auto* of = (*root)["targets"].as_table())
            finder.in_values(*of);
    }
    return out;
}

Error unknown_area(const NamedArea& named) {
    return invalid("packs.unknown_area")
        .with("file", named.file)
        .with("line", named.line)
        .with("key", named.key)
        .with("area", named.area.digits());
}

}  // namespace ballast::packs
