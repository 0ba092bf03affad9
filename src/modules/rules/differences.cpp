#include "rules/differences.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "rules/table_view.h"

namespace ballast::rules {

namespace {

bool same(const packs::ParameterValue& a, const packs::ParameterValue& b) {
    return a.value == b.value && a.unit == b.unit && a.to == b.to && a.authority == b.authority;
}

std::vector<ValueDifference> value_differences(const packs::Pack& before, const packs::Pack& after) {
    std::map<std::tuple<std::string, std::string, Date>, ValueDifference> by_place;
    const auto take = [&](const packs::Pack& pack, auto side) {
        for (const auto& parameter : pack.parameters)
            for (const auto& value : parameter.values) {
                auto& one = by_place[{parameter.name, value.area.digits(), value.from}];
                one.parameter = &parameter;
                one.*side = &value;
            }
    };
    take(before, &ValueDifference::before);
    take(after, &ValueDifference::after);
    std::vector<ValueDifference> out;
    for (const auto& [place, one] : by_place)
        if (!one.before || !one.after || !same(*one.before, *one.after)) out.push_back(one);
    return out;
}

using Texts = std::map<std::string, std::string>;

Texts rules_in(const packs::Pack& pack, bool english) {
    Texts out;
    for (const auto& rule : pack.rules)
        out[rule.id] = (english ? rule.title.en : rule.title.zh) + " · " + rule.source;
    return out;
}

/// What a row looks at, without the columns that it leaves open, and what follows.
std::string text_of(const TableView& table, const TableView::Row& row) {
    std::string out;
    for (std::size_t i = 0; i < row.cells.size(); ++i)
        if (!row.cells[i].empty() && row.cells[i] != "-")
            out += (out.empty() ? "" : "; ") + table.inputs[i] + ": " + row.cells[i];
    out += " → ";
    for (std::size_t i = 0; i < row.outputs.size(); ++i) out += (i ? ", " : "") + row.outputs[i];
    return out;
}

/// What a table asks and answers, and how its rows are taken together.
std::string head_of(const TableView& table) {
    std::string out = table.hit_policy + ": ";
    for (std::size_t i = 0; i < table.inputs.size(); ++i) out += (i ? ", " : "") + table.inputs[i];
    out += " → ";
    for (std::size_t i = 0; i < table.outputs.size(); ++i) out += (i ? ", " : "") + table.outputs[i];
    return out;
}

Result<Texts> rows_in(const packs::Pack& pack, bool english) {
    Texts out;
    for (const auto& table : TRY(tables_of(pack, english))) {
        out[table.name] = head_of(table);
        for (const auto& row : table.rows) out[table.name + " · " + row.id] = text_of(table, row);
    }
    return out;
}

void add(std::vector<TextDifference>& out, TextDifference::Of of, const Texts& before, const Texts& after) {
    std::map<std::string, TextDifference> by_place;
    for (const auto& [where, text] : before) by_place[where].before = text;
    for (const auto& [where, text] : after) by_place[where].after = text;
    for (auto& [where, one] : by_place) {
        if (one.before == one.after) continue;
        one.of = of;
        one.where = where;
        out.push_back(std::move(one));
    }
}

}  // namespace

std::string_view name_of(TextDifference::Of of) { return of == TextDifference::Of::rule ? "rule" : "row"; }

Result<Differences> differences(const packs::Pack& before, const packs::Pack& after, bool english) {
    Differences out;
    out.values = value_differences(before, after);
    add(out.texts, TextDifference::Of::rule, rules_in(before, english), rules_in(after, english));
    add(out.texts, TextDifference::Of::row, TRY(rows_in(before, english)), TRY(rows_in(after, english)));
    return out;
}

}  // namespace ballast::rules
