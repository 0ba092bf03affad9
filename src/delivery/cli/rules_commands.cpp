#include <array>
#include <fstream>
#include <nlohmann/json.hpp>

#include "base/clock.h"
#include "cli/commands.h"
#include "dmn_sheets/model_file.h"
#include "dmn_sheets/sheet.h"
#include "dmn_tck/kit.h"
#include "packs/packs.h"

namespace ballast::cli {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::array tck_options{
    Option{.name = "folder", .help = "cli.rules.tck.folder", .positional = true, .required = true},
    Option{.name = "report", .help = "cli.rules.tck.report"}};

Json counts(int passed, int failed, int unsupported) {
    return {{"passed", passed}, {"failed", failed}, {"unsupported", unsupported}};
}

Result<Output> tck(Invocation& in) {
    using dmn_tck::Verdict;
    const auto report = TRY(dmn_tck::run(in.text("folder"), system_clock().today()));
    const auto of = [](const auto& counted) {
        return counts(counted.count(Verdict::passed), counted.count(Verdict::failed),
                      counted.count(Verdict::unsupported));
    };
    if (in.has("report")) {
        std::ofstream file(in.text("report"), std::ios::binary);
        file << report.text();
        if (!file.flush()) return invalid("cli.cannot_write").with("file", in.text("report"));
    }
    Output out;
    Json folders = Json::array();
    for (const auto& folder : report.folders) {
        Json row = of(folder);
        row["level"] = folder.level;
        row["folder"] = folder.name;
        Json open = Json::array();
        out.text += in.say("cli.rules.tck.line",
                           {{"folder", folder.level + "/" + folder.name},
                            {"passed", std::to_string(folder.count(Verdict::passed))},
                            {"failed", std::to_string(folder.count(Verdict::failed))},
                            {"unsupported", std::to_string(folder.count(Verdict::unsupported))}}) +
                    "\n";
        for (const auto& one : folder.cases) {
            if (one.verdict == Verdict::passed) continue;
            open.push_back({{"file", one.file},
                            {"case", one.id},
                            {"unsupported", one.verdict == Verdict::unsupported},
                            {"reason", one.reason}});
            out.text += "    " + one.file + " " + one.id + "\n";
        }
        row["not_passed"] = std::move(open);
        folders.push_back(std::move(row));
    }
    out.text += in.say("cli.rules.tck.done", {{"passed", std::to_string(report.count(Verdict::passed))},
                                              {"cases", std::to_string(report.cases())}});
    Json all = of(report);
    all["cases"] = report.cases();
    all["folders"] = std::move(folders);
    out.json = all.dump();
    return out;
}

constexpr std::array evaluate_options{
    Option{.name = "model", .help = "cli.rules.evaluate.model", .positional = true, .required = true},
    Option{.name = "decision", .help = "cli.rules.evaluate.decision", .required = true},
    Option{.name = "input", .help = "cli.rules.evaluate.input", .required = true},
    Option{.name = "output", .help = "cli.rules.evaluate.output", .required = true},
    Option{.name = "as-of", .help = "cli.rules.evaluate.as_of"},
    Option{.name = "area", .help = "cli.rules.evaluate.area"},
    Option{.name = "explain", .help = "cli.rules.evaluate.explain", .flag = true}};

using Parameters = std::function<Result<std::optional<dmn_sheets::Given>>(std::string_view)>;
/// The parameters of the pack in which the model lies, as they hold on the day in the area; none for a model
/// that lies in no pack.
Result<Parameters> parameters_beside(const std::filesystem::path& model, Date on, AreaCode area,
                                     words::Language language) {
    const auto folder = std::filesystem::absolute(model).parent_path();
    std::error_code failed;
    if (!std::filesystem::exists(folder / "pack.toml", failed)) return Parameters();
    const auto pack = std::make_shared<const packs::Pack>(
        TRY(packs::load(folder.filename().string(), folder.parent_path())));
    return Parameters(
        [pack, on, area, language](std::string_view input) -> Result<std::optional<dmn_sheets::Given>> {
            if (!pack->parameter(input)) return std::optional<dmn_sheets::Given>();
            const auto bound = TRY(pack->bind(input, on, area));
            const auto value = bound.value->in_rules().plain();
            return std::optional(dmn_sheets::Given{*feel::Number::parse(value),
                                                   words::say("cli.rules.evaluate.parameter", language,
                                                              {{"name", std::string(input)},
                                                               {"title", bound.parameter->title.zh},
                                                               {"title.en", bound.parameter->title.en},
                                                               {"value", value},
                                                               {"from", bound.value->from.iso()},
                                                               {"authority", bound.value->authority}})});
        });
}

Result<Output> evaluate(Invocation& in) {
    Date as_of = system_clock().today();
    if (in.has("as-of")) {
        const auto day = Date::parse(in.text("as-of"));
        if (!day) return invalid("cli.bad_option").with("name", "as-of").with("value", in.text("as-of"));
        as_of = *day;
    }
    const auto area = in.has("area") ? TRY(AreaCode::parse(in.text("area"))) : AreaCode();
    const auto model = TRY(dmn_sheets::load_model(in.text("model")));
    const dmn_sheets::Task task{
        in.text("decision"), in.text("input"),
        in.text("output"),   in.has("explain"),
        in.language(),       TRY(parameters_beside(in.text("model"), as_of, area, in.language()))};
    const auto counts = TRY(dmn_sheets::evaluate(model, task, {as_of}));
    Output out;
    Json rules = Json::array();
    for (std::size_t i = 0; i < counts.rules.size(); ++i) {
        rules.push_back({{"rule", i + 1}, {"matched", counts.rules[i]}});
        out.text += in.say("cli.rules.evaluate.rule",
                           {{"rule", std::to_string(i + 1)}, {"matched", std::to_string(counts.rules[i])}}) +
                    "\n";
    }
    out.text += in.say("cli.rules.evaluate.done", {{"rows", std::to_string(counts.rows)},
                                                   {"nulls", std::to_string(counts.nulls)},
                                                   {"output", task.output}});
    out.json = Json{{"rows", counts.rows}, {"nulls", counts.nulls}, {"rules", rules}}.dump();
    return out;
}

constexpr std::array table{
    Command{"rules", "evaluate", "cli.rules.evaluate", evaluate_options, evaluate, Command::Data::none},
    Command{"rules", "tck", "cli.rules.tck", tck_options, tck, Command::Data::none}};

}  // namespace

const Commands rules_commands = table;

}  // namespace ballast::cli
