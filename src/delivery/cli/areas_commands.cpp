#include <array>
#include <nlohmann/json.hpp>

#include "areas/areas.h"
#include "cli/commands.h"

namespace ballast::cli {
namespace {

constexpr std::array find_options{
    Option{.name = "text", .help = "cli.areas.find.text", .positional = true, .required = true},
    Option{.name = "within", .help = "cli.areas.find.within"},
    Option{.name = "limit", .help = "cli.areas.find.limit"},
};

Result<Output> find(Invocation& in) {
    const AreaCode within = TRY(in.area("within")).value_or(AreaCode());
    const auto limit = TRY(in.number("limit")).value_or(20);
    if (limit < 1 || limit > 1000)
        return invalid("cli.bad_option").with("name", "limit").with("value", in.text("limit"));
    Output out;
    auto items = nlohmann::ordered_json::array();
    for (const auto& hit : areas::Division::shipped().search(in.text("text"), within, std::nullopt,
                                                             static_cast<std::size_t>(limit))) {
        out.text += hit.area.code.digits() + "  " + hit.path + " " + std::string(hit.area.name) + "\n";
        items.push_back({{"code", hit.area.code.digits()}, {"name", hit.area.name}, {"path", hit.path}});
    }
    out.json = nlohmann::ordered_json{{"items", items}}.dump();
    if (items.empty()) return not_found("cli.areas.find.nothing").with("text", in.text("text"));
    return out;
}

constexpr std::array table{
    Command{"areas", "find", "cli.areas.find", find_options, find, Command::Data::none},
};

}  // namespace

const Commands areas_commands = table;

}  // namespace ballast::cli
