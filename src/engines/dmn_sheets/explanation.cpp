#include "dmn_sheets/explanation.h"

#include "feel/expression.h"

namespace ballast::dmn_sheets {

std::string sentence(const feel::Cause& cause, words::Language language) {
    const auto what = words::say(cause.id, language, cause.args);
    if (cause.source.empty()) return what;
    return words::say("dmn_sheets.cause_at", language, {{"cause", what}, {"source", cause.source}});
}

namespace {

using Facts = std::span<const feel::Value>;

/// "> limit (limit = 3)".
std::string asked(const dmn::Model& model, const dmn::DecisionTable::Rule& rule, int column, Facts facts) {
    std::string out = rule.texts[static_cast<std::size_t>(column)], named;
    for (const auto& cell : rule.cells) {
        if (cell.column != column) continue;
        for (const int slot : feel::Expression(cell.test).reads()) {
            const auto input = static_cast<std::size_t>(slot);
            if (input >= facts.size()) continue;
            named += (named.empty() ? "" : ", ") + model.inputs()[input].name + " = " + facts[input].text();
        }
    }
    return named.empty() ? out : out + " (" + named + ")";
}

std::string sentence(const dmn::Model& model, const dmn::DecisionTable& table, Facts facts, int rule,
                     const dmn::FailedCell& cell, words::Language language) {
    const auto& input = table.inputs[static_cast<std::size_t>(cell.column)];
    words::Places places{
        {"column", input.label.empty() ? input.text : input.label},
        {"value", cell.tested.text()},
        {"test", asked(model, table.rules[static_cast<std::size_t>(rule - 1)], cell.column, facts)}};
    const auto* null = cell.verdict.null();
    if (!null || !null->cause) return words::say("dmn_sheets.cell_failed", language, places);
    places.emplace_back("cause", words::say(null->cause->id, language, null->cause->args));
    return words::say("dmn_sheets.cell_unknown", language, places);
}

/// Of a table.
std::string rules(const dmn::Model& model, std::size_t decision, Facts facts,
                  const feel::Environment& environment, words::Language language) {
    const auto& table = *model.decisions()[decision].table;
    std::string out;
    for (const auto& rule : model.explain(decision, facts, environment)) {
        std::string cells;
        for (const auto& cell : rule.failed)
            cells += (cells.empty() ? "" : words::say("dmn_sheets.between_cells", language)) +
                     sentence(model, table, facts, rule.rule, cell, language);
        if (!out.empty()) out += "\n";
        out += words::say(rule.matched ? "dmn_sheets.rule_matched" : "dmn_sheets.rule_failed", language,
                          {{"rule", std::to_string(rule.rule)}, {"cells", cells}});
    }
    return out;
}

/// Of other logic: what it reads.
std::string values_read(const dmn::Model& model, std::size_t decision, Facts facts,
                        const feel::Environment& environment, words::Language language) {
    std::string out;
    for (const int slot : feel::Expression(model.decisions()[decision].logic).reads()) {
        const auto at = static_cast<std::size_t>(slot);
        const bool is_input = at < facts.size();
        if (!is_input && at - facts.size() >= model.decisions().size()) continue;  // something to call
        const std::string& name =
            is_input ? model.inputs()[at].label : model.decisions()[at - facts.size()].label;
        const std::string value = is_input
                                      ? facts[at].text()
                                      : model.evaluate(at - facts.size(), facts, environment).value.text();
        out += (out.empty() ? "" : words::say("dmn_sheets.between_cells", language)) +
               words::say("dmn_sheets.value_read", language, {{"name", name}, {"value", value}});
    }
    return out;
}

}  // namespace

std::string explanation(const dmn::Model& model, std::size_t decision, Facts facts,
                        const feel::Environment& environment, words::Language language) {
    const auto one = [&](std::size_t i) {
        return (model.decisions()[i].table ? rules : values_read)(model, i, facts, environment, language);
    };
    std::string out;
    for (const std::size_t need : model.decisions().at(decision).needs)
        out += words::say("dmn_sheets.needed", language,
                          {{"name", model.decisions()[need].label},
                           {"value", model.evaluate(need, facts, environment).value.text()}}) +
               "\n" + one(need) + "\n";
    return out + one(decision);
}

}  // namespace ballast::dmn_sheets
