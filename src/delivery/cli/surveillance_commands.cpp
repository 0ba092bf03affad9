#include <array>
#include <nlohmann/json.hpp>

#include "cli/surveillance_commands.h"
#include "surveillance/run.h"

namespace ballast::cli {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::array run_options{Option{.name = "as-of", .help = "cli.screen.as_of"}};

/// Evaluates the alarms of every county that has a register or prices.
Result<Output> run_alarms(Invocation& in) {
    const auto& context = *TRY(in.context());
    Date as_of = context.clock.today();
    if (in.has("as-of")) {
        const auto day = Date::parse(in.text("as-of"));
        if (!day) return invalid("cli.bad_option").with("name", "as-of").with("value", in.text("as-of"));
        as_of = *day;
    }
    const auto actor = auth::system_actor("cli");
    const surveillance::Desk desk{context.vault, context.division, actor, as_of, context.clock.now()};
    Json items = Json::array();
    Output out;
    for (const auto county :
         TRY(context.database.read([&](db::Tx& tx) { return surveillance::counties(tx, context.settings.area); }))) {
        const auto limits = TRY(surveillance::limits_on(context.paths.root + "/packs", county, as_of));
        const auto ran = TRY(surveillance::run(context.database, desk, county, limits));
        items.push_back({{"county", county.short_digits()}, {"raised", ran.raised}, {"joined", ran.joined}, {"lapsed", ran.lapsed}});
        out.text += in.say("cli.surveillance.line", {{"county", county.short_digits()},
                                                     {"raised", std::to_string(ran.raised)},
                                                     {"joined", std::to_string(ran.joined)},
                                                     {"lapsed", std::to_string(ran.lapsed)}}) +
                    "\n";
    }
    if (items.empty()) out.text = in.say("cli.surveillance.nothing");
    out.json = Json{{"as_of", as_of.iso()}, {"counties", items}}.dump();
    return out;
}

constexpr std::array table{Command{"surveillance", "run", "cli.surveillance.run", run_options, run_alarms}};

}  // namespace

const Commands surveillance_commands = table;

}  // namespace ballast::cli
