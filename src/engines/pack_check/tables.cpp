#include "pack_check/tables.h"

#include <algorithm>
#include <array>

#include "dmn/table_checks.h"

namespace ballast::pack_check {

using feel::Kind;
using feel::Number;
using feel::Value;

Error at(std::string id, const packs::File& file, std::string_view text) {
    const auto place = file.bytes.find(text);
    const auto lines =
        place == std::string::npos
            ? 0
            : std::count(file.bytes.begin(), file.bytes.begin() + static_cast<std::ptrdiff_t>(place), '\n');
    return invalid(std::move(id)).with("file", file.name).with("line", std::to_string(lines + 1));
}

namespace {

std::string attribute(const char* name, const std::string& value) {
    return std::string(name) + "=\"" + value + "\"";
}

Kind kind_of(packs::FactKind kind) {
    switch (kind) {
        case packs::FactKind::boolean:
            return Kind::boolean;
        case packs::FactKind::text:
            return Kind::string;
        case packs::FactKind::money:
        case packs::FactKind::count:
            break;
    }
    return Kind::number;
}

const std::string* text_of(const feel::NodePtr& node) {
    return node->op == feel::Op::literal ? node->value.string() : nullptr;
}

}  // namespace

Value Tables::parameter(std::string_view name, bool& known) const {
    for (const packs::Pack* pack : {&pack_, also_}) {
        if (!pack || !pack->parameter(name)) continue;
        known = true;
        const auto bound = pack->bind(name, day_, area_);
        return bound ? Value(*Number::parse(bound->value->in_rules().plain())) : Value();
    }
    known = false;
    return {};
}

void Tables::read(Report& report) {
    for (const auto& file : pack_.tables) {
        auto model = dmn::Model::load(file.bytes, file.name);
        if (!model) {
            report.findings.push_back(std::move(model).error());
            continue;
        }
        for (std::size_t i = 0; i < model->decisions().size(); ++i)
            if (model->decisions()[i].table) tables_.push_back({&file, *model, i});
    }
    report.tables = tables_.size();
    for (const Table& table : tables_) {
        check_inputs(table, report);
        check_faults(table, report);
        check_words(table, report);
    }
}

void Tables::check_inputs(const Table& table, Report& report) const {
    for (const auto& input : table.model.inputs()) {
        const auto place = [&](const char* id) {
            return at(id, *table.file, attribute("name", input.name)).with("name", input.name);
        };
        bool known = false;
        const packs::Fact* fact = pack_.fact(input.name);
        if (!fact) parameter(input.name, known);
        if (!fact && !known) {
            report.findings.push_back(place("pack_check.unknown_input"));
            continue;
        }
        const Kind expected = fact ? kind_of(fact->kind) : Kind::number;
        if (input.kind.known && input.kind.kind != expected)
            report.findings.push_back(place("pack_check.input_type")
                                          .with("expected", std::string(name_of(expected)))
                                          .with("found", std::string(name_of(input.kind.kind))));
    }
}

void Tables::check_faults(const Table& table, Report& report) const {
    std::vector<dmn::Column> columns = dmn::plain_columns(table.model, table.decision);
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const auto& name = table.model.inputs()[i].name;
        dmn::Column& column = columns[i];
        if (const packs::Fact* fact = pack_.fact(name)) {
            column.kind = kind_of(fact->kind);
            column.scale = fact->kind == packs::FactKind::money ? 2 : 0;
            if (!fact->choices.empty()) column.texts = fact->choices;
        } else {
            bool known = false;
            column = {.kind = Kind::null, .constant = parameter(name, known)};
        }
    }
    const auto compiled = dmn::ColumnTable::compile(table.model, table.decision, columns, {day_});
    const auto checks = dmn::check(compiled, columns);
    report.not_judged += checks.not_judged;
    constexpr std::array ids{"pack_check.gap", "pack_check.overlap", "pack_check.never_matches",
                             "pack_check.hidden", "pack_check.unreachable"};
    for (const auto& finding : checks.findings) {
        std::string where, example;
        if (!finding.rules.empty())
            where =
                attribute("id", table.rules().rules[static_cast<std::size_t>(finding.rules.back() - 1)].id);
        for (const auto& one : finding.example) example += (example.empty() ? "" : ", ") + one;
        const auto rule = [&](std::size_t i) {
            return i < finding.rules.size() ? std::to_string(finding.rules[i]) : std::string();
        };
        report.findings.push_back(at(ids[static_cast<std::size_t>(finding.kind)], *table.file, where)
                                      .with("table", table.model.decisions()[table.decision].name)
                                      .with("rule", rule(0))
                                      .with("other", rule(1))
                                      .with("column", finding.column)
                                      .with("value", finding.value)
                                      .with("example", example));
    }
}

void Tables::check_words(const Table& table, Report& report) const {
    const auto rule = table.rules().output("rule");
    const auto clears = table.rules().output("clears_when");
    for (const auto& row : table.rules().rules) {
        const auto place = [&](const char* id, const std::string& name) {
            report.findings.push_back(at(id, *table.file, attribute("id", row.id)).with("name", name));
        };
        const std::string* name = rule ? text_of(row.outputs[*rule]) : nullptr;
        if (name && !pack_.rule(*name)) place("pack_check.unknown_rule", *name);
        const std::string* clearing = clears ? text_of(row.outputs[*clears]) : nullptr;
        if (clearing && !pack_.clearing(*clearing)) place("pack_check.unknown_clearing", *clearing);
    }
}

std::vector<std::string> Tables::said(const Facts& facts) const {
    std::vector<std::string> out;
    for (const Table& table : tables_) {
        const auto& rules = table.rules();
        const auto rule = rules.output("rule"), level = rules.output("level"),
                   severity = rules.output("severity");
        if (!rule || (!level && !severity)) continue;
        std::vector<Value> values;
        for (const auto& input : table.model.inputs()) {
            bool known = false;
            const auto fact = facts.find(input.name);
            values.push_back(fact != facts.end() ? fact->second : parameter(input.name, known));
        }
        for (const auto& hit : table.model.evaluate(table.decision, values, {day_}).hits) {
            const auto* name = hit.outputs[*rule].string();
            const auto* weight = hit.outputs[level ? *level : *severity].string();
            if (name && weight) out.push_back(*name + " " + *weight);
        }
        std::sort(out.begin(), out.end());
        // "hard" comes before "soft".
        const auto same_rule = [](const std::string& a, const std::string& b) {
            return a.substr(0, a.find(' ')) == b.substr(0, b.find(' '));
        };
        if (severity) out.erase(std::unique(out.begin(), out.end(), same_rule), out.end());
    }
    std::sort(out.begin(), out.end());
    return out;
}

}  // namespace ballast::pack_check
