#include "screening/rules.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "dmn/model.h"
#include "feel/ast.h"
#include "packs/packs.h"

namespace ballast::screening {
namespace {

constexpr std::string_view decision_name = "warnings";

UsedParameter used(const packs::Bound& bound) {
    return {bound.parameter->name, bound.parameter->title.zh, bound.parameter->title.en, bound.value->value.plain(), std::string(packs::name_of(bound.parameter->unit)),
            bound.value->from,     bound.value->authority,    bound.value->assumed()};
}

feel::Value in_feel(const FactValue& value) {
    if (const auto* truth = std::get_if<bool>(&value)) return *truth;
    if (const auto* count = std::get_if<std::int64_t>(&value)) return *count;
    if (const auto* amount = std::get_if<Money>(&value)) return feel::Number::scaled(amount->fen(), 2);
    return std::get<std::string>(value);
}

UsedFact used(const packs::Fact& fact, const FactValue& value) {
    UsedFact out{fact.name, fact.title.zh, fact.title.en, std::string(packs::name_of(fact.kind)), ""};
    if (const auto* truth = std::get_if<bool>(&value)) out.value = *truth ? "true" : "false";
    else if (const auto* count = std::get_if<std::int64_t>(&value)) out.value = std::to_string(*count);
    else if (const auto* amount = std::get_if<Money>(&value)) out.value = std::to_string(amount->fen());
    else out.value = std::get<std::string>(value);
    return out;
}

/// The slots of inputs that an expression reads.
void collect(const feel::Node& node, std::size_t inputs, std::set<std::size_t>& out) {
    if (node.op == feel::Op::global && node.slot >= 0 && static_cast<std::size_t>(node.slot) < inputs) out.insert(static_cast<std::size_t>(node.slot));
    for (const auto& child : node.children)
        if (child) collect(*child, inputs, out);
}

/// One table with what each of its rows reads.
struct Table {
    std::string file;
    dmn::Model model;
    std::size_t decision = 0;
    std::vector<feel::Value> bound;                   // by input: parameters filled in, facts null
    std::vector<const packs::Fact*> facts;            // by input: the fact, or null for a parameter
    std::vector<std::optional<packs::Bound>> values;  // by input: the parameter, where there is one
    std::vector<std::vector<std::size_t>> reads;      // by rule: the inputs of its cells
    std::array<std::size_t, 4> outputs{};             // rule, risk, level, clears_when
};

Result<Table> prepare(const packs::Pack& pack, const packs::File& file, AreaCode county, Date as_of) {
    Table out{file.name, TRY(dmn::Model::load(file.bytes, file.name)), 0, {}, {}, {}, {}, {}};
    const auto decision = out.model.decision(decision_name);
    if (!decision || !out.model.decisions()[*decision].table) return invalid("screening.no_warnings_table").with("file", file.name);
    out.decision = *decision;
    const auto& inputs = out.model.inputs();
    for (const auto& input : inputs) {
        out.bound.emplace_back();
        out.facts.push_back(pack.fact(input.name));
        out.values.emplace_back();
        if (out.facts.back()) continue;
        if (!pack.parameter(input.name)) return invalid("screening.unknown_input").with("file", file.name).with("name", input.name);
        // A county without a value leaves it null: the rules that need it do not match.
        if (auto bound = pack.bind(input.name, as_of, county)) {
            out.values.back() = *bound;
            out.bound.back() = *feel::Number::parse(bound->value->in_rules().plain());
        }
    }
    const auto& table = *out.model.decisions()[out.decision].table;
    for (const auto& rule : table.rules) {
        std::set<std::size_t> reads;
        for (const auto& cell : rule.cells) {
            collect(*cell.test, inputs.size(), reads);
            collect(*table.inputs[static_cast<std::size_t>(cell.column)].expression, inputs.size(), reads);
        }
        out.reads.emplace_back(reads.begin(), reads.end());
    }
    static constexpr std::array<std::string_view, 4> names{"rule", "risk", "level", "clears_when"};
    for (std::size_t i = 0; i < names.size(); ++i) {
        const auto at = table.output(names[i]);
        if (!at) return invalid("screening.no_output").with("file", file.name).with("name", std::string(names[i]));
        out.outputs[i] = *at;
    }
    return out;
}

Result<std::string> output(const Table& table, const dmn::Hit& hit, std::size_t which) {
    const auto* text = hit.outputs[table.outputs[which]].string();
    if (!text) return invalid("screening.bad_output").with("file", table.file).with("row", std::to_string(hit.rule));
    return *text;
}

}  // namespace

std::string_view name_of(Level level) { return level == Level::red ? "red" : level == Level::orange ? "orange" : "yellow"; }
std::optional<Level> level_named(std::string_view name) {
    for (const auto level : {Level::red, Level::orange, Level::yellow})
        if (name_of(level) == name) return level;
    return std::nullopt;
}

struct Rules::State {
    packs::Pack pack;
    AreaCode county;
    Date as_of;
    Windows windows;
    std::array<int, 3> visit_days{};
    Decimal growth;
    std::map<std::string, int, std::less<>> cooldowns;  // by rule
    std::vector<Title> titles;
    std::vector<Table> tables;
};

Result<Rules> Rules::load(AreaCode county, Date as_of, const std::string& folder) {
    auto state = std::make_shared<State>();
    state->pack = TRY(packs::load("screening", folder));
    state->county = county;
    state->as_of = as_of;
    const auto days = [&](std::string_view name) -> Result<int> {
        const auto bound = TRY(state->pack.bind(name, as_of, county));
        return std::stoi(bound.value->value.plain());
    };
    state->windows.recent_days = TRY(days("recent_days"));
    state->visit_days = {TRY(days("visit_within_red")), TRY(days("visit_within_orange")), TRY(days("visit_within_yellow"))};
    state->growth = TRY(state->pack.bind("cooldown_growth", as_of, county)).value->in_rules();
    for (const auto& rule : state->pack.rules) {
        state->cooldowns[rule.id] = TRY(days(rule.cooldown));
        state->titles.push_back({rule.id, rule.title.zh, rule.title.en});
    }
    for (const auto& file : state->pack.tables) state->tables.push_back(TRY(prepare(state->pack, file, county, as_of)));
    Rules rules;
    rules.state_ = std::move(state);
    return rules;
}

Date Rules::as_of() const { return state_->as_of; }
AreaCode Rules::county() const { return state_->county; }
const std::string& Rules::pack_hash() const { return state_->pack.hash; }
const Windows& Rules::windows() const { return state_->windows; }
const std::vector<Rules::Title>& Rules::titles() const { return state_->titles; }
bool Rules::grown(Money before, Money now) const {
    return now > before && Decimal(now.fen()) >= Decimal(before.fen()) * (Decimal(1) + state_->growth);
}

std::optional<UsedParameter> Rules::parameter(std::string_view name) const {
    auto bound = state_->pack.bind(name, state_->as_of, state_->county);
    if (!bound) return std::nullopt;
    return used(*bound);
}

Result<std::vector<Hit>> Rules::evaluate(const Facts& facts) const {
    std::vector<Hit> out;
    for (const auto& table : state_->tables) {
        auto values = table.bound;
        std::vector<const Fact*> found(values.size());
        for (std::size_t i = 0; i < values.size(); ++i) {
            if (!table.facts[i]) continue;
            const auto fact = facts.find(table.facts[i]->name);
            if (fact == facts.end()) continue;
            found[i] = &fact->second;
            values[i] = in_feel(fact->second.value);
        }
        const auto outcome = table.model.evaluate(table.decision, values, {state_->as_of});
        for (const auto& matched : outcome.hits) {
            Hit hit;
            hit.rule = TRY(output(table, matched, 0));
            hit.risk = TRY(output(table, matched, 1));
            const auto level = level_named(TRY(output(table, matched, 2)));
            if (!level) return invalid("screening.bad_output").with("file", table.file).with("row", std::to_string(matched.rule));
            hit.level = *level;
            const auto* rule = state_->pack.rule(hit.rule);
            const auto* clearing = state_->pack.clearing(TRY(output(table, matched, 3)));
            if (!rule || !clearing) return invalid("screening.bad_output").with("file", table.file).with("row", std::to_string(matched.rule));
            hit.visit_days = state_->visit_days[static_cast<std::size_t>(hit.level)];
            hit.cooldown_days = state_->cooldowns.at(hit.rule);
            if (const auto fact = facts.find(rule->amount); fact != facts.end())
                if (const auto* amount = std::get_if<Money>(&fact->second.value)) hit.amount = *amount;
            hit.evidence = {table.file,        table.model.decisions()[table.decision].name, matched.rule, {}, {}, {}, rule->title.zh, rule->title.en, clearing->title.zh,
                            clearing->title.en, state_->pack.name, state_->pack.hash};
            std::set<feeds::RowId> rows;
            for (const auto input : table.reads[static_cast<std::size_t>(matched.rule - 1)]) {
                if (table.values[input]) hit.evidence.parameters.push_back(used(*table.values[input]));
                if (!found[input]) continue;
                hit.evidence.facts.push_back(used(*table.facts[input], found[input]->value));
                rows.insert(found[input]->rows.begin(), found[input]->rows.end());
            }
            hit.evidence.rows.assign(rows.begin(), rows.end());
            out.push_back(std::move(hit));
        }
    }
    return out;
}

}  // namespace ballast::screening
