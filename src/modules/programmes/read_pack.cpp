#include "programmes/read_pack.h"

#include <fmt/format.h>
#define TOML_EXCEPTIONS 0  // the same in every source: the library's types differ otherwise
#include <toml++/toml.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <initializer_list>
#include <set>

#include "embedded/programme_files.h"
#include "programmes/hold_together.h"

namespace ballast::programmes {
namespace {

namespace fs = std::filesystem;
using Keys = std::initializer_list<std::string_view>;

/// Reads programme.toml, notes all that is wrong, and goes on.
class Reader {
public:
    Reader(std::string file, Programme& out, std::vector<Finding>& findings, Lines& lines)
        : file_(std::move(file)), out_(out), findings_(findings), lines_(lines) {}

    void read(const toml::table& root) {
        known(root, {"for", "registers", "activities", "contracts", "projects", "fee", "indicators", "figures"});
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
        each(root, "indicators", [&](const std::string& name, const toml::table& t) { read_indicator(name, t); });
        each(root, "figures", [&](const std::string& name, const toml::table& t) { read_figure(name, t); });
    }

private:
    void note(const toml::node& at, Error what) {
        findings_.push_back({file_, at.source().begin.line, std::move(what)});
    }
    void missing(const toml::table& in, std::string_view key, std::string expected) {
        const auto* found = in.get(key);
        note(found ? *found : static_cast<const toml::node&>(in),
             invalid("programmes.pack_missing").with("key", std::string(key)).with("expected", std::move(expected)));
    }
    void refer(const toml::table& in, std::string_view key, std::string name) {
        const auto* found = in.get(key);
        note(found ? *found : static_cast<const toml::node&>(in),
             invalid("programmes.pack_reference").with("key", std::string(key)).with("name", std::move(name)));
    }
    void known(const toml::table& in, Keys keys) {
        for (const auto& [key, node] : in)
            if (std::ranges::find(keys, key.str()) == keys.end())
                note(node, invalid("programmes.pack_unknown_key")
                               .with("key", std::string(key.str()))
                               .with("known", fmt::format("{}", fmt::join(keys, ", "))));
    }
    template <class Each>
    void each(const toml::table& in, std::string_view key, Each&& use) {
        const auto* node = in.get(key);
        if (!node) return;
        const auto* all = node->as_table();
        if (!all) return missing(in, key, fmt::format("[{}.name]", key));
        // In the order of the file, which is the order in which people see them.
        std::vector<std::pair<std::string, const toml::table*>> found;
        for (const auto& [name, one] : *all)
            if (const auto* table = one.as_table())
                found.emplace_back(name.str(), table);
            else
                missing(*all, name.str(), fmt::format("[{}.{}]", key, name.str()));
        std::ranges::stable_sort(found, {}, [](const auto& one) { return one.second->source().begin.line; });
        for (const auto& [name, table] : found) {
            lines_[fmt::format("{}.{}", key, name)] = table->source().begin.line;
            use(name, *table);
        }
    }
    std::string text(const toml::table& in, std::string_view key) {
        const auto value = in[key].value<std::string>();
        if (!value || value->empty()) missing(in, key, "\"...\"");
        return value.value_or("");
    }
    std::string maybe_text(const toml::table& in, std::string_view key) {
        if (!in.contains(key)) return "";
        return text(in, key);
    }
    bool flag(const toml::table& in, std::string_view key) {
        if (!in.contains(key)) return false;
        const auto value = in[key].value<bool>();
        if (!value) missing(in, key, "true, false");
        return value.value_or(false);
    }
    std::optional<std::int64_t> number(const toml::table& in, std::string_view key) {
        if (!in.contains(key)) return std::nullopt;
        const auto value = in[key].value_exact<std::int64_t>();
        if (!value) missing(in, key, "1, 2, 3 ...");
        return value;
    }
    std::vector<std::string> texts(const toml::table& in, std::string_view key) {
        std::vector<std::string> out;
        if (const auto* list = in[key].as_array())
            for (const auto& one : *list) out.push_back(one.value_or<std::string>(""));
        return out;
    }
    Title title(const toml::table& in) {
        const auto* both = in["title"].as_table();
        if (!both || !(*both)["zh"].value<std::string>() || !(*both)["en"].value<std::string>()) {
            missing(in, "title", "{ zh = \"...\", en = \"...\" }");
            return {};
        }
        return {(*both)["zh"].value_or<std::string>(""), (*both)["en"].value_or<std::string>("")};
    }
    std::vector<Choice> choices(const toml::table& in, std::string_view key) {
        std::vector<Choice> out;
        std::set<std::string, std::less<>> seen;
        if (const auto* list = in[key].as_array())
            for (const auto& node : *list) {
                const auto* one = node.as_table();
                const auto zh = one ? (*one)["zh"].value<std::string>() : std::nullopt;
                const auto en = one ? (*one)["en"].value<std::string>() : std::nullopt;
                const auto value = one ? (*one)["value"].value<std::string>() : std::nullopt;
                if (!zh || !en || !value) {
                    note(node, invalid("programmes.pack_missing")
                                   .with("key", std::string(key))
                                   .with("expected", "{ value, zh, en }"));
                    continue;
                }
                if (!seen.insert(*value).second) note(node, invalid("programmes.pack_double").with("name", *value));
                out.push_back({*value, {*zh, *en}});
            }
        return out;
    }

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
            known(*row, {"action", "title", "from", "to", "by", "needs", "note", "ends", "voids"});
            Step step{.action = text(*row, "action"),
                      .title = title(*row),
                      .from = texts(*row, "from"),
                      .to = text(*row, "to"),
                      .needs = texts(*row, "needs"),
                      .note = flag(*row, "note"),
                      .ends = flag(*row, "ends"),
                      .voids = flag(*row, "voids")};
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
            for (const auto& need : step.needs)
                if (!into.field(need)) refer(*row, "needs", need);
            for (const auto& from : step.from)
                if (into.step(step.action, from)) note(*row, invalid("programmes.pack_double").with("name", step.action));
            into.steps.push_back(std::move(step));
        }
    }

    void read_register(const std::string& name, const toml::table& t) {
        known(t, {"title", "about", "parent", "once", "fields", "states", "steps", "entitlement", "benefit"});
        Register made;
        made.name = name;
        made.title = title(t);
        const auto about = text(t, "about");
        if (const auto found = about_named(about))
            made.about = *found;
        else if (!about.empty())
            refer(t, "about", about);
        made.parent = maybe_text(t, "parent");
        made.once = flag(t, "once");
        if (const auto* fields = t["fields"].as_array())
            for (const auto& node : *fields)
                if (const auto* field = node.as_table()) read_field(*field, made);
        if (made.fields.empty()) missing(t, "fields", "[[registers." + name + ".fields]]");
        read_steps(t, made);
        if (const auto* due = t["entitlement"].as_table()) {
            known(*due, {"table", "decision"});
            made.entitlement = Entitlement{text(*due, "table"), text(*due, "decision")};
            lines_["entitlement." + name] = due->source().begin.line;
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

    Counted counted(const toml::table& in, std::string_view key) {
        Counted out;
        const auto* t = in[key].as_table();
        if (!t) return missing(in, key, "{ register = \"...\" }"), out;
        known(*t, {"register", "sum", "where", "count"});
        out.in = maybe_text(*t, "register");
        out.sum = maybe_text(*t, "sum");
        const auto count = maybe_text(*t, "count");
        if (count == "households")
            out.what = Counted::What::households;
        else if (count == "villages")
            out.what = Counted::What::villages;
        else if (!count.empty())
            refer(*t, "count", count);
        else if (out.in.empty())
            missing(*t, "register", "\"...\"");
        if (!out.sum.empty()) out.what = Counted::What::sum;
        if (const auto* where = (*t)["where"].as_table())
            for (const auto& [field, value] : *where)
                out.where.emplace_back(field.str(), value.value_or<std::string>(""));
        return out;
    }
    void read_indicator(const std::string& name, const toml::table& t) {
        known(t, {"title", "unit", "numerator", "denominator"});
        out_.indicators.push_back(
            {name, title(t), unit_of(t), counted(t, "numerator"), counted(t, "denominator")});
    }
    std::string unit_of(const toml::table& t) {
        auto unit = text(t, "unit");
        if (!unit.empty() && !known_unit(unit))
            note(*t.get("unit"), invalid("programmes.pack_unit")
                                     .with("unit", unit)
                                     .with("known", fmt::format("{}", fmt::join(units(), " "))));
        return unit;
    }
    void read_figure(const std::string& name, const toml::table& t) {
        known(t, {"title", "value", "unit", "qualifier", "as_of", "scope", "source", "definition"});
        Figure made{.name = name,
                    .title = title(t),
                    .unit = unit_of(t),
                    .qualifier = text(t, "qualifier"),
                    .as_of = text(t, "as_of"),
                    .scope = text(t, "scope"),
                    .source = text(t, "source"),
                    .definition_known = maybe_text(t, "definition") != "unknown"};
        // Written as text, so that the digits are those of the document.
        if (auto value = Decimal::parse(t["value"].value_or<std::string>("")))
            made.value = *value;
        else
            missing(t, "value", "\"250.1\"");
        out_.figures.push_back(std::move(made));
    }

    std::string file_;
    Programme& out_;
    std::vector<Finding>& findings_;
    Lines& lines_;
};

Finding finding_of(Error error, const std::string& otherwise) {
    Finding out{otherwise, 1, std::move(error)};
    for (const auto& [name, value] : out.what.args) {
        if (name == "file") out.file = value;
        if (name == "line") std::from_chars(value.data(), value.data() + value.size(), out.line);
    }
    return out;
}

}  // namespace

Reading read_programme(std::string_view name, std::vector<packs::File> files) {
    Reading out{std::string(name), {}, {}};
    const std::string file = out.name + "/programme.toml";
    auto made = std::make_shared<Programme>();
    const auto own = std::ranges::find(files, "programme.toml", &packs::File::name);
    const std::string text = own == files.end() ? "" : own->bytes;
    if (own == files.end())
        out.findings.push_back({file, 1, invalid("programmes.pack_no_file").with("file", file)});
    if (auto pack = packs::read(name, std::move(files)))
        made->pack = *std::move(pack);
    else
        out.findings.push_back(finding_of(std::move(pack).error(), out.name + "/pack.toml"));
    Lines lines;
    const auto parsed = toml::parse(std::string_view(text), std::string_view(file));
    if (parsed)
        Reader(file, *made, out.findings, lines).read(parsed.table());
    else
        out.findings.push_back({file, parsed.error().source().begin.line,
                                invalid("packs.malformed", std::string(parsed.error().description()))
                                    .with("file", file)
                                    .with("line", std::to_string(parsed.error().source().begin.line))
                                    .with("key", "")});
    // What names what can only be asked of a pack that was read.
    if (out.findings.empty()) hold_together(*made, lines, out.findings);
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
