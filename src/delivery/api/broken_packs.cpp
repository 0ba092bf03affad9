#include "api/broken_packs.h"

#include <algorithm>
#include <array>
#include <filesystem>

#include "context/log.h"
#include "indicators/catalogue.h"
#include "indicators/county_lists.h"
#include "packs/areas_named.h"
#include "programmes/read_pack.h"
#include "returns/form.h"
#include "rules/versions.h"

namespace ballast::api {
namespace {

namespace fs = std::filesystem;
using Broken = std::map<std::string, std::vector<programmes::Finding>>;

/// Packs that a module asks for by their name; any other is read for a file that it has.
constexpr std::array by_name{"employment", "feeds", "funds", "insurance", "loans", "surveillance", "tasks"};
constexpr std::array read_files{"programme.toml", "indicators.toml", "county_lists.toml", "returns.toml"};

void add(Broken& out, programmes::Finding finding) {
    out[finding.file.substr(0, finding.file.find('/'))].push_back(std::move(finding));
}

/// A folder that no module reads: its author waits for something that will never come.
void read_by_nobody(const fs::path& folder, Broken& out) {
    const auto name = folder.filename().string();
    const auto has = [&](const char* file) { return fs::exists(folder / file); };
    if (!has("pack.toml") || std::ranges::any_of(read_files, has)) return;
    if (std::ranges::find(by_name, name) != by_name.end() ||
        std::ranges::find(rules::rule_sets, name) != rules::rule_sets.end())
        return;
    const auto file = name + "/programme.toml";
    add(out, {file, 1, invalid("programmes.pack_no_file").with("file", file)});
}

/// Parameters of a module; a programme's own reading has looked at them already.
void parameters(const fs::path& folder, Broken& out) {
    const auto name = folder.filename().string();
    if (!fs::exists(folder / "pack.toml") || fs::exists(folder / "programme.toml")) return;
    auto pack = packs::load(name, folder.parent_path());
    if (!pack) add(out, programmes::finding_of(std::move(pack).error(), name + "/pack.toml"));
    const auto files = packs::all_files(folder);
    if (!files) return;
    for (const auto& named : packs::areas_named(name, *files))
        if (named.area != AreaCode() && !areas::Division::shipped().exists(named.area))
            add(out, programmes::finding_of(packs::unknown_area(named), named.file));
}

}  // namespace

Broken broken_packs(const delivery::Context& context) {
    const auto root = context.paths.root + "/packs";
    Broken out;
    auto shelf = programmes::shelf(root);
    for (const auto& one : indicators::findings(root, programmes::registers(shelf))) add(out, {one.file, one.line, one.what});
    for (auto& reading : shelf)
        for (auto& finding : reading.findings) add(out, std::move(finding));
    for (const auto& one : indicators::county_lists(root).findings) add(out, {one.file, one.line, one.what});
    for (const auto& one : returns::catalogue(root, *indicators::catalogue(root))->findings) add(out, {one.file, one.line, one.what});
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(root, ignored)) {
        if (!entry.is_directory(ignored)) continue;
        const auto name = entry.path().filename().string();
        read_by_nobody(entry.path(), out);
        // The folder is a door for these: what did not come through it is known, with the reasons.
        if (std::ranges::find(rules::rule_sets, name) == rules::rule_sets.end())
            parameters(entry.path(), out);
        else
            for (auto& why : context.packs.refused(name)) add(out, programmes::finding_of(std::move(why), name + "/pack.toml"));
    }
    return out;
}

void log_broken_packs(const delivery::Context& context) {
    for (const auto& [pack, findings] : broken_packs(context))
        for (const auto& one : findings)
            delivery::log_error("packs/" + pack + " has a fault: " + one.file + ":" + std::to_string(one.line) + " " + one.what.id);
}

}  // namespace ballast::api
