#include <fmt/format.h>
#define TOML_EXCEPTIONS 0  // the same in every source: the library's types differ otherwise
#include <toml++/toml.h>

#include <algorithm>
#include <initializer_list>

#include "indicators/catalogue.h"
#include "indicators/sources.h"

namespace ballast::indicators {
namespace {

using Keys = std::initializer_list<std::string_view>;
constexpr std::array<std::string_view, 6> levels{"nation", "province", "prefecture", "county", "township", "village"};

/// Reads one file, notes all that is wrong, and goes on. Names of the files before it are known to it.
class Reader {
public:
    Reader(std::string file, Catalogue& out) : file_(std::move(file)), out_(out) {}
    std::vector<Finding> findings;

    void read(const toml::table& root) {
        known(root, {"figures", "indicators", "forms", "rules"});
        each(root, "figures", [&](const std::string& name, const toml::table& t) { read_figure(name, t); });
        each(root, "forms", [&](const std::string& name, const toml::table& t) { read_form(name, t); });
        each(root, "indicators", [&](const std::string& name, const toml::table& t) { read_indicator(name, t); });
        each(root, "rules", [&](const std::string& name, const toml::table& t) { read_rule(name, t); });
    }

private:
    void note(const toml::node& at, Error what) {
        findings.push_back({file_, at.source().begin.line, std::move(what)});
    }
    const toml::node& node(const toml::table& in, std::string_view key) {
        const auto* found = in.get(key);
        return found ? *found : static_cast<const toml::node&>(in);
    }
    void missing(const toml::table& in, std::string_view key, std::string expected) {
        note(node(in, key), invalid("indicators.pack_missing")
                                .with("key", std::string(key))
                                .with("expected", std::move(expected)));
    }
    void refer(const toml::table& in, std::string_view key, std::string name) {
        note(node(in, key),
             invalid("indicators.pack_reference").with("key", std::string(key)).with("name", std::move(name)));
    }
    void known(const toml::table& in, Keys keys) {
        for (const auto& [key, value] : in)
            if (std::ranges::find(keys, key.str()) == keys.end())
                note(value, invalid("indicators.pack_unknown_key")
                                .with("key", std::string(key.str()))
                                .with("known", fmt::format("{}", fmt::join(keys, ", "))));
    }
    /// In the order of the file, which is the order in which people see them.
    template <class Use>
    void each(const toml::table& root, std::string_view key, Use&& use) {
        const auto* all = root[key].as_table();
        if (!all) return;
        std::vector<std::pair<std::string, const toml::table*>> found;
        for (const auto& [name, value] : *all)
            if (const auto* t = value.as_table())
                found.emplace_back(name.str(), t);
            else
                note(value, invalid("indicators.pack_missing")
                                .with("key", std::string(name.str()))
                                .with("expected", fmt::format("[{}.{}]", key, std::string(name.str()))));
        std::ranges::sort(found, {}, [](const auto& one) { return one.second->source().begin.line; });
        for (const auto& [name, t] : found) use(name, *t);
    }
    template <class T>
    bool once(const std::vector<T>& all, const std::string& name, const toml::table& t) {
        if (std::ranges::find(all, name, &T::name) == all.end()) return true;
        note(t, invalid("indicators.pack_double").with("name", name));
        return false;
    }
    std::string text(const toml::table& in, std::string_view key, std::string otherwise = {}) {
        return in[key].value_or(otherwise);
    }
    std::vector<std::string> texts(const toml::table& in, std::string_view key) {
        std::vector<std::string> out;
        if (const auto* list = in[key].as_array())
            for (const auto& one : *list) out.push_back(one.value_or<std::string>(""));
        return out;
    }
    Title title(const toml::table& in) {
        const auto* both = in["title"].as_table();
        Title out;
        if (both) out = {(*both)["zh"].value_or<std::string>(""), (*both)["en"].value_or<std::string>("")};
        if (out.zh.empty() || out.en.empty()) missing(in, "title", "{ zh = \"...\", en = \"...\" }");
        return out;
    }
    TermKind term(const toml::table& in) {
        const auto name = text(in, "term", "month");
        if (const auto kind = term_kind_named(name)) return *kind;
        refer(in, "term", name);
        return TermKind::month;
    }
    AreaLevel level(const toml::table& in, std::string_view key) {
        const auto name = text(in, key, "village");
        const auto found = std::ranges::find(levels, name);
        if (found != levels.end()) return static_cast<AreaLevel>(found - levels.begin());
        refer(in, key, name);
        return AreaLevel::village;
    }
    int number(const toml::table& in, std::string_view key, int otherwise, int most) {
        const auto n = in[key].value_or<std::int64_t>(otherwise);
        if (n < 0 || n > most) missing(in, key, fmt::format("0 … {}", most));
        return static_cast<int>(std::clamp<std::int64_t>(n, 0, most));
    }
    const Figure* figure(const toml::table& in, std::string_view key, const std::string& name) {
        const auto* found = out_.figure(name);
        if (!found) refer(in, key, name);
        return found;
    }

    void read_source(const toml::table& t, Figure& into) {
        into.query = text(t, "query");
        const auto records = text(t, "register");
        if (const auto slash = records.find('/'); slash != std::string::npos) {
            into.source = Source::programme;
            into.programme = records.substr(0, slash);
            into.records = records.substr(slash + 1);
        } else if (!records.empty()) {
            missing(t, "register", "\"programme/register\"");
        }
        if (const auto* where = t["where"].as_table())
            for (const auto& [field, value] : *where)
                into.where.emplace_back(field.str(), value.value_or<std::string>(""));
        if (into.query.empty()) return;
        into.source = Source::query;
        const auto* query = query_named(into.query);
        if (!query) return refer(t, "query", into.query);
        if (query->unit != into.measure.unit) unlike(t, into.query, query->unit, into.measure.unit);
    }
    void unlike(const toml::table& t, const std::string& name, std::string_view first, std::string_view second) {
        note(t, invalid("indicators.pack_unlike")
                    .with("name", name)
                    .with("first", std::string(first))
                    .with("second", std::string(second)));
    }
    void read_figure(const std::string& name, const toml::table& t) {
        known(t, {"title", "unit", "places", "term", "level", "nature", "query", "register", "where", "parts"});
        if (!once(out_.figures, name, t)) return;
        Figure made;
        made.name = name;
        made.title = title(t);
        made.measure = {text(t, "unit"), number(t, "places", 0, 4)};
        if (std::ranges::find(units(), made.measure.unit) == units().end())
            note(node(t, "unit"), invalid("indicators.pack_unit")
                                      .with("unit", made.measure.unit)
                                      .with("known", fmt::format("{}", fmt::join(units(), " "))));
        made.term = term(t);
        made.level = level(t, "level");
        const auto nature = text(t, "nature", "stock");
        made.flow = nature == "flow";
        if (nature != "flow" && nature != "stock") refer(t, "nature", nature);
        read_source(t, made);
        if (const auto* parts = t["parts"].as_array())
            for (const auto& one : *parts)
                if (const auto* part = one.as_table()) {
                    made.parts.push_back({text(*part, "value"), {text(*part, "zh"), text(*part, "en")}});
                    const auto& last = made.parts.back();
                    if (last.value.empty() || last.title.zh.empty() || last.title.en.empty())
                        missing(*part, "parts", "{ value, zh, en }");
                }
        out_.figures.push_back(std::move(made));
    }

    void read_form(const std::string& name, const toml::table& t) {
        known(t, {"title", "term", "level", "due_days", "figures"});
        if (!once(out_.forms, name, t)) return;
        Form made{name, title(t), term(t), level(t, "level"), number(t, "due_days", 0, 366), texts(t, "figures")};
        if (made.figures.empty()) missing(t, "figures", "[\"...\"]");
        for (const auto& one : made.figures)
            if (const auto* figure = this->figure(t, "figures", one)) {
                if (figure->term != made.term) unlike(t, one, indicators::name_of(figure->term), indicators::name_of(made.term));
                if (figure->level != made.level)
                    unlike(t, one, levels[static_cast<std::size_t>(figure->level)],
                           levels[static_cast<std::size_t>(made.level)]);
                if (figure->source != Source::entered) unlike(t, one, indicators::name_of(figure->source), "entered");
            }
        out_.forms.push_back(std::move(made));
    }

    void read_indicator(const std::string& name, const toml::table& t) {
        known(t, {"title", "group", "numerator", "denominator", "as", "places", "good"});
        if (!once(out_.indicators, name, t)) return;
        Indicator made;
        made.name = name;
        made.title = title(t);
        made.group = text(t, "group", "other");
        made.numerator = text(t, "numerator");
        made.denominator = text(t, "denominator");
        made.places = number(t, "places", 2, 4);
        const auto as = text(t, "as", "figure");
        made.as = as == "percent"    ? Indicator::As::percent
                  : as == "quotient" ? Indicator::As::quotient
                                     : Indicator::As::figure;
        if (as != "percent" && as != "quotient" && as != "figure") refer(t, "as", as);
        const auto good = text(t, "good");
        if (good == "more") made.good = Direction::at_least;
        if (good == "less") made.good = Direction::at_most;
        if (!good.empty() && !made.good) refer(t, "good", good);
        const auto* above = figure(t, "numerator", made.numerator);
        if ((made.as == Indicator::As::figure) != made.denominator.empty())
            missing(t, "denominator", "as = \"percent\" / \"quotient\"");
        const auto* below = made.denominator.empty() ? nullptr : figure(t, "denominator", made.denominator);
        if (above && below) {
            if (made.as == Indicator::As::percent && above->measure.unit != below->measure.unit)
                unlike(t, name, above->measure.unit, below->measure.unit);
            if (above->term != below->term)
                unlike(t, name, indicators::name_of(above->term), indicators::name_of(below->term));
        }
        out_.indicators.push_back(std::move(made));
    }

    void read_rule(const std::string& name, const toml::table& t) {
        known(t, {"title", "law", "figures", "priority", "owner", "due_days"});
        if (!once(out_.rules, name, t)) return;
        Rule made{name, title(t), Law::same, texts(t, "figures"), Priority::middle, level(t, "owner"),
                  number(t, "due_days", 0, 366)};
        if (!choose(text(t, "law"), made.law, {Law::areas, Law::parts, Law::at_most, Law::same, Law::rise, Law::outlier}))
            refer(t, "law", text(t, "law"));
        if (!choose(text(t, "priority"), made.priority, {Priority::high, Priority::middle, Priority::low}))
            refer(t, "priority", text(t, "priority"));
        const bool pair = made.law == Law::at_most || made.law == Law::same || made.law == Law::rise;
        if (pair ? made.figures.size() != 2 : made.figures.empty()) missing(t, "figures", pair ? "[\"a\", \"b\"]" : "[\"a\"]");
        const Figure* first = nullptr;
        for (const auto& one : made.figures) {
            const auto* found = figure(t, "figures", one);
            if (pair && first && found && first->measure != found->measure)
                unlike(t, name, first->measure.unit, found->measure.unit);
            if (!first) first = found;
        }
        out_.rules.push_back(std::move(made));
    }
    template <class Enum>
    static bool choose(std::string_view name, Enum& into, std::initializer_list<Enum> all) {
        const auto found = std::ranges::find_if(all, [&](Enum one) { return indicators::name_of(one) == name; });
        if (found == all.end()) return false;
        into = *found;
        return true;
    }

    std::string file_;
    Catalogue& out_;
};

}  // namespace

Catalogue read_catalogue(std::span<const packs::File> texts) {
    Catalogue out;
    for (const auto& file : texts) {
        const auto parsed = toml::parse(file.bytes);
        if (!parsed) {
            out.findings.push_back({file.name, parsed.error().source().begin.line, invalid("indicators.pack_malformed")});
            continue;
        }
        Catalogue tried = out;
        Reader reader(file.name, tried);
        reader.read(parsed.table());
        if (reader.findings.empty())
            out = std::move(tried);
        else
            std::ranges::move(reader.findings, std::back_inserter(out.findings));
    }
    return out;
}

}  // namespace ballast::indicators
