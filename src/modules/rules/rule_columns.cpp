#include "rules/rule_columns.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "dmn/columns.h"
#include "dmn/model.h"

namespace ballast::rules {

namespace {
constexpr std::string_view decision_name = "warnings";

feel::Value bound(const packs::Pack& pack, std::string_view parameter, Date as_of, AreaCode county) {
    const auto found = pack.bind(parameter, as_of, county);
    if (!found) return {};  // the rules that need it do not match
    return *feel::Number::parse(found->value->in_rules().plain());
}
}  // namespace

/// A table of the pack with a column for each input; parameters are constant columns.
struct RuleColumns::Table {
    explicit Table(dmn::Model read) : model(std::move(read)) {}

    dmn::Model model;
    std::size_t decision = 0;
    std::vector<std::optional<FactColumn>> facts;  // by input; nothing for a parameter
    std::vector<std::size_t> thresholds;           // inputs that are parameters
    std::vector<RuleBits> rule_of_row;
    // Made by settle().
    std::vector<dmn::Column> columns;
    std::optional<dmn::ColumnTable> compiled;
    std::optional<dmn::WhatIf> what_if;
    std::vector<RuleBits> met;  // with the parameters of then

    const std::string& input(std::size_t at) const { return model.inputs()[at].name; }
    /// The columns with the thresholds of the pack, when one of them is another than when it was settled.
    std::optional<std::vector<dmn::Column>> thresholds_of(const packs::Pack& pack, Date as_of,
                                                          AreaCode county) const;
    std::vector<RuleBits> rules(const dmn::Matched& matched) const;
};

std::optional<std::vector<dmn::Column>> RuleColumns::Table::thresholds_of(const packs::Pack& pack, Date as_of,
                                                                          AreaCode county) const {
    std::optional<std::vector<dmn::Column>> out;
    for (const auto at : thresholds) {
        auto value = bound(pack, input(at), as_of, county);
        if (feel::identical(value, columns[at].constant)) continue;
        if (!out) out = columns;
        (*out)[at].constant = std::move(value);
    }
    return out;
}

std::vector<RuleBits> RuleColumns::Table::rules(const dmn::Matched& matched) const {
    std::vector<RuleBits> out(matched.rows);
    for (std::size_t row = 0; row < rule_of_row.size(); ++row) {
        const auto* word = matched.bits.data() + row / 64 * matched.rows;
        for (std::size_t i = 0; i < matched.rows; ++i)
            if (word[i] >> (row % 64) & 1) out[i] |= rule_of_row[row];
    }
    return out;
}

RuleColumns::RuleColumns() = default;
RuleColumns::RuleColumns(RuleColumns&&) noexcept = default;
RuleColumns& RuleColumns::operator=(RuleColumns&&) noexcept = default;
RuleColumns::~RuleColumns() = default;

Result<RuleColumns> RuleColumns::of(const packs::Pack& pack, AreaCode county, Date as_of) {
    if (pack.rules.size() > most_rules) return invalid("rules.too_many_rules").with("name", pack.name);
    RuleColumns out;
    out.county_ = county;
    out.as_of_ = as_of;
    for (const auto& file : pack.tables) {
        auto table = std::make_unique<Table>(TRY(dmn::Model::load(file.bytes, file.name)));
        const auto decision = table->model.decision(decision_name);
        if (!decision || !table->model.decisions()[*decision].table)
            return invalid("screening.no_warnings_table").with("file", file.name);
        table->decision = *decision;
        for (std::size_t i = 0; i < table->model.inputs().size(); ++i) {
            const auto& name = table->input(i);
            if (const auto* fact = pack.fact(name)) {
                table->facts.emplace_back(FactColumn(*fact));
                continue;
            }
            if (!pack.parameter(name))
                return invalid("screening.unknown_input").with("file", file.name).with("name", name);
            table->facts.emplace_back();
            table->thresholds.push_back(i);
        }
        const auto& rules = *table->model.decisions()[*decision].table;
        const auto output = rules.output("rule");
        if (!output) return invalid("screening.no_output").with("file", file.name).with("name", "rule");
        for (const auto& row : rules.rules) {
            const auto& node = row.outputs[*output];
            const auto* name = node->op == feel::Op::literal ? node->value.string() : nullptr;
            const auto* rule = name ? pack.rule(*name) : nullptr;
            if (!rule)
                return invalid("screening.bad_output")
                    .with("file", file.name)
                    .with("row", std::to_string(table->rule_of_row.size() + 1))
                    .with("name", "rule");
            table->rule_of_row.push_back(RuleBits{1} << (rule - pack.rules.data()));
        }
        out.tables_.push_back(std::move(table));
    }
    return out;
}

void RuleColumns::add(const screening::Facts& facts) {
    for (const auto& table : tables_)
        for (auto& column : table->facts)
            if (column) column->add(facts);
    ++added_;
}

void RuleColumns::settle(const packs::Pack& pack) {
    households_ = std::exchange(added_, 0);
    for (const auto& table : tables_) {
        table->columns.clear();
        for (std::size_t i = 0; i < table->facts.size(); ++i) {
            auto& fact = table->facts[i];
            table->columns.push_back(
                fact ? fact->take() : dmn::Column{.constant = bound(pack, table->input(i), as_of_, county_)});
        }
        table->compiled = dmn::ColumnTable::compile(table->model, table->decision, table->columns, {as_of_});
        table->what_if.emplace(*table->compiled, table->columns, households_, table->thresholds);
        table->met = table->rules(table->what_if->evaluate(table->columns));
    }
}

std::vector<RuleBits> RuleColumns::met(const packs::Pack& pack) const {
    std::vector<RuleBits> out(households_);
    for (const auto& table : tables_) {
        auto columns = table->thresholds_of(pack, as_of_, county_);
        const auto answer = columns ? table->rules(table->what_if->evaluate(*columns)) : table->met;
        for (std::size_t i = 0; i < households_; ++i) out[i] |= answer[i];
    }
    return out;
}

}  // namespace ballast::rules
