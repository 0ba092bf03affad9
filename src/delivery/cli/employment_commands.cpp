#include <array>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "employment/sheets.h"

namespace ballast::cli {
namespace {

using Json = nlohmann::ordered_json;
using Take = Result<employment::SheetTaken>(db::Tx&, const employment::Desk&, const std::string& path,
                                            const std::string& file);

Output told(const Invocation& in, const employment::SheetTaken& taken) {
    Output out;
    Json faults = Json::array();
    for (const auto& fault : taken.faults) {
        const auto reason = words::say(fault.what, in.language());
        out.text +=
            in.say("cli.employment.fault", {{"row", std::to_string(fault.row)}, {"reason", reason}}) + "\n";
        faults.push_back({{"row", fault.row}, {"id", fault.what.id}, {"message", reason}});
    }
    out.text += in.say(taken.accepted() ? "cli.employment.taken" : "cli.employment.refused",
                       {{"rows", std::to_string(taken.rows)},
                        {"changed", std::to_string(taken.changed)},
                        {"faults", std::to_string(taken.faults.size())}});
    out.json = Json{
        {"accepted", taken.accepted()},
        {"rows", taken.rows},
        {"changed", taken.changed},
        {"faults",
         faults}}.dump();
    out.exit_code = taken.accepted() ? 0 : exit_code_of(ErrorKind::invalid);
    return out;
}

template <Take take>
Result<Output> import(Invocation& in) {
    const auto& context = *TRY(in.context());
    const auto today = context.clock.today();
    const auto actor = auth::system_actor("cli");
    const employment::Desk desk{
        context.vault,
        context.division,
        actor,
        today,
        context.clock.now(),
        TRY(employment::terms_on(TRY(context.packs.now()), context.settings.area, today))};
    const std::filesystem::path path = in.text("file");
    return told(in, TRY(context.database.write([&](db::Tx& tx) {
                    return take(tx, desk, path.string(), path.filename().string());
                })));
}

constexpr std::array options{
    Option{.name = "file", .help = "cli.employment.file", .positional = true, .required = true}};

constexpr std::array table{
    Command{"employment", "posts", "cli.employment.posts", options, import <employment::take_posts>},
    Command{"employment", "wishes", "cli.employment.wishes", options, import <employment::take_wishes>}};

}  // namespace

const Commands employment_commands = table;

}  // namespace ballast::cli
