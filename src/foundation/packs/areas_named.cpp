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
    /// Of every table, however deep: its own "area", and each of its "areas".
    void in(const toml::table& table) {
        for (const auto& [name, node] : table) {
            if (name == "area")
                note(node, "area");
            else if (const auto* inner = node.as_table())
                in(*inner);
            else if (const auto* list = node.as_array())
                for (const auto& one : *list)
                    if (const auto* row = one.as_table())
                        in(*row);
                    else if (name == "areas")
                        note(one, "areas");
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
        if (!file.name.ends_with(".toml")) continue;
        const auto name = std::string(pack) + "/" + file.name;
        if (const auto root = toml_table(file.bytes, name)) Finder(name, out).in(*root);
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
