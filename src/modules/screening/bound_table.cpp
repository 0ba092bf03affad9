#include "screening/bound_table.h"

#include <set>

#include "feel/ast.h"

namespace ballast::screening {
namespace {

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

}  // namespace

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

Result<BoundTable> BoundTable::load(const packs::Pack& pack, const packs::Pack* also, const packs::File& file,
                                    std::string_view decision, AreaCode county, Date as_of) {
    BoundTable out(file.name, TRY(dmn::Model::load(file.bytes, file.name)));
    const auto found = out.model_.decision(decision);
    if (!found || !out.model_.decisions()[*found].table)
        return invalid("screening.no_warnings_table").with("file", file.name);
    out.decision_ = *found;
    for (const auto& input : out.model_.inputs()) {
        out.bound_.emplace_back();
        out.values_.emplace_back();
        out.facts_.push_back(pack.fact(input.name));
        if (out.facts_.back()) continue;
        const auto* holder = pack.parameter(input.name) ? &pack : also;
        if (!holder || !holder->parameter(input.name))
            return invalid("screening.unknown_input").with("file", file.name).with("name", input.name);
        // A county without a value leaves it null: the rules that need it do not match.
        if (auto bound = holder->bind(input.name, as_of, county)) {
            out.values_.back() = *bound;
            out.bound_.back() = *feel::Number::parse(bound->value->in_rules().plain());
        }
    }
    out.note_what_rows_read();
    return out;
}

void BoundTable::note_what_rows_read() {
    const auto& table = *model_.decisions()[decision_].table;
    for (const auto& rule : table.rules) {
        std::set<std::size_t> reads;
        for (const auto& cell : rule.cells) {
            collect(*cell.test, bound_.size(), reads);
            collect(*table.inputs[static_cast<std::size_t>(cell.column)].expression, bound_.size(), reads);
        }
        reads_.emplace_back(reads.begin(), reads.end());
    }
}

int BoundTable::rows() const { return static_cast<int>(reads_.size()); }

Result<std::string> BoundTable::constant(int row, std::string_view output) const {
    const auto& table = *model_.decisions()[decision_].table;
    const auto at = table.output(output);
    if (!at) return invalid("screening.no_output").with("file", file_).with("name", std::string(output));
    const auto& node = *table.rules[static_cast<std::size_t>(row - 1)].outputs[*at];
    const auto* text = node.op == feel::Op::literal ? node.value.string() : nullptr;
    return text ? *text : std::string();
}

std::vector<int> BoundTable::met(const Facts& facts, Date as_of) const {
    auto values = bound_;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (!facts_[i]) continue;
        if (const auto fact = facts.find(facts_[i]->name); fact != facts.end())
            values[i] = in_feel(fact->second.value);
    }
    std::vector<int> out;
    for (const auto& hit : model_.evaluate(decision_, values, {as_of}).hits) out.push_back(hit.rule);
    return out;
}

BoundTable::Read BoundTable::read(int row, const Facts& facts) const {
    Read out;
    std::set<feeds::RowId> rows;
    for (const auto input : reads_[static_cast<std::size_t>(row - 1)]) {
        if (values_[input]) out.parameters.push_back(used(*values_[input]));
        if (!facts_[input]) continue;
        const auto fact = facts.find(facts_[input]->name);
        if (fact == facts.end()) continue;
        out.facts.push_back(used(*facts_[input], fact->second.value));
        rows.insert(fact->second.rows.begin(), fact->second.rows.end());
    }
    out.rows.assign(rows.begin(), rows.end());
    return out;
}

}  // namespace ballast::screening
