#include "rules/table_view.h"

#include <algorithm>
#include <array>

#include "dmn/model.h"

namespace ballast::rules {

namespace {

constexpr std::array policies{"UNIQUE",      "ANY",          "PRIORITY",     "FIRST",
                              "RULE ORDER",  "OUTPUT ORDER", "COLLECT",      "COLLECT SUM",
                              "COLLECT MIN", "COLLECT MAX",  "COLLECT COUNT"};

bool in_name(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

const packs::Title* title_of(const packs::Pack& pack, std::string_view name) {
    if (const auto* fact = pack.fact(name)) return &fact->title;
    if (const auto* parameter = pack.parameter(name)) return &parameter->title;
    return nullptr;
}

/// "clears_when": clears when.
std::string in_words(std::string name) {
    std::ranges::replace(name, '_', ' ');
    return name;
}

std::string shown(const feel::NodePtr& node) {
    if (!node || node->op != feel::Op::literal) return "…";
    const auto* text = node->value.string();
    return text ? *text : node->value.text();
}

}  // namespace

std::string with_titles(const packs::Pack& pack, std::string_view cell, bool english) {
    std::string out;
    bool quoted = false;
    for (std::size_t i = 0; i < cell.size();) {
        std::size_t end = i;
        while (!quoted && end < cell.size() && in_name(cell[end])) ++end;
        if (end == i) {
            quoted = quoted != (cell[i] == '"');
            out += cell[i++];
            continue;
        }
        const auto name = cell.substr(i, end - i);
        const auto* title = title_of(pack, name);
        out += title ? (english ? title->en : title->zh) : std::string(name);
        i = end;
    }
    return out;
}

Result<std::vector<TableView>> tables_of(const packs::Pack& pack, bool english) {
    std::vector<TableView> out;
    for (const auto& file : pack.tables) {
        const auto model = TRY(dmn::Model::load(file.bytes, file.name));
        for (const auto& decision : model.decisions()) {
            if (!decision.table) continue;
            TableView view{file.name,
                           decision.label.empty() ? decision.name : decision.label,
                           policies[static_cast<std::size_t>(decision.table->policy)],
                           {},
                           {},
                           {},
                           {},
                           {}};
            for (const auto& input : model.inputs()) view.reads.push_back(input.name);
            for (const auto& input : decision.table->inputs) {
                const auto* title = english ? title_of(pack, input.text) : nullptr;
                view.inputs.push_back(title ? title->en : input.label);
            }
            for (const auto& output : decision.table->outputs) {
                view.outputs.push_back(english ? in_words(output.name) : output.label);
                view.decides.push_back(output.name);
            }
            for (const auto& rule : decision.table->rules) {
                TableView::Row row{rule.id, {}, {}};
                for (const auto& text : rule.texts) row.cells.push_back(with_titles(pack, text, english));
                for (const auto& output : rule.outputs) row.outputs.push_back(shown(output));
                view.rows.push_back(std::move(row));
            }
            out.push_back(std::move(view));
        }
    }
    return out;
}

}  // namespace ballast::rules
