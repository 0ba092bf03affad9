#include "programmes/read_pack.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <initializer_list>
#include <set>
#include <tuple>

#include "areas/areas.h"
#include "base/toml.h"
#include "embedded/programme_files.h"
#include "packs/areas_named.h"
#include "programmes/hold_together.h"
#include "programmes/pack_toml.h"

namespace ballast::programmes {

/// Indicators, figures, matrices and outlines (read_figures.cpp).
void read_figures(PackToml& in, const toml::table& root);
namespace {

namespace fs = std::filesystem;

/// Reads programme.toml, notes all that is wrong, and goes on.
class Reader : PackToml {
public:
    using PackToml::PackToml;

    void read(const toml::table& root) {
        known(root, {"for", "registers", "activities", "contracts", "projects", "fee", "indicators", "figures", "matrices",
                     "outlines"});
        for (const auto& word : texts(root, "for"))
            if (const auto about = about_named(word))
                out_.whom.push_back(*about);
            else
                refer(root, "for", word);
        if (out_.whom.empty()) missing(root, "for", "[\"household\"]");
        each(root, "registers", [&](const std::string& name, const toml::table& t) { read_register(name, t); });
        each(root, "activities", [&](const std::string& name, const toml::table& t) { read_activity(name, t); });
        each(root, "contracts", [&](const std::string& name, const toml::table& t) {
            known(t, {"title"});
            out_.contracts.push_back({name, title(t)});
        });
        each(root, "projects", [&](const std::string& name, const toml::table& t) {
            known(t, {"title", "sources"});
            out_.projects.push_back({name, title(t), choices(t, "sources")});
            if (out_.projects.back().sources.empty()) missing(t, "sources", "[{ value, zh, en }]");
        });
        if (const auto* fee = root["fee"].as_table()) read_fee(*fee);
        read_figures(*this, root);
    }

private:
    void read_field(const toml::table& t, Register& into) {
        known(t, {"name", "title", "type", "required", "sealed", "unit", "least", "most", "choices", "not_future"});
        Field field;
        field.name = text(t, "name");
        field.title = title(t);
        const auto type = text(t, "type");
        if (const auto known_type = type_named(type))
            field.type = *known_type;
        else if (!type.empty())
            refer(t, "type", type);
        field.required = flag(t, "required");
        field.sealed = flag(t, "sealed") || field.type == Type::phone;
        field.not_future = flag(t, "not_future");
        field.least = number(t, "least");
        field.most = number(t, "most");
        field.choices = choices(t, "choices");
        field.unit = maybe_text(t, "unit");
        const bool counts = field.type == Type::integer || field.type == Type::decimal;
        if (field.type == Type::money && field.unit.empty()) field.unit = "元";
        if (counts && field.unit.empty()) missing(t, "unit", "户, 人, 吨 ...");
        if (!field.unit.empty() && !known_unit(field.unit))
            note(*t.get("unit"), invalid("programmes.pack_unit")
                                     .with("unit", field.unit)
                                     .with("known", fmt::format("{}", fmt::join(units(), " "))));
        if ((field.type == Type::choice) == field.choices.empty()) missing(t, "choices", "[{ value, zh, en }]");
        if (field.least && field.most && *field.most < *field.least) missing(t, "most", "most >= least");
        if (into.field(field.name)) note(t, invalid("programmes.pack_double").with("name", field.name));
        into.fields.push_back(std::move(field));
    }

    void read_steps(const toml::table& t, Register& into) {
        for (const auto& state : choices(t, "states")) into.states.push_back({state.value, state.title});
        const auto* rows = t["steps"].as_array();
        if (!rows) {
            if (!into.states.empty()) missing(t, "steps", "[[registers.<name>.steps]]");
            return;
        }
        for (const auto& node : *rows) {
            const auto* row = node.as_table();
            if (!row) continue;
            known(*row, {"action", "title", "from", "to", "by", "needs", "asks", "requires", "passed", "quota", "heard", "after", "note", "ends",
                         "voids"});
            Step step;
            step.action = text(*row, "action");
            step.title = title(*row);
            step.from = texts(*row, "from");
            step.to = text(*row, "to");
            step.needs = texts(*row, "needs");
            step.asks = texts(*row, "asks");
            step.note = flag(*row, "note");
            step.ends = flag(*row, "ends");
            step.voids = flag(*row, "voids");
            step.holds = holds(*row, "requires");
            step.passed = maybe_text(*row, "passed");
            if (const auto* quota = (*row)["quota"].as_table())
                step.quota = Quota{text(*quota, "parameter"), texts(*quota, "by")};
            if (const auto* heard = (*row)["heard"].as_table()) {
                known(*heard, {"in", "each", "against", "parameter"});
                step.hearing = Hearing{text(*heard, "in"), text(*heard, "each"), holds(*heard, "against"),
                                       text(*heard, "parameter")};
            }
            if (const auto* after = (*row)["after"].as_table()) {
                known(*after, {"since", "parameter"});
                step.wait = Wait{text(*after, "since"), text(*after, "parameter")};
            }
            if (step.voids && !step.ends) missing(*row, "ends", "true");
            const auto by = text(*row, "by");
            if (const auto level = by_named(by))
                step.by = *level;
            else if (!by.empty())
                refer(*row, "by", by);
            if (step.from.empty()) missing(*row, "from", "[\"state\"]");
            for (const auto& from : step.from)
                if (!into.state(from)) refer(*row, "from", from);
            if (!into.state(step.to)) refer(*row, "to", step.to);
            for (const auto& [key, names] : {std::pair("needs", &step.needs), std::pair("asks", &step.asks)})
                for (const auto& name : *names)
                    if (!into.field(name)) refer(*row, key, name);
            for (const auto& from : step.from)
                if (into.step(step.action, from)) note(*row, invalid("programmes.pack_double").with("name", step.action));
            into.steps.push_back(std::move(step));
        }
    }

    void read_register(const std::string& name, const toml::table& t) {
        known(t, {"title", "about", "parent", "once", "fields", "states", "steps", "entitlement", "benefit", "evidence",
                  "due"});
        Register made;
        made.name = name;
        made.title = title(t);
        const auto about = text(t, "about");
        if (const auto found = about_named(about))
            made.about = *found;
        else if (!about.empty())
            refer(t, "about", about);
        made.parent = maybe_text(t, "parent");
        if (t["once"].is_array()) made.once_by = texts(t, "once");
        made.once = !made.once_by.empty() || flag(t, "once");
        if (const auto* fields = t["fields"].as_array())
            for (const auto& node : *fields)
                if (const auto* field = node.as_table()) read_field(*field, made);
        if (made.fields.empty()) missing(t, "fields", "[[registers." + name + ".fields]]");
        for (const auto& by : made.once_by)
            if (const auto* field = made.field(by); !field || field->sealed || !field->required) refer(t, "once", by);
        read_steps(t, made);
        if (const auto* due = t["entitlement"].as_table()) {
            known(*due, {"table", "decision"});
            made.entitlement = Entitlement{text(*due, "table"), text(*due, "decision")};
            lines_["entitlement." + name] = due->source().begin.line;
        }
        made.due = maybe_text(t, "due");
        if (const auto* told = t["evidence"].as_table()) {
            known(*told, {"where", "risk", "zh", "en"});
            made.evidence = Evidence{holds(*told, "where"), text(*told, "risk"), {text(*told, "zh"), text(*told, "en")}};
        }
        if (const auto* benefit = t["benefit"].as_table()) {
            known(*benefit, {"kind", "to", "by"});
            made.benefit = Benefit{.kind = text(*benefit, "kind"), .by = texts(*benefit, "by")};
            const auto to = text(*benefit, "to");
            if (const auto receiver = receiver_named(to))
                made.benefit->to = *receiver;
            else if (!to.empty())
                refer(*benefit, "to", to);
        }
        out_.registers.push_back(std::move(made));
    }

    void read_activity(const std::string& name, const toml::table& t) {
        known(t, {"title", "people", "photo", "on", "items", "passing"});
        ActivityKind made{.name = name,
                          .title = title(t),
                          .people = flag(t, "people"),
                          .photo = flag(t, "photo"),
                          .on = maybe_text(t, "on"),
                          .passing = maybe_text(t, "passing")};
        if (const auto* items = t["items"].as_array())
            for (const auto& node : *items) {
                const auto* item = node.as_table();
                if (!item) continue;
                known(*item, {"name", "title", "most"});
                made.items.push_back({text(*item, "name"), title(*item), number(*item, "most").value_or(0)});
                if (made.items.back().most <= 0) missing(*item, "most", "> 0");
            }
        out_.activities.push_back(std::move(made));
    }

    void read_fee(const toml::table& t) {
        known(t, {"title", "least", "most", "items", "exemption", "votes_numerator", "votes_denominator"});
        FeeRule fee;
        fee.title = title(t);
        fee.least = text(t, "least");
        fee.most = text(t, "most");
        fee.items = choices(t, "items");
        if (fee.items.empty()) missing(t, "items", "[{ value, zh, en }]");
        fee.votes_numerator = text(t, "votes_numerator");
        fee.votes_denominator = text(t, "votes_denominator");
        if (const auto* exemption = t["exemption"].as_table()) {
            fee.exemption_table = text(*exemption, "table");
            fee.exemption_decision = text(*exemption, "decision");
        } else {
            missing(t, "exemption", "{ table, decision }");
        }
        lines_["fee"] = t.source().begin.line;
        out_.fee = std::move(fee);
    }
};

}  // namespace

Finding finding_of(Error error, const std::string& otherwise) {
    Finding out{otherwise, 1, std::move(error)};
    for (const auto& [name, value] : out.what.args) {
        if (name == "file") out.file = value;
        if (name == "line") std::from_chars(value.data(), value.data() + value.size(), out.line);
    }
    return out;
}

Reading read_programme(std::string_view name, std::vector<packs::File> files) {
    Reading out{std::string(name), {}, {}};
    const std::string file = out.name + "/programme.toml";
    auto made = std::make_shared<Programme>();
    made->pack.name = out.name;
    const auto own = std::ranges::find(files, "programme.toml", &packs::File::name);
    const std::string text = own == files.end() ? "" : own->bytes;
    if (own == files.end())
        out.findings.push_back({file, 1, invalid("programmes.pack_no_file").with("file", file)});
    for (const auto& named : packs::areas_named(name, files))
        if (named.area != AreaCode() && !areas::Division::shipped().exists(named.area))
            out.findings.push_back(finding_of(packs::unknown_area(named), named.file));
    auto pack = packs::read(name, std::move(files));
    if (pack)
        made->pack = *std::move(pack);
    else
        out.findings.push_back(finding_of(std::move(pack).error(), out.name + "/pack.toml"));
    Lines lines;
    if (const auto parsed = toml_table(text, file)) {
        Reader(file, *made, out.findings, lines).read(*parsed);
        hold_together(*made, lines, pack.has_value(), out.findings);
    } else {
        out.findings.push_back(finding_of(parsed.error(), file));
    }
    // In the order of the files, and once: both sides of an indicator may have the same fault.
    const auto placed = [](const Finding& one) { return std::tie(one.file, one.line, one.what.id, one.what.args); };
    std::ranges::stable_sort(out.findings, {}, [](const Finding& one) { return std::tie(one.file, one.line); });
    const auto again = std::ranges::unique(out.findings, {}, placed);
    out.findings.erase(again.begin(), again.end());
    if (out.findings.empty()) out.programme = std::move(made);
    return out;
}

Result<std::vector<packs::File>> files_of(const fs::path& folder) {
    std::vector<packs::File> out;
    std::error_code failed;
    for (const auto& entry : fs::directory_iterator(folder, failed)) {
        const auto extension = entry.path().extension();
        if (extension != ".toml" && extension != ".dmn") continue;
        std::ifstream stream(entry.path(), std::ios::binary);
        packs::File file{entry.path().filename().string(), {std::istreambuf_iterator<char>(stream), {}}};
        if (!stream) return unavailable("packs.unreadable").with("file", entry.path().filename().string());
        out.push_back(std::move(file));
    }
    if (failed)
        return unavailable("packs.unreadable", failed.message()).with("file", folder.filename().string());
    return out;
}

std::vector<Reading> shelf(const fs::path& folder) {
    std::map<std::string, std::vector<packs::File>> by_name;
    for (const auto& file : embedded::programme_files()) {
        const std::string_view path = file.name;
        const auto slash = path.find('/');
        by_name[std::string(path.substr(0, slash))].push_back(
            {std::string(path.substr(slash + 1)), std::string(file.bytes)});
    }
    std::vector<Reading> out;
    std::error_code ignored;
    if (!folder.empty())
        for (const auto& entry : fs::directory_iterator(folder, ignored)) {
            if (!fs::exists(entry.path() / "programme.toml", ignored)) continue;
            const auto name = entry.path().filename().string();
            auto files = files_of(entry.path());
            if (files) {
                by_name[name] = *std::move(files);
            } else {
                by_name.erase(name);
                out.push_back({name, {}, {finding_of(std::move(files).error(), name)}});
            }
        }
    for (auto& [name, files] : by_name) out.push_back(read_programme(name, std::move(files)));
    std::ranges::sort(out, {}, &Reading::name);
    return out;
}

packs::Registers registers(std::span<const Reading> shelf) {
    packs::Registers out;
    for (const auto& reading : shelf) {
        if (!reading.programme) continue;
        for (const auto& one : reading.programme->registers) {
            auto& shape = out[reading.name + "/" + one.name];
            shape = {one.title, {}, units_of_rows(one.about)};
            for (const auto& field : one.fields) shape.fields.push_back(field.name);
        }
    }
    return out;
}

Result<std::shared_ptr<const Programme>> programme(const fs::path& folder, std::string_view name) {
    for (auto& one : shelf(folder)) {
        if (one.name != name) continue;
        if (one.programme) return one.programme;
        const auto& first = one.findings.front();
        return unavailable("programmes.broken")
            .with("name", one.name)
            .with("file", first.file)
            .with("line", std::to_string(first.line));
    }
    return not_found("programmes.no_such_programme").with("name", std::string(name));
}

}  // namespace ballast::programmes
