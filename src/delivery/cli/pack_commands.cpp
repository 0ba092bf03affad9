#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "areas/areas.h"
#include "base/clock.h"
#include "cli/commands.h"
#include "feeds/contract.h"
#include "indicators/catalogue.h"
#include "indicators/county_lists.h"
#include "insurance/check_product.h"
#include "pack_check/pack_check.h"
#include "packs/areas_named.h"
#include "programmes/check_pack.h"
#include "returns/form.h"

namespace ballast::cli {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr std::array check_options{Option{
    .name = "folders", .help = "cli.pack.check.folders", .positional = true, .required = true, .many = true}};

/// Pack "feeds" holds a contract in every other file.
void check_contracts(const fs::path& folder, pack_check::Report& report) {
    std::error_code failed;
    for (const auto& entry : fs::directory_iterator(folder, failed)) {
        const auto name = entry.path().filename().string();
        if (entry.path().extension() != ".toml" || name == "pack.toml" || name == "parameters.toml") continue;
        std::ifstream stream(entry.path(), std::ios::binary);
        const std::string bytes(std::istreambuf_iterator<char>(stream), {});
        if (auto contract = feeds::parse_contract(bytes, "feeds/" + name); !contract)
            report.findings.push_back(std::move(contract).error());
    }
}

/// The codes of areas that there are not; of a programme's pack its own module says so.
void unknown_areas(const fs::path& folder, pack_check::Report& report) {
    const auto files = packs::all_files(folder);
    if (!files) return;
    for (const auto& named : packs::areas_named(folder.filename().string(), *files))
        if (named.area != AreaCode() && !areas::Division::shipped().exists(named.area))
            report.findings.push_back(packs::unknown_area(named));
}

/// Figures, lists of counties and forms that the pack declares: read by the modules that carry them.
std::vector<indicators::Finding> figures_and_forms(const fs::path& folder) {
    const auto beside = fs::absolute(folder).parent_path();
    const auto registers = programmes::registers(programmes::shelf(beside));
    auto out = indicators::check_pack(folder, registers);
    std::ranges::move(indicators::check_county_lists(folder), std::back_inserter(out));
    if (!fs::exists(folder / "returns.toml")) return out;
    std::ranges::move(returns::check_pack(folder, *indicators::catalogue(beside), registers), std::back_inserter(out));
    return out;
}

/// Each with its place; added to the text and to the list.
template <class Finding>
void say_all(const Invocation& in, const std::vector<Finding>& found, Output& out, Json& findings) {
    for (const auto& finding : found) {
        const auto said = words::say(finding.what, in.language());
        // Some sentences begin with their place.
        out.text += (said.starts_with(finding.file) ? "" : finding.file + ":" + std::to_string(finding.line) + ": ") + said + "\n";
        findings.push_back(
            {{"id", finding.what.id}, {"says", said}, {"file", finding.file}, {"line", finding.line}});
    }
}

/// A pack of a programme is read by the module that carries programmes.
void check_programme(const Invocation& in, const fs::path& folder, Output& out, Json& packs) {
    Json findings = Json::array();
    say_all(in, programmes::check_pack(folder), out, findings);
    say_all(in, figures_and_forms(folder), out, findings);
    const auto name = folder.filename().string();
    out.text +=
        in.say("cli.pack.check.programme", {{"pack", name}, {"found", std::to_string(findings.size())}}) +
        "\n";
    if (!findings.empty()) out.exit_code = exit_code_of(ErrorKind::invalid);
    packs.push_back({{"pack", name}, {"findings", std::move(findings)}});
}

Result<Output> check(Invocation& in) {
    Output out;
    Json packs = Json::array();
    for (const std::string& given : in.all("folders")) {
        fs::path folder(given);
        if (!folder.has_filename()) folder = folder.parent_path();
        // A name alone means the folder where `pack new` puts it.
        if (!fs::exists(folder) && !folder.has_parent_path() && fs::exists("packs" / folder)) folder = "packs" / folder;
        if (fs::exists(folder / "programme.toml")) {
            check_programme(in, folder, out, packs);
            continue;
        }
        auto report = pack_check::check(folder);
        unknown_areas(folder, report);
        if (folder.filename() == "feeds") check_contracts(folder, report);
        if (folder.filename() == "insurance")
            std::ranges::move(insurance::check_products(folder), std::back_inserter(report.findings));
        Json findings = Json::array();
        for (const auto& finding : report.findings) {
            const auto said = words::say(finding, in.language());
            Json one{{"id", finding.id}, {"says", said}};
            std::string place;
            for (const auto& [name, value] : finding.args)
                if (name == "file" || name == "line") one[name] = value, place += value + ":";
            // A sentence that does not name its file is told with it.
            const bool named = one.contains("file") && said.find(one["file"].get<std::string>()) != std::string::npos;
            out.text += (named || place.empty() ? said : place + " " + said) + "\n";
            findings.push_back(std::move(one));
        }
        say_all(in, figures_and_forms(folder), out, findings);
        out.text += in.say("cli.pack.check.done", {{"pack", folder.filename().string()},
                                                   {"found", std::to_string(findings.size())},
                                                   {"parameters", std::to_string(report.parameters)},
                                                   {"tables", std::to_string(report.tables)},
                                                   {"rules", std::to_string(report.rules)},
                                                   {"cases", std::to_string(report.cases)},
                                                   {"not_judged", std::to_string(report.not_judged)}}) +
                    "\n";
        if (!findings.empty()) out.exit_code = exit_code_of(ErrorKind::invalid);
        packs.push_back({{"pack", folder.filename().string()},
                         {"parameters", report.parameters},
                         {"tables", report.tables},
                         {"rules", report.rules},
                         {"cases", report.cases},
                         {"not_judged", report.not_judged},
                         {"findings", std::move(findings)}});
    }
    out.text.pop_back();
    out.json = Json{{"packs", packs}}.dump();
    return out;
}

constexpr std::array new_options{
    Option{.name = "name", .help = "cli.pack.new.name", .positional = true, .required = true},
    Option{.name = "in", .help = "cli.pack.new.in"}};

Result<Output> begin(Invocation& in) {
    const fs::path packs = in.has("in") ? in.text("in") : "packs";
    const auto name = in.text("name");
    TRY(programmes::new_pack(packs, name, system_clock().today()));
    const auto folder = (packs / name).string();
    return Output{.text = in.say("cli.pack.new.done", {{"folder", folder}}),
                  .json = Json{{"folder", folder}}.dump()};
}

constexpr std::array table{
    Command{"pack", "check", "cli.pack.check", check_options, check, Command::Data::none},
    Command{"pack", "new", "cli.pack.new", new_options, begin, Command::Data::none}};

}  // namespace

const Commands pack_commands = table;

}  // namespace ballast::cli
