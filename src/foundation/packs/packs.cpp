#include "packs/packs.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sodium.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <iterator>

#include "base/toml.h"
#include "embedded/pack_files.h"
#include "packs/store.h"

namespace ballast::packs {

namespace {

namespace fs = std::filesystem;

constexpr std::array unit_names{
    std::string_view("fen"),   std::string_view("ratio"),        std::string_view("percent"),
    std::string_view("days"),  std::string_view("working_days"), std::string_view("months"),
    std::string_view("years"), std::string_view("people"),       std::string_view("times"),
    std::string_view("grade"), std::string_view("head"),         std::string_view("truth")};
constexpr std::array kind_names{std::string_view("boolean"), std::string_view("money"),
                                std::string_view("count"), std::string_view("text")};

/// One file of a pack, for reading keys with refusals that say where.
class Document {
public:
    static Result<Document> parse(const File& file) {
        return Document(file.name, TRY(toml_table(file.bytes, file.name)));
    }

    const toml::table& root() const { return root_; }

    Error refusal(std::string id, const toml::node& at, std::string key) const {
        return invalid(std::move(id))
            .with("file", file_)
            .with("line", std::to_string(at.source().begin.line))
            .with("key", std::move(key));
    }
    Error missing(const toml::table& in, std::string key, std::string expected) const {
        const toml::node* found = in.get(key);
        return refusal("packs.missing", found ? *found : in, std::move(key))
            .with("expected", std::move(expected));
    }

    /// A key that nobody reads is a value that somebody believes in: "until" left a standard in force for ever.
    Result<void> known(const toml::table& in, std::initializer_list<std::string_view> keys) const {
        for (const auto& [key, node] : in)
            if (std::find(keys.begin(), keys.end(), key.str()) == keys.end())
                return refusal("packs.unknown_key", node, std::string(key.str()))
                    .with("expected", fmt::format("{}", fmt::join(keys, ", ")));
        return {};
    }

    Result<std::string> text(const toml::table& in, const char* key) const {
        const auto value = in[key].value<std::string>();
        if (!value || value->empty()) return missing(in, key, "text");
        return *value;
    }
    Result<Title> title(const toml::table& in) const {
        const toml::table* both = in["title"].as_table();
        if (!both) return missing(in, "title", "{ zh, en }");
        return Title{TRY(text(*both, "zh")), TRY(text(*both, "en"))};
    }
    /// One text for both languages, or one for each.
    Result<Title> text_or_title(const toml::table& in, const char* key) const {
        const toml::table* both = in[key].as_table();
        if (both) return Title{TRY(text(*both, "zh")), TRY(text(*both, "en"))};
        const auto one = TRY(text(in, key));
        return Title{one, one};
    }
    /// None when the key is absent.
    Result<std::vector<Title>> titles(const toml::table& in, const char* key) const {
        std::vector<Title> out;
        const toml::array* items = in[key].as_array();
        if (!items) return out;
        for (const auto& item : *items) {
            const toml::table* both = item.as_table();
            if (!both) return missing(in, key, "[{ zh, en }]");
            out.push_back({TRY(text(*both, "zh")), TRY(text(*both, "en"))});
        }
        return out;
    }
    Result<Date> date(const toml::table& in, const char* key) const {
        const auto value = in[key].value<toml::date>();
        const auto day = value ? Date::from(value->year, value->month, value->day) : std::nullopt;
        if (!day) return missing(in, key, "date");
        return *day;
    }
    Result<AreaCode> area(const toml::node& at, const char* key) const {
        const auto digits = at.value<std::string>();
        const auto code = AreaCode::parse(digits.value_or("?"));
        if (!code) return refusal("packs.bad_area", at, key).with("area", digits.value_or(""));
        return *code;
    }
    /// Exactly the digits that stand in the file: a float prints as the shortest text that means it.
    Result<Decimal> decimal(const toml::table& in, const char* key) const {
        if (const auto whole = in[key].value_exact<std::int64_t>()) return Decimal(*whole);
        if (const auto real = in[key].value_exact<double>()) {
            std::array<char, 64> buffer{};
            const auto end = std::to_chars(buffer.begin(), buffer.end(), *real, std::chars_format::fixed).ptr;
            if (auto parsed = Decimal::parse({buffer.data(), static_cast<std::size_t>(end - buffer.begin())}))
                return parsed;
        }
        return missing(in, key, "number");
    }
    std::vector<std::string> texts(const toml::table& in, const char* key) const {
        std::vector<std::string> out;
        if (const toml::array* items = in[key].as_array())
            for (const auto& item : *items)
                if (auto value = item.value<std::string>()) out.push_back(std::move(*value));
        return out;
    }

private:
    Document(std::string file, toml::table root) : file_(std::move(file)), root_(std::move(root)) {}
    std::string file_;
    toml::table root_;
};

template <class Enum, class Names>
std::optional<Enum> called(const Names& names, std::string_view name) {
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) return std::nullopt;
    return static_cast<Enum>(found - names.begin());
}

Result<void> read_head(const File& file, Pack& pack) {
    const auto document = TRY(Document::parse(file));
    const auto& root = document.root();
    TRY(document.known(root, {"name", "title", "issuer", "document", "valid_from", "areas", "consent_required"}));
    // A copied folder that still bears the other's name: nobody could say of which pack a decision came.
    if (const auto name = TRY(document.text(root, "name")); name != pack.name)
        return document.refusal("packs.other_name", *root.get("name"), "name").with("name", name).with("folder", pack.name);
    pack.title = TRY(document.title(root));
    pack.issuer = TRY(document.text(root, "issuer"));
    pack.document = TRY(document.text_or_title(root, "document"));
    pack.valid_from = TRY(document.date(root, "valid_from"));
    pack.consent_required = root["consent_required"].value_or(false);
    const toml::array* areas = root["areas"].as_array();
    if (!areas || areas->empty()) return document.missing(root, "areas", "[\"000000000000\"]");
    for (const auto& area : *areas) pack.areas.push_back(TRY(document.area(area, "areas")));
    return {};
}

bool counts_days(Unit unit) { return unit == Unit::days || unit == Unit::working_days; }

Result<Unit> read_unit(const Document& document, const toml::table& in, std::string key) {
    const std::string name = TRY(document.text(in, "unit"));
    const auto known = called<Unit>(unit_names, name);
    if (!known) return document.refusal("packs.unknown_unit", in, std::move(key)).with("unit", name);
    return *known;
}

Result<ParameterValue> read_value(const Document& document, const toml::table& row, Unit unit) {
    TRY(document.known(row, {"from", "to", "area", "value", "unit", "authority"}));
    ParameterValue out;
    out.unit = unit;
    if (row.contains("unit")) {
        out.unit = TRY(read_unit(document, row, "unit"));
        if (!counts_days(unit) || !counts_days(out.unit))
            return document.refusal("packs.unknown_unit", row, "unit")
                .with("unit", std::string(name_of(out.unit)));
    }
    out.from = TRY(document.date(row, "from"));
    if (row.contains("to")) {
        out.to = TRY(document.date(row, "to"));
        if (*out.to < out.from) return document.refusal("packs.bad_dates", row, "to");
    }
    if (const toml::node* area = row.get("area")) out.area = TRY(document.area(*area, "area"));
    out.value = TRY(document.decimal(row, "value"));
    out.authority = TRY(document.text(row, "authority"));
    return out;
}

/// A row without an end holds until the next row of its area begins; rows may not overlap otherwise.
Result<void> settle(const Document& document, const toml::node& at, Parameter& parameter) {
    auto& rows = parameter.values;
    std::stable_sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) {
        return std::pair(a.area, a.from) < std::pair(b.area, b.from);
    });
    for (std::size_t i = 0; i + 1 < rows.size(); ++i) {
        ParameterValue& row = rows[i];
        const ParameterValue& next = rows[i + 1];
        if (row.area != next.area) continue;
        if (row.from == next.from || (row.to && *row.to >= next.from))
            return document.refusal("packs.overlap", at, parameter.name).with("date", next.from.iso());
        if (!row.to) row.to = next.from.plus_days(-1);
    }
    return {};
}

Result<void> read_parameters(const File& file, Pack& pack) {
    const auto document = TRY(Document::parse(file));
    for (const auto& [key, node] : document.root()) {
        Parameter parameter;
        parameter.name = std::string(key.str());
        const toml::table* table = node.as_table();
        if (!table) return document.missing(document.root(), parameter.name, "table");
        TRY(document.known(*table, {"title", "unit", "values"}));
        parameter.title = TRY(document.title(*table));
        parameter.unit = TRY(read_unit(document, *table, parameter.name));
        const toml::array* values = (*table)["values"].as_array();
        if (!values || values->empty())
            return document.missing(*table, "values", "[{ from, value, authority }]");
        for (const auto& value : *values) {
            const toml::table* row = value.as_table();
            if (!row) return document.missing(*table, "values", "[{ from, value, authority }]");
            parameter.values.push_back(TRY(read_value(document, *row, parameter.unit)));
        }
        TRY(settle(document, *table, parameter));
        pack.parameters.push_back(std::move(parameter));
    }
    return {};
}

Result<void> read_facts(const File& file, Pack& pack) {
    const auto document = TRY(Document::parse(file));
    for (const auto& [key, node] : document.root()) {
        Fact fact;
        fact.name = std::string(key.str());
        const toml::table* table = node.as_table();
        if (!table) return document.missing(document.root(), fact.name, "table");
        if (pack.parameter(fact.name)) return document.refusal("packs.double_name", *table, fact.name);
        fact.title = TRY(document.title(*table));
        const auto kind = called<FactKind>(kind_names, TRY(document.text(*table, "type")));
        if (!kind) return document.missing(*table, "type", "boolean, money, count, text");
        fact.kind = *kind;
        fact.source = TRY(document.text(*table, "source"));
        fact.columns = document.texts(*table, "columns");
        fact.choices = document.texts(*table, "choices");
        pack.facts.push_back(std::move(fact));
    }
    return {};
}

Result<void> read_rules(const File& file, Pack& pack) {
    const auto document = TRY(Document::parse(file));
    if (const toml::table* rules = document.root()["rules"].as_table())
        for (const auto& [key, node] : *rules) {
            const toml::table* table = node.as_table();
            if (!table) return document.missing(*rules, std::string(key.str()), "table");
            Rule rule{std::string(key.str()),
                      TRY(document.title(*table)),
                      TRY(document.text(*table, "source")),
                      (*table)["cooldown"].value_or(std::string()),
                      (*table)["amount"].value_or(std::string()),
                      TRY(document.titles(*table, "explanations"))};
            if (!rule.cooldown.empty() && !pack.parameter(rule.cooldown))
                return document.refusal("packs.unknown_name", *table, "cooldown").with("name", rule.cooldown);
            if (!rule.amount.empty() && !pack.fact(rule.amount))
                return document.refusal("packs.unknown_name", *table, "amount").with("name", rule.amount);
            pack.rules.push_back(std::move(rule));
        }
    if (const toml::table* clears = document.root()["clears"].as_table())
        for (const auto& [key, node] : *clears) {
            const toml::table* table = node.as_table();
            if (!table) return document.missing(*clears, std::string(key.str()), "table");
            pack.clearings.push_back({std::string(key.str()), TRY(document.title(*table))});
        }
    return {};
}

std::string hash_of(const std::vector<File>& files) {
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    const auto add = [&](std::string_view part) {
        const std::string length = std::to_string(part.size()) + ":";
        crypto_hash_sha256_update(&state, reinterpret_cast<const unsigned char*>(length.data()),
                                  length.size());
        crypto_hash_sha256_update(&state, reinterpret_cast<const unsigned char*>(part.data()), part.size());
    };
    for (const File& file : files) add(file.name), add(file.bytes);
    std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
    crypto_hash_sha256_final(&state, digest.data());
    std::array<char, crypto_hash_sha256_BYTES * 2 + 1> hex{};
    sodium_bin2hex(hex.data(), hex.size(), digest.data(), digest.size());
    return hex.data();
}

template <class Named>
const Named* find(const std::vector<Named>& items, std::string_view wanted,
                  std::string Named::*name = &Named::name) {
    const auto found =
        std::lower_bound(items.begin(), items.end(), wanted,
                         [&](const Named& item, std::string_view text) { return item.*name < text; });
    return found != items.end() && (*found).*name == wanted ? &*found : nullptr;
}

Error no_such_pack(std::string_view name) {
    return not_found("packs.no_such_pack").with("name", std::string(name));
}

}  // namespace

std::string_view name_of(Unit unit) { return unit_names[static_cast<std::size_t>(unit)]; }
std::string_view name_of(FactKind kind) { return kind_names[static_cast<std::size_t>(kind)]; }

Decimal ParameterValue::in_rules() const {
    return unit == Unit::fen ? value * Decimal::from_parts(1, 2) : value;
}

const Parameter* Pack::parameter(std::string_view called) const { return find(parameters, called); }
const Fact* Pack::fact(std::string_view called) const { return find(facts, called); }
const Rule* Pack::rule(std::string_view id) const { return find(rules, id, &Rule::id); }
const Clearing* Pack::clearing(std::string_view called) const { return find(clearings, called); }

Result<Bound> Pack::bind(std::string_view called, Date on, AreaCode area) const {
    const Parameter* found = parameter(called);
    const auto none = [&] {
        return not_found("packs.no_value")
            .with("key", std::string(called))
            .with("date", on.iso())
            .with("area", area.digits());
    };
    if (!found) return none();
    for (AreaCode at = area;; at = at.parent()) {
        for (const ParameterValue& row : found->values)
            if (row.area == at && row.from <= on && (!row.to || on <= *row.to)) return Bound{found, &row};
        if (at.level() == AreaLevel::nation) return none();
    }
}

Result<Pack> read(std::string_view name, std::vector<File> files) {
    std::sort(files.begin(), files.end(), [](const File& a, const File& b) { return a.name < b.name; });
    Pack pack;
    pack.name = name;
    pack.hash = hash_of(files);
    for (File& file : files) file.name = pack.name + "/" + file.name;
    const auto file = [&](std::string_view wanted) {
        return std::find_if(files.begin(), files.end(),
                            [&](const File& one) { return one.name.substr(pack.name.size() + 1) == wanted; });
    };
    if (file("pack.toml") == files.end()) return no_such_pack(name);
    TRY(read_head(*file("pack.toml"), pack));
    // toml++ keeps keys sorted, so parameters and facts come out by name.
    if (const auto found = file("parameters.toml"); found != files.end()) TRY(read_parameters(*found, pack));
    if (const auto found = file("inputs.toml"); found != files.end()) TRY(read_facts(*found, pack));
    if (const auto found = file("rules.toml"); found != files.end()) TRY(read_rules(*found, pack));
    for (File& one : files)
        if (one.name.ends_with(".dmn")) pack.tables.push_back(std::move(one));
    return pack;
}

std::vector<File> top_level(std::vector<File> files) {
    std::erase_if(files, [](const File& one) { return one.name.find('/') != std::string::npos; });
    return files;
}

Result<std::vector<File>> all_files(const fs::path& folder) {
    std::vector<File> out;
    std::error_code failed;
    for (fs::recursive_directory_iterator at(folder, failed), end; !failed && at != end; at.increment(failed)) {
        const auto extension = at->path().extension();
        if (extension != ".toml" && extension != ".dmn") continue;
        std::ifstream stream(at->path(), std::ios::binary);
        File file{fs::relative(at->path(), folder).generic_string(),
                  {std::istreambuf_iterator<char>(stream), {}}};
        if (!stream) return unavailable("packs.unreadable").with("file", file.name);
        out.push_back(std::move(file));
    }
    if (failed)
        return unavailable("packs.unreadable", failed.message()).with("file", folder.filename().string());
    std::ranges::sort(out, {}, &File::name);
    return out;
}

std::vector<File> shipped_files(std::string_view name) {
    std::vector<File> out;
    const std::string prefix = std::string(name) + "/";
    for (const auto& file : embedded::pack_files())
        if (file.name.starts_with(prefix))
            out.push_back({std::string(file.name.substr(prefix.size())), std::string(file.bytes)});
    return out;
}

Result<Pack> load(std::string_view name, const fs::path& folder) {
    std::error_code ignored;
    // A name is one folder: "../x" finds nothing.
    if (name.find_first_of("/\\.") != std::string_view::npos || name.empty()) return no_such_pack(name);
    if (!folder.empty() && fs::exists(folder / name / "pack.toml", ignored))
        return read(name, top_level(TRY(all_files(folder / name))));
    return read(name, top_level(shipped_files(name)));
}

}  // namespace ballast::packs
