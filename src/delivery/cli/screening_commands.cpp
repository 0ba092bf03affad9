#include <array>
#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "screening/screening.h"

namespace ballast::cli {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::array screen_options{Option{.name = "as-of", .help = "cli.screen.as_of"}};

Result<Output> screen(Invocation& in) {
    const auto& context = *TRY(in.context());
    Date as_of = context.clock.today();
    if (in.has("as-of")) {
        const auto day = Date::parse(in.text("as-of"));
        if (!day) return invalid("cli.bad_option").with("name", "as-of").with("value", in.text("as-of"));
        as_of = *day;
    }
    const auto rules =
        TRY(screening::Rules::load(context.settings.area, as_of, TRY(context.packs.now())));
    const auto run = TRY(screening::screen(
        context.database, context.vault, auth::system_actor("cli"), rules, {context.settings.area, {}, "all"},
        context.clock.now(), [&](std::int64_t done, std::int64_t all) {
            in.tell(in.say("cli.screen.progress",
                           {{"done", std::to_string(done)}, {"all", std::to_string(all)}}));
            return true;
        }));
    TRY(context.database.write(
        [&](db::Tx& tx) { return screening::note_end(tx, run.id, context.clock.now()); }));
    Output out;
    Json items = Json::array();
    for (const auto& title : rules.titles()) {
        const auto found = run.by_rule.find(title.rule);
        if (found == run.by_rule.end()) continue;
        const auto& [level, raised, merged, suppressed] = found->second;
        const auto& name = in.language() == words::Language::en ? title.en : title.zh;
        items.push_back({{"rule", title.rule},
                         {"title", name},
                         {"level", screening::name_of(level)},
                         {"raised", raised},
                         {"merged", merged},
                         {"suppressed", suppressed}});
        out.text += in.say("cli.screen.line",
                           {{"rule", title.rule},
                            {"title", name},
                            {"level", in.say("screening.level." + std::string(screening::name_of(level)))},
                            {"raised", std::to_string(raised)},
                            {"merged", std::to_string(merged)},
                            {"suppressed", std::to_string(suppressed)}}) +
                    "\n";
    }
    out.text += in.say("cli.screen.done", {{"households", std::to_string(run.households)},
                                           {"raised", std::to_string(run.raised)},
                                           {"merged", std::to_string(run.merged)},
                                           {"suppressed", std::to_string(run.suppressed)},
                                           {"cleared", std::to_string(run.cleared)}});
    out.json = Json{
        {"run", std::to_string(run.id.number())},
        {"as_of", run.as_of.iso()},
        {"households", run.households},
        {"raised", run.raised},
        {"merged", run.merged},
        {"suppressed", run.suppressed},
        {"cleared", run.cleared},
        {"rules",
         items}}.dump();
    return out;
}

constexpr std::array table{Command{"screen", "", "cli.screen", screen_options, screen}};

}  // namespace

const Commands screening_commands = table;

}  // namespace ballast::cli
