#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <initializer_list>
#include <set>

#include "base/toml.h"
#include "returns/form.h"
#include "returns/register_queries.h"

namespace ballast::returns {
namespace {

using indicators::Law;
using indicators::Measure;
using Keys = std::initializer_list<std::string_view>;

/// Reads one file, notes all that is wrong, and goes on. Fields of the files before it are known to it.
class Reader {
public:
    Reader(std::string file, const indicators::Catalogue& figures, const packs::Registers* registers, Catalogue& out)
        : file_(std::move(file)), figures_(figures), registers_(registers), out_(out) {}
    std::vector<indicators::Finding> findings;

    void read(const toml::table& root) {
        known(root, {"fields", "forms"});
        each(root, "fields", [&](const std::string& name, const toml::table& t) { read_field(name, t); });
        each(root, "forms", [&](const std::string& name, const toml::table& t) { read_form(name, t); });
    }

private:
    void note(const toml::node& at, Error what) { findings.push_back({file_, at.source().begin.line, std::move(what)}); }
    static const toml::node& node(const toml::table& in, std::string_view key) {
        const auto* found = in.get(key);
        return found ? *found : static_cast<const toml::node&>(in);
    }
    void missing(const toml::table& in, std::string_view key, std::string expected) {
        note(node(in, key),
             invalid("returns.pack_missing").with("key", std::string(key)).with("expected", std::move(expected)));
    }
    void refer(const toml::table& in, std::string_view key, std::string name) {
        note(node(in, key), invalid("returns.pack_reference").with("key", std::string(key)).with("name", std::move(name)));
    }
    void unlike(const toml::table& in, const std::string& name, std::string_view first, std::string_view second) {
        note(in, invalid("returns.pack_unlike")
                     .with("name", name)
                     .with("first", std::string(first))
                     .with("second", std::string(second)));
    }
    void known(const toml::table& in, Keys keys) {
        for (const auto& [key, value] : in)
            if (std::ranges::find(keys, key.str()) == keys.end())
                note(value, invalid("returns.pack_unknown_key")
                                .with("key", std::string(key.str()))
                                .with("known", fmt::format("{}", fmt::join(keys, ", "))));
    }
    /// In the order of the file.
    template <class Use>
    void each(const toml::table& root, std::string_view key, Use&& use) {
        const auto* all = root[key].as_table();
        if (!all) return;
        std::vector<std::pair<std::string, const toml::table*>> found;
        for (const auto& [name, value] : *all)
            if (const auto* t = value.as_table())
                found.emplace_back(name.str(), t);
            else
                note(value, invalid("returns.pack_missing")
                                .with("key", std::string(name.str()))
                                .with("expected", fmt::format("[{}.{}]", key, std::string(name.str()))));
        std::ranges::sort(found, {}, [](const auto& one) { return one.second->source().begin.line; });
        for (const auto& [name, t] : found) use(name, *t);
    }
    template <class T>
    bool once(const std::vector<T>& all, const std::string& name, const toml::table& t) {
        if (std::ranges::find(all, name, &T::name) == all.end()) return true;
        note(t, invalid("returns.pack_double").with("name", name));
        return false;
    }
    static std::string text(const toml::table& in, std::string_view key, std::string otherwise = {}) {
        return in[key].value_or(otherwise);
    }
    static std::vector<std::string> texts(const toml::table& in, std::string_view key) {
        std::vector<std::string> out;
        if (const auto* list = in[key].as_array())
            for (const auto& one : *list) out.push_back(one.value_or<std::string>(""));
        return out;
    }
    Title title(const toml::table& in) {
        Title out;
        if (const auto* both = in["title"].as_table())
            out = {(*both)["zh"].value_or<std::string>(""), (*both)["en"].value_or<std::string>("")};
        if (out.zh.empty() || out.en.empty()) missing(in, "title", "{ zh = \"...\", en = \"...\" }");
        return out;
    }
    /// One of an enum's names.
    template <class Enum>
    void choose(const toml::table& in, std::string_view key, Enum& into, std::initializer_list<Enum> all) {
        const auto typed = text(in, key);
        if (typed.empty()) return;
        const auto found = std::ranges::find_if(all, [&](Enum one) { return name_of(one) == typed; });
        if (found == all.end()) return refer(in, key, typed);
        into = *found;
    }
    std::optional<Date> day(const toml::table& in, std::string_view key) {
        const auto typed = in[key].value<toml::date>();
        if (!typed) return {};
        const auto date = Date::from(typed->year, typed->month, typed->day);
        return date ? std::optional(*date) : std::nullopt;
    }

    // -- fields ------------------------------------------------------------------------------------------------------------

    /// The key that says where it comes from; at most one of them.
    void read_source(const toml::table& t, Field& into) {
        static constexpr std::array keys{std::pair{From::query, "query"}, std::pair{From::figure, "figure"},
                                         std::pair{From::indicator, "indicator"}, std::pair{From::programme, "register"}};
        for (const auto& [from, key] : keys) {
            if (!t.contains(key)) continue;
            if (into.from != From::asked) unlike(t, into.name, name_of(into.from), name_of(from));
            into.from = from;
            into.source = text(t, key);
        }
    }
    void same_unit(const toml::table& t, const Field& field, const Measure& source) {
        if (field.measure != source)
            unlike(t, field.name, fmt::format("{} ({})", field.measure.unit, field.measure.places),
                   fmt::format("{} ({})", source.unit, source.places));
    }
    void check_programme(const toml::table& t, Field& field) {
        if (field.source.find('/') == std::string::npos) return missing(t, "register", "\"programme/register\"");
        const std::vector<std::string>* columns = nullptr;
        if (registers_) {
            const auto found = registers_->find(field.source);
            if (found == registers_->end()) return refer(t, "register", field.source);
            columns = &found->second.fields;
            const auto& fitting = found->second.units;
            if (std::ranges::find(fitting, field.measure.unit) == fitting.end())
                unlike(t, field.name, field.measure.unit, fmt::format("{}", fmt::join(fitting, " ")));
        }
        if (const auto* where = t["where"].as_table())
            for (const auto& [column, value] : *where) {
                field.where.emplace_back(column.str(), value.value_or<std::string>(""));
                if (columns && std::ranges::find(*columns, column.str()) == columns->end())
                    refer(t, "where", std::string(column.str()));
            }
    }
    void check_source(const toml::table& t, Field& field) {
        switch (field.from) {
            case From::asked: return;
            case From::query: {
                const auto* query = register_query(field.source);
                if (!query) return refer(t, "query", field.source);
                return same_unit(t, field, {std::string(query->unit), query->places});
            }
            case From::figure: {
                const auto* figure = figures_.figure(field.source);
                if (!figure) return refer(t, "figure", field.source);
                return same_unit(t, field, figure->measure);
            }
            case From::indicator: {
                const auto* indicator = figures_.indicator(field.source);
                if (!indicator) return refer(t, "indicator", field.source);
                if (field.measure.places != indicator->places) missing(t, "places", std::to_string(indicator->places));
                return;
            }
            case From::programme: return check_programme(t, field);
        }
    }
    void read_number(const toml::table& t, Field& into) {
        const auto places = t["places"].value_or<std::int64_t>(0);
        if (places < 0 || places > 4) missing(t, "places", "0 … 4");
        into.measure = {text(t, "unit"), static_cast<int>(std::clamp<std::int64_t>(places, 0, 4))};
        // A percent or quotient of an indicator has a unit of its own: %, 节/所.
        if (into.from != From::indicator && std::ranges::find(indicators::units(), into.measure.unit) == indicators::units().end())
            missing(t, "unit", fmt::format("{}", fmt::join(indicators::units(), " ")));
        for (const auto& [key, into_limit] : {std::pair{"least", &into.least}, std::pair{"most", &into.most}})
            if (t.contains(key)) {
                const auto limit = indicators::read_value(into.measure, text(t, key));
                if (limit)
                    *into_limit = *limit;
                else
                    missing(t, key, fmt::format("\"…\" ({})", into.measure.unit));
            }
        if (into.least && into.most && *into.least > *into.most)
            unlike(t, into.name, text(t, "least"), text(t, "most"));
    }
    void read_choices(const toml::table& t, Field& into) {
        if (const auto* list = t["choices"].as_array())
            for (const auto& one : *list) {
                const auto* choice = one.as_table();
                const auto part = [&](const char* key) { return choice ? text(*choice, key) : std::string(); };
                into.choices.push_back({part("value"), {part("zh"), part("en")}});
                const auto& last = into.choices.back();
                if (last.value.empty() || last.title.zh.empty() || last.title.en.empty())
                    note(one, invalid("returns.pack_missing").with("key", "choices").with("expected", "{ value, zh, en }"));
            }
        if (into.kind == Kind::choice && into.choices.size() < 2) missing(t, "choices", "[{ value, zh, en }, ...]");
    }
    void read_field(const std::string& name, const toml::table& t) {
        known(t, {"title", "kind", "unit", "places", "least", "most", "choices", "query", "figure", "indicator", "register",
                  "where", "holds", "optional"});
        if (!once(out_.fields, name, t)) return;
        Field made;
        made.name = name;
        made.title = title(t);
        choose(t, "kind", made.kind, {Kind::number, Kind::text, Kind::choice, Kind::date});
        choose(t, "holds", made.holds, {Holds::term, Holds::year, Holds::standing});
        made.optional = t["optional"].value_or(false);
        read_source(t, made);
        if (made.kind == Kind::number) read_number(t, made);
        if (made.kind != Kind::number && made.from != From::asked) unlike(t, name, name_of(made.kind), name_of(made.from));
        read_choices(t, made);
        check_source(t, made);
        out_.fields.push_back(std::move(made));
    }

    // -- forms -------------------------------------------------------------------------------------------------------------

    /// A figure is of no use on a form of a shorter term than its own, or of a level below its own.
    void fits(const toml::table& t, const Form& form, const Field& field) {
        std::vector<const indicators::Figure*> used;
        if (field.from == From::figure) used.push_back(figures_.figure(field.source));
        if (field.from == From::indicator) {
            const auto* indicator = figures_.indicator(field.source);
            used.push_back(figures_.figure(indicator->numerator));
            if (!indicator->denominator.empty()) used.push_back(figures_.figure(indicator->denominator));
        }
        for (const auto* figure : used) {
            const auto say = [&](const char* id) {
                return invalid(id).with("name", field.name).with("figure", figure->name).with("form", form.name);
            };
            if (figure->flow && figure->term > form.term) note(t, say("returns.pack_too_long"));
            if (figure->level < form.level) note(t, say("returns.pack_too_low"));
        }
    }
    void read_sections(const toml::table& t, Form& into) {
        std::set<std::string> seen;
        const auto* list = t["sections"].as_array();
        if (!list || list->empty()) return missing(t, "sections", fmt::format("[[forms.{}.sections]]", into.name));
        for (const auto& one : *list) {
            const auto* section = one.as_table();
            if (!section) {
                missing(t, "sections", fmt::format("[[forms.{}.sections]]", into.name));
                continue;
            }
            known(*section, {"title", "fields"});
            Section made{title(*section), texts(*section, "fields")};
            if (made.fields.empty()) missing(*section, "fields", "[\"...\"]");
            for (const auto& name : made.fields) {
                const auto* field = out_.field(name);
                if (!field)
                    refer(*section, "fields", name);
                else if (!seen.insert(name).second)
                    note(node(*section, "fields"), invalid("returns.pack_double").with("name", name));
                else if (findings.empty())
                    fits(*section, into, *field);
            }
            into.sections.push_back(std::move(made));
        }
    }
    void read_checks(const toml::table& t, Form& into) {
        const auto* list = t["checks"].as_array();
        if (!list) return;
        const auto fields = into.fields();
        for (const auto& one : *list) {
            const auto* check = one.as_table();
            if (!check) continue;
            known(*check, {"title", "law", "fields"});
            Check made{title(*check), Law::same, texts(*check, "fields")};
            const auto law = text(*check, "law");
            if (law == "at_most" || law == "same" || law == "parts")
                made.law = law == "at_most" ? Law::at_most : law == "same" ? Law::same : Law::parts;
            else
                refer(*check, "law", law);
            if (made.law == Law::parts ? made.fields.size() < 3 : made.fields.size() != 2)
                missing(*check, "fields", made.law == Law::parts ? "[\"whole\", \"part\", \"part\"]" : "[\"a\", \"b\"]");
            const Field* first = nullptr;
            for (const auto& name : made.fields) {
                const auto* field = out_.field(name);
                if (!field || std::ranges::find(fields, name) == fields.end()) {
                    refer(*check, "fields", name);
                    continue;
                }
                if (first && first->measure != field->measure)
                    unlike(*check, name, first->measure.unit, field->measure.unit);
                if (!first) first = field;
            }
            into.checks.push_back(std::move(made));
        }
    }
    void read_form(const std::string& name, const toml::table& t) {
        known(t, {"title", "issuer", "document", "authority", "level", "term", "due_days", "valid_from", "valid_to",
                  "sections", "checks"});
        if (!once(out_.forms, name, t)) return;
        Form made;
        made.name = name;
        made.title = title(t);
        made.issuer = text(t, "issuer");
        made.document = text(t, "document");
        made.authority = text(t, "authority");
        if (made.authority.empty()) missing(t, "authority", "\"...\" / \"assumed\"");
        const auto level = text(t, "level", "village");
        made.level = level == "township" ? AreaLevel::township : AreaLevel::village;
        if (level != "township" && level != "village") refer(t, "level", level);
        choose(t, "term", made.term,
               {indicators::TermKind::month, indicators::TermKind::quarter, indicators::TermKind::year});
        const auto due = t["due_days"].value_or<std::int64_t>(0);
        if (due < 0 || due > 366) missing(t, "due_days", "0 … 366");
        made.due_days = static_cast<int>(std::clamp<std::int64_t>(due, 0, 366));
        const auto from = day(t, "valid_from");
        if (!from) missing(t, "valid_from", "2026-01-01");
        made.valid_from = from.value_or(Date());
        made.valid_to = day(t, "valid_to");
        if (from && made.valid_to && *made.valid_to < *from)
            note(node(t, "valid_to"),
                 invalid("returns.pack_dates").with("from", from->iso()).with("to", made.valid_to->iso()));
        read_sections(t, made);
        read_checks(t, made);
        out_.forms.push_back(std::move(made));
    }

    std::string file_;
    const indicators::Catalogue& figures_;
    const packs::Registers* registers_;
    Catalogue& out_;
};

}  // namespace

Catalogue read_catalogue(std::span<const packs::File> texts, const indicators::Catalogue& figures,
                         const packs::Registers* registers) {
    Catalogue out;
    for (const auto& file : texts) {
        const auto parsed = toml::parse(file.bytes);
        if (!parsed) {
            out.findings.push_back({file.name, parsed.error().source().begin.line, invalid("returns.pack_malformed")});
            continue;
        }
        Catalogue tried = out;
        Reader reader(file.name, figures, registers, tried);
        reader.read(parsed.table());
        if (reader.findings.empty())
            out = std::move(tried);
        else
            std::ranges::move(reader.findings, std::back_inserter(out.findings));
    }
    return out;
}

}  // namespace ballast::returns
