#include "programmes/entitlement.h"

#include <algorithm>

#include "programmes/household_facts.h"
#include "words/words.h"

namespace ballast::programmes {

Result<std::vector<feel::Value>> parameters_of(const dmn::Model& model, const Programme& programme, AreaCode area,
                                               Date on) {
    std::vector<feel::Value> out(model.inputs().size());
    for (std::size_t i = 0; i < out.size(); ++i) {
        if (!programme.pack.parameter(model.inputs()[i].name)) continue;
        const auto bound = programme.pack.bind(model.inputs()[i].name, on, area);
        if (bound)
            out[i] = *feel::Number::parse(bound->value->in_rules().plain());
        else if (bound.error().id != "packs.no_value")
            return bound.error();
    }
    return out;
}

namespace {

Result<void> fill_facts(db::Tx& tx, const dmn::Model& model, const Register& kind, const Record& record,
                        std::vector<feel::Value>& facts) {
    const auto& facts_known = household_facts();
    for (std::size_t i = 0; i < facts.size(); ++i)
        if (const auto* field = kind.field(model.inputs()[i].name)) {
            const auto value = record.values.find(field->name);
            facts[i] = as_fact(*field, value == record.values.end() ? nullptr : &value->second);
        }
    if (!record.household) return {};
    const std::vector<db::Value> which{*record.household};
    return tx.each_row("SELECT " + std::string(fact_columns) + " FROM registry_v_household h WHERE h.id = ?", which,
                       [&](const db::Row& row) -> Result<void> {
                           for (std::size_t i = 0; i < facts.size(); ++i) {
                               const auto& name = model.inputs()[i].name;
                               if (std::ranges::find(facts_known, name) != facts_known.end() && !kind.field(name))
                                   facts[i] = household_fact(name, row, 0);
                           }
                           return {};
                       });
}

bool assumes(const dmn::Model& model, const Programme& programme, AreaCode area, Date on) {
    return std::ranges::any_of(model.inputs(), [&](const auto& input) {
        const auto bound = programme.pack.bind(input.name, on, area);
        return bound && bound->value->assumed();
    });
}

}  // namespace

Result<std::optional<Due>> due_to(db::Tx& tx, const Desk& desk, const Programme& programme, const Record& record) {
    const auto* kind = programme.find_register(record.kind);
    if (!kind || !kind->entitlement) return std::optional<Due>();
    const auto model = TRY(programme.table(kind->entitlement->table));
    const auto decision = *model.decision(kind->entitlement->decision);
    auto facts = TRY(parameters_of(model, programme, record.area, desk.today));
    TRY(fill_facts(tx, model, *kind, record, facts));
    const auto outcome = model.evaluate(decision, facts, {desk.today});
    if (outcome.hits.empty()) return std::optional<Due>();
    Due out;
    if (const auto* eligible = outcome.value.entry("eligible")) out.eligible = eligible->is_true();
    const auto* amount = outcome.value.entry("amount");
    const bool known = amount && amount->number();
    if (known) out.amount = TRY(Money::parse(amount->text()));
    const auto text = [&](std::string_view name) {
        const auto* found = outcome.value.entry(name);
        return found && found->string() ? *found->string() : std::string();
    };
    out.reason = {text("reason_zh"), text("reason_en")};
    const auto& table = model.decisions().at(decision).table;
    const auto row = static_cast<std::size_t>(outcome.hits.front().rule - 1);
    if (table && row < table->rules.size()) out.rule = table->rules[row].id;
    // Divided by nought, or made of what nobody knows: an amount of 0.00 would be read as decided.
    if (out.eligible && !known) {
        const auto why = invalid("programmes.amount_unknown").with("table", kind->entitlement->table);
        out.eligible = false;
        out.reason = {words::say(why, words::Language::zh), words::say(why, words::Language::en)};
    }
    out.assumed = out.eligible && assumes(model, programme, record.area, desk.today);
    return std::optional(out);
}

}  // namespace ballast::programmes
