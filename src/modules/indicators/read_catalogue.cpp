#include <fmt/format.h>

#include <algorithm>

#include "indicators/file_reader.h"
#include "indicators/sources.h"

namespace ballast::indicators {
namespace {

constexpr std::array<std::string_view, 6> levels{"nation", "province", "prefecture", "county", "township", "village"};

/// Reads one file, notes all that is wrong, and goes on. Names of the files before it are known to it.
class Reader : public FileReader {
public:
    Reader(std::string file, Catalogue& out, const packs::Registers* registers)
        : FileReader(std::move(file)), out_(out), registers_(registers) {}

    void read(const toml::table& root) {
        known(root, {"figures", "indicators", "forms", "rules", "targets"});
        each(root, "figures", [&](const std::string& name, const toml::table& t) { read_figure(name, t); });
        each(root, "forms", [&](const std::string& name, const toml::table& t) { read_form(name, t); });
        each(root, "indicators", [&](const std::string& name, const toml::table& t) { read_indicator(name, t); });
        each(root, "rules", [&](const std::string& name, const toml::table& t) { read_rule(name, t); });
        each(root, "targets", [&](const std::string& name, const toml::table& t) { read_targets(name, t); });
    }

private:
    void refer(const toml::table& in, std::string_view key, std::string name) {
        note(node(in, key),
             invalid("indicators.pack_reference").with("key", std::string(key)).with("name", std::move(name)));
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
                note(value, wanted(name.str(), fmt::format("[{}.{}]", key, std::string(name.str()))));
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
        if (into.source == Source::programme) hold_rows(t, records, into);
        if (into.query.empty()) return;
        into.source = Source::query;
        const auto* query = query_named(into.query);
        if (!query) return refer(t, "query", into.query);
        unlike_units(t, into.query, query->unit, into.measure.unit);
    }
    void hold_rows(const toml::table& t, const std::string& records, const Figure& figure) {
        if (!registers_) return;
        const auto found = registers_->find(records);
        if (found == registers_->end()) return refer(t, "register", records);
        const auto& [title, fields, fitting] = found->second;
        for (const auto& [field, value] : figure.where)
            if (std::ranges::find(fields, field) == fields.end()) refer(t, "where", field);
        const auto& unit = figure.measure.unit;
        if (std::ranges::find(units(), unit) != units().end() && std::ranges::find(fitting, unit) == fitting.end())
            note(node(t, "unit"), invalid("indicators.pack_unit_of_rows")
                                      .with("unit", unit)
                                      .with("register", title.zh)
                                      .with("register.en", title.en)
                                      .with("known", fmt::format("{}", fmt::join(fitting, " "))));
    }
    /// An unknown unit has its own finding, and is like any other here.
    void unlike_units(const toml::table& t, const std::string& name, std::string_view first, std::string_view second) {
        const auto known_unit = [](std::string_view unit) { return std::ranges::find(units(), unit) != units().end(); };
        if (first != second && known_unit(first) && known_unit(second)) unlike(t, name, first, second);
    }
    void unlike(const toml::table& t, const std::string& name, std::string_view first, std::string_view second) {
        note(t, invalid("indicators.pack_unlike")
                    .with("name", name)
                    .with("first", std::string(first))
                    .with("second", std::string(second)));
    }
    void read_figure(const std::string& name, const toml::table& t) {
        known(t, {"title", "unit", "places", "term", "level", "nature", "adds", "query", "register", "where", "parts"});
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
        const auto adds = t["adds"].value<bool>();
        if (t.contains("adds") && !adds) missing(t, "adds", "true / false");
        made.adds = adds.value_or(true);
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
        known(t, {"title", "group", "numerator", "denominator", "as", "places", "per", "good"});
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
        made.per = t["per"].value_or<std::int64_t>(1);
        if (made.per == 0) note(node(t, "per"), invalid("indicators.pack_zero").with("key", "per"));
        if (made.per < 0 || made.per > 1'000'000) missing(t, "per", "1 … 1000000");
        if (t.contains("per") && made.as != Indicator::As::quotient) missing(t, "as", "\"quotient\"");
        if (!made.denominator.empty() && made.denominator == made.numerator) unlike(t, name, made.numerator, made.denominator);
        const auto good = text(t, "good");
        if (good == "more") made.good = Direction::at_least;
        if (good == "less") made.good = Direction::at_most;
        if (!good.empty() && !made.good) refer(t, "good", good);
        const auto* above = figure(t, "numerator", made.numerator);
        if ((made.as == Indicator::As::figure) != made.denominator.empty())
            missing(t, "denominator", "as = \"percent\" / \"quotient\"");
        const auto* below = made.denominator.empty() ? nullptr : figure(t, "denominator", made.denominator);
        if (above && below) {
            if (made.as == Indicator::As::percent) unlike_units(t, name, above->measure.unit, below->measure.unit);
            if (above->term != below->term)
                unlike(t, name, indicators::name_of(above->term), indicators::name_of(below->term));
        }
        out_.indicators.push_back(std::move(made));
    }

    void read_rule(const std::string& name, const toml::table& t) {
        known(t, {"title", "law", "figures", "over", "priority", "owner", "due_days"});
        if (!once(out_.rules, name, t)) return;
        Rule made{name,  title(t), Law::same, texts(t, "figures"), false, Priority::middle, level(t, "owner"),
                  number(t, "due_days", 0, 366)};
        if (!choose(text(t, "law"), made.law,
                    {Law::areas, Law::parts, Law::at_most, Law::same, Law::rise, Law::outlier, Law::growth, Law::share,
                     Law::quotient}))
            refer(t, "law", text(t, "law"));
        if (made.law == Law::growth || made.law == Law::share || made.law == Law::quotient) read_ratio(t, made);
        if (!choose(text(t, "priority"), made.priority, {Priority::high, Priority::middle, Priority::low}))
            refer(t, "priority", text(t, "priority"));
        const bool pair = made.law == Law::at_most || made.law == Law::same || made.law == Law::rise;
        const bool ratio = made.law == Law::growth || made.law == Law::share || made.law == Law::quotient;
        if (!ratio && (pair ? made.figures.size() != 2 : made.figures.empty())) missing(t, "figures", pair ? "[\"a\", \"b\"]" : "[\"a\"]");
        const Figure* first = nullptr;
        for (const auto& one : made.figures) {
            const auto* found = figure(t, "figures", one);
            if (pair && first && found && first->measure != found->measure) {
                if (first->measure.unit != found->measure.unit)
                    unlike_units(t, name, first->measure.unit, found->measure.unit);
                else
                    unlike(t, name, fmt::format("places = {}", first->measure.places), fmt::format("places = {}", found->measure.places));
            }
            if (!first) first = found;
        }
        out_.rules.push_back(std::move(made));
    }
    /// A stated ratio or growth beside the counts it is made of: growth [level, percent], share [part, whole, percent],
    /// quotient [total, count, average]. All of one term and level; a percent is in %.
    void read_ratio(const toml::table& t, Rule& rule) {
        const auto wanted = rule.law == Law::growth ? std::size_t{2} : std::size_t{3};
        if (rule.figures.size() != wanted)
            missing(t, "figures",
                    rule.law == Law::growth  ? "[\"level\", \"percent\"]"
                    : rule.law == Law::share ? "[\"part\", \"whole\", \"percent\"]"
                                             : "[\"total\", \"count\", \"average\"]");
        const auto over = text(t, "over", "before");
        rule.yearly = over == "year";
        if (over != "before" && over != "year") refer(t, "over", over);
        if (rule.figures.empty()) return;
        const auto* first = out_.figure(rule.figures.front());
        const auto* last = out_.figure(rule.figures.back());
        if (last && rule.law != Law::quotient && last->measure.unit != "%") unlike_units(t, rule.name, last->measure.unit, "%");
        for (const auto& one : rule.figures) {
            const auto* found = out_.figure(one);
            if (!first || !found) continue;
            if (found->term != first->term)
                unlike(t, rule.name, indicators::name_of(first->term), indicators::name_of(found->term));
            if (found->level != first->level)
                unlike(t, rule.name, levels[static_cast<std::size_t>(first->level)],
                       levels[static_cast<std::size_t>(found->level)]);
        }
        if (rule.law == Law::share && rule.figures.size() == 3) {
            const auto* whole = out_.figure(rule.figures[1]);
            if (first && whole) unlike_units(t, rule.name, first->measure.unit, whole->measure.unit);
        }
    }

    // -- what a pack promises ----------------------------------------------------------------------------------------------

    std::optional<Date> day(const toml::table& in, std::string_view key) {
        const auto typed = in[key].value<toml::date>();
        if (!typed) return {};
        return Date::from(typed->year, typed->month, typed->day);
    }
    /// A promise with the line it stands on.
    struct Placed {
        Promise promise;
        const toml::node* at;
    };
    std::optional<Placed> read_promise(const toml::table& t, const Indicator& of, Direction direction) {
        known(t, {"area", "from", "to", "value", "authority"});
        const auto area = AreaCode::parse(text(t, "area"));
        const auto from = day(t, "from");
        const auto value = Decimal::parse(text(t, "value"));
        if (!area) missing(t, "area", "\"513431\"");
        if (!from) missing(t, "from", "2026-01-01");
        if (!value || *value < Decimal(0)) missing(t, "value", "\"100\"");
        if (text(t, "authority").empty()) missing(t, "authority", "\"...\" / \"assumed\"");
        if (!area || !from || !value) return {};
        const auto to = day(t, "to");
        if (to && *to < *from)
            note(node(t, "to"), invalid("indicators.pack_dates").with("from", from->iso()).with("to", to->iso()));
        return Placed{{of.name, *area, *from, to, *value, direction, text(t, "authority")}, &t};
    }
    void check_overlap(const Placed& one, const std::vector<Placed>& others) {
        for (const auto& other : others) {
            const auto first = std::max(one.promise.from, other.promise.from);
            if (one.promise.area == other.promise.area && one.promise.covers(first) && other.promise.covers(first))
                note(*one.at, invalid("indicators.pack_overlap")
                                  .with("area", one.promise.area.short_digits())
                                  .with("date", first.iso()));
        }
    }
    /// What an area's parts promise together is not more than the area does, on any day.
    void check_sum(const Placed& above, const std::vector<Placed>& all, const Measure& measure) {
        for (const auto& begun : all) {
            const auto on = std::max(begun.promise.from, above.promise.from);
            Decimal sum = 0;
            for (const auto& one : all)
                if (one.promise.area != above.promise.area && one.promise.area.parent() == above.promise.area &&
                    one.promise.covers(on))
                    sum = sum + one.promise.value;
            if (!above.promise.covers(on) || sum <= above.promise.value) continue;
            return note(*above.at, invalid("indicators.pack_target_below_sum")
                                       .with("area", above.promise.area.short_digits())
                                       .with("target", above.promise.value.plain())
                                       .with("sum", sum.plain())
                                       .with("unit", measure.unit));
        }
    }
    void read_targets(const std::string& name, const toml::table& t) {
        known(t, {"direction", "values"});
        const auto* indicator = out_.indicator(name);
        if (!indicator) return note(t, invalid("indicators.pack_reference").with("key", "targets").with("name", name));
        const auto typed = text(t, "direction", "at_least");
        if (typed != "at_least" && typed != "at_most") refer(t, "direction", typed);
        const auto direction = typed == "at_most" ? Direction::at_most : Direction::at_least;
        const auto* list = t["values"].as_array();
        if (!list || list->empty()) return missing(t, "values", "[{ area, from, value, authority }]");
        std::vector<Placed> all;
        for (const auto& one : *list) {
            const auto* row = one.as_table();
            const auto made = row ? read_promise(*row, *indicator, direction) : std::nullopt;
            if (!made) continue;
            check_overlap(*made, all);
            all.push_back(*made);
        }
        const auto* figure = out_.figure(indicator->numerator);
        if (indicator->as == Indicator::As::figure && figure)
            for (const auto& one : all) check_sum(one, all, figure->measure);
        for (auto& one : all) out_.promises.push_back(std::move(one.promise));
    }
    template <class Enum>
    static bool choose(std::string_view name, Enum& into, std::initializer_list<Enum> all) {
        const auto found = std::ranges::find_if(all, [&](Enum one) { return indicators::name_of(one) == name; });
        if (found == all.end()) return false;
        into = *found;
        return true;
    }

    Catalogue& out_;
    const packs::Registers* registers_;
};

}  // namespace

Catalogue read_catalogue(std::span<const packs::File> texts, const packs::Registers* registers) {
    return read_files<Reader, Catalogue>(texts, registers);
}

}  // namespace ballast::indicators
