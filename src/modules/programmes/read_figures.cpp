#include "base/toml.h"
#include "programmes/pack_toml.h"

namespace ballast::programmes {
namespace {

Counted counted(PackToml& in, const toml::table& of, std::string_view key) {
    Counted out;
    const auto* t = of[key].as_table();
    if (!t) return in.missing(of, key, "{ register = \"...\" }"), out;
    in.known(*t, {"register", "sum", "where", "not", "count", "distinct", "state", "over", "below", "at_least", "every", "latest"});
    out.in = in.maybe_text(*t, "register");
    out.sum = in.maybe_text(*t, "sum");
    out.where = in.holds(*t, "where");
    out.without = in.holds(*t, "not");
    out.distinct = in.maybe_text(*t, "distinct");
    out.state = in.maybe_text(*t, "state");
    out.latest = in.maybe_text(*t, "latest");
    out.over = in.flag(*t, "over");
    out.below = in.holds(*t, "below");
    out.at_least = in.holds(*t, "at_least");
    if (const auto* every = (*t)["every"].as_table()) {
        out.every_in = in.text(*every, "register");
        out.every = in.text(*every, "field");
    }
    const auto count = in.maybe_text(*t, "count");
    if (count == "households")
        out.what = Counted::What::households;
    else if (count == "villages")
        out.what = Counted::What::villages;
    else if (!count.empty())
        in.refer(*t, "count", count);
    else if (out.in.empty())
        in.missing(*t, "register", "\"...\"");
    if (!out.sum.empty()) out.what = Counted::What::sum;
    return out;
}

/// Worked out from figures that were read before it: units are held, so that points are taken off a percentage and
/// nothing else is, and unlike units are never added.
std::optional<Decimal> derived(PackToml& in, const toml::table& t, const Figure& into) {
    const auto* how = t["derived"].as_table();
    in.known(*how, {"sum", "difference", "quotient"});
    for (const auto& [key, node] : *how) {
        std::vector<const Figure*> parts;
        for (const auto& name : in.texts(*how, key.str())) {
            const auto found = std::ranges::find(in.out_.figures, name, &Figure::name);
            if (found == in.out_.figures.end()) return in.refer(*how, key.str(), name), std::nullopt;
            parts.push_back(&*found);
        }
        if (parts.size() < 2) return in.missing(*how, key.str(), "[\"a\", \"b\"]"), std::nullopt;
        const auto unlike = [&](const std::string& unit, const std::string& wanted) {
            in.note(node, invalid("programmes.pack_unit").with("unit", unit).with("known", wanted));
            return std::nullopt;
        };
        if (key.str() == "quotient") {
            const auto unit = parts[0]->unit + "/" + parts[1]->unit;
            if (into.unit != unit) return unlike(into.unit, unit);
            if (parts[1]->value == Decimal()) {
                in.note(node, invalid("programmes.pack_zero").with("name", parts[1]->name));
                return std::nullopt;
            }
            return parts[0]->value.divided_by(parts[1]->value, 2, Rounding::half_up);
        }
        const bool sum = key.str() == "sum";
        Decimal out = parts[0]->value;
        for (std::size_t i = 1; i < parts.size(); ++i) {
            const bool points = !sum && parts[0]->unit == "%" && parts[i]->unit == "百分点";
            if (parts[i]->unit != parts[0]->unit && !points) return unlike(parts[i]->unit, parts[0]->unit);
            out = sum ? out + parts[i]->value : out - parts[i]->value;
        }
        if (into.unit != parts[0]->unit) return unlike(into.unit, parts[0]->unit);
        return out;
    }
    in.missing(t, "derived", "{ sum = [\"a\", \"b\"] }");
    return std::nullopt;
}

void read_figure(PackToml& in, const std::string& name, const toml::table& t) {
    in.known(t, {"title", "value", "unit", "qualifier", "as_of", "scope", "source", "definition", "derived"});
    Figure made{.name = name,
                .title = in.title(t),
                .unit = in.unit_of(t),
                .qualifier = in.text(t, "qualifier"),
                .as_of = in.text(t, "as_of"),
                .scope = in.text(t, "scope"),
                .source = in.text(t, "source"),
                .definition_known = in.maybe_text(t, "definition") != "unknown",
                .derived = t.contains("derived")};
    if (made.derived) {
        if (const auto value = t["derived"].as_table() ? derived(in, t, made) : std::nullopt) made.value = *value;
        if (!t["derived"].as_table()) in.missing(t, "derived", "{ sum = [\"a\", \"b\"] }");
    } else if (auto value = Decimal::parse(t["value"].value_or<std::string>(""))) {
        made.value = *value;  // written as text, so that the digits are those of the document
    } else {
        in.missing(t, "value", "\"250.1\"");
    }
    in.out_.figures.push_back(std::move(made));
}

void read_outline(PackToml& in, const toml::table& t) {
    in.known(t, {"title", "source", "branches"});
    Outline made{in.title(t), in.text(t, "source"), {}};
    if (const auto* branches = t["branches"].as_array())
        for (const auto& node : *branches) {
            const auto* branch = node.as_table();
            if (!branch) continue;
            in.known(*branch, {"number", "known", "title", "items"});
            Outline::Branch one{in.text(*branch, "number"), in.flag(*branch, "known"), {}, {}};
            if (one.known) one.title = in.title(*branch);
            if (const auto* items = (*branch)["items"].as_array())
                for (const auto& item : *items)
                    if (const auto* table = item.as_table()) {
                        one.items.push_back({in.title(*table), in.texts(*table, "registers")});
                        for (const auto& name : one.items.back().registers)
                            if (!in.out_.find_register(name)) in.refer(*table, "registers", name);
                    }
            made.branches.push_back(std::move(one));
        }
    if (made.branches.empty()) in.missing(t, "branches", "[{ number, known, title, items }]");
    in.out_.outlines.push_back(std::move(made));
}

void read_matrix(PackToml& in, const std::string& name, const toml::table& t) {
    in.known(t, {"title", "register", "column", "columns", "where", "each"});
    Matrix made{name, in.title(t), in.text(t, "register"), in.text(t, "column"), in.texts(t, "columns"), {}, in.holds(t, "where")};
    if (const auto each = in.maybe_text(t, "each"); each == "township")
        made.each = AreaLevel::township;
    else if (!each.empty())
        in.refer(t, "each", each);
    const auto* kind = in.out_.find_register(made.in);
    const auto* field = kind ? kind->field(made.column) : nullptr;
    if (!kind) in.refer(t, "register", made.in);
    if (kind && (!field || field->sealed || field->type != Type::choice)) in.refer(t, "column", made.column);
    for (const auto& one : made.columns)
        if (field && !field->choice(one)) in.refer(t, "columns", one);
    for (const auto& [where, value] : made.where)
        if (const auto* of = kind ? kind->field(where) : nullptr; !of || of->sealed) in.refer(t, "where", where);
    if (made.columns.empty()) in.missing(t, "columns", "[\"...\"]");
    in.out_.matrices.push_back(std::move(made));
}

}  // namespace

void read_figures(PackToml& in, const toml::table& root);
void read_figures(PackToml& in, const toml::table& root) {
    in.each(root, "indicators", [&](const std::string& name, const toml::table& t) {
        in.known(t, {"title", "unit", "per", "numerator", "denominator"});
        Indicator made{name, in.title(t), in.unit_of(t), "", counted(in, t, "numerator"), counted(in, t, "denominator")};
        if (t.contains("per")) made.per = in.unit_of(t, "per");
        in.out_.indicators.push_back(std::move(made));
    });
    in.each(root, "figures", [&](const std::string& name, const toml::table& t) { read_figure(in, name, t); });
    in.each(root, "matrices", [&](const std::string& name, const toml::table& t) { read_matrix(in, name, t); });
    in.each(root, "outlines", [&](const std::string&, const toml::table& t) { read_outline(in, t); });
}

}  // namespace ballast::programmes
