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
constexpr int longest_days = 3660;

UsedParameter used(const packs::Bound& bound) {
    return {bound.parameter->name,
            bound.parameter->title.zh,
            bound.parameter->title.en,
            bound.value->value.plain(),
            std::string(packs::name_of(bound.parameter->unit)),
            bound.value->from,
            bound.value->authority,
            bound.value->assumed()};
}

feel::Value in_feel(const FactValue& value) {
    if (const auto* truth = std::get_if<bool>(&value)) return *truth;
    if (const auto* count = std::get_if<std::int64_t>(&value)) return *count;
    if (const auto* amount = std::get_if<Money>(&value)) return feel::Number::scaled(amount->fen(), 2);
    return std::get<std::string>(value);
}

UsedFact used(const packs::Fact& fact, const FactValue& value) {
    UsedFact out{fact.name, fact.title.zh, fact.title.en, std::string(packs::name_of(fact.kind)), ""};
    if (const auto* truth = std::get_if<bool>(&value))
        out.value = *truth ? "true" : "false";
    else if (const auto* count = std::get_if<std::int64_t>(&value))
        out.value = std::to_string(*count);
    else if (const auto* amount = std::get_if<Money>(&value))
        out.value = std::to_string(amount->fen());
    else
        out.value = std::get<std::string>(value);
    return out;
}

/// The slots of inputs that an expression reads.
void collect(const feel::Node& node, std::size_t inputs, std::set<std::size_t>& out) {
    if (node.op == feel::Op::global && node.slot >= 0 && static_cast<std::size_t>(node.slot) < inputs)
        out.insert(static_cast<std::size_t>(node.slot));
    for (const auto& child : node.children)
        if (child) collect(*child, inputs, out);
}

/// What a row of a table puts out; constants, so that a pack is checked whole before it is used.
struct Row {
    const packs::Rule* rule = nullptr;
    const packs::Clearing* clearing = nullptr;
    std::string risk;
    Level level = Level::yellow;
    std::vector<std::size_t> reads;  // the inputs of its cells
};

struct Table {
    std::string file;
    dmn::Model model;
    std::size_t decision = 0;
    std::vector<feel::Value> bound;                   // by input: parameters filled in, facts null
    std::vector<const packs::Fact*> facts;            // by input: the fact, or null for a parameter
    std::vector<std::optional<packs::Bound>> values;  // by input: the parameter, where there is one
    std::vector<Row> rows;
};

Result<Row> prepare(const packs::Pack& pack, const std::string& file, const dmn::DecisionTable& table,
                    int number, std::size_t inputs) {
    const auto& rule = table.rules[static_cast<std::size_t>(number - 1)];
    const auto constant = [&](std::string_view name) -> Result<std::string> {
        const auto at = table.output(name);
        if (!at) return invalid("screening.no_output").with("file", file).with("name", std::string(name));
        const auto& node = *rule.outputs[*at];
        const auto* text = node.op == feel::Op::literal ? node.value.string() : nullptr;
        return text ? *text : std::string();
    };
    const auto bad = [&](std::string name) {
        return invalid("screening.bad_output")
            .with("file", file)
            .with("row", std::to_string(number))
            .with("name", std::move(name));
    };
    Row out;
    out.rule = pack.rule(TRY(constant("rule")));
    if (!out.rule) return bad("rule");
    out.risk = TRY(constant("risk"));
    if (out.risk.empty()) return bad("risk");
    const auto level = level_named(TRY(constant("level")));
    if (!level) return bad("level");
    out.level = *level;
    out.clearing = pack.clearing(TRY(constant("clears_when")));
    if (!out.clearing) return bad("clears_when");
    std::set<std::size_t> reads;
    for (const auto& cell : rule.cells) {
        collect(*cell.test, inputs, reads);
        collect(*table.inputs[static_cast<std::size_t>(cell.column)].expression, inputs, reads);
    }
    out.reads.assign(reads.begin(), reads.end());
    return out;
}

Result<Table> prepare(const packs::Pack& pack, const packs::File& file, AreaCode county, Date as_of) {
    Table out{file.name, TRY(dmn::Model::load(file.bytes, file.name)), 0, {}, {}, {}, {}};
    const auto decision = out.model.decision(decision_name);
    if (!decision || !out.model.decisions()[*decision].table)
        return invalid("screening.no_warnings_table").with("file", file.name);
    out.decision = *decision;
    for (const auto& input : out.model.inputs()) {
        out.bound.emplace_back();
        out.values.emplace_back();
        out.facts.push_back(pack.fact(input.name));
        if (out.facts.back()) continue;
        if (!pack.parameter(input.name))
            return invalid("screening.unknown_input").with("file", file.name).with("name", input.name);
        // A county without a value leaves it null: the rules that need it do not match.
        if (auto bound = pack.bind(input.name, as_of, county)) {
            out.values.back() = *bound;
            out.bound.back() = *feel::Number::parse(bound->value->in_rules().plain());
        }
    }
    const auto& table = *out.model.decisions()[out.decision].table;
    for (std::size_t i = 1; i <= table.rules.size(); ++i)
        out.rows.push_back(
            TRY(prepare(pack, file.name, table, static_cast<int>(i), out.model.inputs().size())));
    return out;
}

/// One hit of a rule: of several rows the most urgent, of equals the first.
void add(std::vector<Hit>& hits, Hit hit) {
    const auto same =
        std::find_if(hits.begin(), hits.end(), [&](const Hit& one) { return one.rule == hit.rule; });
    if (same == hits.end())
        hits.push_back(std::move(hit));
    else if (hit.level < same->level)
        *same = std::move(hit);
}

}  // namespace

std::string_view name_of(Level level) {
    return level == Level::red ? "red" : level == Level::orange ? "orange" : "yellow";
}
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

    Hit hit(const Table& table, int number, const Facts& facts, const std::vector<const Fact*>& found) const;
};

Result<Rules> Rules::load(AreaCode county, Date as_of, const std::string& folder) {
    auto state = std::make_shared<State>();
    state->pack = TRY(packs::load("screening", folder));
    state->county = county;
    state->as_of = as_of;
    const auto days = [&](std::string_view name) -> Result<int> {
        const Decimal value = TRY(state->pack.bind(name, as_of, county)).value->value;
        if (value.scale() != 0 || value < Decimal(0) || value > Decimal(longest_days))
            return invalid("screening.bad_days").with("name", std::string(name));
        return std::stoi(value.plain());
    };
    state->windows.recent_days = TRY(days("recent_days"));
    const Decimal affected = TRY(state->pack.bind("crop_affected_loss", as_of, county)).value->value;
    if (affected.scale() != 0 || affected < Decimal(0) || affected > Decimal(100))
        return invalid("screening.bad_percent").with("name", "crop_affected_loss");
    state->windows.affected_crop_percent = std::stoi(affected.plain());
    state->visit_days = {TRY(days("visit_within_red")), TRY(days("visit_within_orange")),
                         TRY(days("visit_within_yellow"))};
    state->growth = TRY(state->pack.bind("cooldown_growth", as_of, county)).value->in_rules();
    for (const auto& rule : state->pack.rules) {
        state->cooldowns[rule.id] = TRY(days(rule.cooldown));
        state->titles.push_back({rule.id, rule.title.zh, rule.title.en});
    }
    for (const auto& file : state->pack.tables)
        state->tables.push_back(TRY(prepare(state->pack, file, county, as_of)));
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

std::vector<Hit> Rules::evaluate(const Facts& facts) const {
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
        for (const auto& matched : table.model.evaluate(table.decision, values, {state_->as_of}).hits)
            add(out, state_->hit(table, matched.rule, facts, found));
    }
    return out;
}

Hit Rules::State::hit(const Table& table, int number, const Facts& facts,
                      const std::vector<const Fact*>& found) const {
    const Row& row = table.rows[static_cast<std::size_t>(number - 1)];
    Hit out;
    out.rule = row.rule->id;
    out.risk = row.risk;
    out.level = row.level;
    out.visit_days = visit_days[static_cast<std::size_t>(row.level)];
    out.cooldown_days = cooldowns.at(row.rule->id);
    if (const auto fact = facts.find(row.rule->amount); fact != facts.end())
        if (const auto* amount = std::get_if<Money>(&fact->second.value)) out.amount = *amount;
    auto& evidence = out.evidence;
    evidence.table = table.file;
    evidence.decision = table.model.decisions()[table.decision].name;
    evidence.row = number;
    evidence.title_zh = row.rule->title.zh;
    evidence.title_en = row.rule->title.en;
    evidence.clears_zh = row.clearing->title.zh;
    evidence.clears_en = row.clearing->title.en;
    evidence.pack = pack.name;
    evidence.pack_hash = pack.hash;
    std::set<feeds::RowId> rows;
    for (const auto input : row.reads) {
        if (table.values[input]) evidence.parameters.push_back(used(*table.values[input]));
        if (!found[input]) continue;
        evidence.facts.push_back(used(*table.facts[input], found[input]->value));
        rows.insert(found[input]->rows.begin(), found[input]->rows.end());
    }
    evidence.rows.assign(rows.begin(), rows.end());
    return out;
}

Result<std::optional<UsedParameter>> parameter_on(std::string_view name, AreaCode county, Date day,
                                                  const std::string& folder) {
    const auto pack = TRY(packs::load("screening", folder));
    auto bound = pack.bind(name, day, county);
    if (bound) return std::optional(used(*bound));
    if (bound.error().id != "packs.no_value") return std::move(bound).error();
    return std::optional<UsedParameter>();
}

}  // namespace ballast::screening
